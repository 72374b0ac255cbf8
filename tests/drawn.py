"""Numbers drawn for tests, and when two are equal."""

import torch

RELATIVE = 1e-12  # float64, sums of at most a few hundred terms


def rng(seed=0):
    """A generator of its own."""
    return torch.Generator().manual_seed(seed)


def draw(*shape, seed=0, dtype=torch.float64):
    """Normal numbers, the same for a shape and a seed."""
    return torch.randn(shape, generator=rng(seed), dtype=dtype)


def close(found, wanted, relative=RELATIVE):
    """Equal, but for rounding in the last digits of the largest number."""
    assert found.shape == wanted.shape
    size = max(wanted.abs().max().item(), 1e-300)
    assert (found - wanted).abs().max().item() <= relative * size


def some(*shape, seed=4):
    """A mask without an empty row, unlike in every row."""
    mask = draw(*shape, seed=seed) > 0
    mask[..., 0] = True
    return mask
