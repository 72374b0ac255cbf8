import textwrap

import torch
import torch.nn.functional as F

Q = torch.zeros(2, 8, 10, 64)
causal = torch.ones(10, 10).tril()
narrow = torch.ones(10, 12, dtype=torch.bool)

for attempt in (
    lambda: F.scaled_dot_product_attention(Q, Q, Q, attn_mask=causal.int()),
    lambda: F.scaled_dot_product_attention(Q, Q, Q, attn_mask=narrow),
    lambda: (Q @ Q.mT).masked_fill(causal, -1.0),
    lambda: (Q @ Q.mT).masked_fill(~narrow, -1.0),
    lambda: F.scaled_dot_product_attention(Q, Q.half(), Q),
):
    try:
        attempt()
    except RuntimeError as e:
        print(textwrap.fill(f"RuntimeError: {str(e)[:190]}", 66), end="\n\n")
