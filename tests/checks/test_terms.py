"""Words that the pages do not use."""

import pytest

from tools.checks import terms

PAGES = {lang: f"docs/{lang}/concepts/doubling.md" for lang in terms.LANGS}


def test_pages_keep_to_the_terms(root, clean):
    clean(terms.problems(root))


def check(tree):
    return terms.problems(tree.root)


def test_the_small_site_is_clean(tree, clean):
    clean(check(tree))


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "每个键值都不同"),
        ("zh", "它的真值"),
        ("zh", "值得注意的是，它变了"),
        ("zh", "总的来说"),
        ("zh", "注意力权值"),
        ("zh", "多头注意机制"),
        ("zh", "一个,两个"),
        ("zh", "（是的）对吗?"),
        ("zh", "结束."),
        ("zh", "查询(query)"),
        ("zh", "矩阵W_Q"),
        ("zh", "矩阵 `W_Q`的列"),
        ("zh", "矩阵 $W_Q$的列"),
        ("zh", '共 {{ n("doubling", "twice") }}个'),
        ("zh", "**Q**{ .q }的列"),
        ("zh", "全角１２"),
        ("zh", '所谓"键"'),
        ("zh", "所谓「键」"),
        ("zh", "等等..."),
        ("zh", "一， 二"),
        ("zh", "attn 矩阵"),
        ("ru", "Ключ является вектором"),
        ("ru", "в данной главе"),
        ("ru", "осуществляет выбор"),
        ("ru", "Следует отметить, что"),
        ("ru", "играет важную роль"),
        ("ru", "весовая матрица"),
        ("ru", "механизм самовнимания и кросс-внимания"),
        ("ru", "перекрестное внимание"),
        ("ru", 'так называемый "ключ"'),
        ("ru", "так называемый “ключ”"),
        ("ru", "около 0.5"),
        ("ru", "ключ - это строка"),
        ("ru", "т. е. строка"),
        ("ru", "т.е. строка"),
        ("ru", "и т. д."),
        ("ru", '{{ n("doubling", "twice") }} %'),
        ("ru", "5 КБ"),
        ("ru", "ждите..."),
        ("ru", "матрица attn"),
        ("en", "the color of K"),
        ("en", "it is normalized"),
        ("en", "it plays a crucial role"),
        ("en", "It is worth noting"),
        ("en", "let's delve"),
        ("en", "multihead attention"),
        ("en", "wait..."),
        ("en", "the attn matrix"),
        ("en", "TODO"),
        ("en", "in\u200bvisible"),
    ],
)
def test_banned_word_is_found(tree, lines, lang, text):
    tree.replace(PAGES[lang], "| x | y |", f"{text}\n\n| x | y |")
    found = lines(check(tree))
    assert found
    assert all(line.startswith(f"{PAGES[lang]}:") for line in found)
    assert "Write: " in found[0]


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("zh", "键值对；键（key）；`attn`、`a`，$x$。"),
        ("zh", "形状是 (n, d)，共 3 列：[链接](a.md)。**键**，*值*"),
        ("zh", "“Q = K”（见 [1]）"),
        ("ru", "Данные, т.\u00a0е. строки; «ключ» — 0,5 и 5\u00a0%"),
        ("ru", "`a.b - c` и $0.5$, Q-проекция"),
        ("en", "colour, normalised, `normalize(color)`, precise, size"),
    ],
)
def test_good_text_is_let_be(tree, lang, text, clean):
    tree.replace(PAGES[lang], "| x | y |", f"{text}\n\n| x | y |")
    clean(check(tree))


@pytest.mark.parametrize("where", ['alt="', 'caption="', "title: "])
def test_figures_and_titles_are_looked_at(tree, lines, where):
    tree.replace(PAGES["en"], where, f"{where}attn and ")
    assert "'attn'" in lines(check(tree))[0]


def test_an_exception_stands_in_the_open(tree, lines, clean):
    tree.replace(PAGES["en"], "| x | y |", "Called attn there.\n\n| x | y |")
    allow = "allow:\n  - {{page: {page}, text: 'Called attn', {why}}}\n"
    page = PAGES["en"]
    tree.replace(
        "docs/terms.yml", "allow: []", allow.format(page=page, why="why: x")
    )
    clean(check(tree))
    tree.replace(page, "Called attn", "Called weights")
    (unused,) = lines(check(tree))
    assert "is not needed" in unused
    tree.replace("docs/terms.yml", "why: x", "why: ''")
    with pytest.raises(ValueError, match="without a why"):
        check(tree)


def test_claims_are_looked_at(tree, lines):
    tree.write(
        "docs/claims.yml",
        "claims:\n- id: 1\n  claim: {zh: 真值, en: the attn, ru: Ключ}\n",
    )
    found = lines(check(tree))
    assert [line.split(":")[0] for line in found] == ["docs/claims.yml"] * 2
