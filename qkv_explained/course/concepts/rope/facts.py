"""Numbers on the page `rope`, counted from real matrices."""

from typing import Any

import torch

from qkv_explained.rope import rope


def facts() -> dict[str, Any]:
    """How many numbers come out of a sentence of ten tokens.

    Returns:
        Counts, as integers.
    """
    return {"numbers": rope(torch.ones(10, 512)).numel()}
