import torch

x = torch.tensor([1, 2, 0, -1])  # (d_model,) = (4,)
W_Q = torch.tensor(
    [
        [1, 0],
        [0, 3],
        [5, 5],
        [2, 1],
    ]
)  # (d_model, d_k) = (4, 2)

columns = [(x * W_Q[:, c]).sum().item() for c in range(2)]
rows = sum(x[i] * W_Q[i, :] for i in range(4))

print("x @ W_Q               ", (x @ W_Q).tolist())
print("[x · W_Q[:, c] for c] ", columns)
print("Σ_i x[i] * W_Q[i, :]  ", rows.tolist())
