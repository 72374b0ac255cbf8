"""Numbers on the page `kv-cache`: bytes, for sizes that are given."""

from typing import Any

from qkv_explained.kv_cache import cache_bytes

LAYERS, HEADS, D_K = 32, 32, 128
KINDS = ("mha", "gqa", "mqa", "mla", "window")
LATENT, ROTARY, WINDOW = 512, 64, 4096


def bytes_of(kind: str, tokens: int) -> int:
    """The cache of a model with 32 layers and 32 heads of 128, 16 bits."""
    if kind == "mla":
        # One latent for K and V together, and one rotary key for all heads.
        return cache_bytes(LAYERS, 1, LATENT, tokens, d_v=ROTARY)
    heads = {"gqa": 8, "mqa": 1, "window": 8}.get(kind, HEADS)
    kept = min(tokens, WINDOW) if kind == "window" else tokens
    return cache_bytes(LAYERS, heads, D_K, kept)


def facts() -> dict[str, Any]:
    """KiB a token and GiB for 131 072 tokens, for each kind.

    Returns:
        Counts, and sizes in KiB and GiB.
    """
    long = 2**17
    return {
        "long": long,
        "kib": {kind: bytes_of(kind, 1) / 2**10 for kind in KINDS},
        "gib": {kind: bytes_of(kind, long) / 2**30 for kind in KINDS},
    }
