mask = torch.ones(n, n).tril().bool()  # True = may attend
masked = scores[1].masked_fill(~mask, -math.inf)
show({"masked scores": masked, "weights": masked.softmax(dim=-1)}, tokens)
