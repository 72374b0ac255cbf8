"""A run of train-gpt: killed anywhere, resumed, refused, and never lost."""

import errno
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import torch

from qkv_explained.lab import gpt_run, gpt_text
from qkv_explained.lab.gpt_run import Run, Settings, open_run, train
from qkv_explained.lab.gpt_text import Refused, Text, our_text, read_text

TINY = Settings(steps=6, batch=2, n_context=16, d_model=8, n_heads=2,
                n_layers=1)  # fmt: skip
FILES = ("checkpoint.pt", "loss.svg", "samples.txt")


class Killed(BaseException):
    """Stands for a signal: nothing below may catch it."""


@pytest.fixture(scope="module")
def text() -> Text:
    whole = our_text("en")
    assert whole.source is not None
    content = whole.source.text(60, seed=1)
    return Text(content, "".join(sorted(set(content))), whole.source)


def draw(run: Run) -> str:
    return f"<svg>{run.losses}</svg>"


def contents(folder: Path) -> dict[str, Any]:
    state = torch.load(folder / "checkpoint.pt", weights_only=True)
    return {
        "state": state,
        **{name: (folder / name).read_bytes() for name in FILES[1:]},
    }


def equal(left: Any, right: Any) -> bool:
    """Equality to the bit, through dictionaries and lists."""
    if isinstance(left, torch.Tensor):
        return torch.equal(left, right)
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(
            equal(left[key], right[key]) for key in left)
    if isinstance(left, (list, tuple)):
        return len(left) == len(right) and all(
            map(equal, left, right))
    return bool(left == right)


