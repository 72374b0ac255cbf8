"""What is measured on a trained model of a laboratory."""

from __future__ import annotations

from statistics import fmean

import torch
import torch.nn.functional as F
from torch import Generator

from qkv_explained.myths.lab import Lab
from qkv_explained.myths.variants import (
    Variant,
    Weights,
    swap_roles,
    symmetry,
    without_difference,
)

EXAM = 1000  # sequences in an examination


@torch.no_grad()
def measure(
    lab: Lab, variant: Variant, weights: Weights, seed: int
) -> dict[str, float]:
    """Examine a trained model on sequences it has not met.

    Args:
        lab: The task and the model.
        variant: How keys are made.
        weights: One trained model.
        seed: Of the examination; see `EXAM`.

    Returns:
        `accuracy` and `loss` (nats) and the numbers of `lab.links`; for
        Q ≠ K also the same with W_Q and W_K exchanged (`swapped_…`) and
        with their difference taken away (`evened_…`), and the mean
        `symmetry` of the heads.
    """
    inputs, answers = lab.draw_batch(EXAM, Generator().manual_seed(seed))
    found: dict[str, float] = {}
    for prefix, model in changed(variant, weights).items():
        logits, attention = lab.forward(model, inputs, variant)
        right = (logits.argmax(dim=-1) == answers).float().mean()
        nats = F.cross_entropy(logits.flatten(0, -2), answers.flatten())
        numbers = {"accuracy": float(right), "loss": float(nats)}
        numbers |= lab.links(model, attention, inputs)
        found |= {prefix + name: value for name, value in numbers.items()}
    heads = [name[3:] for name in weights if name.startswith("W_Q")]
    if not variant.shared:
        found["symmetry"] = fmean(
            symmetry(weights["W_Q" + head], weights["W_K" + head])
            for head in heads
        )
    return found


@torch.no_grad()
def portrait(
    lab: Lab, variant: Variant, weights: Weights, seed: int
) -> dict[str, list[list[float]]]:
    """The mean attention weights over an examination.

    Args:
        lab: The task and the model.
        variant: How keys are made.
        weights: One trained model.
        seed: Of the examination.

    Returns:
        Rows of weights, three digits, for the model as it is (`trained`)
        and, for Q ≠ K, `swapped` and `evened`.
    """
    inputs, _ = lab.draw_batch(EXAM, Generator().manual_seed(seed))
    maps = {}
    for prefix, model in changed(variant, weights).items():
        _, attention = lab.forward(model, inputs, variant)
        rows = attention.mean(dim=0).tolist()
        maps[prefix.rstrip("_") or "trained"] = [
            [round(weight, 3) for weight in row] for row in rows
        ]
    return maps


def changed(variant: Variant, weights: Weights) -> dict[str, Weights]:
    """A model as it is, and for Q ≠ K after each operation on W_Q, W_K.

    Args:
        variant: How the model makes its keys.
        weights: The trained model.

    Returns:
        Models by the prefix of their results: "" as it is, "swapped_" with
        W_Q and W_K exchanged, "evened_" without what tells them apart.
    """
    models = {"": weights}
    if not variant.shared:
        models["swapped_"] = swap_roles(weights)
        models["evened_"] = without_difference(weights)
    return models
