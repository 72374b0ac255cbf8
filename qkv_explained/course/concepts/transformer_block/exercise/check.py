"""Layer normalisation and a pre-norm block, and how they are miswired."""

from collections.abc import Callable
from typing import Any

from torch import Tensor
from torch.nn import functional as F

from qkv_explained.course.exercises import properties, reference
from qkv_explained.course.exercises.parts import Draw, Part, Sizes, grid

Map = Callable[[Tensor], Tensor]


def layer_norm(
    X: Tensor, gain: Tensor, bias: Tensor, bugs: reference.Bugs
) -> Tensor:
    """Each token's numbers with mean 0 and variance 1, gain and bias."""
    axis: Any = -2 if "norm_over_tokens" in bugs else -1
    if "norm_over_batch" in bugs:
        axis = (0, 1, 2)
    mean = X.mean(dim=axis, keepdim=True)
    variance = ((X - mean) ** 2).mean(dim=axis, keepdim=True)
    if "unbiased" in bugs:
        variance = variance * X.shape[-1] / (X.shape[-1] - 1)
    if "rms" in bugs:
        mean, variance = 0 * mean, (X ** 2).mean(dim=axis, keepdim=True)
    if "by_variance" in bugs:
        found = (X - mean) / (variance + 1e-5)
    else:
        found = (X - mean) / (variance + 1e-5).sqrt()
    if "no_gain" not in bugs:
        found = found * gain
    return found if "no_shift" in bugs else found + bias


def block(
    X: Tensor, norm_1: Map, attend: Map, norm_2: Map, mlp: Map,
    bugs: reference.Bugs,
) -> Tensor:
    """X + attend(norm_1(X)), then the same with the MLP."""
    if "post_norm" in bugs:
        X = norm_1(X + attend(X))
        return norm_2(X + mlp(X))
    if "parallel" in bugs:
        return X + attend(norm_1(X)) + mlp(norm_2(X))
    if "mlp_first" in bugs:
        X = X + mlp(norm_2(X))
        return X + attend(norm_1(X))
    if "one_norm" in bugs:
        norm_2 = norm_1
    normed = X if "norm_1_forgotten" in bugs else norm_1(X)
    past = normed if "stream_normed" in bugs else X
    X = attend(normed) + (0 if "no_residual_1" in bugs else past)
    normed = X if "norm_2_forgotten" in bugs else norm_2(X)
    past = normed if "stream_normed" in bugs else X
    return mlp(normed) + (0 if "no_residual_2" in bugs else past)


def make_norm(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Tokens that are far from mean 0, gain and bias."""
    batch, n, d = sizes.values()
    return (draw.normal(batch, n, d) * 3 + 2, draw.normal(d),
            draw.normal(d))


def make_block(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Tokens and four maps, no two alike."""
    batch, n, d = sizes.values()
    past, wide = draw.normal(n, n), draw.normal(d, d)
    gain_1, gain_2 = draw.normal(d), draw.normal(d)
    return (
        draw.normal(batch, n, d) * 3 + 2,
        lambda x: F.layer_norm(x, (d,)) * gain_1,
        lambda x: past @ x,
        lambda x: F.layer_norm(x, (d,)) + gain_2,
        lambda x: (x @ wide).relu(),
    )


SIZES = grid("batch", "n", d_model=(3, 4, 5, 4, 6, 10, 10))
PARTS = (
    Part(
        "layer_norm", layer_norm, SIZES, make_norm,
        bugs=("unbiased", "norm_over_tokens", "norm_over_batch", "rms",
              "no_gain", "no_shift", "by_variance"),
        properties={
            "token_alone": properties.token_alone(0),
            "alone": properties.alone(0),
        },
    ),
    Part(
        "block", block, SIZES, make_block,
        bugs=("post_norm", "no_residual_1", "no_residual_2", "stream_normed",
              "one_norm", "norm_1_forgotten", "norm_2_forgotten", "parallel",
              "mlp_first"),
        properties={"alone": properties.alone(0)},
    ),
)
