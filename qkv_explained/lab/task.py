"""A task with the model that learns it, and where a model begins."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from torch import Generator, Tensor

Batch = tuple[Tensor, Tensor]  # inputs, answers
Setting = Mapping[str, float]  # of what is tuned, such as lr and std
Weights = dict[str, Tensor]


@runtime_checkable
class Named(Protocol):
    """What is compared: anything with a name for the result file."""

    @property
    def name(self) -> str:
        """The name in result files; no spaces."""
        ...


@dataclass(frozen=True)
class Start:
    """Where a model begins.

    Attributes:
        seed: Decides the weights and the data.
        setting: What is tuned but for the learning rate, such as the
            standard deviation of the embeddings.
    """

    seed: int
    setting: Setting = field(default_factory=dict)


@dataclass(frozen=True)
class Task:
    """A task, the model that learns it, and what is measured.

    Variants are what an experiment compares; a task asks of them whatever
    its functions need.

    Attributes:
        name: The name in result files.
        steps: Training steps.
        batch: Sequences in a step.
        draw_weights: (variant, setting, generator) → weights.
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
    draw_weights: Callable[[Any, Setting, Generator], Weights]
    draw_batch: Callable[[int, Generator], Batch]
    forward: Callable[[Weights, Tensor, Any], tuple[Tensor, Tensor]]
    links: Callable[[Weights, Tensor, Tensor], dict[str, float]]
    facts: Mapping[str, float]
