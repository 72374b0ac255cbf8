from qkv_explained.multi_head import merge_heads, split_heads

Q = X @ merge_heads(W_Q)  # (n, n_heads * d_k) = (5, 6)
K = X @ merge_heads(W_K)  # (n, n_heads * d_k) = (5, 6)
V = X @ merge_heads(W_V)  # (n, n_heads * d_v) = (5, 8)
show({"Q": Q, "K": K}, tokens)
