import torch
from torch import nn

layer = nn.TransformerEncoderLayer(512, 8, batch_first=True)
encoder = nn.TransformerEncoder(layer, num_layers=6)

W_1 = encoder.layers[0].self_attn.in_proj_weight
W_2 = encoder.layers[1].self_attn.in_proj_weight
print("W_1 = W_2: ", torch.equal(W_1, W_2))
print("W_1 is W_2:", W_1 is W_2)
