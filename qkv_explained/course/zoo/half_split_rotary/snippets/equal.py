import torch


def rotate(X, positions):
    d = X.shape[-1]
    angles = positions[:, None] * 10000 ** (-torch.arange(0, d, 2) / d)
    a, b = X.chunk(2, dim=-1)
    first = a * angles.cos() - b * angles.sin()
    return torch.cat([first, a * angles.sin() + b * angles.cos()], dim=-1)


g = torch.Generator().manual_seed(0)
q, k = torch.randn(2, 1, 8, generator=g)
for m, n in ((5, 3), (105, 103)):
    product = rotate(q, torch.tensor([m])) @ rotate(k, torch.tensor([n])).T
    print(f"{product.item():.4f}")
