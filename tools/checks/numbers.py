"""Numbers in prose come from result files, never from a keyboard.

Refused when typed: decimals, percentages, powers of ten and integers of a
thousand or more. Allowed: small integers, years, versions, numbers of
sections, tables and arXiv, and whatever stands in code, formulas or links.
In the text alternative of a figure such a number must be in the figure.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from qkv_explained.languages import PIVOT
from tools import places
from tools.checks import Problem, relative
from tools.pages import numbers, reader
from tools.pages.reader import LANGS, Call, Page

_SPACE = "[ \u00a0\u202f]"
_FREE = re.compile(
    r"(?:arXiv[: ]?\d{4}\.\d{4,5}(?:v\d+)?)"
    r"|(?:(?:Python|PyTorch|torch|version|версии?|版本|CC BY(?:-SA)?|WCAG|"
    r"GPT|Llama|BERT|T5)[- ]?\d+(?:\.\d+)*)"
    r"|(?:(?:§§?|[Ss]ections?|[Tt]ables?|[Ff]igures?|[Ee]quations?|"
    r"[Рр]аздел\w*|[Тт]аблиц\w*|[Рр]исун\w*|[Уу]равнени\w*|第|表|图|式|节)"
    rf"{_SPACE}?\d+(?:\.\d+)*(?:(?:,| and| и|、|和|–){_SPACE}?\d+(?:\.\d+)+)*)"
    r"|(?:\b(?:1[6-9]|20)\d\d\b(?![.,]\d))"
    r"|(?:https?://\S+)|(?:^\s*\d+[.)]\s)"
)
_TYPED = re.compile(
    r"\d+(?:[.,]\d+)+\s?%?"
    rf"|\b\d{{1,3}}(?:{_SPACE}\d{{3}})+\b"
    rf"|\d+{_SPACE}?(?:%|％|percent\b|процент)"
    r"|百分之"
    r"|\b\d+e[-−+]?\d+\b"
    r"|\b10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+"
    r"|\b\d{4,}\b"
)
_TEXT = re.compile(r">([^<>]+)<")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def problems(root: Path, langs: tuple[str, ...] = LANGS) -> list[Problem]:
    """Find typed numbers, and numbers that no result file holds."""
    found: list[Problem] = []
    for lang in langs:
        for path in reader.pages(root, lang):
            page = reader.read(path)
            found += missing(page, root)
            found += typed(page, lang, root)
    return found


def missing(page: Page, root: Path) -> list[Problem]:
    """Calls of n() and pm() that find nothing."""
    data = root / places.MADE_BELOW
    name = relative(page.path, root)
    found = []
    for call in page.calls_of("n", "pm"):
        macro: Any = numbers.n if call.name == "n" else numbers.pm
        try:
            macro(*call.args, lang=PIVOT, data=data, **call.kwargs)
        except (LookupError, TypeError, ValueError, KeyError) as error:
            message = f"{call.written} gives no number: {error}"
            found.append(Problem(name, call.line, message))
    return found


def typed(page: Page, lang: str, root: Path) -> list[Problem]:
    """Numbers that were typed into prose."""
    name = relative(page.path, root)
    found = []
    spoken = [(number, line) for number, line in enumerate(page.unlinked, 1)]
    for key in ("title", "description"):
        spoken.append((1, str(page.meta.get(key, ""))))
    for number, line in spoken:
        for token in in_text(line):
            message = (
                f"{token!r} is typed. A measured or computed number comes "
                'from a result file: {{ n("projection", "path.to.it") }} '
                "(add it to facts.py of the topic and run python -m "
                "tools.refresh facts); one that is worked out by hand "
                "stands in a formula"
            )
            found.append(Problem(name, number, message))
    for call in page.calls_of("figure"):
        found += _in_figure(call, lang, name, root)
    return found


def in_text(line: str) -> Iterator[str]:
    """The numbers of a line that may not be typed."""
    free = _FREE.sub(lambda match: " " * len(match[0]), line)
    for match in _TYPED.finditer(free):
        yield match[0].strip()


def _in_figure(
    call: Call, lang: str, name: str, root: Path
) -> Iterator[Problem]:
    texts = [str(call.kwargs.get(key, "")) for key in ("alt", "caption")]
    texts += [str(text) for text in call.args[1:]]
    shown = None
    for text in texts:
        for token in in_text(text):
            if shown is None:
                shown = figure_numbers(str(call.args[0]), lang, root)
            if not set(_NUMBER.findall(token)) <= shown:
                message = (
                    f"{token!r} in the text of figure {call.args[0]} is not "
                    "in the figure. Say what the figure shows, or give it a "
                    "table(labels) with this number"
                )
                yield Problem(name, call.line, message)


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
