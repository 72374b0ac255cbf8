import torch

from qkv_explained.myths.lab import Init, train
from qkv_explained.myths.lookup import cycle, forward, lookup_lab
from qkv_explained.myths.variants import Variant, swap_roles

torch.set_num_threads(1)
variant = Variant("Q != K")
lab = lookup_lab("cycle", cycle(7), steps=150, batch=32)
(model,) = train(lab, variant, 0.03, lab.steps, [Init(1.0, seed=0)])
values = torch.arange(7)[None]  # (batch, n)
for weights in (model, swap_roles(model)):
    _, attention = forward(weights, values, variant)  # (batch, n, n)
    print(attention[0].argmax(dim=-1).tolist())
