"""Rotary positions: each query and key is turned by where it stands.

The d_k numbers of a query or key are taken as d_k / 2 pairs, and pair i at
position p is rotated by the angle p · base^(−2i / d_k). Two conventions say
which numbers make a pair; one permutation leads from one to the other.
"""

# --8<-- [start:imports]
import torch
from jaxtyping import Float, Int
from torch import Tensor

# --8<-- [end:imports]


# --8<-- [start:rotation_angles]
def rotation_angles(
    positions: Int[Tensor, "n"], d_k: int, base: float = 10_000.0
) -> Float[Tensor, "n n_pairs"]:
    """Say by how much each pair is turned at each position.

    Args:
        positions: Where the tokens stand, (n,).
        d_k: Numbers of a query or key.
        base: The larger, the slower the last pairs turn.

    Returns:
        Position times base to the power −2i / d_k, for each pair i, in
        radians, (n, n_pairs); n_pairs is d_k / 2.

    Raises:
        ValueError: If d_k is not even.

    Examples:
        >>> rotation_angles(torch.tensor([0, 3]), 4).tolist()
        [[0.0, 0.0], [3.0, 0.03]]

    Source:
        Su et al. 2021, section 3.2.2, equation 15.
    """
    if d_k < 2 or d_k % 2:
        raise ValueError(
            f"d_k = {d_k} cannot be split into pairs: give an even d_k, "
            f"such as {max(2, d_k + 1)}"
        )
    i = torch.arange(d_k // 2, dtype=torch.float64)
    return positions[:, None] * base ** (-2 * i / d_k)  # (n, d_k / 2)
# --8<-- [end:rotation_angles]


# --8<-- [start:rotate_neighbours]
def rotate_neighbours(
    X: Float[Tensor, "*batch n d_k"],
    positions: Int[Tensor, "n"],
    base: float = 10_000.0,
) -> Float[Tensor, "*batch n d_k"]:
    """Turn each pair of neighbours, numbers 2i and 2i + 1.

    Args:
        X: Queries or keys, (*batch, n, d_k).
        positions: Where they stand, (n,).
        base: As in `rotation_angles`.

    Returns:
        X, each row turned by its position, (*batch, n, d_k).

    Raises:
        ValueError: If d_k is not even, or there is not a position a row.

    Examples:
        >>> rotate_neighbours(torch.eye(2)[:1], torch.tensor([0])).tolist()
        [[1.0, 0.0]]

    Source:
        Su et al. 2021, section 3.4.2, equation 34.
    """
    check_positions(X, positions)
    angles = rotation_angles(positions, X.shape[-1], base)
    cos, sin = angles.cos().to(X.dtype), angles.sin().to(X.dtype)
    a, b = X[..., 0::2], X[..., 1::2]  # each (*batch, n, d_k / 2)
    pairs = torch.stack([a * cos - b * sin, a * sin + b * cos], dim=-1)
    return pairs.flatten(-2)  # (*batch, n, d_k)
# --8<-- [end:rotate_neighbours]


# --8<-- [start:rotate_halves]
def rotate_halves(
    X: Float[Tensor, "*batch n d_k"],
    positions: Int[Tensor, "n"],
    base: float = 10_000.0,
) -> Float[Tensor, "*batch n d_k"]:
    """Turn each pair of a number and its like in the other half.

    Args:
        X: Queries or keys, (*batch, n, d_k); the pairs are numbers i and
            i + d_k / 2.
        positions: Where they stand, (n,).
        base: As in `rotation_angles`.

    Returns:
        X, each row turned by its position, (*batch, n, d_k).

    Raises:
        ValueError: If d_k is not even, or there is not a position a row.

    Examples:
        >>> rotate_halves(torch.eye(2)[:1], torch.tensor([0])).tolist()
        [[1.0, 0.0]]

    Differs from the paper:
        The pairs are other ones, so the columns of W_Q and W_K stand in
        another order: `halves_from_neighbours`.
    """
    check_positions(X, positions)
    angles = rotation_angles(positions, X.shape[-1], base)
    cos, sin = angles.cos().to(X.dtype), angles.sin().to(X.dtype)
    a, b = X.chunk(2, dim=-1)  # each (*batch, n, d_k / 2)
    return torch.cat([a * cos - b * sin, a * sin + b * cos], dim=-1)
# --8<-- [end:rotate_halves]


# --8<-- [start:halves_from_neighbours]
def halves_from_neighbours(d_k: int) -> Int[Tensor, "d_k"]:
    """Order columns made for neighbours so that they serve for halves.

    Args:
        d_k: Numbers of a query or key.

    Returns:
        The even columns, then the odd ones, (d_k,): W[:, order] gives with
        `rotate_halves` what W gives with `rotate_neighbours`.

    Raises:
        ValueError: If d_k is not even.

    Examples:
        >>> halves_from_neighbours(6).tolist()
        [0, 2, 4, 1, 3, 5]
    """
    rotation_angles(torch.zeros(1, dtype=torch.long), d_k)
    order = torch.arange(d_k)
    return torch.cat([order[0::2], order[1::2]])  # (d_k,)
# --8<-- [end:halves_from_neighbours]


# --8<-- [start:check_positions]
def check_positions(
    X: Float[Tensor, "*batch n d_k"], positions: Int[Tensor, "n_positions"]
) -> None:
    """Refuse positions that are not one for each row.

    Args:
        X: Queries or keys, (*batch, n, d_k).
        positions: Where they stand, (n_positions,).

    Raises:
        ValueError: If their number is not n.

    Examples:
        >>> check_positions(torch.zeros(3, 2, 4), torch.arange(2))
    """
    if positions.shape != X.shape[-2:-1]:
        raise ValueError(
            f"positions of shape {tuple(positions.shape)} do not fit X of "
            f"shape {tuple(X.shape)}: give one position for each of its "
            f"{X.shape[-2]} rows"
        )
# --8<-- [end:check_positions]
