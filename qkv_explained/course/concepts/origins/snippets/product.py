import torch
from torch.nn.functional import cosine_similarity

from qkv_explained.origins import draw_weights, product, train, written

heads = {"own": written()}
for seed in (0, 1):
    rng = torch.Generator().manual_seed(seed)
    W = draw_weights(10, 4, 3, 4, generator=rng)
    heads[f"seed {seed}"] = train(W, steps=200, generator=rng)[-1]

for name, W in heads.items():
    M = product(W)  # (n_items, n_items)
    print(f"{name:6}  argmax_j M_ij {M.argmax(dim=1).tolist()}")
for a, b in (("own", "seed 0"), ("own", "seed 1"), ("seed 0", "seed 1")):
    pair = heads[a], heads[b]
    W_Qs = (W.W_Q[:6].flatten() for W in pair)
    Ms = (product(W).flatten() for W in pair)
    print(
        f"{a}, {b}   cos(W_Q, W_Q') {cosine_similarity(*W_Qs, dim=0):+.1f}"
        f"   cos(M, M') {cosine_similarity(*Ms, dim=0):+.1f}"
    )
