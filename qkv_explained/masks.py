"""Masks: which query may attend to which key.

A mask is boolean, and True means "may attend", as in
`torch.nn.functional.scaled_dot_product_attention`. Masks are combined by
``&``: what each of them allows is allowed.
"""

# --8<-- [start:imports]
import torch
from jaxtyping import Bool, Int
from torch import Tensor

# --8<-- [end:imports]


# --8<-- [start:causal_mask]
def causal_mask(n_q: int, n_k: int | None = None) -> Bool[Tensor, "n_q n_k"]:
    """Let each token attend to itself and to what stands before it.

    The queries are the last n_q of n_k tokens, so the triangle ends in the
    lower right corner: with a KV cache n_q is smaller than n_k.

    Args:
        n_q: Number of queries.
        n_k: Number of keys; n_q if None.

    Returns:
        True where key j does not stand after query i, (n_q, n_k).

    Raises:
        ValueError: If n_q is not from 1 to n_k.

    Examples:
        >>> causal_mask(2, 3).int().tolist()
        [[1, 1, 0], [1, 1, 1]]

    Source:
        Vaswani et al. 2017, section 3.2.3.
    """
    n_k = n_q if n_k is None else n_k
    if not 1 <= n_q <= n_k:
        raise ValueError(
            f"n_q = {n_q} and n_k = {n_k}: the queries are the last of the "
            f"keys' tokens, so give n_q from 1 to {n_k}"
        )
    return torch.ones(n_q, n_k).tril(diagonal=n_k - n_q).bool()
# --8<-- [end:causal_mask]


# --8<-- [start:padding_mask]
def padding_mask(
    lengths: Int[Tensor, "batch"], n_k: int
) -> Bool[Tensor, "batch 1 1 n_k"]:
    """Hide the keys that only fill a sentence up to the common length.

    Args:
        lengths: Number of real tokens of each sentence, which stand first,
            (batch,).
        n_k: Common length, padding included.

    Returns:
        True at real tokens, (batch, 1, 1, n_k): the axes of heads and of
        queries are there to be broadcast.

    Raises:
        ValueError: If a length is not from 1 to n_k.

    Examples:
        >>> padding_mask(torch.tensor([3, 1]), 3).int().flatten(1).tolist()
        [[1, 1, 1], [1, 0, 0]]
    """
    if not ((lengths >= 1) & (lengths <= n_k)).all():
        raise ValueError(
            f"lengths from {int(lengths.min())} to {int(lengths.max())} do "
            f"not fit n_k = {n_k}: give each sentence a length from 1 to {n_k}"
        )
    real = torch.arange(n_k) < lengths[:, None]  # (batch, n_k)
    return real[:, None, None, :]  # (batch, 1, 1, n_k)
# --8<-- [end:padding_mask]
