"""The projection from d_model to d_k, and what it does not let through."""

# --8<-- [start:imports]
import torch
from jaxtyping import Float
from torch import Tensor

# --8<-- [end:imports]


# --8<-- [start:project]
def project(
    X: Float[Tensor, "*batch d_model"],
    W: Float[Tensor, "d_model d_k"],
    b: Float[Tensor, "d_k"] | None = None,
) -> Float[Tensor, "*batch d_k"]:
    """Map every row of X by the same matrix.

    ``X W + b``, that is ``out[c] = x[0]·W[0, c] + x[1]·W[1, c] + … + b[c]``

    Args:
        X: Inputs, one a row, (*batch, d_model).
        W: W_Q, W_K or W_V, (d_model, d_k).
        b: Added to every row, (d_k,). None, as in the paper: nothing.

    Returns:
        Queries, keys or values, (*batch, d_k).

    Raises:
        ValueError: If the shapes do not fit.

    Examples:
        >>> X = torch.tensor([[2.0, 1.0, 0.0, 3.0]])
        >>> W = torch.tensor([[1.0, 0.0], [2.0, 1.0], [4.0, 4.0], [0.0, 5.0]])
        >>> project(X, W).tolist()
        [[4.0, 16.0]]

    Source:
        Vaswani et al. 2017, section 3.2.2; b is not in the paper.
    """
    if X.shape[-1] != W.shape[0]:
        raise ValueError(
            f"X of shape {tuple(X.shape)} has {X.shape[-1]} numbers a row, W "
            f"of shape {tuple(W.shape)} reads {W.shape[0]}: W needs a row "
            "for each number of the input (nn.Linear stores W transposed)"
        )
    if b is None:
        return X @ W  # (*batch, d_k)
    if b.shape != W.shape[1:]:
        raise ValueError(
            f"b of shape {tuple(b.shape)} does not fit W of shape "
            f"{tuple(W.shape)}: it needs a number for each of its "
            f"{W.shape[1]} columns"
        )
    return X @ W + b  # (*batch, d_k)
# --8<-- [end:project]


# --8<-- [start:null_space]
def null_space(
    W: Float[Tensor, "d_model d_k"],
) -> Float[Tensor, "n_lost d_model"]:
    """Find the directions of the input that W turns into zero.

    Every v in the span of the rows returned has ``v W = 0``, so that
    ``(x + v) W = x W``.

    Args:
        W: W_Q, W_K or W_V, (d_model, d_k).

    Returns:
        An orthonormal basis, one direction a row, (n_lost, d_model), where
        n_lost = d_model − rank(W) ≥ d_model − d_k.

    Examples:
        >>> null_space(torch.tensor([[1.0], [0.0]])).abs().tolist()
        [[0.0, 1.0]]

    Source:
        Linear algebra: the left null space, from the singular vectors of W.
    """
    U, S, _ = torch.linalg.svd(W)  # U: (d_model, d_model)
    tiny = max(W.shape) * torch.finfo(W.dtype).eps
    rank = int((tiny * S.max() < S).sum())
    lost: Tensor = U.mT[rank:]  # (n_lost, d_model)
    return lost
# --8<-- [end:null_space]


# --8<-- [start:visible_part]
def visible_part(
    X: Float[Tensor, "*batch d_model"],
    W: Float[Tensor, "d_model d_k"],
) -> Float[Tensor, "*batch d_model"]:
    """Keep of every row of X only what W can see.

    ``X W W⁺``, where W⁺ is the pseudo-inverse. W W⁺ is the orthogonal
    projector onto the columns of W: applied twice, it changes no more.

    Args:
        X: Inputs, one a row, (*batch, d_model).
        W: W_Q, W_K or W_V, (d_model, d_k).

    Returns:
        The shortest rows that W maps to ``X W``, (*batch, d_model).

    Raises:
        ValueError: If the shapes do not fit.

    Examples:
        >>> W = torch.tensor([[1.0], [0.0]])
        >>> visible_part(torch.tensor([[3.0, 4.0]]), W).tolist()
        [[3.0, 0.0]]

    Source:
        Linear algebra: Moore–Penrose pseudo-inverse.
    """
    inverse: Tensor = torch.linalg.pinv(W)  # (d_k, d_model)
    return project(X, W) @ inverse  # (*batch, d_model)
# --8<-- [end:visible_part]
