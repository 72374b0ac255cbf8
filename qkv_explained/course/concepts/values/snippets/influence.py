import torch

weights = torch.tensor([0.90, 0.06, 0.04])  # (n_k,)
V = torch.tensor([[0.1, 0.0], [5.0, 2.0], [-1.0, 9.0]])  # (n_k, d_v)
parts = weights.unsqueeze(-1) * V  # (n_k, d_v)
for weight, part in zip(weights, parts, strict=True):
    print(f"{weight:.2f}  {part.norm():.2f}")
print(*(f"{x:.2f}" for x in parts.sum(dim=0)))
