import torch

x = torch.tensor([[1.0, 0.0]])  # (n_q, d_model) = (1, 2)
Y = torch.tensor([[1.0, 1.0], [-1.0, 0.0]])  # (n_k, d_model) = (2, 2)
W_Q = torch.tensor([[0.0], [0.0]])  # (d_model, d_k) = (2, 1)
W_K = torch.tensor([[1.0], [0.0]])  # (d_model, d_k)
W_V = torch.tensor([[0.0], [1.0]])  # (d_model, d_v)

for step in range(3):
    W_Q.requires_grad_()
    weights = torch.softmax(x @ W_Q @ (Y @ W_K).T, dim=-1)  # √d_k = 1
    loss = (weights @ Y @ W_V - 1).pow(2).sum() / 2
    (grad,) = torch.autograd.grad(loss, [W_Q])
    w, g = W_Q.flatten().tolist(), grad.flatten().tolist()
    print(f"{step}  W_Q {w[0]:.2f} {w[1]:.2f}", end="   ")
    print(f"α {weights[0, 0]:.2f} {weights[0, 1]:.2f}", end="   ")
    print(f"L {loss:.3f}   ∂L/∂W_Q {g[0]:.2f} {g[1]:.2f}")
    W_Q = (W_Q - 1.0 * grad).detach()
