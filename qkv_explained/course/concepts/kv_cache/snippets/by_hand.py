import torch

rng = torch.Generator().manual_seed(0)
d = 4
W_Q, W_K, W_V = torch.randn(3, d, d, generator=rng)
X = torch.randn(6, d, generator=rng)  # (n, d_model)

K, V = torch.empty(0, d), torch.empty(0, d)
for t, x in enumerate(X):
    q = x @ W_Q  # (d_k,)
    K = torch.cat((K, (x @ W_K)[None]))  # (t + 1, d_k)
    V = torch.cat((V, (x @ W_V)[None]))  # (t + 1, d_v)
    output = (K @ q / d**0.5).softmax(dim=0) @ V  # (d_v,)
    print(t, tuple(q.shape), tuple(K.shape), output.numpy().round(3))

scores = (X @ W_Q) @ (X @ W_K).T / d**0.5  # (n, n)
scores = scores.masked_fill(torch.ones(6, 6).triu(1).bool(), -torch.inf)
full = scores.softmax(dim=-1) @ (X @ W_V)  # (n, d_v)
print(full.numpy().round(3)[-1])
