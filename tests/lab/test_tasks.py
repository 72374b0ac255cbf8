"""The tasks and their models, against torch."""

import pytest
import torch
import torch.nn.functional as F

from qkv_explained.course.myths.shared_qk.experiment import VARIANTS
from qkv_explained.lab.task import Start
from qkv_explained.lab.tasks.lookup import couples, cycle, lookup_task
from qkv_explained.lab.tasks.recall import recall_task
from qkv_explained.lab.training import train
from qkv_explained.lab.variants import attention_mask
from tests.drawn import rng

SETTING = {"std": 1.0}


def doubled(weights):
    return {name: tensor.double() for name, tensor in weights.items()}


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda v: v.name)
def test_lookup_attends_as_torch_does(variant):
    task = lookup_task("cycle", cycle(5), 1, 4)
    weights = doubled(task.draw_weights(variant, SETTING, rng()))
    values, _ = task.draw_batch(3, rng(1))
    X = weights["places"] + weights["values"][values]
    W_K = weights.get("W_K", weights["W_Q"])
    mask = attention_mask(
        5, causal=False, self_excluded=variant.self_excluded
    )
    output = F.scaled_dot_product_attention(
        X @ weights["W_Q"], X @ W_K, X @ weights["W_V"], attn_mask=mask
    )
    wanted = (X + output @ weights["W_O"]) @ weights["W_U"]
    logits, attention = task.forward(weights, values, variant)
    torch.testing.assert_close(logits, wanted, atol=1e-12, rtol=0)
    torch.testing.assert_close(
        attention.sum(-1), torch.ones(3, 5).double()
    )


@pytest.mark.parametrize("variant", VARIANTS[:4], ids=lambda v: v.name)
def test_recall_attends_as_torch_does(variant):
    task = recall_task("recall", 3, 5, 1, 4)
    weights = doubled(task.draw_weights(variant, SETTING, rng()))
    tokens, _ = task.draw_batch(3, rng(1))
    mask = attention_mask(
        7, causal=True, self_excluded=variant.self_excluded
    )
    X = weights["tokens"][tokens] + weights["positions"]
    for layer in "01":
        N = F.layer_norm(X, (64,))
        W_K = weights.get(f"W_K_{layer}", weights[f"W_Q_{layer}"])
        X = X + F.scaled_dot_product_attention(
            N @ weights[f"W_Q_{layer}"], N @ W_K,
            N @ weights[f"W_V_{layer}"], attn_mask=mask,
        ) @ weights[f"W_O_{layer}"]
    wanted = F.layer_norm(X[:, -1:], (64,)) @ weights["W_U"]
    logits, _ = task.forward(weights, tokens, variant)
    torch.testing.assert_close(logits, wanted, atol=1e-12, rtol=0)


def test_recall_asks_for_a_pair_that_was_told():
    tokens, answers = recall_task("r", 4, 6, 1, 1).draw_batch(
        50, rng()
    )
    keys, values = tokens[:, :-1:2], tokens[:, 1:-1:2] - 6
    for row in range(50):
        assert len(set(keys[row].tolist())) == 4
        where = keys[row].tolist().index(int(tokens[row, -1]))
        assert values[row, where] == answers[row, 0]


def test_lookup_answers_are_the_targets_values():
    for target in (cycle(7), couples(8)):
        values, answers = lookup_task("l", target, 1, 1).draw_batch(
            20, rng()
        )
        for i, j in enumerate(target):
            assert torch.equal(answers[:, i], values[:, j])


def test_only_a_lonely_token_may_attend_to_itself():
    mask = attention_mask(4, causal=True, self_excluded=True)
    assert mask.diagonal().tolist() == [True, False, False, False]
    assert torch.equal(
        mask.int() + torch.eye(4).int() - torch.diag(torch.eye(4)[0]).int(),
        torch.ones(4, 4).tril().int(),
    )


def test_models_trained_together_are_as_trained_alone():
    task = lookup_task("cycle", cycle(5), 1, 8)
    starts = [Start(3, SETTING), Start(4, {"std": 0.3})]
    together = train(task, VARIANTS[0], 1e-2, 20, starts)
    for start, model in zip(starts, together, strict=True):
        (alone,) = train(task, VARIANTS[0], 1e-2, 20, [start])
        for name, tensor in model.items():
            torch.testing.assert_close(
                tensor, alone[name], atol=1e-4, rtol=0
            )
