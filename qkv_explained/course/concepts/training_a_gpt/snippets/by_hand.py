import torch

inputs = torch.tensor([0, 1, 0, 2])  # a b a c
targets = torch.tensor([1, 0, 2, 0])  # b a c a
W = torch.zeros(3, 3, requires_grad=True)  # logits of a, b, c

probabilities = W[inputs].softmax(dim=-1)  # (n, 3)
right = probabilities[torch.arange(4), targets]  # (n,)
loss = -right.log().mean()
loss.backward()

error = probabilities.detach().clone()
error[torch.arange(4), targets] -= 1  # p - y
by_hand = torch.zeros(3, 3)
by_hand.index_add_(0, inputs, error / 4)
print(by_hand)
print(W.grad)

for eta in 1.0, 10.0, 100.0:
    new = W.detach() - eta * by_hand
    p = new[inputs].softmax(dim=-1)[torch.arange(4), targets]
    print(f"{eta:5.0f}  {loss.item():.3f} -> {-p.log().mean():.3f}")
