"""Multi-head attention, against torch's module and against small heads."""

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from qkv_explained.attention import (
    attention_weights,
    scaled_dot_product_attention,
)
from qkv_explained.interop import MultiHeadParameters, from_torch, to_torch
from qkv_explained.multi_head import (
    merge_heads,
    multi_head_attention,
    project_heads,
    split_heads,
)
from tests.drawn import close, draw, some

D_MODEL, D_INPUT, D_K, D_V, D_OUT = 9, 8, 4, 6, 10


def parameters(n_heads, biased=True):
    shapes = [(n_heads, D_MODEL, D_K), (n_heads, D_INPUT, D_K),
              (n_heads, D_INPUT, D_V), (n_heads * D_V, D_OUT)]
    if biased:
        shapes += [(n_heads, D_K), (n_heads, D_K), (n_heads, D_V), (D_OUT,)]
    return MultiHeadParameters(
        *(draw(*shape, seed=seed) for seed, shape in enumerate(shapes)))


def inputs(batch=2, n_q=5, n_k=7):
    return draw(batch, n_q, D_MODEL, seed=13), draw(batch, n_k, D_INPUT,
                                                    seed=14)


@pytest.mark.parametrize("sizes", [
    (3, 2, 5, 7), (2, 2, 5, 7), (4, 4, 4, 4), (3, 2, 1, 7)])
@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("biased", [False, True])
def test_each_head_is_a_small_attention_of_its_own(sizes, masked, biased):
    batch, n_heads, n_q, n_k = sizes
    X_q, X_kv = inputs(batch, n_q, n_k)
    p = parameters(n_heads, biased)
    mask = some(batch, n_heads, n_q, n_k) if masked else None
    output, weights = multi_head_attention(X_q, X_kv, *p, mask=mask)
    heads = []
    for a in range(n_heads):
        Q, K, V = X_q @ p.W_Q[a], X_kv @ p.W_K[a], X_kv @ p.W_V[a]
        if biased:
            Q, K, V = Q + p.b_Q[a], K + p.b_K[a], V + p.b_V[a]
        one = None if mask is None else mask[:, a]
        heads.append(F.scaled_dot_product_attention(Q, K, V, one))
        close(weights[:, a], attention_weights(Q, K, one))
    wanted = torch.cat(heads, dim=-1) @ p.W_O
    close(output, wanted + p.b_O if biased else wanted)
    assert (weights.sum(dim=-1) - 1).abs().max() < 1e-12


@pytest.mark.claim(34)
@pytest.mark.parametrize(("d", "n_heads", "d_input"), [
    (512, 8, 512), (512, 8, 96), (10, 2, 8)])
@pytest.mark.parametrize("batch", [3, 2])
@pytest.mark.parametrize("bias", [False, True])
def test_equals_torch(d, n_heads, d_input, batch, bias):
    """With weights asked for, one a head or their mean, and not."""
    module = nn.MultiheadAttention(
        d, n_heads, bias=bias, kdim=d_input, vdim=d_input, batch_first=True,
        dtype=torch.float64)
    if bias:
        module.in_proj_bias.data = draw(3 * d, seed=17)
        module.out_proj.bias.data = draw(d, seed=18)
    X_q, X_kv = draw(batch, 5, d, seed=19), draw(batch, 7, d_input, seed=20)
    mask = some(5, 7)
    parts = from_torch(module)
    output, weights = multi_head_attention(X_q, X_kv, *parts, mask=mask)
    for asked, ours in ({"need_weights": False}, None), (
            {"average_attn_weights": False}, weights), ({}, weights.mean(1)):
        theirs, their_weights = module(X_q, X_kv, X_kv, attn_mask=~mask,
                                       **asked)  # theirs: True = may not
        close(output, theirs)
        if ours is not None:
            close(ours, their_weights)
    back = to_torch(parts)
    assert not back.training
    assert all(w.requires_grad for w in back.parameters())
    assert {name: one.shape for name, one in back.state_dict().items()} == {
        name: one.shape for name, one in module.state_dict().items()}
    for mine, same in zip(from_torch(back), parts, strict=True):
        assert mine is same is None or torch.equal(mine, same)
    close(back(X_q, X_kv, X_kv)[0], module(X_q, X_kv, X_kv)[0])
    back.out_proj.weight.data.zero_()  # a copy: the module stays as it was
    assert module.out_proj.weight.abs().min() > 0


