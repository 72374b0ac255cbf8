"""Weights as libraries store them, against what each computes."""

import math

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from qkv_explained.weight_dimensions import (
    AXES,
    check_shape,
    from_paper,
    orientation,
    to_paper,
)
from tests.drawn import close, draw

D_MODEL, D_K, N_HEADS, BATCH, N_Q = 12, 5, 3, 2, 7


# Oracles: what the library itself computes from its own weight.


@pytest.mark.claim(38)
def test_linear_gives_what_nn_linear_gives():
    linear = nn.Linear(D_MODEL, D_K, dtype=torch.float64)
    X = draw(BATCH, N_Q, D_MODEL)
    W = to_paper(linear.weight, "linear", d_model=D_MODEL)
    close(X @ W + linear.bias, linear(X))


def test_conv1d_gives_what_addmm_gives():
    X, weight, bias = draw(N_Q, D_MODEL), draw(D_MODEL, D_K), draw(D_K)
    W = to_paper(weight, "conv1d", d_model=D_MODEL)
    close(X @ W + bias, torch.addmm(bias, X, weight))


def test_column_gives_what_matrix_times_upright_vector_gives():
    X, weight = draw(N_Q, D_MODEL), draw(D_K, D_MODEL)
    W = to_paper(weight, "column", d_model=D_MODEL)
    for i in range(N_Q):
        close((X @ W)[i], weight @ X[i])


def test_heads_give_what_a_product_for_each_head_gives():
    X, weight = draw(BATCH, N_Q, D_MODEL), draw(N_HEADS, D_MODEL, D_K)
    W = to_paper(weight, "heads", d_model=D_MODEL)
    by_head = torch.einsum("bid,hdk->bihk", X, weight)
    close(X @ W, by_head.flatten(2))


def test_fused_in_proj_gives_what_nn_multihead_attention_gives():
    fused = nn.MultiheadAttention(
        D_MODEL, N_HEADS, batch_first=True, dtype=torch.float64
    )
    X = draw(BATCH, N_Q, D_MODEL)
    W = to_paper(fused.in_proj_weight, "linear", d_model=D_MODEL)
    Q, K, V = (
        (X @ part).unflatten(-1, (N_HEADS, -1)).transpose(1, 2)
        for part in W.chunk(3, dim=1)
    )
    heads = F.scaled_dot_product_attention(Q, K, V)
    W_O = to_paper(fused.out_proj.weight, "linear", d_model=D_MODEL)
    close(heads.transpose(1, 2).flatten(2) @ W_O, fused(X, X, X)[0])


# Properties


@settings(deadline=None)
@given(
    convention=st.sampled_from(sorted(AXES)),
    d_model=st.integers(1, 9),
    n_heads=st.integers(1, 4),
    d_k=st.integers(1, 5),
)
def test_there_and_back_is_the_same_matrix(convention, d_model, n_heads, d_k):
    W = draw(d_model, n_heads * d_k)
    stored = from_paper(W, convention, n_heads=n_heads)
    assert torch.equal(to_paper(stored, convention, d_model=d_model), W)
    assert stored.numel() == W.numel()
    assert len(stored.shape) == len(AXES[convention])
    assert stored.shape[AXES[convention].index("d_model")] == d_model


def test_one_head_is_the_matrix_itself():
    W = draw(D_MODEL, D_K)
    assert torch.equal(from_paper(W, "heads", n_heads=1)[0], W)


def test_a_square_matrix_passes_either_way_and_gives_other_numbers():
    W = draw(D_MODEL, D_MODEL)
    X = draw(N_Q, D_MODEL, seed=1)
    right = to_paper(W, "paper", d_model=D_MODEL)
    wrong = to_paper(W, "linear", d_model=D_MODEL)
    assert right.shape == wrong.shape
    assert not torch.allclose(X @ right, X @ wrong)


def test_orientation_is_read_off_the_shape():
    assert orientation((D_MODEL, D_K), D_MODEL) == "in_out"
    assert orientation((D_K, D_MODEL), D_MODEL) == "out_in"


def test_linear_draws_within_one_over_the_root_of_its_inputs():
    linear = nn.Linear(512, 64)
    assert linear.weight.abs().max() <= 1 / math.sqrt(512)


# Bad input: what the messages say, test_messages.py reads


@pytest.mark.parametrize(("shape", "convention"), [
    ((D_K, 11), "linear"), ((N_HEADS, D_MODEL, D_K), "paper"),
    ((D_MODEL, D_K), "heads"), ((N_HEADS, D_K, D_MODEL), "heads"),
    ((D_K, D_MODEL), "paper"), ((D_MODEL, D_K), "linear"),
])
def test_a_shape_that_does_not_fit_is_refused(shape, convention):
    with pytest.raises(ValueError, match="d_model = 12: "):
        check_shape(draw(*shape), convention, d_model=D_MODEL)


@pytest.mark.parametrize("n_heads", [0, -1, 4])
def test_columns_that_cannot_be_dealt_out_are_refused(n_heads):
    with pytest.raises(ValueError, match=r"n_heads must divide the 15"):
        from_paper(draw(D_MODEL, N_HEADS * D_K), "heads", n_heads=n_heads)


@pytest.mark.parametrize("shape", [(12, 12), (5, 7), (12,), (3, 12, 5)])
def test_a_shape_that_does_not_tell_is_refused(shape):
    problem = "ambiguous" if shape == (12, 12) else "no axis|give the shape"
    with pytest.raises(ValueError, match=problem):
        orientation(shape, D_MODEL)
