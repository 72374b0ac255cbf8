"""Properties that every right answer has, whatever its style."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor

from qkv_explained.course.exercises.parts import Arguments, Property, same

Call = Callable[..., Any]


def _first(result: Any) -> Tensor:
    found: Tensor = result[0] if isinstance(result, tuple) else result
    return found


def replace(arguments: Arguments, index: int, new: Any) -> Arguments:
    """The arguments with one of them replaced."""
    return (*arguments[:index], new, *arguments[index + 1:])


def rows_sum_to_one(call: Call, arguments: Arguments) -> bool:
    """The entries of each row of the result add up to one."""
    rows = _first(call(*arguments)).sum(dim=-1)
    return same(rows, torch.ones_like(rows))


def shares(values: int) -> Property:
    """If all values are equal, so is the output: the weights sum to one."""
    def holds(call: Call, arguments: Arguments) -> bool:
        ones = torch.ones_like(arguments[values])
        result = _first(call(*replace(arguments, values, ones)))
        return same(result, torch.ones_like(result))

    return holds


def alone(*batched: int) -> Property:
    """The output of a sample does not depend on the others of the batch."""
    def holds(call: Call, arguments: Arguments) -> bool:
        whole = _first(call(*arguments))
        changed = arguments
        for index in batched:
            other = arguments[index].clone()
            other[1:] = other[1:].flip(-1) if other.dtype == torch.bool \
                else other[1:] * 2 + 1 if other.is_floating_point() \
                else other[1:].flip(-1)
            changed = replace(changed, index, other)
        return same(_first(call(*changed))[0], whole[0])

    return holds


def keys_in_any_order(keys: int, values: int, *more: int) -> Property:
    """Keys and values in another order, both: the output is the same."""
    def holds(call: Call, arguments: Arguments) -> bool:
        changed = arguments
        for index in dict.fromkeys((keys, values)):
            changed = replace(changed, index, arguments[index].flip(-2))
        for index in more:
            changed = replace(changed, index, arguments[index].flip(-1))
        return same(_first(call(*changed)), _first(call(*arguments)))

    return holds


def queries_alone(queries: int, *more: int) -> Property:
    """The output of a query depends on no other query."""
    def holds(call: Call, arguments: Arguments) -> bool:
        changed = arguments
        for index in (queries, *more):
            changed = replace(changed, index, arguments[index].flip(-2))
        result = _first(call(*arguments))
        return same(_first(call(*changed)), result.flip(-2))

    return holds


def linear(index: int) -> Property:
    """Twice an argument gives twice the result."""
    def holds(call: Call, arguments: Arguments) -> bool:
        twice = replace(arguments, index, 2 * arguments[index])
        return same(_first(call(*twice)), 2 * _first(call(*arguments)))

    return holds


def row_constant(call: Call, arguments: Arguments) -> bool:
    """What is added to all scores of a row changes nothing."""
    raised = replace(arguments, 0, arguments[0] + 3)
    return same(_first(call(*raised)), _first(call(*arguments)))


def large_scores(call: Call, arguments: Arguments) -> bool:
    """Scores of a thousand give no NaN and no infinity."""
    result = _first(call(*replace(arguments, 0, arguments[0] * 1000 + 1000)))
    return bool(result.isfinite().all())


def token_alone(tokens: int) -> Property:
    """The result at one token depends on no other token."""
    def holds(call: Call, arguments: Arguments) -> bool:
        given = arguments[tokens]
        other = given.clone()
        other[..., 1:, :] = other[..., 1:, :] * 2 + 1
        changed = replace(arguments, tokens, other)
        return same(_first(call(*changed))[..., 0, :],
                    _first(call(*arguments))[..., 0, :])

    return holds


def heads_in_any_order(d: dict[int, int], heads: int) -> Property:
    """Heads in another order, with the rows of W_O: the same output.

    Args:
        d: For each weight matrix, the axis along which its heads lie.
        heads: Which argument is the number of heads.

    Returns:
        The property.
    """
    def holds(call: Call, arguments: Arguments) -> bool:
        changed = arguments
        h = arguments[heads]
        for index, axis in d.items():
            blocks = arguments[index].chunk(h, dim=axis)
            changed = replace(
                changed, index, torch.cat(blocks[::-1], dim=axis))
        return same(_first(call(*changed)), _first(call(*arguments)))

    return holds
