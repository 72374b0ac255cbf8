"""Numbers on the page `projection`, counted from real matrices."""

import json
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from qkv_explained.projection import visible_part

D_MODEL, D_K, N = 512, 64, 128
MINILM = Path(__file__).with_name("minilm.json")


def draw(*shape: int, seed: int) -> Tensor:
    """Independent numbers from N(0, 1), float64."""
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


def facts() -> dict[str, Any]:
    """What a head sees, of random vectors; a trained model's matrices.

    Returns:
        Shares as fractions of one; conditions and cosines without unit.
    """
    X = draw(N, D_MODEL, seed=2)
    seen = visible_part(X, draw(D_MODEL, D_K, seed=0))
    return {
        "seen_share": float(seen.square().sum() / X.square().sum()),
        "minilm": json.loads(MINILM.read_text("utf-8")),
    }
