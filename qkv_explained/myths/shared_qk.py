"""The myth “the model works with Q = K”, measured.

Three labs (a directed cycle, couples, associative recall) and six ways of
making K. For each, the learning rate and the size of the embeddings are
tuned on one set of seeds, and the result is reported on another.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from qkv_explained.myths.plan import (
    FIRST_TUNING_SEED,
    Size,
    identity,
    sizes,
)
from qkv_explained.myths.report import report
from qkv_explained.myths.runner import Runner
from qkv_explained.myths.tables import collect
from qkv_explained.myths.verdicts import MARGIN, verdicts
from qkv_explained.runs import RunFile, versions

__all__ = ["report", "run"]


def run(
    size: str | Size = "quick",
    seeds: int | None = None,
    out: Path | None = None,
    progress: bool = True,
) -> dict[str, Any]:
    """Run the experiment, or go on with it, and write its result file.

    Args:
        size: "quick" (under a minute) or "full" (as published).
        seeds: How many seeds to report, at least 2; default: the size's.
        out: The result file; default: `shared-qk-<size>.json`, here.
        progress: Whether to show a progress bar.

    Returns:
        What the file holds: `values`, with the verdicts under `claims`,
        and every run.

    Raises:
        ValueError: If the size is unknown or there are too few seeds.
        qkv_explained.runs.ResultFileError: If `out` holds something else.
    """
    plan = sizes().get(size) if isinstance(size, str) else size
    if plan is None:
        raise ValueError(f"size: got {size!r}; choose quick or full")
    count = plan.seeds if seeds is None else seeds
    if not 2 <= count <= FIRST_TUNING_SEED:
        raise ValueError(
            f"seeds: got {count}; a standard error needs at least 2"
        )
    path = out or Path(f"shared-qk-{plan.name}.json")
    command = (
        f"python -m qkv_explained myth shared-qk --size {plan.name} "
        f"--seeds {count} --out {path.as_posix()}"
    )
    file = RunFile(path, identity(plan), command)
    total = plan.model_steps(count)
    with _one_thread(), tqdm(
        total=total, disable=not progress, unit="step", unit_scale=True
    ) as bar:
        runner = Runner(plan, count, file, bar.update, bar.set_description)
        chosen = runner.everything()
    values = collect(plan, count, file.content, chosen)
    values["margin"] = MARGIN
    values["claims"] = verdicts(values)
    file.save(values=values, versions=versions("torch"))
    return file.content


@contextmanager
def _one_thread() -> Iterator[None]:
    """Such small matrices are multiplied fastest by one thread."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
