import torch
from torch import nn

torch.manual_seed(3)
X = 2 * torch.randn(1, 3, 4)  # (batch, n, d_model)
mha = nn.MultiheadAttention(4, 1, bias=False, batch_first=True)
W_Q, W_K, W_V = (W.T for W in mha.in_proj_weight.chunk(3))  # (4, 4)
Q, K, V = X @ W_Q, X @ W_K, X @ W_V

by_hand = (Q @ K.mT / 4**0.5).softmax(dim=-1)  # (batch, n, n)
for name, weights in (
    ("softmax", by_hand),
    ("mha(X, X, X)", mha(X, X, X)[1]),
    ("mha(Q, K, V)", mha(Q, K, V)[1]),
):
    print(f"{name:12}", *(f"{w:.2f}" for w in weights[0, 0].tolist()))
