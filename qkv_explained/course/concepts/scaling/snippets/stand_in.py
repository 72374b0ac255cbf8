import torch
import torch.nn.functional as F

torch.set_default_dtype(torch.float64)


def train(divisor, c, d_k=256, lr=0.001):
    rng = torch.Generator().manual_seed(0)
    E = torch.randn(20, 64, generator=rng)
    W = [torch.randn(64, m, generator=rng) / 8 for m in (d_k, d_k, 64, 4)]
    W = [W[0] * c, W[1] * c, *W[2:]]
    W_Q, W_K, W_V, W_O = (w.requires_grad_() for w in W)
    QK = {"params": [W_Q, W_K], "lr": c * lr}
    adam = torch.optim.Adam([QK, {"params": [W_V, W_O]}], lr=lr, eps=1e-12)
    for _ in range(100):
        items = torch.rand(64, 16, generator=rng).argsort(dim=1)[:, :8]
        shelves = torch.randint(4, (64, 8), generator=rng)
        Y = (E[items] + E[16 + shelves]) / 2**0.5  # (batch, n_k, d_model)
        x = E[items[:, :1]]  # (batch, n_q, d_model)
        weights = (x @ W_Q @ (Y @ W_K).mT / divisor).softmax(dim=-1)
        logits = (weights @ (Y @ W_V) @ W_O)[:, 0]  # (batch, 4)
        loss = F.cross_entropy(logits, shelves[:, 0])
        adam.zero_grad()
        loss.backward()
        adam.step()
    return loss.item()


for divisor, c in ((16, 1), (1, 1), (1, 0.25)):
    print(f"divisor {divisor:2}   c {c:.2f}   L {train(divisor, c):.4f}")
