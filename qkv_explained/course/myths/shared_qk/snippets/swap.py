import torch

from qkv_explained.lab.task import Start
from qkv_explained.lab.tasks.lookup import cycle, forward, lookup_task
from qkv_explained.lab.training import train
from qkv_explained.lab.variants import Variant
from qkv_explained.roles import swap_roles

torch.set_num_threads(1)
variant = Variant("Q != K")
task = lookup_task("cycle", cycle(7), steps=150, batch=32)
start = Start(seed=0, setting={"std": 1.0})
(model,) = train(task, variant, 0.03, task.steps, [start])
values = torch.arange(7)[None]  # (batch, n)
for weights in (model, swap_roles(model)):
    _, attention = forward(weights, values, variant)  # (batch, n, n)
    print(attention[0].argmax(dim=-1).tolist())
