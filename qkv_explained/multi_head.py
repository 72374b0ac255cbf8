"""Multi-head attention: several attentions over the same tokens, side by side.

Each head has its own columns of W_Q, W_K and W_V and takes its own softmax;
what the heads bring back is concatenated and mixed by W_O.
"""

# --8<-- [start:imports]
from jaxtyping import Bool, Float
from torch import Tensor

from qkv_explained.attention import scaled_dot_product_attention
from qkv_explained.projection import project

# --8<-- [end:imports]


# --8<-- [start:split_heads]
def split_heads(
    X: Float[Tensor, "*batch n columns"], n_heads: int
) -> Float[Tensor, "*batch {n_heads} n columns//{n_heads}"]:
    """Deal the columns out to the heads, in order: d columns to each.

    Args:
        X: Activations, or a matrix W, (*batch, n, n_heads · d).
        n_heads: Number of heads.

    Returns:
        ``out[..., a, :, :] = X[..., :, a·d : (a + 1)·d]``, a view of X,
        (*batch, n_heads, n, d).

    Raises:
        ValueError: If n_heads does not divide the number of columns.

    Examples:
        >>> import torch
        >>> split_heads(torch.tensor([[1, 2, 3, 4], [5, 6, 7, 8.0]]), 2)
        tensor([[[1., 2.],
                 [5., 6.]],
        <BLANKLINE>
                [[3., 4.],
                 [7., 8.]]])
    """
    columns = X.shape[-1]
    if n_heads < 1 or columns % n_heads:
        raise ValueError(
            f"X of shape {tuple(X.shape)} has {columns} columns, which "
            f"n_heads = {n_heads} heads cannot share evenly: choose n_heads "
            f"that divides {columns}"
        )
    d = columns // n_heads
    X = X.reshape(*X.shape[:-1], n_heads, d)  # (*batch, n, n_heads, d)
    return X.transpose(-3, -2)  # (*batch, n_heads, n, d)
# --8<-- [end:split_heads]


# --8<-- [start:merge_heads]
def merge_heads(
    H: Float[Tensor, "*batch n_heads n d"],
) -> Float[Tensor, "*batch n columns"]:
    """Put the heads' columns side by side: concat(head_1, …, head_h).

    Args:
        H: One matrix a head, (*batch, n_heads, n, d).

    Returns:
        (*batch, n, n_heads · d); undoes `split_heads`.

    Examples:
        >>> import torch
        >>> merge_heads(torch.tensor([[[1.0], [2.0]], [[3.0], [4.0]]]))
        tensor([[1., 3.],
                [2., 4.]])
    """
    H = H.transpose(-3, -2)  # (*batch, n, n_heads, d)
    return H.flatten(-2)  # (*batch, n, n_heads * d)
# --8<-- [end:merge_heads]


# --8<-- [start:project_heads]
def project_heads(
    X: Float[Tensor, "*batch n d_model"],
    W: Float[Tensor, "n_heads d_model d"],
    b: Float[Tensor, "n_heads d"] | None = None,
) -> Float[Tensor, "*batch n_heads n d"]:
    """Project X by the matrix of every head.

    ``out[a] = X W[a] + b[a]``, computed as one product with the matrices
    side by side, and split.

    Args:
        X: Inputs, one a row, (*batch, n, d_model).
        W: W_Q, W_K or W_V, one matrix a head, (n_heads, d_model, d).
        b: One row a head, (n_heads, d), or None.

    Returns:
        Queries, keys or values of every head, (*batch, n_heads, n, d).

    Raises:
        ValueError: If the shapes do not fit.

    Examples:
        >>> import torch
        >>> W = torch.tensor([[[1.0], [0.0]], [[1.0], [1.0]]])
        >>> project_heads(torch.tensor([[2.0, 3.0]]), W).tolist()
        [[[2.0]], [[5.0]]]
    """
    if W.dim() != 3:
        raise ValueError(
            f"W has shape {tuple(W.shape)}, but must be (n_heads, d_model, "
            "d), one matrix a head: split_heads(W, n_heads) cuts one of "
            "shape (d_model, n_heads · d)"
        )
    if b is not None and b.shape != (W.shape[0], W.shape[2]):
        raise ValueError(
            f"b of shape {tuple(b.shape)} does not fit W of shape "
            f"{tuple(W.shape)}: it must be (n_heads, d) = "
            f"({W.shape[0]}, {W.shape[2]})"
        )
    side_by_side = merge_heads(W)  # (d_model, n_heads * d)
    row = None if b is None else b.flatten()  # (n_heads * d,)
    return split_heads(project(X, side_by_side, row), len(W))
