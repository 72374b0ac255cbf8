# --8<-- [start:imports]
from jaxtyping import Float
from torch import Tensor

# --8<-- [end:imports]


# --8<-- [start:tokens_to_vectors]
def tokens_to_vectors(
    X: Float[Tensor, "*batch n d_model"],
) -> Float[Tensor, "*batch n d_model"]:
    raise NotImplementedError(
        "tokens_to_vectors in qkv_explained/tokens_to_vectors.py: write what it makes of X"
    )


# --8<-- [end:tokens_to_vectors]
