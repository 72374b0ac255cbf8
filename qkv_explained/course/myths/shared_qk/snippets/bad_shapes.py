import torch

from qkv_explained.attention import scaled_dot_product_attention

Q = K = V = torch.ones(3, 2)  # (n, d_k)
not_self = ~torch.eye(3, dtype=torch.bool)
causal = torch.ones(3, 3, dtype=torch.bool).tril()
X_q, X_k = torch.ones(3, 512), torch.ones(5, 768)
W = torch.ones(512, 64)  # (d_model, d_k)
for attempt in (
    lambda: scaled_dot_product_attention(Q, K, V, causal & not_self),
    lambda: (X_q @ W) @ (X_k @ W).T,
):
    try:
        attempt()
    except (ValueError, RuntimeError) as error:
        print(f"{type(error).__name__}: {error}")
