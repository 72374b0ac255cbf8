import torch

rng = torch.Generator().manual_seed(0)
heads = torch.randn(8, 5, 64, generator=rng).double()  # (h, n, d_v)
W_O = torch.randn(512, 512, generator=rng).double() / 512**0.5

concat = heads.transpose(0, 1).reshape(5, 512) @ W_O  # (n, d_model)
parts = W_O.reshape(8, 64, 512)  # (h, d_v, d_model)
summed = sum(heads[a] @ parts[a] for a in range(8))
wrong = heads.sum(dim=0) @ parts[0]
for name, Y in (("concat @ W_O", concat), ("sum of heads", summed),
                ("one W_O part", wrong)):  # fmt: skip
    print(f"{name:12}", *(f"{y:6.3f}" for y in Y[2, :4].tolist()))
