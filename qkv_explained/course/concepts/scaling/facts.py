"""Numbers on the page `scaling`, counted from real matrices."""

from typing import Any

import torch

from qkv_explained.scaling import scaling


def facts() -> dict[str, Any]:
    """How many numbers come out of a sentence of ten tokens.

    Returns:
        Counts, as integers.
    """
    return {"numbers": scaling(torch.ones(10, 512)).numel()}
