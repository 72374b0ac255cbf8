"""Which way round a matrix lies, and how a fused one is cut."""

from torch import Tensor


def linear(X: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    # X (batch, n, d_in), weight (d_out, d_in), bias (d_out)
    # -> (batch, n, d_out)
    return X @ weight.T + bias


def fused(
    X: Tensor, W_QKV: Tensor, d_k: int, d_v: int
) -> tuple[Tensor, Tensor, Tensor]:
    # X (batch, n, d_model), W_QKV (d_model, d_k + d_k + d_v)
    # -> (batch, n, d_k), (batch, n, d_k), (batch, n, d_v)
    Q, K, V = (X @ W_QKV).split([d_k, d_k, d_v], dim=-1)
    return Q, K, V
