"""Numbers on the page `attention`, counted from real matrices."""

from typing import Any

import torch

from qkv_explained.attention import attention


def facts() -> dict[str, Any]:
    """How many numbers come out of a sentence of ten tokens.

    Returns:
        Counts, as integers.
    """
    return {"numbers": attention(torch.ones(10, 512)).numel()}
