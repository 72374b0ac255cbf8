import torch


def merge_heads(X):
    batch, n_heads, n, d = X.shape
    return X.reshape(batch, n, n_heads * d)


X = torch.zeros(1, 2, 3, 2)  # (batch, h, n, d)
X[:, :, 1:] = 1.0  # all tokens but token 0
print(merge_heads(X)[:, 0])
