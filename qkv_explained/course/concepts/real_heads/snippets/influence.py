import torch

weights = torch.tensor([0.6, 0.3, 0.1])  # (n_k,)
V = torch.tensor([[0.1, 0.2], [2.0, 1.0], [0.0, 3.0]])  # (n_k, d_v)
W_O = torch.tensor([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]])  # (d_v, d_model)

parts = weights[:, None] * (V @ W_O)  # (n_k, d_model)
for weight, part in zip(weights, parts, strict=True):
    print(f"{weight:.2f}  {part.norm():.2f}")
