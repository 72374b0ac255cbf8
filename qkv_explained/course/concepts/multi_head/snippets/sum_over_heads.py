import torch

head_1, head_2 = torch.tensor([[1, 2]]), torch.tensor([[3, 4]])  # (n, d_v)
W_O = torch.tensor([[1, 0, 2], [0, 1, 1], [1, 1, 0], [0, 2, 1]])  # (4, 3)

from_1 = head_1 @ W_O[:2]  # (n, d_model) = (1, 3)
from_2 = head_2 @ W_O[2:]
concat = torch.cat([head_1, head_2], dim=1)  # (n, h * d_v) = (1, 4)
for name, row in (
    ("head_1 W_O[:2]", from_1),
    ("head_2 W_O[2:]", from_2),
    ("sum", from_1 + from_2),
    ("concat W_O", concat @ W_O),
):
    print(f"{name:15}", *(f"{number:2}" for number in row[0].tolist()))
