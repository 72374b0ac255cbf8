"""ruff over everything, and mypy: strict for the package."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def run(*command: str, **options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT, capture_output=True, text=True, **options,
    )


def test_ruff_finds_nothing() -> None:
    done = run("ruff", "check", "--quiet", ".")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ('"""A module."""\n\nimport os\n', "F401"),
        ('"""A module."""\n\nx = "' + "x" * 80 + '"\n', "E501"),
        ('"""A module."""\n\n\ndef f():\n    return 1\n', "D103"),
    ],
)
def test_planted_defect_ruff_finds(source: str, code: str) -> None:
    done = run(
        "ruff", "check", "--stdin-filename", "qkv_explained/planted.py", "-",
        input=source,
    )
    assert code in done.stdout


def test_mypy_finds_nothing() -> None:
    done = run("mypy")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("def f(x):\n    return x\n", "[no-untyped-def]"),
        ("x: int = 'one'\n", "[assignment]"),
        ("def f(x: dict) -> None: ...\n", "[type-arg]"),
        # Of torch, only what is never used here is left out.
        ("import torch\n\nx: int = torch.zeros(2)\n", "[assignment]"),
        ("import torch\n\ntorch.zeros(2).shpae\n", "[attr-defined]"),
    ],
)
def test_planted_defect_mypy_finds(
    tmp_path: Path, source: str, code: str
) -> None:
    planted = tmp_path / "planted.py"
    planted.write_text(source)
    done = run("mypy", str(planted))
    assert done.returncode == 1
    assert code in done.stdout
