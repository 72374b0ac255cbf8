import torch

rng = torch.Generator().manual_seed(0)
X = torch.randn(2, 10, 512, generator=rng)  # (batch, n_q, d_model)
W_Q = torch.randn(512, 64, generator=rng) / 512**0.5  # (d_model, d_k)

Q = X @ W_Q  # (batch, n_q, d_k)
print("X", tuple(X.shape), " W_Q", tuple(W_Q.shape), " Q", tuple(Q.shape))

changed = X.clone()
changed[1, 3] += 1.0
moved = (changed @ W_Q - Q).abs().amax(dim=-1) > 1e-5
print("moved:", moved.nonzero().tolist())
