import torch
import torch.nn.functional as F

rng = torch.Generator().manual_seed(0)
X = torch.randn(10, 512, generator=rng)  # (n_q, d_model)
Y = torch.randn(12, 300, generator=rng)  # (n_k, d_other)

W_Q = torch.randn(512, 64, generator=rng)  # (d_model, d_k)
W_K = torch.randn(300, 64, generator=rng)  # (d_other, d_k)
W_V = torch.randn(300, 96, generator=rng)  # (d_other, d_v)
W_O = torch.randn(96, 512, generator=rng)  # (d_v, d_model)

Q, K, V = X @ W_Q, Y @ W_K, Y @ W_V
output = F.scaled_dot_product_attention(Q, K, V)
print("Q", tuple(Q.shape), " K", tuple(K.shape), " V", tuple(V.shape))
print("output      ", tuple(output.shape))  # (n_q, d_v)
print("output @ W_O", tuple((output @ W_O).shape))  # (n_q, d_model)
