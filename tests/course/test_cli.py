"""The command line: three languages, clear mistakes, narrow consoles."""

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from qkv_explained import _console, cli, course
from qkv_explained.course import LANGUAGES
from tools.places import ROOT


@pytest.fixture
def run(capsys, monkeypatch):
    """Call the command line in English; give status, stdout, stderr."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")

    def call(line: str) -> tuple[int, str, str]:
        status = cli.main(line.split())
        out, err = capsys.readouterr()
        return status, out, err

    return call


def process(line: str, **environment: str) -> subprocess.CompletedProcess:
    clean = {k: v for k, v in os.environ.items() if not k.startswith("LC_")}
    return subprocess.run(
        [sys.executable, "-m", "qkv_explained", *line.split()],
        capture_output=True, cwd=ROOT, env={**clean, **environment},
        check=False, timeout=60,
    )


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("line", ["--lang {}", "--lang {} list",
                                  "list --lang={}"])
def test_lists_all_in_every_language_wherever_the_option_stands(
    run, lang, line
):
    status, out, err = run(line.format(lang))
    assert (status, err) == (0, "")
    for entry in course.everything():
        assert entry.id in out
        assert entry.titles[lang] in out


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", course.ids())
def test_show_prints_idea_formula_and_sources(run, lang, name):
    status, out, err = run(f"show {name} --lang {lang}")
    entry = course.get(name)
    assert (status, err) == (0, "")
    assert entry.formula in out
    assert re.sub(r"\s", "", entry.ideas[lang]) in re.sub(r"\s", "", out)
    assert out.count("arxiv.org") == sum(
        not s.key.startswith(("note", "elhage")) for s in entry.sources)


@pytest.mark.parametrize("name", course.ids())
def test_run_goes_through_the_snippets_of_the_page(run, monkeypatch, name):
    # What each prints is compared elsewhere (tests/checks/test_snippets.py);
    # here it is enough that all are run, in order.
    def printed(file: Path) -> str:
        out = file.with_suffix(".out")
        return out.read_text("utf-8") if out.exists() else ""

    def recorded(file: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess([], 0, printed(file), "")

    monkeypatch.setattr(cli, "run_alone", recorded)
    entry = course.get(name)
    status, out, err = run(f"run {name}")
    assert (status, err) == (0, "")
    expected = "\n".join(
        f"# {entry.id}/{step}.py\n" + printed(cli.snippet_file(entry, step))
        for step in entry.snippets
    )
    assert out == expected


def test_run_prints_what_the_page_prints(run):
    entry = course.get("projection")
    step = entry.snippets[0]
    out_file = cli.snippet_file(entry, step).with_suffix(".out")
    printed = out_file.read_text("utf-8")
    status, out, _ = run(f"run projection {step}")
    assert status == 0
    assert out == f"# projection/{step}.py\n{printed}"
    assert run(f"run projection/{step}.py")[1] == out


def test_run_reports_a_snippet_that_fails(run, monkeypatch, tmp_path):
    step = course.get("projection").snippets[0]
    broken = tmp_path / f"{step}.py"
    broken.write_text("raise SystemExit(3)", "utf-8")
    monkeypatch.setattr(cli, "snippet_file", lambda *_: broken)
    status, _, err = run(f"run projection {step}")
    assert status == 1
    assert "exit status 3" in err


def test_a_snippets_neighbour_cannot_shadow_a_library(tmp_path):
    (tmp_path / "random.py").write_text("raise SystemExit(1)", "utf-8")
    snippet = tmp_path / "snippet.py"
    snippet.write_text("import random, qkv_explained; print('ok ᵀ')",
                       "utf-8")
    done = cli.run_alone(snippet)
    assert (done.returncode, done.stdout) == (0, "ok ᵀ\n")


def test_without_torch_the_snippets_say_what_to_install(run, monkeypatch):
    monkeypatch.setattr(cli, "find_spec", lambda name: None)
    status, _, err = run("run projection")
    assert status == 2
    assert "pip install torch" in err


def test_shapes_counts_with_every_option_and_the_paper_by_default(run):
    status, out, _ = run("shapes --d-model 512 --heads 8")
    assert status == 0
    for number in ("1,048,576", "2,048", "1,050,624", "(8, 10, 64)"):
        assert number in out
    assert run("shapes")[1] == out
    out = run("shapes --d-model 20 --heads 6 --kv-heads 2 --d-k 3 --d-v 5 "
              "--tokens 4 --batch 8")[1]
    assert "(8, 2, 4, 5)" in out


@pytest.mark.parametrize("lang", LANGUAGES)
def test_seven_heads_fail_clearly_in_every_language(run, lang):
    status, out, err = run(f"shapes --d-model 512 --heads 7 --lang {lang}")
    assert (status, out) == (2, "")
    for part in ("512 / 7 = 73", "1, 2, 4, 8, 16, 32, 64, 128, 256, 512",
                 "--d-k 73", "511"):
        assert part in err


@pytest.mark.parametrize(("line", "hint"), [
    ("show projektion", "projection"),
    ("show", "weight-dimensions"),
    ("run multi-haed", "multi-head"),
    ("run projection by_hnd", "by_hand"),
    ("shwo projection", "show"),
    ("projection", "show projection"),
    ("shapes --headz 3", "--heads"),
    ("shapes --heads seven", "whole number"),
    ("shapes --heads", "needs a value"),
    ("shapes --heads 0", "--heads: got 0"),
    ("shapes 12", "“12”"),
    ("shapes --heads 8 --kv-heads 3", "1, 2, 4, 8"),
    ("--lang", "needs a value"),
    ("--lang rus", "ru"),
    ("--wide", "--help"),
    ("myth", "shared-qk"),
    ("myth projection", "not a myth"),
    ("myth shared", "shared-qk"),
    ("myth shared-qk --size huge", "quick"),
    ("myth shared-qk --seeds 0", "--seeds: got 0"),
    ("myth shared-qk --out /nowhere/at/all.json", "/nowhere/at"),
    ("myth shared-qk --out .", "is a folder"),
])
def test_a_mistake_gives_a_hint_and_status_2(run, line, hint):
    status, out, err = run(line)
    assert (status, out) == (2, "")
    assert hint in err
    assert "Traceback" not in err


@pytest.mark.parametrize("line", [
    "--help", "help", "-h", "show --help", "run -h", "shapes --help",
    "myth --help", "list --help", "sentence-model --help", "--version",
])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_in_every_language(run, line, lang):
    status, out, err = run(f"{line} --lang {lang}")
    assert (status, err) == (0, "")
    assert out


def test_myth_hands_over_what_was_typed(run, monkeypatch, tmp_path):
    from qkv_explained.course import myths

    calls = []
    monkeypatch.setattr(
        myths, "run_myth", lambda *a, **k: calls.append((a, k)))
    out = tmp_path / "result.json"
    status, *_ = run(
        f"myth shared_qk --size full --seeds 3 --out {out}")
    assert status == 0
    assert calls == [
        (("shared-qk",), {"size": "full", "seeds": 3, "out": out,
                          "lang": "en"})]


def test_the_sentence_model_is_trained_and_written(run, tmp_path):
    out = tmp_path / "model.safetensors"
    line = f"sentence-model --seed 1 --steps 2 --out {out}"
    status, said, _ = run(line)
    assert status == 0
    assert said.startswith("The cat sat on the mat because it was tired.")
    assert f"Written: {out}" in said
    assert out.stat().st_size < 170_000


@pytest.mark.parametrize(("line", "said"), [
    ("sentence-model --steps 0", "--steps: got 0; it must be at least 1."),
    ("sentence-model --seed -1", "--seed: got -1; it must be at least 0."),
    ("sentence-model --out nowhere/model", "nowhere does not exist"),
])
def test_a_wrong_sentence_model_is_told(run, line, said):
    status, _, err = run(line)
    assert status == 2
    assert said in err


def test_ctrl_c_ends_without_a_traceback(run, monkeypatch):
    def interrupted(session, words):
        raise KeyboardInterrupt

    monkeypatch.setitem(cli.COMMANDS, "list", interrupted)
    status, _, err = run("list")
    assert status == 130
    assert err == "Stopped.\n"


@pytest.mark.parametrize(("environ", "system", "lang"), [
    ({"LANG": "ru_RU.UTF-8"}, "", "ru"),
    ({"LANG": "zh_TW"}, "", "zh"),
    ({"LC_ALL": "C", "LANG": "ru_RU"}, "", "en"),
    ({"LC_MESSAGES": "zh_CN", "LANG": "ru_RU"}, "", "zh"),
    ({"LANG": "fi_FI"}, "", "en"),
    ({"LANG": "rum"}, "", "en"),
    ({}, "Russian_Russia", "ru"),
    ({}, "Chinese (Simplified)_China", "zh"),
    ({}, "", "en"),
])
def test_the_language_comes_from_the_system(environ, system, lang):
    assert _console.language(environ, system) == lang


def test_a_reader_in_moscow_gets_russian_without_asking():
    done = process("", LANG="ru_RU.UTF-8", PYTHONIOENCODING="utf-8")
    assert "Понятия" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp866", "gbk"])
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("line", ["list", "show shared-qk", "shapes",
                                  "shapes --heads 7", "show projektion"])
def test_no_console_is_too_narrow(monkeypatch, line, lang, encoding):
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding) for _ in range(2))
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    status = cli.main([*line.split(), "--lang", lang])
    assert status in (0, 2)
    out.flush()
    assert out.buffer.getvalue() or status == 2


def test_an_ascii_console_gets_readable_formulas_and_english():
    done = process("show shared-qk", LANG="zh_CN.UTF-8",
                   PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    text = done.stdout.decode("ascii")
    assert done.returncode == 0
    assert "S = Q Q^T / sqrt d_k = S^T" in text
    assert "attention loses its direction" in re.sub(r"\s+", " ", text)


def test_a_language_that_cannot_be_shown_is_said_so():
    done = process("list --lang ru", PYTHONIOENCODING="ascii",
                   PYTHONUTF8="0")
    assert done.returncode == 0
    assert b"PYTHONIOENCODING=utf-8" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="pipes close differently there")
def test_a_closed_pipe_is_not_an_error():
    done = subprocess.run(
        f"{sys.executable} -m qkv_explained shapes | true",
        shell=True, capture_output=True, cwd=ROOT, check=False, timeout=60,
    )
    assert done.stderr == b""


def test_wrapping_counts_chinese_characters_twice():
    lines = _console.wrap("键" * 50, width=40).splitlines()
    assert [len(line) for line in lines] == [20, 20, 10]
    assert _console.wrap("键" * 20 + "。", width=40).count("\n") == 0
