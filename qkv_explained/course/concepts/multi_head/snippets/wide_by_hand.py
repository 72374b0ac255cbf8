import torch

from qkv_explained.attention import attention_scores, attention_weights

Q = torch.tensor([[1.0, 1.0]])  # (n_q, d) = (1, 2)
K = torch.tensor([[5.0, 0.0], [0.0, 5.0], [3.0, 3.0]])  # (n_k, d) = (3, 2)

for name, columns in (("head 1", [0]), ("head 2", [1]), ("wide  ", [0, 1])):
    q, k = Q[:, columns], K[:, columns]
    scores = attention_scores(q, k)[0]
    weights = attention_weights(q, k)[0]
    line = " ".join(f"{s:5.2f}" for s in scores.tolist())
    print(name, "scores", line, end="   ")
    print("weights", " ".join(f"{w:.3f}" for w in weights.tolist()))
