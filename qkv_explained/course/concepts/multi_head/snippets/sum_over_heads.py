import torch

from qkv_explained.multi_head import merge_heads

rng = torch.Generator().manual_seed(0)
heads = torch.randn(8, 10, 64, generator=rng, dtype=torch.float64)
W_O = torch.randn(512, 512, generator=rng, dtype=torch.float64) / 512**0.5

output = merge_heads(heads) @ W_O  # (10, 512) (512, 512)
parts = [heads[a] @ W_O[64 * a : 64 * a + 64] for a in range(8)]
print("concat W_O = Σ_a head_a W_O[a]:", torch.allclose(output, sum(parts)))

changed = heads.clone()
changed[2] += 1.0
moved = merge_heads(changed) - merge_heads(heads)  # (10, 512)
for name, Y in (("without W_O", moved), ("with W_O", moved @ W_O)):
    reached = (Y[0].abs() > 1e-9).nonzero().flatten().tolist()
    print(f"{name}: {len(reached)} numbers, {reached[0]} … {reached[-1]}")
