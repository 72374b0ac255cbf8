"""One head on the boards of `origins`, with parts that can be exchanged.

What turns scores into weights, what scores are and what values are made of
are given by the `Head`; the rest of the model, its data, its steps and the
learning rates that are tried are the same for every head.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Generator, Tensor

from qkv_explained.lab.task import Batch, Setting, Start, Task, Weights
from qkv_explained.lab.training import one_thread, train
from qkv_explained.origins import draw_boards

N_ITEMS, N_SHELVES, N_FACTS, N_QUESTIONS = 12, 6, 8, 4
D_MODEL, D_V = N_ITEMS + N_SHELVES, 8
STEPS, BATCH, EXAM = 200, 32, 1000
RATES = (0.03, 0.1)
TUNING, SEEDS = range(10_000, 10_002), range(5)


def dot(Q: Tensor, K: Tensor, weights: Weights) -> Tensor:
    """``Q Kᵀ / √d_k``.

    Args:
        Q: Queries, (*batch, n_q, d_k).
        K: Keys, (*batch, n_k, d_k).
        weights: The head's parameters, of which this needs none.

    Returns:
        Scores, (*batch, n_q, n_k).
    """
    return Q @ K.mT / math.sqrt(Q.shape[-1])


def unscaled(Q: Tensor, K: Tensor, weights: Weights) -> Tensor:
    """``Q Kᵀ``.

    Args:
        Q: Queries, (*batch, n_q, d_k).
        K: Keys, (*batch, n_k, d_k).
        weights: The head's parameters, of which this needs none.

    Returns:
        Scores, (*batch, n_q, n_k).
    """
    return Q @ K.mT


def additive(Q: Tensor, K: Tensor, weights: Weights) -> Tensor:
    """``Σ_c u_c tanh(q_c + k_c)``; Bahdanau et al. 2014.

    Args:
        Q: Queries, (*batch, n_q, d_k).
        K: Keys, (*batch, n_k, d_k).
        weights: The head's parameters, of which this needs u, (d_k,).

    Returns:
        Scores, (*batch, n_q, n_k).
    """
    pairs = Q.unsqueeze(-2) + K.unsqueeze(-3)  # (*batch, n_q, n_k, d_k)
    return pairs.tanh() @ weights["u"]


def softmax(scores: Tensor) -> Tensor:
    """Over the keys."""
    return scores.softmax(dim=-1)


@dataclass(frozen=True)
class Head:
    """A head, and what is exchanged in it.

    Attributes:
        name: In reports.
        scores: (Q, K, weights) → scores.
        weights: scores → attention weights.
        values: "V" = facts @ W_V, "K" = the keys, "X" = the facts.
        d_k: Numbers in a query and in a key.
    """

    name: str
    scores: Callable[[Tensor, Tensor, Weights], Tensor] = dot
    weights: Callable[[Tensor], Tensor] = softmax
    values: str = "V"
    d_k: int = 8


def forward(
    weights: Weights, inputs: Tensor, head: Head
) -> tuple[Tensor, Tensor]:
    """Logits of the shelves, and the attention weights.

    Args:
        weights: The head's parameters, by name.
        inputs: Questions and facts, (*batch, n_questions + n_facts, d_model).
        head: How scores, weights and values are made.

    Returns:
        Logits, (*batch, n_questions, n_shelves), and attention weights,
        (*batch, n_questions, n_facts).
    """
    questions = inputs[..., :N_QUESTIONS, :]
    facts = inputs[..., N_QUESTIONS:, :]
    Q, K = questions @ weights["W_Q"], facts @ weights["W_K"]
    V = {"V": facts @ weights["W_V"], "K": K, "X": facts}[head.values]
    shares = head.weights(head.scores(Q, K, weights))
    return shares @ V @ weights["W_O"], shares


def _draw_weights(head: Head, _: Setting, g: Generator) -> Weights:
    def matrix(rows: int, columns: int) -> Tensor:
        drawn = torch.randn(rows, columns, generator=g, dtype=torch.float64)
        return drawn / math.sqrt(rows)

    d_v = {"V": D_V, "K": head.d_k, "X": D_MODEL}[head.values]
    return {
        "W_Q": matrix(D_MODEL, head.d_k),
        "W_K": matrix(D_MODEL, head.d_k),
        "W_V": matrix(D_MODEL, D_V),
        "W_O": matrix(d_v, N_SHELVES),
        "u": matrix(head.d_k, 1)[:, 0],
    }


def _draw_batch(many: int, g: Generator) -> Batch:
    boards = draw_boards(
        many, generator=g, n_items=N_ITEMS, n_shelves=N_SHELVES,
        n_facts=N_FACTS, n_questions=N_QUESTIONS,
    )  # fmt: skip
    inputs = torch.cat([boards.questions, boards.facts], dim=-2)
    return inputs, boards.answers


TASK = Task("boards", STEPS, BATCH, _draw_weights, _draw_batch, forward,
            lambda *_: {}, {})  # fmt: skip


def trained(head: Head) -> dict[str, Any]:
    """Train a head at the best of the learning rates, and examine it.

    The rate with the smallest mean loss on two seeds of its own is used for
    the seeds that are reported.

    Args:
        head: What is trained.

    Returns:
        The rate, and of every seed the accuracy and the loss (nats) on
        boards that were not trained on.
    """

    def runs(rate: float, seeds: range) -> list[tuple[float, float]]:
        starts = [Start(seed) for seed in seeds]
        return [
            _exam(weights, head)
            for weights in train(TASK, head, rate, STEPS, starts)
        ]

    def loss(rate: float) -> float:
        found = sum(run[1] for run in runs(rate, TUNING))
        return found if math.isfinite(found) else math.inf

    with one_thread():
        rate = min(RATES, key=loss)
        found = runs(rate, SEEDS)
    return {
        "rate": rate,
        "accuracy": [accuracy for accuracy, _ in found],
        "loss": [nats for _, nats in found],
    }


def _exam(weights: Weights, head: Head) -> tuple[float, float]:
    inputs, answers = _draw_batch(EXAM, Generator().manual_seed(10**6))
    logits, _ = forward(weights, inputs, head)
    hits = (logits.argmax(dim=-1) == answers).double().mean().item()
    return hits, F.cross_entropy(
        logits.flatten(0, -2), answers.flatten()
    ).item()
