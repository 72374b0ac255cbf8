"""The runner's children are as good as fresh interpreters."""

import contextlib

import pytest

from tools.refresh import outputs
from tools.run import runner

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


def bare(result):
    return result.returncode, result.stdout


@pytest.mark.parametrize(
    "code",
    [
        PRINTING,
        "raise ValueError('no')",
        "import sys\nsys.exit(3)",
        "import sys\nsys.exit('no')",
        "print('é', 'ё', '键')",
        "input()",
        "assert False",
    ],
)
def test_fork_equals_subprocess(server, code):
    forked = server.run(code)
    alone = runner.run_in_subprocess(code)
    assert bare(forked) == bare(alone)
    last = [one.stderr.strip().split("\n")[-1] for one in (forked, alone)]
    assert last[0] == last[1]


def test_a_snippet_of_the_site_forked_equals_subprocess(server, root):
    path = outputs.snippets(root)[0]
    code = path.read_text(encoding="utf-8")
    assert bare(server.run(code)) == bare(runner.run_in_subprocess(code))


def test_nothing_is_left_for_the_next(server):
    assert server.run("import qkv_explained.attention; x = 1").returncode == 0
    said = server.run(
        "import sys\nprint([m for m in sys.modules if 'qkv' in m])\nx"
    )
    assert said.stdout == "[]\n"
    assert "NameError" in said.stderr


def test_random_numbers_without_a_seed_differ(server):
    code = "import random, torch\nprint(random.random(), torch.rand(1))"
    twice = [server.run(f"{code}  # {i}").stdout for i in (1, 2)]
    assert twice[0].split()[0] != twice[1].split()[0]
    assert twice[0].split()[1:] != twice[1].split()[1:]


def test_endless_code_is_stopped(monkeypatch):
    monkeypatch.setattr(runner, "TIMEOUT", 0.2)
    assert runner._fork("while True: pass", "snippet.py").returncode == 124


def test_results_are_shared_by_the_processes_of_a_session(tmp_path):
    one, other = Counting(tmp_path), Counting(tmp_path)
    first = one.run("1")
    assert other.run("1") == first == one.run("1")
    assert (one.count, other.count) == (1, 0)
    assert other.run("2") != first


class Counting(runner.Runner):
    """A runner that only counts what it is asked to run."""

    count = 0

    def _run(self, code, name):
        self.count += 1
        return runner.Result(0, code, "", 0.0)
