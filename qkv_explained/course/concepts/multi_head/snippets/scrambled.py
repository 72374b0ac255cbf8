import torch

from qkv_explained.attention import scaled_dot_product_attention
from qkv_explained.multi_head import merge_heads, split_heads

rng = torch.Generator().manual_seed(0)
X = torch.randn(10, 512, generator=rng)
W = torch.randn(3, 512, 512, generator=rng) / 512**0.5
changed = X.index_fill(0, torch.tensor([9]), 0.0)

right = (lambda Y: split_heads(Y, 8), merge_heads)
wrong = (lambda Y: Y.reshape(8, 10, 64), lambda H: H.reshape(10, 512))
for name, (split, merge) in (("right", right), ("wrong", wrong)):
    outputs = []
    for Y in (X, changed):
        Q, K, V = (split(Y @ W_x) for W_x in W)  # each (8, 10, 64)
        outputs.append(merge(scaled_dot_product_attention(Q, K, V)[0]))
    moved = (outputs[0] - outputs[1]).abs().amax(dim=1) > 1e-6
    print(name, [i + 1 for i in range(10) if moved[i]])
