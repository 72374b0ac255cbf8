"""Batches, the loss and samples."""

from typing import Any

import torch
import torch.nn.functional as F

from qkv_explained.gpt import GPT
from qkv_explained.training_a_gpt import draw_batch, next_token_loss, sample


def rng(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def tiny() -> GPT:
    return GPT(5, 4, 8, 2, 1, generator=rng())


IDS = torch.arange(100, 140)
LOGITS = torch.randn(3, 4, 5, generator=rng(), dtype=torch.float64)
TARGETS = torch.randint(5, (3, 4), generator=rng())
CALLS: dict[str, Any] = {
    "draw_batch": [((IDS, 3, 4), {"generator": rng()})],
    "next_token_loss": [((LOGITS, TARGETS), {})],
    "sample": [((tiny(), torch.tensor([1, 2]), 3), {"generator": rng()})],
}


def test_targets_are_one_further_on_and_every_window_is_met() -> None:
    inputs, targets = draw_batch(IDS, 2000, 36, generator=rng())
    assert torch.equal(targets, inputs + 1)
    assert inputs[:, 0].unique().tolist() == [100, 101, 102, 103]
    assert targets.max() == 139  # the last token is somebody's target


def test_the_loss_shifts_nothing() -> None:
    by_hand = -torch.stack([
        LOGITS[b, i].log_softmax(dim=0)[TARGETS[b, i]]
        for b in range(3) for i in range(4)]).mean()
    assert abs(next_token_loss(LOGITS, TARGETS) - by_hand) < 1e-12
    shifted = F.cross_entropy(
        LOGITS[:, :-1].flatten(0, 1), TARGETS[:, 1:].flatten())
    assert abs(shifted - by_hand) > 1e-4  # planted: shifted again


def test_the_gradient_is_prediction_minus_truth() -> None:
    Z = LOGITS.clone().requires_grad_()
    next_token_loss(Z, TARGETS).backward()
    by_hand = (LOGITS.softmax(-1) - F.one_hot(TARGETS, 5)) / 12
    assert Z.grad is not None
    assert (Z.grad - by_hand).abs().max() < 1e-12


def test_samples_follow_the_model_and_its_window() -> None:
    model = tiny()
    with torch.no_grad():
        model.gain.zero_()
        model.bias.copy_(torch.ones(8))
        model.tokens.zero_()
        model.tokens[3] = 20  # logits 0, but 160 for token 3
    start = torch.tensor([0, 1])
    found = sample(model, start, 9, generator=rng())
    assert found.tolist() == [0, 1, *[3] * 9]
    again = sample(tiny(), start, 9, generator=rng(1))
    assert torch.equal(again, sample(tiny(), start, 9, generator=rng(1)))
