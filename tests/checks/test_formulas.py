"""Formulas: by name in the language of the page, and as KaTeX sets them."""

import json

import pytest

from tools.checks import after_looking
from tools.pages import formulas, reader, tex
from tools.refresh import formulas as katex
from tools.site import macros
from tools.site.finish import formulas as finish

PAGE = "docs/en/concepts/doubling.md"
SPAN = '<span class="arithmatex">\\({}\\)</span>'


@pytest.fixture
def small(tree):
    """The small site, with its one statement by name."""
    tree.write(formulas.FILE, "[words]\nalways = {ru = \"всегда\"}\n"
               "[double]\ntex = 'y = 2x \\text{always}'\n")
    tree.replace(PAGE, "$y = 2x$", '{{ f("double") }}')
    tree.replace(PAGE, r"$$y = 2x \quad \text{always}$$",
                 '{{ f("double", display=true) }}')
    return tree


def test_a_formula_speaks_the_language_of_its_page(small):
    assert formulas.f("double", "ru", root=small.root) == (
        r"$y = 2x \text{всегда}$")
    assert formulas.f("double", "en", True, small.root).startswith("$$y")
    with pytest.raises(formulas.UnknownFormula, match="there are double"):
        formulas.f("doubel", "en", root=small.root)


def test_a_page_reads_a_name_as_its_formula(small):
    page = reader.read(small.path(PAGE))
    assert [(one.name, one.display) for one in page.formulas] == [
        ("double", False), ("double", True)]
    assert page.formulas[0].tex == r"y = 2x \text{always}"


def test_the_macro_gives_dollars():
    class Env:
        conf = {"theme": {"language": "zh"}}  # noqa: RUF012
        made = {}  # noqa: RUF012

        def macro(self, function, name):
            self.made[name] = function

    macros.define_env(Env())
    assert Env.made["f"]("queries") == "$Q = X W_Q$"
    assert "输出" in Env.made["f"]("attention", display=True)


def test_what_cannot_be_worked_out_is_not_believed():
    (one,) = tex.statements("y = 2 z", {"y": 2})
    assert one.holds is None
    assert one.why == "z is unknown"
    (one,) = tex.statements("y = y", {"y": 2})[:1]
    assert not one.holds


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
    file.write_text(json.dumps({"formulas": {"I s": piece,
                                             "I l": piece * 9}}))
    page = SPAN.format("s") + SPAN.format("l")
    short, long = finish.put_in(page, "p", file).split('<span class="math')[1:]
    assert short.startswith('">')
    assert long.startswith(' long">')


@pytest.mark.usefixtures("node")
def test_formulas_are_what_katex_gives():
    known = finish.rendered()
    again = katex.render(set(known))["formulas"]
    differing = [key for key in known if known[key] != again[key]]
    assert not differing, f"{differing}. " + after_looking(
        "python -m tools.refresh formulas")


@pytest.mark.usefixtures("node")
def test_a_formula_that_katex_refuses_is_found():
    with pytest.raises(ValueError, match="KaTeX refuses"):
        katex.render({"I \\frac{1}{"})
