
from qkv_explained.positions import sinusoidal_positions

P = sinusoidal_positions(100, 64)  # (n, d_model)
for start in (0, 10, 50):
    products = P[start] @ P[start : start + 33 : 8].T  # k = 0, 8, 16, 24, 32
    print(f"{start:2}", *(f"{p:6.2f}" for p in products))
