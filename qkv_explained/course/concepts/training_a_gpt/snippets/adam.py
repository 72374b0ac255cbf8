import torch

torch.set_default_dtype(torch.float64)
W = torch.tensor([1.0, 1.0])
P = W.clone().requires_grad_()
adam = torch.optim.Adam([P], lr=0.1)
m = v = torch.zeros(2)
for t in range(1, 6):
    g = torch.stack((2 * W[0], 200 * W[1]))  # L = w_1^2 + 100 w_2^2
    m = 0.9 * m + 0.1 * g
    v = 0.999 * v + 0.001 * g**2
    m_hat, v_hat = m / (1 - 0.9**t), v / (1 - 0.999**t)
    W = W - 0.1 * m_hat / (v_hat.sqrt() + 1e-8)

    adam.zero_grad()
    (P[0] ** 2 + 100 * P[1] ** 2).backward()
    adam.step()
    print(W.numpy().round(4), P.detach().numpy().round(4))
