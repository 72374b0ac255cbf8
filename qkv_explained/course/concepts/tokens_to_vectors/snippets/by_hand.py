import torch

from qkv_explained.tokens_to_vectors import tokens_to_vectors

X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])  # (n, d_model)
print(tokens_to_vectors(X))
