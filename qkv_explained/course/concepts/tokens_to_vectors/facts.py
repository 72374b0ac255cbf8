"""Numbers on the page `tokens-to-vectors`, counted from real matrices."""

from typing import Any

import torch

from qkv_explained.tokens_to_vectors import tokens_to_vectors


def facts() -> dict[str, Any]:
    """How many numbers come out of a sentence of ten tokens.

    Returns:
        Counts, as integers.
    """
    return {"numbers": tokens_to_vectors(torch.ones(10, 512)).numel()}
