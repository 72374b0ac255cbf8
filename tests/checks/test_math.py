"""Formulas are what KaTeX makes of the pages' TeX."""

import json

import pytest

from tools.checks import after_looking, formulas
from tools.refresh import formulas as katex
from tools.site.finish import formulas as finish

SPAN = '<span class="arithmatex">\\({}\\)</span>'


def test_every_formula_is_rendered(built_site, clean):
    clean(formulas.problems(built_site, finish.rendered()))


def check(tree, lines, body, rendered):
    tree.write("site/en/index.html", f"<!doctype html><body>{body}</body>")
    return lines(formulas.problems(tree.path("site"), rendered))


def test_a_rendered_formula_is_clean(tree, lines):
    body = '<span class="math"><b>x</b></span>'
    assert not check(tree, lines, body, {"I x": "<b>x</b>"})


def test_a_formula_left_as_tex_is_found(tree, lines):
    (found,) = check(tree, lines, SPAN.format("x^2"), {})
    assert found == (
        "en/index.html: shows TeX for the formula x^2; run: python -m "
        "tools.refresh formulas"
    )


def test_a_formula_left_over_is_found(tree, lines):
    (found,) = check(tree, lines, "", {"I x": "<b>x</b>"})
    assert "no page has the formula x any more" in found


def test_a_font_keeps_only_what_is_shown_in_it():
    shown = katex.characters([
        '<span class="katex"><math><mi>x</mi></math><span class="mord '
        'mathbb">R</span><span class="mord mathnormal kx1">d</span>'
        '<span class="mbin">+</span><span class="mord">1</span></span>'])
    assert shown["KaTeX_AMS-Regular"] == "R"
    assert shown["KaTeX_Math-Italic"] == "d"
    assert shown[""] == "+1"


def test_only_a_long_formula_may_be_broken(tmp_path):
    file = tmp_path / "math.json"
    piece = '<span class="katex-base">x</span>'
    file.write_text(json.dumps(
        {"formulas": {"I s": piece, "I l": piece * 9}}), "utf-8")
    page = SPAN.format("s") + SPAN.format("l")
    short, long = finish.put_in(page, "p", file).split('<span class="math')[1:]
    assert short.startswith('">')
    assert long.startswith(' long">')


def rendered_again(keys):
    return katex.render(set(keys))["formulas"]


@pytest.mark.usefixtures("node")
def test_formulas_are_what_katex_gives():
    known = finish.rendered()
    again = rendered_again(known)
    differing = [key for key in known if known[key] != again[key]]
    assert not differing, f"{differing}. " + after_looking(
        "python -m tools.refresh formulas"
    )


@pytest.mark.usefixtures("node")
def test_a_formula_that_katex_refuses_is_found():
    with pytest.raises(ValueError, match="KaTeX refuses"):
        rendered_again(["I \\frac{1}{"])
