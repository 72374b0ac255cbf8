"""Snippets run alone, are short, and print what the pages show."""

import pytest

from qkv_explained.course import everything
from tools.checks import chance, snippets
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
        (SNIPPET, "x = 3", "x = 3\n" * 31, "at most 30"),
        (SNIPPET, "# y", "#" + " y" * 40, "at most 79"),
        (SNIPPET, "# y = 2x", "# here the number is being doubled",
         "cannot be translated"),
        (SNIPPET, "x = 3", "import scipy", "a reader of the page"),
        (SNIPPET, "x = 3", "from tools import jobs", "a reader of the page"),
        (SNIPPET, "print(y)", "y", "shows nothing"),
        (OUT, "6", "6\nright: True", "says True"),
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


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import time\nprint(time.time())", "imports time"),
        ("from datetime import date\nprint(date.today())", "datetime"),
        ("import os\nprint(os.getcwd())", "imports os"),
        ("import torch\nprint(torch.rand(2))", "torch.rand() draws"),
        ("import torch\nx = torch.zeros(2)\nprint(x.normal_())", "without a"),
        ("import torch\nx = torch.randn(2)\ntorch.manual_seed(0)", "randn()"),
        ("import torch\nprint(torch.Generator().seed())", "by chance"),
        ("import random\nprint(random.random())", "without a seed"),
        ("import numpy as np\nnp.random.default_rng()", "without a seed"),
        ("print(id(3))", "id() differs"),
        ("print({'q', 'k'})", "order of the set"),
        ("print(*set('qkv'))", "order of the set"),
        ("for x in {'q', 'k'}:\n    print(x)", "order of the set"),
        ("print(', '.join({c for c in 'qkv'}))", "order of the set"),
        ("import sys\nprint(sys.version)", "sys.version depends"),
        ("print(__file__)", "__file__ depends"),
        ("import torch\nprint(torch.__version__)", "depends on the machine"),
    ],
)
def test_planted_chance_is_found(code, said):
    assert said in "\n".join(text for _, text in chance.problems(code))


@pytest.mark.parametrize(
    "code",
    [
        "import torch\nrng = torch.Generator().manual_seed(0)\n"
        "print(torch.randn(2, generator=rng))",
        "import torch\ntorch.manual_seed(0)\nprint(torch.rand(2))",
        "import numpy as np\nprint(np.random.default_rng(0).normal())",
        "print(sorted({'q', 'k'}), len(set('qkv')), 'q' in {'q'})",
        "print(sum(x for x in {1, 2}))",
    ],
)
def test_what_has_a_seed_or_an_order_is_clean(code):
    assert not list(chance.problems(code))


# Nothing in the text tells; another machine does.
@pytest.mark.parametrize(
    "line",
    [
        "print(dict.fromkeys(x for x in {'q', 'k', 'v', 'W', 'O', 'd'}))",
        "print(__import__('o' + 's').environ['COLUMNS'])",
        "print(__import__('ti' + 'me').localtime().tm_zone)",
        "import torch.nn as nn; print(nn.Linear(2, 1).weight[0, 0].item())",
    ],
)
def test_another_machine_tells(tree, lines, line):
    tree.replace(SNIPPET, "print(y)", line)
    path = tree.path(SNIPPET)
    tree.write(OUT, outputs.printed(path))
    said = "\n".join(lines(snippets.output(path, tree.root)))
    assert "prints something else on another machine" in said


def test_the_rule_about_true_has_no_needless_exception(root):
    for step in snippets.TRUE:
        topic, name = step.split("/")
        (out,) = (root / COURSE).glob(f"*/{topic}/snippets/{name}.out")
        text = out.read_text("utf-8")
        assert snippets._TRUE.search(text), f"{step} needs no exception"


def test_contributing_says_the_limits(root):
    text = (root / "CONTRIBUTING.md").read_text("utf-8")
    limits = f"at most {snippets.LINES} lines of {snippets.COLUMNS} columns"
    assert limits in text


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
