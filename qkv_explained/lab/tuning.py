"""Which runs a plan asks for, and the setting that tuning chooses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from qkv_explained.lab.plan import Grid, Plan, settings
from qkv_explained.lab.task import Named, Setting, Task

FIRST_TUNING_SEED = 10_000

Runs = Mapping[str, Mapping[str, float]]


class Group(NamedTuple):
    """Runs that are trained together: they differ in their starts only."""

    task: Task
    variant: Named
    steps: int
    starts: tuple[tuple[Setting, int], ...]  # one lr; seeds

    def names(self) -> list[str]:
        """The names of its runs, in order."""
        return [
            run_name(self.task, self.variant, self.steps, setting, seed)
            for setting, seed in self.starts
        ]


def run_name(
    task: Task, variant: Named, steps: int, setting: Setting, seed: int
) -> str:
    """The name of one training run in the result file.

    Args:
        task: The task.
        variant: What is compared.
        steps: Training steps.
        setting: What was tuned.
        seed: Of the weights and the data.

    Returns:
        Task, variant, steps, setting and seed, with a space between.
    """
    tuned = " ".join(f"{name}={value:g}" for name, value in setting.items())
    return f"{task.name} {variant.name} steps={steps} {tuned} seed={seed}"


def tuning_seeds(plan: Plan) -> range:
    """The seeds that tuning rests on; they are never reported."""
    return range(FIRST_TUNING_SEED, FIRST_TUNING_SEED + plan.tuning_seeds)


def tuned(
    plan: Plan, task: Task, grid: Grid, variant: Named, runs: Runs,
    only: Setting,
) -> Setting:
    """The best setting by the seeds of tuning.

    Args:
        plan: What is trained.
        task: The task.
        grid: The values that were tried.
        variant: What is compared.
        runs: What each run measured, by its name.
        only: What the setting must have.

    Returns:
        The one with the largest sum of accuracies and, where that is
        equal, the smallest sum of losses (nats).
    """

    def merit(setting: Setting) -> tuple[float, float]:
        found = [
            runs[run_name(task, variant, task.steps, setting, seed)]
            for seed in tuning_seeds(plan)
        ]
        return (
            sum(numbers["accuracy"] for numbers in found),
            -sum(numbers["loss"] for numbers in found),
        )

    tried = (s for s in settings(grid) if only.items() <= s.items())
    return max(tried, key=merit)


def reported(
    plan: Plan, task: Task, grid: Grid, variant: Named, runs: Runs
) -> dict[str, tuple[int, Setting]]:
    """What is reported of a variant in a task.

    Args:
        plan: What is trained.
        task: The task.
        grid: The values that were tried.
        variant: What is compared.
        runs: What each run measured; those of tuning must be there.

    Returns:
        Training steps and setting: under "" the tuned one, and under its
        name each of `plan.further` that asks for this variant.
    """
    found = {
        "": (task.steps, tuned(plan, task, grid, variant, runs, {}))
    }
    for more in plan.further:
        if variant.name in more.variants:
            setting = tuned(plan, task, grid, variant, runs, more.only)
            found[more.name] = task.steps * more.longer, setting
    return found


def groups(plan: Plan, seeds: int, runs: Runs) -> Iterator[Group]:
    """All that has to be trained, tuning before what depends on it.

    Args:
        plan: What is trained.
        seeds: How many seeds are reported.
        runs: What each run measured. Those of a group must be there when
            the next group is asked for.

    Yields:
        Runs to train together.
    """
    for task, grid in plan.tasks:
        for variant in plan.variants:
            tried = settings(grid)
            for lr in grid["lr"]:
                yield Group(task, variant, task.steps, tuple(
                    (setting, seed) for setting in tried
                    if setting["lr"] == lr for seed in tuning_seeds(plan)
                ))
            chosen = reported(plan, task, grid, variant, runs)
            for steps, setting in chosen.values():
                starts = tuple((setting, seed) for seed in range(seeds))
                yield Group(task, variant, steps, starts)
