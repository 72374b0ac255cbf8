"""The calculator agrees with arithmetic, with torch, and with the paper."""

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from qkv_explained.shapes import (
    AttentionShapes,
    ShapeError,
    attention_shapes,
    divisors,
    table,
)


def by_name(layer: AttentionShapes) -> dict[str, tuple[int, ...]]:
    return {step.name: step.shape for step in layer.steps()}


@pytest.mark.claim(31, 34)
def test_the_paper():
    layer = attention_shapes(512, 8, n_q=10)
    shapes = by_name(layer)
    assert (layer.d_k, layer.d_v, layer.n_kv_heads) == (64, 64, 8)
    assert shapes["W_Q"] == (512, 512)
    assert shapes["Q"] == (8, 10, 64)
    assert shapes["scores"] == (8, 10, 10)
    assert shapes["output"] == (10, 512)
    assert layer.weights == 4 * 512 * 512
    assert layer.biases == 4 * 512


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize(("d_model", "n_heads"), [(512, 8), (12, 3)])
def test_parameters_are_those_of_torch(d_model, n_heads, bias):
    layer = attention_shapes(d_model, n_heads)
    oracle = nn.MultiheadAttention(d_model, n_heads, bias=bias)
    expected = sum(p.numel() for p in oracle.parameters())
    assert layer.weights + bias * layer.biases == expected


def test_every_shape_is_what_torch_computes():
    # All sizes differ, so that a swapped axis fails.
    layer = attention_shapes(
        20, 6, n_kv_heads=2, d_k=3, d_v=5, n_q=4, n_k=7, batch=8)
    shapes = by_name(layer)
    new = {name: torch.zeros(shape) for name, shape in shapes.items()}
    memory = torch.zeros(8, 7, 20)

    def split(x, heads):
        return x.unflatten(-1, (heads, -1)).transpose(1, 2)

    Q = split(new["X"] @ new["W_Q"], 6)
    K = split(memory @ new["W_K"], 2)
    V = split(memory @ new["W_V"], 2)
    scores = Q @ K.repeat_interleave(3, dim=1).mT
    heads = scores.softmax(-1) @ V.repeat_interleave(3, dim=1)
    concat = heads.transpose(1, 2).flatten(-2)
    computed = {
        "Q": Q, "K": K, "V": V, "scores": scores, "weights": scores,
        "heads": heads, "concat": concat, "output": concat @ new["W_O"],
    }
    for name, tensor in computed.items():
        assert tuple(tensor.shape) == shapes[name], name


@pytest.mark.parametrize("n_heads", divisors(512))
def test_heads_cost_nothing_and_every_choice_works(n_heads):
    layer = attention_shapes(512, n_heads)
    assert layer.weights == 4 * 512 * 512
    assert layer.d_k == 512 // n_heads
    for step in layer.steps():
        assert "batch" not in step.axes
        assert len(step.axes) == len(step.shape)


def test_fewer_heads_of_keys_and_values_cost_less_and_cache_less():
    full, grouped, single = (
        attention_shapes(512, 8, n_kv_heads=n) for n in (8, 2, 1))
    assert full.weights > grouped.weights > single.weights
    assert full.cache_per_token == 1024
    assert grouped.cache_per_token == 256
    assert single.cache_per_token == 128


@pytest.mark.parametrize(("sizes", "kind", "argument", "choices"), [
    ({"n_heads": 7}, "heads", "n_heads", divisors(512)),
    ({"n_heads": 8, "n_kv_heads": 3}, "kv_heads", "n_kv_heads", (1, 2, 4, 8)),
    ({"n_heads": 8, "n_kv_heads": 16}, "kv_heads", "n_kv_heads",
     (1, 2, 4, 8)),
])
def test_what_does_not_divide_is_refused_with_what_does(
    sizes, kind, argument, choices
):
    with pytest.raises(ShapeError) as bad:
        attention_shapes(512, **sizes)
    assert bad.value.kind == kind
    assert bad.value.argument == argument
    assert bad.value.choices == choices


def test_seven_heads_of_512_work_with_a_width_of_their_own():
    assert by_name(attention_shapes(512, 7, d_k=73))["W_O"] == (511, 512)


@pytest.mark.parametrize(
    "name", ["d_model", "n_heads", "n_kv_heads", "d_k", "d_v", "n_q",
             "n_k", "batch"])
@pytest.mark.parametrize("value", [0, -1])
def test_sizes_below_one_are_named(name, value):
    sizes = {"d_model": 8, "n_heads": 2, name: value}
    with pytest.raises(ShapeError, match=f"{name}: got {value}") as bad:
        attention_shapes(**sizes)
    assert bad.value.kind == "positive"


@given(st.integers(1, 5000))
def test_divisors_divide_and_none_is_missing(n):
    assert divisors(n) == tuple(k for k in range(1, n + 1) if n % k == 0)


@settings(max_examples=20, deadline=None)
@given(
    st.integers(1, 64), st.integers(1, 8), st.integers(1, 4),
    st.integers(1, 9), st.integers(1, 9), st.integers(1, 9),
)
def test_totals_are_sums_of_the_rows(d_model, kv, group, d_k, d_v, n):
    layer = attention_shapes(
        d_model, kv * group, n_kv_heads=kv, d_k=d_k, d_v=d_v, n_q=n)
    matrices = [s for s in layer.steps() if s.name.startswith("W_")]
    assert [m.name for m in matrices] == ["W_Q", "W_K", "W_V", "W_O"]
    assert layer.weights == sum(a * b for a, b in (m.shape for m in matrices))
    assert layer.biases == sum(m.shape[1] for m in matrices)


def test_the_table_holds_every_row_and_sum_and_fits_a_console():
    text = table(attention_shapes(512, 8, n_kv_heads=2, batch=4))
    for part in ("(batch, n_kv_heads, n_k, d_k)", "(4, 2, 10, 64)",
                 "parameters=655,360", "kv_cache_per_token=256"):
        assert part in text
    lines = table(attention_shapes(512, 8)).splitlines()
    assert max(map(len, lines)) <= 79
