import torch

from qkv_explained.origins import answer, draw_boards, draw_weights

rng = torch.Generator().manual_seed(0)
W = draw_weights(d_model=10, d_k=4, d_v=3, n_shelves=4, generator=rng)
print("W_Q", tuple(W.W_Q.shape), f"min {W.W_Q.min():.1f}")

for n_facts in (3, 6):
    b = draw_boards(1, generator=rng, n_facts=n_facts)
    _, weights = answer(b.questions, b.facts, W)
    rows = weights.sum(dim=-1).flatten().tolist()
    print(
        f"α   {tuple(weights.shape)} min {weights.min():.1f}"
        f"   Σ_j α_ij {[round(row, 6) for row in rows]}"
    )
print("Σ_j W_Q[0, j]", round(W.W_Q[0].sum().item(), 1))
