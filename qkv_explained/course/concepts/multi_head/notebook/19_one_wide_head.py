wide_scores = merge_heads(Q) @ merge_heads(K).mT / math.sqrt(n_heads * d_k)
wide = wide_scores.softmax(dim=-1)  # (n_q, n_k) = (5, 5)
show({"weights, wide head": wide}, tokens, tokens)
