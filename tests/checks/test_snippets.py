"""Snippets run alone, are short, and print what the pages show."""

import pytest

from qkv_explained.course import everything
from tools.checks import snippets
from tools.places import COURSE
from tools.refresh import outputs
from tools.run import examples
from tools.site import exports

SNIPPET = "qkv_explained/course/concepts/doubling/snippets/by_hand.py"
OUT = "qkv_explained/course/concepts/doubling/snippets/by_hand.out"
EN = "docs/en/concepts/doubling.md"


def test_snippets_and_outputs(root, clean):
    clean(snippets.problems(root))


def test_the_small_site_is_clean(tree, clean):
    clean(snippets.problems(tree.root))


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        (SNIPPET, "print(y)", "assert y == 7\nprint(y)", "AssertionError"),
        (SNIPPET, "x = 3", "x = 4", "is not what by_hand.py prints"),
        (SNIPPET, "x = 3", "x = 3\n" * 21, "at most 20"),
        (SNIPPET, "# y", "#" + " y" * 40, "at most 79"),
        (SNIPPET, "# y = 2x", "# here the number is being doubled",
         "cannot be translated"),
        (SNIPPET, "x = 3", "import scipy", "a reader of the page"),
        (SNIPPET, "x = 3", "from tools import jobs", "a reader of the page"),
        (SNIPPET, "print(y)", "y", "shows nothing"),
        (OUT, "6", "5", "tools.refresh outputs"),
        (EN, "by_hand.out", "other.out", "Output follows its snippet"),
        (EN, '``` { .text .output }\n--8<-- "course/concepts/doubling/'
         'snippets/by_hand.out"'
         "\n```\n", "", "the page does not show"),
    ],
)  # fmt: skip
def test_planted_defect_is_found(tree, lines, name, old, new, said):
    tree.replace(name, old, new)
    assert said in "\n".join(lines(snippets.problems(tree.root)))


def test_orphan_output_is_found(tree, lines):
    tree.path(SNIPPET).unlink()
    said = lines(snippets.problems(tree.root, langs=()))
    assert said == [f"{OUT}: no snippet prints this. Delete the file"]


def test_missing_output_is_found(tree, lines):
    tree.path(OUT).unlink()
    (said,) = lines(snippets.problems(tree.root, langs=()))
    assert "has no .out file" in said


def test_console_is_compared(tree, lines):
    name = "qkv_explained/course/concepts/doubling/snippets/shapes.console"
    tree.write(name, "$ python -m qkv_explained shapes --heads 7\nFine.\n")
    (said,) = lines(snippets.problems(tree.root, langs=()))
    assert said.startswith(f"{name}:1: The command prints something else")
    tree.write(name, "$ ls\n")
    (said,) = lines(snippets.problems(tree.root, langs=()))
    assert "begins with one line `$ python -m qkv_explained" in said


@pytest.mark.parametrize("entry", everything(), ids=lambda entry: entry.id)
def test_all_snippets_of_a_page_run_as_one_script(entry, root):
    """What "Copy as script" gives prints what the page shows."""
    result = examples.runner().run(exports.script(entry, "en"), "script.py")
    assert result.returncode == 0, result.stderr
    folder = root / COURSE / entry.folder / "snippets"
    shown = [outputs.printed(folder / f"{step}.py") for step in entry.snippets]
    assert result.stdout == "".join(shown)
