"""Nothing can fail, or be left out, and leave the whole green."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tools.checks import gates, report

COPIED = ("pyproject.toml", "Makefile", ".ci/run", "conftest.py")
GOOD = "def test_x():\n    assert 1 + 1 == 2\n"


def test_the_gates_are_closed(root):
    assert not report(gates.problems(root))


@pytest.fixture
def copy(root, tmp_path):
    """What the check reads, with one test, to be damaged."""
    for name in COPIED:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(root / name, tmp_path / name)
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_x.py").write_text(GOOD)
    return tmp_path


def test_the_copy_has_no_fault(copy):
    assert not report(gates.problems(copy))


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("pyproject.toml", '["tests", "docs"]', '["tests"]', "lacks docs"),
        ("pyproject.toml", '["tests", "docs"]', '["docs"]', "lacks tests"),
        ("pyproject.toml", '"-ra", ', '"-ra", "--ignore=tests/x", ', "leaves"),
        ("pyproject.toml", '"-ra", ', '"-ra", "-k not slow", ', "leaves"),
        ("pyproject.toml", '"-ra", ', '"-ra", "--deselect=a", ', "leaves"),
        ("pyproject.toml", "xfail_strict", 'norecursedirs = ["x"]\n'
         "xfail_strict", "norecursedirs"),
        ("Makefile", "$(RUN) pytest", "$(RUN) pytest -k x", "leaves"),
        ("Makefile", "worksteal $(ARGS)", "worksteal $(ARGS) || true", "fail"),
        ("Makefile", "\t@$(PYTHON)", "\t-@$(PYTHON)", "lets a failure pass"),
        (".ci/run", "set -euo pipefail", "set -eu", "pipefail"),
        (".ci/run", "make site", "make site || true", "lets a failure pass"),
        (".ci/run", "ARGS=--durations=15", "ARGS='-k x'", "leaves"),
        ("conftest.py", "ROOT =", 'collect_ignore = ["x"]\nROOT =', "hides"),
        ("tests/test_x.py", "assert 1 + 1 == 2", "pass", "asserts nothing"),
        ("tests/test_x.py", "assert 1 + 1 == 2", "1 + 1", "asserts nothing"),
        ("tests/test_x.py", "assert 1 + 1 == 2", "assert True",
         "asserts nothing"),
        ("tests/test_x.py", "def test_x", "def tes_x", "holds no test"),
    ],
)  # fmt: skip
def test_planted_hole_is_found(copy, name, old, new, said):
    text = (copy / name).read_text("utf-8")
    assert old in text
    (copy / name).write_text(text.replace(old, new, 1), "utf-8")
    found = report(gates.problems(copy))
    assert found.startswith(name)
    assert said in found


def test_an_assertion_may_stand_in_a_function_that_is_called(copy):
    (copy / "tests" / "test_x.py").write_text(
        "def look(x):\n    assert x\n\ndef again(x):\n    look(x)\n\n"
        "def test_x():\n    again(1)\n"
    )
    assert not report(gates.problems(copy))


# --- the script that runs everything ----------------------------------------

MAKE = """#!/bin/sh
case "$1" in
site) {site};;
test) {test};;
esac
"""
PASSED = "echo '===== 5 passed in 1.00s ====='"


def run(root: Path, folder: Path, site="true", test=PASSED, python="exit 0",
        damage=("", "")) -> subprocess.CompletedProcess[str]:
    """Run .ci/run where every command is a stand-in."""
    commands = {
        "make": MAKE.format(site=site, test=test),
        ".venv/bin/python": f"#!/bin/sh\n{python}\n",
        **dict.fromkeys(
            ("git", "chromium", "java", "node", "npm", "python3"),
            "#!/bin/sh\n"),
        "fc-list": "#!/bin/sh\necho font\n",
    }
    for name, text in commands.items():
        path = folder / (name if "/" in name else f"bin/{name}")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        path.chmod(0o755)
    (folder / ".ci").mkdir()
    script = (root / ".ci" / "run").read_text("utf-8")
    assert damage[0] in script
    (folder / ".ci" / "run").write_text(script.replace(*damage))
    return subprocess.run(
        ["bash", ".ci/run"], cwd=folder, capture_output=True, text=True,
        env={"PATH": f"{folder}/bin:/usr/bin:/bin", "HOME": str(folder)})


def test_ci_passes_where_all_passes(root, tmp_path):
    done = run(root, tmp_path)
    assert done.returncode == 0, done.stderr
    assert "5 passed" in done.stdout


@pytest.mark.parametrize(
    "broken",
    [
        {"site": "exit 2"},
        {"test": "exit 2"},
        {"test": f"{PASSED}; exit 1"},
        {"test": "echo collected nothing"},
        {"test": "echo '=== 5 passed, 1 skipped in 1.00s ==='"},
        {"test": "echo '=== 5 passed, 1 deselected in 1.00s ==='"},
        {"test": "echo '=== 5 passed, 1 xfailed in 1.00s ==='"},
        {"python": "exit 1"},
    ],
)
def test_ci_fails_where_one_fails_or_is_left_out(root, tmp_path, broken):
    assert run(root, tmp_path, **broken).returncode != 0


@pytest.mark.parametrize(
    ("damage", "broken"),
    [
        (("set -euo pipefail", "set -eu"), {"test": f"{PASSED}; exit 1"}),
        (("make site\n", "make site || true\n"), {"site": "exit 2"}),
    ],
)
def test_planted_hole_in_ci_would_let_a_failure_pass(
    root, tmp_path, damage, broken
):
    """What the table above would not see is seen by `gates`."""
    assert run(root, tmp_path, damage=damage, **broken).returncode == 0
