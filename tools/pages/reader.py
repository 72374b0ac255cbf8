"""Read a page: one reader of our Markdown for every tool and check.

`read(path)` gives a `Page` (tools/pages/parts.py). Includes are expanded by
pymdownx.snippets itself, so that a check sees the very code that the build
puts on the page.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import yaml

from qkv_explained.languages import LANGUAGES
from tools.pages import formulas, marks
from tools.pages.marks import blank, shrink
from tools.pages.parts import (
    Admonition,
    Call,
    Fence,
    Formula,
    Heading,
    Link,
    Page,
    Predict,
    Table,
    Tag,
)
from tools.places import ROOT, stamp

BASE_PATH = "qkv_explained"
_SNIPPET = re.compile(r"course/\w+/\w+/snippets/")
LANGS: tuple[str, ...] = LANGUAGES


class IncludeMissing(LookupError):
    """A page includes a file or a section that is not there."""


@functools.lru_cache(maxsize=8)
def _preprocessor(base: Path) -> Any:
    import markdown
    from pymdownx.snippets import SnippetExtension, SnippetPreprocessor

    config = SnippetExtension().getConfigs()
    config.update(base_path=[str(base)], check_paths=True)
    return SnippetPreprocessor(config, markdown.Markdown())


def expand(text: str, root: Path = ROOT) -> str:
    """Expand the include lines of a text, as the build does.

    Raises:
        IncludeMissing: If a file or a section is not there.
    """
    from pymdownx.snippets import SnippetMissingError

    preprocessor = _preprocessor(root / BASE_PATH)
    preprocessor.seen = set()
    preprocessor.bases = None
    try:
        return "\n".join(preprocessor.parse_snippets(text.split("\n")))
    except SnippetMissingError as error:
        raise IncludeMissing(str(error)) from error


def is_snippet(include: str) -> bool:
    """Tell whether an included path is a snippet's, or its output's."""
    return bool(_SNIPPET.match(include))


def code(fence: Fence, root: Path = ROOT) -> str:
    """The text of a block as its reader sees it, includes expanded."""
    return expand(fence.body, root).strip("\n") + "\n"


def pages(root: Path, lang: str) -> list[Path]:
    """All Markdown files of a language, sorted; notebooks' sources too."""
    return sorted((root / "docs" / lang).rglob("*.md"))


def walk(root: Path, langs: Iterable[str]) -> Iterator[tuple[str, str, Page]]:
    """All pages: language, path below the root, and what they hold."""
    for lang in langs:
        for path in pages(root, lang):
            yield lang, path.relative_to(root).as_posix(), read(path)


def read(path: Path) -> Page:
    """Read a page from its file; once, while nothing it shows changes."""
    file = formulas.place(path)[1] / formulas.FILE
    return _read(path, stamp(path), stamp(file))


@functools.lru_cache(maxsize=1024)
def _read(path: Path, *_stamps: object) -> Page:
    return parse(path.read_text(encoding="utf-8"), path)


def parse(text: str, path: Path = Path("page.md")) -> Page:
    """Read a page from its text."""
    text = text.replace("\r\n", "\n")
    front = marks.FRONT.match(text)
    fences, masked = _fences(_without_front(text))
    noted = blank(marks.COMMENT, masked)
    masked = blank(marks.CODE_SPAN, blank(marks.CALL, noted))
    plain = blank(marks.MATH, masked)
    tags = tuple(_tags(plain))
    unlinked = blank(marks.IMAGE_OR_LINK, plain)
    prose = marks.IMAGE_OR_LINK.sub(marks.only_words, plain)
    for pattern in (marks.DEFINITION, marks.AUTOLINK):
        prose, unlinked = blank(pattern, prose), blank(pattern, unlinked)
    return Page(
        path, text, (yaml.safe_load(front[1]) if front else None) or {},
        headings=tuple(_headings(noted)),
        fences=fences,
        calls=tuple(_calls(noted)),
        formulas=tuple(_formulas(masked, noted, path)),
        admonitions=tuple(_admonitions(plain)),
        predicts=tuple(_predicts(noted)),
        links=tuple(sorted(_links(plain, tags), key=lambda one: one.line)),
        tags=tags,
        tables=tuple(_tables(plain)),
        prose=marks.without_markup(prose),
        unlinked=marks.without_markup(unlinked),
        spoken=_spoken(noted))


def _without_front(text: str) -> str:
    front = marks.FRONT.match(text)
    if not front:
        return text
    return "\n" * front[0].count("\n") + text[front.end():]


def _spoken(text: str) -> tuple[str, ...]:
    """The words of a text, line for line; see `Page`."""

    def call(match: re.Match[str]) -> str:
        name = _arguments(match[1])[0]
        token = {"n": "0", "pm": "0", "f": "x"}.get(name, "")
        return token + "\n" * match[0].count("\n")

    text = marks.CALL.sub(call, text)
    text = shrink(marks.MATH, shrink(marks.CODE_SPAN, text, "x"), "x")
    text = marks.IMAGE_OR_LINK.sub(lambda match: match["text"], text)
    text = shrink(marks.AUTOLINK, shrink(marks.DEFINITION, text), "x")
    lines = marks.without_markup(text, tight=True)
    return tuple(re.sub(r"\*+|(?<!\w)_+|_+(?!\w)", "", line) for line in lines)


def unfenced(text: str) -> list[str]:
    """The lines of a page, empty where a fence stands."""
    return _fences(_without_front(text))[1].split("\n")


