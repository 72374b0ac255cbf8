heads = weights @ V  # (n_heads, n_q, d_v) = (2, 5, 4)
show({"head 1": heads[0], "head 2": heads[1]}, tokens)
