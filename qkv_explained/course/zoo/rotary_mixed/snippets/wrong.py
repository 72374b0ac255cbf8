import torch


def rotate(X, positions):
    d = X.shape[-1]
    frequencies = 10000 ** (-torch.arange(0, d, 2) / d)
    angles = positions[:, None] * frequencies  # (n, d / 2)
    angles = angles.repeat_interleave(2, dim=-1)  # (n, d)
    a, b = X.chunk(2, dim=-1)
    turned = torch.cat([-b, a], dim=-1)
    return X * angles.cos() + turned * angles.sin()


x = torch.tensor([[1.0, 2.0, 3.0, 4.0]])
for position in (0, 1, 10):
    print(f"{rotate(x, torch.tensor([position])).norm():.3f}")
