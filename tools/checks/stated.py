"""Facts that have one home elsewhere are what prose says they are.

Works: a name with a year, a link's words, an arXiv number and the headings of
the sources against qkv_explained/bibliography.py. Known models: the numbers
of a clause that names one against docs/models.toml. Verdicts come by macro.
Versions of Python against pyproject.toml. Options of a question are named,
not numbered.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

from qkv_explained import bibliography, languages
from qkv_explained.languages import PIVOT
from tools.checks import Problem, listed, placed, relative
from tools.pages import blocks, marks, reader, spans, values
from tools.pages.blocks import Block
from tools.pages.parts import Page
from tools.pages.reader import LANGS
from tools.refresh.readme import READMES

MODELS = "docs/models.toml"
_LEAST = 16
_NAMES = {name for work in bibliography.WORKS for name in work.authors}
_KNOWN = {
    (name, work.year) for work in bibliography.WORKS for name in work.authors
}
_CITED = re.compile(
    rf"\b(?P<name>{'|'.join(sorted(_NAMES, key=len, reverse=True))})\b"
    r"[^\d\n]{0,24}?\b(?P<year>(?:19|20)\d\d)\b"
)
_ARXIV = re.compile(r"(?:arXiv[: ]?|arxiv\.org/\w+/)(\d{4}\.\d{4,5})", re.I)
_SOURCE = re.compile(r"sources\.md#([\w-]+)$")
# Commas divide too, but for those between two numbers: (768, 2304).
_CLAUSE = re.compile(
    r"(?<=[.?!;:])\s+|[。？！；：，]|(?<!\d),\s|(?<=\d),\s(?!\d)"
    r"|(?<=\d),\s(?=\d+ \w)"
)
_PYTHON = re.compile(r"\b3\.\d{1,2}\b(?!\.?\d)")


@listed
def problems(
    root: Path, langs: tuple[str, ...] = LANGS
) -> Iterator[Problem]:
    """Find what a page says otherwise than the home of the fact."""
    for lang, page in _pages(root, langs):
        read = blocks.read(page)
        yield from placed(relative(page.path, root), [
            *_works(page, read, lang), *_models(read, root),
            *_verdicts(read, lang), *_options(page, lang),
            *_versions(read, root)])


def _pages(root: Path, langs: tuple[str, ...]) -> Iterator[tuple[str, Page]]:
    for lang, _, page in reader.walk(root, langs):
        yield lang, page
    more = {READMES.get(lang, "none"): lang for lang in langs}
    for name, lang in (more | {"CONTRIBUTING.md": PIVOT}).items():
        if (root / name).exists():
            yield lang, reader.read(root / name)


Said = Iterator[tuple[int, str]]
_HOME = "qkv_explained/bibliography.py"


def _works(page: Page, read: list[Block], lang: str) -> Said:
    keys = {work.key: work for work in bibliography.WORKS}
    numbers = {
        found[1]: work.key
        for work in bibliography.WORKS
        for found in _ARXIV.finditer(work.url)
    }
    for link in page.links:
        target = _SOURCE.search(link.target)
        work = keys.get(target[1]) if target else None
        for name, year in _names_and_years(link.text) if work else ():
            if work and (name not in work.authors or year != work.year):
                yield link.line, (
                    f"“{link.text}” leads to {work.key}: "
                    f"{bibliography.label(work.key)} in {_HOME}"
                )
    for block in read:
        text = spans.prose(block.text, lang)
        for name, year in _names_and_years(text):
            if (name, year) not in _KNOWN:
                yield block.line, (
                    f"{_HOME} has no work of {name} from {year}. Mend the "
                    "year, or add the work"
                )
        for one in _ARXIV.finditer(block.text):
            home = numbers.get(one[1])
            own = page.path.stem == "sources" and block.section in keys
            if home is None or (own and home != block.section):
                yield block.line, (
                    f"arXiv {one[1]} is {home or 'no work'} in {_HOME}. "
                    "Mend the number, or add the work"
                )
        if block.kind == "heading" and block.section in keys:
            label = bibliography.label(block.section, lang)
            named = bool(keys[block.section].authors)
            if named and not block.text.startswith(label):
                yield block.line, f"begin the heading with “{label}: ”"


def _names_and_years(text: str) -> list[tuple[str, int]]:
    found = _CITED.finditer(text)
    return [(one["name"], int(one["year"])) for one in found]


@functools.lru_cache
def _known_models(path: Path) -> list[tuple[re.Pattern[str], set[int]]]:
    if not path.exists():
        return []
    loaded = tomllib.loads(path.read_text(encoding="utf-8"))
    return [(re.compile("|".join(one["names"]), re.I), set(one["sizes"]))
            for one in loaded.values()]


def _models(read: list[Block], root: Path) -> Said:
    models = _known_models(root / MODELS)
    for block in read:
        text = re.sub(r"\]\([^)]*\)", "]", marks.CALL.sub(" ", block.text))
        for clause in _CLAUSE.split(text):
            named = [s for names, s in models if names.search(clause)]
            bare = re.sub("|".join(["GPT-2", r"\b20\d\d\b"]), "", clause)
            for number in re.findall(r"(?<![\w.§])\d+(?![\w.]\d)", bare):
                known = any(int(number) in sizes for sizes in named)
                if named and int(number) >= _LEAST and not known:
                    yield block.line, (
                        f"{number} is no size of the model named in "
                        f"“{clause.strip()[:60]}”. See which is right, "
                        f"this or {MODELS}"
                    )


def _verdicts(read: list[Block], lang: str) -> Said:
    """Verdict words where a verdict stands: alone, strong, or at the end."""
    words = sorted(languages.words(lang)["verdicts"].values(), key=len)[::-1]
    word = rf"(?:{'|'.join(map(re.escape, words))})"
    alone = re.compile(rf"[\s*_]*{word}[\s*_.。!！]*", re.I)
    strong = re.compile(rf"\*\*{word}[.。!！]?\*\*", re.I)
    last = re.compile(
        rf"(?:[:：]|\s[—–-])[\s*_]*{word}\b[^:：.。]{{0,24}}$", re.I
    )
    given = re.compile(
        rf"(?:{'|'.join(values.habits(lang)['typed']['verdict'])})"
        rf"[^.。;；{{}}]{{0,12}}?{word}(?=\s*(?:[.,;!。，；！）)*_]|$))",
        re.I,
    )
    for block in read:
        text = block.text
        found = alone.fullmatch(text) or strong.search(text)
        if not found and block.kind in ("heading", "title"):
            found = last.search(text)
        found = found or given.search(text)
        if found:
            yield block.line, (
                f"{found[0].strip()!r} is a typed verdict. It comes from the "
                'rule: {{ n("shared-qk", "claims.4.verdict") }}, or, as a '
                'word that is explained, {{ verdict("half") }}'
            )


def _options(page: Page, lang: str) -> Said:
    patterns = values.habits(lang)["typed"]["options"]
    numbered = re.compile("|".join(patterns), re.I)
    for one in page.predicts:
        for number, line in enumerate(page.prose[one.line :], one.line + 1):
            found = numbered.search(line)
            if found:
                yield number, (
                    f"{found[0]!r}: say what the option says, since its "
                    "number changes when one is added"
                )
            if not line.strip() and "</div>" in _raw(page, number):
                break


def _raw(page: Page, number: int) -> str:
    lines = page.text.split("\n")
    return lines[number - 1] if number <= len(lines) else "</div>"


def _versions(read: list[Block], root: Path) -> Said:
    """Versions of Python that pyproject.toml does not promise."""
    if not (root / "pyproject.toml").exists():
        return
    project = (root / "pyproject.toml").read_text("utf-8")
    promised = set(re.findall(r"Python :: (3\.\d+)", project))
    for block in read:
        for version in _PYTHON.findall(block.text):
            if "Python" in block.text and version not in promised:
                yield block.line, (
                    f"Python {version} is none of those in pyproject.toml "
                    f"({', '.join(sorted(promised))})")
