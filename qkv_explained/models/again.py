"""Train one sentence model again: the command behind the shipped files."""

from __future__ import annotations

from typing import NamedTuple

from tqdm import tqdm

from qkv_explained.lab.training import one_thread
from qkv_explained.models import training
from qkv_explained.models.grammar import grammar, languages
from qkv_explained.models.sentence import SentenceModel, write

__all__ = ["SHIPPED", "Made", "again", "write"]

# The seeds of the models in the package; docs/made/attention/result.json
# says what the others do.
SHIPPED = {"en": 2, "ru": 2, "zh": 2}


class Made(NamedTuple):
    """A model that has just been trained.

    Attributes:
        model: The model.
        accuracy: The share of right answers on held-out pairs of nouns.
        said: For each running sentence the answer, the noun that has the
            pronoun's largest weight in layer 1, and that weight.
    """

    model: SentenceModel
    accuracy: float
    said: list[tuple[str, str, str, float]]


def again(
    lang: str, seed: int | None = None, steps: int | None = None
) -> Made:
    """Train the model of a language.

    Args:
        lang: The code of the language.
        seed: The seed; that of the shipped model if left out.
        steps: Training steps; 500 if left out.

    Returns:
        The model, and what it does.

    Raises:
        ValueError: If the language has no sentences; says which have.
    """
    if lang not in languages():
        raise ValueError(
            f"lang: got {lang!r}; there are sentences in "
            f"{', '.join(languages())}, so add sentences/{lang}.toml"
        )
    seed = SHIPPED.get(lang, 0) if seed is None else seed
    setting = training.Setting(lang)
    if steps is not None:
        setting = training.Setting(lang, steps=steps)
    with one_thread(), tqdm(total=setting.steps, unit="step") as bar:
        (weights,) = training.train(setting, [seed], bar.update)
    model = training.model(setting, weights, seed)
    said = []
    for sentence in grammar(lang).running:
        run = model(sentence)
        row = run["1.weights"][0, run["pronoun"]]
        best = int(row.argmax())
        said.append((sentence, run["answer"], run["tokens"][best],
                     row[best].item()))  # fmt: skip
    return Made(model, training.measure(setting, weights)["accuracy"], said)
