"""Snippets run alone, wherever they run, and together as one script."""

import contextlib

import pytest

from qkv_explained.course import everything
from tools.checks import snippets
from tools.places import COURSE
from tools.refresh import outputs
from tools.run import examples, runner
from tools.site import exports

FOLDER = "qkv_explained/course/concepts/doubling/snippets"
SNIPPET = f"{FOLDER}/by_hand.py"


# Nothing in the text tells; another machine does.
@pytest.mark.parametrize("line", [
    "print(dict.fromkeys(x for x in {'q', 'k', 'v', 'W', 'O', 'd'}))",
    "print(__import__('o' + 's').environ['COLUMNS'])",
    "print(__import__('ti' + 'me').localtime().tm_zone)",
    "import torch.nn as nn; print(nn.Linear(2, 1).weight[0, 0].item())",
])
def test_planted_difference_between_machines_is_found(tree, lines, line):
    path = tree.replace(SNIPPET, "print(y)", line)
    tree.write(f"{FOLDER}/by_hand.out", outputs.printed(path))
    said = "\n".join(lines(snippets.output(path, tree.root)))
    assert "prints something else on another machine" in said


def test_the_rule_about_true_has_no_needless_exception(root):
    for step in snippets.TRUE:
        topic, name = step.split("/")
        (out,) = (root / COURSE).glob(f"*/{topic}/snippets/{name}.out")
        text = out.read_text("utf-8")
        assert snippets._TRUE.search(text), f"{step} needs no exception"


def test_contributing_says_the_limits(root):
    limits = f"at most {snippets.LINES} lines of {snippets.COLUMNS} columns"
    assert limits in (root / "CONTRIBUTING.md").read_text("utf-8")


@pytest.mark.parametrize("entry", everything(), ids=lambda entry: entry.id)
def test_all_snippets_of_a_page_run_as_one_script(entry, root):
    """What "Copy as script" gives prints what the page shows."""
    result = examples.runner().run(exports.script(entry, "en"), "script.py")
    assert result.returncode == 0, result.stderr
    folder = root / COURSE / entry.folder / "snippets"
    shown = [outputs.printed(folder / f"{step}.py") for step in entry.snippets]
    assert result.stdout == "".join(shown)


# --- the runner's children are as good as fresh interpreters -----------------

PRINTING = """\
import sys, torch
from qkv_explained.attention import scaled_dot_product_attention
Q = torch.arange(6.0).view(2, 3)
print(scaled_dot_product_attention(Q, Q, Q)[1])
print(__name__, sorted(k for k in globals() if not k.startswith("__")))
print(len(sys.argv), __file__.endswith("snippet.py"))
"""


@pytest.fixture(scope="module")
def server():
    with contextlib.closing(runner.Runner()) as one:
        yield one


@pytest.mark.parametrize("code", [
    PRINTING, "raise ValueError('no')", "import sys\nsys.exit(3)",
    "import sys\nsys.exit('no')", "print('é', 'ё', '键')", "input()",
    "assert False",
])
def test_fork_equals_subprocess(server, code):
    both = [server.run(code), runner.run_in_subprocess(code)]
    (found,) = {(one.returncode, one.stdout,
                 one.stderr.strip().split("\n")[-1]) for one in both}
    assert found


def test_nothing_is_left_for_the_next(server):
    assert server.run("import qkv_explained.attention; x = 1").returncode == 0
    said = server.run(
        "import sys\nprint([m for m in sys.modules if 'qkv' in m])\nx")
    assert said.stdout == "[]\n"
    assert "NameError" in said.stderr


def test_random_numbers_without_a_seed_differ(server):
    code = "import random, torch\nprint(random.random(), torch.rand(1))"
    one, other = (server.run(f"{code}  # {i}").stdout.split() for i in "12")
    assert one[0] != other[0]
    assert one[1:] != other[1:]


def test_endless_code_is_stopped(monkeypatch):
    monkeypatch.setattr(runner, "TIMEOUT", 0.2)
    assert runner._fork("while True: pass", "snippet.py").returncode == 124


def test_results_are_shared_by_the_processes_of_a_session(tmp_path):
    class Counting(runner.Runner):
        count = 0

        def _run(self, code, name):
            self.count += 1
            return runner.Result(0, code, "", 0.0)

    one, other = Counting(tmp_path), Counting(tmp_path)
    assert other.run("1") == one.run("1") == one.run("1")
    assert (one.count, other.count) == (0, 1)
    assert other.run("2") != one.run("1")
