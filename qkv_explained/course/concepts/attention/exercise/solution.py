"""One head of attention."""

import math

from torch import Tensor


def attention(Q: Tensor, K: Tensor, V: Tensor) -> Tensor:
    # Q (batch, n_q, d_k), K (batch, n_k, d_k), V (batch, n_k, d_v)
    # -> (batch, n_q, d_v)
    scores = Q @ K.mT / math.sqrt(K.shape[-1])  # (batch, n_q, n_k)
    weights = scores.softmax(dim=-1)  # (batch, n_q, n_k)
    return weights @ V
