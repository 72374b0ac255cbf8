import torch

from qkv_explained.multi_head import merge_heads
from qkv_explained.projection import null_space

rng = torch.Generator().manual_seed(0)
W_Q = torch.randn(8, 512, 64, generator=rng, dtype=torch.float64) / 512**0.5
x = torch.randn(512, generator=rng, dtype=torch.float64)

y = x + 10 * null_space(W_Q[0])[0]
for head in (0, 1):
    q_x, q_y = x @ W_Q[head], y @ W_Q[head]
    print(f"head {head + 1} tells x from y:", not torch.allclose(q_x, q_y))

together = merge_heads(W_Q)  # (512, 8 * 64) = (512, 512)
q = x @ together
print("rank together", int(torch.linalg.matrix_rank(together)))
print("x back from q:", torch.allclose(torch.linalg.solve(together.T, q), x))
