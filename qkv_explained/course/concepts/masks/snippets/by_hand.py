import torch

exp_scores = torch.tensor(
    [[2.0, 1, 1, 4], [3, 1, 2, 2], [1, 1, 2, 4], [4, 2, 1, 1]]
)
scores = exp_scores.log()  # (n_q, n_k) = (4, 4)
may_attend = torch.ones(4, 4).tril().bool()  # True: j <= i
masked = scores.masked_fill(~may_attend, -torch.inf)

for S in (scores, masked):
    weights = S.softmax(dim=-1)  # (n_q, n_k), rows sum to 1
    for row in weights.tolist():
        print(*(f"{w:.3f}" for w in row))
    print()
