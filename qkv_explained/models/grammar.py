"""The small languages of the sentence models: words, sentences, pairs.

A sentence says that something sits on something else, because "it" is so:
an adjective of the sitter or one of the seat. Any noun may be either, so no
noun by itself tells what "it" is. Words are tokens. The words of a language
are data, ``sentences/<lang>.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

FOLDER = Path(__file__).resolve().parent / "sentences"
HELD_OUT = 0.2  # the share of pairs of nouns that training never sees


@dataclass(frozen=True)
class Grammar:
    """The words of one language, and how they make a sentence.

    Attributes:
        lang: The code of the language.
        running: The two sentences that the course carries along.
        pair: The two nouns of both.
        template: A sentence with slots, its tokens apart.
        pronouns: By gender.
        nouns: Each as it stands first, as it stands second, its gender.
        verbs: Each by gender.
        sitter: Adjectives of the one that sits, by gender.
        seat: Adjectives of what it sits on, by gender.
    """

    lang: str
    running: tuple[str, str]
    pair: tuple[str, str]
    template: str
    pronouns: tuple[str, ...]
    nouns: tuple[tuple[str, str, int], ...]
    verbs: tuple[tuple[str, ...], ...]
    sitter: tuple[tuple[str, ...], ...]
    seat: tuple[tuple[str, ...], ...]

    def sentence(
        self, noun: int, place: int, verb: int, adjective: int, role: int
    ) -> list[str]:
        """The tokens of one sentence.

        Args:
            noun: Number of the noun that sits.
            place: Number of the noun that it sits on.
            verb: Number of the verb.
            adjective: Number of the adjective, among those of its role.
            role: 0 if the adjective is the sitter's, 1 if the seat's.

        Returns:
            Its tokens.
        """
        first, second = self.nouns[noun], self.nouns[place]
        gender = (first, second)[role][2]
        words = (self.sitter, self.seat)[role][adjective]
        return self.template.format(
            noun=first[0], place=second[1], verb=self.verbs[verb][first[2]],
            pronoun=self.pronouns[gender], adjective=words[gender],
        ).split()

    def vocabulary(self) -> list[str]:
        """Every token, in the order of the file."""
        slots = re.sub(r"\{\w+\}", " ", self.template)
        words = [slots, *self.pronouns]
        words += [form for noun in self.nouns for form in noun[:2]]
        words += [form for many in (self.verbs, self.sitter, self.seat)
                  for forms in many for form in forms]  # fmt: skip
        return list(dict.fromkeys(" ".join(words).split()))


def languages() -> tuple[str, ...]:
    """The languages that have sentences."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


@cache
def grammar(lang: str) -> Grammar:
    """The words of a language.

    Args:
        lang: Its code, one of `languages()`.

    Returns:
        Its grammar.
    """
    words = tomllib.loads((FOLDER / f"{lang}.toml").read_text("utf-8"))
    fixed: dict[str, Any] = {
        key: tuple(tuple(one) if isinstance(one, list) else one
                   for one in value)
        if isinstance(value, list) else value
        for key, value in words.items()
    }  # fmt: skip
    return Grammar(lang, **fixed)


def pairs(one: Grammar, kind: str = "mixed") -> tuple[Tensor, Tensor]:
    """Pairs of nouns to train on, and those that training never sees.

    The pair of the running sentences is never trained on, in either order.

    Args:
        one: The language.
        kind: "mixed", pairs of two genders where there are two; "same",
            pairs of one gender.

    Returns:
        Two tables of noun numbers, (n_pairs, 2), to train and to test.
    """
    genders = [noun[2] for noun in one.nouns]
    differ = kind == "mixed" and len(one.pronouns) > 1
    names = [noun[0] for noun in one.nouns]
    running = {names.index(name) for name in one.pair}
    rng = torch.Generator().manual_seed(0)
    score = torch.rand(len(names), len(names), generator=rng).triu()
    kept: list[tuple[int, int]] = []
    apart: list[tuple[int, int]] = []
    for a, b in product(range(len(names)), repeat=2):
        if a != b and (genders[a] != genders[b]) == differ:
            drawn = (score + score.mT)[a, b] < HELD_OUT
            held = {a, b} == running or drawn
            (apart if held else kept).append((a, b))
    return torch.tensor(kept), torch.tensor(apart)


def every_sentence(
    one: Grammar, chosen: Tensor
) -> Iterator[tuple[list[str], int, int]]:
    """Every sentence that can be made of pairs of nouns.

    Args:
        one: The language.
        chosen: Pairs of nouns, (n_pairs, 2).

    Yields:
        Its tokens, the number of the noun that the pronoun stands for, and
        that noun's role: 0 sits, 1 is sat on.
    """
    for first, second in chosen.tolist():
        for verb, adjective, role in product(
            range(len(one.verbs)), range(len(one.sitter)), range(2)
        ):
            tokens = one.sentence(first, second, verb, adjective, role)
            yield tokens, (first, second)[role], role
