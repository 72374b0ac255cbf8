"""Softmax over the keys, which survives large scores."""

from torch import Tensor


def softmax(scores: Tensor) -> Tensor:
    # scores (batch, n_q, n_k) -> (batch, n_q, n_k)
    shifted = scores - scores.amax(dim=-1, keepdim=True)
    powers = shifted.exp()
    return powers / powers.sum(dim=-1, keepdim=True)
