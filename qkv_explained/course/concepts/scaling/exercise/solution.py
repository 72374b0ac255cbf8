"""The scores, divided by √d_k."""

import math

from torch import Tensor


def scaled_scores(Q: Tensor, K: Tensor) -> Tensor:
    # Q (batch, heads, n_q, d_k), K (batch, heads, n_k, d_k)
    # -> (batch, heads, n_q, n_k)
    d_k = Q.shape[-1]
    return Q @ K.mT / math.sqrt(d_k)
