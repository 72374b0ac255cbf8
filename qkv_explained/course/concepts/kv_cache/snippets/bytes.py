def cache_bytes(layers, kv_heads, d_k, tokens):
    return layers * tokens * kv_heads * 2 * d_k * 2  # K and V, 2 bytes


for name, layers, _heads, kv_heads, d_k, tokens in (
    ("GPT-2", 12, 12, 12, 64, 1024),
    ("Llama-2-7B", 32, 32, 32, 128, 4096),
    ("Llama-3-8B", 32, 32, 8, 128, 8192),
):
    one = cache_bytes(layers, kv_heads, d_k, 1)
    all_ = cache_bytes(layers, kv_heads, d_k, tokens)
    print(f"{name:10} {one / 1024:4.0f} KiB  {all_ / 2**20:5.0f} MiB")
