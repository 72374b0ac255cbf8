"""Numbers on the page `why-qkv`, counted from real matrices."""

from typing import Any

import torch

from qkv_explained.why_qkv import why_qkv


def facts() -> dict[str, Any]:
    """How many numbers come out of a sentence of ten tokens.

    Returns:
        Counts, as integers.
    """
    return {"numbers": why_qkv(torch.ones(10, 512)).numel()}
