W_K = torch.zeros(n_heads, d_model, d_k).double()
W_K[0, p, 0], W_K[0, p2, 1], W_K[0, adj, 2] = 1, 1, 1
W_K[1, verb, 0], W_K[1, p, 1], W_K[1, p2, 2] = 1, 1, 1
show({"W_K, head 1": W_K[0], "W_K, head 2": W_K[1]}, names)
