"""What formulas state is asserted, by name; arithmetic is done again."""

import pytest

from tools.checks import formula_facts, report
from tools.pages import formulas, reader, tex
from tools.site import macros

PAGE = "docs/en/concepts/doubling.md"
NAMED = '[double]\ntex = \'y = 2x \\text{always}\'\n'
WORDS = '[words]\nalways = {ru = "всегда"}\n'
TESTS = '@asserts("double")\ndef double():\n    yield {"x": 3, "y": 6}\n'


@pytest.fixture
def small(tree):
    """The small site, with its one statement by name."""
    tree.write(formulas.FILE, WORDS + NAMED)
    tree.write(formula_facts.TESTS, TESTS)
    for path in reader.pages(tree.root, "en"):
        name = path.relative_to(tree.root).as_posix()
        if name == PAGE:
            tree.replace(name, "$y = 2x$", '{{ f("double") }}')
            tree.replace(name, r"$$y = 2x \quad \text{always}$$",
                         '{{ f("double", display=true) }}')
    return tree


def found(tree, lines):
    return "\n".join(lines(formula_facts.problems(tree.root, ("en",))))


def test_every_statement_has_a_name_and_a_test(root):
    assert not report(formula_facts.problems(root))


def test_the_small_site_is_clean(small, lines):
    assert found(small, lines) == ""


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("$y = 2x$", r"$y = 2x$ states something"),
        ("$$y = x$$", "write {{ f(\"name\") }} here, with display=true"),
        (r"$$n \to m$$", "states something"),
        (r"$$W \leftarrow V$$", "states something"),
        (r"$$Q \in \mathbb{R}^{n}$$", "states something"),
        (r"$W_Q W_K^\top = M$", "states something"),
        (r"$s \le \max(s, t)$", "states something"),
        (r"$8 \times 64 = 521$", "is wrong: 512.0 = 521.0. Count again"),
        (r"$512/8 = 46$", "is wrong"),
        (r"$o = \tfrac12 \cdot 1 = \tfrac13$", "is wrong"),
        (r"$\sqrt{16} = 5$", "is wrong"),
        (r"$3 + 4 < 7$", "is wrong"),
        (r"$q = 2 \cdot (1, 3) = (2, 5)$", "is wrong"),
        ("{{ f(\"double!\") }}", "'double!' is not in docs/formulas.toml"),
    ],
)
def test_planted_formula_is_found(small, lines, typed, said):
    small.replace(PAGE, '{{ f("double") }}', typed)
    assert said in found(small, lines)


@pytest.mark.parametrize(
    "typed",
    ["$d_k = 4$", "$W_Q$", "$Q = K = X$", r"$512 \times 64$", "$s_{ij}$",
     r"$x = (1, 2, 0)$", r"$8 \times 64 = 512$", r"$\sqrt{d_k} = \sqrt 3$"],
)
def test_symbols_may_be_typed(small, lines, typed):
    small.replace(PAGE, '{{ f("double") }}', typed)
    assert found(small, lines) == ""


def test_a_name_too_many_is_found(small, lines):
    small.write(formulas.FILE, NAMED + "[halve]\ntex = 'x = y/2'\n")
    assert "[halve] is asserted by no test" in found(small, lines)
    assert "no page shows [halve]" in found(small, lines)
    small.write(formula_facts.TESTS, TESTS.replace(")", ', "third")', 1))
    assert "asserts 'third', which is not in" in found(small, lines)


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
