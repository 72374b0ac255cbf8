# --8<-- [start:imports]
from jaxtyping import Float
from torch import Tensor

# --8<-- [end:imports]


# --8<-- [start:softmax]
def softmax(
    X: Float[Tensor, "*batch n d_model"],
) -> Float[Tensor, "*batch n d_model"]:
    raise NotImplementedError(
        "softmax in qkv_explained/softmax.py: write what it makes of X"
    )


# --8<-- [end:softmax]
