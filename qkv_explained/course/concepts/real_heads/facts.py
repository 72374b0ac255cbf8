"""Numbers on the page `real-heads`, counted from real matrices."""

from typing import Any

import torch

from qkv_explained.real_heads import real_heads


def facts() -> dict[str, Any]:
    """How many numbers come out of a sentence of ten tokens.

    Returns:
        Counts, as integers.
    """
    return {"numbers": real_heads(torch.ones(10, 512)).numel()}
