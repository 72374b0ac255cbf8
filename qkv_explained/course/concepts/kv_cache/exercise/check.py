"""Decoding with a cache, shared keys, and what goes wrong with both."""

from typing import Any

import torch
from torch import Tensor

from qkv_explained.course.exercises import properties, reference
from qkv_explained.course.exercises.parts import (
    Arguments,
    Draw,
    Part,
    Sizes,
    grid,
    same,
)


def cached_attention(
    Q: Tensor, K: Tensor, V: Tensor, K_past: Tensor, V_past: Tensor,
    bugs: reference.Bugs,
) -> tuple[Tensor, Tensor, Tensor]:
    """Causal attention of the new tokens over the old ones and the new."""
    axis = -1 if "joined_across" in bugs else -2
    keys, values = [K_past, K], [V_past, V]
    if "new_first" in bugs:
        keys, values = keys[::-1], values[::-1]
    K_all = torch.cat(keys, dim=axis)
    V_all = torch.cat(values, dim=axis)
    seen_K, seen_V = K_all, V_all
    if "past_forgotten" in bugs:
        seen_K, seen_V = K, V
    if "only_past" in bugs:
        seen_K, seen_V = K_past, V_past
    n_new, n_all = Q.shape[-2], seen_K.shape[-2]
    mask = reference.causal(n_new, n_all, bugs)
    if "chunk_sees_future" in bugs and n_new != n_all:
        mask = torch.ones_like(mask)
    if "never_masked" in bugs:
        mask = torch.ones_like(mask)
    output = reference.attend(Q, seen_K, seen_V, bugs - {"upper_left"}, mask)
    if "cache_not_grown" in bugs:
        return output, K, V
    return output, K_all, V_all


def repeat_kv(K: Tensor, n_heads: int, bugs: reference.Bugs) -> Tensor:
    """Each head of keys, for all the query heads of its group."""
    batch, n_kv, n, d = K.shape
    times = n_heads // n_kv
    if "tiled" in bugs:
        return K.repeat(1, times, 1, 1)
    if "along_sequence" in bugs:
        return K.repeat_interleave(times, dim=2).reshape(
            batch, n_heads, n, d)
    if "first_kv_only" in bugs:
        return K[:, :1].expand(-1, n_heads, -1, -1)
    return K.repeat_interleave(times, dim=1)


def make(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """New queries, keys and values, and those of the past."""
    batch, h, d_k, d_v, n_new, n_past = sizes.values()
    return (
        draw.normal(batch, h, n_new, d_k), draw.normal(batch, h, n_new, d_k),
        draw.normal(batch, h, n_new, d_v), draw.normal(batch, h, n_past, d_k),
        draw.normal(batch, h, n_past, d_v))


def make_repeat(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Keys of fewer heads, and how many there are to be."""
    batch, n, n_kv, n_heads, d = sizes.values()
    return draw.normal(batch, n_kv, n, d), n_heads


def in_steps(call: Any, arguments: Arguments) -> bool:
    """One token after another gives what all at once give."""
    Q, K, V, K_past, V_past = arguments
    whole = call(*arguments)[0]
    rows = []
    for t in range(Q.shape[-2]):
        one = slice(t, t + 1)
        row, K_past, V_past = call(
            Q[..., one, :], K[..., one, :], V[..., one, :], K_past, V_past)
        rows.append(row)
    return same(torch.cat(rows, dim=-2), whole)


def future_changes_nothing(call: Any, arguments: Arguments) -> bool:
    """A later token changes nothing at earlier ones, to the bit."""
    Q, K, V, K_past, V_past = arguments
    if Q.shape[-2] < 2:
        return True
    before = call(*arguments)[0][..., :-1, :]
    K, V = K.clone(), V.clone()
    K[..., -1, :] += 3
    V[..., -1, :] -= 5
    after = call(Q, K, V, K_past, V_past)[0][..., :-1, :]
    return bool(torch.equal(before, after))


PARTS = (
    Part(
        "cached_attention", cached_attention,
        grid("batch", "heads", "d_k", "d_v", n_new=(2, 1, 2, 1, 3, 5, 5),
             n_past=(0, 2, 2, 3, 3, 7, 7)),
        make,
        bugs=("upper_left", "chunk_sees_future", "past_forgotten",
              "never_masked", "only_past", "new_first", "cache_not_grown",
              "future", "strict", "joined_across", "wrong_axis", "no_scale",
              "scale_d", "scale_up"),
        properties={
            "future_changes_nothing": future_changes_nothing,
            "in_steps": in_steps,
            "alone": properties.alone(0, 1, 2, 3, 4),
        },
        outputs=("output", "K", "V"),
    ),
    Part(
        "repeat_kv", repeat_kv,
        grid("batch", "n", n_kv_heads=(1, 2, 2, 2, 3, 2, 2),
             n_heads=(2, 2, 4, 6, 6, 4, 6), d=(2, 2, 3, 2, 4, 4, 3)),
        make_repeat,
        bugs=("tiled", "along_sequence", "first_kv_only"),
        properties={"alone": properties.alone(0)},
    ),
)
