"""Numbers on the page `values`, counted from real matrices."""

from typing import Any

import torch

from qkv_explained.values import values


def facts() -> dict[str, Any]:
    """How many numbers come out of a sentence of ten tokens.

    Returns:
        Counts, as integers.
    """
    return {"numbers": values(torch.ones(10, 512)).numel()}
