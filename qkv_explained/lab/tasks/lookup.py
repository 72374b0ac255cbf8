"""Tasks in which every token must report the value of one other token.

Each of n places holds a value; place i is asked for the value at place
``target[i]``. Around a cycle ("the weekday after mine") the arrows have a
direction, between couples ("my partner") they have none.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from jaxtyping import Float, Int
from torch import Generator, Tensor

from qkv_explained.attention import (
    attention_scores,
    scaled_dot_product_attention,
)
from qkv_explained.lab.task import Batch, Setting, Task, Weights
from qkv_explained.lab.variants import (
    Variant,
    attention_mask,
    draw_matrix,
)

D_MODEL, D_K, D_V, N_VALUES = 32, 16, 16, 10


def cycle(n: int) -> tuple[int, ...]:
    """Place i asks place i + 1, the last asks the first."""
    return tuple((i + 1) % n for i in range(n))


def couples(n: int) -> tuple[int, ...]:
    """Places 0 and 1 ask each other, 2 and 3 do, and so on."""
    return tuple(i ^ 1 for i in range(n))


# --8<-- [start:forward]
def forward(
    weights: Weights, values: Int[Tensor, "batch n"], variant: Variant
) -> tuple[
    Float[Tensor, "batch n n_values"], Float[Tensor, "batch n_q n_k"]
]:
    """One attention head with a residual connection, and a readout.

    Args:
        weights: The model; without W_K, K = Q.
        values: The value at each place.
        variant: Says whether a token may attend to itself.

    Returns:
        Logits of the answer at each place, and the attention weights.
    """
    X = weights["places"] + weights["values"][values]  # (batch, n, d_model)
    Q = X @ weights["W_Q"]  # (batch, n, d_k)
    K = X @ weights["W_K"] if "W_K" in weights else Q  # (batch, n, d_k)
    V = X @ weights["W_V"]  # (batch, n, d_v)
    mask = attention_mask(
        values.shape[-1], causal=False, self_excluded=variant.self_excluded
    )
    output, attention = scaled_dot_product_attention(Q, K, V, mask)
    return (X + output @ weights["W_O"]) @ weights["W_U"], attention
# --8<-- [end:forward]


def difference(weights: Weights) -> Float[Tensor, "n n"]:
    """What tells query from key in the scores between places.

    ``D = (S − Sᵀ) / 2``, S the scores of the places without their values.
    What D takes from a link it gives to the opposite link: D[i, j] =
    −D[j, i].

    Args:
        weights: A model of this task; without W_K, D is zero.

    Returns:
        D in logits, (n, n).
    """
    X = weights["places"]  # (n, d_model)
    Q = X @ weights["W_Q"]  # (n, d_k)
    scores = attention_scores(Q, X @ weights.get("W_K", weights["W_Q"]))
    return (scores - scores.mT) / 2


def lookup_task(
    name: str, target: Sequence[int], steps: int, batch: int
) -> Task:
    """The task of one relation.

    Args:
        name: The name in result files.
        target: For each place the place whose value it must report; a
            permutation that leaves no place alone.
        steps: Training steps.
        batch: Sequences in a step.

    Returns:
        The task. Its `links` are `rows_right`, the mean share of rows whose
        largest weight is on the target; `most_rows_right`, the largest
        number of such rows in one sequence; the mean weight of a row on
        its target (`needed`), on the place that asks it (`reverse`) and
        on itself (`own`); and what the difference between Q and K adds to
        the score of a target (`lift`, in logits).
    """
    n = len(target)
    goal = torch.tensor(target)
    asker = goal.argsort()  # the place whose target is i

    def draw_weights(
        v: Variant, setting: Setting, g: Generator
    ) -> Weights:
        d_k, std = round(D_K * v.width), setting["std"]
        weights = {
            "places": std * torch.randn(n, D_MODEL, generator=g),
            "values": std * torch.randn(N_VALUES, D_MODEL, generator=g),
            "W_Q": draw_matrix(D_MODEL, d_k, g),
            "W_V": draw_matrix(D_MODEL, D_V, g),
            "W_O": draw_matrix(D_V, D_MODEL, g),
            "W_U": draw_matrix(D_MODEL, N_VALUES, g),
        }
        if not v.shared:
            weights["W_K"] = draw_matrix(D_MODEL, d_k, g)
        return weights

    def draw_batch(many: int, g: Generator) -> Batch:
        values = torch.randint(N_VALUES, (many, n), generator=g)
        return values, values[:, goal]

    def links(
        weights: Weights, attention: Tensor, _: Tensor
    ) -> dict[str, float]:
        right = attention.argmax(dim=-1) == goal  # (batch, n)
        i = torch.arange(n)
        return {
            "lift": float(difference(weights)[i, goal].mean()),
            "rows_right": float(right.float().mean()),
            "most_rows_right": float(right.sum(dim=-1).max()),
            "needed": float(attention[:, i, goal].mean()),
            "reverse": float(attention[:, i, asker].mean()),
            "own": float(attention[:, i, i].mean()),
        }

    facts = {
        "n": n, "chance": 1 / N_VALUES, "d_model": D_MODEL, "d_k": D_K,
        "bound": n - 1, "bound_share": (n - 1) / n,
    }
    return Task(
        name, steps, batch, draw_weights, draw_batch, forward, links, facts
    )
