"""Numbers on the page `transformer-block`: what a block and a GPT hold."""

from typing import Any

import torch

from qkv_explained.gpt import GPT, Block

N_LAYERS = 12


def facts() -> dict[str, Any]:
    """Parameters of one block of GPT-2's smallest size, and of the whole.

    Returns:
        Counts, and the MLP's share of its block.
    """
    rng = torch.Generator().manual_seed(0)
    block = Block(768, 12, N_LAYERS, generator=rng)
    mlp = sum(getattr(block, name).numel()
              for name in ("W_1", "b_1", "W_2", "b_2"))
    small = GPT(50257, 1024, 768, 12, n_layers=1, generator=rng)
    counted = sum(p.numel() for p in block.parameters())
    around = sum(p.numel() for p in small.parameters()) - counted
    return {
        "block": counted,
        "mlp": mlp,
        "mlp_share": mlp / counted,
        "gpt": around + N_LAYERS * counted,
        "gpt_embedding": small.tokens.numel(),
    }
