import math

scores = products / math.sqrt(d_k)  # (n_heads, n_q, n_k)
show({"scores, head 1": scores[0], "scores, head 2": scores[1]}, tokens)
