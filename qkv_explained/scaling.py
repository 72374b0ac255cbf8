# --8<-- [start:imports]
from jaxtyping import Float
from torch import Tensor

# --8<-- [end:imports]


# --8<-- [start:scaling]
def scaling(
    X: Float[Tensor, "*batch n d_model"],
) -> Float[Tensor, "*batch n d_model"]:
    raise NotImplementedError(
        "scaling in qkv_explained/scaling.py: write what it makes of X"
    )


# --8<-- [end:scaling]
