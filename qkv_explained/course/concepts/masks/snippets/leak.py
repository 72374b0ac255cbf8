import torch
import torch.nn.functional as F

n, n_words, d = 8, 8, 32
ones = torch.ones(n, n).bool()
shapes = (n_words, d), (n, d), (d, d), (d, d), (d, n_words)

for name, may_attend in (("tril", ones.tril()), ("triu", ones.triu())):
    rng = torch.Generator().manual_seed(0)
    W = [torch.randn(s, generator=rng) / s[0] ** 0.5 for s in shapes]
    E, P, W_Q, W_K, W_VO = [w.requires_grad_() for w in W]
    adam = torch.optim.Adam(W, lr=0.03)
    for _ in range(200):
        tokens = torch.randint(n_words, (64, n + 1), generator=rng)
        X = E[tokens[:, :n]] + P  # (batch, n, d)
        scores = X @ W_Q @ (X @ W_K).mT / d**0.5  # (batch, n, n)
        scores = scores.masked_fill(~may_attend, -torch.inf)
        logits = scores.softmax(dim=-1) @ X @ W_VO  # (batch, n, n_words)
        loss = F.cross_entropy(
            logits.mT, tokens[:, 1:], reduction="none"
        ).mean(dim=0)  # (n,)
        adam.zero_grad()
        loss.mean().backward()
        adam.step()
    print(name, *(f"{one:.1f}" for one in loss.tolist()))
