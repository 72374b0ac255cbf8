"""A page as its reader takes it in: section by section, block by block.

A block is a heading, a paragraph, an item of a list, a cell of a table, the
title of an admonition, a text of the front matter, or a figure's caption or
text alternative. Fenced code and comments are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tools.pages import marks, reader
from tools.pages.parts import Call, Page

_NOT_PROSE = {"follows", "itself", "template"}
_TEXTS = ("alt", "caption")
_TAG_OR_CODE = re.compile(r"</?[A-Za-z][^<>]*>|(?P<code>`[^`]*`)")
_CELL = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"^[\s|:-]*-{2,}[\s|:-]*$")
_KINDS = {
    "heading": re.compile(r"#{1,6}\s+(?P<text>.*?)\s*(?:\{[^{}]*\})?\s*$"),
    "title": re.compile(
        r'\s*(?:!!!|\?\?\?\+?)\s+[\w-]+[\s\w-]*(?:"(?P<text>.*)")?\s*$'
    ),
    "item": re.compile(r"\s*(?:[-*+]|\d+[.)]|:)\s+(?P<text>.*)$"),
    "row": re.compile(r"\s*(?P<text>\|.*)$"),
    "paragraph": re.compile(r"\s*(?P<text>\S.*)$"),
}


@dataclass(frozen=True)
class Block:
    """One block.

    Attributes:
        section: Its heading's id, or number where no id is written; "" above
            the first.
        kind: "front", "heading", "paragraph", "item", "cell", "title",
            "alt" or "caption".
        line: Where it begins.
        text: Its Markdown, without tags.
    """

    section: str
    kind: str
    line: int
    text: str


def read(page: Page) -> list[Block]:
    """The blocks of a page, in order."""
    front = [Block("", "front", 1, text) for text in _strings(page.meta)]
    return [*front, *_body(page)]


def _strings(meta: Any, name: str = "") -> Iterator[str]:
    """The texts of a front matter; the order of its keys does not count."""
    if isinstance(meta, str) and name not in _NOT_PROSE:
        yield meta
    elif isinstance(meta, dict):
        for key in sorted(meta, key=str):
            yield from _strings(meta[key], str(key))
    elif isinstance(meta, list):
        for one in meta:
            yield from _strings(one, name)


def _lines(page: Page, figures: dict[int, Call]) -> list[str]:
    """The lines of a page, empty where there is no prose."""
    lines = reader.unfenced(page.text)
    text = marks.shrink(marks.COMMENT, "\n".join(lines))
    for call in figures.values():
        text = text.replace(call.written, "\n" * call.written.count("\n"))
    return text.split("\n")


def _body(page: Page) -> Iterator[Block]:
    figures = {call.line: call for call in page.calls_of("figure")}
    section, headings = "", 0
    begun: Block | None = None
    for number, line in enumerate([*_lines(page, figures), ""], 1):
        kind, text = _kind(line)
        if begun and kind == "paragraph":
            joined = f"{begun.text} {text}"
            begun = Block(section, begun.kind, begun.line, joined)
            continue
        if begun:
            yield begun
            begun = None
        if number in figures:
            told = figures[number].kwargs
            for key in (key for key in _TEXTS if key in told):
                yield Block(section, key, number, str(told[key]))
        if kind == "heading":
            headings += 1
            ids = re.search(r"\{[^{}]*#([\w-]+)", line)
            section = ids[1] if ids else str(headings)
        if kind in ("item", "paragraph"):
            begun = Block(section, kind, number, text)
        elif kind == "row":
            for cell in _CELL.split(text.strip().strip("|")):
                yield Block(section, "cell", number, cell)
        elif kind:
            yield Block(section, kind, number, text)


def _kind(line: str) -> tuple[str, str]:
    line = _TAG_OR_CODE.sub(lambda match: match["code"] or "", line)
    if not _RULE.match(line):
        for kind, pattern in _KINDS.items():
            match = pattern.match(line)
            if match:
                return kind, (match["text"] or "").strip()
    return "", ""
