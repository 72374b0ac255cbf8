import torch

from qkv_explained.positions import sinusoidal_positions

d_model = 512
P = sinusoidal_positions(10, d_model)
rng = torch.Generator().manual_seed(0)
drawn = torch.randn(1000, d_model, generator=rng)
print(f"P              {P.norm(dim=-1).mean():6.1f}")
for name, std in (("1/sqrt(512)", d_model**-0.5), ("1", 1.0)):
    norm = (std * drawn).norm(dim=-1).mean()
    print(f"E, {name:11} {norm:6.1f}  x sqrt(512) {norm * d_model**0.5:6.1f}")
