import torch

from qkv_explained.rope import rope

X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])  # (n, d_model)
print(rope(X))
