import torch

from qkv_explained.training_a_gpt import training_a_gpt

X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])  # (n, d_model)
print(training_a_gpt(X))
