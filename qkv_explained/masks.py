# --8<-- [start:imports]
from jaxtyping import Float
from torch import Tensor

# --8<-- [end:imports]


# --8<-- [start:masks]
def masks(
    X: Float[Tensor, "*batch n d_model"],
) -> Float[Tensor, "*batch n d_model"]:
    raise NotImplementedError(
        "masks in qkv_explained/masks.py: write what it makes of X"
    )


# --8<-- [end:masks]
