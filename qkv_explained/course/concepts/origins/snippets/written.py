import torch

items = ["cup", "book", "lamp", "ball", "hat", "pen"]
W_Q = torch.zeros(6, 4)  # (n_items, d_k)
W_Q[0], W_Q[1] = torch.tensor([[3.0, 0, 0, 0], [-3, 0, 0, 0]])
W_Q[2], W_Q[3] = torch.tensor([[0.0, 3, 0, 0], [0, -3, 0, 0]])
W_Q[4], W_Q[5] = torch.tensor([[0.0, 0, 3, 0], [0, 0, 0, 3]])
W_K = W_Q.clone()

scores = W_Q @ W_K.T / 4**0.5  # (n_items, n_items)
weights = scores.softmax(dim=-1)
print("     ", *(f"{item:>4}" for item in items))
for item, row in zip(items, weights, strict=True):
    print(f"{item:5}", *(f"{weight:.2f}" for weight in row))
