"""`train-gpt` as a reader meets it: what is said, in each language."""

import ast
import inspect
import os
import re
import shlex
import string
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from qkv_explained import cli, languages
from qkv_explained.lab import gpt_command, gpt_run, gpt_text
from qkv_explained.lab.gpt_curve import curve
from qkv_explained.lab.gpt_text import Refused
from qkv_explained.languages import LANGUAGES

TEXT = "one two three four.\n" * 60
FAST = gpt_run.Settings(batch=2, n_context=16, d_model=8, n_heads=2,
                        n_layers=1)  # fmt: skip


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A small model, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(
        gpt_command, "Settings",
        lambda steps, seed: gpt_run.Settings(
            steps, seed, FAST.batch, FAST.n_context, FAST.d_model,
            FAST.n_heads, FAST.n_layers))
    (tmp_path / "mine.txt").write_text(TEXT, "utf-8")
    return tmp_path


def run(line: str) -> int:
    return cli.main(["train-gpt", *line.split()])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_language_trains_on_its_own_text(
    lang: str, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(f"--steps 2 --lang {lang}") == 0
    said = languages.words(lang)["gpt"]
    out = capsys.readouterr().out
    assert said["done"].partition("{")[0] in out
    assert said["at_floor"].partition("{step}")[0] in out
    letters = languages.words(lang)["habits"]["letters"]
    samples = (small / "gpt-run" / "samples.txt").read_text("utf-8")
    if letters:
        assert re.search(letters, samples)
    picture = ET.parse(small / "gpt-run" / "loss.svg").getroot()
    words = [one.text for one in picture.iter() if one.text]
    assert said["loss"] in words
    assert any(said["floor"] in word for word in words)


def test_go_on_and_refuse(
    small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "--text mine.txt --steps 3 --lang en"
    assert run(line) == 0
    assert "(floor" not in capsys.readouterr().out
    assert run(line) == 2
    assert "--resume" in capsys.readouterr().err
    assert run(f"{line} --resume") == 0
    assert "Going on at step 3 of 3." in capsys.readouterr().out
    assert run(f"{line} --resume --seed 4") == 2
    assert "seed = 0, not 4" in capsys.readouterr().err
    assert (small / "mine.txt").read_text("utf-8") == TEXT


def test_ctrl_c_says_how_to_go_on_and_that_command_works(
    small: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (small / "two words.txt").write_text(TEXT, "utf-8")
    original = gpt_run.Run.update

    def stop(made: gpt_run.Run) -> None:
        if made.step == 2:
            raise KeyboardInterrupt
        original(made)

    with monkeypatch.context() as patch:
        patch.setattr(gpt_run.Run, "update", stop)
        status = cli.main(["train-gpt", "--text", "two words.txt",
                           "--steps", "4", "--lang", "en"])  # fmt: skip
    assert status == 130
    (command,) = re.findall(r"Go on with: (.*)", capsys.readouterr().err)
    assert "'two words.txt'" in command
    assert cli.main(shlex.split(command)[3:]) == 0
    assert "Going on at step 2 of 4." in capsys.readouterr().out


@pytest.mark.parametrize("line", [
    "--steps 0", "--steps many", "--text none.txt", "--text .",
    "--text mine.txt --encoding klingon", "--out mine.txt", "--rezume",
])  # fmt: skip
def test_a_mistake_ends_with_status_2(
    line: str, small: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(os.listdir(small))
    for lang in LANGUAGES:
        assert run(f"{line} --lang {lang}") == 2
        err = capsys.readouterr().err
        assert err.strip()
        assert "Traceback" not in err
    assert sorted(os.listdir(small)) == before


def refusals() -> dict[str, set[str]]:
    """Every key that is refused with, and the names of its values."""
    found: dict[str, set[str]] = {}
    for module in (gpt_run, gpt_text):
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.Call) and \
                    ast.unparse(node.func) == "Refused":
                keys = (node.args[0].value,) if isinstance(
                    node.args[0], ast.Constant) else ("short", "empty")
                for key in keys:
                    found[str(key)] = {k.arg or "" for k in node.keywords}
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_refusal_has_its_words(lang: str) -> None:
    said = languages.words(lang)["gpt"]
    assert len(refusals()) > 10
    for key, values in refusals().items():
        names = {name for _, name, _, _ in string.Formatter().parse(said[key])
                 if name}
        assert names <= values, key
        assert names or not values, key


def test_a_refusal_keeps_its_values() -> None:
    error = Refused("short", path="x", count=3)
    assert (error.key, error.values) == ("short", {"path": "x", "count": 3})


def test_the_curve_of_nothing_and_of_a_flat_run() -> None:
    words = {"loss": "a & b", "step": "<s>", "floor": "f"}
    for losses in ([], [(0, 0.0)], [(0, 1.0), (10, 1.0)]):
        root = ET.fromstring(curve(losses, 10, 0.5, words))
        assert root.tag.endswith("svg")
    assert "a &amp; b" in curve([], 1, None, words)
