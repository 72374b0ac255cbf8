"""Numbers on the page `softmax`: other ways from scores to weights."""

import math
from typing import Any

from torch import Tensor

from qkv_explained.lab import one_head
from qkv_explained.lab.one_head import Head


def wrong_axis(scores: Tensor) -> Tensor:
    """Softmax over the queries."""
    return scores.softmax(dim=-2)


def squares(scores: Tensor) -> Tensor:
    """``s² / Σ s²``."""
    return scores**2 / (scores**2).sum(dim=-1, keepdim=True)


def none(scores: Tensor) -> Tensor:
    """The scores themselves."""
    return scores


def uniform(scores: Tensor) -> Tensor:
    """The same weight for every key, whatever the scores."""
    return 0 * scores + 1 / scores.shape[-1]


HEADS = (
    Head("softmax"),
    Head("axis", weights=wrong_axis),
    Head("squares", weights=squares),
    Head("sigmoid", weights=Tensor.sigmoid),
    Head("none", weights=none),
    Head("uniform", weights=uniform),
)


def facts() -> dict[str, Any]:
    """How well one head does on the boards with each way.

    Returns:
        The worst and the best accuracy of the seeds, from 0 to 1; counts.
    """
    found = {head.name: one_head.trained(head) for head in HEADS}
    return {
        "e": math.e,
        "seeds": len(one_head.SEEDS),
        "worst": {name: min(run["accuracy"]) for name, run in found.items()},
        "best": {name: max(run["accuracy"]) for name, run in found.items()},
    }
