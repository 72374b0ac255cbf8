import torch

from qkv_explained.kv_cache import kv_cache

X = torch.tensor([[1.0, 2.0], [3.0, 4.0]])  # (n, d_model)
print(kv_cache(X))
