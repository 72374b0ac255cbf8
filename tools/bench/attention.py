"""`multi_head_attention` against `nn.MultiheadAttention`: time and memory."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Any

from tools.bench.report import Bar, Section, spread

BATCH, TOKENS, D_MODEL, HEADS = 8, 128, 512, 8


def compare(quick: bool = False) -> Section:
    """Time a forward pass and find its peak of memory, float32, CPU."""
    import torch

    torch.set_num_threads(1)
    works, difference = cases()
    if difference > 1e-5:
        raise SystemExit(f"the outputs differ by {difference:g}")
    ms: dict[str, list[float]] = {name: [] for name in works}
    with torch.inference_mode():
        for number in range((5 if quick else 40) + 3):
            for name, work in works.items():
                start = time.perf_counter()
                work()
                if number >= 3:
                    ms[name].append(1e3 * (time.perf_counter() - start))
        memory = {name: peak(work) for name, work in works.items()}
    ours, torchs = works
    slower = statistics.median(
        a / b for a, b in zip(ms[ours], ms[torchs], strict=True))
    larger = memory[ours] / memory[torchs]
    return Section(
        title="Multi-head attention, forward",
        how=(f"Batch {BATCH}, {TOKENS} tokens, d_model {D_MODEL}, {HEADS} "
             f"heads, float32, one thread, torch "
             f"{torch.__version__.split('+')[0]}, inference mode, the same "
             "weights and biases in both rows, which take turns and return "
             "the output and each head's attention weights. Memory is the "
             "highest sum of live allocations during the call, inputs and "
             "weights apart."),
        bars=[Bar("time, against nn.MultiheadAttention", 1.5, slower, "×"),
              Bar("memory, against nn.MultiheadAttention", 1.5, larger, "×")],
        head=["", "ms (median, range)", "peak, MiB"],
        rows=[[name, spread(ms[name]), f"{memory[name] / 2**20:.1f}"]
              for name in works],
        numbers={"time_ratio": round(slower, 3),
                 "memory_ratio": round(larger, 3)},
    )


def cases() -> tuple[dict[str, Callable[[], Any]], float]:
    """Make the calls to compare, and how far their outputs are apart."""
    import torch

    from qkv_explained.multi_head import multi_head_attention, split_heads

    generator = torch.Generator().manual_seed(0)
    X = torch.randn(BATCH, TOKENS, D_MODEL, generator=generator)
    W = torch.randn(4, D_MODEL, D_MODEL, generator=generator) / D_MODEL**0.5
    b = torch.randn(4, D_MODEL, generator=generator)
    W_Q, W_K, W_V = (split_heads(one, HEADS).contiguous() for one in W[:3])
    b_Q, b_K, b_V = (one.view(HEADS, -1) for one in b[:3])
    # With biases: without them the module leaves its own fast path.
    module = torch.nn.MultiheadAttention(
        D_MODEL, HEADS, batch_first=True).eval()
    with torch.no_grad():
        module.in_proj_weight.copy_(torch.cat(list(W[:3].mT)))
        module.in_proj_bias.copy_(b[:3].flatten())
        module.out_proj.weight.copy_(W[3].mT)
        module.out_proj.bias.copy_(b[3])

    def ours() -> Any:
        return multi_head_attention(
            X, X, W_Q=W_Q, W_K=W_K, W_V=W_V, W_O=W[3],
            b_Q=b_Q, b_K=b_K, b_V=b_V, b_O=b[3])

    def torchs() -> Any:
        return module(X, X, X, average_attn_weights=False)

    with torch.inference_mode():
        apart = max((a - b).abs().max().item()
                    for a, b in zip(ours(), torchs(), strict=True))
    return {"`qkv_explained.multi_head_attention`": ours,
            "`nn.MultiheadAttention`, weights of each head": torchs}, apart


def peak(work: Callable[[], Any]) -> int:
    """Highest sum of live allocations, from the allocator's own record."""
    from torch.profiler import ProfilerActivity, profile

    work()
    with profile(activities=[ProfilerActivity.CPU],
                 profile_memory=True) as record:
        result = work()
    del result
    live = most = 0
    events = record.profiler.kineto_results.events()
    for event in sorted(events, key=lambda one: one.start_ns()):
        if event.name() == "[memory]":
            live += event.nbytes()
            most = max(most, live)
    return most