@pytest.mark.claim(35)
@settings(deadline=None, max_examples=50)
@given(n_heads=st.integers(1, 5), d=st.integers(1, 4), n=st.integers(1, 4),
       seed=st.integers(0, 2**16))
def test_split_cuts_columns_and_merge_undoes_it(n_heads, d, n, seed):
    X = draw(2, n, n_heads * d, seed=seed)
    heads = split_heads(X, n_heads)
    assert heads.data_ptr() == X.data_ptr()  # a view: no number is moved
    for a in range(n_heads):
        assert torch.equal(heads[:, a], X[:, :, a * d : (a + 1) * d])
    assert torch.equal(merge_heads(heads), X)


def test_split_activations_are_activations_of_split_weights():
    X, W = draw(2, 10, 8, seed=16), draw(8, 12, seed=17)
    big = split_heads(X @ W, 3)
    close(X.unsqueeze(-3) @ split_heads(W, 3), big)
    close(project_heads(X, split_heads(W, 3)), big)


def test_heads_in_another_order_change_nothing():
    p, order = parameters(3), [2, 0, 1]
    other = p._replace(
        W_O=p.W_O.unflatten(0, (3, D_V))[order].flatten(0, 1),
        **{name: getattr(p, name)[order]
           for name in ("W_Q", "W_K", "W_V", "b_Q", "b_K", "b_V")})
    close(multi_head_attention(*inputs(), *other)[0],
          multi_head_attention(*inputs(), *p)[0])


def test_limits_one_head_is_plain_and_zero_queries_average():
    X_q, X_kv = inputs()
    W_Q, W_K, W_V, W_O, *_ = parameters(3)
    one, _ = multi_head_attention(
        X_q, X_kv, W_Q[:1], W_K[:1], W_V[:1], W_O[:D_V])
    plain, _ = scaled_dot_product_attention(
        X_q @ W_Q[0], X_kv @ W_K[0], X_kv @ W_V[0])
    close(one, plain @ W_O[:D_V])
    _, weights = multi_head_attention(X_q, X_kv, 0 * W_Q, W_K, W_V, W_O)
    close(weights, torch.full_like(weights, 1 / 7))


@pytest.mark.claim(35)
def test_many_heads_are_not_one_wide_head():
    X = draw(10, 8, seed=18)
    W = [draw(8, 8, seed=s) for s in (19, 20, 21, 22)]
    one, two = (multi_head_attention(
        X, X, *(split_heads(w, n) for w in W[:3]), W[3])[0] for n in (1, 2))
    assert (one - two).abs().max() > 0.1


@pytest.mark.parametrize("twins", [3, 4])
def test_equal_heads_get_equal_gradients(twins: int) -> None:
    X, target = draw(2, 9, 8, seed=28), draw(2, 9, 7, seed=29)
    W = [w.clone() for w in (
        draw(2, 8, 4, seed=30), draw(2, 8, 4, seed=31),
        draw(2, 8, 5, seed=32), draw(2, 5, 7, seed=33))]  # fmt: skip
    for w in W[:twins]:
        w[1] = w[0]
    for w in W:
        w.requires_grad_()
    output, _ = multi_head_attention(X, X, *W[:3], W[3].flatten(0, 1))
    gradients = torch.autograd.grad(((output - target) ** 2).sum(), W)
    for g in gradients[:3]:
        apart = (g[0] - g[1]).abs().max() / g.abs().max()
        assert (apart < 1e-9) == (twins == 4)
