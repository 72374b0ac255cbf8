"""The same page in three languages."""

import pytest

from tools.checks import parity

RU = "docs/ru/concepts/doubling.md"


def test_the_languages_agree(root, clean):
    clean(parity.problems(root))


def test_the_small_site_is_clean(tree, clean):
    clean(parity.problems(tree.root))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("## Вручную", "### Вручную", "headings: ### by-hand here"),
        ("{#by-hand}", "{#hand}", "headings: ## hand here"),
        ("{#by-hand}", "{#вручную}", "in ASCII"),
        (" {#by-hand}", "", "(no id)"),
        ("by_hand.py\"\n```\n", "by_hand.py\"\n```\n\n```console\nx\n```\n",
         "code: console here"),
        ("doubling.py:double", "doubling.py:triple", "code:"),
        ("$$y = 2x", "$$y = 3x", "display formulas:"),
        ('figure("doubling-line"', 'figure("doubling"', "macros: figure"),
        ('{{ card("doubling") }}\n', "", "macros:"),
        ("!!! question", "!!! note", "admonitions: note"),
        ("??? answer", "???+ answer\n\n??? answer", "admonitions:"),
        ('data-answer="2"', 'data-answer="1"', "answer 1"),
        ('id="predict-doubling"', 'id="predict-x"', "predict-x"),
        ("2. 6\n", "2. 6\n3. 7\n", "of 3 options"),
        ("| 1 | 2 |", "| 1 | 2 |\n| 3 | 6 |", "tables: 3 rows"),
        ("| x | y |", "<b-box></b-box>\n\n| x | y |", "<b-box>"),
    ],
)  # fmt: skip
def test_planted_difference_is_found(tree, lines, old, new, said):
    tree.replace(RU, old, new)
    found = lines(parity.problems(tree.root))
    assert said in "\n".join(found)
    assert all(line.startswith(RU) for line in found)


def test_words_may_differ(tree, clean):
    tree.replace(RU, "Удвоить число", "Взять число и удвоить его")
    tree.replace(RU, "\\text{всегда}", "\\text{никогда}")
    clean(parity.problems(tree.root))


def test_a_missing_page_is_found(tree, lines):
    tree.path(RU).unlink()
    assert lines(parity.files(tree.root, parity.LANGS)) == [
        f"{RU}: missing; there is docs/zh/concepts/doubling.md. Write it in "
        "this language, or delete the page in zh, en"
    ]


def test_a_page_more_is_found(tree, lines):
    tree.write("docs/zh/concepts/halving.md", "# x\n")
    found = lines(parity.problems(tree.root))
    assert [line.split(":")[0] for line in found] == [
        "docs/en/concepts/halving.md",
        "docs/ru/concepts/halving.md",
    ]
