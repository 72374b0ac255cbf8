"""Try a learner's function, and name what is wrong with it.

Mistakes are found in three ways: the outcome equals that of a known mistake
(or of two together) at every size; it stands in a simple relation to the
right one (a factor, an order, a part); or a property fails that every right
answer has. The last two tell of mistakes that nobody has listed.
"""

from __future__ import annotations

import inspect
import itertools
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from qkv_explained.course.exercises import relations
from qkv_explained.course.exercises.parts import (
    Arguments,
    Case,
    Part,
    cases,
    copied,
    kind,
    same,
)

STOPS = (KeyboardInterrupt,)
Names = tuple[str, ...]


@dataclass(frozen=True)
class Finding:
    """Something to be told, in whatever language.

    Attributes:
        key: Which sentence of the words, `exercise.say.<key>`.
        values: What goes into its holes.
    """

    key: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Failed:
    """A call that ended in an exception."""

    kind: str
    message: str
    line: int
    text: str = ""


@dataclass(frozen=True)
class Prepared:
    """A task with all that is right and wrong, computed beforehand.

    It is made before the learner's code is loaded, which then may change
    what it likes in torch.
    """

    part: Part
    cases: Sequence[Case]
    right: Sequence[Sequence[Any]]
    wrong: Sequence[tuple[Names, Sequence[Any]]]


def prepare(part: Part) -> Prepared:
    """Compute what right answers and known mistakes give."""
    tried = cases(part)
    right = [_all(part, tried, accepted) for accepted in part.accepted]
    wrong = [
        ((bug,), _all(part, tried, accepted | {bug}))
        for bug, accepted in itertools.product(part.bugs, part.accepted)]
    return Prepared(part, tried, right, wrong)


def _pairs(prepared: Prepared) -> Iterator[tuple[Names, Sequence[Any]]]:
    """What two mistakes at once give, computed when it is asked for."""
    part = prepared.part
    for pair, accepted in itertools.product(
            itertools.combinations(part.bugs, 2), part.accepted):
        yield pair, _all(part, prepared.cases, accepted | set(pair))


def _all(
    part: Part, tried: Sequence[Case], bugs: frozenset[str]
) -> Sequence[Any]:
    return [_model(part, case, bugs) for case in tried]


def _model(part: Part, case: Case, bugs: frozenset[str]) -> Any:
    try:
        return part.model(*copied(case.arguments), bugs=bugs)
    except Exception as error:
        return Failed(type(error).__name__, str(error), 0)


def examine(
    function: Callable[..., Any], prepared: Prepared, file: str = ""
) -> list[Finding]:
    """What is to be told of a learner's function; nothing if it is right.

    Args:
        function: The learner's function.
        prepared: The task.
        file: The learner's file, to find the line where a call failed.

    Returns:
        The findings, the most telling first.
    """
    part, tried = prepared.part, prepared.cases
    unfit = _signature(function, tried[0].arguments)
    if unfit:
        return [unfit]
    outcomes = []
    for case in tried:
        arguments = copied(case.arguments)
        outcome = attempt(function, arguments, file)
        if isinstance(outcome, Failed) and \
                outcome.kind == "NotImplementedError":
            return [Finding("not_written")]
        changed = _changed(function, case.arguments, arguments)
        if changed:
            return [Finding("changed", {"argument": changed})]
        outcomes.append(_plain(outcome))
    fits = _right(outcomes, prepared)
    if fits is not None:
        return list(_properties(function, prepared, file))
    target = _nearest(outcomes, prepared)
    first = next(i for i, right in enumerate(target)
                 if not same(outcomes[i], right))
    shape = {"sizes": dict(tried[first].sizes)}
    for names, given in itertools.chain(prepared.wrong, _pairs(prepared)):
        if all(map(_alike, outcomes, given)) \
                and not any(all(map(_alike, given, right))
                            for right in prepared.right):
            return [Finding("mistake", {"bugs": list(names), **shape})]
    # An exception says more than numbers that are wrong at other sizes.
    failed = [i for i, one in enumerate(outcomes) if isinstance(one, Failed)]
    if failed and not isinstance(target[failed[0]], Failed):
        first = failed[0]
    told = [_what(outcomes, target, part, tried, first)]
    told.append(Finding("at", {"sizes": dict(tried[first].sizes)}))
    told += _coincidence(outcomes, target, tried)
    told += list(_properties(function, prepared, file))
    return told


def attempt(
    function: Callable[..., Any], arguments: Arguments, file: str = ""
) -> Any:
    """Call a function; what it raises is an outcome too."""
    try:
        return function(*arguments)
    except STOPS:
        raise
    except BaseException as error:
        line, text = 0, ""
        for frame in traceback.extract_tb(error.__traceback__):
            if frame.filename == file:
                line, text = frame.lineno or 0, frame.line or ""
        message = str(error).strip().split("\n")[0][:300]
        return Failed(type(error).__name__, message, line, text)


def _signature(
    function: Callable[..., Any], arguments: Arguments
) -> Finding | None:
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return None
    try:
        signature.bind(*arguments)
    except TypeError:
        return Finding("signature", {
            "got": str(signature), "count": len(arguments)})
    return None


