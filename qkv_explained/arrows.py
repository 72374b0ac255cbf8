"""What the scores of one head can prefer, and what they cannot.

Draw an arrow from every token to the one with the strictly largest score
in its row. With Q = K these arrows never run in a circle.
"""

from __future__ import annotations

from collections.abc import Sequence

import torch
from jaxtyping import Bool, Float, Num
from torch import Tensor


# --8<-- [start:rows_right]
def rows_right(
    scores: Num[Tensor, "n_q n_k"], target: Sequence[int]
) -> Bool[Tensor, " n_q"]:
    """Which rows have their strictly largest score on their target.

    Args:
        scores: Scores of n tokens with each other, (n, n).
        target: For each row i the column that should win.

    Returns:
        (n_q,): True where scores[i, target[i]] > scores[i, j] for all
        other j.

    Raises:
        ValueError: If there is not one target for each row.

    Examples:
        >>> rows_right(torch.tensor([[1, 2], [3, 3]]), [1, 0]).tolist()
        [True, False]
    """
    n = scores.shape[0]
    if scores.shape != (n, n) or len(target) != n:
        raise ValueError(
            f"scores of shape {tuple(scores.shape)} and {len(target)} "
            "targets: give a square matrix and one target for each row"
        )
    winner = scores.argmax(dim=-1)  # (n,)
    best = scores.amax(dim=-1, keepdim=True)  # (n, 1)
    alone = (scores == best).sum(dim=-1) == 1
    return alone & (winner == torch.as_tensor(target))


# --8<-- [end:rows_right]


# --8<-- [start:louder_and_louder]
def louder_and_louder(n: int) -> Float[Tensor, "n n"]:
    """Queries that are their own keys and get n − 1 rows of a cycle right.

    ``q_i = 3^i (e_i + e_{i+1})``, without e_{i+1} in the last: neighbours
    share a direction, and each is three times as loud as the one before,
    so that 3 · 9^i = s_{i,i+1} > s_ii = 2 · 9^i.

    Args:
        n: Tokens, at least 2.

    Returns:
        Q, also K, (n, n), so d_k = n.

    Examples:
        >>> Q = louder_and_louder(3)
        >>> (Q @ Q.mT).int().tolist()
        [[2, 3, 0], [3, 18, 27], [0, 27, 81]]
    """
    loud = 3.0 ** torch.arange(n, dtype=torch.float64)  # (n,)
    steps = torch.eye(n, dtype=torch.float64)
    steps = steps + steps.roll(1, dims=1).triu()  # e_i + e_{i+1}
    return loud[:, None] * steps


# --8<-- [end:louder_and_louder]


def circle(arrows: Sequence[int | None]) -> list[int] | None:
    """A circle of two or more arrows, if there is one.

    Args:
        arrows: For each token the one that it points to, or None.

    Returns:
        The tokens on the circle in order, or None.

    Examples:
        >>> circle([1, 2, 1, None]), circle([1, None])
        ([1, 2], None)
    """
    for start in range(len(arrows)):
        path: list[int] = []
        here: int | None = start
        while here is not None and here not in path:
            path.append(here)
            here = arrows[here]
        if here is not None:
            found = path[path.index(here):]
            if len(found) > 1:
                return found
    return None
