"""Result files say what a reader needs to trust and repeat a number.

Fact files (computed in seconds, the same every time) hold the command and
the values. The result file of an experiment also says with which versions it
was made, how long that took, and gives every measured value a mean, a
standard error, the number of seeds and a unit.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qkv_explained.course import MYTHS, Myth
from tools.checks import Problem, relative
from tools.refresh import facts

EXPERIMENT: dict[str, Any] = {
    "command": str,
    "versions": dict,
    "duration_s": (int, float),
    "values": dict,
    "runs": dict,
}
MEASURED = {"mean", "se", "n", "unit"}
MIN_SEEDS = 5


def problems(root: Path, myths: tuple[Myth, ...] = MYTHS) -> list[Problem]:
    """Find result files that leave something out."""
    folder = root / "docs" / "assets" / "data"
    found = []
    for myth in myths:
        path = folder / f"{myth.result}.json"
        name = relative(path, root)
        if not path.exists():
            message = (
                f"missing; run: python -m qkv_explained myth {myth.id} "
                "--size full"
            )
            found.append(Problem(name, 0, message))
        else:
            content = json.loads(path.read_text(encoding="utf-8"))
            for said in in_experiment(content):
                found.append(Problem(name, 0, said))
    for fact in facts.names():
        path = folder / f"{fact}.json"
        name = relative(path, root)
        if not path.exists():
            message = f"missing; run: python -m tools.refresh facts {fact}"
            found.append(Problem(name, 0, message))
        else:
            content = json.loads(path.read_text(encoding="utf-8"))
            for said in in_facts(content, fact):
                found.append(Problem(name, 0, said))
    return found


def in_facts(content: Any, name: str) -> Iterator[str]:
    """What is wrong with the content of a fact file."""
    fix = f"; run: python -m tools.refresh facts {name}"
    for key, kind in (("name", str), ("command", str), ("values", dict)):
        if not isinstance(content.get(key), kind):
            yield f"has no {key!r}{fix}"
    if content.get("name") != name:
        yield f"says that it is {content.get('name')!r}, not {name!r}{fix}"
    yield from _finite(content.get("values", {}), "values")


def in_experiment(content: Any) -> Iterator[str]:
    """What is wrong with the content of an experiment's result file."""
    for key, kind in EXPERIMENT.items():
        if not isinstance(content.get(key), kind):
            yield f"has no {key!r}: the experiment must write it"
    if not content.get("runs"):
        yield "holds no runs: every seed's numbers must be in it"
    yield from _finite(content.get("values", {}), "values")
    yield from _measured(content.get("values", {}), "values")


def _measured(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict) and "mean" in value:
        lacking = MEASURED - set(value)
        if lacking:
            yield f"{path} does not say its {', '.join(sorted(lacking))}"
        elif not value["unit"]:
            yield f"{path} has an empty unit"
        elif value["n"] < MIN_SEEDS or value["se"] is None:
            yield (
                f"{path} is from {value['n']} seeds; run the full size, "
                f"with at least {MIN_SEEDS}"
            )
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _measured(inner, f"{path}.{key}")


def _finite(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _finite(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _finite(inner, f"{path}.{number}")
    elif isinstance(value, float) and not math.isfinite(value):
        yield f"{path} is {value}; a result must be finite"
