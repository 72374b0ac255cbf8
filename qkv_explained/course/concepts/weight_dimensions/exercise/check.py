"""nn.Linear's matrix and a fused one, and what goes wrong with them."""

from typing import Any

from torch import Tensor

from qkv_explained.course.exercises import properties, reference
from qkv_explained.course.exercises.parts import Draw, Part, Sizes, grid


def linear(
    X: Tensor, weight: Tensor, bias: Tensor, bugs: reference.Bugs
) -> Tensor:
    """X weightᵀ + bias."""
    found = X @ (weight if "not_transposed" in bugs else weight.T)
    if "no_bias" in bugs:
        return found
    if "bias_subtracted" in bugs:
        return found - bias
    return found + bias


def fused(
    X: Tensor, W_QKV: Tensor, d_k: int, d_v: int, bugs: reference.Bugs
) -> tuple[Tensor, ...]:
    """The three parts of X W_QKV, side by side."""
    found = X @ W_QKV
    if "thirds" in bugs:
        return found.chunk(3, dim=-1)
    if "every_third" in bugs:
        return found[..., 0::3], found[..., 1::3], found[..., 2::3]
    Q, K, V = found.split([d_k, d_k, d_v], dim=-1)
    if "order_kqv" in bugs:
        Q, K = K, Q
    if "order_vkq" in bugs:
        V, K, Q = found.split([d_v, d_k, d_k], dim=-1)
    return Q, K, V


def make_linear(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Tokens, a matrix as nn.Linear stores it, a bias."""
    batch, n, d_in, d_out = sizes.values()
    return (draw.normal(batch, n, d_in), draw.normal(d_out, d_in),
            draw.normal(d_out))


def make_fused(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Tokens, a fused matrix, and where it is to be cut."""
    batch, n, d_model, d_k, d_v = sizes.values()
    return (draw.normal(batch, n, d_model),
            draw.normal(d_model, 2 * d_k + d_v), d_k, d_v)


PARTS = (
    Part(
        "linear", linear,
        grid("batch", "n", d_in=(2, 3, 4, 3, 4, 6, 2),
             d_out=(2, 3, 2, 4, 4, 4, 3)),
        make_linear,
        bugs=("not_transposed", "no_bias", "bias_subtracted"),
        properties={"token_alone": properties.token_alone(0)},
    ),
    Part(
        "fused", fused, grid("batch", "n", "d_model", "d_k", "d_v"),
        make_fused,
        bugs=("thirds", "order_kqv", "order_vkq", "every_third"),
        properties={"token_alone": properties.token_alone(0)},
        outputs=("Q", "K", "V"),
    ),
)
