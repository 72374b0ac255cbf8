"""Words that pages do not use: docs/terms.yml says which, and why.

Looked at are the prose of every page (code, formulas and addresses apart),
the words, ideas and texts of its figures, the claims, and what the machine
says.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from qkv_explained import languages
from qkv_explained.languages import HOME
from tools.checks import Problem, relative
from tools.pages import reader
from tools.pages.reader import LANGS

FILE = "docs/terms.yml"


@dataclass(frozen=True)
class Term:
    """A pattern that is not to be found, and what to do about it."""

    pattern: re.Pattern[str]
    write: str
    why: str


@dataclass(frozen=True)
class Exception_:
    """A place where a pattern may stand, and the reason."""

    page: str
    text: re.Pattern[str]


class Terms:
    """The rules of docs/terms.yml."""

    def __init__(self, content: dict[str, Any]) -> None:
        self._by_lang = {
            lang: [
                Term(
                    re.compile(f"(?i){one['find']}"), one["write"], one["why"]
                )
                for one in [*(content.get(lang) or []), *content["all"]]
            ]
            for lang in LANGS
        }
        for one in content["allow"]:
            if not one.get("why"):
                raise ValueError(f"{FILE}: {one} is allowed without a why")
        self.allowed = [
            Exception_(one["page"], re.compile(one["text"]))
            for one in content["allow"]
        ]
        self.used: set[Exception_] = set()

    def in_line(self, line: str, lang: str, page: str) -> Iterator[str]:
        """Messages for every banned word of a line."""
        spared = [
            (one, match.span())
            for one in self.allowed
            if one.page == page
            for match in one.text.finditer(line)
        ]
        for term in self._by_lang[lang]:
            for match in term.pattern.finditer(line):
                inside = [
                    one
                    for one, (start, end) in spared
                    if start <= match.start() and match.end() <= end
                ]
                self.used.update(inside)
                if not inside:
                    around = line[max(0, match.start() - 12) :]
                    around = around[: len(match[0]) + 24].strip()
                    yield (
                        f"{match[0]!r} in “{around}”. Write: {term.write} "
                        f"({term.why}; {FILE} has the rule, and room for an "
                        "exception with its reason)"
                    )


@functools.lru_cache
def _load(path: Path, _stamp: int) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


def load(root: Path) -> Terms:
    """Read the rules."""
    path = root / FILE
    return Terms(_load(path, path.stat().st_mtime_ns))


def problems(
    root: Path, langs: tuple[str, ...] = LANGS
) -> list[Problem]:
    """Find words that the pages do not use."""
    terms = load(root)
    found: list[Problem] = []
    for path, lang, line, text in texts(root, langs):
        for said in terms.in_line(text, lang, path):
            found.append(Problem(path, line, said))
    if tuple(langs) == LANGS:
        for one in terms.allowed:
            if one not in terms.used:
                message = (
                    f"the exception {one.text.pattern!r} on {one.page} is "
                    "not needed. Take it out"
                )
                found.append(Problem(FILE, 0, message))
    return found


def texts(
    root: Path, langs: Iterable[str]
) -> Iterator[tuple[str, str, int, str]]:
    """All texts that a reader sees: path, language, line, text."""
    claims = root / "docs" / "claims.yml"
    for lang in langs:
        for path in reader.pages(root, lang):
            page = reader.read(path)
            name = relative(path, root)
            for key in ("title", "description", "idea"):
                yield name, lang, 1, str(page.meta.get(key, ""))
            for labels in (page.meta.get("figures") or {}).values():
                for text in labels.values():
                    yield name, lang, 1, str(text)
            for number, line in enumerate(page.spoken, 1):
                yield name, lang, number, line
            for call in page.calls:
                for key in ("alt", "caption", "title", "label"):
                    if key in call.kwargs:
                        text = spoken(str(call.kwargs[key]))
                        yield name, lang, call.line, text
        for _, text in languages.leaves(languages.words(lang, root / HOME)):
            yield f"{HOME}/{lang}.toml", lang, 0, spoken(text)
        if claims.exists():
            content = yaml.safe_load(claims.read_text(encoding="utf-8"))
            for text in _in_language(content, lang):
                yield "docs/claims.yml", lang, 0, spoken(text)


def spoken(text: str) -> str:
    """A piece of Markdown as it sounds."""
    return " ".join(reader.parse(text.strip()).spoken)


def _in_language(value: Any, lang: str) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get(lang), str):
            yield value[lang]
            return
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _in_language(inner, lang)
