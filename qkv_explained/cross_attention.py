# --8<-- [start:imports]
from jaxtyping import Float
from torch import Tensor

# --8<-- [end:imports]


# --8<-- [start:cross_attention]
def cross_attention(
    X: Float[Tensor, "*batch n d_model"],
) -> Float[Tensor, "*batch n d_model"]:
    raise NotImplementedError(
        "cross_attention in qkv_explained/cross_attention.py: write what it makes of X"
    )


# --8<-- [end:cross_attention]
