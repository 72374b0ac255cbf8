"""`python -m qkv_explained train-gpt`: what is said while a GPT is trained."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from tqdm import tqdm

from qkv_explained._console import complain, say
from qkv_explained.lab.gpt_curve import curve
from qkv_explained.lab.gpt_run import (
    CHECKPOINT,
    CURVE,
    SAMPLES,
    Run,
    Settings,
    open_run,
    train,
)
from qkv_explained.lab.gpt_text import OTHER, Refused, our_text, read_text
from qkv_explained.languages import Lang, words

__all__ = ["Refused", "run"]


def run(
    lang: Lang,
    text: str | None = None,
    encoding: str | None = None,
    steps: int = 1000,
    seed: int = 0,
    out: str | None = None,
    resume: bool = False,
    progress: bool = True,
) -> Run:
    """Train a GPT, or go on, and say what it writes.

    Args:
        lang: The language of what is said, and of the text if none is given.
        text: A file of the reader's own.
        encoding: What it is written in.
        steps: Steps of training.
        seed: Where chance begins.
        out: The folder of the run; default: `gpt-run`, here.
        resume: Whether to go on with what is in it.
        progress: Whether to show a progress bar.

    Returns:
        The finished run.

    Raises:
        Refused: If something cannot be done.
    """
    said = words(lang)["gpt"]
    folder = Path(out or "gpt-run")
    what = our_text(lang) if text is None else read_text(Path(text), encoding)
    made = open_run(folder, Settings(steps, seed), what, resume)
    parameters = sum(p.numel() for p in made.model.parameters())
    say(said["intro"].format(
        letters=len(what.content), different=len(what.letters),
        parameters=parameters, steps=steps))
    if what.cut:
        say(said["cut"].format(count=len(what.content)))
    if what.rare:
        say(said["rare"].format(count=what.rare, other=OTHER))
    if made.step:
        say(said["resumed"].format(step=made.step, steps=steps))
    told = [len(made.losses)]
    with tqdm(total=steps, initial=made.step, disable=not progress,
              unit="step") as bar:  # fmt: skip

        def tick(now: Run) -> None:
            bar.update(now.step - bar.n)
            for number in range(told[0], len(now.losses)):
                with bar.external_write_mode(file=sys.stdout):
                    say(_measurement(now, number, lang))
            told[0] = len(now.losses)

        try:
            train(made, folder, lambda now: picture(now, lang), tick)
        except KeyboardInterrupt:
            bar.close()
            complain(said["stopped"].format(
                step=made.losses[-1][0] if made.losses else 0,
                command=_again(lang, text, encoding, steps, seed, out)))
            raise
    say(said["done"].format(
        path=folder, curve=CURVE, samples=SAMPLES, checkpoint=CHECKPOINT))
    return made


def picture(run: Run, lang: Lang) -> str:
    """The curve of a run, with the words of a language."""
    return curve(run.losses, run.settings.steps, run.floor, words(lang)["gpt"])


def _measurement(run: Run, number: int, lang: Lang) -> str:
    """What a measurement gave: the loss, and the first lines of a sample."""
    habits, said = words(lang)["habits"], words(lang)["gpt"]

    def nats(value: float) -> str:
        return f"{value:.3f}".replace(".", habits["decimal"])

    (step, loss), (_, text) = run.losses[number], run.samples[number]
    key = "at" if run.floor is None else "at_floor"
    head = said[key].format(
        step=step, loss=nats(loss), floor=nats(run.floor or 0.0))
    lines = [f"    {line}" for line in text.strip().splitlines()[:2]]
    return "\n".join([head, *lines])


def _again(
    lang: Lang, text: str | None, encoding: str | None, steps: int, seed: int,
    out: str | None,
) -> str:
    """The command that goes on with a run."""
    parts = ["python", "-m", "qkv_explained", "train-gpt", "--lang", lang]
    for flag, value in (("--text", text), ("--encoding", encoding),
                        ("--out", out)):
        parts += [flag, value] if value else []
    parts += ["--steps", str(steps), "--seed", str(seed), "--resume"]
    return shlex.join(parts)
