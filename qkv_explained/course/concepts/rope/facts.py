"""Numbers on the page `rope`."""

import math
from typing import Any

import torch

from qkv_explained.rope import rotation_angles


def facts() -> dict[str, Any]:
    """After how many tokens pairs of a query of 64 have turned once.

    Returns:
        Numbers of tokens, for the first and the last pair.
    """
    speed = rotation_angles(torch.tensor([1]), 64)[0]
    return {
        "first": 2 * math.pi / speed[0].item(),
        "last": round(2 * math.pi / speed[-1].item()),
    }
