# --8<-- [start:imports]
from jaxtyping import Float
from torch import Tensor

# --8<-- [end:imports]


# --8<-- [start:scores]
def scores(
    X: Float[Tensor, "*batch n d_model"],
) -> Float[Tensor, "*batch n d_model"]:
    raise NotImplementedError(
        "scores in qkv_explained/scores.py: write what it makes of X"
    )


# --8<-- [end:scores]