def unread(text: str) -> str:
    """A text line for line as written, but for its code and formulas."""
    masked = _fences(text)[1]
    for pattern in (marks.COMMENT, marks.CALL, marks.CODE_SPAN, marks.MATH):
        masked = blank(pattern, masked)
    return masked


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _fences(body: str) -> tuple[tuple[Fence, ...], str]:
    """The fences of a text, and the text without them."""
    fences: list[Fence] = []
    masked: list[str] = []
    opening: re.Match[str] | None = None
    start, inside = 0, list[str]()
    for number, line in enumerate(body.split("\n"), 1):
        if opening is None:
            match = marks.OPEN.match(line)
            if match and "`" not in match["info"].replace("\\`", ""):
                opening, start, inside = match, number, []
            masked.append("" if opening else line)
            continue
        masked.append("")
        if line.strip(" \t>") == opening["ticks"]:
            fences.append(_fence(opening, start, number, inside))
            opening = None
        else:
            inside.append(line)
    if opening is not None:
        fences.append(_fence(opening, start, start + len(inside), inside))
    return tuple(fences), "\n".join(masked)


def _fence(
    opening: re.Match[str], start: int, end: int, inside: list[str]
) -> Fence:
    indent = opening["indent"]
    lines = [line[len(indent):] if line.startswith(indent)
             else line.lstrip(" \t>") for line in inside]
    found = (marks.INCLUDE.match(line) for line in lines)
    includes = tuple(match["path"] for match in found if match)
    return Fence(start, end, indent, opening["info"].strip(),
                 "\n".join(lines), includes)


def _headings(text: str) -> Iterator[Heading]:
    for number, line in enumerate(text.split("\n"), 1):
        if match := marks.HEADING.match(line):
            found = re.search(r"#([^\s.#]+)", match["attrs"] or "")
            yield Heading(number, len(match["marks"]), match["text"],
                          found[1] if found else None)


def _calls(text: str) -> Iterator[Call]:
    for match in marks.CALL.finditer(text):
        yield Call(_line(text, match.start()), *_arguments(match[1]), match[0])


def _arguments(source: str) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
    """Read a call's name and arguments; what is no literal stays text."""
    try:
        node = ast.parse(" ".join(source.split()), mode="eval").body
    except SyntaxError:
        return source.strip(), (), {}
    if not isinstance(node, ast.Call):
        return ast.unparse(node), (), {}

    def value(argument: ast.expr) -> Any:
        names = {"true": True, "false": False, "none": None}
        if isinstance(argument, ast.Name) and argument.id in names:
            return names[argument.id]
        try:
            return ast.literal_eval(argument)
        except ValueError:
            return ast.unparse(argument)

    kwargs = {key.arg or "**": value(key.value) for key in node.keywords}
    return ast.unparse(node.func), tuple(map(value, node.args)), kwargs


def _formulas(text: str, noted: str, path: Path) -> Iterator[Formula]:
    """The formulas of a text, and those that macros name, in order."""
    found: dict[int, Formula] = {}
    for match in marks.MATH.finditer(text):
        tex = match["display"] or match["inline"]
        found[match.start()] = Formula(
            _line(text, match.start()), tex.strip(), bool(match["display"]))
    for match in marks.CALL.finditer(noted):
        called, args, how = _arguments(match[1])
        if called == "f" and args:
            tex = formulas.tex(str(args[0]), *formulas.place(path))
            found[match.start()] = Formula(
                _line(text, match.start()), tex, bool(how.get("display")),
                str(args[0]))
    return (found[start] for start in sorted(found))


def _admonitions(text: str) -> Iterator[Admonition]:
    for number, line in enumerate(text.split("\n"), 1):
        if match := marks.ADMONITION.match(line):
            yield Admonition(number, match["kind"], match["marks"] != "!!!")


def _predicts(text: str) -> Iterator[Predict]:
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        match = marks.TAG.search(line)
        attrs = _attributes(match["attrs"]) if match else {}
        if "predict" not in attrs.get("class", "").split():
            continue
        options, reveals = 0, False
        for inner in lines[number:]:
            if "</div>" in inner:
                break
            reveals = reveals or bool(marks.ADMONITION.match(inner))
            options += not reveals and bool(re.match(r"\d+\.\s", inner))
        yield Predict(number, attrs.get("id", ""),
                      attrs.get("data-answer", ""), options, reveals)


def _attributes(text: str) -> dict[str, str]:
    return {match["key"]: match[2] or match[3] or ""
            for match in marks.ATTR.finditer(text)}


def _tags(text: str) -> Iterator[Tag]:
    for match in marks.TAG.finditer(text):
        yield Tag(_line(text, match.start()), match["name"].lower(),
                  _attributes(match["attrs"]))


def _tables(text: str) -> Iterator[Table]:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number and "|" in line and marks.TABLE_RULE.match(line):
            rows = 1
            for below in lines[number + 1:]:
                if "|" not in below:
                    break
                rows += 1
            yield Table(number, rows, line.strip().strip("|").count("|") + 1)


def _links(text: str, tags: tuple[Tag, ...]) -> Iterator[Link]:
    for match in marks.IMAGE_OR_LINK.finditer(text):
        line = _line(text, match.start())
        yield Link(line, match["target"], match["text"], bool(match["bang"]))
        if inner := marks.IMAGE_OR_LINK.search(match["text"]):
            yield Link(line, inner["target"], inner["text"], True)
    for match in marks.DEFINITION.finditer(text):
        yield Link(_line(text, match.start()), match["to"], match["id"], False)
    for match in marks.AUTOLINK.finditer(text):
        yield Link(_line(text, match.start()), match["to"], match["to"], False)
    for tag in tags:
        for key in ("href", "src"):
            if key in tag.attrs:
                yield Link(tag.line, tag.attrs[key], "", key == "src")
