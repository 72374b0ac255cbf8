"""Numbers on the page `scaling`, of random matrices."""

import math
from typing import Any

import torch
from torch import Tensor

N_KEYS, D_MODEL = 10, 128


def softmax_of(scores: Tensor) -> dict[str, float]:
    """How a row of weights looks, and how it answers to a change."""
    weights = scores.softmax(dim=-1)  # (batch, n_k)
    entropy = -torch.special.xlogy(weights, weights).sum(dim=-1)
    jacobian = torch.diag_embed(weights) - (
        weights.unsqueeze(-1) * weights.unsqueeze(-2)
    )  # ∂weights/∂scores, (batch, n_k, n_k)
    return {
        "std": scores.std().item(),
        "largest": weights.max(dim=-1).values.mean().item(),
        "entropy": entropy.mean().item(),
        "slope": jacobian.norm(dim=(-2, -1)).mean().item(),
    }


def slope_of_W_Q(d_k: int, divisor: float, rng: torch.Generator) -> float:
    """The mean norm of ∂L/∂W_Q, for losses linear in the weights."""
    norms = []
    for _ in range(100):
        X = torch.randn(N_KEYS, D_MODEL, generator=rng).double()
        W_Q, W_K = torch.randn(2, D_MODEL, d_k, generator=rng).double() / (
            math.sqrt(D_MODEL)
        )
        W_Q.requires_grad_()
        weights = (X @ W_Q @ (X @ W_K).T / divisor).softmax(dim=-1)
        loss = (weights * torch.randn(N_KEYS, N_KEYS, generator=rng)).sum()
        (grad,) = torch.autograd.grad(loss, [W_Q])
        norms.append(grad.norm().item())
    return sum(norms) / len(norms)


def facts() -> dict[str, Any]:
    """Rows of softmax and gradients, with and without √d_k.

    Returns:
        Entropies in nats, the rest without unit; `slope` is the Frobenius
        norm of ∂weights/∂scores, `W_Q` that of ∂L/∂W_Q.
    """
    found: dict[str, Any] = {"log_keys": math.log(N_KEYS)}
    rng = torch.Generator().manual_seed(0)
    for d_k in (64, 1024):
        q = torch.randn(1000, 1, d_k, generator=rng).double()
        k = torch.randn(1000, N_KEYS, d_k, generator=rng).double()
        scores = (q @ k.mT).squeeze(1)
        found[str(d_k)] = {
            name: softmax_of(scores / divisor)
            | {"W_Q": slope_of_W_Q(d_k, divisor, rng)}
            for name, divisor in (("raw", 1.0), ("scaled", d_k**0.5))
        }
    return found
