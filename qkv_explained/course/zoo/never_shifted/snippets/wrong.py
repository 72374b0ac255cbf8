import torch


def shift(tokens):
    return tokens, tokens


inputs, targets = shift(torch.tensor([[5, 6, 7]]))
print(inputs[0, 0].item(), "->", targets[0, 0].item())
