"""Weights taken from torch.nn.MultiheadAttention, and given to it."""

# --8<-- [start:imports]
from typing import NamedTuple

import torch
from jaxtyping import Float
from torch import Tensor, nn

from qkv_explained.multi_head import merge_heads, split_heads

# --8<-- [end:imports]


# --8<-- [start:MultiHeadParameters]
class MultiHeadParameters(NamedTuple):
    """What `multi_head_attention` takes after X_q and X_kv, in its order.

    So ``multi_head_attention(X, X, *parameters)`` uses them.
    """

    W_Q: Float[Tensor, "n_heads d_model d_k"]
    W_K: Float[Tensor, "n_heads d_input d_k"]
    W_V: Float[Tensor, "n_heads d_input d_v"]
    W_O: Float[Tensor, "n_heads*d_v d_model"]
    b_Q: Float[Tensor, "n_heads d_k"] | None = None
    b_K: Float[Tensor, "n_heads d_k"] | None = None
    b_V: Float[Tensor, "n_heads d_v"] | None = None
    b_O: Float[Tensor, " d_model"] | None = None
# --8<-- [end:MultiHeadParameters]


# --8<-- [start:from_torch]
def from_torch(module: nn.MultiheadAttention) -> MultiHeadParameters:
    """Read the matrices of every head out of torch's module.

    torch stores W_Q, W_K and W_V transposed, heads side by side, below each
    other in one matrix, `in_proj_weight` of shape (3 · d_model, d_model).

    Args:
        module: Any `nn.MultiheadAttention` without `add_bias_kv` and
            `add_zero_attn`, whose keys and values are made from one input.

    Returns:
        Views of its parameters, detached, one matrix a head.

    Raises:
        ValueError: If the module has parts that the formula has not.

    Examples:
        >>> from_torch(nn.MultiheadAttention(512, 8)).W_Q.shape
        torch.Size([8, 512, 64])
    """
    if module.bias_k is not None or module.add_zero_attn:
        raise ValueError(
            "module adds keys of its own (add_bias_kv or add_zero_attn), "
            "which the formula has not: make it without them"
        )
    if module.kdim != module.vdim:
        raise ValueError(
            f"module reads keys from {module.kdim} numbers and values from "
            f"{module.vdim}: make it with kdim equal to vdim"
        )
    state = module.state_dict()  # detached
    n_heads = module.num_heads
    if "in_proj_weight" in state:
        stored = state["in_proj_weight"].chunk(3)  # each (d_model, d_model)
    else:
        stored = [state[f"{letter}_proj_weight"] for letter in "qkv"]
    W_Q, W_K, W_V = (split_heads(W.mT, n_heads) for W in stored)
    W_O = state["out_proj.weight"].mT
    if "in_proj_bias" not in state:
        return MultiHeadParameters(W_Q, W_K, W_V, W_O)
    b_Q, b_K, b_V = state["in_proj_bias"].reshape(3, n_heads, -1)
    b_O = state["out_proj.bias"]
    return MultiHeadParameters(W_Q, W_K, W_V, W_O, b_Q, b_K, b_V, b_O)
# --8<-- [end:from_torch]


# --8<-- [start:to_torch]
def to_torch(parameters: MultiHeadParameters) -> nn.MultiheadAttention:
    """Make torch's module with a copy of these matrices.

    Args:
        parameters: d_k and d_v must both be d_model / n_heads, which torch
            takes for granted; biases all four or none.

    Returns:
        A module with `batch_first=True`, in evaluation mode.

    Raises:
        ValueError: If torch's module cannot hold the matrices.

    Examples:
        >>> mha = to_torch(from_torch(nn.MultiheadAttention(512, 8)))
        >>> mha.in_proj_weight.shape
        torch.Size([1536, 512])
    """
    W_Q, W_K, W_V, W_O, *b = parameters
    n_heads, d_model, d_k = W_Q.shape
    if W_O.shape != (d_model, d_model) or n_heads * d_k != d_model:
        raise ValueError(
            f"W_Q of shape {tuple(W_Q.shape)} and W_O of shape "
            f"{tuple(W_O.shape)} do not fit nn.MultiheadAttention, which "
            "wants d_k = d_v = d_model / n_heads and d_out = d_model"
        )
    given = [row is not None for row in b]
    if any(given) and not all(given):
        raise ValueError("give all four of b_Q, b_K, b_V and b_O, or none")
    d_input = W_K.shape[1]
    with torch.device("meta"):  # no memory, no random numbers
        module = nn.MultiheadAttention(
            d_model, n_heads, bias=all(given),
            kdim=d_input, vdim=d_input, batch_first=True,
        )  # fmt: skip
    stored = [merge_heads(W).mT for W in (W_Q, W_K, W_V)]
    names = ("q_proj_weight", "k_proj_weight", "v_proj_weight")
    state = dict(zip(names, stored, strict=True))
    if d_input == d_model:
        state = {"in_proj_weight": torch.cat(stored)}  # (3 d_model, d_model)
    state["out_proj.weight"] = W_O.mT
    if all(given):
        b_Q, b_K, b_V, b_O = (row for row in b if row is not None)
        state["in_proj_bias"] = torch.cat([b_Q, b_K, b_V]).flatten()
        state["out_proj.bias"] = b_O
    copies = {name: W.detach().clone() for name, W in state.items()}
    module.load_state_dict(copies, assign=True)
    module.eval()
    return module
# --8<-- [end:to_torch]
