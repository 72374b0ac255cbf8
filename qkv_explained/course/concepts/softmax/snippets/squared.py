import torch

s = torch.tensor([2.0, 1.0, 0.0])  # (n_k,)
p = s.softmax(dim=-1)
for weights in (p, p**2 / (p**2).sum(), (2 * s).softmax(dim=-1)):
    print(*(f"{w:.3f}" for w in weights))
