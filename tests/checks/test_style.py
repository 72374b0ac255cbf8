"""ruff over everything, and mypy: strict for the package."""

import subprocess
import sys

import pytest

from tools.places import ROOT

# Of torch, only what is never used here is left out.
MYPY = """import torch
def f(x): return x  # no-untyped-def
x: int = 'one'  # assignment
def g(x: dict) -> None: ...  # type-arg
y: int = torch.zeros(2)  # assignment
torch.zeros(2).shpae  # attr-defined
"""


def run(*command, **options):
    done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT,
                          capture_output=True, text=True, **options)
    return done.stdout if done.returncode else ""


def test_ruff_finds_nothing():
    assert not run("ruff", "check", "--quiet", ".")


@pytest.mark.parametrize(("source", "code"), [
    ("import os\n", "F401"), (f'x = "{"x" * 80}"\n', "E501"),
    ("\ndef f():\n    return 1\n", "D103"),
])
def test_planted_defect_ruff_finds(source, code):
    assert code in run(
        "ruff", "check", "--stdin-filename", "qkv_explained/planted.py", "-",
        input=f'"""A module."""\n\n{source}')


def test_mypy_finds_nothing():
    assert not run("mypy")


def test_planted_defects_mypy_finds(tmp_path):
    planted = tmp_path / "planted.py"
    planted.write_text(MYPY)
    found = run("mypy", str(planted)).splitlines()
    for number, line in enumerate(MYPY.splitlines(), 1):
        for code in line.split("  # ")[1:]:
            assert any(f":{number}: error" in one and f"[{code}]" in one
                       for one in found), (line, found)
