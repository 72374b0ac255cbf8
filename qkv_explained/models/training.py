"""How the sentence models are trained: many seeds at once, in one minute.

The loss is the cross-entropy of the right noun at the pronoun. Nothing in
it says where to look.
"""

from __future__ import annotations

import json
import math
import platform
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from torch import Generator, Tensor
from torch.func import vmap

from qkv_explained.models import grammar
from qkv_explained.models.sentence import SentenceModel, forward, plain

Weights = dict[str, Tensor]


@dataclass(frozen=True)
class Setting:
    """What is trained: a language, a size, and what each layer may see.

    Attributes:
        lang: The code of the language.
        sees: For each layer "both" sides, "left" (causal) or "right".
        positions: Whether places are told apart.
        pairs: "mixed" or "same"; see `grammar.pairs`.
        steps: Training steps.
        lr: The first learning rate of AdamW; it falls to 0 as a cosine.
        decay: Weight decay of AdamW.
        batch: Sentences in a step.
    """

    lang: str
    sees: tuple[str, ...] = ("both", "both")
    positions: bool = True
    pairs: str = "mixed"
    steps: int = 500
    lr: float = 1e-2
    decay: float = 0.1
    batch: int = 32

    @property
    def name(self) -> str:
        """The name in result files."""
        kind = self.lang if self.pairs == "mixed" else f"{self.lang}-same"
        places = "" if self.positions else "-unordered"
        return f"{kind}/{'-'.join(self.sees)}{places}"


@dataclass(frozen=True)
class Sizes:
    """The sizes of the models: all that differ, differ on purpose."""

    d_model: int = 32
    d_k: int = 4
    d_v: int = 6
    d_ff: int = 64
    heads: int = 1


@cache
def _words(lang: str) -> tuple[str, ...]:
    vocabulary = grammar.grammar(lang).vocabulary()
    return tuple(dict.fromkeys(map(plain, vocabulary)))


class Sentences(NamedTuple):
    """Sentences as numbers.

    Attributes:
        ids: Token numbers, (count, n).
        nouns: The nouns that the pronouns stand for, (count,).
        roles: Their roles, 0 sits and 1 is sat on, (count,).
    """

    ids: Tensor
    nouns: Tensor
    roles: Tensor

    def drawn(self, count: int, *, generator: Generator) -> Sentences:
        """Draw some, with replacement.

        Args:
            count: How many.
            generator: The random numbers to use.

        Returns:
            As many sentences, each column of length `count`.
        """
        rows = torch.randint(len(self.ids), (count,), generator=generator)
        return Sentences(*(column[rows] for column in self))


@cache
def sentences(lang: str, kind: str = "mixed", held: bool = False) -> Sentences:
    """Every sentence of a language, to train or, `held`, to test.

    Args:
        lang: The code of the language.
        kind: Of the pairs of nouns; see `grammar.pairs`.
        held: Whether to give those that training never sees.

    Returns:
        The sentences.
    """
    one = grammar.grammar(lang)
    number = {word: i for i, word in enumerate(_words(lang))}
    found = [
        ([number[plain(token)] for token in tokens], noun, role)
        for tokens, noun, role in grammar.every_sentence(
            one, grammar.pairs(one, kind)[held])
    ]
    return Sentences(*map(torch.tensor, zip(*found, strict=True)))


def places(lang: str) -> tuple[int, int, int]:
    """Where the sitter, the seat and the pronoun stand, from 0."""
    slots = grammar.grammar(lang).template.split()
    sitter, seat, pronoun = map(
        slots.index, ("{noun}", "{place}", "{pronoun}")
    )
    return sitter, seat, pronoun


def start(setting: Setting, generator: Generator) -> Weights:
    """The weights before the first step: N(0, 1 / rows), biases 0.

    Args:
        setting: What is trained.
        generator: The only source of chance.

    Returns:
        Every tensor by its name; see `SentenceModel`.
    """
    s, one = Sizes(), grammar.grammar(setting.lang)
    n = len(one.sentence(0, 1, 0, 0, 0))

    def normal(*shape: int, rows: int = s.d_model) -> Tensor:
        return torch.randn(shape, generator=generator) / math.sqrt(rows)

    weights = {
        "embedding": normal(len(_words(setting.lang)), s.d_model),
        "position": normal(n, s.d_model) * setting.positions,
    }
    for layer in range(len(setting.sees)):
        weights |= {
            f"{layer}.W_Q": normal(s.heads, s.d_model, s.d_k),
            f"{layer}.W_K": normal(s.heads, s.d_model, s.d_k),
            f"{layer}.W_V": normal(s.heads, s.d_model, s.d_v),
            f"{layer}.W_O": normal(s.heads, s.d_v, s.d_model, rows=s.d_v),
            f"{layer}.W_1": normal(s.d_model, s.d_ff),
            f"{layer}.b_1": torch.zeros(s.d_ff),
            f"{layer}.W_2": normal(s.d_ff, s.d_model, rows=s.d_ff),
        }
    return weights | {"unembedding": normal(s.d_model, len(one.nouns))}


def masks(setting: Setting, n: int) -> list[Tensor | None]:
    """What each layer may see, True = may attend.

    Args:
        setting: Says so for each layer.
        n: Tokens of a sentence.

    Returns:
        One mask for each layer, (n, n), or None where all may be seen.
    """
    square = torch.ones(n, n).bool()
    known = {"both": None, "left": square.tril(), "right": square.triu()}
    return [known[side] for side in setting.sees]


