import torch

rng = torch.Generator().manual_seed(0)
W_Q = torch.randn(512, 64, generator=rng, dtype=torch.float64)
W_K = torch.randn(512, 64, generator=rng, dtype=torch.float64)

M = W_Q @ W_K.T  # (d_model, d_model)
print("M", tuple(M.shape), " rank", int(torch.linalg.matrix_rank(M)))
print(f"free matrix {M.numel():>7,} numbers")
print(f"W_Q and W_K {W_Q.numel() + W_K.numel():>7,} numbers")
