import torch


def embed(tokens, table, positions):
    batch = tokens.shape[0]
    return table[tokens] + positions[:batch].unsqueeze(1)


tokens = torch.tensor([[3, 3, 3]])  # (batch, n)
positions = torch.arange(5.0)[:, None]  # (longest, d_model)
print(embed(tokens, torch.zeros(4, 1), positions).flatten())
