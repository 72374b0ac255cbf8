import torch

n_heads, n, d, d_k = 2, 6, 8, 4
for twins in (("Q", "K", "V", "O"), ("Q", "K", "V")):
    rng = torch.Generator().manual_seed(0)
    W = {
        name: torch.randn(n_heads, d, d_k, generator=rng) for name in "QKVO"
    }  # (n_heads, d_model, d_k), W_O transposed
    for name in twins:
        W[name][1] = W[name][0]
    for w in W.values():
        w.requires_grad_()
    X, target = torch.randn(2, n, d, generator=rng)
    for _ in range(100):
        Q, K, V = (X @ W[name] for name in "QKV")  # (n_heads, n, d_k)
        weights = (Q @ K.mT / d_k**0.5).softmax(dim=-1)
        output = (weights @ V @ W["O"].mT).sum(dim=0)  # (n, d_model)
        loss = ((output - target) ** 2).mean()
        gradients = torch.autograd.grad(loss, W.values())
        for w, g in zip(W.values(), gradients, strict=True):
            w.data -= 0.02 * g
    apart = [(W[name][0] - W[name][1]).abs().max().item() for name in "QKV"]
    print("".join(twins), *(f"{far:.2f}" for far in apart))
