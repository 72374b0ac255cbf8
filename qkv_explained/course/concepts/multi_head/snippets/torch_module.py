import torch
from torch import nn

from qkv_explained.interop import from_torch
from qkv_explained.multi_head import multi_head_attention

mha = nn.MultiheadAttention(512, 8, batch_first=True, dtype=torch.float64)
rng = torch.Generator().manual_seed(0)
X = torch.randn(2, 10, 512, generator=rng, dtype=torch.float64)

theirs, their_weights = mha(X, X, X, average_attn_weights=False)
W = from_torch(mha)
ours, weights = multi_head_attention(X, X, *W)

print("in_proj_weight", tuple(mha.in_proj_weight.shape))
print("W_Q", tuple(W.W_Q.shape), " W_O", tuple(W.W_O.shape))
print("outputs < 1e-12:", ((ours - theirs).abs().max() < 1e-12).item())
print("weights < 1e-12:", bool((weights - their_weights).abs().max() < 1e-12))
