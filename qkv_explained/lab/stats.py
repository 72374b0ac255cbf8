"""From one number per seed to mean, standard error and counts."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

SOLVED = 0.95  # a seed has solved its task from this accuracy on


def summary(values: Sequence[float], unit: str) -> dict[str, Any]:
    """Mean and standard error of one number per seed.

    ``se = s / √n``, s the standard deviation with n − 1

    Args:
        values: One finite number for each seed, at least one.
        unit: What the number counts, such as ``"share of answers"``.

    Returns:
        ``{"mean", "se", "n", "unit"}``; `se` is None for a single seed.

    Raises:
        ValueError: If there is no value, or one is not finite.

    Examples:
        >>> summary([0.0, 1.0], "share of rows")["se"]
        0.5
    """
    n = len(values)
    if n == 0 or not all(math.isfinite(value) for value in values):
        raise ValueError(
            f"values: got {list(values)}; give at least one finite number"
        )
    mean = math.fsum(values) / n
    se = None
    if n > 1:
        squares = math.fsum((value - mean) ** 2 for value in values)
        se = math.sqrt(squares / (n - 1) / n)
    return {"mean": mean, "se": se, "n": n, "unit": unit}


def sum_up(
    runs: Sequence[Mapping[str, float]], units: Mapping[str, str]
) -> dict[str, Any]:
    """Mean and standard error of each measure over runs of one kind.

    Where seeds split, a mean hides it: so the seeds that solved their task
    are counted too.

    Args:
        runs: What one run for each seed measured.
        units: The unit of each measure. A measure without one is that of a
            changed model, `change_measure`.

    Returns:
        The summaries by measure, those of changed models one level down,
        and `solved`, the number of seeds with an accuracy of 0.95 or more.

    Raises:
        ValueError: If the runs do not measure the same, or without a unit.

    Examples:
        >>> runs = [{"accuracy": 1.0}, {"accuracy": 0.5}]
        >>> sum_up(runs, {"accuracy": "share of answers"})["solved"]
        1
    """
    table: dict[str, Any] = {}
    for measure in runs[0]:
        place, key = table, measure
        if measure not in units:
            change, _, key = measure.partition("_")
            place = table.setdefault(change, {})
        if key not in units or any(measure not in run for run in runs):
            raise ValueError(
                f"{measure}: give it a unit in the experiment's `units`, "
                "and measure it in every run"
            )
        place[key] = summary([run[measure] for run in runs], units[key])
    table["solved"] = sum(run["accuracy"] >= SOLVED for run in runs)
    return table
