import torch
from torch import nn

from qkv_explained.multi_head import multi_head_attention, split_heads

X, W = torch.zeros(10, 512), torch.zeros(512, 512)
W_Q = split_heads(W, 8)  # (8, 512, 64)
heads = torch.zeros(8, 10, 64)

for attempt in (
    lambda: split_heads(X, 7),
    lambda: nn.MultiheadAttention(512, 7),
    lambda: multi_head_attention(X, X, W, W, W, W),
    lambda: multi_head_attention(X, X, W_Q, W_Q[:2], W_Q[:2], W),
    lambda: heads.transpose(0, 1).view(10, 512),
):
    try:
        attempt()
    except (AssertionError, RuntimeError, ValueError) as error:
        print(f"{type(error).__name__}: {error}\n")
