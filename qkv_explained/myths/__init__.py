"""Popular claims, each with the experiment that settles it."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

# Modules with `run` and `report`, by the myth's id; named, not imported,
# so that a list of myths needs no torch.
MYTH_RUNNERS: Mapping[str, str] = {
    "shared-qk": "qkv_explained.myths.shared_qk",
}


def run_myth(
    name: str,
    size: str = "quick",
    seeds: int | None = None,
    out: Path | None = None,
    progress: bool = True,
) -> dict[str, Any]:
    """Run the experiment of a myth, or go on with it, and print its verdict.

    Args:
        name: The myth's id, such as "shared-qk".
        size: "quick", or "full" for what the page reports.
        seeds: How many seeds to report; default: the size's.
        out: The result file; default: `<name>-<size>.json`, here.
        progress: Whether to show a progress bar.

    Returns:
        What the result file holds.

    Raises:
        ValueError: If there is no such myth or size, or the file holds
            something else.
        KeyboardInterrupt: If stopped; what is finished stays in the file.
    """
    if name not in MYTH_RUNNERS:
        raise ValueError(
            f"name: got {name!r}; there is {', '.join(MYTH_RUNNERS)}"
        )
    myth = import_module(MYTH_RUNNERS[name])
    path = out or Path(f"{name}-{size}.json")
    try:
        result: dict[str, Any] = myth.run(size, seeds, path, progress)
    except KeyboardInterrupt:
        print(
            f"\nFinished runs are in {path}; the same command goes on.",
            file=sys.stderr,
        )
        raise
    print(myth.report(result))
    return result
