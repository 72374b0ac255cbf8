# --8<-- [start:imports]
from jaxtyping import Float
from torch import Tensor

# --8<-- [end:imports]


# --8<-- [start:transformer_block]
def transformer_block(
    X: Float[Tensor, "*batch n d_model"],
) -> Float[Tensor, "*batch n d_model"]:
    raise NotImplementedError(
        "transformer_block in qkv_explained/transformer_block.py: write what it makes of X"
    )


# --8<-- [end:transformer_block]
