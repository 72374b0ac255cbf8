"""A small trained model that reads one sentence, with every number named.

Two layers of one head each; a token is a word. At the pronoun the model
says which noun is meant. Nothing is normalised and no projection has a
bias, so that ``Q = X @ W_Q`` is all that there is to a query.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save
from torch import Tensor

from qkv_explained.names import UnknownName, nearest

FOLDER = Path(__file__).resolve().parent
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_PIECE = re.compile(r"[\u4e00-\u9fff]+|[^\W_\u4e00-\u9fff]+|\S")


class Run(Mapping[str, Any]):
    """What a model computed for one sentence, by name.

    With n tokens, d_model 32, one head (heads = 1), d_k 4 and d_v 6:

    ============== ===================== ===================================
    ``tokens``     list of n words       as they were typed
    ``embeddings`` (n, d_model)          rows of the table of words
    ``positions``  (n, d_model)          rows of the table of places
    ``X``          (n, d_model)          their sum; the same as ``0.X``
    ``0.X``        (n, d_model)          what layer 0 reads
    ``0.Q``        (heads, n, d_k)       X @ W_Q
    ``0.K``        (heads, n, d_k)       X @ W_K
    ``0.V``        (heads, n, d_v)       X @ W_V
    ``0.scores``   (heads, n, n)         Q @ Kᵀ / √d_k, in logits
    ``0.weights``  (heads, n, n)         softmax of the scores, by rows
    ``0.output``   (heads, n, d_v)       weights @ V
    ``0.added``    (n, d_model)          output @ W_O, summed over heads
    ``0.attended`` (n, d_model)          X + added
    ``0.mlp``      (n, d_model)          what the MLP adds
    ``1.X`` …                            X of layer 0 after both additions
    ``result``     (n, d_model)          what the last layer leaves
    ``logits``     (n, n_nouns)          result @ unembedding
    ``pronoun``    int                   place of the first pronoun, from 0
    ``answer``     str                   noun of the largest logit there
    ============== ===================== ===================================

    The last two are missing where the sentence has no pronoun.
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        self._content = dict(content)

    def __getitem__(self, name: str) -> Any:
        """A tensor by its name; an unknown name is answered by near ones."""
        if name not in self._content:
            if name in ("pronoun", "answer"):
                raise KeyError(f"no {name!r}: the sentence has no pronoun")
            hint = nearest(name, self._content) or tuple(self._content)
            raise KeyError(f"no {name!r} here; nearest: {', '.join(hint)}")
        return self._content[name]

    def __iter__(self) -> Iterator[str]:
        """The names, in the order of the computation."""
        return iter(self._content)

    def __len__(self) -> int:
        """How many names there are."""
        return len(self._content)


