import torch

from qkv_explained.cross_attention import cross_attention

X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])  # (n, d_model)
print(cross_attention(X))
