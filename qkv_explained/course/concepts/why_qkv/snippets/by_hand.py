import torch

from qkv_explained.why_qkv import why_qkv

X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])  # (n, d_model)
print(why_qkv(X))