class SentenceModel:
    """A trained model of one language; call it with a sentence.

    Attributes:
        lang: The code of the language.
        weights: The trained tensors by their names: ``embedding`` (n_words,
            d_model), ``position`` (n_max, d_model); of each layer, ``0`` and
            ``1``, ``0.W_Q`` and ``0.W_K`` (heads, d_model, d_k), ``0.W_V``
            (heads, d_model, d_v), ``0.W_O`` (heads, d_v, d_model), ``0.W_1``
            (d_model, d_ff), ``0.b_1`` (d_ff,), ``0.W_2`` (d_ff, d_model);
            ``unembedding`` (d_model, n_nouns).
        words: The tokens that it knows, in the order of ``embedding``.
        nouns: What it can answer, in the order of ``unembedding``.
        pronouns: The tokens that it answers at.
        recipe: The command, the seed and the versions that made it.
    """

    def __init__(
        self,
        lang: str,
        weights: Mapping[str, Tensor],
        words: Sequence[str],
        nouns: Sequence[str],
        pronouns: Sequence[str],
        recipe: Mapping[str, Any],
    ) -> None:
        self.lang = lang
        self.weights = dict(weights)
        self.words = tuple(words)
        self.nouns = tuple(nouns)
        self.pronouns = tuple(pronouns)
        self.recipe = dict(recipe)

    def __getitem__(self, name: str) -> Tensor:
        """A trained tensor by its name, such as ``model["1.W_Q"]``."""
        if name not in self.weights:
            hint = nearest(name, self.weights) or tuple(self.weights)
            raise KeyError(f"no {name!r} here; nearest: {', '.join(hint)}")
        return self.weights[name]

    def tokens(self, sentence: str) -> list[str]:
        """Cut a sentence into words that the model knows.

        Args:
            sentence: A sentence of the model's language.

        Returns:
            Its tokens as they were typed, punctuation by itself.

        Raises:
            TypeError: If it is no text.
            ValueError: If it is empty, too long or has unknown words.
        """
        if not isinstance(sentence, str):
            raise TypeError(
                f"sentence: give one sentence as text, not "
                f"{type(sentence).__name__}"
            )
        found = cut(sentence, self.words)
        unknown = [t for t in found if plain(t) not in self.words]
        most = len(self.weights["position"])
        if not found:
            raise ValueError(
                "sentence: is empty; try one such as "
                f"{self.recipe['running'][0]!r}"
            )
        if unknown:
            raise ValueError(
                f"sentence: {', '.join(map(repr, unknown))} is not among "
                f"the {len(self.words)} words of the model {self.lang!r}"
                f"{self._hint(unknown[0])}; its words: "
                f"{', '.join(self.words)}"
            )
        if len(found) > most:
            raise ValueError(
                f"sentence: has {len(found)} tokens, and the model was "
                f"trained on {most} places; make it shorter"
            )
        return found

    def _hint(self, word: str) -> str:
        near = nearest(plain(word), self.words)
        return f" (nearest: {', '.join(near)})" if near else ""

    def __call__(self, sentence: str) -> Run:
        """Read a sentence.

        Args:
            sentence: A sentence of words that the model knows.

        Returns:
            Every tensor on the way, by name; see `Run`.

        Raises:
            TypeError: If it is no text.
            ValueError: If it is empty, too long or has unknown words.
        """
        tokens = self.tokens(sentence)
        ids = torch.tensor([self.words.index(plain(t)) for t in tokens])
        with torch.no_grad():
            found = forward(self.weights, ids)
        places = [i for i, t in enumerate(tokens)
                  if plain(t) in self.pronouns]  # fmt: skip
        run: dict[str, Any] = {"tokens": tokens, **found}
        if places:
            best = int(run["logits"][places[0]].argmax())
            run |= {"pronoun": places[0], "answer": self.nouns[best]}
        return Run(run)


def forward(
    weights: Mapping[str, Tensor],
    ids: Tensor,
    masks: Sequence[Tensor | None] = (None, None),
    only: int | None = None,
) -> dict[str, Tensor]:
    """Read token numbers; every axis before the last may be a batch.

    Args:
        weights: The trained tensors; see `SentenceModel`.
        ids: Token numbers, (*batch, n).
        masks: For each layer True where query i may attend to key j, or
            None; there is one for each layer of the weights.
        only: The place whose logits are wanted, to save time in training:
            the last layer then has this one query.

    Returns:
        Every tensor by its name; see `Run`.
    """
    n = ids.shape[-1]
    embeddings = weights["embedding"][ids]  # (*batch, n, d_model)
    positions = weights["position"][:n].expand_as(embeddings)
    X = embeddings + positions
    run = {"embeddings": embeddings, "positions": positions, "X": X}
    for layer, mask in enumerate(masks):
        W = {name: weights[f"{layer}.{name}"] for name in
             ("W_Q", "W_K", "W_V", "W_O", "W_1", "b_1", "W_2")}  # fmt: skip
        asking, tokens = X, X.unsqueeze(-3)  # (*batch, 1, n, d_model)
        if only is not None and layer == len(masks) - 1:
            asking = X[..., only : only + 1, :]
            mask = None if mask is None else mask[only : only + 1]
        Q = asking.unsqueeze(-3) @ W["W_Q"]  # (*batch, heads, n_q, d_k)
        K, V = tokens @ W["W_K"], tokens @ W["W_V"]
        scores = Q @ K.mT / math.sqrt(Q.shape[-1])  # (*batch, heads, n, n)
        seen = scores
        if mask is not None:
            seen = scores.masked_fill(~mask, -math.inf)
        shares = seen.softmax(dim=-1)  # (*batch, heads, n, n)
        output = shares @ V  # (*batch, heads, n, d_v)
        added = (output @ W["W_O"]).sum(dim=-3)  # (*batch, n, d_model)
        attended = asking + added
        mlp = (attended @ W["W_1"] + W["b_1"]).relu() @ W["W_2"]
        run |= {
            f"{layer}.{name}": tensor for name, tensor in (
                ("X", X), ("Q", Q), ("K", K), ("V", V), ("scores", seen),
                ("weights", shares), ("output", output), ("added", added),
                ("attended", attended), ("mlp", mlp),
            )
        }  # fmt: skip
        X = attended + mlp
    return run | {"result": X, "logits": X @ weights["unembedding"]}


