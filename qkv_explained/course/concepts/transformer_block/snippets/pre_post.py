import torch
import torch.nn.functional as F

rng = torch.Generator().manual_seed(0)
n, d, layers = 64, 256, 24
W = torch.randn(layers, 2, d, d, generator=rng) / d**0.5


def norm(X):
    return F.layer_norm(X, (d,))


def f(X, layer):
    return torch.relu(X @ W[layer, 0]) @ W[layer, 1] * 2**0.5


X = torch.randn(n, d, generator=rng)
pre = post = X
for layer in range(layers):
    pre = pre + f(norm(pre), layer)
    post = norm(post + f(post, layer))
    if layer + 1 in (1, 4, 12, 24):
        left = [F.cosine_similarity(X.flatten(), Y.flatten(), dim=0)
                for Y in (pre, post)]
        print(f"{layer + 1:2}  {left[0]:.2f}  {left[1]:.2f}")
