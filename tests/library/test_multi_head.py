"""Multi-head attention, against torch's module and against small heads."""

from collections.abc import Iterator

import jaxtyping
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from qkv_explained.attention import scaled_dot_product_attention
from qkv_explained.interop import MultiHeadParameters, from_torch, to_torch
from qkv_explained.multi_head import (
    merge_heads,
    multi_head_attention,
    project_heads,
    split_heads,
)

TOLERANCE = 1e-12  # float64, sums of at most a few hundred terms


@pytest.fixture
def unchecked() -> Iterator[None]:
    """Meet the errors that a reader meets, who has no run-time checks."""
    before = jaxtyping.config.jaxtyping_disable
    jaxtyping.config.update("jaxtyping_disable", True)
    yield
    jaxtyping.config.update("jaxtyping_disable", before)


def draw(*shape: int, seed: int) -> Tensor:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(shape, generator=generator, dtype=torch.float64)


def parameters() -> MultiHeadParameters:
    """n_heads 3, d_model 8, d_input 6, d_k 4, d_v 5, d_out 7."""
    return MultiHeadParameters(
        W_Q=draw(3, 8, 4, seed=1),
        W_K=draw(3, 6, 4, seed=2),
        W_V=draw(3, 6, 5, seed=3),
        W_O=draw(15, 7, seed=4),
        b_Q=draw(3, 4, seed=5),
        b_K=draw(3, 4, seed=6),
        b_V=draw(3, 5, seed=7),
        b_O=draw(7, seed=8),
    )


def inputs() -> tuple[Tensor, Tensor]:
    """Two sequences of 9 queries and 10 keys."""
    return draw(2, 9, 8, seed=9), draw(2, 10, 6, seed=10)


def module(**settings: int) -> nn.MultiheadAttention:
    """Torch's own, 8 heads of 64, with biases that are not zero."""
    made = nn.MultiheadAttention(
        512, 8, batch_first=True, dtype=torch.float64, **settings
    )
    made.in_proj_bias.data = draw(1536, seed=11)
    made.out_proj.bias.data = draw(512, seed=12)
    return made


def test_each_head_is_a_small_attention_of_its_own() -> None:
    X_q, X_kv = inputs()
    p = parameters()
    output, weights = multi_head_attention(X_q, X_kv, *p)
    expected = p.b_O
    for head in range(3):
        one, its_weights = scaled_dot_product_attention(
            X_q @ p.W_Q[head] + p.b_Q[head],
            X_kv @ p.W_K[head] + p.b_K[head],
            X_kv @ p.W_V[head] + p.b_V[head],
        )
        expected = expected + one @ p.W_O[5 * head : 5 * head + 5]
        assert (weights[:, head] - its_weights).abs().max() < TOLERANCE
    assert (output - expected).abs().max() < TOLERANCE


@pytest.mark.claim(34)
@pytest.mark.parametrize("masked", [False, True])
def test_equals_torch(masked: bool) -> None:
    mha = module()
    X = draw(2, 10, 512, seed=13)
    mask = torch.ones(10, 10).tril().bool() if masked else None
    expected, their_weights = mha(
        X, X, X,
        attn_mask=None if mask is None else ~mask,  # theirs: True = may not
        average_attn_weights=False,
    )  # fmt: skip
    output, weights = multi_head_attention(X, X, *from_torch(mha), mask=mask)
    assert (output - expected).abs().max() < TOLERANCE
    assert (weights - their_weights).abs().max() < TOLERANCE


def test_equals_torch_with_queries_and_keys_of_other_sizes() -> None:
    mha = module(kdim=96, vdim=96)
    X_q, X_kv = draw(2, 9, 512, seed=14), draw(2, 10, 96, seed=15)
    expected, _ = mha(X_q, X_kv, X_kv)
    output, _ = multi_head_attention(X_q, X_kv, *from_torch(mha))
    assert (output - expected).abs().max() < TOLERANCE


@pytest.mark.parametrize("kdim", [512, 96])
@pytest.mark.parametrize("bias", [False, True])
def test_there_and_back_again(kdim: int, bias: bool) -> None:
    there = module(kdim=kdim, vdim=kdim)
    p = from_torch(there)
    if not bias:
        p = MultiHeadParameters(*p[:4])
    back = to_torch(p)
    assert not back.training
    for mine, theirs in zip(from_torch(back), p, strict=True):
        assert (mine is None) == (theirs is None)
        assert mine is None or torch.equal(mine, theirs)
    X_q, X_kv = draw(2, 9, 512, seed=14), draw(2, 10, kdim, seed=15)
    expected, _ = multi_head_attention(X_q, X_kv, *p)
    assert (back(X_q, X_kv, X_kv)[0] - expected).abs().max() < TOLERANCE
    assert all(w.requires_grad for w in back.parameters())
    back.out_proj.weight.data.zero_()  # a copy: `there` stays as it was
    assert there.out_proj.weight.abs().min() > 0


