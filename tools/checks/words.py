"""A language is whole: its file says all, and nothing of it is missing.

Whoever adds a language writes qkv_explained/words/<lang>.toml, runs
`python -m tools.checks`, and does what this check and the others print.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from qkv_explained import languages
from qkv_explained.languages import HOME, PIVOT, Words
from tools.checks import Problem, relative
from tools.pages import heads, reader

# Of the forms of a plural each language has its own; "other" has every one.
_FORM = re.compile(r"\.(zero|one|two|few|many)$")
_HOLE = re.compile(r"\{(\w*)\}")
# Where files stand that each language has its own of, and how one comes by
# them: a command where one makes them.
OWN = {
    "docs/made": "run: python -m tools.refresh figures",
    "docs/assets/img": "run: python -m tools.refresh pictures",
    "docs/assets/readme": "run: python -m tools.refresh pictures",
    "docs/assets/data": f"write it, after the model of search.{PIVOT}.json",
    "docs/numbers": f"write it, after the model of {PIVOT}.toml",
}


def problems(root: Path, langs: Iterable[str] | None = None) -> list[Problem]:
    """Find what the languages lack.

    Args:
        root: The repository.
        langs: Which; by default those with a file of words or a first page.
    """
    pages = (page.parent.name for page in (root / "docs").glob("*/index.md"))
    folder = root / HOME
    found: list[Problem] = []
    for lang in sorted(langs or {*languages.known(folder), *pages}):
        found += in_words(lang, folder)
        found += in_heads(lang, root)
        found += left_out(lang, root)
    return found


def in_words(lang: str, folder: Path) -> Iterator[Problem]:
    """What a file of words lacks, beside the English one."""
    file = f"{HOME}/{lang}.toml"
    if not (folder / f"{lang}.toml").exists():
        yield Problem(file, 0, f"is missing; begin with a copy of {PIVOT}.toml"
                               " and say all of it in this language")
        return
    own = languages.words(lang, folder)
    there, pivot = texts(own), texts(languages.words(PIVOT, folder))
    for key in pivot.keys() - there.keys():
        yield Problem(file, 0, f"lacks {key}; English has {pivot[key]!r}")
    for key in there.keys() - pivot.keys():
        yield Problem(file, 0, f"has {key}, which {PIVOT}.toml has not; "
                               "nothing asks for it, take it out")
    for key in there.keys() & pivot.keys():
        here, english = (set(_HOLE.findall(t[key])) for t in (there, pivot))
        if here != english and not key.startswith("habits."):
            yield Problem(file, 0, f"{key} leaves room for {sorted(here)}, in "
                                   f"English for {sorted(english)}")
        if not there[key].strip() and not key.startswith("habits."):
            yield Problem(file, 0, f"{key} is empty; write it")
    yield from _habits(own, file)


def texts(words: Words) -> dict[str, str]:
    """Every text of a file by its key; of a plural, the one form of all."""
    return {key: text for key, text in languages.leaves(words)
            if not _FORM.search(key)}


def _habits(words: Words, file: str) -> Iterator[Problem]:
    habits = words.get("habits", {})
    letters, sample = habits.get("letters"), habits.get("sample")
    if letters and sample and not re.search(letters, sample):
        yield Problem(file, 0, "habits.sample has no letter that "
                               "habits.letters describes; mend one")


def in_heads(lang: str, root: Path) -> Iterator[Problem]:
    """What the front matter of a translated page lacks."""
    for source in reader.pages(root, PIVOT):
        page = root / "docs" / lang / source.relative_to(root / "docs" / PIVOT)
        if not page.exists():
            continue  # The check of parity names it.
        name, pivot = relative(page, root), relative(source, root)
        there, english = _keys(heads.meta(page)), _keys(heads.meta(source))
        for key in sorted(english.keys() - there.keys()):
            yield Problem(name, 1, f"its front matter lacks {key}, which "
                                   f"{pivot} has; write it")
        for key in sorted(there.keys() - english.keys()):
            yield Problem(name, 1, f"its front matter has {key}, which "
                                   f"{pivot} has not; take it out")
        for key, text in there.items():
            if not text:
                yield Problem(name, 1, f"its front matter leaves {key} empty; "
                                       "write it")


def _keys(meta: Mapping[str, Any]) -> dict[str, Any]:
    """What a page says of itself, and the words of its figures."""
    figures = meta.get("figures") or {}
    exercise = meta.get("exercise") or {}
    own = ("title", "description", "idea")
    return {key: meta[key] for key in own if key in meta} | {
        f"figures.{name}.{key}": text
        for name, t in figures.items()
        for key, text in t.items()
    } | {f"exercise.{key}": text for key, text in exercise.items()}


def left_out(lang: str, root: Path) -> Iterator[Problem]:
    """Files that English has, and places that speak of each language."""
    for folder, how in OWN.items():
        for path in sorted((root / folder).rglob("*")):
            stem = re.sub(rf"(^|\.){PIVOT}\.", rf"\g<1>{lang}.", path.name)
            own = path.with_name(stem)
            if not own.exists():
                yield Problem(relative(own, root), 0, f"is missing; {how}")
    readme = f"README.{lang}.md"
    have = [name for name in ("README.md", readme) if (root / name).exists()]
    if have == ["README.md"] and lang != PIVOT:
        yield Problem(readme, 0, "is missing; write README.md's like")
    terms = root / "docs" / "terms.yml"
    if terms.exists() and lang not in yaml.safe_load(terms.read_text("utf-8")):
        yield Problem("docs/terms.yml", 0, f"has no rules for {lang}; write "
                                           "what its typography asks for")