def _changed(
    function: Callable[..., Any], before: Arguments, after: Arguments
) -> str:
    for index, (one, other) in enumerate(zip(before, after, strict=True)):
        if isinstance(one, Tensor) and not (
                one.shape == other.shape and one.equal(other)):
            names = list(inspect.signature(function).parameters)
            return names[index] if index < len(names) else str(index + 1)
    return ""


def _plain(outcome: Any) -> Any:
    """A result without gradients; a list of tensors as a tuple."""
    if isinstance(outcome, Tensor):
        return outcome.detach()
    if isinstance(outcome, tuple | list):
        return tuple(_plain(one) for one in outcome)
    return outcome


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, Failed) or isinstance(other, Failed):
        return isinstance(one, Failed) and isinstance(other, Failed)
    return same(one, other)


def _right(outcomes: Sequence[Any], prepared: Prepared) -> int | None:
    for index, right in enumerate(prepared.right):
        if all(map(same, outcomes, right)):
            return index
    return None


def _nearest(outcomes: Sequence[Any], prepared: Prepared) -> Sequence[Any]:
    """Of the right answers, the one that fits at most sizes."""
    return max(prepared.right,
               key=lambda right: sum(map(same, outcomes, right)))


def _what(
    outcomes: Sequence[Any], target: Sequence[Any], part: Part,
    tried: Sequence[Case], first: int,
) -> Finding:
    """What is wrong at a size that fails, the smallest as a rule."""
    pairs = [(got, want, case) for got, want, case
             in zip(outcomes, target, tried, strict=True)
             if not same(got, want)]
    got, want = outcomes[first], target[first]
    if isinstance(got, Failed):
        if got.kind in ("MemoryError", "SystemExit", "Forbidden"):
            return Finding(got.kind.lower(), vars(got))
        return Finding("raised", vars(got))
    wanted = want if isinstance(want, tuple) else (want,)
    if got is None:
        return Finding("none")
    if isinstance(want, tuple):
        if not isinstance(got, tuple) or len(got) != len(want):
            return Finding("not_several", {
                "count": len(want), "names": ", ".join(part.outputs),
                "got": _called(got)})
    elif not isinstance(got, Tensor):
        return Finding("not_tensor", {"got": _called(got)})
    for one, right, name in zip(
            got if isinstance(got, tuple) else (got,), wanted,
            part.outputs or ("",) * len(wanted), strict=True):
        which = {"which": name}
        if not isinstance(one, Tensor):
            return Finding("not_tensor", {"got": _called(one), **which})
        if one.shape != right.shape:
            return Finding("shape", {
                "got": str(tuple(one.shape)), "want": str(tuple(right.shape)),
                **which})
        if kind(one) != kind(right):
            return Finding("dtype", {
                "got": str(one.dtype), "want": str(right.dtype), **which})
        if kind(one) == "float" and one.isnan().any() \
                and not right.isnan().any():
            return Finding("nan", which)
        if kind(one) == "float" and one.isinf().any() \
                and not right.isinf().any():
            return Finding("inf", which)
    found: Finding = relations.told([
        (one, right, case) for one, right, case in pairs], Finding)
    return found


def _called(thing: Any) -> str:
    if isinstance(thing, tuple):
        return f"tuple ({len(thing)})"
    module = type(thing).__module__.split(".")[0]
    name = type(thing).__name__
    return name if module == "builtins" else f"{module}.{name}"


def _coincidence(
    outcomes: Sequence[Any], target: Sequence[Any], tried: Sequence[Case]
) -> list[Finding]:
    """Sizes that are equal (or one) wherever the answer is right."""
    good: list[Any] = []
    bad: list[Any] = []
    for got, want, case in zip(outcomes, target, tried, strict=True):
        (good if same(got, want) else bad).append(case.sizes)
    if len(good) < 2:  # of a single size all may be a coincidence
        return []
    names = list(tried[0].sizes)
    for name in names:
        if all(s.get(name) == 1 for s in good) \
                and all(s.get(name) != 1 for s in bad):
            return [Finding("only_one", {"name": name})]
    for a, b in itertools.combinations(names, 2):
        if all(s.get(a) == s.get(b) for s in good) \
                and all(s.get(a) != s.get(b) for s in bad):
            return [Finding("only_equal", {"a": a, "b": b})]
    return []


def _properties(
    function: Callable[..., Any], prepared: Prepared, file: str
) -> Iterator[Finding]:
    """The properties that fail, and whether two calls agree."""
    part = prepared.part

    def call(*arguments: Any) -> Any:
        return _plain(function(*copied(arguments)))

    for name, holds in {"repeatable": _repeatable, **part.properties}.items():
        for case in prepared.cases[:len(part.sizes)]:
            try:
                with torch.no_grad():
                    good = holds(call, copied(case.arguments))
            except STOPS:
                raise
            except BaseException:
                break  # that it fails is told already
            if not good:
                yield Finding("property", {
                    "name": name, "sizes": dict(case.sizes)})
                break


def _repeatable(call: Callable[..., Any], arguments: Arguments) -> bool:
    return same(call(*arguments), call(*arguments))
