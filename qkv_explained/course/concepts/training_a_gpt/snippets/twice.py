import torch

ids = torch.arange(10, 20)
inputs, targets = ids[:-1], ids[1:]
print(inputs[:4].tolist(), "->", targets[:4].tolist())

logits = torch.zeros(len(inputs), 30)
inside = logits[:-1], targets[1:]
print(inputs[:4].tolist(), "->", inside[1][:4].tolist())
