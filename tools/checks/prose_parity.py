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

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from tools.checks import Problem, relative
from tools.pages import blocks, reader, spans, values
from tools.pages.blocks import Block
from tools.pages.reader import LANGS
from tools.refresh.readme import READMES

FILE = "docs/parity.yml"
PIVOT = "en"
_SMALLEST = 3


@dataclass(frozen=True)
class Allowed:
    """A difference that is meant."""

    page: str
    section: str
    what: str
    items: tuple[str, ...]


def problems(root: Path, langs: tuple[str, ...] = LANGS) -> list[Problem]:
    """Find facts that one language states and another does not."""
    allowed, found = _exceptions(root)
    used: set[tuple[Allowed, str]] = set()
    for name, pivot, lang, one, two in _pairs(root, langs):
        for section, line, what, item, said in compare(one, two, lang):
            spared = [
                rule for rule in allowed
                if (rule.page, rule.section, rule.what) == (
                    name, section, what) and item in rule.items
            ]  # fmt: skip
            used |= {(rule, item) for rule in spared}
            if not spared:
                message = (
                    f"{what} of #{section or 'top'} against {pivot}: {said}. "
                    "See which language is right and mend the other; a "
                    f"difference that is meant goes into {FILE}, with why"
                )
                found.append(Problem(name, line, message))
    for rule in allowed:
        idle = [one for one in rule.items if (rule, one) not in used]
        if idle and langs == LANGS:
            message = (
                f"{rule.page} #{rule.section}, {rule.what} "
                f"{', '.join(idle)}: is no difference any more. Delete it"
            )
            found.append(Problem(FILE, 0, message))
    return found


def _exceptions(root: Path) -> tuple[list[Allowed], list[Problem]]:
    path = root / FILE
    loaded = yaml.safe_load(path.read_text("utf-8")) if path.exists() else {}
    rules, found = [], []
    for one in (loaded or {}).get("differs", []):
        if not str(one.get("why", "")).strip():
            found.append(Problem(FILE, 0, f"{one} has no why. Say it"))
        items = tuple(map(str, one["items"]))
        rule = Allowed(one["page"], one["section"], one["what"], items)
        rules.append(rule)
    return rules, found


Pair = tuple[str, str, str, list[Block], list[Block]]


def _pairs(root: Path, langs: tuple[str, ...]) -> Iterator[Pair]:
    for source in reader.pages(root, PIVOT):
        rest = source.relative_to(root / "docs" / PIVOT)
        for lang in langs:
            other = root / "docs" / lang / rest
            if lang != PIVOT and other.exists():
                yield _of_files(source, other, lang, root)
    for lang, name in READMES.items():
        if lang in langs and lang != PIVOT and (root / name).exists():
            source = root / READMES[PIVOT]
            yield _of_files(source, root / name, lang, root)
    claims = root / "docs" / "claims.yml"
    for lang in langs:
        if lang != PIVOT and claims.exists():
            name = f"{relative(claims, root)} ({lang})"
            yield (
                name, relative(claims, root), lang,
                _of_claims(claims, PIVOT), _of_claims(claims, lang),
            )  # fmt: skip


def _of_files(source: Path, other: Path, lang: str, root: Path) -> Pair:
    return (
        relative(other, root), relative(source, root), lang,
        blocks.read(reader.read(source)), blocks.read(reader.read(other)),
    )  # fmt: skip


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
    for what, read in IN_ORDER.items():
        there, here = read(one, PIVOT), read(two, lang)
        if there != here and sorted(there) == sorted(here):
            said = f"the order here is {'; '.join(here)}"
            yield two.section, two.line, what, "order", said
    for what, read in {**IN_ORDER, **ANY_ORDER}.items():
        there, here = read(one, PIVOT), read(two, lang)
        missing, extra = _multiset(there, here), _multiset(here, there)
        for sign, items in (("-", missing), ("+", extra)):
            word = "missing here" if sign == "-" else "not there"
            for item in items:
                said = f"{item} {word}, in “{two.text.strip()[:60]}”"
                yield two.section, two.line, what, f"{sign}{item}", said
    for sign, (left, right) in {
        "-": ((one, PIVOT), (two, lang)), "+": ((two, lang), (one, PIVOT)),
    }.items():  # fmt: skip
        # A digit may be a word there, but no word here need be a digit.
        for number in _multiset(_small(*left), _all(*right)):
            word = "missing here" if sign == "-" else "not there"
            said = f"{number} {word}, in “{two.text.strip()[:60]}”"
            yield two.section, two.line, "numbers", f"{sign}{number}", said


def _multiset(one: list[str], two: list[str]) -> list[str]:
    return list((Counter(one) - Counter(two)).elements())


def _show(number: float) -> str:
    return f"{number:g}" if number < 10**6 else str(int(number))


def _numbers(block: Block, lang: str) -> list[str]:
    found = values.numbers(spans.prose(block.text, lang), lang)
    return [_show(one) for one in found if one >= _SMALLEST]


def _small(block: Block, lang: str) -> list[str]:
    """0, 1, 2 and shares, where they are written in digits."""
    found = values.in_digits(spans.prose(block.text, lang), lang)
    return [_show(one) for _, one in found if one < _SMALLEST]


def _all(block: Block, lang: str) -> list[str]:
    found = values.numbers(spans.prose(block.text, lang), lang)
    return [_show(one) for one in found]


Read = Callable[[Block, str], list[str]]

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
    "symbols": lambda block, lang: spans.symbols(block.text, lang),
}
