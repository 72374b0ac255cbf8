import torch
from torch.nn.functional import cosine_similarity

from qkv_explained.origins import accuracy, draw_boards, draw_weights, train

boards = draw_boards(1000, generator=torch.Generator().manual_seed(10))
W_Q, M = [], []
for seed in (0, 1):
    rng = torch.Generator().manual_seed(seed)
    W = train(draw_weights(10, 4, 3, 4, generator=rng), 200, generator=rng)[-1]
    print(f"seed {seed}   accuracy {accuracy(boards, W):.2f}")
    W_Q.append(W.W_Q.flatten())
    scores = W.W_Q[:6] @ W.W_K[:6].T  # (n_items, n_items)
    scores = scores - scores.mean(dim=1, keepdim=True)
    M.append(scores.flatten())
    print(f"         argmax_j M_ij {scores.argmax(dim=1).tolist()}")

print(f"cos(W_Q, W_Q')  {cosine_similarity(*W_Q, dim=0):+.1f}")
print(f"cos(M, M')      {cosine_similarity(*M, dim=0):+.1f}")
