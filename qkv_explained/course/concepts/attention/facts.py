"""Numbers on the page `attention`, read from the trained sentence models.

What the models need (layers, sides) is in result.json beside them.
"""

from typing import Any

import torch
import torch.nn.functional as F
from torch.utils.flop_counter import FlopCounterMode

from qkv_explained.models import sentence_model, training

LANGS = ("en", "zh", "ru")
NAMES = ("tired", "soft")


def facts() -> dict[str, Any]:
    """The pronoun's row in each language, and what attention costs.

    Returns:
        Scores in logits, weights as shares, changes relative to the length
        of the vector, counts as integers.
    """
    return {
        "heads": {lang: _head(lang) for lang in LANGS},
        "held_out": {
            lang: {
                key.replace(".", "_"): share
                for key, share in training.measure(
                    training.Setting(lang), sentence_model(lang).weights
                ).items()
            }
            for lang in LANGS
        },
        "cut": {
            lang: training.cut(
                training.Setting(lang), sentence_model(lang).weights)
            for lang in LANGS
        },
        "cost": {str(n): _cost(n) for n in (1000, 2000)},
        "table_gb": 100_000**2 * 4 / 1e9,
    }  # fmt: skip


def _head(lang: str) -> dict[str, Any]:
    """Layer 1 at the pronoun, in both running sentences."""
    model = sentence_model(lang)
    runs = dict(zip(NAMES, map(model, model.recipe["running"]), strict=True))
    found: dict[str, Any] = {}
    for name, run in runs.items():
        i = run["pronoun"]
        best, second = run["1.scores"][0, i].topk(2).values.tolist()
        found[name] = {
            "score": best, "second": second,
            "weight": run["1.weights"][0, i].max().item(),
            "layer_0": run["0.weights"][0, i].max().item(),
        }  # fmt: skip
    tired, soft = runs.values()
    sitter, seat, pronoun = training.places(lang)
    moved = {}
    for label, name, place in (
        ("query", "Q", pronoun), ("cat", "K", sitter), ("mat", "K", seat),
    ):
        before, after = (r[f"1.{name}"][0, place] for r in (tired, soft))
        moved[label] = ((after - before).norm() / before.norm()).item()
    adjective = pronoun + (2 if lang == "en" else 1)
    row = tired["0.weights"][0]
    return found | {
        "moved": moved, "mat_hears": row[seat, adjective].item(),
        "it_hears": row[pronoun, adjective].item(), "n": len(row),
    }  # fmt: skip


def _cost(n: int) -> dict[str, int]:
    """Operations and the table's bytes, for one head of 64 numbers."""
    Q = torch.zeros(1, 1, n, 64)
    with FlopCounterMode(display=False) as counter:
        F.softmax(Q @ Q.mT, dim=-1) @ Q
    return {"operations": counter.get_total_flops(), "bytes": 4 * n * n}
