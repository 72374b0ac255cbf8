"""Numbers on the page `values`: what values may be made of."""

from typing import Any

import torch

from qkv_explained.lab import one_head
from qkv_explained.lab.one_head import Head

HEADS = (Head("V"), Head("K", values="K"), Head("X", values="X"))


def facts() -> dict[str, Any]:
    """The example by hand, and how well one head does on the boards.

    Returns:
        What is added to `it`, and for each kind of values the worst accuracy
        of the seeds, from 0 to 1.
    """
    W_V, W_O = torch.tensor([1.0, -1, 0, 0]), torch.tensor([2.0, -2, 0, 0])
    weights, X = torch.tensor([0.9, 0.1, 0.0]), torch.eye(4)[:3]
    return {
        "added": ((weights @ X @ W_V) * W_O)[0].item(),
        "seeds": len(one_head.SEEDS),
        "worst": {
            head.name: min(one_head.trained(head)["accuracy"])
            for head in HEADS
        },
    }