def plain(token: str) -> str:
    """A token as the table of words has it: small letters, е for ё.

    Args:
        token: As it was typed.

    Returns:
        As it is looked up.

    Examples:
        >>> plain("Лёг")
        'лег'
    """
    return token.lower().replace("ё", "е")


def cut(sentence: str, words: Sequence[str]) -> list[str]:
    """Cut a sentence into words and punctuation.

    Chinese has no spaces: there the longest known word is taken.

    Args:
        sentence: Any text.
        words: The known words, as `plain` writes them.

    Returns:
        The tokens as they were typed.

    Examples:
        >>> cut("猫趴在垫子上", ["猫", "趴", "在", "垫子", "上"])
        ['猫', '趴', '在', '垫子', '上']
    """
    known = sorted(filter(_HAN.fullmatch, words), key=len, reverse=True)
    found: list[str] = []
    for piece in _PIECE.findall(sentence):
        one = "|".join([*known, "."]) if _HAN.match(piece) else ".+"
        found += re.findall(one, piece)
    return found


def write(model: SentenceModel, path: Path) -> None:
    """Write a model as a safetensors file, its words with it.

    Args:
        model: The model.
        path: The file; it is replaced.
    """
    said = {
        "lang": model.lang, "words": model.words, "nouns": model.nouns,
        "pronouns": model.pronouns, "recipe": model.recipe,
    }  # fmt: skip
    metadata = {key: json.dumps(value, ensure_ascii=False)
                for key, value in said.items()}  # fmt: skip
    tensors = {k: v.detach().contiguous() for k, v in model.weights.items()}
    path.write_bytes(save(tensors, metadata))


def read(path: Path) -> SentenceModel:
    """Read a model from a safetensors file that `write` wrote.

    Args:
        path: The file.

    Returns:
        The model.

    Raises:
        ValueError: If the file is no such model.
    """
    try:
        with safe_open(path, "pt") as file:
            said = {k: json.loads(v) for k, v in file.metadata().items()}
            names = list(file.keys())
            tensors = {name: file.get_tensor(name) for name in names}
        return SentenceModel(weights=tensors, **said)
    except (
        AttributeError, OSError, SafetensorError, TypeError, ValueError
    ) as error:
        raise ValueError(f"{path}: is no sentence model: {error}") from error


@cache
def _shipped(lang: str) -> SentenceModel:
    return read(FOLDER / f"sentence-{lang}.safetensors")


def sentence_model(lang: str) -> SentenceModel:
    """The trained model of a language, as it comes with the package.

    Args:
        lang: "en", "ru" or "zh".

    Returns:
        The model; call it with a sentence.

    Raises:
        qkv_explained.names.UnknownName: If there is none; says which are.

    Examples:
        >>> model = sentence_model("en")
        >>> run = model("The cat sat on the mat because it was tired.")
        >>> run["answer"], run["1.weights"].shape
        ('cat', torch.Size([1, 11, 11]))
    """
    known = [path.stem.removeprefix("sentence-")
             for path in sorted(FOLDER.glob("sentence-*.safetensors"))]
    if lang not in known:
        raise UnknownName(str(lang), known)
    model = _shipped(lang)
    weights = {name: w.clone() for name, w in model.weights.items()}
    return SentenceModel(lang, weights, model.words, model.nouns,
                         model.pronouns, model.recipe)  # fmt: skip
