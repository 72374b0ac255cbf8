# --8<-- [start:imports]
from jaxtyping import Float
from torch import Tensor

# --8<-- [end:imports]


# --8<-- [start:real_heads]
def real_heads(
    X: Float[Tensor, "*batch n d_model"],
) -> Float[Tensor, "*batch n d_model"]:
    raise NotImplementedError(
        "real_heads in qkv_explained/real_heads.py: write what it makes of X"
    )


# --8<-- [end:real_heads]
