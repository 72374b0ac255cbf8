import torch

text = "abracadabra"
letters = sorted(set(text))
ids = torch.tensor([letters.index(c) for c in text])  # (length,)
print(letters, ids.tolist())

n = 4
for start in 0, 5:
    inputs = ids[start : start + n]  # (n,)
    targets = ids[start + 1 : start + n + 1]  # (n,)
    for i in range(n):
        seen = "".join(letters[j] for j in inputs[: i + 1])
        print(f"{seen:4} -> {letters[targets[i]]}")
