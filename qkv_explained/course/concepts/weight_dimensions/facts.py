"""Numbers on the page `weight-dimensions`, counted from real layers."""

from typing import Any

from torch import nn

D_MODEL, N_HEADS, D_K = 512, 8, 64


def facts() -> dict[str, Any]:
    """Parameters of the matrices at the size of the paper's base model.

    Returns:
        Counts, as integers.
    """
    one_head = nn.Linear(D_MODEL, D_K, bias=False).weight.numel()
    with_bias = sum(p.numel() for p in nn.Linear(D_MODEL, D_K).parameters())
    layer = nn.MultiheadAttention(D_MODEL, N_HEADS)
    all_four = sum(p.numel() for p in layer.parameters())
    all_heads = N_HEADS * one_head
    return {
        "one_head": one_head,
        "one_head_with_bias": with_bias,
        "all_heads": all_heads,
        "qkv": 3 * all_heads,
        "layer_without_bias": 4 * all_heads,
        "layer": all_four,
        "six_layers": 6 * all_four,
        # 6 encoder layers with one attention, 6 decoder layers with two.
        "base_model_layers": 18,
        "base_model": 18 * 4 * all_heads,
        "note_003_one_head": D_MODEL * (D_K // N_HEADS),
        "kv_one_head_of_8": 2 * one_head,
        "kv_all": 2 * all_heads,
    }
