"""Every drawing in Chromium, on a phone, a desktop and paper.

On a phone every label of every drawing is at least 11 px high; at every
width none runs out of its picture and no two lie on each other.
"""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from qkv_explained.course.drawing.svg import to_svg
from qkv_explained.course.pages.concept_map.figures import (
    course as concept_map,
)
from qkv_explained.languages import LANGUAGES
from tools.checks.completeness import planned as planned_pages
from tools.pages import reader

ROOT = Path(__file__).resolve().parents[2]
LOOK = (ROOT / "tests/browser/figures.js").read_text("utf-8")
SMALLEST = 11
PHONE = {"width": 390, "height": 844}
# On a desktop and on paper there is room, so the phone's bar is theirs too.
SIZES = {"390 px": PHONE, "1280 px": {"width": 1280, "height": 800},
         "on paper": {"width": 680, "height": 960}}
UNFOLD = """() => {
  document.documentElement.classList.add("whole");
  for (const one of document.querySelectorAll("details")) one.open = true;
}"""


def look(watch):
    """Look at the drawings of the open page; say what is wrong."""
    found = []
    watch.page.evaluate(UNFOLD)
    for where, size in SIZES.items():
        watch.page.emulate_media(
            media="print" if where == "on paper" else "screen")
        watch.resize(size)
        said = watch.page.evaluate(LOOK, {"smallest": SMALLEST})
        found += [f"{where}: {one}" for one in said]
    watch.page.emulate_media(media="screen")
    watch.resize(PHONE)
    return found


@pytest.mark.parametrize("lang", ["zh", "en", "ru"])
def test_every_drawing_can_be_read(lang, served, visit):
    drawn, found = 0, []
    watch = visit(viewport=PHONE)
    for address in planned_pages(ROOT, (lang,)):
        file = served.site / address / "index.html"
        if not address.startswith(lang) or not file.exists() or (
                "<svg" not in file.read_text("utf-8").split("<main", 1)[1]):
            continue
        watch.go(address)
        drawn += watch.page.locator("figure svg").count()
        found += [f"{address}: {one}" for one in look(watch)]
    assert drawn > len(list((ROOT / "docs/made").glob("*/*.en.svg")))
    if found:
        pytest.fail(
            f"{len(found)} labels of drawings cannot be read. A point of a "
            "drawing is a px on a phone: write in sizes of 11 or more, and "
            "place things farther apart or below each other "
            "(qkv_explained/course/drawing/style.py)\n" + "\n".join(found),
            pytrace=False)


PAGE = ("<!doctype html><html lang='en'><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        "<title>A page</title><link rel='icon' href='data:,'>"
        "<link rel='stylesheet' href='page.css'><main>{}</main>")
STYLE = ("body {{ margin: 16px }} figure {{ margin: 0 }} "
         "svg {{ display: block; width: {} }}")
DRAWING = ("<figure id='fig-planted'><svg role='img' aria-label='planted' "
           "viewBox='0 0 358 90'><text x='10' y='60' font-size='{size}'>"
           "first</text><text x='{x}' y='60' font-size='{size}'>second"
           "</text></svg></figure>")
TURNED = ("<figure id='fig-turned'><svg role='img' aria-label='turned' "
          "viewBox='0 0 358 90'><text font-size='14' transform='"
          "translate(60 60) rotate(-45)'>first</text><text font-size='14' "
          "transform='translate({x} {y}) rotate(-45)'>second</text></svg>"
          "</figure>")
DEFECTS = {
    "small text": (DRAWING.format(size=10.9, x=120), "100%",
                   "390 px: fig-planted (“planted”): “first” is 10.9 px"),
    "text made small by the page": (
        DRAWING.format(size=12, x=120), "300px", "“second” is 10.1 px"),
    "text on text": (DRAWING.format(size=12, x=20), "100%",
                     "“first” and “second” lie on each other"),
    "turned text on text": (TURNED.format(x=70, y=50), "100%",
                            "“first” and “second” lie on each other"),
    "clipped text": (DRAWING.format(size=12, x=340), "100%",
                     "“second” runs out of the picture"),
    "a drawing wider than the screen": (
        DRAWING.format(size=12, x=120), "400px", "wider than the screen"),
}


def planted(serve, visit, body, width="100%"):
    server = serve({"en/index.html": PAGE.format(body),
                    "en/page.css": STYLE.format(width)})
    watch = visit(to=server, viewport=PHONE)
    watch.go("en/")
    return look(watch)


@pytest.mark.parametrize("name", DEFECTS)
def test_planted(name, serve, visit):
    body, width, message = DEFECTS[name]
    found = planted(serve, visit, body, width)
    assert any(message in one for one in found), found


def test_drawings_without_defects_pass(serve, visit):
    body = DRAWING.format(size=12, x=120) + TURNED.format(x=90, y=60)
    assert planted(serve, visit, body) == []


def test_all_offenders_are_named_at_once(serve, visit):
    body = DRAWING.format(size=8, x=120) + DRAWING.format(size=12, x=340)
    found = planted(serve, visit, body)
    for said in ("“first” is 8.0 px", "“second” is 8.0 px", "runs out"):
        assert any(said in one for one in found), found


def test_a_map_of_thirty_entries_can_be_read(serve, visit, monkeypatch):
    random, known = Random(1), concept_map.everything()
    entries = []
    for i in range(30):
        before = {f"e{random.randrange(max(0, i - 7), i)}"
                  for _ in range(random.choice((1, 1, 2, 3)))} if i else ()
        entries.append(replace(known[i % len(known)], id=f"e{i}",
                               prerequisites=tuple(before)))
    monkeypatch.setattr(concept_map, "everything", lambda: entries)
    drawings = []
    for lang in LANGUAGES:
        page = reader.read(ROOT / f"docs/{lang}/reference/concept-map.md")
        words = page.meta["figures"]["concept-map-course"]
        titles = {one.id: f"{one.titles[lang]}, {one.titles[lang]}"
                  for one in entries}
        svg = to_svg(concept_map.draw(titles | words), f"map-{lang}")
        drawings.append(f"<figure id='map-{lang}'>{svg}</figure>")
        said = concept_map.alt(titles | words)
        assert all(titles[one.id] in said for one in entries)
    assert planted(serve, visit, "".join(drawings)) == []


def test_the_map_is_computed():
    one = concept_map.everything()[0]
    a, b, c, d = (
        replace(one, id=str(i), prerequisites=before)
        for i, before in enumerate(((), ("0",), ("0", "1"), ("0",))))
    assert concept_map.layers([a, b, c, d]) == [[a], [b, d], [c]]
    before = concept_map.arrows([a, b, c, d])
    # Who reads 1 has read 0, so no arrow from 0 to 2.
    assert before == {"0": [], "1": ["0"], "2": ["1"], "3": ["0"]}
    assert concept_map.lanes(list("0132"), before) == {"0": 0, "1": 1}
