import torch

x = torch.tensor([1, 2, 0, 1])  # (d_model,) = (4,)
W_Q = torch.tensor(
    [
        [1, 0],
        [0, 1],
        [2, 1],
        [1, -1],
    ]
)  # (d_model, d_k) = (4, 2)

for c in range(2):
    terms = [f"{x[r]}·{W_Q[r, c]}" for r in range(4)]
    q_c = sum(x[r] * W_Q[r, c] for r in range(4))
    print(f"q_{c + 1} = {' + '.join(terms)} = {q_c}")

print("x @ W_Q =", (x @ W_Q).tolist())
