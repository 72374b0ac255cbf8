from torch import nn

print("n_heads  d_k  parameters  with biases")
for n_heads in (1, 2, 8, 64, 512):
    counts = []
    for bias in (False, True):
        mha = nn.MultiheadAttention(512, n_heads, bias=bias)
        counts.append(sum(p.numel() for p in mha.parameters()))
    print(f"{n_heads:7}  {512 // n_heads:3}  {counts[0]:10,}  {counts[1]:11,}")
