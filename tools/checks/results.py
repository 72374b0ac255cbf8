"""Result files say what a reader needs to trust and repeat a number.

Fact files (computed in seconds, the same every time) hold the command and
the values. The result file of an experiment must hold every run that the
code's plan asks for and no other, its settings, seeds and versions, and
summaries and verdicts that follow from the runs. Whether the runs themselves
are possible, the tests ask by training a few of them again.
"""

from __future__ import annotations

import json
import math
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

from qkv_explained.course.myths import experiment, experiments
from tools.checks import Problem, listed
from tools.refresh import facts

if TYPE_CHECKING:
    from qkv_explained.lab.experiment import Experiment

MIN_SEEDS = 5


@listed
def problems(root: Path) -> Iterator[Problem]:
    """Find result files that leave something out, or do not follow."""
    for myth in experiments():
        yield from _in_file(
            f"docs/made/{myth}/result.json", root,
            partial(in_experiment, experiment=experiment(myth), root=root),
            f"python -m qkv_explained myth {myth} --size full --out "
            f"docs/made/{myth}/result.json")
    for fact in facts.names(root):
        yield from _in_file(
            f"docs/made/{fact}/numbers.json", root,
            partial(in_facts, name=fact),
            f"python -m tools.refresh facts {fact}")


def _in_file(
    name: str, root: Path, check: Callable[[Any], Iterable[str]], how: str
) -> Iterator[Problem]:
    if not (root / name).exists():
        yield Problem(name, 0, f"missing; run: {how}")
        return
    content = json.loads((root / name).read_text(encoding="utf-8"))
    yield from (Problem(name, 0, said) for said in check(content))


def in_facts(content: Any, name: str) -> Iterator[str]:
    """What is wrong with the content of a fact file."""
    fix = f"; run: python -m tools.refresh facts {name}"
    for key, kind in (("name", str), ("command", str), ("values", dict)):
        if not isinstance(content.get(key), kind):
            yield f"has no {key!r}{fix}"
    if content.get("name") != name:
        yield f"says that it is {content.get('name')!r}, not {name!r}{fix}"
    yield from _finite(content.get("values", {}), "values")


def in_experiment(
    content: Any, experiment: Experiment, root: Path
) -> Iterator[str]:
    """What is wrong with the content of an experiment's result file."""
    from qkv_explained.lab.audit import flaws

    plan = experiment.plans["full"]
    if plan.seeds < MIN_SEEDS:
        yield f"the full plan reports {plan.seeds} seeds, not {MIN_SEEDS}"
    wrong = list(flaws(experiment, plan, content))
    yield from wrong
    if not wrong:
        yield from in_versions(content["versions"], root)


def in_versions(versions: Mapping[str, str], root: Path) -> Iterator[str]:
    """Which versions cannot have made a result of this repository."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    pins = dict(re.findall(
        r"^([\w.-]+)==(\S+)", (root / "constraints.txt").read_text("utf-8"),
        re.M))
    needed = [Requirement(line) for line in project["project"]["dependencies"]]
    allowed = {one.name: one.specifier for one in needed}
    allowed["python"] = SpecifierSet(project["project"]["requires-python"])
    for name, written in versions.items():
        try:
            version = Version(Version(written).public)
        except InvalidVersion:
            yield f"versions.{name} is {written!r}, no version"
            continue
        if version not in allowed.get(name, SpecifierSet()):
            yield (f"versions.{name} is {written}, but pyproject.toml asks "
                   f"for {name}{allowed[name]}; run the experiment again")
        if name in pins and version > Version(pins[name]):
            yield (f"versions.{name} is {written}, newer than {pins[name]} "
                   "in constraints.txt: nobody here can have run it")


def _finite(value: Any, path: str) -> Iterator[str]:
    if isinstance(value, list):
        value = dict(enumerate(value))
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _finite(inner, f"{path}.{key}")
    elif isinstance(value, float) and not math.isfinite(value):
        yield f"{path} is {value}; a result must be finite"
