import torch

rng = torch.Generator().manual_seed(0)
W_Q = torch.randn(8, 512, 64, generator=rng, dtype=torch.float64) / 512**0.5
v = torch.linalg.svd(W_Q[0]).U[:, 64]  # v W_Q[0] = 0, ‖v‖ = 1

print("‖v W_Q‖", " ".join(f"{(v @ W).norm():.2f}" for W in W_Q))

together = torch.cat(list(W_Q), dim=1)  # (512, 8 · 64)
for n_heads in (1, 4, 8):
    rank = torch.linalg.matrix_rank(together[:, : n_heads * 64])
    print(f"{n_heads} × 64: rank {rank}, lost {512 - rank}")
