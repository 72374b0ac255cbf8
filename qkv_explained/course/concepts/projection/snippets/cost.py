n, d_model = 128, 512

print("n_heads  d_k   projections       scores")
for n_heads, d_k in ((1, 512), (1, 64), (8, 64)):
    projections = 2 * n * d_model * n_heads * d_k  # Q and K
    scores = n_heads * n * n * d_k  # Q @ K.mT
    print(f"{n_heads:7}  {d_k:3}  {projections:12,} {scores:12,}")
