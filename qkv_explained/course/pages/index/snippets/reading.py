import math

from qkv_explained.models import sentence_model

for lang in ("en", "zh", "ru"):
    model = sentence_model(lang)
    W_Q, W_K, W_V = (model[f"1.W_{name}"][0] for name in "QKV")
    for sentence in model.recipe["running"]:
        run = model(sentence)
        X = run["1.X"]  # (n, d_model)

        Q, K, V = X @ W_Q, X @ W_K, X @ W_V
        scores = Q @ K.T / math.sqrt(Q.shape[-1])  # (n, n)
        weights = scores.softmax(dim=-1)  # (n, n)
        output = weights @ V  # (n, d_v)

        row = weights[run["pronoun"]]
        most = row.topk(3)
        for weight, j in zip(*most, strict=True):
            print(f"{run['tokens'][j]} {weight:.2f}", end="  ")
        print()
