"""A laboratory: a task with its model, and several seeds trained at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Generator, Tensor
from torch.func import vmap

from qkv_explained.myths.variants import Variant, Weights

Batch = tuple[Tensor, Tensor]  # inputs, answers


@dataclass(frozen=True)
class Lab:
    """A task, the model that learns it, and what is measured.

    Attributes:
        name: The name in result files.
        steps: Training steps.
        batch: Sequences in a step.
        draw_weights: (variant, std of the embeddings, generator) → weights.
        draw_batch: (how many, generator) → inputs and answers.
        forward: (weights, inputs, variant) → logits of the answers and the
            attention weights of the last layer.
        links: (weights, attention weights, inputs) → numbers about which
            token attends to which; see each task.
        facts: Numbers of the task that pages quote.
    """

    name: str
    steps: int
    batch: int
    draw_weights: Callable[[Variant, float, Generator], Weights]
    draw_batch: Callable[[int, Generator], Batch]
    forward: Callable[[Weights, Tensor, Variant], tuple[Tensor, Tensor]]
    links: Callable[[Weights, Tensor, Tensor], dict[str, float]]
    facts: Mapping[str, float]


@dataclass(frozen=True)
class Init:
    """Where a model begins.

    Attributes:
        std: Standard deviation of the embeddings.
        seed: Decides the weights and the data.
    """

    std: float
    seed: int


def train(
    lab: Lab,
    variant: Variant,
    lr: float,
    steps: int,
    starts: Sequence[Init],
    tick: Callable[[int], Any] = lambda steps: None,
) -> list[Weights]:
    """Train one model from each start, all of them in the same tensors.

    The models are stacked along a leading axis. Their losses are added up,
    so none sees another's gradient, and Adam works on each number alone:
    each model trains as it would by itself. Clipping the gradient's norm
    would couple them.

    Args:
        lab: The task and the model.
        variant: How keys are made.
        lr: Learning rate of Adam.
        steps: Training steps.
        starts: One model each.
        tick: Called with the number of model-steps just done.

    Returns:
        The trained weights, one dictionary for each start.
    """
    generators = [Generator().manual_seed(start.seed) for start in starts]
    drawn = [
        lab.draw_weights(variant, start.std, generator)
        for start, generator in zip(starts, generators, strict=True)
    ]
    stacked = {
        name: torch.stack([weights[name] for weights in drawn])
        for name in drawn[0]
    }  # (n_models, *shape)

    def loss(weights: Weights, inputs: Tensor, answers: Tensor) -> Tensor:
        logits, _ = lab.forward(weights, inputs, variant)
        return F.cross_entropy(logits.flatten(0, -2), answers.flatten())

    optimizer = torch.optim.Adam(
        [tensor.requires_grad_() for tensor in stacked.values()], lr=lr
    )
    for _ in range(steps):
        batches = [lab.draw_batch(lab.batch, g) for g in generators]
        inputs, answers = map(torch.stack, zip(*batches, strict=True))
        optimizer.zero_grad()
        vmap(loss)(stacked, inputs, answers).sum().backward()
        optimizer.step()
        tick(len(starts))
    return [
        {name: tensor[m].detach() for name, tensor in stacked.items()}
        for m in range(len(starts))
    ]
