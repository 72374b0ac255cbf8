import torch
import torch.nn.functional as F

from qkv_explained import origins

rng = torch.Generator().manual_seed(0)
W = origins.draw_weights(10, 4, 3, 4, generator=rng)
W = origins.train(W, 200, generator=rng)[-1]

for r in (1, 2, 4):
    A = torch.randn(10, r, generator=rng).double().requires_grad_()
    B = torch.zeros(r, 4).double().requires_grad_()
    adam = torch.optim.Adam([A, B], lr=0.05)
    for _ in range(200):
        boards = origins.draw_boards(64, generator=rng, shift=1)
        tuned = W._replace(W_Q=W.W_Q + A @ B)  # (10, 4) + (10, r) (r, 4)
        logits, _ = origins.answer(boards.questions, boards.facts, tuned)
        loss = F.cross_entropy(logits.flatten(0, 1), boards.answers.flatten())
        adam.zero_grad()
        loss.backward()
        adam.step()
    test = origins.draw_boards(1000, generator=rng, shift=1)
    right = [origins.accuracy(test, head) for head in (W, tuned)]
    print(f"r = {r}   {A.numel() + B.numel()} / 122", end="   ")
    print(f"accuracy {right[0]:.2f} → {right[1]:.2f}")
