flat_Q = X @ merge_heads(W_Q)  # (n, n_heads * d_k) = (5, 6)
wrong = flat_Q.reshape(n_heads, n, d_k)  # (2, 5, 3)
show({"Q, right": Q[0], "Q, wrong": wrong[0]})
