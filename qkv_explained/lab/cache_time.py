"""How long the next token takes, with the KV cache and without.

`python -m qkv_explained.lab.cache_time FILE` measures both and writes a
result file. Time is that of the processor, on one core, so that others on
the same machine count little.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import torch
from torch import Generator

from qkv_explained.gpt import GPT
from qkv_explained.kv_cache import Decoder
from qkv_explained.lab.runs import versions, write_json
from qkv_explained.lab.training import one_thread

LENGTHS = (64, 128, 256, 512, 1024)
REPEATS = 5


def measure(lengths: tuple[int, ...] = LENGTHS) -> dict[str, Any]:
    """Time the token after texts of several lengths.

    Args:
        lengths: Tokens that came before.

    Returns:
        Sizes of the model, and for each length milliseconds.
    """
    rng = Generator().manual_seed(0)
    model = GPT(1000, max(lengths) + 1 + REPEATS, 256, 8, 4, generator=rng)
    cached, whole = {}, {}
    for n in lengths:
        ids = torch.randint(1000, (n + 1 + REPEATS,), generator=rng)
        decoder = Decoder(model)
        decoder.read(ids[: n])
        steps = iter(range(n, n + 1 + REPEATS))

        def one(decoder: Decoder = decoder, ids: Any = ids,
                steps: Any = steps) -> None:  # fmt: skip
            place = next(steps)
            decoder.read(ids[place : place + 1])

        def all_again(ids: Any = ids, n: int = n) -> None:
            with torch.no_grad():
                model(ids[: n + 1])

        cached[str(n)], whole[str(n)] = _ms(one), _ms(all_again)
    last = str(lengths[-1])
    return {
        "d_model": 256, "n_heads": 8, "n_layers": 4, "lengths": list(lengths),
        "cached_ms": cached, "whole_ms": whole,
        "times": whole[last] / cached[last],
    }  # fmt: skip


def _ms(work: Callable[[], None]) -> float:
    """The median time of a piece of work, after a first time."""
    work()
    found = []
    for _ in range(REPEATS):
        start = time.process_time()
        work()
        found.append(1000 * (time.process_time() - start))
    return median(found)


def main(out: Path) -> None:
    """Measure, and write a result file."""
    start = time.perf_counter()
    with one_thread():
        values = measure()
    write_json(out, {
        "name": "kv-cache", "values": values,
        "command": f"python -m qkv_explained.lab.cache_time {out.as_posix()}",
        "duration_s": time.perf_counter() - start,
        "versions": versions("torch"),
    })


if __name__ == "__main__":
    main(Path(sys.argv[1]))
