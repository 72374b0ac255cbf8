"""Whether the numbers of a result file are possible: a few, trained again.

A file in which runs, summaries and verdicts were shifted together agrees
with itself. It does not agree with training.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from random import Random
from statistics import fmean
from typing import Any

from qkv_explained.lab.experiment import SHARES, Experiment
from qkv_explained.lab.plan import Plan
from qkv_explained.lab.runner import measure
from qkv_explained.lab.stats import summary
from qkv_explained.lab.task import Start
from qkv_explained.lab.training import one_thread, train
from qkv_explained.lab.tuning import (
    FIRST_TUNING_SEED,
    Group,
    Runs,
    groups,
)

TOLERANCE = 0.05  # of a share
ROOM = 5  # standard errors
KIN = 6  # runs of one kind that decide when one differs


def drawn(plan: Plan, runs: Runs, each: int, seed: int) -> list[str]:
    """Runs to train again: reported ones of each task, drawn at random.

    Args:
        plan: What was trained.
        runs: Of the file.
        each: How many of each task.
        seed: Decides which.

    Returns:
        Names of runs of the usual length; longer ones cost too much, and
        tuning has too few seeds to tell chance from invention.
    """
    random = Random(seed)
    names: list[str] = []
    for task, _ in plan.tasks:
        mine = sorted(
            name for name in runs
            if name.startswith(f"{task.name} ")
            and f" steps={task.steps} " in name
            and int(name.rpartition("=")[2]) < FIRST_TUNING_SEED
        )
        names += random.sample(mine, each)
    return names


def impossible(
    experiment: Experiment,
    plan: Plan,
    content: Mapping[str, Any],
    names: Sequence[str],
) -> Iterator[str]:
    """Train runs again, and say what they cannot have measured.

    Training amplifies the last bit of a product, which another processor
    or version may give otherwise, so one run that differs proves nothing:
    then up to six of its kind (all but the seed alike) are trained again,
    and it counts what they say together. Chance moves them up and down;
    an invention moves them one way.

    Args:
        experiment: Whose file it is.
        plan: What was trained.
        content: Of the file; see `audit.flaws`.
        names: The runs; see `drawn`.

    Yields:
        Kept and new mean of each share (of answers, rows or attention)
        that differs by more than 0.05 and five standard errors of the
        difference.
    """
    runs = content["runs"]
    kinds = _kinds(plan, content["values"]["seeds"], runs)
    for name in names:
        kind = name.rpartition(" ")[0]
        all_seeds = kinds[kind]
        first = all_seeds.starts[all_seeds.names().index(name)]
        one = all_seeds._replace(starts=(first,))
        if not apart(experiment, one, runs):
            continue
        kin = [start for start in all_seeds.starts if start != first]
        some = one._replace(starts=(first, *kin[:KIN - 1]))
        for share, (kept, new) in apart(experiment, some, runs).items():
            yield (
                f"{kind}: {share} is {kept:.3f} over {len(some.starts)} "
                f"seeds, and {new:.3f} when they are trained again"
            )


def apart(
    experiment: Experiment, group: Group, runs: Runs
) -> dict[str, tuple[float, float]]:
    """Train a group again, and compare.

    Args:
        experiment: Says what is measured.
        group: The runs.
        runs: Of the file.

    Returns:
        Kept and new mean of each share whose difference is, but for five
        of its standard errors (a single run has none), over 0.05.
    """
    task, variant, steps, starts = group
    with one_thread():
        models = train(
            task, variant, starts[0][0]["lr"], steps,
            [Start(seed, setting) for setting, seed in starts],
        )
    again = [
        measure(experiment, task, variant, model, seed)
        for model, (_, seed) in zip(models, starts, strict=True)
    ]
    kept = [runs[name] for name in group.names()]
    found = {}
    for name in kept[0]:
        units = experiment.units
        unit = units.get(name) or units[name.partition("_")[2]]
        if unit not in SHARES:
            continue
        gaps = [
            old[name] - new[name]
            for old, new in zip(kept, again, strict=True)
        ]
        gap = summary(gaps, unit)
        if abs(gap["mean"]) - ROOM * (gap["se"] or 0) > TOLERANCE:
            found[name] = (
                fmean(old[name] for old in kept),
                fmean(new[name] for new in again),
            )
    return found


def _kinds(plan: Plan, seeds: int, runs: Runs) -> dict[str, Group]:
    """Runs that differ in their seed only, by the rest of their name."""
    found: dict[str, Group] = {}
    for group in groups(plan, seeds, runs):
        names = group.names()
        for name, start in zip(names, group.starts, strict=True):
            kind = name.rpartition(" ")[0]
            known = found.setdefault(kind, group._replace(starts=()))
            if start not in known.starts:
                starts = (*known.starts, start)
                found[kind] = known._replace(starts=starts)
    return found
