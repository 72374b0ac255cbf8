"""BENCH.md says what was measured, and every bar is kept."""

import json
import subprocess
import sys

import pytest

from tools.bench import attention, pages, report
from tools.bench.__main__ import SECTIONS
from tools.bench.report import DATA, REPORT, ROOT, Bar, Section


@pytest.fixture
def kept():
    return json.loads(DATA.read_text("utf-8"))


def problems(kept, text):
    """What is wrong with the published measurements, as lines."""
    found = []
    if list(kept["sections"]) != list(SECTIONS):
        found.append(f"measured: {', '.join(kept['sections'])}; asked for: "
                     f"{', '.join(SECTIONS)}; run: make bench")
        return found
    for name, section in kept["sections"].items():
        for one in section["bars"]:
            bar = Bar(**{k: v for k, v in one.items() if k != "kept"})
            if not bar.kept or not one["kept"]:
                found.append(f"{name}: {bar.what}: {bar.value} is beyond the "
                             f"bar of {bar.limit}; mend what got worse, then "
                             f"measure again: python -m tools.bench {name}")
    if text != report.text(kept):
        found.append("BENCH.md is not made from bench.json; run: "
                     "python -m tools.bench --report")
    return found


def test_what_is_published_was_measured_and_keeps_the_bars(kept):
    assert problems(kept, REPORT.read_text("utf-8")) == []


@pytest.mark.parametrize(("plant", "said"), [
    (lambda kept: kept["sections"].pop("lighthouse"), "make bench"),
    (lambda kept: kept["sections"].update(speed={}), "make bench"),
    (lambda kept: kept["sections"]["mha"]["bars"][0].update(value=1.6),
     "mha: time, against nn.MultiheadAttention: 1.6 is beyond"),
    (lambda kept: kept["sections"]["lighthouse"]["bars"][0].update(value=94),
     "94 is beyond the bar of 95"),
    (lambda kept: kept["sections"]["edit"]["bars"][0].update(value=1.4),
     "BENCH.md is not made from bench.json"),
])
def test_planted_defect_is_found(kept, plant, said):
    plant(kept)
    assert said in "\n".join(problems(kept, REPORT.read_text("utf-8")))


def test_the_worst_page_gives_the_bar():
    values = {"zh/a/": 2, "ru/b/": 3, "en/c/": 1}
    heavy = pages.most("x", 2.5, values, "KB")
    low = pages.least("y", 1, values)
    assert (heavy.value, heavy.where, heavy.kept) == (3, "ru/b/", False)
    assert (low.value, low.where, low.kept) == (1, "en/c/", True)
    made = Section("Title", "How.", [heavy, low]).as_json("one", 1)
    text = report.summary([made])
    assert "| Title: x | ≤ 2.5 KB | 3 KB | **no** | ru/b/ |" in text
    assert "| Title: y | ≥ 1 | 1 | yes | en/c/ |" in text


def test_peak_of_memory_counts_what_lives_at_once():
    import torch

    def work():
        a = torch.empty(1 << 20, dtype=torch.uint8)
        del a
        b = torch.empty(1 << 20, dtype=torch.uint8)
        c = torch.empty(1 << 20, dtype=torch.uint8)
        return b, c

    assert attention.peak(work) == 2 << 20


def test_what_is_compared_computes_the_same():
    assert attention.cases()[1] < 1e-5


def test_unknown_section_is_refused():
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench", "speed"],
        cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert "known: build" in done.stderr