def train(
    setting: Setting,
    seeds: Sequence[int],
    tick: Callable[[int], Any] = lambda steps: None,
) -> list[Weights]:
    """Train one model for each seed, all in the same tensors.

    Args:
        setting: What is trained.
        seeds: One for each model: its start and its sentences.
        tick: Called with the number of steps just done.

    Returns:
        The trained weights of each model.
    """
    generators = [torch.Generator().manual_seed(seed) for seed in seeds]
    drawn = [start(setting, generator) for generator in generators]
    stacked = {name: torch.stack([one[name] for one in drawn])
               for name in drawn[0]}  # fmt: skip
    known = sentences(setting.lang, setting.pairs)
    pronoun = places(setting.lang)[2]
    seen = masks(setting, drawn[0]["position"].shape[0])

    def loss(weights: Weights, ids: Tensor, nouns: Tensor) -> Tensor:
        run = forward(weights, ids, seen, only=pronoun)
        return F.cross_entropy(run["logits"][:, 0], nouns)

    learned = [tensor.requires_grad_() for name, tensor in stacked.items()
               if setting.positions or name != "position"]  # fmt: skip
    optimizer = torch.optim.AdamW(
        learned, lr=setting.lr, weight_decay=setting.decay
    )
    for step in range(setting.steps):
        for group in optimizer.param_groups:
            turn = math.pi * step / setting.steps
            group["lr"] = setting.lr * (1 + math.cos(turn)) / 2
        batches = [known.drawn(setting.batch, generator=generator)
                   for generator in generators]  # fmt: skip
        ids, nouns, _ = map(torch.stack, zip(*batches, strict=True))
        optimizer.zero_grad()
        vmap(loss)(stacked, ids, nouns).sum().backward()
        optimizer.step()
        tick(1)
    return [{name: tensor[i].detach() for name, tensor in stacked.items()}
            for i in range(len(seeds))]  # fmt: skip


def measure(setting: Setting, weights: Weights) -> dict[str, float]:
    """What a trained model does on sentences whose two nouns it never met.

    Args:
        setting: What was trained.
        weights: The model.

    Returns:
        The accuracy, a share of one; and for each layer the mean attention
        weight from the pronoun to the noun that it stands for, to the other
        noun, and the share of sentences in which the right noun has the
        largest weight of the row.
    """
    ids, nouns, roles = sentences(setting.lang, setting.pairs, held=True)
    with torch.no_grad():
        run = forward(weights, ids, masks(setting, ids.shape[1]))
    sitter, seat, pronoun = places(setting.lang)
    right = run["logits"][:, pronoun].argmax(dim=-1) == nouns
    found = {"accuracy": right.double().mean().item()}
    referent = torch.where(roles == 0, sitter, seat)
    other = sitter + seat - referent
    for layer in range(len(setting.sees)):
        rows = run[f"{layer}.weights"][:, 0, pronoun]  # (batch, n)
        for name, place in (("noun", referent), ("other", other)):
            share = rows.gather(1, place[:, None]).double().mean()
            found[f"{layer}.{name}"] = share.item()
        top = rows.argmax(dim=-1) == referent
        found[f"{layer}.largest"] = top.double().mean().item()
    return found


def cut(setting: Setting, weights: Weights) -> dict[str, float]:
    """What is left of the accuracy when one look is forbidden.

    Args:
        setting: A setting of two layers that see both sides.
        weights: The trained model.

    Returns:
        The accuracy when, in layer 0, the pronoun may not look at the
        adjective ("pronoun") or the two nouns may not ("nouns"), and when,
        in layer 1, the pronoun may not look at the noun that it stands for
        ("noun") or at the other one ("other").
    """
    ids, nouns, roles = sentences(setting.lang, setting.pairs, held=True)
    count, n = ids.shape
    sitter, seat, pronoun = places(setting.lang)
    referent = torch.where(roles == 0, sitter, seat)
    slots = grammar.grammar(setting.lang).template.split()
    adjective = slots.index("{adjective}")
    adjectives = list(range(adjective, n - (len(slots) - 1 - adjective)))

    def accuracy(layer: int, rows: list[int], seen: Tensor) -> float:
        mask = torch.ones(count, 1, n, n).bool()  # (batch, 1, n, n)
        for row in rows:
            mask[torch.arange(count)[:, None], 0, row, seen] = False
        both = (None, mask) if layer else (mask, None)
        with torch.no_grad():
            logits = forward(weights, ids, both)["logits"][:, pronoun]
        return (logits.argmax(dim=-1) == nouns).double().mean().item()

    seen = torch.tensor([adjectives]).expand(count, -1)
    other = sitter + seat - referent
    return {
        "pronoun": accuracy(0, [pronoun], seen),
        "nouns": accuracy(0, [sitter, seat], seen),
        "noun": accuracy(1, [pronoun], referent[:, None]),
        "other": accuracy(1, [pronoun], other[:, None]),
    }


def model(setting: Setting, weights: Weights, seed: int) -> SentenceModel:
    """A trained model with its words and its recipe.

    Args:
        setting: What was trained.
        weights: The trained tensors.
        seed: The seed.

    Returns:
        The model.
    """
    one = grammar.grammar(setting.lang)
    recipe = {
        "command": "python -m qkv_explained sentence-model "
                   f"--lang {setting.lang} --seed {seed}",
        "seed": seed, "running": one.running,
        "setting": json.loads(json.dumps(asdict(setting))),
        "versions": {"python": platform.python_version(),
                     "torch": version("torch")},
    }  # fmt: skip
    return SentenceModel(
        setting.lang, weights, _words(setting.lang),
        [noun[0] for noun in one.nouns], [*map(plain, one.pronouns)], recipe,
    )
