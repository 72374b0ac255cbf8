d = 768  # GPT-2 small
attention = 4 * d * d  # W_Q, W_K, W_V, W_O
mlp = d * 4 * d + 4 * d * d  # W_1, W_2
norms = 2 * (d + d)  # gain, bias
for part in attention, mlp, norms:
    print(f"{part:9,}  {part / (attention + mlp + norms):6.1%}")
