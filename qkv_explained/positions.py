"""Where a token stands, as a vector that is added to its embedding."""

# --8<-- [start:imports]
import torch
from jaxtyping import Float
from torch import Tensor

# --8<-- [end:imports]


# --8<-- [start:sinusoidal_positions]
def sinusoidal_positions(
    n: int, d_model: int, *, base: float = 10_000.0
) -> Float[Tensor, "n d_model"]:
    """Give each of n positions a vector of sines and cosines.

    P[pos, 2i] = sin(pos / base^(2i / d_model)) and
    P[pos, 2i + 1] = cos(pos / base^(2i / d_model)).

    Args:
        n: Positions, counted from 0.
        d_model: Numbers in a token's vector, even: i counts its pairs.
        base: The pairs' wavelengths go from 2π to almost 2π · base.

    Returns:
        The table of positions, (n, d_model), float64, numbers from −1 to 1.

    Raises:
        ValueError: If n is negative, or d_model is odd or not positive.

    Examples:
        >>> sinusoidal_positions(3, 4)[:, :2].round(decimals=2).tolist()
        [[0.0, 1.0], [0.84, 0.54], [0.91, -0.42]]

    Source:
        Vaswani et al. 2017, section 3.5.
    """
    if n < 0 or d_model < 2 or d_model % 2:
        raise ValueError(
            f"n = {n} and d_model = {d_model}: give n of at least 0 and an "
            "even d_model of at least 2, since each sine has its cosine"
        )
    position = torch.arange(n, dtype=torch.float64).unsqueeze(1)  # (n, 1)
    i = torch.arange(d_model // 2, dtype=torch.float64)  # (d_model/2,)
    angle = position / base ** (2 * i / d_model)  # (n, d_model/2)
    pairs = torch.stack([angle.sin(), angle.cos()], dim=-1)
    return pairs.flatten(1)  # (n, d_model)
# --8<-- [end:sinusoidal_positions]
