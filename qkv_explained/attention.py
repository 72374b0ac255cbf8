"""Scaled dot-product attention: scores, weights, output.

Everywhere, Q has n_q rows (one for each query), K and V have n_k rows (one
for each key); ``i`` counts queries and ``j`` keys. Leading dimensions, such
as batch and heads, are carried along.
"""

# --8<-- [start:imports]
import math

import torch
from jaxtyping import Bool, Float
from torch import Tensor

# --8<-- [end:imports]


# --8<-- [start:attention_scores]
def attention_scores(
    Q: Float[Tensor, "*batch n_q d_k"],
    K: Float[Tensor, "*batch n_k d_k"],
) -> Float[Tensor, "*batch n_q n_k"]:
    """Compare every query with every key.

    ``scores[i, j] = Q[i] · K[j] / √d_k``

    Args:
        Q: Queries, (*batch, n_q, d_k).
        K: Keys, (*batch, n_k, d_k).

    Returns:
        Scores before softmax, (*batch, n_q, n_k), in logits.

    Raises:
        ValueError: If the last dimensions of Q and K differ.

    Examples:
        >>> Q = torch.tensor([[1.0, 0.0, 0.0, 2.0]])
        >>> K = torch.tensor([[3.0, 5.0, 5.0, 1.0], [0.0, 9.0, 9.0, 0.0]])
        >>> attention_scores(Q, K).tolist()
        [[2.5, 0.0]]

    Source:
        Vaswani et al. 2017, section 3.2.1, equation 1 (inside softmax).
    """
    d_k = Q.shape[-1]
    if K.shape[-1] != d_k:
        raise ValueError(
            f"Q of shape {tuple(Q.shape)} and K of shape {tuple(K.shape)} "
            f"must end in the same d_k, but {d_k} ≠ {K.shape[-1]}: give W_Q "
            "and W_K the same number of columns"
        )
    return Q @ K.mT / math.sqrt(d_k)  # (*batch, n_q, n_k)
# --8<-- [end:attention_scores]


# --8<-- [start:attention_weights]
def attention_weights(
    Q: Float[Tensor, "*batch n_q d_k"],
    K: Float[Tensor, "*batch n_k d_k"],
    mask: Bool[Tensor, "*#batch #n_q #n_k"] | None = None,
) -> Float[Tensor, "*batch n_q n_k"]:
    """Turn each query's scores into shares of one.

    ``weights = softmax(Q Kᵀ / √d_k)``, softmax over the keys

    Args:
        Q: Queries, (*batch, n_q, d_k).
        K: Keys, (*batch, n_k, d_k).
        mask: True where query i may attend to key j; broadcast to
            (*batch, n_q, n_k). None: every query may attend to every key.

    Returns:
        Attention weights, (*batch, n_q, n_k): probabilities, each row of
        which sums to one.

    Raises:
        ValueError: If the shapes do not fit, the mask is not boolean, or a
            query is left without any key.

    Examples:
        >>> Q, K = torch.zeros(1, 2), torch.zeros(3, 2)
        >>> mask = torch.tensor([[True, False, True]])
        >>> attention_weights(Q, K, mask).tolist()
        [[0.5, 0.0, 0.5]]

    Source:
        Vaswani et al. 2017, section 3.2.1, equation 1; the mask: 3.2.3.
    """
    scores = attention_scores(Q, K)  # (*batch, n_q, n_k)
    if mask is not None:
        check_mask(mask, scores)
        scores = scores.masked_fill(~mask, -math.inf)
    return scores.softmax(dim=-1)  # (*batch, n_q, n_k)
# --8<-- [end:attention_weights]


# --8<-- [start:scaled_dot_product_attention]
def scaled_dot_product_attention(
    Q: Float[Tensor, "*batch n_q d_k"],
    K: Float[Tensor, "*batch n_k d_k"],
    V: Float[Tensor, "*batch n_k d_v"],
    mask: Bool[Tensor, "*#batch #n_q #n_k"] | None = None,
) -> tuple[
    Float[Tensor, "*batch n_q d_v"],
    Float[Tensor, "*batch n_q n_k"],
]:
    """Average the values, weighted by how well each key suits the query.

    ``output = softmax(Q Kᵀ / √d_k) V``

    Args:
        Q: Queries, (*batch, n_q, d_k).
        K: Keys, (*batch, n_k, d_k).
        V: Values, (*batch, n_k, d_v).
        mask: As in `attention_weights`: True = may attend; broadcast to
            (*batch, n_q, n_k).

    Returns:
        The output, (*batch, n_q, d_v), and the attention weights, (*batch,
        n_q, n_k), probabilities over the keys.

    Raises:
        ValueError: As in `attention_weights`, and if K and V have not the
            same number of rows, or none.

    Examples:
        >>> Q, K = torch.zeros(1, 2), torch.zeros(2, 2)
        >>> V = torch.tensor([[3.0], [6.0]])
        >>> output, weights = scaled_dot_product_attention(Q, K, V)
        >>> output.tolist(), weights.tolist()
        ([[4.5]], [[0.5, 0.5]])

    Source:
        Vaswani et al. 2017, section 3.2.1, equation 1.

    Differs from the paper:
        The weights are returned too, and a mask is an argument.
    """
    if V.shape[-2] != K.shape[-2] or K.shape[-2] == 0:
        raise ValueError(
            f"K of shape {tuple(K.shape)} and V of shape {tuple(V.shape)} "
            f"must have the same number n_k ≥ 1 of rows, but have "
            f"{K.shape[-2]} and {V.shape[-2]}: make both from one input"
        )
    weights = attention_weights(Q, K, mask)  # (*batch, n_q, n_k)
    output = weights @ V  # (*batch, n_q, d_v)
    return output, weights
# --8<-- [end:scaled_dot_product_attention]


def check_mask(mask: Tensor, scores: Float[Tensor, "*batch n_q n_k"]) -> None:
    """Refuse a mask that is no mask, does not fit, or empties a row.

    Args:
        mask: True where query i may attend to key j.
        scores: The scores it is for, (*batch, n_q, n_k).

    Raises:
        ValueError: Naming what is wrong, and for an empty row the query.

    Examples:
        >>> check_mask(torch.ones(3, 3).tril() > 0, torch.zeros(3, 3))
    """
    if mask.dtype != torch.bool:
        raise ValueError(
            f"mask has dtype {mask.dtype}, but must be boolean, True = may "
            "attend: write mask.bool() if 1 means may attend"
        )
    try:
        rows = mask.expand(scores.shape).any(dim=-1)  # (*batch, n_q)
    except RuntimeError:
        raise ValueError(
            f"mask of shape {tuple(mask.shape)} does not broadcast to the "
            f"scores' shape {tuple(scores.shape)}: it needs n_q rows and "
            "n_k columns"
        ) from None
    if not rows.all():
        *batch, i = (~rows).nonzero()[0].tolist()
        where = f" of batch index {tuple(batch)}" if batch else ""
        raise ValueError(
            f"mask of shape {tuple(mask.shape)} for scores of shape "
            f"{tuple(scores.shape)} leaves query {i}{where} without a key: "
            "let every query attend to at least one"
        )
