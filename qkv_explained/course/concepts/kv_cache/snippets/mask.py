import torch
import torch.nn.functional as F

Q = torch.zeros(1, 1, 4)  # (batch, n_q, d_k)
K = torch.zeros(1, 5, 4)  # (batch, n_k, d_k)
V = torch.eye(5)[None]  # output = weights

wrong = F.scaled_dot_product_attention(Q, K, V, is_causal=True)
right = F.scaled_dot_product_attention(Q, K, V)
print(wrong[0].numpy().round(2))
print(right[0].numpy().round(2))

n_q, n_k = 2, 5
mask = torch.ones(n_q, n_k).tril(n_k - n_q).bool()
Q = torch.zeros(1, n_q, 4)
both = F.scaled_dot_product_attention(Q, K, V, attn_mask=mask)
print(both[0].numpy().round(2))
