"""Several seeds trained at once, in the same tensors."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import torch
import torch.nn.functional as F
from torch import Generator, Tensor
from torch.func import vmap

from qkv_explained.lab.task import Named, Start, Task, Weights


def train(
    task: Task,
    variant: Named,
    lr: float,
    steps: int,
    starts: Sequence[Start],
    tick: Callable[[int], Any] = lambda steps: None,
) -> list[Weights]:
    """Train one model from each start, all of them in the same tensors.

    The models are stacked along a leading axis. Their losses are added up,
    so none sees another's gradient, and Adam works on each number alone:
    each model trains as it would by itself. Clipping the gradient's norm
    would couple them.

    Args:
        task: The task and the model.
        variant: What is compared, such as a way of making keys.
        lr: Learning rate of Adam.
        steps: Training steps.
        starts: One model each.
        tick: Called with the number of model-steps just done.

    Returns:
        The trained weights, one dictionary for each start.
    """
    generators = [Generator().manual_seed(start.seed) for start in starts]
    drawn = [
        task.draw_weights(variant, start.setting, generator)
        for start, generator in zip(starts, generators, strict=True)
    ]
    stacked = {
        name: torch.stack([weights[name] for weights in drawn])
        for name in drawn[0]
    }  # (n_models, *shape)

    def loss(weights: Weights, inputs: Tensor, answers: Tensor) -> Tensor:
        logits, _ = task.forward(weights, inputs, variant)
        return F.cross_entropy(logits.flatten(0, -2), answers.flatten())

    optimizer = torch.optim.Adam(
        [tensor.requires_grad_() for tensor in stacked.values()], lr=lr
    )
    for _ in range(steps):
        batches = [task.draw_batch(task.batch, g) for g in generators]
        inputs, answers = map(torch.stack, zip(*batches, strict=True))
        optimizer.zero_grad()
        vmap(loss)(stacked, inputs, answers).sum().backward()
        optimizer.step()
        tick(len(starts))
    return [
        {name: tensor[m].detach() for name, tensor in stacked.items()}
        for m in range(len(starts))
    ]


@contextmanager
def one_thread() -> Iterator[None]:
    """Such small matrices are multiplied fastest by one thread."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
