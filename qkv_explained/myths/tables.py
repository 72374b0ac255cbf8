"""The numbers that pages quote, from the runs of a result file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean
from typing import Any

from qkv_explained.myths.lab import Init, Lab
from qkv_explained.myths.plan import (
    FIRST_TUNING_SEED,
    LARGE,
    LONGER,
    Setting,
    Size,
    run_name,
)
from qkv_explained.myths.variants import VARIANTS, Variant
from qkv_explained.runs import summary

Runs = Mapping[str, Mapping[str, float]]

UNITS = {
    "accuracy": "share of answers",
    "loss": "nats",
    "rows_right": "share of rows",
    "most_rows_right": "rows",
    "needed": "attention weight",
    "reverse": "attention weight",
    "own": "attention weight",
    "lift": "logits",
    "symmetry": "score from −1 to 1",
}
SOLVED = 0.95  # a seed has solved its task from this accuracy on


def collect(
    plan: Size,
    seeds: int,
    content: Mapping[str, Any],
    chosen: Mapping[str, Setting],
) -> dict[str, Any]:
    """Sum up every variant in every lab.

    Args:
        plan: What was trained.
        seeds: How many seeds are reported.
        content: Of the result file.
        chosen: The tuned settings; see `Runner.everything`.

    Returns:
        Numbers, and ``{"mean", "se", "n", "unit"}`` where seeds differ, by
        lab, variant and measure. Under `swapped` and `evened` the same for
        Q ≠ K after an operation (see `exam.measure`), under `longer` after
        more steps, under `large` with the largest embeddings; `by_std` is
        what tuning found with each size of the embeddings.
    """
    values: dict[str, Any] = {
        "seeds": seeds,
        "tuning_seeds": plan.tuning_seeds,
        "stds": len(plan.stds),
        "longer": plan.longer,
        "minutes": content["duration_s"] / 60,
        "models": len(content["runs"]),
    }
    for lab, lrs in plan.labs:
        table: dict[str, Any] = {
            "steps": lab.steps,
            "longer_steps": lab.steps * plan.longer,
            "settings_tried": len(lrs) * len(plan.stds),
            **lab.facts,
        }
        for variant in VARIANTS:
            row = rows(plan, lab, variant, seeds, content["runs"], chosen)
            row["by_std"] = [
                best_at(plan, lab, variant, lrs, std, content["runs"])
                for std in plan.stds
            ]
            table[variant.name] = row
        values[lab.name] = table
    return values


def rows(
    plan: Size, lab: Lab, variant: Variant, seeds: int, runs: Runs,
    chosen: Mapping[str, Setting],
) -> dict[str, Any]:
    """Sum up one variant in one lab: tuned, and with `longer`, `large`.

    Args:
        plan: The size of the experiment.
        lab: The task.
        variant: How the model makes its keys.
        seeds: How many seeds are reported.
        runs: What each run measured, by its name.
        chosen: The tuned setting of each lab and variant.

    Returns:
        The setting and, for every number, mean and standard error.
    """

    def at(setting: Setting, steps: int) -> dict[str, Any]:
        names = [
            run_name(lab, variant, steps, setting.lr,
                     Init(setting.std, seed))
            for seed in range(seeds)
        ]
        return setting._asdict() | sum_up(runs, names)

    best = chosen[f"{lab.name} {variant.name}"]
    row = at(best, lab.steps)
    if variant.name in LONGER:
        row["longer"] = at(best, lab.steps * plan.longer)
    if variant.name in LARGE:
        large = chosen[f"{lab.name} {variant.name} large"]
        row["large"] = at(large, lab.steps)
    return row


def best_at(
    plan: Size, lab: Lab, variant: Variant, lrs: Sequence[float],
    std: float, runs: Runs,
) -> float:
    """Mean accuracy in tuning, with one std and its best learning rate.

    Args:
        plan: The size of the experiment.
        lab: The task.
        variant: How the model makes its keys.
        lrs: The learning rates that were tried.
        std: The spread of the first weights.
        runs: What each run measured, by its name.

    Returns:
        A share of answers, averaged over the seeds of tuning.
    """
    first = FIRST_TUNING_SEED
    return max(
        fmean(
            runs[run_name(lab, variant, lab.steps, lr, Init(std, seed))][
                "accuracy"
            ]
            for seed in range(first, first + plan.tuning_seeds)
        )
        for lr in lrs
    )


def sum_up(runs: Runs, names: list[str]) -> dict[str, Any]:
    """Mean and standard error of each measure over runs of one kind.

    Args:
        runs: Of a result file.
        names: One run for each seed.

    Returns:
        The summaries by measure, those of changed models one level down,
        and `solved`, the number of seeds with an accuracy of 0.95 or more.
    """
    table: dict[str, Any] = {}
    for measure in runs[names[0]]:
        values = [runs[name][measure] for name in names]
        place, key = table, measure
        for change in ("swapped", "evened"):
            if measure.startswith(f"{change}_"):
                key = measure.removeprefix(f"{change}_")
                place = table.setdefault(change, {})
        place[key] = summary(values, UNITS[key])
    table["solved"] = sum(
        runs[name]["accuracy"] >= SOLVED for name in names
    )
    return table
