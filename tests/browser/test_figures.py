"""Labels of drawings that cannot be read are found; the map of many works.

That every label of every page can be read, test_pages.py looks at.
"""

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
import yaml

from qkv_explained.course.drawing.svg import to_svg
from qkv_explained.course.pages.concept_map.figures import (
    course as concept_map,
)
from qkv_explained.languages import LANGUAGES
from tests.browser.looks import FIGURES, PHONE, SMALLEST
from tools.pages import reader
from tools.places import ROOT

PAGE = ("<!doctype html><html lang='en'><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width'>"
        "<title>A page</title><link rel='icon' href='data:,'>"
        "<link rel='stylesheet' href='page.css'><main>{}</main>")
STYLE = ("body {{ margin: 16px }} figure {{ margin: 0 }} "
         "svg {{ display: block; width: {} }}")
PLANTED = yaml.safe_load(
    Path(__file__).with_name("planted.yml").read_text("utf-8"))["drawings"]


def drawing(x, size=12, y=60, turned=False, **_):
    """Two words, side by side or turned."""
    turn = " rotate(-45)" * turned
    words = "".join(
        f"<text font-size='{size}' transform='translate({left} {top}){turn}'>"
        f"{word}</text>"
        for word, left, top in (("first", 60 if turned else 10, 60),
                                ("second", x, y)))
    return ("<figure id='fig-planted'><svg role='img' aria-label='planted' "
            f"viewBox='0 0 358 90'>{words}</svg></figure>")


@pytest.fixture
def look(serve, visit):
    """What is said of drawings on a phone."""

    def found(body, width="100%"):
        watch = visit(to=serve({"en/index.html": PAGE.format(body),
                                "en/page.css": STYLE.format(width)}),
                      viewport=PHONE)
        watch.go("en/")
        return [f"390 px: {one}"
                for one in watch.page.evaluate(FIGURES, SMALLEST)]

    return found


@pytest.mark.parametrize("one", PLANTED, ids=lambda one: one["said"])
def test_planted_defect_is_found(one, look):
    found = look(drawing(**one), one.get("width", "100%"))
    assert any(one["said"] in line for line in found), found


def test_drawings_without_defects_pass(look):
    assert look(drawing(120) + drawing(90, turned=True)) == []


def test_planted_offenders_are_named_at_once(look):
    found = look(drawing(120, size=8) + drawing(340))
    for said in ("“first” is 8.0 px", "“second” is 8.0 px", "runs out"):
        assert any(said in one for one in found), found


def test_every_figure_is_drawn_on_a_page_that_is_looked_at(built_site):
    drawn = sum(path.read_text("utf-8").count("<figure class=\"drawing")
                for path in (built_site / "en").rglob("*.html"))
    assert drawn >= len([*(ROOT / "docs/made").glob("*/*.en.svg")])


def test_a_map_of_thirty_entries_can_be_read(look, monkeypatch):
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
    assert look("".join(drawings)) == []


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
