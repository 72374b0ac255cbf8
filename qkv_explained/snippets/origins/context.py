import torch

from qkv_explained.attention import scaled_dot_product_attention

rng = torch.Generator().manual_seed(0)
W_Q, W_K, W_V = torch.randn(3, 2, 8, 8, generator=rng)  # 2 layers
word, left, right = torch.randn(3, 1, 8, generator=rng)


def keys(X):
    out = []
    for Q_, K_, V_ in zip(W_Q, W_K, W_V, strict=True):
        K = X @ K_
        out.append(K[0])
        X = X + scaled_dot_product_attention(X @ Q_, K, X @ V_)[0]
    return out


one, other = keys(torch.cat([word, left])), keys(torch.cat([word, right]))
print("layer 1, K[0] = K'[0]:", torch.allclose(one[0], other[0]))
print("layer 2, K[0] = K'[0]:", torch.allclose(one[1], other[1]))