# --8<-- [end:project_heads]


# --8<-- [start:multi_head_attention]
def multi_head_attention(
    X_q: Float[Tensor, "*batch n_q d_model"],
    X_kv: Float[Tensor, "*batch n_k d_input"],
    W_Q: Float[Tensor, "n_heads d_model d_k"],
    W_K: Float[Tensor, "n_heads d_input d_k"],
    W_V: Float[Tensor, "n_heads d_input d_v"],
    W_O: Float[Tensor, "n_heads*d_v d_out"],
    b_Q: Float[Tensor, "n_heads d_k"] | None = None,
    b_K: Float[Tensor, "n_heads d_k"] | None = None,
    b_V: Float[Tensor, "n_heads d_v"] | None = None,
    b_O: Float[Tensor, "d_out"] | None = None,
    *,
    mask: Bool[Tensor, "*#heads #n_q #n_k"] | None = None,
) -> tuple[
    Float[Tensor, "*batch n_q d_out"],
    Float[Tensor, "*batch n_heads n_q n_k"],
]:
    """Attend in every head, put the results side by side, mix them.

    ``concat(head_1, …, head_h) W_O``, where
    ``head_a = softmax(X_q W_Q[a] (X_kv W_K[a])ᵀ / √d_k) X_kv W_V[a]``

    Args:
        X_q: What the queries are made from, (*batch, n_q, d_model).
        X_kv: What keys and values are made from, (*batch, n_k, d_input);
            X_q itself in self-attention.
        W_Q: One matrix a head, (n_heads, d_model, d_k).
        W_K: One matrix a head, (n_heads, d_input, d_k).
        W_V: One matrix a head, (n_heads, d_input, d_v).
        W_O: (n_heads · d_v, d_out); d_out is d_model in the paper.
        b_Q: Added to the queries, (n_heads, d_k).
        b_K: Added to the keys, (n_heads, d_k).
        b_V: Added to the values, (n_heads, d_v).
        b_O: Added to the output, (d_out,).
        mask: True where query i may attend to key j; broadcast to
            (*batch, n_heads, n_q, n_k).

    Returns:
        The output, (*batch, n_q, d_out), and the attention weights of each
        head, (*batch, n_heads, n_q, n_k): probabilities over the keys.

    Raises:
        ValueError: If the shapes do not fit, the mask is not boolean, or a
            query is left without any key.

    Examples:
        >>> import torch
        >>> X, W = torch.eye(3), torch.zeros(2, 3, 1)
        >>> W_V = torch.tensor([[[0.0], [3.0], [6.0]], [[1.0], [1.0], [4.0]]])
        >>> output, _ = multi_head_attention(X, X, W, W, W_V, torch.eye(2))
        >>> output[0].tolist()
        [3.0, 2.0]

    Source:
        Vaswani et al. 2017, section 3.2.2.

    Differs from the paper:
        The heads' matrices are used side by side, as one matrix: the same
        numbers, one multiplication in place of n_heads. Biases and a mask
        are arguments, and the weights are returned too.
    """
    if not len(W_Q) == len(W_K) == len(W_V):
        raise ValueError(
            f"W_Q, W_K and W_V have shapes {tuple(W_Q.shape)}, "
            f"{tuple(W_K.shape)}, {tuple(W_V.shape)}, so {len(W_Q)}, "
            f"{len(W_K)} and {len(W_V)} heads: give each head one of each"
        )
    heads, weights = scaled_dot_product_attention(
        project_heads(X_q, W_Q, b_Q),  # Q: (*batch, n_heads, n_q, d_k)
        project_heads(X_kv, W_K, b_K),  # K: (*batch, n_heads, n_k, d_k)
        project_heads(X_kv, W_V, b_V),  # V: (*batch, n_heads, n_k, d_v)
        mask,
    )  # (*batch, n_heads, n_q, d_v)
    concat = merge_heads(heads)  # (*batch, n_q, n_heads * d_v)
    return project(concat, W_O, b_O), weights
# --8<-- [end:multi_head_attention]
