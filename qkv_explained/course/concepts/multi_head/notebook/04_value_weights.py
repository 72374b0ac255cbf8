W_V = torch.zeros(n_heads, d_model, d_v).double()
W_V[0, [adj, noun, verb, colour], range(d_v)] = 1
W_V[1, [adj, noun, verb, tense], range(d_v)] = 1
show({"W_V, head 1": W_V[0], "W_V, head 2": W_V[1]}, names)
