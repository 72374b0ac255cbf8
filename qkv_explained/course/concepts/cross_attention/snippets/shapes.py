import torch

rng = torch.Generator().manual_seed(0)
d_k = d_v = 64


def draw(*shape):
    return torch.randn(shape, generator=rng)


for n_q, n_k in ((3, 4), (4, 3)):
    X_q, X_kv = draw(n_q, 512), draw(n_k, 768)  # (n, d_input)
    W_Q, W_K, W_V = draw(512, d_k), draw(768, d_k), draw(768, d_v)
    Q, K, V = X_q @ W_Q, X_kv @ W_K, X_kv @ W_V
    weights = (Q @ K.T / d_k**0.5).softmax(dim=-1)
    output = weights @ V
    for name in ("Q", "K", "V", "weights", "output"):
        print(f"{name:7}", tuple(locals()[name].shape))
    print()
