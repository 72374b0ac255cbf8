import torch

may_attend = torch.tensor([True, False, False])
for future in (1.0, 10.0, 100.0):
    scores = torch.tensor([1.0, 1.0, future]).log()
    before = scores.masked_fill(~may_attend, -torch.inf).softmax(dim=0)
    after = scores.softmax(dim=0) * may_attend
    print(*(f"{w:.3f}" for w in (*before.tolist(), *after.tolist())))
