import torch

from qkv_explained.scores import scores

X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])  # (n, d_model)
print(scores(X))
