import torch
from torch.nn import functional as F


def cached_attention(Q, K, V, K_past, V_past):
    K, V = torch.cat([K_past, K], -2), torch.cat([V_past, V], -2)
    causal = Q.shape[-2] == K.shape[-2]
    output = F.scaled_dot_product_attention(Q, K, V, is_causal=causal)
    return output, K, V


new, past = torch.zeros(1, 1, 2, 4), torch.zeros(1, 1, 1, 4)
V = torch.tensor([0.0, 9.0]).view(1, 1, 2, 1)
output, _, _ = cached_attention(new, new, V, past, V[:, :, :1])
print(output.flatten())
