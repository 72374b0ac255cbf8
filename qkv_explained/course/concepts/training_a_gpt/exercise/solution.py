"""Inputs and targets, and the loss of a language model."""

from torch import Tensor
from torch.nn import functional as F


def shift(tokens: Tensor) -> tuple[Tensor, Tensor]:
    # tokens (batch, n + 1), int -> (batch, n), (batch, n)
    return tokens[:, :-1], tokens[:, 1:]


def loss(logits: Tensor, targets: Tensor) -> Tensor:
    # logits (batch, n, vocabulary), targets (batch, n), int -> ()
    return F.cross_entropy(logits.flatten(0, 1), targets.flatten())
