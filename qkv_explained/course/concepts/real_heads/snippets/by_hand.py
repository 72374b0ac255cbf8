import torch

from qkv_explained.real_heads import real_heads

X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])  # (n, d_model)
print(real_heads(X))
