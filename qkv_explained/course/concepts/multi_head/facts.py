"""Numbers on the page `multi-head` and in its notebook."""

from typing import Any

import torch
from torch import nn

from qkv_explained.course.concepts.multi_head.figures.maps import weights

D_MODEL, N_HEADS, D_K = 512, 8, 64


def facts() -> dict[str, Any]:
    """Parameters of the layer, and weights of the sentence's heads.

    Returns:
        Counts as integers; attention weights as probabilities.
    """
    layer = nn.MultiheadAttention(D_MODEL, N_HEADS)
    total = sum(p.numel() for p in layer.parameters())
    one, two, wide = weights()
    white, cat, saw, black, dog = range(5)
    return {
        "layer": {
            "with_biases": total,
            "biases": 4 * D_MODEL,
            "without_biases": 4 * D_MODEL * D_MODEL,
        },
        "cut": 3 * D_K * D_K,
        "three": 3 * D_MODEL * D_MODEL,
        "by_hand": by_hand(),
        "maps": {
            "dog_black": {"head_1": one[dog][black], "wide": wide[dog][black]},
            "dog_saw": {"head_2": two[dog][saw], "wide": wide[dog][saw]},
            "cat_white": {"head_1": one[cat][white], "wide": wide[cat][white]},
            "cat_saw": {"head_2": two[cat][saw], "wide": wide[cat][saw]},
            "white_white": {"head_1": one[white][white]},
        },
    }


def by_hand() -> dict[str, Any]:
    """The three keys of snippets/wide_by_hand.py."""
    K = torch.tensor([[5.0, 0.0], [0.0, 5.0], [3.0, 3.0]])
    heads = K.T.softmax(dim=-1)  # q = (1, 1), d_k = 1: scores are keys
    wide = (K.sum(dim=1) / 2**0.5).softmax(dim=-1)
    return {
        "head_largest": float(heads[0, 0]),
        "head_third": float(heads[0, 2]),
        "wide_third": float(wide[2]),
        "wide_first": float(wide[0]),
    }
