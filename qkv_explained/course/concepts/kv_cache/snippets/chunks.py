import torch

from qkv_explained.gpt import GPT
from qkv_explained.kv_cache import Decoder

rng = torch.Generator().manual_seed(0)
model = GPT(50, 16, 32, 4, 2, generator=rng).double()
ids = torch.randint(50, (11,), generator=rng)
full = model(ids)  # (n, n_vocab)

for chunk in 1, 2, 5:
    decoder = Decoder(model)
    parts = [decoder.read(part) for part in ids.split(chunk)]
    gap = (torch.cat(parts) - full).abs().max()
    print(chunk, len(parts), f"{gap:.2f}")

decoder = Decoder(model)
decoder.read(ids[:10])
decoder.length = 0  # place 10 becomes place 0
print(f"{(decoder.read(ids[10:]) - full[10:]).abs().max():.2f}")
