"""Numbers that pages state: computed by a topic's facts.py, one file each.

Its function `facts()` returns nested numbers; docs/made/<topic>/numbers.json
holds them, and pages ask for them with `{{ n("<topic>", "path.to.it") }}`.
"""

from __future__ import annotations

import functools
import json
import math
from pathlib import Path
from typing import Any

from tools import places
from tools.places import ROOT
from tools.refresh.jobs import Job

# Two processors may differ in the last bits of a training run.
RELATIVE, ABSOLUTE = 1e-3, 1e-6
COMMAND = "python -m tools.refresh facts"


def modules(root: Path = ROOT) -> dict[str, Path]:
    """The facts.py of every topic that has one, by the topic's id."""
    return {places.topic_id(path.parent): path
            for path in places.in_topics("facts.py", root)}


def names(root: Path = ROOT) -> list[str]:
    """The ids of all topics with facts, sorted."""
    return sorted(modules(root))


def text(name: str) -> str:
    """Compute the facts of one name; the text of its file."""
    module = places.load(modules()[name])
    content = {"name": name, "command": f"{COMMAND} {name}",
               "values": rounded(module.facts())}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def rounded(value: Any) -> Any:
    """Keep six digits of every float: the rest is the processor's."""
    if isinstance(value, dict):
        return {str(key): rounded(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(inner) for inner in value]
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"a fact must be finite, not {value}")
        return float(f"{value:.6g}")
    return value


def same(old: str, new: str) -> bool:
    """Tell whether two fact files agree, to the tolerance."""
    return not differences(json.loads(old), json.loads(new))


def differences(old: Any, new: Any, path: str = "") -> list[str]:
    """Where two nested values disagree, as dotted paths."""
    if isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            return [path]
        old, new = dict(enumerate(old)), dict(enumerate(new))
    if isinstance(old, dict) and isinstance(new, dict):
        inside = {key: f"{path}.{key}".lstrip(".") for key in {**old, **new}}
        found = sorted(inside[key] for key in set(old) ^ set(new))
        for key in (key for key in old if key in new):
            found += differences(old[key], new[key], inside[key])
        return found
    if {type(old), type(new)} in ({float}, {int, float}):
        close = math.isclose(old, new, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
        return [] if close else [path]
    return [] if old == new and type(old) is type(new) else [path]


def jobs(root: Path) -> list[Job]:
    """One job for every fact file."""
    return [Job(root / places.MADE_BELOW / name / "numbers.json",
                functools.partial(text, name), same) for name in names()]
