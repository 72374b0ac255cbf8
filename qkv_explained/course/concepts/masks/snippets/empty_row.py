import torch
import torch.nn.functional as F

Q, K = torch.zeros(1, 2), torch.zeros(3, 2)
V = torch.tensor([[1.0], [2.0], [6.0]])
nothing = torch.zeros(1, 3).bool()
scores = Q @ K.mT  # (n_q, n_k) = (1, 3)

for fill in (-torch.inf, -1e9):
    weights = scores.masked_fill(~nothing, fill).softmax(dim=-1)
    print(f"{fill:6.0e}  {(weights @ V).item():.2f}")
output = F.scaled_dot_product_attention(Q, K, V, nothing)
print(f"   F.s  {output.item():.2f}")
