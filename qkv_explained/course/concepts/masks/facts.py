"""Numbers on the page `masks`."""

import math
from typing import Any

from qkv_explained.masks import causal_mask


def facts() -> dict[str, Any]:
    """The loss of guessing among 8 words, and what a mask forbids.

    Returns:
        A loss in nats, and counts as integers.
    """
    n = 1000
    return {
        "floor": math.log(8),
        "thousand": {"all": n * n, "masked": int((~causal_mask(n)).sum())},
    }
