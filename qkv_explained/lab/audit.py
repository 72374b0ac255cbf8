"""Whether a result file is whole, is the plan's, and follows from its runs.

Nothing is trained here. Numbers that were invented consistently pass; they
are found by `lab.replay`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from qkv_explained.lab.experiment import Experiment
from qkv_explained.lab.plan import Plan
from qkv_explained.lab.run import summed_up
from qkv_explained.lab.tuning import groups

PARTS = {
    "experiment": str, "size": str, "settings": dict, "command": str,
    "versions": dict, "duration_s": float, "runs": dict, "values": dict,
}


def flaws(
    experiment: Experiment, plan: Plan, content: Mapping[str, Any]
) -> Iterator[str]:
    """What a result file leaves out, or what does not follow.

    Args:
        experiment: Whose file it is.
        plan: What it should hold.
        content: Of the file.

    Yields:
        What is wrong, where.
    """
    lacking = [
        part for part, kind in PARTS.items()
        if not isinstance(content.get(part), kind)
    ]
    if lacking:
        yield f"lacks {', '.join(lacking)}: let the experiment write it"
        return
    wanted = json.loads(json.dumps(experiment.identity(plan)))
    for path in differences(wanted, {k: content[k] for k in wanted}):
        yield f"{path} is not the plan's"
    yield from _versions(experiment, content["versions"])
    seeds = content["values"].get("seeds")
    if not isinstance(seeds, int) or seeds < plan.seeds:
        yield f"values.seeds is {seeds!r}; the plan reports {plan.seeds}"
        return
    command = experiment.command(plan, seeds)
    if not content["command"].startswith(f"{command} --out "):
        yield f"command is not {command} --out …"
    try:
        yield from _runs(plan, seeds, content["runs"])
        again = summed_up(experiment, plan, seeds, content)
    except (KeyError, ValueError) as error:
        yield f"runs cannot be summed up: {error}"
        return
    for path in differences(again, content["values"], "values"):
        yield f"{path} does not follow from the runs"


def _versions(
    experiment: Experiment, found: Mapping[str, Any]
) -> Iterator[str]:
    for name in ("python", *experiment.packages):
        if not re.match(r"\d+\.\d+", str(found.get(name, ""))):
            yield f"versions.{name} is {found.get(name)!r}, no version"
    for name in sorted(set(found) - {"python", *experiment.packages}):
        yield f"versions.{name} is of no package that the experiment names"


def _runs(
    plan: Plan, seeds: int, runs: Mapping[str, Any]
) -> Iterator[str]:
    planned = {
        name for group in groups(plan, seeds, runs) for name in group.names()
    }
    for name in sorted(planned - set(runs)):
        yield f"lacks the run {name}"
    for name in sorted(set(runs) - planned):
        yield f"holds the run {name}, which the plan does not ask for"


def differences(wanted: Any, found: Any, path: str = "") -> list[str]:
    """Where two nested values disagree.

    Args:
        wanted: One.
        found: The other.
        path: Of both, from the top.

    Returns:
        Dotted paths; numbers may differ in the tenth digit.

    Examples:
        >>> differences({"a": {"b": 1}, "c": 2}, {"a": {"b": 3}, "c": 2})
        ['a.b']
    """
    if isinstance(wanted, Mapping) and isinstance(found, Mapping):
        paths = []
        for key in [*wanted, *(k for k in found if k not in wanted)]:
            inner = f"{path}.{key}".lstrip(".")
            if key in wanted and key in found:
                paths += differences(wanted[key], found[key], inner)
            else:
                paths.append(inner)
        return paths
    if isinstance(wanted, float) and isinstance(found, float):
        close = abs(wanted - found) <= 1e-9 * max(1.0, abs(wanted))
        return [] if close else [path]
    same = wanted == found and type(wanted) is type(found)
    return [] if same else [path]
