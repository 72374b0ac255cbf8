W_O = torch.zeros(n_heads * d_v, d_model).double()  # (8, 10)
W_O[3, c] = 1
W_O[7, t] = 1
show({"W_O": W_O}, cols=names)
