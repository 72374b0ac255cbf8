"""Numbers on the page `scaling`, of random matrices."""

import math
from typing import Any

import torch
from torch import Tensor

N_KEYS, D_MODEL, DRAWS, PAIRS, ASKED = 10, 128, 1000, 100_000, 1.6
SIZES = (4, 16, 64, 256, 1024)


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
    norms: list[float] = []
    for _ in range(100):
        X = torch.randn(N_KEYS, D_MODEL, generator=rng).double()
        W_Q, W_K = torch.randn(2, D_MODEL, d_k, generator=rng).double() / (
            math.sqrt(D_MODEL)
        )
        W_Q.requires_grad_()
        weights = (X @ W_Q @ (X @ W_K).T / divisor).softmax(dim=-1)
        slopes = torch.randn(N_KEYS, N_KEYS, generator=rng)  # ∂L/∂weights
        loss = (weights * slopes).sum()
        (grad,) = torch.autograd.grad(loss, [W_Q])
        norms.append(float(grad.norm()))
    return sum(norms) / len(norms)


def facts() -> dict[str, Any]:
    """Rows of softmax and gradients, with and without √d_k.

    Returns:
        Entropies in nats, the rest without unit. By d_k: `slope` is the
        Frobenius norm of ∂weights/∂scores, `W_Q` that of ∂L/∂W_Q.
    """
    found: dict[str, Any] = {"draws": DRAWS}
    rng, other = (torch.Generator().manual_seed(0) for _ in range(2))
    for d_k in SIZES:
        q = torch.randn(DRAWS, 1, d_k, generator=rng)
        k = torch.randn(DRAWS, N_KEYS, d_k, generator=rng)
        scores = (q @ k.mT).squeeze(1)
        found[str(d_k)] = {
            name: softmax_of(scores / divisor)
            | {"W_Q": slope_of_W_Q(d_k, divisor, other)}
            for name, divisor in (("raw", 1.0), ("scaled", d_k**0.5))
        }
    return found | {"two_by_two": two_by_two()}


def two_by_two() -> dict[str, float]:
    """The variance of four scores, over many draws of d_k = 2."""
    rng = torch.Generator().manual_seed(0)
    Q, K = (torch.randn(PAIRS, 2, 2, generator=rng) for _ in range(2))
    variances = (Q @ K.mT).flatten(1).var(dim=1)
    first = variances[:10]
    return {
        "pairs": PAIRS,
        "min": first.min().item(),
        "max": first.max().item(),
        "mean": variances.mean().item(),
        "asked": ASKED,
        "below": (variances < ASKED).double().mean().item(),
    }
