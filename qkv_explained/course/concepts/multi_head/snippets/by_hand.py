import torch

x = torch.tensor([1, 2, 0, 1])  # (d_model,) = (4,)
W_Q = torch.tensor([[1, 0], [0, 1], [2, 1], [1, -1]])  # (4, 2)

W_Q1, W_Q2 = W_Q[:, 0:1], W_Q[:, 1:2]  # each (4, 1)
q_1, q_2 = x @ W_Q1, x @ W_Q2  # each (1,)

print("W_Q1", W_Q1.flatten().tolist(), " q_1 =", q_1.tolist())
print("W_Q2", W_Q2.flatten().tolist(), " q_2 =", q_2.tolist())
print("concat(q_1, q_2) =", torch.cat([q_1, q_2]).tolist())
print("x W_Q            =", (x @ W_Q).tolist())
