"""Numbers on the page `masks`, counted from real matrices."""

from typing import Any

import torch

from qkv_explained.masks import masks


def facts() -> dict[str, Any]:
    """How many numbers come out of a sentence of ten tokens.

    Returns:
        Counts, as integers.
    """
    return {"numbers": masks(torch.ones(10, 512)).numel()}
