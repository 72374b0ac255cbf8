import torch

from qkv_explained.lab.exam import examine
from qkv_explained.lab.task import Start
from qkv_explained.lab.tasks.lookup import cycle, lookup_task
from qkv_explained.lab.training import train
from qkv_explained.lab.variants import Variant

torch.set_num_threads(1)
task = lookup_task("cycle", cycle(7), steps=150, batch=32)
starts = [Start(seed, {"std": 1.0}) for seed in range(3)]
for v in (Variant("Q != K"), Variant("Q = K", shared=True)):
    models = train(task, v, 0.03, task.steps, starts)
    exams = [examine(task, v, {"": model}, seed=9) for model in models]
    print(v.name)
    print("  at least 95 % right:", [m["accuracy"] > 0.95 for m in exams])
    print("  all 7 rows right:", [m["most_rows_right"] == 7 for m in exams])
