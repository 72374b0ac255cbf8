"""What is measured on a trained model, and on what is made of it."""

from __future__ import annotations

from collections.abc import Mapping

import torch
import torch.nn.functional as F
from torch import Generator

from qkv_explained.lab.task import Named, Task, Weights

EXAM = 1000  # sequences in an examination
FIRST_EXAM_SEED = 50_000

Models = Mapping[str, Weights]  # by the prefix of their results


@torch.no_grad()
def examine(
    task: Task, variant: Named, models: Models, seed: int
) -> dict[str, float]:
    """Examine models on sequences that they have not met.

    Args:
        task: The task and the model.
        variant: What is compared.
        models: The trained model under "", and what was made of it under a
            prefix such as "swapped_".
        seed: Of the examination; see `EXAM`.

    Returns:
        `accuracy` (share of answers), `loss` (nats) and the numbers of
        `task.links`, each with the prefix of its model.
    """
    inputs, answers = task.draw_batch(EXAM, Generator().manual_seed(seed))
    found: dict[str, float] = {}
    for prefix, model in models.items():
        logits, attention = task.forward(model, inputs, variant)
        right = (logits.argmax(dim=-1) == answers).float().mean()
        nats = F.cross_entropy(logits.flatten(0, -2), answers.flatten())
        numbers = {"accuracy": float(right), "loss": float(nats)}
        numbers |= task.links(model, attention, inputs)
        found |= {prefix + name: value for name, value in numbers.items()}
    return found


@torch.no_grad()
def portrait(
    task: Task, variant: Named, models: Models, seed: int
) -> dict[str, list[list[float]]]:
    """The mean attention weights over an examination.

    Args:
        task: The task and the model.
        variant: What is compared.
        models: As in `examine`.
        seed: Of the examination.

    Returns:
        Rows of weights, three digits: under `trained` for the model as it
        is, under their names for the others.
    """
    inputs, _ = task.draw_batch(EXAM, Generator().manual_seed(seed))
    maps = {}
    for prefix, model in models.items():
        _, attention = task.forward(model, inputs, variant)
        rows = attention.mean(dim=0).tolist()
        maps[prefix.rstrip("_") or "trained"] = [
            [round(weight, 3) for weight in row] for row in rows
        ]
    return maps
