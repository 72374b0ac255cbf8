"""How numbers are written in each language: marks, signs, spaces."""

import json
import re

import pytest

from qkv_explained.languages import words
from tools.pages import numbers, reader

NB = "\u00a0"


@pytest.mark.parametrize(
    ("number", "how", "en", "ru"),
    [
        (0.5, {}, "0.500", "0,500"),
        (0.5, {"digits": 1}, "0.5", "0,5"),
        (-0.25, {"digits": 2}, "−0.25", "−0,25"),
        (0.25, {"digits": 2, "sign": True}, "+0.25", "+0,25"),
        (32768, {}, "32,768", f"32{NB}768"),
        (18_874_368, {}, "18,874,368", f"18{NB}874{NB}368"),
        (1234.5, {"digits": 1}, "1,234.5", f"1{NB}234,5"),
        (0.973, {"percent": True, "digits": 1}, "97.3%", f"97,3{NB}%"),
        (1.2e-7, {"sci": True}, f"1.2{NB}×{NB}10⁻⁷", f"1,2{NB}×{NB}10⁻⁷"),
        (-3, {}, "−3", "−3"),
    ],
)
def test_a_number_is_written_as_the_language_does(number, how, en, ru):
    assert numbers.write_number(number, "en", **how) == en
    assert numbers.write_number(number, "zh", **how) == en
    assert numbers.write_number(number, "ru", **how) == ru


@pytest.mark.parametrize(
    ("lang", "share", "percent"),
    [
        ("en", f"0.97{NB}±{NB}0.01", f"97{NB}±{NB}1%"),
        ("zh", f"0.97{NB}±{NB}0.01", f"97{NB}±{NB}1%"),
        ("ru", f"0,97{NB}±{NB}0,01", f"97{NB}±{NB}1{NB}%"),
    ],
)
def test_mean_and_standard_error(tmp_path, lang, share, percent):
    value = {"a": {"mean": 0.97, "se": 0.01}}
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "numbers.json").write_text(
        json.dumps({"values": value}), "utf-8")
    assert numbers.pm("x", "a", lang, tmp_path) == share
    how = {"percent": True, "digits": 0}
    assert numbers.pm("x", "a", lang, tmp_path, **how) == percent


def well_written(text, lang):
    """Whether a number is written as the language's file says."""
    marks = {
        key: re.escape(words(lang)["habits"][key])
        for key in ("decimal", "thousands", "percent")
    }
    one = (
        rf"[−+]?(?:\d{{1,3}}(?:{marks['thousands']}\d{{3}})+|\d+)"
        rf"(?:{marks['decimal']}\d+)?"
    )
    power = f"(?:{NB}×{NB}10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
    whole = rf"{one}{power}(?:{NB}±{NB}{one})?(?:{marks['percent']})?"
    return re.fullmatch(whole, text) is not None


@pytest.mark.parametrize("lang", reader.LANGS)
def test_every_number_of_the_pages_is_well_written(root, lang):
    for path in reader.pages(root, lang):
        for call in reader.read(path).calls_of("n", "pm"):
            macro = numbers.n if call.name == "n" else numbers.pm
            text = macro(*call.args, lang=lang, **call.kwargs)
            if re.search(r"\d", text):
                assert well_written(text, lang), f"{call.written}: {text!r}"


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("0,5", "en"), ("0.5", "ru"), ("-0.5", "en"), ("97 %", "ru"),
        (f"97{NB}%", "en"), ("32 768", "ru"),
        ("1 ± 2", "zh"), ("0.5 ％", "zh"), ("1e-7", "en"),
    ],
)  # fmt: skip
def test_a_badly_written_number_is_found(text, lang):
    assert not well_written(text, lang)
