import torch

d_model, d_k, d_v, n_heads, n_q, n_k = 512, 64, 64, 8, 10, 12

W_Q = torch.zeros(d_model, d_k)
W_K = torch.zeros(d_model, d_k)
W_V = torch.zeros(d_model, d_v)
print("1 head  W_Q", tuple(W_Q.shape))
print("        W_K", tuple(W_K.shape))
print("        W_V", tuple(W_V.shape))

W_Q_all = torch.cat([W_Q] * n_heads, dim=1)
print("8 heads W_Q", tuple(W_Q_all.shape))

X, Y = torch.zeros(n_q, d_model), torch.zeros(n_k, d_model)
print("1 head  Q  ", tuple((X @ W_Q).shape))  # (n_q, d_k)
print("        K  ", tuple((Y @ W_K).shape))  # (n_k, d_k)
print("        V  ", tuple((Y @ W_V).shape))  # (n_k, d_v)
