"""Words that pages do not use: docs/terms.yml says which, and why.

Looked at are the prose of every page (code, formulas and addresses apart),
the words, ideas and texts of its figures, the claims, and what the machine
says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from qkv_explained import languages
from qkv_explained.languages import HOME
from tools.checks import Problem, listed
from tools.pages import reader
from tools.pages.reader import LANGS

FILE = "docs/terms.yml"


class Terms:
    """The rules of docs/terms.yml: what is not written, and where it may be.

    Attributes:
        allowed: Exceptions, each a page and a pattern.
        used: Those that were needed.
    """

    def __init__(self, content: dict[str, Any]) -> None:
        self._by_lang = {
            lang: [(re.compile(f"(?i){one['find']}"),
                    f"{one['write']} ({one['why']}; {FILE} has the rule, and "
                    "room for an exception with its reason)")
                   for one in [*(content.get(lang) or []), *content["all"]]]
            for lang in LANGS}
        for one in content["allow"]:
            if not one.get("why"):
                raise ValueError(f"{FILE}: {one} is allowed without a why")
        self.allowed = [(one["page"], re.compile(one["text"]))
                        for one in content["allow"]]
        self.used: set[tuple[str, re.Pattern[str]]] = set()

    def in_line(self, line: str, lang: str, page: str) -> Iterator[str]:
        """Messages for every banned word of a line."""
        spared = [(one, match.span()) for one in self.allowed
                  if one[0] == page for match in one[1].finditer(line)]
        for pattern, write in self._by_lang[lang]:
            for match in pattern.finditer(line):
                inside = [one for one, (start, end) in spared
                          if start <= match.start() and match.end() <= end]
                self.used.update(inside)
                if not inside:
                    around = line[max(0, match.start() - 12) :]
                    around = around[: len(match[0]) + 24].strip()
                    yield f"{match[0]!r} in “{around}”. Write: {write}"


@listed
def problems(
    root: Path, langs: tuple[str, ...] = LANGS
) -> Iterator[Problem]:
    """Find words that the pages do not use."""
    terms = Terms(yaml.safe_load((root / FILE).read_text(encoding="utf-8")))
    for path, lang, line, text in texts(root, langs):
        for said in terms.in_line(text, lang, path):
            yield Problem(path, line, said)
    for page, pattern in terms.allowed if tuple(langs) == LANGS else []:
        if (page, pattern) not in terms.used:
            yield Problem(FILE, 0, f"the exception {pattern.pattern!r} on "
                          f"{page} is not needed. Take it out")


def texts(
    root: Path, langs: Iterable[str]
) -> Iterator[tuple[str, str, int, str]]:
    """All texts that a reader sees: path, language, line, text."""
    for lang, name, page in reader.walk(root, langs):
        for key in ("title", "description", "idea"):
            yield name, lang, 1, str(page.meta.get(key, ""))
        for labels in (page.meta.get("figures") or {}).values():
            yield from ((name, lang, 1, str(one)) for one in labels.values())
        for number, line in enumerate(page.spoken, 1):
            yield name, lang, number, line
        for call in page.calls:
            for key in {"alt", "caption", "title", "label"} & {*call.kwargs}:
                yield name, lang, call.line, spoken(str(call.kwargs[key]))
    claims = root / "docs" / "claims.yml"
    content = yaml.safe_load(
        claims.read_text(encoding="utf-8")) if claims.exists() else []
    for lang in langs:
        for _, text in languages.leaves(languages.words(lang, root / HOME)):
            yield f"{HOME}/{lang}.toml", lang, 0, spoken(text)
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
    for inner in value if isinstance(value, list) else []:
        yield from _in_language(inner, lang)
