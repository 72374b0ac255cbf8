"""Heads: split, merged, whole, and the ways in which they get mixed up."""

import math
from typing import Any

import torch
from torch import Tensor

from qkv_explained.course.exercises import properties, reference
from qkv_explained.course.exercises.parts import Draw, Part, Sizes, grid

Bugs = reference.Bugs


def split_heads(X: Tensor, n_heads: int, bugs: Bugs) -> Tensor:
    """(batch, n, h d) to (batch, h, n, d); head 0 has the first columns."""
    batch, n, width = X.shape
    d = width // n_heads
    if "split_reshape" in bugs:
        return X.reshape(batch, n_heads, n, d)
    if "interleaved" in bugs:
        return X.reshape(batch, n, d, n_heads).permute(0, 3, 1, 2)
    if "not_moved" in bugs:
        return X.reshape(batch, n, n_heads, d)
    return X.reshape(batch, n, n_heads, d).transpose(1, 2)


def merge_heads(X: Tensor, bugs: Bugs) -> Tensor:
    """(batch, h, n, d) to (batch, n, h d)."""
    batch, h, n, d = X.shape
    if "merge_reshape" in bugs:
        return X.reshape(batch, n, h * d)
    if "interleaved" in bugs:
        return X.permute(0, 2, 3, 1).reshape(batch, n, h * d)
    if "heads_summed" in bugs:
        return X.sum(dim=1)
    return X.transpose(1, 2).reshape(batch, n, h * d)


def multi_head(
    query: Tensor, key: Tensor, value: Tensor, W_Q: Tensor, W_K: Tensor,
    W_V: Tensor, W_O: Tensor, n_heads: int, bugs: Bugs,
) -> Tensor:
    """The layer of the paper, and mistakes made in building it."""
    if "key_is_query" in bugs:
        key = value = query
    if "value_is_key" in bugs:
        value = key
    if "projected_twice" in bugs:
        query, key, value = query @ W_Q, key @ W_K, value @ W_V
    Q, K, V = _heads(query, key, value, W_Q, W_K, W_V, n_heads, bugs)
    if "one_wide_head" in bugs:
        return reference.attend(query @ W_Q, key @ W_K, value @ W_V) @ W_O
    if "sqrt_d_model" in bugs:
        Q = Q * math.sqrt(K.shape[-1] / query.shape[-1])
    if "sqrt_h_d_k" in bugs:
        Q = Q / math.sqrt(n_heads)
    if "sqrt_heads" in bugs:
        Q = Q * math.sqrt(K.shape[-1] / n_heads)
    if "softmax_over_heads" in bugs:
        scores = Q @ K.mT / math.sqrt(K.shape[-1])
        found = scores.softmax(dim=1) @ V
    else:
        found = reference.attend(Q, K, V, bugs)
    if "d_model_for_h_d" in bugs:
        joined = found.transpose(1, 2).reshape(query.shape)
    else:
        joined = merge_heads(found, bugs)
    return joined if "no_output_matrix" in bugs else joined @ W_O


def _heads(
    query: Tensor, key: Tensor, value: Tensor, W_Q: Tensor, W_K: Tensor,
    W_V: Tensor, h: int, bugs: Bugs,
) -> tuple[Tensor, ...]:
    """Q, K and V of all heads."""
    inputs, matrices = (query, key, value), (W_Q, W_K, W_V)
    if "reassigned" in bugs:
        return tuple(_reassigned(x, W, h)
                     for x, W in zip(inputs, matrices, strict=True))
    if {"cut_input", "cut_one_matrix"} & bugs:
        one = "cut_one_matrix" in bugs
        return tuple(_cut(x, W, h, one)
                     for x, W in zip(inputs, matrices, strict=True))
    if "same_head" in bugs:
        W_Q, W_K, W_V = (W.chunk(h, dim=1)[0].repeat(1, h) for W in matrices)
        matrices = W_Q, W_K, W_V
    return tuple(split_heads(x @ W, h, bugs)
                 for x, W in zip(inputs, matrices, strict=True))


def _reassigned(x: Tensor, W: Tensor, h: int) -> Tensor:
    """Each head projects what the one before it has made."""
    made = []
    for block in W.chunk(h, dim=1):
        x = x @ block
        made.append(x)
    return torch.stack(made, dim=1)


def _cut(x: Tensor, W: Tensor, h: int, one: bool) -> Tensor:
    """The input is cut into h slices; each head sees its own only."""
    slices = split_heads(x, h, frozenset())
    d_in, d_out = x.shape[-1] // h, W.shape[-1] // h
    blocks = torch.stack([
        W[:d_in, :d_out] if one else
        W[i * d_in:(i + 1) * d_in, i * d_out:(i + 1) * d_out]
        for i in range(h)])
    return slices @ blocks


def make_split(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Rows of all heads side by side."""
    batch, heads, n, d = sizes.values()
    return draw.normal(batch, n, heads * d), heads


def make_merge(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Rows of each head."""
    return (draw.normal(*sizes.values()),)


def make(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Inputs, the four matrices, the number of heads."""
    batch, h, n_q, n_k, d_model, d_k, d_v = sizes.values()
    return (
        draw.normal(batch, n_q, d_model), draw.normal(batch, n_k, d_model),
        draw.normal(batch, n_k, d_model), draw.normal(d_model, h * d_k),
        draw.normal(d_model, h * d_k), draw.normal(d_model, h * d_v),
        draw.normal(h * d_v, d_model), h)


# Heads as wide as the model: a loop that overwrites its input still runs.
WIDE = {"batch": 2, "heads": 2, "n_q": 3, "n_k": 4, "d_model": 4, "d_k": 4,
        "d_v": 4}
SMALL = grid("batch", "heads", "n", d=(2, 1, 3, 2, 3, 4, 4))
PARTS = (
    Part(
        "split_heads", split_heads, SMALL, make_split,
        bugs=("split_reshape", "interleaved", "not_moved"),
        properties={"alone": properties.alone(0)},
    ),
    Part(
        "merge_heads", merge_heads, SMALL, make_merge,
        bugs=("merge_reshape", "interleaved", "heads_summed"),
        properties={"alone": properties.alone(0)},
    ),
    Part(
        "multi_head", multi_head,
        grid("batch", "heads", "n_q", "n_k", "d_model", "d_k",
             d_v=(2, 1, 2, 2, 3, 6, 6)),
        make,
        bugs=("split_reshape", "merge_reshape", "sqrt_d_model", "sqrt_heads",
              "sqrt_h_d_k", "cut_input", "cut_one_matrix", "reassigned",
              "projected_twice", "one_wide_head", "same_head", "interleaved",
              "softmax_over_heads", "d_model_for_h_d", "no_output_matrix",
              "key_is_query", "value_is_key", "wrong_axis", "no_scale",
              "scale_d", "scale_up", "no_softmax", "roles_swapped",
              "q_with_q"),
        properties={
            "linear_v": properties.linear(2),
            "alone": properties.alone(0, 1, 2),
            "queries_alone": properties.queries_alone(0),
            "keys_in_any_order": properties.keys_in_any_order(1, 2),
            "heads_in_any_order": properties.heads_in_any_order(
                {3: 1, 4: 1, 5: 1, 6: 0}, 7),
        },
        extra=((WIDE, lambda draw: make(WIDE, draw)),),
    ),
)
