"""Training that finds queries, against autograd and finite differences."""

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st

from qkv_explained.origins import (
    Weights,
    accuracy,
    answer,
    draw_boards,
    draw_weights,
    gradients,
    product,
    train,
    written,
)
from tests.drawn import close, rng

N_ITEMS, N_SHELVES, N_K, N_Q, D_K, D_V = 6, 4, 5, 2, 4, 3
D_MODEL = N_ITEMS + N_SHELVES


def weights(seed=0):
    return draw_weights(D_MODEL, D_K, D_V, N_SHELVES, generator=rng(seed))


def boards(batch=64, seed=1):
    return draw_boards(batch, generator=rng(seed))


def trained(seed, steps=120):
    generator = rng(seed)
    W = draw_weights(D_MODEL, D_K, D_V, N_SHELVES, generator=generator)
    return train(W, steps, generator=generator)


# Oracles


def test_answers_are_what_torch_attention_gives():
    b, W = boards(), weights()
    Q, K, V = b.questions @ W.W_Q, b.facts @ W.W_K, b.facts @ W.W_V
    wanted = F.scaled_dot_product_attention(Q, K, V) @ W.W_O
    logits, _ = answer(b.questions, b.facts, W)
    close(logits, wanted)


def test_gradients_are_what_finite_differences_give():
    b, W = boards(8), weights()
    _, grad = gradients(b, W)
    h = 1e-6
    for field in Weights._fields:
        matrix = getattr(W, field)
        step = torch.zeros_like(matrix)
        step[0, 0] = h
        up, _ = gradients(b, W._replace(**{field: matrix + step}))
        down, _ = gradients(b, W._replace(**{field: matrix - step}))
        slope = getattr(grad, field)[0, 0].item()
        assert (up - down) / (2 * h) == pytest.approx(slope, abs=1e-8)


@pytest.mark.claim(41)
def test_the_gradient_of_W_Q_is_inputs_times_gradient_of_Q():
    b, W = boards(8), weights()
    Q = (b.questions @ W.W_Q).requires_grad_()
    scores = Q @ (b.facts @ W.W_K).mT / D_K**0.5
    logits = torch.softmax(scores, dim=-1) @ (b.facts @ W.W_V) @ W.W_O
    loss = F.cross_entropy(logits.flatten(0, 1), b.answers.flatten())
    (of_Q,) = torch.autograd.grad(loss, [Q])
    wanted = b.questions.flatten(0, 1).mT @ of_Q.flatten(0, 1)
    close(gradients(b, W)[1].W_Q, wanted)


# Properties


def test_attention_weights_sum_to_one_over_the_facts():
    b = boards()
    _, attention = answer(b.questions, b.facts, weights())
    assert attention.shape == (64, N_Q, N_K)
    close(attention.sum(dim=-1), torch.ones(64, N_Q).double())


@settings(deadline=None, max_examples=30)
@given(seed=st.integers(0, 10**6), n_facts=st.integers(1, N_ITEMS))
def test_the_asked_fact_holds_the_answer(seed, n_facts):
    b = draw_boards(9, generator=rng(seed), n_facts=n_facts)
    place = b.asked.unsqueeze(-1).expand(-1, -1, D_MODEL)
    facts = b.facts.gather(1, place)
    assert torch.equal(facts[..., N_ITEMS:].argmax(-1), b.answers)
    assert torch.equal(facts[..., :N_ITEMS], b.questions[..., :N_ITEMS])
    assert not b.questions[..., N_ITEMS:].any()
    assert (b.facts[..., :N_ITEMS].sum(dim=1) <= 1).all()


def test_one_step_is_the_formula():
    W = weights()
    first, second = train(W, 1, generator=rng(5), lr=0.5)
    _, grad = gradients(draw_boards(64, generator=rng(5)), W)
    assert all(map(torch.equal, first, W))
    for after, before, g in zip(second, W, grad, strict=True):
        assert torch.equal(after, before - 0.5 * g)


def test_the_same_seed_gives_the_same_run_and_another_seed_another():
    assert all(map(torch.equal, trained(3, 5)[-1], trained(3, 5)[-1]))
    assert not any(map(torch.equal, trained(3, 5)[-1], trained(4, 5)[-1]))


@pytest.mark.claim(36)
@pytest.mark.parametrize("seed", range(2))
def test_training_finds_the_answers(seed):
    history = trained(seed)
    test_boards = boards(1000, seed=10**6)
    assert accuracy(test_boards, history[0]) < 0.6
    assert accuracy(test_boards, history[-1]) >= 0.99


def test_rows_that_no_question_uses_never_move():
    history = trained(0, 20)
    first, last = history[0], history[-1]
    assert torch.equal(last.W_Q[N_ITEMS:], first.W_Q[N_ITEMS:])
    assert (last.W_Q[:N_ITEMS] != first.W_Q[:N_ITEMS]).all()
    assert (last.W_K != first.W_K).all()
    assert (last.W_V != first.W_V).all()


