"""What a task is: sizes, arguments, the right result, the known mistakes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

Sizes = Mapping[str, int]
Arguments = tuple[Any, ...]
Model = Callable[..., Any]
Property = Callable[[Callable[..., Any], Arguments], bool]


def grid(*names: str, **more: Sequence[int]) -> list[dict[str, int]]:
    """The sizes at which a task is tried, for the names that it has.

    The first are small, so that the smallest failure can be shown; in the
    last but one all sizes differ; in the last batch = heads.

    Args:
        *names: Sizes that the task has.
        **more: Sizes of the task's own, seven values for each.

    Returns:
        Seven settings, without repetitions.
    """
    table: dict[str, Sequence[int]] = {
        "batch": (1, 1, 2, 1, 2, 3, 2), "heads": (1, 1, 1, 2, 2, 2, 2),
        "n_q": (2, 2, 2, 3, 3, 5, 5), "n_k": (2, 3, 3, 3, 4, 7, 7),
        "n": (2, 3, 3, 3, 4, 5, 7), "d_k": (2, 2, 3, 2, 4, 4, 4),
        "d_v": (2, 1, 2, 4, 3, 6, 6), "d_model": (2, 4, 5, 4, 6, 10, 10),
        **more,
    }
    found: list[dict[str, int]] = []
    for index in range(7):
        one = {name: table[name][index] for name in (*names, *more)}
        if one not in found:
            found.append(one)
    return found


@dataclass(frozen=True)
class Draw:
    """Random arguments for a task, from a generator of its own."""

    generator: torch.Generator

    def normal(self, *shape: int) -> Tensor:
        """Normal numbers of a shape."""
        return torch.randn(shape, generator=self.generator)

    def whole(self, limit: int, *shape: int) -> Tensor:
        """Whole numbers below a limit, of a shape."""
        return torch.randint(limit, shape, generator=self.generator)

    def mask(self, *shape: int) -> Tensor:
        """A boolean mask, True = may attend, with a True in every row.

        No row is all True where it has more than one entry, and the masks
        of the samples differ.
        """
        kept = torch.rand(shape, generator=self.generator) < 0.6
        first = self.whole(shape[-1], *shape[:-1])
        kept = kept.scatter(-1, first[..., None], True)
        if shape[-1] > 1:
            other = (first + 1) % shape[-1]
            kept = kept.scatter(-1, other[..., None], False)
        return kept


@dataclass(frozen=True)
class Part:
    """One function that a learner writes.

    Attributes:
        name: The function's name.
        model: What is right: takes the arguments, and `bugs`, a set of
            names of mistakes that it then makes.
        sizes: At which sizes it is tried.
        make: Arguments from sizes and random numbers.
        bugs: The mistakes known by name, the likeliest first.
        accepted: Sets of "mistakes" that are right as well, such as another
            convention.
        properties: What holds for every right answer.
        extra: Further arguments with the sizes to be shown for them.
        outputs: The names of what is returned, where it is several things.
    """

    name: str
    model: Model
    sizes: Sequence[Sizes]
    make: Callable[[Sizes, Draw], Arguments]
    bugs: tuple[str, ...] = ()
    accepted: tuple[frozenset[str], ...] = (frozenset(),)
    properties: Mapping[str, Property] = field(default_factory=dict)
    extra: Sequence[tuple[Sizes, Callable[[Draw], Arguments]]] = ()
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Case:
    """Arguments, and the sizes that they have."""

    sizes: Sizes
    arguments: Arguments


def cases(part: Part) -> list[Case]:
    """The arguments at which a task is tried, small ones first."""
    made = []
    for index, sizes in enumerate(part.sizes):
        draw = Draw(torch.Generator().manual_seed(index))
        made.append(Case(sizes, part.make(sizes, draw)))
    for index, (sizes, make) in enumerate(part.extra):
        draw = Draw(torch.Generator().manual_seed(100 + index))
        made.append(Case(sizes, make(draw)))
    return made


def copied(arguments: Arguments) -> Arguments:
    """The same arguments, in tensors of their own."""
    return tuple(
        one.clone() if isinstance(one, Tensor) else one for one in arguments
    )


def same(one: Any, other: Any) -> bool:
    """Whether two results are equal, to rounding and to the shape."""
    if isinstance(one, tuple) or isinstance(other, tuple):
        return (
            isinstance(one, tuple) and isinstance(other, tuple)
            and len(one) == len(other)
            and all(map(same, one, other))
        )
    if not isinstance(one, Tensor) or not isinstance(other, Tensor):
        return False
    if one.shape != other.shape or kind(one) != kind(other):
        return False
    if kind(one) != "float":
        return bool(torch.equal(one.long(), other.long()))
    return bool(torch.allclose(
        one.double(), other.double(), rtol=1e-3, atol=1e-5, equal_nan=True))


def kind(tensor: Tensor) -> str:
    """The kind of numbers: "bool", "int" or "float"."""
    if tensor.dtype == torch.bool:
        return "bool"
    return "float" if tensor.is_floating_point() else "int"
