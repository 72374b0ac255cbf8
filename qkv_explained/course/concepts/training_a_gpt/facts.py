"""Numbers on the page `training-a-gpt`: the texts, their floors, the model."""

import math
from typing import Any

from qkv_explained.lab.gpt_run import Run, Settings
from qkv_explained.lab.gpt_text import our_text
from qkv_explained.languages import LANGUAGES


def facts() -> dict[str, Any]:
    """What is known before any training.

    Returns:
        Counts, and floors in nats per letter.
    """
    settings, texts = Settings(), {lang: our_text(lang) for lang in LANGUAGES}
    found: dict[str, Any] = {"steps": settings.steps}
    for lang, text in texts.items():
        run = Run(settings, text)
        found[lang] = {
            "letters": len(text.content),
            "different": len(text.letters),
            "uniform": math.log(len(text.letters)),
            "floor": text.source.floor() if text.source else None,
            "parameters": sum(p.numel() for p in run.model.parameters()),
        }
    return found
