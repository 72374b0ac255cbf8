import torch

rng = torch.Generator().manual_seed(0)
d_model, n_heads = 512, 8

print("d_k  one W_Q  all W_Q  all four W  rank scores  rank output")
for d_k in (64, 8):
    shape = (n_heads, d_model, d_k)
    W_Q, W_K, W_V = torch.randn(3, *shape, generator=rng).double()
    W_O = torch.randn(n_heads * d_k, d_model, generator=rng).double()
    M = W_Q[0] @ W_K[0].mT  # (d_model, d_model)
    print(
        f"{d_k:3}  {W_Q[0].numel():7,}  {W_Q.numel():7,}  "
        f"{3 * W_Q.numel() + W_O.numel():10,}  "
        f"{int(torch.linalg.matrix_rank(M)):11}  "
        f"{int(torch.linalg.matrix_rank(W_O)):11}"
    )
