"""Commands that nobody runs are ones that would be accepted."""

import shutil

import pytest

from tools.checks import commands, report


def test_every_command_title_and_address(root):
    found = report(commands.problems(root))
    assert not found, found


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("make tset", "make tset: the Makefile has"),
        ("python -m tools.biuld", "there is no command tools.biuld"),
        ("python -m tools.pages.words",
         "there is no command tools.pages.words"),
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
    ],
)
def test_planted_command_is_found(root, line, said):
    found = "\n".join(commands.commands(line, root))
    assert said in found


@pytest.mark.parametrize(
    "line",
    [
        "make test",
        "python -m tools.refresh pins docs/ru/…",
        ".venv/bin/python -m tools.refresh outputs <module>",
        ".venv/bin/python -m pytest -n auto",
        "python -m qkv_explained run multi-head",
        "python -m qkv_explained --lang en shapes --heads 7",
        "python -m tools.checks docs/ru",
    ],
)
def test_what_is_accepted_is_clean(root, line):
    assert not list(commands.commands(line, root))


def test_planted_advice_in_a_message_is_found(tree, lines):
    tree.write("tools/planted.py",
               'x = f"{1} differs; run: python -m tools.refresh fact {1}"\n')
    (said,) = lines(commands.problems(tree.root))
    assert said.startswith("tools/planted.py:1: python -m tools.refresh fact")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('title="doubling/by_hand.py"', 'title="doubling/by_heart.py"',
         'the title is "doubling/by_heart.py", but the block is doubling/by'),
        ('title="qkv_explained/doubling.py"', 'title="doubling.py"',
         "the block is qkv_explained/doubling.py"),
        ("](../index.md#start)", "](https://arxiv.orq/abs/1706.03762)",
         "is at the host arxiv.orq, which is not known"),
        ("## By hand {#by-hand}\n",
         "## By hand {#by-hand}\n\n``` { .bash .no-run title=\"long\" }\n"
         "python -m tools.bench --quik\n```\n", "arguments: --quik"),
    ],
)  # fmt: skip
def test_planted_defect_is_found(tree, lines, old, new, said):
    tree.replace("docs/en/concepts/doubling.md", old, new)
    assert said in "\n".join(lines(commands.problems(tree.root)))


@pytest.mark.parametrize(
    ("lang", "text", "said"),
    [
        ("en", "`make all`", "make all: the Makefile has"),
        ("ru", "```sh\nmake everything\n```", "make everything: the"),
        ("zh", "`python -m tools.nothing`", "no command tools.nothing"),
        ("en", "```console\n$ python -m qkv_explained.no\n```", "there is no"),
    ],
)
def test_a_command_in_a_page_is_compared(tree, root, lines, lang, text, said):
    shutil.copy(root / "Makefile", tree.path("Makefile"))
    tree.replace(f"docs/{lang}/concepts/doubling.md",
                 "| x | y |", f"{text}\n\n| x | y |")
    assert said in "\n".join(lines(commands.problems(tree.root)))


def test_the_small_site_is_clean(tree):
    assert not report(commands.problems(tree.root))


def test_no_host_is_known_for_nothing(root):
    texts = [root / name for name in commands.TEXTS]
    texts += (root / "docs").rglob("*.md")
    shown = "\n".join(path.read_text("utf-8") for path in texts)
    assert not [host for host in commands.HOSTS if f"//{host}" not in shown]
