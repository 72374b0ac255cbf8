# --8<-- [start:imports]
from jaxtyping import Float
from torch import Tensor

# --8<-- [end:imports]


# --8<-- [start:kv_cache]
def kv_cache(
    X: Float[Tensor, "*batch n d_model"],
) -> Float[Tensor, "*batch n d_model"]:
    raise NotImplementedError(
        "kv_cache in qkv_explained/kv_cache.py: write what it makes of X"
    )


# --8<-- [end:kv_cache]
