"""Read a page: one reader of our Markdown for every tool and check.

`read(path)` gives a `Page` with its front matter, headings, fences, macro
calls, formulas, admonitions, predictions, links, tables and bare prose,
each with its line. Includes are expanded by pymdownx.snippets itself, so
that a check sees the very code that the build puts on the page.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from qkv_explained.languages import LANGUAGES
from tools.pages import formulas
from tools.places import ROOT

BASE_PATH = "qkv_explained"
_SNIPPET = re.compile(r"course/\w+/\w+/snippets/")
LANGS: tuple[str, ...] = LANGUAGES

FRONT = re.compile(r"\A---\n(.*?)^---[ \t]*\n", re.S | re.M)
_OPEN = re.compile(r"^(?P<indent>[ \t>]*)(?P<ticks>`{3,}|~{3,})(?P<info>.*)$")
_HEADING = re.compile(
    r"^(?P<marks>#{1,6})[ \t]+(?P<text>.*?)[ \t]*#*[ \t]*"
    r"(?:\{(?P<attrs>[^{}]*)\})?[ \t]*$"
)
_INCLUDE = re.compile(r"""^[ \t]*-+8<-+[ \t]+(["'])(?P<path>.*?)\1[ \t]*$""")
_ADMONITION = re.compile(
    r"^(?P<indent>[ \t]*)(?P<marks>!!!|\?\?\?\+?)[ \t]+(?P<kind>[\w-]+)"
    r'(?P<more>[ \t\w-]*)(?:"(?P<title>.*)")?[ \t]*$'
)
CALL = re.compile(r"\{\{(.*?)\}\}", re.S)
_COMMENT = re.compile(r"<!--.*?-->", re.S)
CODE_SPAN = re.compile(r"(?<![\\`])(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.S)
MATH = re.compile(
    r"(?<!\\)\$\$(?P<display>.+?)(?<!\\)\$\$"
    r"|(?<![\\$])\$(?!\s)(?P<inline>(?:\\.|[^\\$\n]|\n(?!\n))+?)(?<!\s)\$",
    re.S,
)
IMAGE_OR_LINK = re.compile(
    r"(?P<bang>!?)\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\])*)\]"
    r"\((?P<target>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)"
    r"(?:[ \t]+\"(?P<title>[^\"]*)\")?\)"
)
_DEFINITION = re.compile(
    r"^[ \t]{0,3}\[(?P<id>[^\]^]+)\]:[ \t]*(?P<to>\S+)", re.M
)
AUTOLINK = re.compile(r"<(?P<to>(?:https?|mailto):[^>\s]+)>")
_TAG = re.compile(r"<(?P<name>[A-Za-z][\w-]*)(?P<attrs>(?:\s+[^<>]*?)?)/?>")
_CLOSING_TAG = re.compile(r"</[\w-]+\s*>")
_STATEMENT = re.compile(r"\{%[^\n]*?%\}")
_ATTR = re.compile(r"""(?P<key>[\w:-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?""")
ATTR_LIST = re.compile(r"\{:?[ \t]*[.#][^{}\n]*\}")
_CELL_RULE = r"[ \t]*:?-{2,}:?[ \t]*"
_TABLE_RULE = re.compile(
    rf"^[ \t]*\|?{_CELL_RULE}(?:\|{_CELL_RULE})*\|?[ \t]*$"
)


@dataclass(frozen=True)
class Heading:
    """A heading; `id` is None where none is written."""

    line: int
    level: int
    text: str
    id: str | None


@dataclass(frozen=True)
class Fence:
    """A fenced block.

    Attributes:
        line: The line of its opening.
        end: The line of its closing.
        indent: What stands before the backticks.
        info: What stands after them, as written.
        body: The lines between, without the indent, as written.
        includes: The paths that it includes, as written.
    """

    line: int
    end: int
    indent: str
    info: str
    body: str
    includes: tuple[str, ...]

    @property
    def classes(self) -> tuple[str, ...]:
        """The classes of the braced form: ("text", "output")."""
        braced = self.info.startswith("{")
        return tuple(re.findall(r"\.([\w-]+)", self._bare)) if braced else ()

    @property
    def title(self) -> str:
        """The title that the reader sees above the block."""
        found = re.search(r'title="([^"]*)"', self.info)
        return found[1] if found else ""

    @property
    def kind(self) -> str:
        """What the block is to the checks.

        One of "python" (runs), "console" (a command and its output),
        "output" (what the snippet before it prints), "no-run" (marked, with
        a reason), or "other" (nothing that the site allows).
        """
        if "no-run" in self.classes:
            return "no-run"
        if self.classes == ("text", "output"):
            return "output"
        word = self.info.split()[0] if self.info.split() else ""
        return word if word in ("python", "console") else "other"

    @property
    def _bare(self) -> str:
        return re.sub(r'"[^"]*"', '""', self.info)


@dataclass(frozen=True)
class Call:
    """A macro call, such as `{{ n("projection", "params", digits=2) }}`.

    `source` is what stands between the braces, `written` all of it.
    """

    line: int
    name: str
    args: tuple[Any, ...]
    kwargs: dict[str, Any]
    source: str
    written: str


@dataclass(frozen=True)
class Formula:
    """A formula without its dollars, as written or as its name says.

    `name` is its name in docs/formulas.toml, "" where it is typed.
    """

    line: int
    tex: str
    display: bool
    name: str = ""


@dataclass(frozen=True)
class Admonition:
    """An admonition or a folding block."""

    line: int
    kind: str
    folds: bool
    title: str


@dataclass(frozen=True)
class Predict:
    """A question that the reader answers before the answer shows."""

    line: int
    id: str
    answer: str
    options: int
    reveals: bool


@dataclass(frozen=True)
class Link:
    """A link or an image."""

    line: int
    target: str
    text: str
    image: bool


@dataclass(frozen=True)
class Tag:
    """An opening HTML tag with its attributes."""

    line: int
    name: str
    attrs: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The shape of a table: rows (with its head) and columns."""

    line: int
    rows: int
    columns: int


@dataclass(frozen=True)
class Page:
    """All that a page holds, in its order.

    `prose` is the text with everything that is not prose blanked out, line
    for line and column for column as in the file: fences, code spans,
    formulas, macro calls, comments, tags, attribute lists and addresses.
    `unlinked` is the same without the words of links. `spoken` is the text
    as it sounds: code and formulas are one "x" and numbers one "0", without
    the marks of emphasis and links, so that what touches them can be seen.
    """

    path: Path
    text: str
    meta: dict[str, Any]
    headings: tuple[Heading, ...]
    fences: tuple[Fence, ...]
    calls: tuple[Call, ...]
    formulas: tuple[Formula, ...]
    admonitions: tuple[Admonition, ...]
    predicts: tuple[Predict, ...]
    links: tuple[Link, ...]
    tags: tuple[Tag, ...]
    tables: tuple[Table, ...]
    raw_includes: tuple[tuple[int, str], ...]
    prose: tuple[str, ...]
    unlinked: tuple[str, ...]
    spoken: tuple[str, ...]

    def section(self, line: int) -> str:
        """The id of the heading above a line; "" before the first."""
        found = ""
        for heading in self.headings:
            if heading.line > line:
                break
            found = heading.id or heading.text
        return found

    def calls_of(self, *names: str) -> list[Call]:
        """The calls of these macros, in order."""
        return [call for call in self.calls if call.name in names]


class IncludeMissing(LookupError):
    """A page includes a file or a section that is not there."""


@functools.lru_cache(maxsize=8)
def _preprocessor(base: Path) -> Any:
    import markdown
    from pymdownx.snippets import SnippetExtension, SnippetPreprocessor

    extension = SnippetExtension()
    config = extension.getConfigs()
    config.update(base_path=[str(base)], check_paths=True)
    return SnippetPreprocessor(config, markdown.Markdown())


def expand(text: str, root: Path = ROOT) -> str:
    """Expand the include lines of a text, as the build does.

    Args:
        text: Lines of Markdown.
        root: The repository; includes are relative to its package.

    Returns:
        The text with every include replaced by what it names.

    Raises:
        IncludeMissing: If a file or a section is not there.
    """
    from pymdownx.snippets import SnippetMissingError

    preprocessor = _preprocessor(root / BASE_PATH)
    preprocessor.seen = set()
    preprocessor.bases = None
    try:
        lines = preprocessor.parse_snippets(text.split("\n"))
    except SnippetMissingError as error:
        raise IncludeMissing(str(error)) from error
    return "\n".join(lines)


def is_snippet(include: str) -> bool:
    """Tell whether an included path is a snippet's, or its output's."""
    return bool(_SNIPPET.match(include))


def code(fence: Fence, root: Path = ROOT) -> str:
    """The text of a block as its reader sees it, includes expanded."""
    return expand(fence.body, root).strip("\n") + "\n"


def read(path: Path) -> Page:
    """Read a page from its file."""
    return parse(path.read_text(encoding="utf-8"), path)


def pages(root: Path, lang: str) -> list[Path]:
    """All Markdown files of a language, sorted; notebooks' sources too."""
    return sorted((root / "docs" / lang).rglob("*.md"))


def parse(text: str, path: Path = Path("page.md")) -> Page:
    """Read a page from its text. See `Page`."""
    text = text.replace("\r\n", "\n")
    meta: dict[str, Any] = {}
    body = text
    front = FRONT.match(text)
    if front:
        meta = yaml.safe_load(front[1]) or {}
        body = "\n" * front[0].count("\n") + text[front.end() :]

    fences, masked = _fences(body)
    raw_includes = tuple(
        (number, line.strip())
        for number, line in enumerate(masked.split("\n"), 1)
        if re.search(r"-+8<-+", line)
    )
    masked = _blank(_COMMENT, masked)
    spoken = _spoken(masked)
    headings = tuple(_headings(masked))
    predicts = tuple(_predicts(masked))
    calls = tuple(_calls(masked))
    marked, masked = masked, _blank(CALL, masked)
    named = {match.start(): match[1] for match in CALL.finditer(marked)}
    masked = _blank(CODE_SPAN, masked)
    maths = tuple(_formulas(masked, named, path))
    masked = _blank(MATH, masked)
    admonitions = tuple(_admonitions(masked))
    tables = tuple(_tables(masked))
    tags = tuple(_tags(masked))
    links = tuple(sorted(_links(masked, tags), key=lambda one: one.line))

    unlinked = masked
    for pattern in (IMAGE_OR_LINK, _DEFINITION, AUTOLINK):
        unlinked = _blank(pattern, unlinked)
    masked = IMAGE_OR_LINK.sub(_words_of_link, masked)
    for pattern in (_DEFINITION, AUTOLINK):
        masked = _blank(pattern, masked)
    return Page(
        path,
        text,
        meta,
        headings,
        fences,
        calls,
        maths,
        admonitions,
        predicts,
        links,
        tags,
        tables,
        raw_includes,
        _without_markup(masked),
        _without_markup(unlinked),
        spoken,
    )


def _blank(pattern: re.Pattern[str], text: str) -> str:
    def spaces(match: re.Match[str]) -> str:
        return re.sub(r"[^\n]", " ", match[0])

    return pattern.sub(spaces, text)


def _words_of_link(match: re.Match[str]) -> str:
    before = " " * (match.start("text") - match.start())
    after = " " * (match.end() - match.end("text"))
    return before + match["text"] + after


def _without_markup(text: str, tight: bool = False) -> tuple[str, ...]:
    """Take tags, attribute lists and the marks of admonitions away.

    Args:
        text: Lines of Markdown.
        tight: Whether to close the gaps; otherwise all keeps its column.
    """

    def empty(match: re.Match[str]) -> str:
        return "\n" * match[0].count("\n")

    for pattern in (_TAG, _CLOSING_TAG, ATTR_LIST, _STATEMENT):
        text = pattern.sub(empty, text) if tight else _blank(pattern, text)
    kept = r"\1" if tight else r" \1"
    lines = []
    for line in text.split("\n"):
        match = _ADMONITION.match(line)
        if match:
            title = match["title"] or ""
            at = match.start("title") if match["title"] else 0
            line = " " * at + title
        lines.append(re.sub(r"\\([\\`*_{}\[\]()#+\-.!$|])", kept, line))
    return tuple(lines)


def _spoken(text: str) -> tuple[str, ...]:
    """The words of a text, line for line; see `Page`."""

    def one(token: str) -> Callable[[re.Match[str]], str]:
        return lambda match: token + "\n" * match[0].count("\n")

    def call(match: re.Match[str]) -> str:
        name = _arguments(match[1])[0]
        token = {"n": "0", "pm": "0", "f": "x"}.get(name, "")
        return token + "\n" * match[0].count("\n")

    text = CALL.sub(call, text)
    text = CODE_SPAN.sub(one("x"), text)
    text = MATH.sub(one("x"), text)
    text = IMAGE_OR_LINK.sub(lambda match: match["text"], text)
    text = _DEFINITION.sub(one(""), text)
    text = AUTOLINK.sub(one("x"), text)
    lines = _without_markup(text, tight=True)
    return tuple(re.sub(r"\*+|(?<!\w)_+|_+(?!\w)", "", line) for line in lines)


def unread(text: str) -> str:
    """A text line for line as written, but for its code and formulas."""
    masked = _fences(text)[1]
    for pattern in (_COMMENT, CALL, CODE_SPAN, MATH):
        masked = _blank(pattern, masked)
    return masked


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _fences(body: str) -> tuple[tuple[Fence, ...], str]:
    fences: list[Fence] = []
    masked: list[str] = []
    opening: re.Match[str] | None = None
    start, inside = 0, list[str]()
    for number, line in enumerate(body.split("\n"), 1):
        if opening is None:
            match = _OPEN.match(line)
            if match and "`" not in match["info"].replace("\\`", ""):
                opening, start, inside = match, number, []
                masked.append("")
            else:
                masked.append(line)
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
    lines = [
        line[len(indent) :] if line.startswith(indent) else line.lstrip(" \t>")
        for line in inside
    ]
    found = (_INCLUDE.match(line) for line in lines)
    includes = tuple(match["path"] for match in found if match)
    return Fence(
        start, end, indent, opening["info"].strip(), "\n".join(lines), includes
    )


def _headings(text: str) -> Iterator[Heading]:
    for number, line in enumerate(text.split("\n"), 1):
        match = _HEADING.match(line)
        if match:
            found = re.search(r"#([^\s.#]+)", match["attrs"] or "")
            yield Heading(
                number,
                len(match["marks"]),
                match["text"],
                found[1] if found else None,
            )


def _calls(text: str) -> Iterator[Call]:
    for match in CALL.finditer(text):
        source = " ".join(match[1].split())
        name, args, kwargs = _arguments(match[1])
        line = _line(text, match.start())
        yield Call(line, name, args, kwargs, source, match[0])


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


def _formulas(
    text: str, calls: dict[int, str], path: Path
) -> Iterator[Formula]:
    found: dict[int, Formula] = {}
    for match in MATH.finditer(text):
        display = match["display"] is not None
        tex = match["display"] or match["inline"]
        line = _line(text, match.start())
        found[match.start()] = Formula(line, tex.strip(), display)
    for start, source in calls.items():
        called, args, how = _arguments(source)
        if called == "f" and args:
            tex = formulas.tex(str(args[0]), *formulas.place(path))
            display, line = bool(how.get("display")), _line(text, start)
            found[start] = Formula(line, tex, display, str(args[0]))
    return (found[start] for start in sorted(found))


def _admonitions(text: str) -> Iterator[Admonition]:
    for number, line in enumerate(text.split("\n"), 1):
        match = _ADMONITION.match(line)
        if match:
            yield Admonition(
                number,
                match["kind"],
                match["marks"] != "!!!",
                match["title"] or "",
            )


def _predicts(text: str) -> Iterator[Predict]:
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        match = _TAG.search(line)
        attrs = _attributes(match["attrs"]) if match else {}
        if not match or "predict" not in attrs.get("class", "").split():
            continue
        options, reveals = 0, False
        for inner in lines[number:]:
            if "</div>" in inner:
                break
            reveals = reveals or bool(_ADMONITION.match(inner))
            options += not reveals and bool(re.match(r"\d+\.\s", inner))
        yield Predict(
            number,
            attrs.get("id", ""),
            attrs.get("data-answer", ""),
            options,
            reveals,
        )


def _attributes(text: str) -> dict[str, str]:
    return {
        match["key"]: match[2] or match[3] or ""
        for match in _ATTR.finditer(text)
    }


def _tags(text: str) -> Iterator[Tag]:
    for match in _TAG.finditer(text):
        yield Tag(
            _line(text, match.start()),
            match["name"].lower(),
            _attributes(match["attrs"]),
        )


def _tables(text: str) -> Iterator[Table]:
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if number and "|" in line and _TABLE_RULE.match(line):
            rows = 1
            for below in lines[number + 1 :]:
                if "|" not in below:
                    break
                rows += 1
            yield Table(number, rows, line.strip().strip("|").count("|") + 1)


def _links(text: str, tags: tuple[Tag, ...]) -> Iterator[Link]:
    for match in IMAGE_OR_LINK.finditer(text):
        line = _line(text, match.start())
        yield Link(line, match["target"], match["text"], bool(match["bang"]))
        inner = IMAGE_OR_LINK.search(match["text"])
        if inner:
            yield Link(line, inner["target"], inner["text"], True)
    for match in _DEFINITION.finditer(text):
        yield Link(_line(text, match.start()), match["to"], match["id"], False)
    for match in AUTOLINK.finditer(text):
        yield Link(_line(text, match.start()), match["to"], match["to"], False)
    for tag in tags:
        for key in ("href", "src"):
            if key in tag.attrs:
                yield Link(tag.line, tag.attrs[key], "", key == "src")
