import torch
from torch import nn

from qkv_explained.attention import attention_scores
from qkv_explained.projection import project

X = torch.zeros(10, 512)
layer = nn.Linear(512, 64)

for attempt in (
    lambda: X @ layer.weight,
    lambda: project(X, layer.weight),
    lambda: project(X, layer.weight.T, torch.zeros(512)),
    lambda: attention_scores(project(X, layer.weight.T), X),
):
    try:
        attempt()
    except (RuntimeError, ValueError) as error:
        print(f"{type(error).__name__}: {error}\n")