@pytest.mark.claim(35)
@settings(deadline=None, max_examples=50)
@given(
    n_heads=st.integers(1, 5),
    d=st.integers(1, 4),
    n=st.integers(1, 4),
    seed=st.integers(0, 2**16),
)
def test_split_cuts_columns_and_merge_undoes_it(
    n_heads: int, d: int, n: int, seed: int
) -> None:
    X = draw(2, n, n_heads * d, seed=seed)
    heads = split_heads(X, n_heads)
    assert heads.data_ptr() == X.data_ptr()  # a view: no number is moved
    for a in range(n_heads):
        assert torch.equal(heads[:, a], X[:, :, a * d : (a + 1) * d])
    assert torch.equal(merge_heads(heads), X)


def test_split_activations_are_activations_of_split_weights() -> None:
    X, W = draw(2, 10, 8, seed=16), draw(8, 12, seed=17)
    big = split_heads(X @ W, 3)
    small = X.unsqueeze(-3) @ split_heads(W, 3)
    assert (big - small).abs().max() < TOLERANCE
    assert (project_heads(X, split_heads(W, 3)) - big).abs().max() < TOLERANCE


def test_rows_sum_to_one_in_every_head() -> None:
    mask = torch.ones(9, 10).tril(diagonal=1).bool()
    _, weights = multi_head_attention(*inputs(), *parameters(), mask=mask)
    assert weights.shape == (2, 3, 9, 10)
    assert (weights.sum(dim=-1) - 1).abs().max() < TOLERANCE
    assert (weights.masked_select(~mask) == 0).all()


def test_limits_one_head_is_plain_and_zero_queries_average() -> None:
    X_q, X_kv = inputs()
    W_Q, W_K, W_V, W_O, *_ = parameters()
    one, _ = multi_head_attention(
        X_q, X_kv, W_Q[:1], W_K[:1], W_V[:1], W_O[:5]
    )
    plain, _ = scaled_dot_product_attention(
        X_q @ W_Q[0], X_kv @ W_K[0], X_kv @ W_V[0]
    )
    assert (one - plain @ W_O[:5]).abs().max() < TOLERANCE
    _, weights = multi_head_attention(X_q, X_kv, 0 * W_Q, W_K, W_V, W_O)
    assert (weights - 0.1).abs().max() < TOLERANCE


@pytest.mark.claim(35)
def test_many_heads_are_not_one_wide_head() -> None:
    X = draw(10, 8, seed=18)
    W = [draw(8, 8, seed=s) for s in (19, 20, 21, 22)]
    outputs = []
    for n_heads in (1, 2):
        cut = [split_heads(w, n_heads) for w in W[:3]]
        outputs.append(multi_head_attention(X, X, *cut, W[3])[0])
    assert (outputs[0] - outputs[1]).abs().max() > 0.1


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
        assert (apart < TOLERANCE) == (twins == 4)


@pytest.mark.usefixtures("unchecked")
def test_bad_shapes_say_which_and_what_to_do() -> None:
    X, p = draw(2, 9, 8, seed=23), parameters()
    with pytest.raises(ValueError, match=r"\(10, 512\).*512 col.*n_heads = 7"):
        split_heads(draw(10, 512, seed=24), 7)
    with pytest.raises(ValueError, match=r"\(8, 12\).*split_heads"):
        project_heads(X, draw(8, 12, seed=25))
    with pytest.raises(ValueError, match=r"b .*\(4, 3\).*\(3, 4\)"):
        project_heads(X, p.W_Q, draw(4, 3, seed=26))
    with pytest.raises(ValueError, match="3, 2 and 3 heads"):
        multi_head_attention(*inputs(), p.W_Q, p.W_K[:2], p.W_V, p.W_O)
    with pytest.raises(ValueError, match=r"\(2, 9, 15\).*\(14, 7\)"):
        multi_head_attention(*inputs(), p.W_Q, p.W_K, p.W_V, p.W_O[:14])


def test_modules_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="add_bias_kv"):
        from_torch(nn.MultiheadAttention(8, 2, add_bias_kv=True))
    with pytest.raises(ValueError, match="kdim equal to vdim"):
        from_torch(nn.MultiheadAttention(8, 2, kdim=4, vdim=6))
    with pytest.raises(ValueError, match=r"\(3, 8, 4\).*\(15, 7\)"):
        to_torch(parameters())
    p = from_torch(nn.MultiheadAttention(8, 2))
    with pytest.raises(ValueError, match="all four"):
        to_torch(p._replace(b_K=None))
