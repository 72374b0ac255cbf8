from itertools import product

print("d_k      q·k  Var(q·k)  Var(q·k / √d_k)  Var(q·k / d_k)")
for d_k in (1, 2, 4, 16):
    scores = [sum(terms) for terms in product((-1, 1), repeat=d_k)]
    variance = sum(s * s for s in scores) / len(scores)
    print(
        f"{d_k:3}{len(scores):9,}  {variance:8.1f}"
        f"  {variance / d_k:15.1f}  {variance / d_k**2:14.4f}"
    )
