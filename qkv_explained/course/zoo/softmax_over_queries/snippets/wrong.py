import torch


def softmax(scores):
    # scores (batch, n_q, n_k)
    powers = (scores - scores.amax(dim=1, keepdim=True)).exp()
    return powers / powers.sum(dim=1, keepdim=True)


scores = torch.tensor([[[2.0, 0, 0], [0, 1, 0]]])  # (1, 2, 3)
print(softmax(scores).sum(dim=-1))
