import torch
import torch.nn.functional as F

ITEMS, SHELVES, N_K, N_Q, f64 = 8, 4, 5, 3, torch.float64
for dim in (-1, -2):
    rng = torch.Generator().manual_seed(0)
    W = torch.randn(3, 12, 8, generator=rng, dtype=f64) / 12**0.5
    W_O = torch.randn(8, SHELVES, generator=rng, dtype=f64) / 8**0.5
    adam = torch.optim.Adam([W.requires_grad_(), W_O.requires_grad_()], 0.03)
    for _ in range(300):
        order = torch.rand(64, ITEMS, generator=rng, dtype=f64)
        items = order.argsort(dim=-1)[:, :N_K]
        shelves = torch.randint(SHELVES, (64, N_K), generator=rng)
        asked = torch.randint(N_K, (64, N_Q), generator=rng)
        named = F.one_hot(items.gather(1, asked), ITEMS)
        facts = [F.one_hot(items, ITEMS), F.one_hot(shelves, SHELVES)]
        X_kv = torch.cat(facts, dim=-1).double()  # (batch, n_k, d_model)
        X_q = F.pad(named, (0, SHELVES)).double()  # (batch, n_q, d_model)
        Q, K, V = X_q @ W[0], X_kv @ W[1], X_kv @ W[2]
        weights = (Q @ K.mT / 8**0.5).softmax(dim)  # (batch, n_q, n_k)
        logits = (weights @ V @ W_O).flatten(0, 1)  # (batch * n_q, shelves)
        answers = shelves.gather(1, asked).flatten()
        loss = F.cross_entropy(logits, answers)
        adam.zero_grad()
        loss.backward()
        adam.step()
    right = (logits.argmax(dim=-1) == answers).double().mean()
    row = weights.sum(dim=-1)
    print(f"{dim}  {loss:.2f}  {right:.2f}  {row.min():.2f} {row.max():.2f}")
