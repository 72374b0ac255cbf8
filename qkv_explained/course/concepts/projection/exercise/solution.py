"""One head from the tokens: projections, then attention."""

import math

from torch import Tensor


def head(X: Tensor, W_Q: Tensor, W_K: Tensor, W_V: Tensor) -> Tensor:
    # X (batch, n, d_model), W_Q and W_K (d_model, d_k), W_V (d_model, d_v)
    # -> (batch, n, d_v)
    Q, K, V = X @ W_Q, X @ W_K, X @ W_V
    scores = Q @ K.mT / math.sqrt(W_K.shape[-1])  # (batch, n, n)
    return scores.softmax(dim=-1) @ V
