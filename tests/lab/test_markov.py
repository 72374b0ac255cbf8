"""The source of sentences: its entropy is exact, its judgement right."""

import math
import tomllib
from random import Random

import pytest

from qkv_explained.lab.gpt_text import TEXTS, our_text
from qkv_explained.lab.markov import Source
from qkv_explained.languages import LANGUAGES

COIN = {"start": ["1 a > start2", "3 bb > end"], "start2": ["1 c > end"]}


def test_the_floor_by_hand() -> None:
    entropy = 0.25 * math.log(4) + 0.75 * math.log(4 / 3)
    assert Source(COIN).floor() == pytest.approx(entropy / 2)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_floor_is_what_the_source_pays(lang: str) -> None:
    text = our_text(lang)
    assert text.source is not None
    paid = text.source.surprises(text.content)
    assert len(paid) == len(text.content)
    mean = sum(paid) / len(paid)
    assert mean == pytest.approx(text.source.floor(), rel=0.01)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sentences_fit_into_a_window_and_are_known(lang: str) -> None:
    source = Source(tomllib.loads((TEXTS / f"{lang}.toml").read_text("utf-8")))
    random = Random(1)
    for _ in range(200):
        sentence = source.sentence(random)
        assert len(sentence) < 64
        assert sentence.endswith("\n")
        assert source.wrote(sentence)
        assert not source.wrote(sentence[:-1])
        assert not source.wrote(sentence[1:])


def test_probabilities_of_sentences_sum_to_one() -> None:
    source = Source(tomllib.loads((TEXTS / "en.toml").read_text("utf-8")))
    waiting, found = [("start", "")], []
    while waiting:
        state, said = waiting.pop()
        if state == "end":
            found.append(said)
        else:
            waiting += [(c.state, said + c.text)
                        for c in source.states[state]]
    assert len(found) == len(set(found))
    whole = sum(math.exp(-sum(source.surprises(one))) for one in found)
    assert whole == pytest.approx(1)


@pytest.mark.parametrize(("grammar", "said"), [
    ({"start": ["a > end"]}, "is not 'weight text > next'"),
    ({"start": ["0 a > end"]}, "is not 'weight text > next'"),
    ({"start": ["1 a > nowhere"]}, "which is no state"),
    ({"start": ["1 a > end", "1 ab > end"]}, "begins another choice"),
])  # fmt: skip
def test_a_bad_grammar_is_told(grammar: dict[str, list[str]], said: str) \
        -> None:
    with pytest.raises(ValueError, match=said):
        Source(grammar)


def test_a_foreign_text_is_told() -> None:
    with pytest.raises(ValueError, match="writes no 'x' after 'bba'"):
        Source(COIN).surprises("bbax")
