"""The output: values, mixed by the weights."""

from torch import Tensor


def mix(weights: Tensor, V: Tensor) -> Tensor:
    # weights (batch, n_q, n_k), V (batch, n_k, d_v) -> (batch, n_q, d_v)
    return weights @ V


def mix_with_dropout(
    weights: Tensor, V: Tensor, keep: Tensor, p: float
) -> tuple[Tensor, Tensor]:
    # weights (batch, n_q, n_k), V (batch, n_k, d_v)
    # keep (batch, n_q, n_k), bool; 0 <= p < 1
    # -> (batch, n_q, d_v), (batch, n_q, n_k)
    dropped = weights * keep / (1 - p)
    return dropped @ V, weights
