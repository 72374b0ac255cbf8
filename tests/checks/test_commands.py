"""Commands that nobody runs are ones that would be accepted."""

import pytest

from tools.checks import commands


@pytest.mark.parametrize(("line", "said"), [
    ("make tset", "make tset: the Makefile has"),
    ("python -m tools.biuld", "there is no command tools.biuld"),
    ("python -m tools.pages.words", "there is no command tools.pages.words"),
    ("python -m tools.site.build --output x", "unrecognized arguments"),
    ("python -m tools.site.build --lang de", "invalid choice"),
    ("python -m tools.refresh output", "invalid choice: 'output'"),
    ("python -m tools.refresh formulas --wirte",
     "unrecognized arguments: --wirte"),
    ("python -m tools.site.serve --port many", "invalid int value"),
    ("python -m qkv_explained shwo projection", "shwo"),
    ("python -m qkv_explained show projektion", "projektion"),
    ("python -m qkv_explained shapes --haeds 7", "--haeds"),
    ("python -m qkv_explained shapes --heads", "--heads"),
    ("python -m pytest docs/en/concepts/gone.md", "is not there"),
])
def test_planted_command_is_found(root, line, said):
    assert said in "\n".join(commands.commands(line, root))


@pytest.mark.parametrize("line", [
    "make test",
    "python -m tools.refresh pins docs/ru/…",
    ".venv/bin/python -m tools.refresh outputs <module>",
    ".venv/bin/python -m pytest -n auto",
    "python -m qkv_explained run multi-head",
    "python -m qkv_explained --lang en shapes --heads 7",
    "python -m tools.checks docs/ru",
])
def test_what_is_accepted_is_clean(root, line):
    assert not list(commands.commands(line, root))


def test_no_host_is_known_for_nothing(root):
    texts = [root / name for name in commands.TEXTS]
    texts += (root / "docs").rglob("*.md")
    shown = "\n".join(path.read_text("utf-8") for path in texts)
    assert not [host for host in commands.HOSTS if f"//{host}" not in shown]
