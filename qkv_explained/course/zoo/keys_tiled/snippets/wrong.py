import torch


def repeat_kv(K, n_heads):
    return K.repeat(1, n_heads // K.shape[1], 1, 1)


K = torch.arange(2.0).view(1, 2, 1, 1)  # (batch, n_kv_heads, n, d)
print(repeat_kv(K, 4).flatten())
