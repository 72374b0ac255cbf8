"""Figures are what the code draws, and have words."""

import pytest

from qkv_explained.course import drawing as drawn
from tools.checks import drawings
from tools.refresh import figures
from tools.run import examples

EN = "docs/en/concepts/doubling.md"
SVG = '<svg><text x="1.5">{}</text><path d="M{} 2"/></svg>'


def test_figures_are_what_the_code_draws():
    # In a process of its own: one thread, and no checks of shapes. All at
    # once, since some show the same training run.
    code = "from tools import figures\nprint('\\n'.join(figures.stale()))"
    result = examples.runner().run(code, "figures.py")
    assert result.returncode == 0, result.stderr
    assert not result.stdout.strip()


def test_no_drawing_is_left_over():
    known = [f"{name}.{lang}.svg" for name in drawn.names()
             for lang in figures.LANGS]  # fmt: skip
    there = [path.name for path in figures.OUT.glob("*.svg")]
    assert sorted(there) == sorted(known)


def test_a_stale_drawing_is_found(tmp_path, monkeypatch):
    name = "concept-map"
    monkeypatch.setattr(figures, "ROOT", tmp_path)
    monkeypatch.setattr(figures, "OUT", tmp_path)
    missing = drawings.stale([name])
    assert all("missing; run: python -m tools.refresh.figures" in one.message
               for one in missing)  # fmt: skip
    figures.write([name])
    assert not drawings.stale([name])
    path = tmp_path / f"{name}.en.svg"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("</svg>", "<path/></svg>"), encoding="utf-8")
    (problem,) = drawings.stale([name])
    assert "differs from what the code draws" in problem.message


@pytest.mark.parametrize(
    ("word", "x", "same"),
    [
        ("0.51", "10.0", True),
        ("0.51", "10.4", True),
        ("0.51", "11.4", False),
        ("0.52", "10.0", False),
        ("other", "10.0", False),
    ],
)
def test_figures_are_compared_by_content(word, x, same):
    one = SVG.format("0.51", "10.0")
    assert figures.same_figure(one, SVG.format(word, x)) is same


def test_every_figure_has_words_and_heat_maps_a_table(root, clean):
    clean(drawings.problems(root))


def test_the_small_site_is_clean(tree, clean):
    clean(drawings.problems(tree.root))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('alt="A straight line through zero that climbs two for every one."',
         'alt="A line."', "'A line.'. Say in the page's language"),
        ('alt="A straight', 'title="A straight', "is ''"),
        ("Twice as much.",
         "A straight line through zero that climbs two for every one.",
         "repeats its caption"),
        ("| x | y |", "![](../a.svg)\n\n| x | y |", "no text alternative"),
        ("| x | y |", '<img src="../a.svg">\n\n| x | y |',
         "no text alternative"),
    ],
)  # fmt: skip
def test_a_figure_without_words_is_found(tree, lines, old, new, said):
    tree.replace(EN, old, new)
    (found,) = lines(drawings.problems(tree.root))
    assert said in found


def test_words_of_another_language_are_found(tree, lines):
    tree.replace(
        "docs/ru/concepts/doubling.md",
        "Прямая через нуль: на каждый шаг вправо два шага вверх.",
        "A straight line through zero that climbs two for every one.",
    )
    (found,) = lines(drawings.problems(tree.root))
    assert "in the page's language" in found


def test_a_heat_map_without_a_table_is_found(tree, lines):
    tree.write(
        "qkv_explained/figures/doubling_line.py",
        "def draw(labels):\n    heatmap(1)\n",
    )
    (found,) = lines(drawings.problems(tree.root))
    assert "a heat map without a table" in found
