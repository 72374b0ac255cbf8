"""The same facts in each language, block by block: pages, READMEs, claims.

The kinds of the blocks of a section are equal in order. Within a block are
equal, in order: links, citations with their places, numbers of result files,
and shapes such as 512 × 64 or (64, 512). In any order, as sentences are
built differently: numbers in digits or words, code spans, inline formulas
and symbols such as W_Q (how often one is named may differ). What may differ
stands in docs/parity.yml, with its reason. Words for 0, 1 and 2 are not held:
they are pronouns and articles too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from tools.checks import Problem, listed, relative
from tools.pages import blocks, reader, spans, values
from tools.pages.blocks import Block
from tools.pages.reader import LANGS
from tools.refresh.readme import READMES

FILE = "docs/parity.yml"
PIVOT = "en"
_SMALLEST = 3


@listed
def problems(
    root: Path, langs: tuple[str, ...] = LANGS
) -> Iterator[Problem]:
    """Find facts that one language states and another does not."""
    path = root / FILE
    loaded = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
    rules = (loaded or {}).get("differs", [])
    # Each difference that is meant, and whether it was found.
    allowed = {(one["page"], one["section"], one["what"], str(item)): False
               for one in rules for item in one["items"]}
    for one in rules:
        if not str(one.get("why", "")).strip():
            yield Problem(FILE, 0, f"{one} has no why. Say it")
    for name, pivot, lang, there, here in _pairs(root, langs):
        for section, line, what, item, said in compare(there, here, lang):
            if (name, section, what, item) in allowed:
                allowed[name, section, what, item] = True
                continue
            yield Problem(name, line, (
                f"{what} of #{section or 'top'} against {pivot}: {said}. "
                "See which language is right and mend the other; a "
                f"difference that is meant goes into {FILE}, with why"))
    for (name, section, what, item), used in allowed.items():
        if not used and langs == LANGS:
            yield Problem(FILE, 0, f"{name} #{section}, {what} {item}: is no "
                          "difference any more. Delete it")


Pair = tuple[str, str, str, list[Block], list[Block]]


def _pairs(root: Path, langs: tuple[str, ...]) -> Iterator[Pair]:
    others = [lang for lang in langs if lang != PIVOT]
    for source in reader.pages(root, PIVOT):
        rest = source.relative_to(root / "docs" / PIVOT)
        for lang in others:
            other = root / "docs" / lang / rest
            if other.exists():
                yield _of_files(source, other, lang, root)
    claims, file = root / "docs" / "claims.yml", "docs/claims.yml"
    for lang in others:
        readme = root / READMES.get(lang, "none")
        if readme.exists():
            yield _of_files(root / READMES[PIVOT], readme, lang, root)
        if claims.exists():
            yield (f"{file} ({lang})", file, lang,
                   _of_claims(claims, PIVOT), _of_claims(claims, lang))


def _of_files(source: Path, other: Path, lang: str, root: Path) -> Pair:
    return (relative(other, root), relative(source, root), lang,
            blocks.read(reader.read(source)), blocks.read(reader.read(other)))


def _of_claims(path: Path, lang: str) -> list[Block]:
    loaded = yaml.safe_load(path.read_text("utf-8")) or {}
    return [
        Block(f"claim-{one['id']}", key, 0, one[key].get(lang, ""))
        for one in loaded.get("claims") or []
        for key in ("claim", "exactly")
        if key in one
    ]


Difference = tuple[str, int, str, str, str]


def compare(
    one: list[Block], two: list[Block], lang: str
) -> Iterator[Difference]:
    """What the blocks of a page and of its translation do not share.

    Yields:
        Section, line in the translation, what differs, the item with its
        sign, and both in words.
    """
    wanted, got = _sections(one), _sections(two)
    for section, here in got.items():
        there = wanted.get(section, [])
        kinds = [block.kind for block in there], [b.kind for b in here]
        if kinds[0] != kinds[1]:
            at, said = _first_of_another_kind(*kinds)
            line = here[min(at, len(here) - 1)].line
            yield section, line, "blocks", said, said
        else:
            for left, right in zip(there, here, strict=True):
                yield from _in_block(left, right, lang)


def _sections(found: list[Block]) -> dict[str, list[Block]]:
    made: dict[str, list[Block]] = {}
    for block in found:
        made.setdefault(block.section, []).append(block)
    return made


def _first_of_another_kind(
    there: list[str], here: list[str]
) -> tuple[int, str]:
    at = 0
    while at < min(len(there), len(here)) and there[at] == here[at]:
        at += 1
    named = [one[at] if at < len(one) else "end" for one in (here, there)]
    return at, f"block {at + 1} is {named[0]} here, {named[1]} there"


def _in_block(one: Block, two: Block, lang: str) -> Iterator[Difference]:
    about = f", in “{two.text.strip()[:60]}”"

    def differences(
        what: str, missing: list[str], extra: list[str]
    ) -> Iterator[Difference]:
        for sign, items, word in (("-", missing, "missing here"),
                                  ("+", extra, "not there")):
            for item in items:
                yield (two.section, two.line, what, f"{sign}{item}",
                       f"{item} {word}{about}")

    for what, read in {**IN_ORDER, **ANY_ORDER}.items():
        there, here = read(one, PIVOT), read(two, lang)
        if what in IN_ORDER and there != here and (
            sorted(there) == sorted(here)
        ):
            said = f"the order here is {'; '.join(here)}"
            yield two.section, two.line, what, "order", said
        yield from differences(
            what, _multiset(there, here), _multiset(here, there))
    # A digit may be a word there, but no word here need be a digit.
    yield from differences(
        "numbers", _multiset(_small(one, PIVOT), _all(two, lang)),
        _multiset(_small(two, lang), _all(one, PIVOT)))


def _multiset(one: list[str], two: list[str]) -> list[str]:
    return list((Counter(one) - Counter(two)).elements())


def _show(number: float) -> str:
    return f"{number:g}" if number < 10**6 else str(int(number))


def _numbers(block: Block, lang: str) -> list[str]:
    return [one for one in _all(block, lang) if float(one) >= _SMALLEST]


def _small(block: Block, lang: str) -> list[str]:
    """0, 1, 2 and shares, where they are written in digits."""
    found = values.in_digits(spans.prose(block.text, lang), lang)
    return [_show(one) for _, one in found if one < _SMALLEST]


def _all(block: Block, lang: str) -> list[str]:
    found = values.numbers(spans.prose(block.text, lang), lang)
    return [_show(one) for one in found]


Read = Callable[[Block, str], list[str]]
_TITLES = re.compile(r"\[[^\]]*\]\([^)\s]*\.(?:md|ipynb)[^)]*\)")

IN_ORDER: dict[str, Read] = {
    "links": lambda block, _: spans.links(block.text),
    "citations": lambda block, lang: spans.citations(block.text, lang),
    "results": lambda block, _: spans.results(block.text),
    "shapes": lambda block, lang: spans.shapes(block.text, lang),
}
ANY_ORDER: dict[str, Read] = {
    "numbers": _numbers,
    "code": lambda block, _: spans.code(block.text),
    "formulas": lambda block, _: sorted(set(spans.formulas(block.text))),
    # A link names a page by its title, which is the language's own.
    "symbols": lambda block, lang: spans.symbols(
        _TITLES.sub("", block.text), lang),
}
