import math

from qkv_explained.models import sentence_model


def head(X, W_Q, W_K, W_V):
    Q = X @ W_Q  # (n, d_k)
    K = X @ W_K  # (n, d_k)
    V = X @ W_V  # (n, d_v)
    scores = Q @ K.T / math.sqrt(W_Q.shape[1])  # (n, n)
    weights = scores.softmax(dim=-1)  # (n, n)
    output = weights @ V  # (n, d_v)
    return scores, weights, output


for lang in ("en", "zh", "ru"):
    model = sentence_model(lang)
    W_Q, W_K, W_V = [model[f"1.W_{name}"][0] for name in "QKV"]
    for sentence in model.recipe["running"]:
        run = model(sentence)
        scores, weights, output = head(run["1.X"], W_Q, W_K, W_V)
        i = run["pronoun"]
        best, second = scores[i].topk(2).values
        j = weights[i].argmax()
        words = f"{run['tokens'][i]} → {run['tokens'][j]}"
        print(lang, f"{best:5.1f} {second:5.1f} {weights[i, j]:.4f}", words)
