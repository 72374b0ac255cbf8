"""The GPT against PyTorch's own layers with the same weights."""

from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from qkv_explained.gpt import GPT, Block, layer_norm, mlp

TOLERANCE = 1e-12  # float64, sums of at most a few hundred terms
D, HEADS, LAYERS, VOCAB, CONTEXT = 12, 3, 2, 7, 9


def rng(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def draw(*shape: int, seed: int = 1) -> Tensor:
    return torch.randn(shape, generator=rng(seed), dtype=torch.float64)


def model() -> GPT:
    """A GPT with sizes that all differ, and no parameter at 0 or 1."""
    made = GPT(VOCAB, CONTEXT, D, HEADS, LAYERS, generator=rng()).double()
    with torch.no_grad():
        for seed, parameter in enumerate(made.parameters()):
            parameter += 0.3 * draw(*parameter.shape, seed=seed)
    return made


# For the test that no argument is changed.
NORM = (draw(3, 5, D), draw(D), draw(D))
MLP = (draw(3, 5, D), draw(D, 8), draw(8), draw(8, D), draw(D))
CALLS: dict[str, Any] = {"layer_norm": [(NORM, {})], "mlp": [(MLP, {})]}


def reference(block: Block) -> nn.TransformerEncoderLayer:
    """PyTorch's layer with the weights of a block of ours."""
    layer = nn.TransformerEncoderLayer(
        D, HEADS, 4 * D, dropout=0.0, activation="gelu", norm_first=True,
        batch_first=True, dtype=torch.float64)
    side_by_side = [W.transpose(0, 1).flatten(1).T
                    for W in (block.W_Q, block.W_K, block.W_V)]
    given = {
        "self_attn.in_proj_weight": torch.cat(side_by_side),
        "self_attn.in_proj_bias": torch.zeros(3 * D),
        "self_attn.out_proj.weight": block.W_O.T,
        "self_attn.out_proj.bias": torch.zeros(D),
        "linear1.weight": block.W_1.T, "linear1.bias": block.b_1,
        "linear2.weight": block.W_2.T, "linear2.bias": block.b_2,
        "norm1.weight": block.gain_1, "norm1.bias": block.bias_1,
        "norm2.weight": block.gain_2, "norm2.bias": block.bias_2,
    }
    layer.load_state_dict(given)
    return layer


def by_torch(gpt: GPT, ids: Tensor) -> Tensor:
    n = ids.shape[-1]
    X = F.embedding(ids, gpt.tokens) + gpt.places[:n]
    forbidden = nn.Transformer.generate_square_subsequent_mask(
        n, dtype=torch.float64)
    for block in gpt.blocks:
        assert isinstance(block, Block)
        X = reference(block)(X, src_mask=forbidden, is_causal=True)
    X = F.layer_norm(X, (D,), gpt.gain, gpt.bias, eps=1e-5)
    return F.linear(X, gpt.tokens)


@pytest.mark.parametrize("batch", [1, HEADS, 4])
@torch.no_grad()
def test_logits_equal_those_of_torch(batch: int) -> None:
    gpt = model()
    ids = torch.randint(VOCAB, (batch, 5), generator=rng())
    assert (gpt(ids) - by_torch(gpt, ids)).abs().max() < TOLERANCE


def test_each_parameter_is_used_and_learns() -> None:
    gpt = model()
    ids = torch.randint(VOCAB, (3, CONTEXT), generator=rng())
    F.cross_entropy(gpt(ids).flatten(0, 1), ids.flatten()).backward()
    for name, parameter in gpt.named_parameters():
        assert parameter.grad is not None, name
        assert parameter.grad.abs().max() > 0, name


@torch.no_grad()
def test_a_future_token_changes_nothing_earlier_to_the_bit() -> None:
    gpt, ids = model(), torch.randint(VOCAB, (3, 6), generator=rng())
    other = ids.clone()
    other[:, 4] = (ids[:, 4] + 1) % VOCAB
    before, after = gpt(ids), gpt(other)
    assert torch.equal(before[:, :4], after[:, :4])
    assert not torch.equal(before[:, 4:], after[:, 4:])


@torch.no_grad()
def test_permuting_heads_with_rows_of_W_O_changes_nothing() -> None:
    gpt, ids = model(), torch.randint(VOCAB, (3, 6), generator=rng())
    before = gpt(ids)
    block: Any = gpt.blocks[0]
    order = [2, 0, 1]
    for name in ("W_Q", "W_K", "W_V"):
        W = getattr(block, name)
        W.copy_(W[order].clone())
    rows = block.W_O.unflatten(0, (HEADS, -1))[order].flatten(0, 1)
    block.W_O.copy_(rows.clone())
    assert (gpt(ids) - before).abs().max() < TOLERANCE
    block.W_O.copy_(block.W_O.flip(0).clone())  # planted: rows astray
    assert (gpt(ids) - before).abs().max() > 1e-3


@torch.no_grad()
def test_a_sample_does_not_depend_on_its_neighbours() -> None:
    gpt, ids = model(), torch.randint(VOCAB, (HEADS, 6), generator=rng())
    for sample, logits in zip(ids, gpt(ids), strict=True):
        assert (gpt(sample) - logits).abs().max() < TOLERANCE


def test_the_first_loss_is_that_of_a_guess() -> None:
    gpt = GPT(50, CONTEXT, 32, 4, LAYERS, generator=rng())
    ids = torch.randint(50, (20, CONTEXT), generator=rng())
    loss = F.cross_entropy(gpt(ids).flatten(0, 1), ids.flatten().roll(1))
    assert abs(loss.item() - torch.tensor(50.0).log().item()) < 0.05


def test_layer_norm_and_mlp() -> None:
    X, gain, bias = NORM
    expected = F.layer_norm(X, (D,), gain, bias)
    assert (layer_norm(*NORM) - expected).abs().max() < TOLERANCE
    scaled = layer_norm(1000 * X + 7, gain, bias)
    assert (scaled - expected).abs().max() < 1e-4  # epsilon is seen
    wrong = (X - X.mean(-1, keepdim=True)) / X.std(-1, keepdim=True)
    assert (gain * wrong + bias - expected).abs().max() > 1e-3
    X, W_1, b_1, W_2, b_2 = MLP
    linear = F.linear(F.gelu(F.linear(X, W_1.T, b_1)), W_2.T, b_2)
    assert (mlp(*MLP) - linear).abs().max() < TOLERANCE
    moved = X.clone()
    moved[:, 2] += 1
    changed = (mlp(moved, *MLP[1:]) - mlp(*MLP)).abs().amax(dim=(0, 2))
    assert (changed > 0).tolist() == [False, False, True, False, False]


def test_two_thirds_of_a_block_are_its_mlp() -> None:
    block = Block(64, 4, 1, generator=rng())
    share = sum(getattr(block, name).numel() for name in ("W_1", "W_2")) / sum(
        p.numel() for p in block.parameters())
    assert abs(share - 2 / 3) < 0.01
