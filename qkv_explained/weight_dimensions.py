"""The shapes of W_Q, W_K and W_V, and how each library stores them.

One matrix W of shape (d_model, d_out), used as X @ W, in five conventions:

    paper    (d_model, d_out)         X @ W         Vaswani et al. 2017
    linear   (d_out, d_model)         X @ W.T       torch.nn.Linear
    conv1d   (d_model, d_out)         X @ W         GPT-2 (Conv1D)
    column   (d_out, d_model)         W @ x         d2l, 3Blue1Brown
    heads    (n_heads, d_model, d_k)  X @ W[head]   TransformerLens
"""

from typing import Literal

from jaxtyping import Float
from torch import Tensor

Convention = Literal["paper", "linear", "conv1d", "column", "heads"]
"""How a library stores W; see the table above."""

AXES: dict[Convention, tuple[str, ...]] = {
    "paper": ("d_model", "d_out"),
    "linear": ("d_out", "d_model"),
    "conv1d": ("d_model", "d_out"),
    "column": ("d_out", "d_model"),
    "heads": ("n_heads", "d_model", "d_k"),
}
"""The axes of a weight as each convention stores it."""


def orientation(
    shape: tuple[int, ...], d_model: int
) -> Literal["in_out", "out_in"]:
    """Tell from a shape alone which axis of a weight matrix is the input.

    Args:
        shape: The shape of a matrix.
        d_model: Numbers in a token.

    Returns:
        "in_out" for (d_model, d_out), "out_in" for (d_out, d_model).

    Raises:
        ValueError: If neither axis is d_model, or both are: of a square
            matrix the transpose fits wherever the matrix does.

    Examples:
        >>> orientation((64, 512), d_model=512)
        'out_in'
    """
    if len(shape) != 2 or d_model not in shape:
        raise ValueError(
            f"shape {tuple(shape)} has no axis of d_model = {d_model}: give "
            f"the shape ({d_model}, d_out) or (d_out, {d_model})"
        )
    if shape[0] == shape[1]:
        raise ValueError(
            f"shape {tuple(shape)} is ambiguous, both axes are d_model = "
            f"{d_model}: look up what the library stores and name it"
        )
    return "in_out" if shape[0] == d_model else "out_in"


def to_paper(
    weight: Float[Tensor, "..."], convention: Convention, *, d_model: int
) -> Float[Tensor, "d_model d_out"]:
    """Bring a stored weight to the form W that is used as X @ W.

    Args:
        weight: The weight as a library stores it.
        convention: What the library stores: a key of `AXES`.
        d_model: Numbers in a token; the shape is checked against it.

    Returns:
        W of shape (d_model, d_out), heads side by side in its columns. It
        may share memory with `weight`.

    Raises:
        ValueError: If the shape does not fit the convention.

    Examples:
        >>> import torch
        >>> to_paper(torch.zeros(64, 512), "linear", d_model=512).shape
        torch.Size([512, 64])

    Source:
        Vaswani et al. 2017, section 3.2.2.
    """
    check_shape(weight, convention, d_model=d_model)
    if convention == "heads":
        return weight.transpose(0, 1).flatten(1)  # (d_model, n_heads * d_k)
    return weight if AXES[convention][0] == "d_model" else weight.mT


def from_paper(
    W: Float[Tensor, "d_model d_out"],
    convention: Convention,
    *,
    n_heads: int = 1,
) -> Float[Tensor, "..."]:
    """Bring W, used as X @ W, to the form that a library stores.

    Args:
        W: The matrix of shape (d_model, d_out).
        convention: What the library stores: a key of `AXES`.
        n_heads: Heads that share the columns; only "heads" asks for it.

    Returns:
        The same numbers in that form. It may share memory with W.

    Raises:
        ValueError: If the convention is unknown, or the columns cannot be
            dealt out evenly to the heads.

    Examples:
        >>> import torch
        >>> from_paper(torch.zeros(512, 512), "heads", n_heads=8).shape
        torch.Size([8, 512, 64])
    """
    check_shape(W, "paper", d_model=W.shape[0])
    if convention == "heads":
        if n_heads < 1 or W.shape[1] % n_heads:
            raise ValueError(
                f"W has shape {tuple(W.shape)} and n_heads = {n_heads}: "
                f"n_heads must divide the {W.shape[1]} columns"
            )
        by_head = W.reshape(W.shape[0], n_heads, -1)  # (d_model, n_heads, d_k)
        return by_head.transpose(0, 1)  # (n_heads, d_model, d_k)
    return W if AXES[known(convention)][0] == "d_model" else W.mT


def known(convention: str) -> Convention:
    """The convention itself, if it is one.

    Args:
        convention: A name.

    Returns:
        The same name, now known to be a key of `AXES`.

    Raises:
        ValueError: If it is not a key of `AXES`.
    """
    for name in AXES:
        if name == convention:
            return name
    raise ValueError(
        f"convention {convention!r} is unknown: use one of {', '.join(AXES)}"
    )


def check_shape(weight: Tensor, convention: str, *, d_model: int) -> None:
    """Refuse a weight whose shape does not fit the convention.

    A square matrix passes in either orientation: no shape can tell.

    Args:
        weight: The weight as a library stores it.
        convention: What the library stores: a key of `AXES`.
        d_model: Numbers in a token.

    Raises:
        ValueError: If the axis that should be d_model is not.
    """
    axes = AXES[known(convention)]
    shape = tuple(weight.shape)
    place = axes.index("d_model")
    if len(shape) == len(axes) and shape[place] == d_model:
        return
    turned = len(shape) == len(axes) == 2 and shape[1 - place] == d_model
    hint = "check d_model and the convention"
    if turned:
        hint = "transpose it or name the convention that it is in"
    raise ValueError(
        f"weight has shape {shape}, but {convention!r} stores "
        f"({', '.join(axes)}) with d_model = {d_model}: {hint}"
    )
