"""Trains and examines what a result file does not hold yet."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from qkv_explained.lab.exam import FIRST_EXAM_SEED, examine, portrait
from qkv_explained.lab.experiment import Experiment
from qkv_explained.lab.runs import RunFile
from qkv_explained.lab.task import Named, Start, Task, Weights
from qkv_explained.lab.training import train
from qkv_explained.lab.tuning import Group


def complete(
    experiment: Experiment, group: Group, file: RunFile,
    tick: Callable[[int], Any],
) -> None:
    """Train those runs of a group that the file lacks, and keep them.

    Args:
        experiment: Says what is measured.
        group: The runs.
        file: Where finished runs are kept.
        tick: Called with the number of model-steps just done.
    """
    task, variant, steps, _ = group
    missing = [
        (name, Start(seed, setting), setting["lr"])
        for name, (setting, seed) in zip(
            group.names(), group.starts, strict=True
        )
        if name not in file.runs
    ]
    tick(steps * (len(group.starts) - len(missing)))
    if not missing:
        return
    begun = time.perf_counter()
    starts, lr = [start for _, start, _ in missing], missing[0][2]
    models = train(task, variant, lr, steps, starts, tick)
    measured = {}
    for (name, start, _), model in zip(missing, models, strict=True):
        measured[name] = measure(experiment, task, variant, model, start.seed)
        if (task.name, start.seed, steps) == (
            experiment.portrayed, 0, task.steps
        ):
            maps = file.content.setdefault("maps", {})
            maps[variant.name] = portrait(
                task, variant, experiment.models(variant, model),
                FIRST_EXAM_SEED + start.seed,
            )
    file.record(measured, time.perf_counter() - begun)


def measure(
    experiment: Experiment, task: Task, variant: Named, model: Weights,
    seed: int,
) -> dict[str, float]:
    """Examine one trained model.

    Args:
        experiment: Says what is measured.
        task: The task.
        variant: What is compared.
        model: The trained weights.
        seed: That it was trained from; decides the examination too.

    Returns:
        What the result file keeps. Six digits are more than a thousand
        sequences can tell.
    """
    models = experiment.models(variant, model)
    found = examine(task, variant, models, FIRST_EXAM_SEED + seed)
    found |= experiment.about(variant, model)
    return {name: float(f"{value:.6g}") for name, value in found.items()}
