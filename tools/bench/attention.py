"""`multi_head_attention` against `nn.MultiheadAttention`: time and memory."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from typing import Any

from tools.bench.common import Bar, Section, ratio, say, spread

BATCH, TOKENS, D_MODEL, HEADS = 8, 128, 512, 8
ROUNDS = 40


def bench(quick: bool = False) -> Section:
    """Time a forward pass and find its peak of memory, float32, CPU."""
    import torch

    torch.set_num_threads(1)
    works, difference = cases()
    if difference > 1e-5:
        raise SystemExit(f"the outputs differ by {difference:g}")
    rounds = 5 if quick else ROUNDS
    with torch.inference_mode():
        seconds = {name: [] for name in works}  # type: dict[str, list[float]]
        for number in range(rounds + 3):
            for name, work in works.items():
                elapsed = _seconds(work)
                if number >= 3:
                    seconds[name].append(elapsed)
        memory = {name: _peak(work) for name, work in works.items()}
    say(f"  {rounds} rounds in turn, outputs differ by {difference:.0e}")
    return _section(seconds, memory, torch.__version__)


def _section(
    seconds: dict[str, list[float]], memory: dict[str, int], version: str
) -> Section:
    ours, like = list(seconds)[:2]
    slower = ratio(seconds[ours], seconds[like])
    larger = memory[ours] / memory[like]
    return Section(
        title="Multi-head attention, forward",
        how=(
            f"Batch {BATCH}, {TOKENS} tokens, d_model {D_MODEL}, {HEADS} "
            f"heads, float32, one thread, torch {version.split('+')[0]}, "
            "inference mode, the same weights and biases in all rows; the "
            "rows take turns. Memory is the highest sum of live "
            "allocations during the call, inputs and weights apart. The "
            "bars compare the first two rows, which return the same two "
            "things: the output and each head's attention weights."
        ),
        bars=[
            Bar("time, against nn.MultiheadAttention", 1.5, slower, "×"),
            Bar("memory, against nn.MultiheadAttention", 1.5, larger, "×"),
        ],
        head=["", "ms (median, range)", "peak, MiB"],
        rows=[
            [
                name,
                spread([1e3 * s for s in values]),
                f"{memory[name] / 2**20:.1f}",
            ]
            for name, values in seconds.items()
        ],
        numbers={
            "time_ratio": round(slower, 3),
            "memory_ratio": round(larger, 3),
            "ms": {
                name: round(1e3 * statistics.median(values), 3)
                for name, values in seconds.items()
            },
            "mib": {k: round(v / 2**20, 2) for k, v in memory.items()},
        },
    )


def cases() -> tuple[dict[str, Callable[[], Any]], float]:
    """Make the calls to compare, and how far their outputs are apart."""
    import torch

    from qkv_explained.multi_head import multi_head_attention, split_heads

    generator = torch.Generator().manual_seed(0)
    X = torch.randn(BATCH, TOKENS, D_MODEL, generator=generator)
    W_Q, W_K, W_V, W_O = (
        torch.randn(D_MODEL, D_MODEL, generator=generator) / D_MODEL**0.5
        for _ in range(4)
    )
    b_Q, b_K, b_V, b_O = torch.randn(4, D_MODEL, generator=generator)
    heads = [split_heads(W, HEADS).contiguous() for W in (W_Q, W_K, W_V)]
    rows = [b.view(HEADS, -1) for b in (b_Q, b_K, b_V)]
    # With biases: without them the module leaves its own fast path.
    module = torch.nn.MultiheadAttention(
        D_MODEL, HEADS, batch_first=True
    ).eval()
    with torch.no_grad():
        module.in_proj_weight.copy_(torch.cat([W_Q.mT, W_K.mT, W_V.mT]))
        module.in_proj_bias.copy_(torch.cat([b_Q, b_K, b_V]))
        module.out_proj.weight.copy_(W_O.mT)
        module.out_proj.bias.copy_(b_O)

    def ours() -> Any:
        return multi_head_attention(
            X, X, W_Q=heads[0], W_K=heads[1], W_V=heads[2], W_O=W_O,
            b_Q=rows[0], b_K=rows[1], b_V=rows[2], b_O=b_O,
        )

    def same() -> Any:
        return module(X, X, X, average_attn_weights=False)

    def averaged() -> Any:
        return module(X, X, X)

    def no_weights() -> Any:
        return module(X, X, X, need_weights=False)

    with torch.inference_mode():
        apart = max(
            (a - b).abs().max().item()
            for a, b in zip(ours(), same(), strict=True)
        )
    return {
        "`qkv_explained.multi_head_attention`": ours,
        "`nn.MultiheadAttention`, weights of each head": same,
        "`nn.MultiheadAttention`, weights averaged": averaged,
        "`nn.MultiheadAttention`, no weights returned": no_weights,
    }, apart


def _seconds(work: Callable[[], Any]) -> float:
    import time

    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _peak(work: Callable[[], Any]) -> int:
    """Highest sum of live allocations, from the allocator's own record."""
    from torch.profiler import ProfilerActivity, profile

    work()
    with profile(
        activities=[ProfilerActivity.CPU], profile_memory=True
    ) as record:
        result = work()
    del result
    live = peak = 0
    events = record.profiler.kineto_results.events()
    for event in sorted(events, key=lambda one: one.start_ns()):
        if event.name() == "[memory]":
            live += event.nbytes()
            peak = max(peak, live)
    return peak
