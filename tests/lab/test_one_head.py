"""One head with parts that can be exchanged: each part does what it says."""

import pytest
import torch
from torch import Generator, Tensor

from qkv_explained.lab import one_head
from qkv_explained.lab.one_head import D_V, Head
from qkv_explained.origins import Weights, answer

TOLERANCE = 1e-12


def made(head: Head) -> tuple[dict[str, Tensor], Tensor]:
    g = Generator().manual_seed(3)
    weights = one_head.TASK.draw_weights(head, {}, g)
    return weights, one_head.TASK.draw_batch(4, g)[0]


def test_the_plain_head_is_that_of_origins() -> None:
    head = Head("plain")
    W, inputs = made(head)
    questions = inputs[:, : one_head.N_QUESTIONS]
    facts = inputs[:, one_head.N_QUESTIONS :]
    matrices = Weights(*(W[name] for name in Weights._fields))
    for found, expected in zip(
        one_head.forward(W, inputs, head),
        answer(questions, facts, matrices),
        strict=True,
    ):
        assert (found - expected).abs().max() < TOLERANCE


def test_additive_scores_are_those_of_its_formula() -> None:
    g = Generator().manual_seed(4)
    Q, K, u = (torch.randn(*size, generator=g).double()
               for size in ((5, 4), (7, 4), (4,)))  # fmt: skip
    scores = one_head.additive(Q, K, {"u": u})
    for i, j in ((0, 6), (4, 1)):
        expected = sum(u[c] * torch.tanh(Q[i, c] + K[j, c]) for c in range(4))
        assert abs(scores[i, j] - expected) < TOLERANCE


@pytest.mark.parametrize(("values", "rows"), [("V", D_V), ("K", 3), ("X", 18)])
def test_values_have_the_width_that_w_o_takes(values: str, rows: int) -> None:
    head = Head("other", values=values, d_k=3)
    W, inputs = made(head)
    assert W["W_O"].shape == (rows, one_head.N_SHELVES)
    logits, weights = one_head.forward(W, inputs, head)
    assert logits.shape == (4, one_head.N_QUESTIONS, one_head.N_SHELVES)
    assert (weights.sum(dim=-1) - 1).abs().max() < TOLERANCE
