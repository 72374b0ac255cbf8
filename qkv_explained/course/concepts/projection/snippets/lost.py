import torch

from qkv_explained.projection import null_space

rng = torch.Generator().manual_seed(0)
W_Q = torch.randn(512, 64, generator=rng, dtype=torch.float64) / 512**0.5
x = torch.randn(512, generator=rng, dtype=torch.float64)
K = torch.randn(10, 64, generator=rng, dtype=torch.float64)

directions = null_space(W_Q)
print("rank", int(torch.linalg.matrix_rank(W_Q)))
print("directions lost", tuple(directions.shape))

v = torch.randn(448, generator=rng, dtype=torch.float64) @ directions
v = 10 * x.norm() * v / v.norm()
moved = ((x + v) @ W_Q @ K.T - x @ W_Q @ K.T).abs().max() / 64**0.5
print("|v| / |x|", round((v.norm() / x.norm()).item(), 1))
print("scores move by less than 1e-10:", (moved < 1e-10).item())
