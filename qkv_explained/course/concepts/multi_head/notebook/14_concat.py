concat = merge_heads(heads)  # (n_q, n_heads * d_v) = (5, 8)
show({"concat": concat}, tokens)
