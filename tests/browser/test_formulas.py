"""Formulas look as KaTeX sets them, though they have fewer elements."""

import json

import pytest

from tools.refresh import formulas as katex
from tools.site.finish import formulas

ROW = '<p style="white-space: nowrap">{}</p>'
# Every piece of text that is seen: what it says, its place and its width.
PLACES = """() => [...document.querySelectorAll("p")].map(row => {
  const walker = document.createTreeWalker(row, NodeFilter.SHOW_TEXT);
  const origin = row.getBoundingClientRect();
  const found = [["height", 0, origin.height, 0]];
  for (let node; (node = walker.nextNode());) {
    if (node.parentElement.closest(".katex-mathml")
        || !node.data.replace("\\u200b", "")) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    found.push([node.data, box.left, box.bottom - origin.top, box.width]);
  }
  return found;
})"""


def page(made):
    """A page that has every formula, large, in KaTeX's own styles."""
    rules = "".join(f".katex .{name}{{{rule}}}"
                    for name, rule in made["styles"].items())
    return ('<!doctype html><meta charset="utf-8"><title>formulas</title>'
            '<link rel="stylesheet" href="katex.min.css">'
            f"<style>body{{font-size:2em;width:3000px}}{rules}</style>"
            + "".join(map(ROW.format, made["formulas"].values())))


def moved(visit, serve, ours, whole):
    """Return the formulas of which some text stands elsewhere than KaTeX's.

    A tenth of a pixel, at 32 pixels a letter, is how browsers round.
    """
    fonts = katex.VENDOR / "fonts"
    files = {f"fonts/{font.name}": font.read_bytes()
             for font in fonts.glob("*.woff2")}
    files["katex.min.css"] = (katex.VENDOR / "katex.min.css").read_text()
    server = serve({**files, "ours.html": page(ours),
                    "whole.html": page(whole)})
    here, there = (visit(name, to=server).page.evaluate(PLACES)
                   for name in ("/ours.html", "/whole.html"))
    return [key for key, ones, others
            in zip(whole["formulas"], here, there, strict=True)
            if [one[0] for one in ones] != [other[0] for other in others]
            or any(abs(a - b) > .1
                   for one, other in zip(ones, others, strict=True)
                   for a, b in zip(one[1:], other[1:], strict=True))]


@pytest.fixture(scope="session")
def whole(node, once):
    return once("katex", lambda: katex.render(
        set(formulas.rendered()), whole=True))


def committed():
    return json.loads(formulas.RENDERED.read_text("utf-8"))


def test_formulas_look_as_katex_sets_them(visit, serve, whole):
    ours = committed()
    assert moved(visit, serve, ours, whole) == []
    spans = [sum(text.count("<span") for text in some.values())
             for some in (ours["formulas"], whole["formulas"])]
    assert spans[0] < .6 * spans[1], "the formulas are no leaner than KaTeX's"


@pytest.mark.parametrize(("rule", "put"), [
    ("position:relative;top:0.2143em", "position:relative;top:0.3em;"),
    ("margin-right:0.2778em;", ""),
])
def test_planted_height_or_space_is_found(visit, serve, whole, rule, put):
    ours = committed()
    style = next(name for name, text in ours["styles"].items()
                 if text.startswith(rule))
    ours["styles"][style] = put
    having = [key for key, text in ours["formulas"].items() if style in text]
    assert moved(visit, serve, *(
        {**some, "formulas": {key: some["formulas"][key] for key in having}}
        for some in (ours, whole)))
