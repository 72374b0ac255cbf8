"""The package's front: instant, typed, and complete in a wheel."""

import importlib
import re
import subprocess
import sys
import time

import pytest

import qkv_explained
from tools.places import PACKAGE, ROOT


def fresh(code: str) -> str:
    """Run code in a fresh interpreter; return what it prints."""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True,
        cwd=ROOT, check=False, timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_importing_the_package_imports_nothing_heavy():
    heavy = fresh(
        "import sys, qkv_explained; qkv_explained.get('origins');"
        "qkv_explained.attention_shapes(512, 8);"
        "print([m for m in ('torch', 'numpy', 'matplotlib', 'jaxtyping')"
        " if m in sys.modules])"
    )
    assert heavy == "[]"


@pytest.mark.slow
def test_importing_everything_takes_under_two_seconds_more_than_torch():
    seconds = min(float(fresh(
        "import time, torch; start = time.perf_counter()\n"
        "import qkv_explained as package\n"
        "for name in package._MODULES: getattr(package, name)\n"
        "print(time.perf_counter() - start)"
    )) for _ in range(2))
    assert seconds < 2


def test_the_command_line_answers_at_once():
    start = time.perf_counter()
    fresh("from qkv_explained.cli import main; main([])")
    assert time.perf_counter() - start < 2


def test_every_name_and_module_is_where_the_front_says():
    assert set(qkv_explained._HOME) == {
        *qkv_explained.__all__} - {"__version__"}
    for name, home in qkv_explained._HOME.items():
        module = importlib.import_module(f"qkv_explained.{home}")
        assert getattr(qkv_explained, name) is getattr(module, name)
        assert name in dir(qkv_explained)
    on_disk = {path.stem for path in PACKAGE.glob("[!_]*.py")}
    assert on_disk | {"lab", "course"} <= set(qkv_explained._MODULES)
    for name in qkv_explained._MODULES:
        assert getattr(qkv_explained, name).__name__ == (
            f"qkv_explained.{name}")


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'query'"):
        qkv_explained.query  # noqa: B018


def test_the_package_is_typed_and_the_version_stands_in_one_place():
    assert (PACKAGE / "py.typed").is_file()
    assert re.fullmatch(r"\d+\.\d+\.\d+", qkv_explained.__version__)
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    assert 'dynamic = ["version"]' in project


def test_prerequisite_order_is_import_order():
    order = ("attention", "weight_dimensions", "projection", "multi_head",
             "arrows", "roles", "origins", "lab", "course")
    for index, name in enumerate(order):
        path = PACKAGE / f"{name}.py"
        files = [path] if path.is_file() else sorted(
            (PACKAGE / name).rglob("*.py"))
        later = "|".join(order[index + 1:]) or "(?!)"
        for file in files:
            found = re.search(
                rf"^\s*(?:from|import) qkv_explained\.({later})\b",
                file.read_text("utf-8"), re.M)
            assert not found, f"{file.name} imports a later module"
