"""Numbers on the page `transformer-block`, counted from real matrices."""

from typing import Any

import torch

from qkv_explained.transformer_block import transformer_block


def facts() -> dict[str, Any]:
    """How many numbers come out of a sentence of ten tokens.

    Returns:
        Counts, as integers.
    """
    return {"numbers": transformer_block(torch.ones(10, 512)).numel()}
