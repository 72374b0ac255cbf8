import torch

from qkv_explained.transformer_block import transformer_block

X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])  # (n, d_model)
print(transformer_block(X))
