wide_output = wide @ merge_heads(V) @ W_O  # (n_q, d_model) = (5, 10)
ends = ["c", "t"]
show({"two": output[:, [c, t]], "wide": wide_output[:, [c, t]]}, tokens, ends)
