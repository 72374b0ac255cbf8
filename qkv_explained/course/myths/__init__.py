"""Popular claims, each with the experiment that settles it.

An experiment is found by its place: the folder of a myth has a module
`experiment` with an `EXPERIMENT`.
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qkv_explained.languages import PIVOT, Lang, words

if TYPE_CHECKING:
    from qkv_explained.lab.experiment import Experiment

FOLDER = Path(__file__).resolve().parent


def experiments() -> tuple[str, ...]:
    """The ids of all myths with an experiment; needs no torch."""
    return tuple(sorted(
        path.parent.name.replace("_", "-")
        for path in FOLDER.glob("*/experiment.py")
    ))


def experiment(name: str) -> Experiment:
    """The experiment of a myth.

    Args:
        name: The myth's id, such as "shared-qk".

    Returns:
        The `EXPERIMENT` of its module.

    Raises:
        ValueError: If there is no such myth.
    """
    if name not in experiments():
        raise ValueError(
            f"name: got {name!r}; there is {', '.join(experiments())}"
        )
    folder = name.replace("-", "_")
    module = import_module(f"{__name__}.{folder}.experiment")
    found: Experiment = module.EXPERIMENT
    return found


def run_myth(
    name: str,
    size: str = "quick",
    seeds: int | None = None,
    out: Path | None = None,
    progress: bool = True,
    lang: Lang = PIVOT,
) -> dict[str, Any]:
    """Run the experiment of a myth, or go on with it, and print its verdict.

    Args:
        name: The myth's id, such as "shared-qk".
        size: "quick", or "full" for what the page reports.
        seeds: How many seeds to report; default: the size's.
        out: The result file; default: `<name>-<size>.json`, here.
        progress: Whether to show a progress bar.
        lang: The language to report in.

    Returns:
        What the result file holds.

    Raises:
        ValueError: If there is no such myth or size, or the file holds
            something else.
        KeyboardInterrupt: If stopped; what is finished stays in the file.
    """
    myth = experiment(name)
    from qkv_explained.lab.report import report
    from qkv_explained.lab.run import run

    path = out or Path(f"{name}-{size}.json")
    try:
        result = run(myth, size, seeds, path, progress)
    except KeyboardInterrupt:
        kept = words(lang)["cli"]["myth_kept"].format(path=path)
        print(f"\n{kept}", file=sys.stderr)
        raise
    print(report(myth, result, lang))
    return result
