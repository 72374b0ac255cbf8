import torch

from qkv_explained.course.concepts.real_heads.facts import measured

drawn = measured()["minilm"]["drawn"]
print(*drawn["tokens"])
print("j - i      -1    0   +1")
for kind in "trained", "swapped", "tied":
    weights = torch.tensor(drawn[kind])  # (n_q, n_k) = (8, 8)
    shares = [weights.diagonal(offset).mean() for offset in (-1, 0, 1)]
    print(f"{kind:8}", *(f"{share:.2f}" for share in shares))
