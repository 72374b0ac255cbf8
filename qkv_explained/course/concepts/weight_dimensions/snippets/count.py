from torch import nn

d_model, d_k, n_heads = 512, 64, 8

one_head = d_model * d_k
print(f"{one_head:>9,}  W_Q, 1 head")
print(f"{n_heads * one_head:>9,}  W_Q, 8 heads")
print(f"{4 * n_heads * one_head:>9,}  W_Q, W_K, W_V, W_O")
print(f"{4 * n_heads * one_head + 4 * d_model:>9,}  + b_Q, b_K, b_V, b_O")

for heads in (1, 8, 64):
    layer = nn.MultiheadAttention(d_model, heads)
    total = sum(p.numel() for p in layer.parameters())
    print(f"{total:>9,}  nn.MultiheadAttention({d_model}, {heads})")
