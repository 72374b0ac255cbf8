# --8<-- [start:imports]
from jaxtyping import Float
from torch import Tensor

# --8<-- [end:imports]


# --8<-- [start:why_qkv]
def why_qkv(
    X: Float[Tensor, "*batch n d_model"],
) -> Float[Tensor, "*batch n d_model"]:
    raise NotImplementedError(
        "why_qkv in qkv_explained/why_qkv.py: write what it makes of X"
    )


# --8<-- [end:why_qkv]
