# --8<-- [start:imports]
from jaxtyping import Float
from torch import Tensor

# --8<-- [end:imports]


# --8<-- [start:training_a_gpt]
def training_a_gpt(
    X: Float[Tensor, "*batch n d_model"],
) -> Float[Tensor, "*batch n d_model"]:
    raise NotImplementedError(
        "training_a_gpt in qkv_explained/training_a_gpt.py: write what it makes of X"
    )


# --8<-- [end:training_a_gpt]
