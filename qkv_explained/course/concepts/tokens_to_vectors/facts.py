"""Numbers on the page `tokens-to-vectors`: how long the two summands are."""

import math
from typing import Any

import torch

from qkv_explained.positions import sinusoidal_positions

D_MODEL, ROWS = 512, 1000


def facts() -> dict[str, Any]:
    """Norms of positions and of embeddings, before and after the factor.

    Returns:
        Mean norms at d_model = 512, and the factor.
    """
    rng = torch.Generator().manual_seed(0)
    drawn = torch.randn(ROWS, D_MODEL, generator=rng).double()
    one = drawn.norm(dim=-1).mean().item()
    factor = math.sqrt(D_MODEL)
    return {
        "position": sinusoidal_positions(10, D_MODEL)[5].norm().item(),
        "small": one / factor,
        "default": one,
        "scaled": one * factor,
        "ratio": one * factor / math.sqrt(D_MODEL / 2),
    }
