n_heads, n, d_model, d_k, d_v = 2, 5, 10, 3, 4
adj, noun, verb, p, p2, one, colour, tense, c, t = range(d_model)

W_Q = torch.zeros(n_heads, d_model, d_k).double()
W_Q[0, p, 0], W_Q[0, one, 0], W_Q[0, one, 1], W_Q[0, noun, 2] = 8, -8, -4, 4
W_Q[1, one, 0], W_Q[1, p, 1], W_Q[1, one, 2] = 8, 2, -1
show({"W_Q, head 1": W_Q[0], "W_Q, head 2": W_Q[1]}, names)
