import torch

s = torch.tensor([2.0, 1.0, 0.0])  # (n_k,)
for scores in (s, s + 100, s * 10):
    powers = (scores - scores.max()).exp()  # (n_k,)
    weights = powers / powers.sum()  # (n_k,)
    print(*(f"{x:4.0f}" for x in scores), "->", *(f"{w:.3f}" for w in weights))