@pytest.mark.claim(42)
def test_answering_and_training_leave_their_argument_as_it_is():
    W = weights()
    before = Weights(*(w.clone() for w in W))
    b = boards()
    answer(b.questions, b.facts, W)
    train(W, 3, generator=rng(0))
    assert all(map(torch.equal, W, before))
    assert not any(w.requires_grad for w in W)


def test_only_the_product_of_W_Q_and_W_K_matters():
    b, W = boards(), weights()
    A = torch.randn(D_K, D_K, generator=rng(9), dtype=torch.float64)
    other = W._replace(W_Q=W.W_Q @ A, W_K=W.W_K @ torch.linalg.inv(A).mT)
    _, attention = answer(b.questions, b.facts, W)
    _, same = answer(b.questions, b.facts, other)
    close(same, attention, 1e-10)


@pytest.mark.parametrize("shift", [0, 1, 5])
def test_the_item_sought_comes_so_far_after_the_item_named(shift):
    b = draw_boards(64, generator=rng(2), shift=shift)
    named = b.questions[..., :N_ITEMS].argmax(-1)
    items = b.facts[..., :N_ITEMS].argmax(-1)
    assert torch.equal(items.gather(1, b.asked), (named + shift) % N_ITEMS)


def test_each_switch_is_the_head_with_other_matrices():
    b, W = boards(), weights()
    plain, _ = answer(b.questions, b.facts, W)

    def same(switch, other):
        logits, _ = answer(b.questions, b.facts, W, switch)
        wanted, _ = answer(b.questions, b.facts, other)
        torch.testing.assert_close(logits, wanted, rtol=1e-12, atol=1e-12)
        assert not torch.allclose(logits, plain)

    same("swap", W._replace(W_Q=W.W_K, W_K=W.W_Q))
    same("tie", W._replace(W_K=W.W_Q))
    same("no_scale", W._replace(W_Q=D_K**0.5 * W.W_Q))
    shelf = torch.zeros(D_MODEL, N_SHELVES).double()
    shelf[N_ITEMS:] = torch.eye(N_SHELVES)
    same("no_W_V", W._replace(W_V=shelf, W_O=torch.eye(4).double()))
    _, scores = answer(b.questions, b.facts, W, "no_softmax")
    _, alpha = answer(b.questions, b.facts, W)
    torch.testing.assert_close(
        scores.softmax(dim=-1), alpha, rtol=1e-12, atol=1e-12)


def test_what_a_switch_leaves_out_gets_no_gradient():
    _, grad = gradients(boards(), weights(), "no_W_V")
    assert not grad.W_V.any()
    assert not grad.W_O.any()
    _, grad = gradients(boards(), weights(), "tie")
    assert not grad.W_K.any()
    assert grad.W_Q.any()


def test_the_head_written_by_hand_answers_everything():
    assert accuracy(boards(1000), written()) == 1.0
    M = product(written())
    assert torch.equal(M.argmax(dim=1), torch.arange(N_ITEMS))
    assert M.sum(dim=1).abs().max() < 1e-12


def test_a_relation_with_a_direction_needs_two_matrices():
    there = draw_boards(1000, generator=rng(10**6), shift=1)
    generator = rng(0)
    W = draw_weights(D_MODEL, D_K, D_V, N_SHELVES, generator=generator)
    W = train(W, 150, generator=generator, shift=1)[-1]
    assert accuracy(there, W) >= 0.99
    assert accuracy(there, W, "swap") < 0.4
    assert accuracy(there, W, "tie") < 0.4


# Limits


def test_zeros_attend_evenly_and_get_no_gradient():
    b, W = boards(), weights()
    zeros = torch.zeros_like(W.W_Q)
    flat = W._replace(W_Q=zeros, W_K=zeros)
    _, attention = answer(b.questions, b.facts, flat)
    close(attention, torch.full_like(attention, 1 / N_K))
    _, grad = gradients(b, flat)
    assert not grad.W_Q.any()
    assert not grad.W_K.any()
    assert grad.W_V.any()


def test_one_fact_is_attended_to_wholly():
    b = draw_boards(8, generator=rng(0), n_facts=1)
    _, attention = answer(b.questions, b.facts, weights())
    assert torch.equal(attention, torch.ones_like(attention))


def test_the_draw_has_the_spread_it_says():
    W = draw_weights(400, 300, 200, 100, generator=rng(0))
    for matrix in W:
        assert matrix.mean().abs() < 1e-3
        assert matrix.std() * matrix.shape[0] ** 0.5 == pytest.approx(
            1, abs=0.02
        )


@pytest.mark.parametrize(("steps", "lr"), [(-1, 1.0), (3, 0.0), (3, -1.0)])
def test_a_run_that_cannot_be_is_refused(steps, lr):
    with pytest.raises(ValueError, match="steps of at least 0"):
        train(weights(), steps, generator=rng(0), lr=lr)
