"""What is read and compared between the languages, and how each writes."""

import json
import re
import subprocess

import pytest

from qkv_explained import languages
from qkv_explained.languages import words
from tools.checks import freshness, parity, prose_parity, terms
from tools.pages import blocks, numbers, pins, reader, values

EN, RU, ZH = (f"docs/{lang}/concepts/doubling.md" for lang in ("en", "ru",
                                                               "zh"))
BEFORE = "| x | y |"
NB = "\u00a0"


def test_planted_order_of_a_shape_and_of_links_counts(tree, lines):
    for name, shape, links in (
        (EN, "64 × 512", "[a](#by-hand) [b](#doubling)"),
        (ZH, "64 × 512", "[a](#by-hand) [b](#doubling)"),
        (RU, "512 × 64", "[a](#doubling) [b](#by-hand)"),
    ):
        tree.replace(name, BEFORE, f"{shape} {links}\n\n{BEFORE}")
    found = "\n".join(lines(prose_parity.problems(tree.root)))
    assert "512×64 not there" in found
    assert "the order here is #doubling; #by-hand" in found
    assert ZH not in found


def test_a_difference_with_a_reason_is_allowed(tree, lines, clean):
    tree.replace(RU, "А три?", "А три и четыре?")
    rule = (f"differs:\n  - {{page: {RU}, section: by-hand, what: numbers, "
            'items: ["+4"], why: so it is}\n')
    tree.write("docs/parity.yml", rule)
    clean(prose_parity.problems(tree.root))
    tree.write("docs/parity.yml", rule.replace("so it is", '""'))
    assert "has no why" in lines(prose_parity.problems(tree.root))[0]
    tree.write("docs/parity.yml", rule)
    tree.replace(RU, "А три и четыре?", "А три?")
    (found,) = lines(prose_parity.problems(tree.root))
    assert "is no difference any more. Delete it" in found


def test_a_word_with_a_reason_is_allowed(tree, lines, clean):
    tree.replace(EN, BEFORE, f"Called attn there.\n\n{BEFORE}")
    tree.replace("docs/terms.yml", "allow: []", "allow:\n  - "
                 f"{{page: {EN}, text: 'Called attn', why: x}}\n")
    clean(terms.problems(tree.root))
    tree.replace(EN, "Called attn", "Called weights")
    (unused,) = lines(terms.problems(tree.root))
    assert "is not needed" in unused
    tree.replace("docs/terms.yml", "why: x", "why: ''")
    with pytest.raises(ValueError, match="without a why"):
        terms.problems(tree.root)


def test_files_are_compared_alone(tree, lines):
    tree.path(RU).unlink()
    (found,) = lines(parity.files(tree.root, parity.LANGS))
    assert found.startswith(f"{RU}: missing; there is {ZH}")


@pytest.mark.parametrize(("lang", "text", "found"), [
    ("en", "eight heads of 64", [8, 64]),
    ("en", "twenty-four thousand, or 32,768", [24_000, 32_768]),
    ("en", "seven eighths, sixteenfold", [7, 8]),
    ("en", "28 June 2025; it may be so", [28, 6, 2025]),
    ("ru", "восьми голов по 64; 0,5", [8, 64, 0.5]),
    ("ru", "восемьдесят, пятисот, шестнадцатью", [80, 500, 16]),
    ("ru", f"32{NB}768 и двадцать тысяч", [32_768, 20_000]),
    ("zh", "八个头，每头 64", [8, 64]),
    ("zh", "两万道题，二百五十六，十二", [20_000, 256, 12]),
    ("zh", "四舍五入，千万别只看形状，星期三", []),
])
def test_numbers_are_read(lang, text, found):
    assert [one for one in values.numbers(text, lang) if one != 1] == found


def test_a_page_is_read_block_by_block():
    page = reader.parse(
        "---\ntitle: T\n---\n\n# H {#h}\n\nA\nparagraph.\n\n- one\n  more\n"
        '- two\n\n| a | b |\n|---|---|\n| 1 | `x|y` |\n\n!!! note "N"\n'
        '    Inside.\n\n{{ figure("f", alt="A", caption="C") }}\n'
        "\n```python\nx = 3\n```\n")
    found = [(block.kind, block.text) for block in blocks.read(page)]
    assert found[:8] == [
        ("front", "T"), ("heading", "H"), ("paragraph", "A paragraph."),
        ("item", "one more"), ("item", "two"), ("cell", " a "),
        ("cell", " b "), ("cell", " 1 ")]
    assert found[-4:] == [("title", "N"), ("paragraph", "Inside."),
                          ("alt", "A"), ("caption", "C")]


# --- what a translation follows ----------------------------------------------


def test_a_pin_is_written_for_the_named_page_only(tree, lines):
    tree.replace(EN, "To double", "To really double")
    assert pins.pin(tree.path(RU), tree.root)
    assert not pins.pin(tree.path(RU), tree.root)
    (left,) = lines(freshness.problems(tree.root))
    assert left.startswith(f"{ZH}:")


