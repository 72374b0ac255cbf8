import torch

W_Q = torch.tensor([[0.0, 2], [0, 0], [4, 0], [0, 4]])  # (d_model, d_k)
W_K = torch.tensor([[1.0, 0], [0, 1], [0, 0], [0, 0]])  # (d_model, d_k)
M = W_Q @ W_K.T  # (d_model, d_model)
for row in M.int().tolist():
    print(*(f"{m:2}" for m in row))
print("rank", torch.linalg.matrix_rank(M).item())
x_cat, x_it = torch.eye(4)[0], torch.eye(4)[2]
print((x_it @ M @ x_cat).item(), (x_cat @ M @ x_it).item())
