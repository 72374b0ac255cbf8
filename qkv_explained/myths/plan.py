"""What the experiment on Q = K trains: labs, sizes, names of runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from qkv_explained.myths.lab import Init, Lab
from qkv_explained.myths.lookup import couples, cycle, lookup_lab
from qkv_explained.myths.recall import recall_lab
from qkv_explained.myths.variants import VARIANTS, Variant

FIRST_TUNING_SEED = 10_000
FIRST_EXAM_SEED = 50_000
LONGER = ("separate", "shared")  # also trained on, past the usual steps
# Also reported with the largest embeddings only, at their best learning rate.
LARGE = ("separate", "shared", "shared_no_self")


class Setting(NamedTuple):
    """What is tuned: Adam's learning rate, and the embeddings' size."""

    lr: float
    std: float


@dataclass(frozen=True)
class Size:
    """How much is trained.

    Attributes:
        name: The name on the command line.
        labs: The labs, each with its learning rates to choose from.
        stds: Sizes of the embeddings to choose from.
        tuning_seeds: How many seeds the choice rests on.
        seeds: How many other seeds are reported, unless asked otherwise.
        longer: Factor on the steps for the training that goes on.
    """

    name: str
    labs: tuple[tuple[Lab, tuple[float, ...]], ...]
    stds: tuple[float, ...]
    tuning_seeds: int
    seeds: int
    longer: int

    def model_steps(self, seeds: int) -> int:
        """How many steps all models take together."""
        total = 0
        for lab, lrs in self.labs:
            tuned = len(lrs) * len(self.stds) * self.tuning_seeds
            total += lab.steps * len(VARIANTS) * (tuned + seeds)
            total += lab.steps * len(LONGER) * self.longer * seeds
            total += lab.steps * len(LARGE) * seeds
        return total


def sizes() -> dict[str, Size]:
    """The sizes that the command line knows: quick and full."""
    look, recall = (3e-3, 1e-2, 3e-2), (1e-3, 3e-3, 1e-2)
    full = Size(
        "full",
        (
            (lookup_lab("cycle", cycle(7), 800, 32), look),
            (lookup_lab("couples", couples(8), 800, 32), look),
            (recall_lab("recall", 8, 16, 500, 64), recall),
        ),
        stds=(0.1, 0.3, 1.0), tuning_seeds=2, seeds=10, longer=4,
    )
    quick = Size(
        "quick",
        (
            (lookup_lab("cycle", cycle(5), 100, 32), (3e-2,)),
            (lookup_lab("couples", couples(4), 100, 32), (3e-2,)),
            (recall_lab("recall", 2, 4, 200, 64), (3e-3,)),
        ),
        stds=(0.3, 1.0), tuning_seeds=1, seeds=3, longer=2,
    )
    return {size.name: size for size in (quick, full)}


def identity(plan: Size) -> dict[str, Any]:
    """What a result file must share with a plan to be gone on with.

    Args:
        plan: The size.

    Returns:
        Parts of the file, equal for equal experiments.
    """
    labs = {
        lab.name: {"steps": lab.steps, "batch": lab.batch, "lr": list(lrs)}
        for lab, lrs in plan.labs
    }
    settings = {
        "labs": labs,
        "std": list(plan.stds),
        "longer": plan.longer,
        "tuning_seeds": plan.tuning_seeds,
        "protocol": 1,  # to be raised when a lab's code changes its numbers
    }
    return {
        "experiment": "shared-qk", "size": plan.name, "settings": settings
    }


def run_name(
    lab: Lab, variant: Variant, steps: int, lr: float, start: Init
) -> str:
    """The name of one training run in the result file.

    Args:
        lab: The task.
        variant: How keys are made.
        steps: Training steps.
        lr: Learning rate.
        start: Size of the embeddings, and seed.

    Returns:
        A name without spaces but between its six parts.
    """
    return (
        f"{lab.name} {variant.name} steps={steps} lr={lr:g} "
        f"std={start.std:g} seed={start.seed}"
    )
