import torch

from qkv_explained.myths.exam import measure
from qkv_explained.myths.lab import Init, train
from qkv_explained.myths.lookup import cycle, lookup_lab
from qkv_explained.myths.variants import Variant

torch.set_num_threads(1)
lab = lookup_lab("cycle", cycle(7), steps=150, batch=32)
starts = [Init(std=1.0, seed=seed) for seed in range(3)]
for variant in (Variant("Q != K"), Variant("Q = K", shared=True)):
    models = train(lab, variant, 0.03, lab.steps, starts)
    exams = [measure(lab, variant, model, seed=9) for model in models]
    print(variant.name)
    print("  at least 95 % right:", [m["accuracy"] > 0.95 for m in exams])
    print("  all 7 rows right:", [m["most_rows_right"] == 7 for m in exams])
