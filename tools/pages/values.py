"""The numbers of a text, in digits and in words, whatever its language.

How a language writes them is data: docs/numbers/<lang>.toml.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from qkv_explained import languages
from qkv_explained.languages import PIVOT
from tools.places import DOCS

_DIGITS = re.compile(r"\d+(?:[.,\u00a0\u202f]\d+)*")


@functools.lru_cache
def habits(lang: str) -> dict[str, Any]:
    """How a language writes numbers: the tables of its file.

    A language that has none yet is read like English; the check of languages
    asks for the file.
    """
    path = DOCS / "numbers" / f"{lang}.toml"
    if not path.exists():
        path = path.with_name(f"{PIVOT}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@functools.lru_cache(maxsize=20_000)
def numbers(text: str, lang: str) -> tuple[float, ...]:
    """The numbers of a text, in its order; 3 is the same as "three".

    A translation quotes titles in English, so that English words count too.
    """
    for phrase in habits(lang).get("not", {}).get("phrases", []):
        text = re.sub(phrase, _spaces, text, flags=re.I)
    found = [*in_digits(text, lang), *_in_signs(text, lang)]
    for one in {lang, PIVOT}:
        found += _in_words(text, one)
    return tuple(number for _, number in sorted(found))


def _spaces(match: re.Match[str]) -> str:
    return " " * len(match[0])


def in_digits(text: str, lang: str) -> Iterator[tuple[int, float]]:
    """The numbers that are written in digits, each with its place."""
    marks = languages.words(lang)["habits"]
    for match in _DIGITS.finditer(text):
        plain = match[0].replace(marks["thousands"], "")
        parts = plain.replace(marks["decimal"], ".")
        if parts.count(".") < 2 and re.fullmatch(r"[\d.]+", parts):
            yield match.start(), float(parts)
            continue
        for one in re.finditer(r"\d+", match[0]):
            yield match.start() + one.start(), float(one[0])


@functools.lru_cache
def _words(lang: str) -> re.Pattern[str]:
    """One pattern for all number words; a group's name is its number."""
    words = habits(lang).get("words", {})
    # The larger first: "восемьдесят" begins as "восемь" does.
    groups = (f"(?P<n{number}>{'|'.join(words[number])})"
              for number in sorted(words, key=int, reverse=True))
    return re.compile(rf"(?i)(?<!\w)(?:{'|'.join(groups)})(?!\w)")


def _in_words(text: str, lang: str) -> list[tuple[int, float]]:
    """Words, put together: twenty thousand, sixty-four."""
    made: list[tuple[int, float]] = []
    end = -1
    for match in _words(lang).finditer(text):
        if not match[0]:
            continue
        number = int((match.lastgroup or "n0")[1:])
        follows = text[end : match.start()] in (" ", "-", "\u00a0")
        where, before = made[-1] if made and follows else (0, -1.0)
        if number in (100, 1000, 10**6) and 0 <= before < number:
            made[-1] = (where, before * number)
        elif 0 < number < 10 and before in range(20, 100, 10):
            made[-1] = (where, before + number)
        else:
            made.append((match.start(), float(number)))
        end = match.end()
    return made


def _in_signs(text: str, lang: str) -> Iterator[tuple[int, float]]:
    """Numbers of a language that writes them with signs of its own."""
    signs = habits(lang).get("signs")
    if not signs:
        return
    units = {sign: int(value) for sign, value in signs["units"].items()}
    for match in re.finditer(f"[{signs['digits']}{''.join(units)}]+", text):
        yield match.start(), _value(match[0], signs["digits"], units)


def _value(word: str, digits: str, units: dict[str, int]) -> float:
    """二百五十六 is ((2 × 100) + (5 × 10)) + 6."""
    total = part = digit = 0
    for sign in word:
        unit = units.get(sign)
        if unit is None:
            digit = digits.index(sign) % 10
        elif unit >= 10_000:
            total += max(part + digit, 1) * unit
            part = digit = 0
        else:
            part += max(digit, 1) * unit
            digit = 0
    return float(total + part + digit)
