"""The same facts in each language, block by block."""

import shutil

import pytest

from tools.checks import prose_parity
from tools.pages import blocks, reader, values
from tools.refresh.readme import READMES

RU = "docs/ru/concepts/doubling.md"
ZH = "docs/zh/concepts/doubling.md"


def test_the_languages_state_the_same_facts(root, clean):
    clean(prose_parity.problems(root))


def test_the_small_site_is_clean(tree, clean):
    clean(prose_parity.problems(tree.root))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Дважды три", "Дважды четыре", "numbers of #by-hand"),
        ("А три?", "А семь?", "3 missing here"),
        ("два шага вверх", "пять шагов вверх", "5 not there"),
        ("Вдвое больше.", "В 2,5 раза больше.", "2.5 not there"),
        ("Что удвоение", "Что шестое удвоение", "numbers of #top"),
        ("# Удвоение", "# Удвоение и восемь", "8 not there"),
        ("| 1 | 2 |", "| 1 | 3 |", "3 not there"),
        ("| 1 | 2 |", "| 2 | 1 |", "1 not there"),
        ("$y = 2x$", "$y = 3x$", "y = 2x missing here"),
        ("../index.md#start", "../index.md", "links of #doubling"),
        ('n("doubling", "twice")', 'n("doubling", "thrice")',
         "results of #by-hand"),
        ('n("doubling", "twice")', 'n("doubling", "twice", digits=1)',
         "digits=1"),
        ("Удвоить число", "Удвоить `x`", "x not there"),
        ("Удвоить число", "Удвоить 512 × 64", "512×64 not there"),
        ("Дважды три", "2 и 2, а всего три", "2 not there"),
        ("Удвоить число", "Удвоить W_Q", "W_Q not there"),
        ("Что удвоение", "Q = K — это удвоение", "Q = K not there"),
        ("Прямая через", "Прямая n − 1 через", "n − 1 not there"),
        ("Удвоить число", "(теорема 2) Удвоить число", "theorem 2 not there"),
        ("$$y = 2x", "Ещё абзац.\n\n$$y = 2x",
         "blocks of #by-hand"),
        ("| x | y |", "- пункт\n\n| x | y |", "blocks of #by-hand"),
    ],
)  # fmt: skip
def test_planted_difference_is_found(tree, lines, old, new, said):
    tree.replace(RU, old, new)
    found = lines(prose_parity.problems(tree.root))
    assert said in "\n".join(found)
    assert all(line.startswith(RU) for line in found)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("三的两倍是", "四的两倍是", "4 not there"),
        ("三呢？", "十二呢？", "12 not there"),
        ("升高两格", "升高百二十格", "120 not there"),
        ("从这里开始", "从§3.2 开始", "section 3.2 not there"),
    ],
)
def test_planted_difference_in_chinese_is_found(tree, lines, old, new, said):
    tree.replace(ZH, old, new)
    assert said in "\n".join(lines(prose_parity.problems(tree.root)))


def test_the_order_of_a_shape_and_of_links_counts(tree, lines):
    for lang, shape, links in (
        ("en", "64 × 512", "[a](#by-hand) [b](#doubling)"),
        ("zh", "64 × 512", "[a](#by-hand) [b](#doubling)"),
        ("ru", "512 × 64", "[a](#doubling) [b](#by-hand)"),
    ):
        name = f"docs/{lang}/concepts/doubling.md"
        tree.replace(name, "| x | y |", f"{shape} {links}\n\n| x | y |")
    found = "\n".join(lines(prose_parity.problems(tree.root)))
    assert "512×64 not there" in found
    assert "the order here is #doubling; #by-hand" in found
    assert "docs/zh" not in found


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("README.ru.md", "3.11, 3.12", "3.11, 3.15", "3.15 not there"),
        ("README.zh.md", "`make serve`", "`make site`", "make site not"),
        ("README.zh.md", "CC BY 4.0", "CC BY 3.0", "4 missing here"),
        ("README.ru.md", "(CONTRIBUTING.md)", "(LICENSE)", "links of"),
    ],
)
def test_readmes_are_compared(tree, root, lines, name, old, new, said):
    for readme in READMES.values():
        shutil.copy(root / readme, tree.path(readme))
    tree.replace(name, old, new)
    assert said in "\n".join(lines(prose_parity.problems(tree.root)))


def test_claims_are_compared(tree, lines):
    tree.write(
        "docs/claims.yml",
        "claims:\n  - id: 7\n    claim: {en: Eight heads of 64., zh: 八个头，"
        "每头 64。, ru: Девять голов по 64.}\n",
    )
    found = lines(prose_parity.problems(tree.root))
    assert [line.split(": ")[0] for line in found] == [
        "docs/claims.yml (ru)"] * 2  # fmt: skip


def test_a_difference_with_a_reason_is_allowed(tree, lines, clean):
    tree.replace(RU, "А три?", "А три и четыре?")
    rule = (
        f"differs:\n  - {{page: {RU}, section: by-hand, what: numbers, "
        'items: ["+4"], why: so it is}\n'
    )
    tree.write("docs/parity.yml", rule)
    clean(prose_parity.problems(tree.root))
    tree.write("docs/parity.yml", rule.replace("so it is", '""'))
    assert "has no why" in lines(prose_parity.problems(tree.root))[0]
    tree.write("docs/parity.yml", rule)
    tree.replace(RU, "А три и четыре?", "А три?")
    (found,) = lines(prose_parity.problems(tree.root))
    assert "is no difference any more. Delete it" in found


@pytest.mark.parametrize(
    ("lang", "text", "numbers"),
    [
        ("en", "eight heads of 64", [8, 64]),
        ("en", "twenty-four thousand, or 32,768", [24_000, 32_768]),
        ("en", "seven eighths, sixteenfold", [7, 8]),
        ("en", "28 June 2025; it may be so", [28, 6, 2025]),
        ("ru", "восьми голов по 64; 0,5", [8, 64, 0.5]),
        ("ru", "восемьдесят, пятисот, шестнадцатью", [80, 500, 16]),
        ("ru", "32\u00a0768 и двадцать тысяч", [32_768, 20_000]),
        ("zh", "八个头，每头 64", [8, 64]),
        ("zh", "两万道题，二百五十六，十二", [20_000, 256, 12]),
        ("zh", "四舍五入，千万别只看形状，星期三", []),
    ],
)
def test_numbers_are_read(lang, text, numbers):
    found = values.numbers(text, lang)
    assert [one for one in found if one != 1] == numbers


def test_a_page_is_read_block_by_block():
    page = reader.parse(
        "---\ntitle: T\n---\n\n# H {#h}\n\nA\nparagraph.\n\n- one\n  more\n"
        '- two\n\n| a | b |\n|---|---|\n| 1 | `x|y` |\n\n!!! note "N"\n'
        '    Inside.\n\n{{ figure("f", alt="A", caption="C") }}\n'
        "\n```python\nx = 3\n```\n"
    )
    found = [(b.kind, b.text) for b in blocks.read(page)]
    assert found[:8] == [
        ("front", "T"), ("heading", "H"), ("paragraph", "A paragraph."),
        ("item", "one more"), ("item", "two"), ("cell", " a "),
        ("cell", " b "), ("cell", " 1 "),
    ]  # fmt: skip
    assert found[-4:] == [
        ("title", "N"), ("paragraph", "Inside."), ("alt", "A"),
        ("caption", "C"),
    ]  # fmt: skip
