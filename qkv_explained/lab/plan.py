"""What is trained: tasks, variants, the grid that is tuned over, seeds."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from qkv_explained.lab.task import Named, Setting, Task

Grid = Mapping[str, Sequence[float]]


@dataclass(frozen=True)
class Further:
    """What is also reported, of some variants only.

    Attributes:
        name: The name in the result file.
        variants: Names of the variants.
        longer: Factor on the training steps.
        only: What the setting must have; the best such one is taken.
    """

    name: str
    variants: tuple[str, ...]
    longer: int = 1
    only: Setting = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """How much is trained.

    Attributes:
        name: The name on the command line.
        tasks: The tasks, each with the grid that every variant is tuned
            over: the values to try by what is tuned, "lr" (the learning
            rate of Adam) among them.
        variants: What is compared.
        tuning_seeds: How many seeds the choice rests on.
        seeds: How many other seeds are reported, unless asked otherwise.
        further: What is also reported.
    """

    name: str
    tasks: tuple[tuple[Task, Grid], ...]
    variants: tuple[Named, ...]
    tuning_seeds: int
    seeds: int
    further: tuple[Further, ...] = ()

    def model_steps(self, seeds: int) -> int:
        """How many steps all models take together."""
        extra = sum(f.longer * len(f.variants) for f in self.further)
        return sum(
            task.steps * seeds * (len(self.variants) + extra)
            + task.steps * self.tuning_seeds * len(self.variants)
            * len(settings(grid))
            for task, grid in self.tasks
        )


def settings(grid: Grid) -> list[dict[str, float]]:
    """Every combination of what is tuned.

    Args:
        grid: The values to try, by what is tuned.

    Returns:
        The settings; the last name of the grid changes fastest.

    Examples:
        >>> settings({"lr": (0.1, 0.2), "std": (1.0,)})
        [{'lr': 0.1, 'std': 1.0}, {'lr': 0.2, 'std': 1.0}]
    """
    return [
        dict(zip(grid, values, strict=True))
        for values in itertools.product(*grid.values())
    ]


def settled(plan: Plan, protocol: int) -> dict[str, Any]:
    """The settings that a result file must share to be gone on with.

    Args:
        plan: What is trained.
        protocol: Of the experiment.

    Returns:
        Plain data, equal for equal plans.
    """
    return {
        "tasks": {
            task.name: {
                "steps": task.steps, "batch": task.batch,
                "grid": {name: list(tried) for name, tried in grid.items()},
            }
            for task, grid in plan.tasks
        },
        "variants": [variant.name for variant in plan.variants],
        "further": {
            more.name: {
                "variants": list(more.variants), "longer": more.longer,
                "only": dict(more.only),
            }
            for more in plan.further
        },
        "tuning_seeds": plan.tuning_seeds,
        "protocol": protocol,
    }
