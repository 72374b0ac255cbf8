weights = scores.softmax(dim=-1)  # (n_heads, n_q, n_k)
assert torch.allclose(weights.sum(dim=-1), torch.ones(2, 5).double())
show({"weights, head 1": weights[0], "weights, head 2": weights[1]}, tokens)
