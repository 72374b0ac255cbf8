"""Numbers on the page `scores`, counted from real matrices."""

from typing import Any

import torch

from qkv_explained.scores import scores


def facts() -> dict[str, Any]:
    """How many numbers come out of a sentence of ten tokens.

    Returns:
        Counts, as integers.
    """
    return {"numbers": scores(torch.ones(10, 512)).numel()}
