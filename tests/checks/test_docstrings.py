"""Every example in a docstring of the package runs."""

import doctest
import importlib
import io
import os
import pkgutil

import pytest

import qkv_explained
from qkv_explained.lab.real.packages import READERS

MODULES = [
    module.name for module in pkgutil.walk_packages(
        qkv_explained.__path__, "qkv_explained.")
    if not module.name.endswith("__main__")
]


def failures(module):
    """What the examples of a module print that they should not."""
    said = io.StringIO()
    runner = doctest.DocTestRunner(
        optionflags=doctest.NORMALIZE_WHITESPACE, verbose=False)
    for test in doctest.DocTestFinder(exclude_empty=True).find(module):
        runner.run(test, out=said.write)
    return said.getvalue()


@pytest.mark.parametrize("name", MODULES)
def test_examples_of_the_docstrings_run(name):
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if os.environ.get("CI") == "true" or error.name not in READERS:
            raise
        pytest.skip(f"needs {error.name}: python3 tools/install.py models")
    assert not failures(module)


def test_an_example_that_fails_is_found(tmp_path, monkeypatch):
    (tmp_path / "planted.py").write_text('"""Add.\n\n>>> 1 + 1\n3\n"""\n')
    monkeypatch.syspath_prepend(tmp_path)
    assert "Expected:\n    3" in failures(importlib.import_module("planted"))