def test_ends_of_lines_do_not_count():
    assert pins.content_hash("a  \r\nb\r\n") == pins.content_hash("a\nb")
    assert pins.content_hash("a\nb") != pins.content_hash("a b")


def test_what_has_changed_can_be_seen(tree):
    for command in ("init", "add .", "commit -m Begin"):
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b",
             *command.split()],
            cwd=tree.root, check=True, capture_output=True)
    tree.replace(EN, "To double", "To really double")
    said = pins.changes(tree.path(RU), tree.root)
    assert "\n-To double a number" in said
    assert "\n+To really double a number" in said


def test_an_unknown_language_and_word_are_named(tmp_path):
    with pytest.raises(languages.UnknownLanguage, match=r"words/de\.toml is"):
        languages.words("de")
    for code, order in (("aa", 3), ("bb", 1), ("cc", 2)):
        (tmp_path / f"{code}.toml").write_text(
            f"order = {order}\n[nav]\nhome = 'x'\n")
    assert languages.known(tmp_path) == ("bb", "cc", "aa")
    with pytest.raises(languages.MissingWord, match=r"aa\.toml: has no nav"):
        languages.words("aa", tmp_path)["nav"]["about"]
    (tmp_path / "en.toml").write_text("order = \n")
    with pytest.raises(ValueError, match=r"en\.toml: is not TOML"):
        languages.known(tmp_path)


# --- how numbers are written -------------------------------------------------


@pytest.mark.parametrize(("number", "how", "en", "ru"), [
    (0.5, {}, "0.500", "0,500"),
    (0.5, {"digits": 1}, "0.5", "0,5"),
    (-0.25, {"digits": 2}, "−0.25", "−0,25"),
    (0.25, {"digits": 2, "sign": True}, "+0.25", "+0,25"),
    (18_874_368, {}, "18,874,368", f"18{NB}874{NB}368"),
    (1234.5, {"digits": 1}, "1,234.5", f"1{NB}234,5"),
    (0.973, {"percent": True, "digits": 1}, "97.3%", f"97,3{NB}%"),
    (1.2e-7, {"sci": True}, f"1.2{NB}×{NB}10⁻⁷", f"1,2{NB}×{NB}10⁻⁷"),
    (-3, {}, "−3", "−3"),
])
def test_a_number_is_written_as_the_language_does(number, how, en, ru):
    for lang, wanted in (("en", en), ("zh", en), ("ru", ru)):
        assert numbers.write_number(number, lang, **how) == wanted


@pytest.mark.parametrize(("lang", "share", "percent"), [
    ("en", f"0.97{NB}±{NB}0.01", f"97{NB}±{NB}1%"),
    ("zh", f"0.97{NB}±{NB}0.01", f"97{NB}±{NB}1%"),
    ("ru", f"0,97{NB}±{NB}0,01", f"97{NB}±{NB}1{NB}%"),
])
def test_mean_and_standard_error(tmp_path, lang, share, percent):
    (tmp_path / "x").mkdir()
    (tmp_path / "x/numbers.json").write_text(
        json.dumps({"values": {"a": {"mean": 0.97, "se": 0.01}}}))
    assert numbers.pm("x", "a", lang, tmp_path) == share
    assert numbers.pm("x", "a", lang, tmp_path, percent=True,
                      digits=0) == percent


def well_written(text, lang):
    """Whether a number is written as the language's file says."""
    decimal, thousands, percent = (
        re.escape(words(lang)["habits"][key])
        for key in ("decimal", "thousands", "percent"))
    one = (rf"[−+]?(?:\d{{1,3}}(?:{thousands}\d{{3}})+|\d+)"
           rf"(?:{decimal}\d+)?")
    power = f"(?:{NB}×{NB}10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
    whole = rf"{one}{power}(?:{NB}±{NB}{one})?(?:{percent})?"
    return re.fullmatch(whole, text) is not None


@pytest.mark.parametrize("lang", reader.LANGS)
def test_every_number_of_the_pages_is_well_written(root, lang):
    for path in reader.pages(root, lang):
        for call in reader.read(path).calls_of("n", "pm"):
            macro = numbers.n if call.name == "n" else numbers.pm
            text = macro(*call.args, lang=lang, **call.kwargs)
            if re.search(r"\d", text):
                assert well_written(text, lang), f"{call.written}: {text!r}"


@pytest.mark.parametrize(("text", "lang"), [
    ("0,5", "en"), ("0.5", "ru"), ("-0.5", "en"), ("97 %", "ru"),
    (f"97{NB}%", "en"), ("32 768", "ru"), ("1 ± 2", "zh"), ("0.5 ％", "zh"),
    ("1e-7", "en"),
])
def test_a_badly_written_number_is_found(text, lang):
    assert not well_written(text, lang)
