wrong_K = (X @ merge_heads(W_K)).reshape(n_heads, n, d_k)
wrong_weights = (wrong @ wrong_K.mT / math.sqrt(d_k)).softmax(dim=-1)
show({"right": weights[0], "wrong": wrong_weights[0]}, tokens)
