"""Pictures of matrices: every number is there, and none is rounded to 0."""

import math
import re

import pytest
import torch

from qkv_explained.course.drawing.pictures import show


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", svg)


def test_every_number_is_text_in_the_drawing() -> None:
    W = torch.tensor([[1.0, -2.5, 0.0], [1e-6, 12.34, -math.inf]])
    picture = show({"W_Q": W, "K": W[:, :2]}, ["a", "b"], ["u", "v", "w"])
    found = texts(picture._repr_svg_())
    for expected in ("1", "−2.50", "0", "0.00", "12.3", "−∞", "W_Q", "a"):
        assert expected in found, expected
    assert found.count("12.3") == 2
    assert "W_Q: a 1 -2.50 0, b 0.00 12.3 -∞; K: a 1" in picture.words
    assert 'role="img" aria-label="W_Q: a 1' in picture._repr_svg_()
    assert found.count("a") == 1  # rows are named once, at the left


def test_drawing_is_the_same_each_time() -> None:
    first, second = (show({"V": torch.eye(3)})._repr_svg_() for _ in "ab")
    assert first == second


def test_three_dimensions_are_refused() -> None:
    with pytest.raises(ValueError, match=r"Q has shape \(2, 3, 3\).*head"):
        show({"Q": torch.zeros(2, 3, 3)})
