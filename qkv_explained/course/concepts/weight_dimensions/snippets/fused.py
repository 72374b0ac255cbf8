import torch
from torch import nn

from qkv_explained.weight_dimensions import from_paper, to_paper

layer = nn.MultiheadAttention(512, 8, bias=False)
in_proj = layer.in_proj_weight.detach()
print("in_proj_weight", tuple(in_proj.shape))

W = to_paper(in_proj, "linear", d_model=512)  # (512, 1536)
W_Q, W_K, W_V = W.split(512, dim=1)
print("W_Q           ", tuple(W_Q.shape))

c_attn = from_paper(W, "conv1d")
print("c_attn        ", tuple(c_attn.shape))
X = torch.randn(10, 512, generator=torch.Generator().manual_seed(0))
Q, K, V = (X @ c_attn).split(512, dim=1)
print("K = X @ W_K:", torch.allclose(K, X @ W_K, atol=1e-5))
