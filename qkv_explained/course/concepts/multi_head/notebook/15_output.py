output = concat @ W_O  # (n_q, d_model) = (5, 10)
show({"output": output}, tokens, names)
