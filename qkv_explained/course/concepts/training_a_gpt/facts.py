"""Numbers on the page `training-a-gpt`, counted from real matrices."""

from typing import Any

import torch

from qkv_explained.training_a_gpt import training_a_gpt


def facts() -> dict[str, Any]:
    """How many numbers come out of a sentence of ten tokens.

    Returns:
        Counts, as integers.
    """
    return {"numbers": training_a_gpt(torch.ones(10, 512)).numel()}
