products = Q @ K.mT  # (n_heads, n_q, n_k) = (2, 5, 5)
show({"q · k, head 1": products[0], "q · k, head 2": products[1]}, tokens)
