import torch

rng = torch.Generator().manual_seed(0)
X = torch.randn(2, 10, 512, generator=rng)  # (batch, n, d_model)
W_Q, W_K, W_V, W_O = torch.randn(4, 512, 512, generator=rng) / 512**0.5
batch, n, d_model = X.shape
h, d_k = 8, 64

Q, K, V = (
    (X @ W)  # (batch, n, d_model)
    .reshape(batch, n, h, d_k)
    .transpose(1, 2)  # (batch, h, n, d_k)
    for W in (W_Q, W_K, W_V)
)
weights = (Q @ K.mT / d_k**0.5).softmax(dim=-1)  # (batch, h, n, n)
heads = weights @ V  # (batch, h, n, d_k)
concat = heads.transpose(1, 2).reshape(batch, n, h * d_k)
output = concat @ W_O  # (batch, n, d_model)

for name in ("Q", "weights", "heads", "concat", "output"):
    print(f"{name:7}", tuple(locals()[name].shape))
