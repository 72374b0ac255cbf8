"""A training run that can be killed at any moment and gone on with.

A run is a folder. `checkpoint.pt` holds all that the run is: weights,
optimizer, the state of chance, losses and samples; the curve and the samples
are written from it. A file is written beside its place and then renamed, so
that it is whole or not there.
"""

from __future__ import annotations

import io
import math
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Generator, Tensor

from qkv_explained.gpt import GPT
from qkv_explained.lab.gpt_text import Refused, Text
from qkv_explained.lab.training import one_thread
from qkv_explained.training_a_gpt import draw_batch, next_token_loss, sample

CHECKPOINT, CURVE, SAMPLES = "checkpoint.pt", "loss.svg", "samples.txt"
SHARE = 0.9  # of the text is for training; the rest measures the loss
WARM_UP = 50
MEASURED = 64  # windows that the loss is measured on


@dataclass(frozen=True)
class Settings:
    """All that decides what a run gives, besides the text.

    Attributes:
        steps: Steps of training.
        seed: Where chance begins.
        batch: Windows in a step.
        n_context: Tokens in a window.
        d_model: Numbers in a token.
        n_heads: Heads in a block.
        n_layers: Blocks.
        lr: The largest learning rate.
    """

    steps: int = 1000
    seed: int = 0
    batch: int = 12
    n_context: int = 64
    d_model: int = 64
    n_heads: int = 4
    n_layers: int = 2
    lr: float = 3e-3

    @property
    def every(self) -> int:
        """Steps between two checkpoints."""
        return max(1, self.steps // 20)


class Run:
    """A run in memory: the model, its optimizer, and what was measured.

    Attributes:
        settings: What was asked for.
        text: What it trains on.
        step: Updates made so far.
        losses: Step, loss on text that is not trained on, for each
            measurement.
        samples: Step and what the model wrote, for each measurement.
    """

    def __init__(self, settings: Settings, text: Text) -> None:
        self.settings, self.text, self.step = settings, text, 0
        self.losses: list[tuple[int, float]] = []
        self.samples: list[tuple[int, str]] = []
        self.generator = Generator().manual_seed(settings.seed)
        self.model = GPT(
            len(text.letters), settings.n_context, settings.d_model,
            settings.n_heads, settings.n_layers, generator=self.generator,
        )
        self.optimizer = torch.optim.AdamW(self.model.parameters())
        place = {letter: i for i, letter in enumerate(text.letters)}
        ids = torch.tensor([place[letter] for letter in text.content])
        self.train_ids = ids[: int(len(ids) * SHARE)]
        self.places = self._places()
        self.windows = ids[self.places]  # (windows, n_context + 1)
        self.floor = self._floor()

    def _places(self) -> Tensor:
        """Where the letters stand that the loss is measured on.

        Windows of the last tenth of the text; each begins where a line
        begins, if there are enough lines, so that nothing before it matters.
        """
        n, first = self.settings.n_context, len(self.train_ids)
        content = self.text.content
        last = len(content) - n - 1
        begins = [i for i in range(first, last) if content[i - 1] == "\n"]
        if len(begins) < MEASURED:
            begins = list(range(first, last, max(1, n // 2))) or [last]
        begins = begins[:: max(1, len(begins) // MEASURED)][:MEASURED]
        return torch.tensor(begins)[:, None] + torch.arange(n + 1)

    def _floor(self) -> float | None:
        """What the source itself pays for these letters."""
        if self.text.source is None:
            return None
        costs = torch.tensor(self.text.source.surprises(self.text.content))
        return costs[self.places[:, 1:]].mean().item()

    def batch(self) -> tuple[Tensor, Tensor]:
        """Inputs and targets of the next step."""
        return draw_batch(
            self.train_ids, self.settings.batch, self.settings.n_context,
            generator=self.generator)

    def update(self) -> None:
        """One step: a batch, its loss, the gradient, AdamW."""
        s = self.settings
        inputs, targets = self.batch()
        rise = min(1.0, (self.step + 1) / WARM_UP)
        fall = (1 + math.cos(math.pi * self.step / s.steps)) / 2
        for group in self.optimizer.param_groups:
            group["lr"] = s.lr * rise * (0.05 + 0.95 * fall)
        self.optimizer.zero_grad()
        next_token_loss(self.model(inputs), targets).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimizer.step()
        self.step += 1

    def measure(self) -> None:
        """Note the loss and a sample; chance of the training is untouched."""
        with torch.no_grad():
            logits = self.model(self.windows[:, :-1])
        loss = next_token_loss(logits, self.windows[:, 1:]).item()
        own = Generator().manual_seed(self.settings.seed + self.step)
        start = self.text.letters.find("\n")
        ids = sample(self.model, torch.tensor([max(start, 0)]),
                     self.settings.n_context - 1, generator=own)  # fmt: skip
        written = "".join(self.text.letters[i] for i in ids[1:].tolist())
        self.losses.append((self.step, loss))
        self.samples.append((self.step, written))

    def state(self) -> dict[str, Any]:
        """All of the run, as a checkpoint holds it."""
        return {
            "settings": asdict(self.settings), "text": self.text.mark,
            "step": self.step, "losses": self.losses,
            "samples": self.samples, "letters": self.text.letters,
            "model": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "generator": self.generator.get_state(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """Become the run that a checkpoint holds."""
        self.step = state["step"]
        self.losses = [(step, loss) for step, loss in state["losses"]]
        self.samples = [(step, text) for step, text in state["samples"]]
        self.model.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.generator.set_state(state["generator"])


def write(path: Path, content: bytes) -> None:
    """Write a file so that it is never seen half-written.

    Args:
        path: The file; what was there stays until the new one is whole.
        content: Its bytes.

    Raises:
        Refused: If it cannot be written, as on a full disk.
    """
    name = ""
    try:
        handle, name = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)  # mkstemp makes it readable by the owner only
        os.replace(name, path)
    except OSError as error:
        raise Refused("not_written", path=path, why=error.strerror) from None
    finally:
        if name:
            Path(name).unlink(missing_ok=True)


def open_run(
    folder: Path, settings: Settings, text: Text, resume: bool
) -> Run:
    """Begin a run in a folder, or go on with the one that is there.

    Args:
        folder: Where the run is kept; it is made if it is missing.
        settings: What is asked for.
        text: What to train on.
        resume: Whether to go on where the folder has a run.

    Returns:
        The run, as far as it has come.

    Raises:
        Refused: If the folder holds something else, or a run that was not
            to be gone on with; nothing in it has been changed.
    """
    path = folder / CHECKPOINT
    if folder.exists() and not folder.is_dir():
        raise Refused("no_folder", path=folder)
    run = Run(settings, text)
    if not path.exists():
        foreign = [name for name in (CURVE, SAMPLES)
                   if (folder / name).exists()]
        if foreign:
            raise Refused("not_ours", path=folder / foreign[0])
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Refused("not_written", path=folder,
                          why=error.strerror) from None  # fmt: skip
        return run
    state = _loaded(path)
    wanted = run.state()
    there, asked = state["settings"], wanted["settings"]
    if state["text"] != wanted["text"]:
        raise Refused("other_text", path=folder)
    for name in asked:
        if there.get(name) != asked[name]:
            raise Refused("other_settings", path=folder, name=name,
                          there=there.get(name), asked=asked[name])
    if not resume:
        raise Refused("run_there", path=folder, step=state["step"],
                      steps=settings.steps)  # fmt: skip
    for left in folder.glob(".*.tmp"):
        if left.name.startswith(tuple(
                f".{name}." for name in (CHECKPOINT, CURVE, SAMPLES))):
            left.unlink(missing_ok=True)
    run.restore(state)
    return run


def _loaded(path: Path) -> dict[str, Any]:
    """What a checkpoint holds."""
    try:
        state = torch.load(path, weights_only=True)
        if not isinstance(state["settings"], dict):
            raise TypeError
        for key in ("text", "step", "losses", "samples", "model",
                    "optimizer", "generator"):
            state[key]
    except Exception as error:
        raise Refused("damaged", path=path) from error
    found: dict[str, Any] = state
    return found


def train(
    run: Run, folder: Path, draw: Callable[[Run], str],
    tick: Callable[[Run], None] = lambda run: None,
) -> None:
    """Train to the end, with a checkpoint at every measurement.

    Args:
        run: The run, new or gone on with.
        folder: Where it is kept.
        draw: Makes the picture of its losses, an SVG.
        tick: Called after each step and each measurement.

    Raises:
        Refused: If a checkpoint cannot be written; the last one is whole.
    """
    with one_thread(), _deterministic():
        while True:
            measured = run.losses and run.losses[-1][0] == run.step
            due = (run.step % run.settings.every == 0
                   or run.step == run.settings.steps)
            if due and not measured:
                run.measure()
                buffer = io.BytesIO()
                torch.save(run.state(), buffer)
                write(folder / CHECKPOINT, buffer.getvalue())
            if due:
                write(folder / CURVE, draw(run).encode())
                write(folder / SAMPLES, written(run).encode())
                tick(run)
            if run.step >= run.settings.steps:
                return
            run.update()
            tick(run)


def written(run: Run) -> str:
    """The samples of a run, each below its step and its loss."""
    return "".join(
        f"--- {step}  {loss:.4f}\n{text}\n"
        for (step, loss), (_, text) in zip(
            run.losses, run.samples, strict=True)
    )


@contextmanager
def _deterministic() -> Iterator[None]:
    """Let torch compute the same thing in the same way each time."""
    before = torch.are_deterministic_algorithms_enabled()
    torch.use_deterministic_algorithms(True)
    try:
        yield
    finally:
        torch.use_deterministic_algorithms(before)
