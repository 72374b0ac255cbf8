"""What stands inside a block: code, formulas, links, citations, shapes."""

from __future__ import annotations

import functools
import re

from tools.pages import marks, values

_TEX_WORDS = re.compile(r"\\(text|textbf|textit|mbox)\{[^{}]*\}")
_WIKIPEDIA = re.compile(r"^https?://[a-z]+\.(?:m\.)?wikipedia\.org/.*")
_READMES = re.compile(r"^README(?:\.\w\w)?\.md$|(?<=/)\w\w\.png$")
_OF_LANGUAGE = re.compile(r"<[^>]+>|--lang \w+|docs/\w\w/")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_SHAPE = re.compile(r"\d+(?: ?[×·] ?\d+)+|\([\w−]+(?:, [\w−]+)+\)")
_SYMBOL = re.compile(
    r"(?<![A-Za-z_])(?:[A-Za-z]{1,2}_[A-Za-z0-9]+|[A-Z] [=≠] [A-Z]"
    r"|[QKVXSn](?: − \d)?)(?![A-Za-z_])"
)
_SOURCE = re.compile(r"sources\.md#([\w-]+)|^#([a-z]+\d{4})$")


def code(text: str) -> list[str]:
    """The code spans; what is the reader's to fill in is left out."""
    found = marks.CODE_SPAN.finditer(marks.CALL.sub(" ", text))
    return [_OF_LANGUAGE.sub("<>", match[2]) for match in found]


def formulas(text: str) -> list[str]:
    """The inline formulas, without their words."""
    text = marks.CODE_SPAN.sub(" ", marks.CALL.sub(" ", text))
    return [formula(match["inline"]) for match in marks.MATH.finditer(text)
            if match["inline"]]


def formula(tex: str) -> str:
    """A formula, without the words in it."""
    return " ".join(_TEX_WORDS.sub(r"\\text{}", tex).split())


def links(text: str) -> list[str]:
    """The targets of links and images; one name for all Wikipedias."""
    text = marks.CODE_SPAN.sub(" ", text)
    found = [(match.start(), match["target"])
             for match in marks.IMAGE_OR_LINK.finditer(text)]
    found += [(match.start(), match["to"])
              for match in marks.AUTOLINK.finditer(text)]
    return [_READMES.sub("…", _WIKIPEDIA.sub("wikipedia.org", target))
            for _, target in sorted(found)
            if not re.fullmatch(r"README(?:\.\w\w)?\.md", target)]


def results(text: str) -> list[str]:
    """The calls for numbers of result files and for verdicts."""
    found = (" ".join(one[1].split()) for one in marks.CALL.finditer(text))
    macros = ("n(", "pm(", "verdict(")
    return [call for call in found if call.startswith(macros)]


def shapes(text: str, lang: str) -> list[str]:
    """Shapes and tuples of numbers, in which the order counts."""
    found = (match[0] for match in _SHAPE.finditer(prose(text, lang)))
    tight = (re.sub(r"\s", "", one).replace("·", "×") for one in found)
    return sorted(one for one in tight if re.search(r"\d", one))


def symbols(text: str, lang: str) -> list[str]:
    """Symbols that stand in prose as they are: W_Q, Q = K, n − 1."""
    return sorted(set(_SYMBOL.findall(prose(text, lang))))


@functools.lru_cache
def _places(lang: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (kind, re.compile(rf"(?i)(?:{'|'.join(before)})(?=\d)"))
        for kind, before in values.habits(lang).get("places", {}).items()
    )


def citations(text: str, lang: str) -> list[str]:
    """Places in sources, each behind the source that is named before it."""
    found = [(match.start(), "source", match["target"])
             for match in marks.IMAGE_OR_LINK.finditer(text)
             if _SOURCE.search(match["target"])]
    bare = marks.CODE_SPAN.sub(_blank, marks.CALL.sub(_blank, text))
    for kind, pattern in _places(lang):
        for match in pattern.finditer(bare):
            number = _NUMBER.match(bare, match.end())
            if number:
                found.append((match.start(), kind, number[0]))
    made, source = [], ""
    for _, kind, what in sorted(found):
        if kind == "source":
            named = _SOURCE.search(what)
            source = (named[1] or named[2]) if named else ""
        else:
            made.append(f"{source} {kind} {what}".strip())
    return made


@functools.lru_cache(maxsize=20_000)
def prose(text: str, lang: str) -> str:
    """The words of a block, places in sources left out."""
    for pattern in (marks.CALL, marks.CODE_SPAN, marks.MATH, marks.AUTOLINK,
                    marks.ATTR_LIST):
        text = pattern.sub(_blank, text)
    text = marks.IMAGE_OR_LINK.sub(lambda match: match["text"], text)
    for _, pattern in _places(lang):
        text = re.sub(pattern.pattern + _NUMBER.pattern, _blank, text)
    return text


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
