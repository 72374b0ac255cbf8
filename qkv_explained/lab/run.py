"""One experiment from its plan to its result file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tqdm import tqdm

from qkv_explained.lab.experiment import Experiment
from qkv_explained.lab.plan import Plan
from qkv_explained.lab.runner import complete
from qkv_explained.lab.runs import RunFile, versions
from qkv_explained.lab.tables import collect
from qkv_explained.lab.training import one_thread
from qkv_explained.lab.tuning import FIRST_TUNING_SEED, groups
from qkv_explained.lab.verdicts import MARGIN


def run(
    experiment: Experiment,
    size: str | Plan = "quick",
    seeds: int | None = None,
    out: Path | None = None,
    progress: bool = True,
) -> dict[str, Any]:
    """Run an experiment, or go on with it, and write its result file.

    Args:
        experiment: What is trained, measured and judged.
        size: The name of one of its plans, or a plan.
        seeds: How many seeds to report, at least 2; default: the plan's.
        out: The result file; default: `<name>-<size>.json`, here.
        progress: Whether to show a progress bar.

    Returns:
        What the file holds: `values`, with the verdicts under `claims`,
        and every run.

    Raises:
        ValueError: If the size is unknown or there are too few seeds.
        qkv_explained.lab.runs.ResultFileError: If `out` holds something
            else.
    """
    plan = experiment.plans.get(size) if isinstance(size, str) else size
    if plan is None:
        names = " or ".join(experiment.plans)
        raise ValueError(f"size: got {size!r}; choose {names}")
    count = plan.seeds if seeds is None else seeds
    if not 2 <= count <= FIRST_TUNING_SEED:
        raise ValueError(
            f"seeds: got {count}; a standard error needs at least 2"
        )
    path = out or Path(f"{experiment.name}-{plan.name}.json")
    command = f"{experiment.command(plan, count)} --out {path.as_posix()}"
    file = RunFile(path, experiment.identity(plan), command)
    with one_thread(), tqdm(
        total=plan.model_steps(count), disable=not progress, unit="step",
        unit_scale=True,
    ) as bar:
        for group in groups(plan, count, file.runs):
            bar.set_description(f"{group.task.name} {group.variant.name}")
            complete(experiment, group, file, bar.update)
    values = summed_up(experiment, plan, count, file.content)
    file.save(values=values, versions=versions(*experiment.packages))
    return file.content


def summed_up(
    experiment: Experiment,
    plan: Plan,
    seeds: int,
    content: Mapping[str, Any],
) -> dict[str, Any]:
    """What a page quotes: summaries, and the verdicts under `claims`.

    Args:
        experiment: Whose file it is.
        plan: What was trained.
        seeds: How many seeds are reported.
        content: Of the result file.

    Returns:
        The file's `values`, from its runs alone.
    """
    values = collect(plan, seeds, content, experiment.units)
    values["margin"] = MARGIN
    values["claims"] = experiment.judge(values)
    return values
