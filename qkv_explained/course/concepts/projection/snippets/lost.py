import torch

rng = torch.Generator().manual_seed(0)
W_Q = torch.randn(512, 64, generator=rng, dtype=torch.float64) / 512**0.5
x = torch.randn(512, generator=rng, dtype=torch.float64)
K = torch.randn(10, 64, generator=rng, dtype=torch.float64)

U = torch.linalg.svd(W_Q).U  # (512, 512)
lost = U[:, 64:].T  # (448, 512), lost @ W_Q = 0
lost_step = torch.randn(448, generator=rng, dtype=torch.float64) @ lost
other_step = torch.randn(512, generator=rng, dtype=torch.float64)

for name, v in {"v W_Q = 0": lost_step, "v random": other_step}.items():
    v = 10 * x.norm() * v / v.norm()  # ‖v‖ = 10 ‖x‖
    moved = ((x + v) @ W_Q @ K.T - x @ W_Q @ K.T) / 64**0.5  # (10,)
    print(f"{name:9}   max |Δs| = {moved.abs().max():.1f}")
