import torch


def split_heads(X, n_heads):
    batch, n, width = X.shape
    return X.reshape(batch, n_heads, n, width // n_heads)


X = torch.zeros(1, 3, 4)  # (batch, n, h d)
X[:, 1:] = 1.0  # all tokens but token 0
print(split_heads(X, 2)[:, :, 0])
