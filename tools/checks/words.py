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
from tools.checks import Problem, listed, relative
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


@listed
def problems(
    root: Path, langs: Iterable[str] | None = None
) -> Iterator[Problem]:
    """Find what languages lack; by default those with words or a page."""
    pages = (page.parent.name for page in (root / "docs").glob("*/index.md"))
    for lang in sorted(langs or {*languages.known(root / HOME), *pages}):
        for said in in_words(lang, root / HOME):
            yield Problem(f"{HOME}/{lang}.toml", 0, said)
        yield from in_heads(lang, root)
        yield from left_out(lang, root)


def in_words(lang: str, folder: Path) -> Iterator[str]:
    """What a file of words lacks, beside the English one."""
    if not (folder / f"{lang}.toml").exists():
        yield (f"is missing; begin with a copy of {PIVOT}.toml and say all of "
               "it in this language")
        return
    own = languages.words(lang, folder)
    there, pivot = texts(own), texts(languages.words(PIVOT, folder))
    for key in pivot.keys() - there.keys():
        yield f"lacks {key}; English has {pivot[key]!r}"
    for key in there.keys() - pivot.keys():
        yield (f"has {key}, which {PIVOT}.toml has not; nothing asks for it, "
               "take it out")
    for key in there.keys() & pivot.keys():
        here, english = (set(_HOLE.findall(t[key])) for t in (there, pivot))
        if key.startswith("habits."):
            continue
        if here != english:
            yield (f"{key} leaves room for {sorted(here)}, in English for "
                   f"{sorted(english)}")
        if not there[key].strip():
            yield f"{key} is empty; write it"
    habits = own.get("habits", {})
    letters, sample = habits.get("letters"), habits.get("sample")
    if letters and sample and not re.search(letters, sample):
        yield ("habits.sample has no letter that habits.letters describes; "
               "mend one")


def texts(words: Words) -> dict[str, str]:
    """Every text of a file by its key; of a plural, the one form of all."""
    return {key: text for key, text in languages.leaves(words)
            if not _FORM.search(key)}


def in_heads(lang: str, root: Path) -> Iterator[Problem]:
    """What the front matter of a translated page lacks."""
    for source in reader.pages(root, PIVOT):
        page = root / "docs" / lang / source.relative_to(root / "docs" / PIVOT)
        if not page.exists():
            continue  # The check of parity names it.
        pivot = relative(source, root)
        there, english = _keys(heads.meta(page)), _keys(heads.meta(source))
        said = [f"lacks {key}, which {pivot} has; write it"
                for key in sorted(english.keys() - there.keys())]
        said += [f"has {key}, which {pivot} has not; take it out"
                 for key in sorted(there.keys() - english.keys())]
        said += [f"leaves {key} empty; write it"
                 for key, text in there.items() if not text]
        for one in said:
            yield Problem(relative(page, root), 1, f"its front matter {one}")


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
