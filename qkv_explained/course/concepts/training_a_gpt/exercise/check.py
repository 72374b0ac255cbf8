"""Who shifts the targets, and once; and the loss that is meant."""

import math
from typing import Any

from torch import Tensor
from torch.nn import functional as F

from qkv_explained.course.exercises import properties, reference
from qkv_explained.course.exercises.parts import Draw, Part, Sizes, grid


def shift(tokens: Tensor, bugs: reference.Bugs) -> tuple[Tensor, Tensor]:
    """All tokens but the last, and all but the first."""
    inputs, targets = tokens[:, :-1], tokens[:, 1:]
    if "not_shifted" in bugs:
        return inputs, inputs
    if "not_cut" in bugs:
        return tokens, tokens
    if "shifted_twice" in bugs:
        return tokens[:, :-2], tokens[:, 2:]
    if "shifted_back" in bugs:
        return targets, inputs
    if "rolled" in bugs:
        return tokens, tokens.roll(-1, dims=1)
    if "shifted_along_batch" in bugs:
        return tokens[:-1], tokens[1:]
    return inputs, targets


def loss(logits: Tensor, targets: Tensor, bugs: reference.Bugs) -> Tensor:
    """The mean cross-entropy in nats."""
    if "shifted_again" in bugs:
        logits, targets = logits[:, :-1], targets[:, 1:]
    if "softmax_twice" in bugs:
        logits = logits.softmax(dim=-1)
    if "loss_axis" in bugs:
        log_p = logits.log_softmax(dim=1)
    elif "classes_reshaped" in bugs:
        batch, n, vocabulary = logits.shape
        turned = logits.reshape(batch, vocabulary, n)
        log_p = turned.log_softmax(dim=1).mT
    else:
        log_p = logits.log_softmax(dim=-1)
    if "no_log_softmax" in bugs:
        log_p = logits
    nats = F.nll_loss(log_p.flatten(0, 1), targets.flatten(),
                      reduction="none")
    if "summed" in bugs:
        return nats.sum()
    if "sign_lost" in bugs:
        return -nats.mean()
    if "in_bits" in bugs:
        return nats.mean() / math.log(2)
    if "last_only" in bugs:
        return nats.view(targets.shape)[:, -1].mean()
    if "per_sample" in bugs:
        return nats.sum() / targets.shape[0]
    if "perplexity" in bugs:
        return nats.mean().exp()
    return nats.mean()


def make_shift(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Tokens."""
    return (draw.whole(1000, sizes["batch"], sizes["n"] + 1),)


def make(sizes: Sizes, draw: Draw) -> tuple[Any, ...]:
    """Logits and targets."""
    batch, n, vocabulary = sizes.values()
    return (draw.normal(batch, n, vocabulary) * 2,
            draw.whole(vocabulary, batch, n))


PARTS = (
    Part(
        "shift", shift, grid("batch", "n"), make_shift,
        bugs=("not_shifted", "not_cut", "shifted_twice", "shifted_back",
              "rolled", "shifted_along_batch"),
        properties={"alone": properties.alone(0)},
        outputs=("inputs", "targets"),
    ),
    Part(
        "loss", loss, grid("batch", "n", vocabulary=(3, 2, 5, 4, 7, 11, 11)),
        make,
        bugs=("shifted_again", "softmax_twice", "no_log_softmax", "summed",
              "per_sample", "loss_axis", "classes_reshaped", "sign_lost",
              "in_bits", "last_only", "perplexity"),
        properties={"row_constant": properties.row_constant},
    ),
)
