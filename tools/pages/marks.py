"""The marks of our Markdown, as patterns, and how they are taken away."""

from __future__ import annotations

import re

FRONT = re.compile(r"\A---\n(.*?)^---[ \t]*\n", re.S | re.M)
OPEN = re.compile(r"^(?P<indent>[ \t>]*)(?P<ticks>`{3,}|~{3,})(?P<info>.*)$")
HEADING = re.compile(
    r"^(?P<marks>#{1,6})[ \t]+(?P<text>.*?)[ \t]*#*[ \t]*"
    r"(?:\{(?P<attrs>[^{}]*)\})?[ \t]*$")
INCLUDE = re.compile(r"""^[ \t]*-+8<-+[ \t]+(["'])(?P<path>.*?)\1[ \t]*$""")
ADMONITION = re.compile(
    r"^(?P<indent>[ \t]*)(?P<marks>!!!|\?\?\?\+?)[ \t]+(?P<kind>[\w-]+)"
    r'(?P<more>[ \t\w-]*)(?:"(?P<title>.*)")?[ \t]*$')
CALL = re.compile(r"\{\{(.*?)\}\}", re.S)
COMMENT = re.compile(r"<!--.*?-->", re.S)
CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
MATH = re.compile(
    r"(?<!\\)\$\$(?P<display>.+?)(?<!\\)\$\$"
    r"|(?<![\\$])\$(?!\s)(?P<inline>(?:\\.|[^\\$\n]|\n(?!\n))+?)(?<!\s)\$",
    re.S)
IMAGE_OR_LINK = re.compile(
    r"(?P<bang>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\((?P<target>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)"
    r"(?:[ \t]+\"(?P<title>[^\"]*)\")?\)")
DEFINITION = re.compile(
    r"^[ \t]{0,3}\[(?P<id>[^\]^]+)\]:[ \t]*(?P<to>\S+)", re.M)
AUTOLINK = re.compile(r"<(?P<to>(?:https?|mailto):[^>\s]+)>")
TAG = re.compile(r"<(?P<name>[A-Za-z][\w-]*)(?P<attrs>(?:\s+[^<>]*?)?)/?>")
ATTR = re.compile(r"""(?P<key>[\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?""")
ATTR_LIST = re.compile(r"\{:?[ \t]*[.#][^{}\n]*\}")
TABLE_RULE = re.compile(
    r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)*\|?[ \t]*$")
_CLOSING_TAG = re.compile(r"</[\w-]+\s*>")
_STATEMENT = re.compile(r"\{%[^\n]*?%\}")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!$|])")


def blank(pattern: re.Pattern[str], text: str) -> str:
    """Put spaces where a pattern fits; lines and columns stay."""
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def shrink(pattern: re.Pattern[str], text: str, token: str = "") -> str:
    """Put a token where a pattern fits; only the lines stay."""
    return pattern.sub(
        lambda found: token + "\n" * found[0].count("\n"), text)


def only_words(found: re.Match[str]) -> str:
    """A link as its words, at their columns."""
    before = " " * (found.start("text") - found.start())
    return before + found["text"] + " " * (found.end() - found.end("text"))


def without_markup(text: str, tight: bool = False) -> tuple[str, ...]:
    """Take tags, attribute lists and the marks of admonitions away.

    With `tight` gaps are closed; otherwise all keeps its column.
    """
    for pattern in (TAG, _CLOSING_TAG, ATTR_LIST, _STATEMENT):
        text = (shrink if tight else blank)(pattern, text)
    lines = []
    for line in text.split("\n"):
        if match := ADMONITION.match(line):
            title = match["title"] or ""
            line = " " * (match.start("title") if title else 0) + title
        lines.append(_ESCAPED.sub(r"\1" if tight else r" \1", line))
    return tuple(lines)
