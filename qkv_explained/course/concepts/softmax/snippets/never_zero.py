import torch

for dtype in (torch.float32, torch.float64):
    for gap in (10.0, 80.0, 200.0, torch.inf):
        scores = torch.tensor([0.0, -gap], dtype=dtype)
        weight = scores.softmax(dim=-1)[1].item()
        print(f"{dtype}  {-gap:6}  {weight:.1e}")
