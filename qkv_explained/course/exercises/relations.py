"""How a wrong result is related to the right one, in words of one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

from qkv_explained.course.exercises.parts import Case, Sizes, kind, same

Pair = tuple[Any, Any, Case]


def told(pairs: Sequence[Pair], finding: Callable[..., Any]) -> Any:
    """The simplest relation that holds wherever the result is wrong.

    Args:
        pairs: Result, right result and case, for each size that fails.
        finding: What to make of a key and its values.

    Returns:
        The finding; at least two numbers that differ.
    """
    tensors = [(got, want, case) for got, want, case in pairs
               if isinstance(got, Tensor) and isinstance(want, Tensor)
               and got.shape == want.shape and kind(got) == kind(want)]
    if tensors and len(tensors) == len(pairs):
        for relation in (_negated, _factor, _offset, _argument, _transposed,
                         _ordered, _slices):
            said = [relation(*pair) for pair in tensors]
            if all(said) and len({one[0] for one in said if one}) == 1:
                key, values = said[0]
                if key == "factor":
                    values = {"factor": _in_words(
                        [one[1]["factor"] for one in said],
                        [case.sizes for _, _, case in tensors])}
                return finding(key, values)
    return finding("differs", _example(pairs[0]))


def _example(pair: Pair) -> dict[str, Any]:
    got, want, _ = pair
    if isinstance(want, tuple):
        got, want = next((g, w) for g, w in zip(got, want, strict=True)
                         if not same(g, w))
    far = ~torch.isclose(got.double(), want.double(), rtol=1e-3, atol=1e-5)
    index = tuple(far.nonzero()[0].tolist())
    return {"index": str(list(index)), "got": _short(got[index]),
            "want": _short(want[index])}


def _short(number: Tensor) -> str:
    value = number.item()
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _negated(got: Tensor, want: Tensor, case: Case) -> Any:
    other = ~want if kind(want) == "bool" else -want
    return ("negated", {}) if same(got, other) else None


def _factor(got: Tensor, want: Tensor, case: Case) -> Any:
    # A single number is a multiple of any other.
    if kind(want) != "float" or want.numel() < 2 or not want.any():
        return None
    factor = float((got.double() * want).sum() / (want.double() ** 2).sum())
    if not same(got, want * factor) or abs(factor) < 1e-6:
        return None
    return "factor", {"factor": factor}


def _in_words(factors: Sequence[float], sizes: Sequence[Sizes]) -> str:
    """The first factor, with a name if one fits at all sizes."""
    found = f"{factors[0]:.4g}"
    for name in sizes[0]:
        for sign, root, shown in (
            (0.5, "√", ""), (1.0, "", ""), (-0.5, "√", "1/"), (-1.0, "", "1/"),
        ):
            if all(abs(factor / float(one[name]) ** sign - 1) < 1e-3
                   for factor, one in zip(factors, sizes, strict=True)):
                return f"{found} = {shown}{root}{name}"
    return found


def _offset(got: Tensor, want: Tensor, case: Case) -> Any:
    if kind(want) == "bool" or want.numel() < 2:
        return None
    rest = got - want
    if torch.isfinite(rest).all() and same(rest, rest.flatten()[0]
                                           .expand_as(rest)):
        return "offset", {"offset": _short(rest.flatten()[0])}
    return None


def _argument(got: Tensor, want: Tensor, case: Case) -> Any:
    for index, one in enumerate(case.arguments):
        if isinstance(one, Tensor) and same(got, one):
            return "argument", {"position": index + 1}
    return None


def _transposed(got: Tensor, want: Tensor, case: Case) -> Any:
    if want.dim() >= 2 and same(got, want.mT):
        return "transposed", {}
    return None


def _ordered(got: Tensor, want: Tensor, case: Case) -> Any:
    """The right numbers, in another order: of all, or along one axis."""
    if kind(want) == "bool" or want.numel() < 2:
        return None
    flat = got.flatten().sort().values, want.flatten().sort().values
    return ("ordered", {}) if same(*flat) else None


def _slices(got: Tensor, want: Tensor, case: Case) -> Any:
    """Right in a part only: the first or last slices along an axis."""
    for axis, size in enumerate(want.shape):
        good = [i for i in range(size)
                if same(got.select(axis, i), want.select(axis, i))]
        if good and len(good) < size:
            return "slices", {"axis": axis, "good": str(good)}
    return None
