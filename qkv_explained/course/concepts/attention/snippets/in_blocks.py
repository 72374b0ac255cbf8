import math

import torch

torch.manual_seed(0)
n, d, size = 1024, 64, 128
Q, K, V = torch.randn(3, n, d).double()  # (n, d) each

weights = (Q @ K.T / math.sqrt(d)).softmax(dim=-1)  # (n, n)
whole = weights @ V  # (n, d)

top = torch.full((n, 1), -math.inf).double()
total, output = torch.zeros(n, 1).double(), torch.zeros(n, d).double()
for start in range(0, n, size):
    K_b, V_b = K[start:start + size], V[start:start + size]  # (size, d)
    scores = Q @ K_b.T / math.sqrt(d)  # (n, size)
    new = torch.maximum(top, scores.max(dim=-1, keepdim=True).values)
    shares = (scores - new).exp()  # (n, size)
    total = total * (top - new).exp() + shares.sum(dim=-1, keepdim=True)
    output = output * (top - new).exp() + shares @ V_b
    top = new
output = output / total

print("numbers of the largest table:", weights.numel(), scores.numel())
for made in (whole, output):
    print(f"first number of the output: {made[0, 0]:.10f}")
