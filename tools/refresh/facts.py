"""Numbers that pages state: computed by qkv_explained.facts, one file each.

A module `qkv_explained/facts/<concept>.py` has a function `facts()` that
returns nested numbers; docs/assets/data/<concept>.json holds them, and pages
ask for them with `{{ n("<concept>", "path.to.number") }}`.
"""

from __future__ import annotations

import functools
import importlib
import json
import math
import pkgutil
from pathlib import Path
from typing import Any

from tools.refresh.jobs import Job

# Two processors may differ in the last bits of a training run.
RELATIVE, ABSOLUTE = 1e-3, 1e-6
COMMAND = "python -m tools.refresh facts"


def names() -> list[str]:
    """The ids of all fact files, sorted."""
    try:
        package = importlib.import_module("qkv_explained.facts")
    except ModuleNotFoundError:
        return []
    return sorted(
        module.name.replace("_", "-")
        for module in pkgutil.iter_modules(package.__path__)
        if not module.name.startswith("_")
    )


def text(name: str) -> str:
    """Compute the facts of one name; the text of its file."""
    module = importlib.import_module(
        f"qkv_explained.facts.{name.replace('-', '_')}"
    )
    content = {
        "name": name,
        "command": f"{COMMAND} {name}",
        "values": rounded(module.facts()),
    }
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
    return not list(differences(json.loads(old), json.loads(new)))


def differences(old: Any, new: Any, path: str = "") -> list[str]:
    """Where two nested values disagree, as dotted paths."""
    if isinstance(old, dict) and isinstance(new, dict):
        found = [
            f"{path}.{key}".lstrip(".") for key in sorted(set(old) ^ set(new))
        ]
        for key in old:
            if key in new:
                inner = f"{path}.{key}".lstrip(".")
                found += differences(old[key], new[key], inner)
        return found
    if isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            return [path]
        found = []
        for number, pair in enumerate(zip(old, new, strict=True)):
            found += differences(*pair, f"{path}.{number}")
        return found
    numbers = (int, float)
    if isinstance(old, bool) or isinstance(new, bool):
        return [] if old is new else [path]
    if isinstance(old, numbers) and isinstance(new, numbers):
        if isinstance(old, int) and isinstance(new, int):
            return [] if old == new else [path]
        close = math.isclose(old, new, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
        return [] if close else [path]
    return [] if old == new else [path]


def jobs(root: Path) -> list[Job]:
    """One job for every fact file."""
    folder = root / "docs" / "assets" / "data"
    return [
        Job(folder / f"{name}.json", functools.partial(text, name), same)
        for name in names()
    ]
