"""The numbers that pages quote, from the runs of a result file."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import fmean
from typing import Any

from qkv_explained.lab.plan import Grid, Plan, settings
from qkv_explained.lab.stats import sum_up
from qkv_explained.lab.task import Named, Task
from qkv_explained.lab.tuning import Runs, reported, run_name, tuning_seeds


def collect(
    plan: Plan,
    seeds: int,
    content: Mapping[str, Any],
    units: Mapping[str, str],
) -> dict[str, Any]:
    """Sum up every variant in every task.

    Args:
        plan: What was trained.
        seeds: How many seeds are reported.
        content: Of the result file.
        units: The unit of each measure.

    Returns:
        Numbers, and ``{"mean", "se", "n", "unit"}`` where seeds differ, by
        task, variant and measure. Under their names what was also reported
        (`Further`) and changed models; under `by_std` (and so on for all
        that is tuned but the learning rate) what tuning found with each
        value.
    """
    longer = {f.name: f.longer for f in plan.further if f.longer > 1}
    values: dict[str, Any] = {
        "seeds": seeds,
        "tuning_seeds": plan.tuning_seeds,
        **longer,
        "minutes": content["duration_s"] / 60,
        "models": len(content["runs"]),
    }
    for task, grid in plan.tasks:
        table: dict[str, Any] = {
            "steps": task.steps,
            **{f"{k}_steps": task.steps * n for k, n in longer.items()},
            "settings_tried": len(settings(grid)),
            **task.facts,
        }
        for variant in plan.variants:
            runs = content["runs"]
            row = rows(plan, task, grid, variant, seeds, runs, units)
            row |= by_value(plan, task, grid, variant, runs)
            table[variant.name] = row
        values[task.name] = table
    return values


def rows(
    plan: Plan, task: Task, grid: Grid, variant: Named, seeds: int,
    runs: Runs, units: Mapping[str, str],
) -> dict[str, Any]:
    """Sum up one variant in one task: tuned, and what is also reported.

    Args:
        plan: What was trained.
        task: The task.
        grid: The values that were tried.
        variant: What is compared.
        seeds: How many seeds are reported.
        runs: What each run measured, by its name.
        units: The unit of each measure.

    Returns:
        The setting and, for every number, mean and standard error.
    """
    row: dict[str, Any] = {}
    chosen = reported(plan, task, grid, variant, runs)
    for name, (steps, setting) in chosen.items():
        found = [
            runs[run_name(task, variant, steps, setting, seed)]
            for seed in range(seeds)
        ]
        part = dict(setting) | sum_up(found, units)
        row |= {name: part} if name else part
    return row


def by_value(
    plan: Plan, task: Task, grid: Grid, variant: Named, runs: Runs
) -> dict[str, list[float]]:
    """What tuning found with each value, the rest at its best.

    Args:
        plan: What was trained.
        task: The task.
        grid: The values that were tried.
        variant: What is compared.
        runs: What each run measured, by its name.

    Returns:
        For all that is tuned but the learning rate, under `by_` and its
        name: for each value the largest mean accuracy (share of answers,
        over the seeds of tuning) of a setting that has it.
    """

    def accuracy(setting: Mapping[str, float]) -> float:
        return fmean(
            runs[run_name(task, variant, task.steps, setting, seed)][
                "accuracy"
            ]
            for seed in tuning_seeds(plan)
        )

    return {
        f"by_{name}": [
            max(accuracy(s) for s in settings(grid) if s[name] == value)
            for value in tried
        ]
        for name, tried in grid.items()
        if name != "lr"
    }
