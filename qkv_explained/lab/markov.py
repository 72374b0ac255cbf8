"""Texts whose best possible loss is known: sentences drawn from a grammar.

A grammar is a table of states. Each has pieces of text with a weight and
the state that follows, `"2 The cat > cat"`; the sentence ends where the next
state is `end`. No piece of a state begins with another one of it, so a
reader of the letters always knows the state, and the entropy per letter is
exact.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

END = "end"


@dataclass(frozen=True)
class Choice:
    """One way to go on.

    Attributes:
        probability: How likely it is in its state.
        text: What is written.
        state: What comes then.
    """

    probability: float
    text: str
    state: str


class Source:
    """A source of sentences with a known entropy.

    Attributes:
        states: The choices of each state; `start` is the first.
    """

    def __init__(self, grammar: Mapping[str, Sequence[str]]) -> None:
        """Read a grammar.

        Args:
            grammar: For each state lines `"weight text > next"`, where
                `_` stands for a space.

        Raises:
            ValueError: If a line cannot be read, leads nowhere or is
                begun by another one of its state.
        """
        self.states = {
            name: _choices(name, lines) for name, lines in grammar.items()
        }
        for name, choices in self.states.items():
            texts = [choice.text for choice in choices]
            for choice in choices:
                if choice.state not in {*self.states, END}:
                    raise ValueError(
                        f"{name}: {choice.text!r} leads to "
                        f"{choice.state!r}, which is no state"
                    )
                if sum(text.startswith(choice.text) for text in texts) > 1:
                    raise ValueError(
                        f"{name}: {choice.text!r} begins another choice, so "
                        "the letters do not tell which was made"
                    )

    def sentence(self, random: Random) -> str:
        """Draw one sentence.

        Args:
            random: Where chance comes from.

        Returns:
            Its text, with all that the grammar writes.
        """
        state, text = "start", ""
        while state != END:
            at, choices = random.random(), self.states[state]
            for choice in choices:
                at -= choice.probability
                if at < 0:
                    break
            state, text = choice.state, text + choice.text
        return text

    def text(self, sentences: int, seed: int) -> str:
        """Draw many sentences.

        Args:
            sentences: How many.
            seed: The same seed gives the same text.

        Returns:
            The sentences, one after the other.
        """
        random = Random(seed)
        return "".join(self.sentence(random) for _ in range(sentences))

    def floor(self) -> float:
        """The entropy of a letter: no honest model has less loss.

        Returns:
            Nats per letter, in the mean over a long text: the entropy of a
            sentence divided by its mean length.
        """
        entropy, length = self._expected("start")
        return entropy / length

    def _expected(self, state: str) -> tuple[float, float]:
        """Nats and letters to come, from a state to the sentence's end."""
        if state == END:
            return 0.0, 0.0
        entropy = length = 0.0
        for choice in self.states[state]:
            more, letters = self._expected(choice.state)
            p = choice.probability
            entropy += p * (more - math.log(p))
            length += p * (letters + len(choice.text))
        return entropy, length

    def surprises(self, text: str) -> list[float]:
        """What each letter of a text costs the source itself.

        Args:
            text: Whole sentences of this source.

        Returns:
            −log p of each letter given all before it, in nats.

        Raises:
            ValueError: If the source cannot have written the text.
        """
        found: list[float] = []
        known: dict[tuple[str, str, str], tuple[float, str, str]] = {}
        state, said = "start", ""
        for letter in text:
            step = (state, said, letter)
            if step not in known:
                known[step] = self._step(*step)
            cost, state, said = known[step]
            if math.isinf(cost):
                raise ValueError(
                    f"the source writes no {letter!r} after "
                    f"{text[: len(found)][-20:]!r}"
                )
            found.append(cost)
        return found

    def _step(self, state: str, said: str, letter: str) \
            -> tuple[float, str, str]:
        """What a letter costs, and the state and what is said after it."""
        left = [c for c in self.states[state] if c.text.startswith(said)]
        said += letter
        right = [c for c in left if c.text.startswith(said)]
        if not right:
            return math.inf, state, said
        share = sum(c.probability for c in right)
        cost = -math.log(share / sum(c.probability for c in left))
        if right[0].text != said:
            return cost, state, said
        following = right[0].state
        return cost, "start" if following == END else following, ""

    def wrote(self, sentence: str) -> bool:
        """Whether this source could have written a whole sentence.

        Args:
            sentence: With its end, as the grammar writes it.

        Returns:
            True if some choices give it.
        """
        waiting = [("start", "")]
        while waiting:
            state, said = waiting.pop()
            if state == END:
                if said == sentence:
                    return True
                continue
            waiting += [
                (c.state, said + c.text) for c in self.states[state]
                if sentence.startswith(said + c.text)
            ]
        return False


def _choices(name: str, lines: Sequence[str]) -> list[Choice]:
    parts = []
    for line in lines:
        left, _, state = line.partition(" > ")
        weight, _, text = left.partition(" ")
        if not (state and text and weight.isdigit() and int(weight)):
            raise ValueError(
                f"{name}: {line!r} is not 'weight text > next', such as "
                "'2 The_cat > cat'"
            )
        parts.append((int(weight), text.replace("_", " "), state))
    whole = sum(weight for weight, _, _ in parts)
    return [Choice(weight / whole, text, state)
            for weight, text, state in parts]  # fmt: skip
