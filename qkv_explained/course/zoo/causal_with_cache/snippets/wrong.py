import torch
from torch.nn import functional as F


def cached_attention(Q, K, V, K_past, V_past):
    K, V = torch.cat([K_past, K], -2), torch.cat([V_past, V], -2)
    output = F.scaled_dot_product_attention(Q, K, V, is_causal=True)
    return output, K, V


x = torch.zeros(1, 1, 3, 4)
V = torch.tensor([0.0, 0, 9]).view(1, 1, 3, 1)
one, past = slice(2, 3), slice(0, 2)
output, _, _ = cached_attention(
    x[..., one, :], x[..., one, :], V[..., one, :],
    x[..., past, :], V[..., past, :])
print(output.item())
