"""Layer normalisation, and the block around attention and MLP."""

from collections.abc import Callable

from torch import Tensor


def layer_norm(X: Tensor, gain: Tensor, bias: Tensor) -> Tensor:
    # X (batch, n, d_model), gain and bias (d_model,)
    # -> (batch, n, d_model)
    mean = X.mean(dim=-1, keepdim=True)
    variance = ((X - mean) ** 2).mean(dim=-1, keepdim=True)
    return (X - mean) / (variance + 1e-5).sqrt() * gain + bias


def block(
    X: Tensor,
    norm_1: Callable[[Tensor], Tensor],
    attend: Callable[[Tensor], Tensor],
    norm_2: Callable[[Tensor], Tensor],
    mlp: Callable[[Tensor], Tensor],
) -> Tensor:
    # X (batch, n, d_model) -> (batch, n, d_model)
    X = X + attend(norm_1(X))
    return X + mlp(norm_2(X))
