import torch
import torch.nn.functional as F

n_k = 5
K, V = torch.zeros(1, n_k, 2), torch.eye(n_k)[None]
for n_q in (1, 2):
    Q = torch.zeros(1, n_q, 2)
    lower_right = torch.ones(n_q, n_k).tril(n_k - n_q).bool()
    for name, how in (
        ("is_causal", {"is_causal": True}),
        ("None", {"attn_mask": None}),
        ("lower right", {"attn_mask": lower_right}),
    ):
        weights = F.scaled_dot_product_attention(Q, K, V, **how)[0]
        for row in weights.tolist():
            print(f"{n_q} {name:11}", *(f"{w:.2f}" for w in row))
