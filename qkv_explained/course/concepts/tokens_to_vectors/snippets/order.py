import torch

rng = torch.Generator().manual_seed(0)
cat, mat, it = torch.randn(3, 8, generator=rng).double()
W_Q, W_K, W_V = torch.randn(3, 8, 8, generator=rng).double() / 8**0.5
later = torch.ones(3, 3).triu(1) > 0  # j > i


def model(X, n_layers, causal):
    for _ in range(n_layers):
        scores = (X @ W_Q) @ (X @ W_K).T / 8**0.5  # (n, n)
        if causal:
            scores = scores.masked_fill(later, -torch.inf)
        X = X + scores.softmax(dim=-1) @ (X @ W_V)  # (n, d_model)
    return X[-1]


one, other = torch.stack([cat, mat, it]), torch.stack([mat, cat, it])
for causal in (False, True):
    for n_layers in (1, 2):
        change = model(one, n_layers, causal) - model(other, n_layers, causal)
        print(f"{causal = !s:5}  {n_layers = }  {change.abs().max():.3f}")
