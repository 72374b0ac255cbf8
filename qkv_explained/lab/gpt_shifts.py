"""Runs that differ in how far the targets are shifted: 0, 1 or 2.

`python -m qkv_explained.lab.gpt_shifts FILE` trains them on the first
language's text, and the right one on every language's, and writes the losses
and some of what was written; the source of the text judges its sentences.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Any

import torch
from torch import Generator, Tensor

from qkv_explained.lab.gpt_run import Run, Settings
from qkv_explained.lab.gpt_text import Text, our_text
from qkv_explained.lab.runs import versions, write_json
from qkv_explained.lab.training import one_thread
from qkv_explained.languages import LANGUAGES, PIVOT, Lang
from qkv_explained.training_a_gpt import draw_batch, next_token_loss

JUDGED = (0, 100, 200, 400, 700, 1000)
WRITTEN = 100  # sentences that are judged
SHIFTS = {"nowhere": 0, "once": 1, "twice": 2}


class Shifted(Run):
    """A run whose targets are `shift` tokens further on than its inputs."""

    def __init__(self, settings: Settings, text: Text, shift: int) -> None:
        super().__init__(settings, text)
        self.shift = shift
        # One letter less, so that a target two further on is there as well.
        self.places = self.places[:, :-1]
        self.floor = self._floor()

    def batch(self) -> tuple[Tensor, Tensor]:
        """Inputs, and targets that may be wrong."""
        n = self.settings.n_context
        windows, more = draw_batch(
            self.train_ids, self.settings.batch, n + 1,
            generator=self.generator)
        windows = torch.cat((windows, more[:, -1:]), dim=1)
        return windows[:, :n], windows[:, self.shift : self.shift + n]

    def loss(self) -> float:
        """What this run believes its loss to be, on text apart."""
        n = self.settings.n_context - 1
        inputs = self.windows[:, :n]  # (windows, n)
        targets = self.windows[:, self.shift : self.shift + n]
        with torch.no_grad():
            return next_token_loss(self.model(inputs), targets).item()

    def sentences(self) -> list[str]:
        """What it writes after the end of a sentence, up to the next end."""
        letters = self.text.letters
        rng = Generator().manual_seed(self.step)
        ids = torch.full((WRITTEN, 1), letters.index("\n"))
        with torch.no_grad():
            for _ in range(self.settings.n_context - 1):
                chances = self.model(ids)[:, -1].softmax(dim=-1)
                following = torch.multinomial(chances, 1, generator=rng)
                ids = torch.cat((ids, following), dim=1)
        lines = ["".join(letters[i] for i in row[1:].tolist()) for row in ids]
        return [line.partition("\n")[0] + "\n" for line in lines]


def measure(settings: Settings, lang: Lang, shift: int) -> dict[str, Any]:
    """Train one run, and note what it believes and what it writes.

    Args:
        settings: Of the run.
        lang: Whose text it trains on.
        shift: How far its targets are shifted.

    Returns:
        `losses` at every measurement, and the last one as `loss`; the
        `floor`; for some steps the share of sentences that are `possible`,
        and one sentence, as `samples`.
    """
    run = Shifted(settings, our_text(lang), shift)
    losses, possible, samples = [run.loss()], {}, {}
    while True:
        if run.step in JUDGED:
            found = run.sentences()
            source = run.text.source
            if source is not None:
                wrote = sum(map(source.wrote, found))
                possible[str(run.step)] = wrote / WRITTEN
            samples[str(run.step)] = found[0].strip()
        if run.step == settings.steps:
            break
        run.update()
        if run.step % settings.every == 0:
            losses.append(run.loss())
    return {"floor": run.floor, "loss": losses[-1], "losses": losses,
            "possible": possible, "samples": samples}  # fmt: skip


def main(out: Path) -> None:
    """Measure, and write a result file."""
    settings, start = Settings(), time.perf_counter()
    with one_thread():
        values = {
            "steps": settings.steps, "every": settings.every,
            "written": WRITTEN,
            **{name: measure(settings, PIVOT, shift)
               for name, shift in SHIFTS.items()},
            "languages": {lang: measure(settings, lang, 1)
                          for lang in LANGUAGES},
        }
    write_json(out, {
        "name": "training-a-gpt", "values": values,
        "command": f"python -m qkv_explained.lab.gpt_shifts {out.as_posix()}",
        "duration_s": time.perf_counter() - start,
        "versions": versions("torch"),
    })


if __name__ == "__main__":
    main(Path(sys.argv[1]))
