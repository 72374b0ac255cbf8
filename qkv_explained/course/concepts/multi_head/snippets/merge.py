import torch
import torch.nn.functional as F

n, h, d, n_words = 6, 2, 16, 8
causal = torch.ones(n, n).tril().bool()  # True: j <= i
for name in ("transpose", "reshape"):
    rng = torch.Generator().manual_seed(0)
    shapes = (n_words, d), (n, d), (d, d), (d, d), (d, d), (d, n_words)
    W = [torch.randn(s, generator=rng) / s[0] ** 0.5 for s in shapes]
    E, P, W_Q, W_K, W_V, W_U = [w.requires_grad_() for w in W]

    def model(tokens, mask=None):
        X = E[tokens] + P
        Q, K, V = ((X @ w).reshape(-1, n, h, d // h).transpose(1, 2)
                   for w in (W_Q, W_K, W_V))  # (batch, h, n, d / h)
        H = F.scaled_dot_product_attention(Q, K, V, mask)
        H = H.transpose(1, 2) if name == "transpose" else H
        return H.reshape(-1, n, d) @ W_U  # (batch, n, n_words)

    adam = torch.optim.Adam(W, lr=0.02)
    for _ in range(600):
        tokens = torch.randint(n_words, (64, n), generator=rng)
        loss = F.cross_entropy(model(tokens).mT, tokens)
        adam.zero_grad()
        loss.backward()
        adam.step()
    other = tokens.index_fill(1, torch.tensor([n - 1]), 0)
    moved = (model(tokens, causal) - model(other, causal)).abs().amax((0, 2))
    print(f"{name:9} {loss.item():.1f} ", (moved > 1e-4).int().tolist())