@pytest.fixture(scope="module")
def whole(text: Text, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder = tmp_path_factory.mktemp("whole") / "run"
    train(open_run(folder, TINY, text, resume=False), folder, draw)
    return contents(folder)


def test_the_loss_falls_and_all_is_there(whole: Any, text: Text) -> None:
    losses = whole["state"]["losses"]
    assert [step for step, _ in losses] == [0, 1, 2, 3, 4, 5, 6]
    assert losses[-1][1] < losses[0][1]
    assert whole["samples.txt"].decode().count("--- ") == 7
    floor = Run(TINY, text).floor
    assert floor is not None
    assert losses[-1][1] > floor


# What is called at some place of a run, and how often before it is killed.
PLACES = [
    ("qkv_explained.lab.gpt_run.Run.update", 1),
    ("qkv_explained.lab.gpt_run.Run.update", 4),
    ("qkv_explained.lab.gpt_run.Run.measure", 3),
    ("os.fsync", 1), ("os.fsync", 4), ("os.fsync", 5), ("os.fsync", 6),
    ("os.replace", 1), ("os.replace", 4), ("os.replace", 5),
    ("os.replace", 6), ("os.replace", 21),
]  # fmt: skip


@pytest.mark.parametrize(("place", "times"), PLACES)
def test_killed_anywhere_it_ends_with_the_same(
    place: str, times: int, text: Text, whole: Any, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "run"
    original = {"os.fsync": os.fsync, "os.replace": os.replace}.get(
        place, getattr(Run, place.rpartition(".")[2], None))
    assert original is not None
    left = [times]

    def kill(*args: Any) -> Any:
        left[0] -= 1
        if left[0] == 0:
            raise Killed
        return original(*args)

    with monkeypatch.context() as patch:
        patch.setattr(place, kill)
        with pytest.raises(Killed):
            train(open_run(folder, TINY, text, False), folder, draw)
    train(open_run(folder, TINY, text, resume=True), folder, draw)
    assert equal(contents(folder), whole)
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)


def test_killed_by_the_system_it_ends_with_the_same(tmp_path: Path) -> None:
    """The command itself, in a process that gets SIGKILL at some moment."""
    text = tmp_path / "text.txt"
    text.write_text("abcde fghij klmno. " * 80, "utf-8")

    def command(out: str) -> list[str]:
        return [sys.executable, "-m", "qkv_explained", "train-gpt", "--text",
                str(text), "--steps", "4", "--out", str(tmp_path / out),
                "--resume", "--lang", "en"]  # fmt: skip

    subprocess.run(command("a"), check=True, capture_output=True)
    process = subprocess.Popen(command("b"), stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    wanted = tmp_path / "b" / "checkpoint.pt"
    for _ in range(3000):
        if wanted.exists() or process.poll() is not None:
            break
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    done = subprocess.run(command("b"), check=True, capture_output=True,
                          text=True, encoding="utf-8")  # fmt: skip
    assert "Done." in done.stdout
    assert equal(contents(tmp_path / "a"), contents(tmp_path / "b"))


def test_a_checkpoint_that_forgets_something_is_found(
    text: Text, whole: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Planted: a resume without the optimiser, or without the chance."""
    for key in ("optimizer", "generator"):
        folder = tmp_path / key
        train(open_run(folder, TINY, text, False), folder, draw)
        path = folder / "checkpoint.pt"
        early = Run(TINY, text)
        early.measure()
        early.update()
        early.measure()
        state = early.state()
        state[key] = Run(TINY, text).state()[key]
        torch.save(state, path)
        train(open_run(folder, TINY, text, True), folder, draw)
        assert not equal(contents(folder)["state"], whole["state"])


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EACCES])
def test_a_full_disk_is_told_and_nothing_is_lost(
    number: int, text: Text, whole: Any, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder = tmp_path / "run"
    calls = [0]

    def full(handle: int) -> None:
        calls[0] += 1
        if calls[0] == 8:
            raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(Refused) as refused:
            train(open_run(folder, TINY, text, False), folder, draw)
    assert refused.value.key == "not_written"
    assert refused.value.values["why"] == os.strerror(number)
    assert not list(folder.glob(".*"))
    train(open_run(folder, TINY, text, resume=True), folder, draw)
    assert equal(contents(folder), whole)


def refusal(folder: Path, settings: Settings, text: Text, resume: bool) \
        -> str:
    before = {path: path.read_bytes() for path in folder.rglob("*")}
    with pytest.raises(Refused) as refused:
        open_run(folder, settings, text, resume)
    after = {path: path.read_bytes() for path in folder.rglob("*")}
    assert after == before
    return refused.value.key


def test_what_is_there_is_never_overwritten(
    text: Text, tmp_path: Path
) -> None:
    folder = tmp_path / "run"
    train(open_run(folder, TINY, text, False), folder, draw)
    other = replace(text, content=text.content[:-9])
    assert refusal(folder, TINY, text, resume=False) == "run_there"
    assert refusal(folder, TINY, other, resume=True) == "other_text"
    for name in ("steps", "seed", "d_model", "n_layers"):
        changed = replace(TINY, **{name: 2 * getattr(TINY, name) + 2})
        assert refusal(folder, changed, text, True) == "other_settings"
    (folder / "checkpoint.pt").write_bytes(b"half a checkpo")
    assert refusal(folder, TINY, text, resume=True) == "damaged"
    for name in FILES[1:]:
        mine = tmp_path / name.replace(".", "-")
        mine.mkdir()
        (mine / name).write_text("mine", "utf-8")
        assert refusal(mine, TINY, text, resume=True) == "not_ours"
    with pytest.raises(Refused) as refused:
        open_run(folder / "loss.svg", TINY, text, False)
    assert refused.value.key == "no_folder"


LONG = "Это предложение.\n" * 100
BAD: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "spaces": (b" \n" * 2000, "empty"),
    "short": ("Ключ".encode(), "short"),
    "binary": (b"\x7fELF\0\0\1" * 300, "binary"),
    "cp1251": (LONG.encode("cp1251"), "wrong_encoding"),
    "gb18030": ("查询和键的点积。".encode("gb18030") * 300, "wrong_encoding"),
    "cut utf-8": (("я" * 2000).encode()[:-1], "wrong_encoding"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_text_is_told(name: str, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(BAD[name][0])
    with pytest.raises(Refused) as refused:
        read_text(path)
    assert refused.value.key == BAD[name][1]
    assert path.read_bytes() == BAD[name][0]


def test_no_text_at_all_is_told(tmp_path: Path) -> None:
    cases: list[tuple[Path, str | None, str]] = [
        (tmp_path / "none.txt", None, "no_file"),
        (tmp_path, None, "is_folder"),
        (Path("/dev/null"), None, "no_plain_file"),
    ]
    fine = tmp_path / "fine.txt"
    fine.write_text(LONG, "utf-8")
    cases.append((fine, "klingon", "no_encoding"))
    for path, encoding, key in cases:
        with pytest.raises(Refused) as refused:
            read_text(path, encoding)
        assert refused.value.key == key


@pytest.mark.parametrize("encoding", [
    "utf-8", "utf-8-sig", "utf-16", "cp1251", "gb18030"])
def test_a_text_in_its_encoding_is_read(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(LONG.replace("\n", "\r\n").encode(encoding))
    marked = encoding.startswith("utf")
    assert read_text(path, None if marked else encoding).content == LONG


def test_a_huge_text_is_cut_and_rare_letters_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gpt_text, "MOST", 2000)
    monkeypatch.setattr(gpt_text, "LETTERS", 5)
    path = tmp_path / "text.txt"
    path.write_text("яабвг" * 5000 + "ё", "utf-8")
    found = read_text(path)
    assert len(found.content) == 2000
    assert found.cut
    assert not found.rare
    path.write_text("абвгд" * 300 + "ёжз", "utf-8")
    found = read_text(path)
    assert not found.cut
    assert found.rare == 3
    assert found.content.endswith(gpt_text.OTHER * 3)


def test_the_smallest_text_trains(tmp_path: Path) -> None:
    path = tmp_path / "text.txt"
    path.write_text("x" * 999 + "y", "utf-8")
    run = open_run(tmp_path / "run", replace(TINY, n_context=64, steps=1),
                   read_text(path), False)  # fmt: skip
    train(run, tmp_path / "run", draw)
    assert run.floor is None
    assert len(run.losses) == 2


def test_a_measurement_leaves_the_chance_alone(text: Text) -> None:
    run, other = Run(TINY, text), Run(TINY, text)
    run.measure()
    assert torch.equal(run.generator.get_state(),
                       other.generator.get_state())  # fmt: skip


def test_a_file_is_whole_or_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    gpt_run.write(path, b"old")
    monkeypatch.setattr("os.replace", lambda *_: (_ for _ in ()).throw(
        OSError(errno.ENOSPC, "No space left on device")))
    with pytest.raises(Refused):
        gpt_run.write(path, b"new")
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
