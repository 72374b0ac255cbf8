import torch

cat, mat, it = torch.eye(4)[[0, 2, 3]]
X = torch.stack([cat, mat, it])  # (n, d_model) = (3, 4)

print("average ", *(f"{w:.2f}" for w in X.mean(dim=0)))
for scale in (1, 10):
    scores = (scale * X) @ (scale * X).T  # (n, n)
    weights = scores.softmax(dim=-1)  # (n, n)
    print(f"X * {scale:<4}", *(f"{w:.2f}" for w in weights[2]))
