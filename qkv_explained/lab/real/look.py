"""What each head of a real model does on a text: `look`, said and drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor

from qkv_explained._console import say
from qkv_explained.lab import real
from qkv_explained.lab.real import heat_map
from qkv_explained.languages import Lang, words

PREVIOUS, SELF, NEXT = -1, 0, 1
FEWEST = 3
ROLES = ("previous", "first", "self", "next")


class Refused(Exception):
    """Something asked for cannot be done.

    Attributes:
        key: The message's key in a language's words, under [look].
        values: What is put into the message.
    """

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key, self.values = key, values


@dataclass(frozen=True)
class Head:
    """What one head does on one text.

    Attributes:
        layer: From 0.
        number: In its layer, from 0.
        shares: By role, the mean weight of the queries that have such a key:
            the token before, the first token, itself, the next token.
        target: The key with the largest weight of the chosen query.
        weight: That weight.
    """

    layer: int
    number: int
    shares: dict[str, float]
    target: int
    weight: float


# --8<-- [start:offset]
def at_offset(weights: Tensor, offset: int) -> Tensor:
    """The mean weight of key i + offset for query i, where there is one.

    Args:
        weights: Shape (..., n, n).
        offset: -1 for the token before, 0 for itself, 1 for the next.

    Returns:
        Shape (...).

    Example:
        >>> import torch
        >>> at_offset(torch.tensor([[1.0, 0.0], [0.75, 0.25]]), -1)
        tensor(0.7500)
    """
    return weights.diagonal(offset, -2, -1).mean(dim=-1)
# --8<-- [end:offset]


def heads(run: real.Run, query: int) -> Iterator[Head]:
    """All heads of a run.

    Args:
        run: A run of a real model.
        query: The query whose largest weight is told, counted from 0.

    Yields:
        What each head does, layer by layer.
    """
    layer = 0
    while f"{layer}.weights" in run:
        weights = run[f"{layer}.weights"]  # (n_heads, n, n)
        by_role = {
            "previous": at_offset(weights, PREVIOUS),
            "first": weights[:, 1:, 0].mean(dim=-1),
            "self": at_offset(weights[:, 1:, 1:], SELF),
            "next": at_offset(weights, NEXT),
        }
        most, where = weights[:, query].max(dim=-1)
        for number in range(len(weights)):
            shares = {role: float(x[number]) for role, x in by_role.items()}
            yield Head(layer, number, shares, int(where[number]),
                       most[number].item())  # fmt: skip
        layer += 1


def choose(tokens: list[str], wanted: str | None, last: int) -> int:
    """The query that is asked for.

    Args:
        tokens: The text's tokens.
        wanted: A token (its last occurrence), or its place from 0.
        last: What is taken if nothing is asked for.

    Returns:
        Its place, from 0.

    Raises:
        Refused: If there is no such token.
    """
    if wanted is None:
        return last
    plain = [token.strip().lower() for token in tokens]
    if wanted.strip().lower() in plain:
        return len(plain) - 1 - plain[::-1].index(wanted.strip().lower())
    if wanted.isdecimal() and int(wanted) < len(tokens):
        return int(wanted)
    known = " ".join(map(_shown, tokens))
    raise Refused("no_token", token=wanted, tokens=known)


def look(
    lang: Lang, text: str, model: str = "smollm2", token: str | None = None,
    out: Path | None = None,
) -> list[Head]:  # fmt: skip
    """Say what each head does on a text; draw the clearest on request.

    Args:
        lang: The language of what is said.
        text: The text.
        model: See `real.load`.
        token: See `choose`.
        out: An SVG file to write; never one that is there already.

    Returns:
        All heads.

    Raises:
        Refused: If something cannot be done.
        real.MissingModel: If the model is not here.
    """
    if out is not None and out.exists():
        raise Refused("exists", path=out)
    loaded = real.load(model)
    n = len(loaded.tokenizer.encode(text).ids)
    if not FEWEST <= n <= loaded.n_max:
        raise Refused("size", fewest=FEWEST, most=loaded.n_max,
                      model=loaded.name)  # fmt: skip
    run = loaded(text)
    # An encoder closes a text with a token of its own, [SEP].
    query = choose(run.tokens, token, n - 1 if loaded.causal else n - 2)
    found = list(heads(run, query))
    roles = [one for one in ROLES if one != "next" or not loaded.causal]
    said = words(lang)["look"]
    say(said["intro"].format(
        model=loaded.name, count=n, layers=loaded.n_layers,
        heads=loaded.n_heads))
    say(" ".join(f"{i}:{_shown(one)}" for i, one in enumerate(run.tokens)))
    say(said["columns"].format(roles=", ".join(said[one] for one in roles),
                               token=_shown(run.tokens[query])))  # fmt: skip
    for head in found:
        shares = "".join(f"{head.shares[role]:7.2f}" for role in roles)
        target = _shown(run.tokens[head.target])
        say(f"{head.layer:3}.{head.number:<2}{shares}   "
            f"{head.target}:{target} {head.weight:.2f}")
    say(said["clearest"])
    best = {role: max(found, key=lambda one: one.shares[role])
            for role in roles}  # fmt: skip
    for role, head in best.items():
        say(f"{head.layer:3}.{head.number:<2} {head.shares[role]:.2f}  "
            f"{said[role]}")
    if out is not None:
        _draw(run, best, said, out)
        say(said["written"].format(path=out))
    return found


def _draw(
    run: real.Run, best: dict[str, Head], said: dict[str, str], out: Path
) -> None:
    """Write the clearest heads into a file that is not there yet."""
    maps = [
        (said["map"].format(layer=one.layer, head=one.number, role=said[role]),
         run[f"{one.layer}.weights"][one.number].tolist())
        for role, one in best.items()
    ]  # fmt: skip
    drawn = heat_map.svg(maps, [_shown(token) for token in run.tokens])
    try:
        with out.open("x", encoding="utf-8") as stream:
            stream.write(drawn)
    except FileExistsError:
        raise Refused("exists", path=out) from None
    except OSError as error:
        raise Refused("not_written", path=out, why=error.strerror) from None


def _shown(token: str) -> str:
    """A token in one line, without the space before it."""
    return token.strip() or repr(token)[1:-1].replace(" ", "␣")
