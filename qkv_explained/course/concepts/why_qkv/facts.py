"""Numbers on the page `why-qkv`, worked out from its snippets."""

import contextlib
import io
import runpy
from pathlib import Path
from typing import Any

import torch

SNIPPETS = Path(__file__).parent / "snippets"


def _run(name: str) -> dict[str, Any]:
    """What a snippet leaves behind."""
    with contextlib.redirect_stdout(io.StringIO()):
        return runpy.run_path(str(SNIPPETS / f"{name}.py"))


def facts() -> dict[str, Any]:
    """The weights and outputs of the three tokens.

    Returns:
        Weights, shares of one; outputs, in the marks of the page.
    """
    likeness, hand = _run("likeness"), _run("by_hand")
    left, soft = _run("leave_out"), _run("dictionary")["soft"]
    X = likeness["X"]
    near = {
        str(scale): dict(zip(
            ("cat", "mat", "it"),
            (scale**2 * X @ X.T).softmax(dim=-1)[2].tolist(), strict=True))
        for scale in (1, 10)
    }  # fmt: skip
    names = ("cat_tired", "dog_tired", "cat_soft")
    received = {
        kind: {
            name: left["it_receives"](
                torch.stack(X), *(left[w] for w in words.split()))
            for name, X in zip(names, left["sentences"], strict=True)
        }
        for kind, words in (
            ("whole", "W_Q W_K W_V"), ("no_query", "W_K W_K W_V"),
            ("no_key", "W_Q W_Q W_V"), ("no_value", "W_Q W_K W_K"),
        )
    }  # fmt: skip
    weights = hand["weights"]
    swapped = hand["K"] @ hand["Q"].T  # every score of a pair, turned round
    return {
        "average": X.mean(dim=0).tolist()[0],
        "likeness": near,
        "even": weights[0, 0].item(),
        "weights": dict(zip(
            ("cat", "mat", "it"), weights[2].tolist(), strict=True)),
        "swapped_cat": swapped.softmax(dim=-1)[0, 2].item(),
        "received": received,
        "soft": {"one": soft(1.0, 1), "fifth": soft(0.2, 1)},
    }  # fmt: skip
