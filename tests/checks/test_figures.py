"""Figures are what the code draws, and have words."""

import dataclasses

import pytest

from tools import places
from tools.checks import drawings
from tools.refresh import figures
from tools.run import examples

EN = "docs/en/concepts/doubling.md"
SVG = '<svg><text x="1.5">{}</text><path d="M{} 2"/></svg>'


@pytest.mark.parametrize("topic", sorted({
    path.parent.parent.name for path in places.figure_modules().values()
}))  # fmt: skip
def test_figures_are_what_the_code_draws(topic):
    # In a process of its own: one thread, and no checks of shapes. A topic
    # at once, since its figures may show the same training run.
    code = (
        "from tools.checks import drawings, report\n"
        f"print(report(drawings.stale(['made/{topic}/'])))"
    )
    result = examples.runner().run(code, "figures.py")
    assert result.returncode == 0, result.stderr
    assert not result.stdout.strip()


def test_a_stale_drawing_is_found(tmp_path, monkeypatch, root):
    made = [job for job in figures.jobs(root)
            if job.path.name == "course.en.svg"]  # fmt: skip
    job = dataclasses.replace(made[0], path=tmp_path / "course.en.svg")
    monkeypatch.setattr(figures, "jobs", lambda *_: [job])
    monkeypatch.setattr(figures, "left_over", lambda *_: [])
    (missing,) = drawings.stale([])
    assert "missing: the code draws something else" in missing.message
    job.run(write=True)
    assert not drawings.stale([])
    text = job.path.read_text(encoding="utf-8")
    job.path.write_text(text.replace("</svg>", "<path/></svg>"), "utf-8")
    (problem,) = drawings.stale([])
    assert "differs: the code draws something else" in problem.message


def test_a_drawing_left_over_is_found(tmp_path, monkeypatch):
    (tmp_path / "docs/made/x").mkdir(parents=True)
    (tmp_path / "docs/made/x/old.en.svg").write_text("<svg/>", "utf-8")
    assert [p.name for p in figures.left_over(tmp_path)] == ["old.en.svg"]


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
        "qkv_explained/course/concepts/doubling/figures/line.py",
        "def draw(labels):\n    heatmap(1)\n",
    )
    (found,) = lines(drawings.problems(tree.root))
    assert "a heat map without a table" in found
