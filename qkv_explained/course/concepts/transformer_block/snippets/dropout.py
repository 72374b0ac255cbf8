import torch

rng = torch.Generator().manual_seed(0)
p = 0.1
X = torch.ones(1000)
kept = torch.rand(1000, generator=rng) >= p
out = X * kept / (1 - p)
print(out[:6])
print(f"{out.mean():.3f}")
