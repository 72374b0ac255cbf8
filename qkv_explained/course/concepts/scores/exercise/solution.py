"""The scores: every query with every key."""

from torch import Tensor


def scores(Q: Tensor, K: Tensor) -> Tensor:
    # Q (batch, n_q, d_k), K (batch, n_k, d_k) -> (batch, n_q, n_k)
    return Q @ K.mT
