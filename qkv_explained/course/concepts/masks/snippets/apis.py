import torch
import torch.nn.functional as F
from torch import nn

mask = torch.ones(3, 3).tril().bool()
X = torch.zeros(1, 3, 2)
mha = nn.MultiheadAttention(2, 1, batch_first=True)

F_weights = F.scaled_dot_product_attention(X, X, torch.eye(3)[None], mask)
for weights in (
    F_weights,
    mha(X, X, X, attn_mask=mask)[1],
    mha(X, X, X, attn_mask=~mask)[1],
):
    for row in weights[0].tolist():
        print(*(f"{w:4.2f}" for w in row))
    print()
