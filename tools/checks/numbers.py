"""Numbers in prose come from result files, never from a keyboard.

Refused when typed, in digits, in words and as a span of code or a formula of
its own: decimals, percentages, powers of ten and integers of a thousand or
more. Allowed: small integers, the years of cited works and of dates,
versions, numbers of sections, tables and arXiv, and whatever stands in other
code, formulas or links. In the text alternative of a figure such a number
must be in the figure. The words of a language are in
docs/numbers/<lang>.toml.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from qkv_explained import bibliography
from qkv_explained.languages import PIVOT
from tools import places
from tools.checks import Problem, listed, placed
from tools.pages import blocks, numbers, reader, spans, values
from tools.pages.parts import Call, Page
from tools.pages.reader import LANGS
from tools.refresh.readme import READMES

_SPACE = "[ \u00a0\u202f]"
_FREE = (
    r"arXiv[: ]?\d{4}\.\d{4,5}(?:v\d+)?",
    r"(?:Python|PyTorch|torch|CC BY(?:-SA)?|WCAG|GPT|Llama|BERT|T5)"
    r"[- ]?\d+(?:\.\d+)*(?:[,、]? ?(?:\w{1,4} )?3\.\d+)*",
    r"https?://\S+",
    r"^\s*\d+[.)]\s",
)
_TYPED = (
    r"\d+(?:[.,]\d+)+\s?%?",
    rf"\b\d{{1,3}}(?:{_SPACE}\d{{3}})+\b",
    rf"\d+{_SPACE}?[%％]",
    r"\b\d+e[-−+]?\d+\b",
    r"\b10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+",
    r"\b\d{4,}\b",
)
# A span of code or a formula that is nothing but a number.
_ALONE = re.compile(
    rf"[≈~=<>+−-]?{_SPACE}?\d[\d.,]*{_SPACE}?(?:±{_SPACE}?[\d.,]+)?"
    rf"{_SPACE}?\\?[%％]?"
)
_YEAR = re.compile(r"\b(?:1[6-9]|20)\d\d\b(?![.,]\d)")
_TEXT = re.compile(r">([^<>]+)<")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
Said = Iterator[tuple[int, str]]


@listed
def problems(
    root: Path, langs: tuple[str, ...] = LANGS
) -> Iterator[Problem]:
    """Find typed numbers, and numbers that no result file holds."""
    for lang, name, page in reader.walk(root, langs):
        yield from placed(name, missing(page, root))
        yield from placed(name, typed(page, lang, root))
    for lang, name in READMES.items():
        if lang in langs and (root / name).exists():
            yield from placed(
                name, typed(reader.read(root / name), lang, root))


def missing(page: Page, root: Path) -> Said:
    """Calls of n() and pm() that find nothing."""
    data = root / places.MADE_BELOW
    for call in page.calls_of("n", "pm"):
        macro: Any = numbers.n if call.name == "n" else numbers.pm
        try:
            macro(*call.args, lang=PIVOT, data=data, **call.kwargs)
        except (LookupError, TypeError, ValueError) as error:
            yield call.line, f"{call.written} gives no number: {error}"


def typed(page: Page, lang: str, root: Path) -> Said:
    """Numbers that were typed into prose."""
    spoken = [*enumerate(page.unlinked, 1)]
    spoken += [(1, str(page.meta.get(key, "")))
               for key in ("title", "description")]
    found = [(number, token) for number, line in spoken
             for token in in_text(line, lang)]
    for number, token in [*found, *alone(page)]:
        yield number, (
            f"{token!r} is typed. A measured or computed number comes "
            'from a result file: {{ n("projection", "path.to.it") }} '
            "(add it to facts.py of the topic and run python -m "
            "tools.refresh facts); one that is worked out by hand "
            "stands in a formula")
    for call in page.calls_of("figure"):
        for token in _not_in_figure(call, lang, root):
            yield call.line, (
                f"{token!r} in the text of figure {call.args[0]} is not "
                "in the figure. Say what the figure shows, or give it a "
                "table(labels) with this number")


@functools.lru_cache
def _free(lang: str) -> re.Pattern[str]:
    """What may be typed: names with numbers, places in sources, dates."""
    habits = values.habits(lang)
    places = [one for few in habits["places"].values() for one in few]
    more = rf"(?:(?:,|、|–|{_SPACE}\w{{1,3}}){_SPACE}?\d+(?:\.\d+)+)*"
    of_places = rf"(?:{'|'.join(places)})\d+(?:\.\d+)*{more}"
    free = (*_FREE, *habits["typed"]["dates"], rf"(?i:{of_places})")
    return re.compile("|".join(f"(?:{one})" for one in free))


@functools.lru_cache
def _typed(lang: str) -> re.Pattern[str]:
    habits = values.habits(lang)["typed"]
    share = rf"\d+{_SPACE}?(?:{'|'.join(habits['percent'])})"
    return re.compile("|".join((*_TYPED, share, *habits["words"])), re.I)


def in_text(line: str, lang: str) -> Iterator[str]:
    """The numbers of a line that may not be typed."""
    years = {str(work.year) for work in bibliography.WORKS}

    def blank(match: re.Match[str]) -> str:
        return " " * len(match[0])

    def blank_if_cited(match: re.Match[str]) -> str:
        return blank(match) if match[0] in years else match[0]

    free = _YEAR.sub(blank_if_cited, _free(lang).sub(blank, line))
    for match in _typed(lang).finditer(free):
        yield match[0].strip()
    yield from _shares_in_words(free, lang)


def _shares_in_words(line: str, lang: str) -> Iterator[str]:
    """Such as "ninety per cent"."""
    percent = "|".join(values.habits(lang)["typed"]["percent"])
    for match in re.finditer(rf"(\w+)[\s-]+(?:{percent})", line, re.I):
        if not match[1].isdigit() and values.numbers(match[1], lang):
            yield match[0]


def alone(page: Page) -> Iterator[tuple[int, str]]:
    """Numbers that are a whole span of code, or a whole formula."""
    for block in blocks.read(page):
        for text in (*spans.code(block.text), *spans.formulas(block.text)):
            long = re.search(r"[.,%％±]|\d{4}", text)
            if long and _ALONE.fullmatch(text):
                yield block.line, text


def _not_in_figure(call: Call, lang: str, root: Path) -> Iterator[str]:
    texts = [str(call.kwargs.get(key, "")) for key in ("alt", "caption")]
    told = [token for text in (*texts, *map(str, call.args[1:]))
            for token in in_text(text, lang)]
    shown = figure_numbers(str(call.args[0]), lang, root) if told else set()
    for token in told:
        if not set(_NUMBER.findall(token)) <= shown:
            yield token


def figure_numbers(figure: str, lang: str, root: Path) -> set[str]:
    """All numbers that a figure or its table shows, as written."""
    texts = []
    svg = places.figure_file(figure, f"{lang}.svg", root)
    if svg.exists():
        words = _TEXT.findall(svg.read_text(encoding="utf-8"))
        texts += [unescape(word) for word in words]
    table = places.figure_file(figure, f"{lang}.json", root)
    if table.exists():
        content = json.loads(table.read_text(encoding="utf-8"))
        texts += map(str, content["head"])
        texts += [str(cell) for row in content["rows"] for cell in row]
    return set(_NUMBER.findall(" ".join(texts)))
