import torch
import torch.nn.functional as F

n, h, d, n_words = 6, 2, 16, 8


def model(tokens, W, merge, causal=False):
    E, P, *W_QKV, W_U = W
    Q, K, V = ((E[tokens] + P) @ w for w in W_QKV)  # (batch, n, d)
    split = [x.reshape(-1, n, h, d // h).transpose(1, 2) for x in (Q, K, V)]
    H = F.scaled_dot_product_attention(*split, is_causal=causal)
    H = H.transpose(1, 2) if merge == "transpose" else H
    return H.reshape(-1, n, d) @ W_U  # (batch, n, n_words)


for merge in ("transpose", "reshape"):
    rng = torch.Generator().manual_seed(0)
    shapes = (n_words, d), (n, d), (d, d), (d, d), (d, d), (d, n_words)
    W = [torch.randn(s, generator=rng) / s[0] ** 0.5 for s in shapes]
    adam = torch.optim.Adam([w.requires_grad_() for w in W], lr=0.02)
    for _ in range(600):
        tokens = torch.randint(n_words, (64, n), generator=rng)
        loss = F.cross_entropy(model(tokens, W, merge).mT, tokens)
        adam.zero_grad()
        loss.backward()
        adam.step()
    other = tokens.index_fill(1, torch.tensor([n - 1]), 0)
    one, two = (model(t, W, merge, True) for t in (tokens, other))
    moved = (one - two).abs().amax((0, 2)) > 1e-4  # (n,)
    print(f"{merge:9} {loss.item():.1f} ", moved.int().tolist())
