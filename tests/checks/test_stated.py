"""Facts that have one home elsewhere."""

import shutil

import pytest

from qkv_explained.languages import words
from tools.checks import stated

EN = "docs/en/concepts/doubling.md"
RU = "docs/ru/concepts/doubling.md"
ZH = "docs/zh/concepts/doubling.md"
SOURCES = "docs/{}/reference/sources.md"
BEFORE = "| x | y |"


def test_facts_are_what_their_home_says(root, clean):
    clean(stated.problems(root))


def test_the_small_site_is_clean(tree, clean):
    clean(stated.problems(tree.root))


def found_with(tree, lines, name, text):
    tree.replace(name, BEFORE, f"{text}\n\n{BEFORE}")
    return "\n".join(lines(stated.problems(tree.root)))


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (EN, "[Vaswani et al. 2018](../reference/sources.md#vaswani2017)",
         "leads to vaswani2017: Vaswani et al. 2017"),
        (RU, "[Shazeer 2017](../reference/sources.md#ainslie2023)",
         "leads to ainslie2023"),
        (ZH, "Vaswani 等（2016）提出", "no work of Vaswani from 2016"),
        (RU, "Kitaev и др., 2021", "no work of Kitaev from 2021"),
        (EN, "arXiv:1706.03763", "arXiv 1706.03763 is no work"),
        (RU, "[здесь](https://arxiv.org/abs/1911.02151)", "1911.02151"),
        (EN, "GPT-2 has 1280 numbers a token", "1280 is no size"),
        (EN, "512 in GPT-2, 768 in the paper.", "768 is no size"),
        (RU, "У T5 голов 96", "96 is no size"),
        (ZH, "GPT-2 里 512", "512 is no size"),
        (EN, "**False.**", "'**False.**' is a typed verdict"),
        (EN, "### Claim 5, “x”: false {#five}", "is a typed verdict"),
        (EN, '!!! note "Claim 5: half true"', "is a typed verdict"),
        (EN, "The verdict: imprecise.", "is a typed verdict"),
        (RU, "**верно наполовину**", "is a typed verdict"),
        (RU, "### Утверждение 4: неверно {#four}", "is a typed verdict"),
        (RU, "Вердикт — неточно.", "is a typed verdict"),
        (ZH, '!!! note "说法 4：有条件地对"', "is a typed verdict"),
        (ZH, "判定：对一半。", "is a typed verdict"),
    ],
)  # fmt: skip
def test_planted_defect_is_found(tree, root, lines, name, text, said):
    shutil.copy(root / stated.MODELS, tree.path(stated.MODELS))
    assert said in found_with(tree, lines, name, text)


@pytest.mark.parametrize(
    "text",
    [
        "[Vaswani et al. 2017, §3.2.1](../reference/sources.md#vaswani2017)",
        "Kitaev et al. (2020), arXiv:2001.04451",
        "512 in the paper, 768 in GPT-2; T5 has 128 heads of 128",
        "GPT-2 holds a `(768, 2304)`, side by side, 1536 by 512",
        "That is true of the map and false of the tensor.",
        "A verdict is about a sentence.",
        "The same is false, and a half true story",
    ],
)
def test_what_is_right_is_clean(tree, root, lines, text):
    shutil.copy(root / stated.MODELS, tree.path(stated.MODELS))
    assert found_with(tree, lines, EN, text) == ""


@pytest.mark.parametrize(
    ("lang", "old", "new"),
    [
        ("en", "Vaswani et al. 2017: A", "Vaswani et al. 2016: A"),
        ("ru", "arXiv:1706.03762", "arXiv:1409.0473"),
        ("zh", "Vaswani 等 2017：", "Vaswani 2017："),
    ],
)
def test_the_page_of_sources_is_compared(tree, root, lines, lang, old, new):
    name = SOURCES.format(lang)
    shutil.copy(root / name, tree.path(name))
    assert not lines(stated.problems(tree.root))
    tree.replace(name, old, new)
    assert lines(stated.problems(tree.root))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Option 2 is right."),
        ("en", "The second answer is right."),
        ("ru", "Верен второй вариант."),
        ("ru", "Правильный ответ 2."),
        ("zh", "选项 2 是对的。"),
        ("zh", "第二项是对的。"),
    ],
)
def test_an_option_by_its_number_is_found(tree, lines, lang, text):
    name = f"docs/{lang}/concepts/doubling.md"
    tree.replace(name, "2. 6\n", f"2. 6\n\n{text}\n")
    (found,) = lines(stated.problems(tree.root))
    assert "say what the option says" in found


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (EN, "You need Python 3.10.", "Python 3.10 is none of those"),
        (RU, "Нужен Python 3.11 или 3.15.", "Python 3.15 is none"),
    ],
)
def test_versions_are_compared(tree, root, lines, name, text, said):
    shutil.copy(root / "pyproject.toml", tree.path("pyproject.toml"))
    tree.replace(name, BEFORE, f"{text}\n\n{BEFORE}")
    assert said in "\n".join(lines(stated.problems(tree.root)))


def test_every_verdict_is_refused_alone(tree, lines):
    for word in words("en")["verdicts"].values():
        tree.plant()
        found = found_with(tree, lines, EN, f"- **{word}**")
        assert "is a typed verdict" in found
