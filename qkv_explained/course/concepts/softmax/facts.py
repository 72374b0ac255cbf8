"""Numbers on the page `softmax`, counted from real matrices."""

from typing import Any

import torch

from qkv_explained.softmax import softmax


def facts() -> dict[str, Any]:
    """How many numbers come out of a sentence of ten tokens.

    Returns:
        Counts, as integers.
    """
    return {"numbers": softmax(torch.ones(10, 512)).numel()}
