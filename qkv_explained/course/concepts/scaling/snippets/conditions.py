import torch
import torch.nn.functional as F

rng = torch.Generator().manual_seed(0)
q, k = torch.randn(2, 100_000, 64, generator=rng)  # d_k = 64
pairs = {
    "N(0, 1)": (q, k),
    "N(1, 1)": (q + 1, k + 1),
    "‖q‖ = ‖k‖ = 1": (F.normalize(q, dim=1), F.normalize(k, dim=1)),
    "q_1 = q_2 = …": (q[:, :1].expand(-1, 64), k[:, :1].expand(-1, 64)),
}
for name, (a, b) in pairs.items():
    print(f"{name:14} Var(q·k) = {(a * b).sum(dim=1).var():8.3f}")
