"""A GGUF file: its settings and its tensors, as float32.

The reader of the package gguf makes an array of each of the hundred thousand
words, which takes most of its time; here a list of words is read in a go.
"""

from __future__ import annotations

import math
import struct
from pathlib import Path
from typing import Any

import numpy as np
import torch
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, dequantize
from torch import Tensor

from qkv_explained.lab.real.packages import MissingModel

# The format's own numbers for its kinds of values.
NUMBERS = {0: "B", 1: "b", 2: "H", 3: "h", 4: "I", 5: "i", 6: "f", 7: "?",
           10: "Q", 11: "q", 12: "d"}  # fmt: skip
STRING, ARRAY = 8, 9


class _Cursor:
    """A place in the bytes of a file, which reading moves."""

    def __init__(self, data: memoryview) -> None:
        self.data, self.at = data, 0

    def number(self, code: str) -> Any:
        """The next number of a kind (as in `struct`), little-endian."""
        (value,) = struct.unpack_from(f"<{code}", self.data, self.at)
        self.at += struct.calcsize(f"<{code}")
        return value

    def string(self) -> str:
        """The next string: its length, then its bytes in UTF-8."""
        length = self.number("Q")
        start, self.at = self.at, self.at + length
        return bytes(self.data[start : self.at]).decode("utf-8")

    def value(self, kind: int) -> Any:
        """The next value of one of the format's kinds."""
        if kind == STRING:
            return self.string()
        if kind == ARRAY:
            inner, length = self.number("I"), self.number("Q")
            return [self.value(inner) for _ in range(length)]
        return self.number(NUMBERS[kind])


def read(file: Path) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """Read a GGUF file of version 2 or 3.

    Args:
        file: Its path.

    Returns:
        The settings by name, and the tensors by name, of shape (out, in) for
        a matrix; quantized ones are made float32.

    Raises:
        MissingModel: If the file is not a whole GGUF file.
    """
    # "c": what changes a tensor changes memory, never the file.
    with file.open("rb") as opened:
        begins = opened.read(4)
    if begins != b"GGUF":
        raise MissingModel(f"{file}: this is not a GGUF file")
    raw: Any = np.memmap(file, np.uint8, "c")
    try:
        return _read(_Cursor(raw.data[4:]), raw)
    except (struct.error, ValueError, KeyError, IndexError) as error:
        raise MissingModel(
            f"{file}: the file is cut short or damaged ({error}); get it again"
        ) from error


def _read(
    at: _Cursor, raw: Any
) -> tuple[dict[str, Any], dict[str, Tensor]]:
    version, n_tensors, n_settings = (at.number(c) for c in "IQQ")
    if version not in (2, 3):
        raise ValueError(f"version {version}, and 2 and 3 are read")
    settings = {}
    for _ in range(n_settings):
        name = at.string()
        settings[name] = at.value(at.number("I"))
    found = []
    for _ in range(n_tensors):
        name = at.string()
        sizes = [at.number("Q") for _ in range(at.number("I"))]
        found.append((name, sizes, at.number("I"), at.number("Q")))
    step = settings.get("general.alignment", 32)
    base = math.ceil((at.at + 4) / step) * step
    tensors = {}
    for name, sizes, kind, offset in found:
        block, size = GGML_QUANT_SIZES[GGMLQuantizationType(kind)]
        inner, *outer = sizes  # the inner dimension comes first
        row = inner // block * size
        part = raw[base + offset :][: math.prod(outer) * row]
        part = part.reshape(*reversed(outer), row)
        made = dequantize(part, GGMLQuantizationType(kind))
        tensors[name] = torch.from_numpy(np.ascontiguousarray(made))
    return settings, tensors
