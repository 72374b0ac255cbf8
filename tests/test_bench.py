"""The measurements' own arithmetic, and BENCH.md against bench.json."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tools.bench import attention, build, common, report
from tools.bench.common import Bar, Section

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "docs" / "assets" / "data" / "bench.json"


@pytest.fixture
def stored():
    return json.loads(DATA.read_text("utf-8"))


def test_the_report_is_made_from_the_numbers(stored):
    text = (ROOT / "BENCH.md").read_text("utf-8")
    assert text == report.text(stored), "run: python -m tools.bench --report"


def test_planted_edit_of_a_number_is_found(stored):
    text = (ROOT / "BENCH.md").read_text("utf-8")
    stored["sections"]["mha"]["bars"][0]["value"] *= 2
    assert text != report.text(stored)


def unmeasured(data):
    from tools.bench.__main__ import SECTIONS

    return [name for name in SECTIONS if name not in data["sections"]]


def test_every_section_was_measured(stored):
    assert not unmeasured(stored), "run: make bench"
    assert list(stored["values"]) == list(stored["sections"])


def test_a_section_that_was_not_measured_is_found(stored):
    del stored["sections"]["lighthouse"]
    assert unmeasured(stored) == ["lighthouse"]


@pytest.mark.parametrize(
    ("bar", "kept"),
    [
        (Bar("time", 1.5, 1.49), True),
        (Bar("time", 1.5, 1.51), False),
        (Bar("score", 95, 95, at_least=True), True),
        (Bar("score", 95, 94, at_least=True), False),
    ],
)
def test_bars(bar, kept):
    assert bar.kept is kept
    line = report.verdict({**bar.__dict__, "kept": bar.kept})
    assert line.startswith("kept" if kept else "NOT KEPT")


def test_a_bar_that_is_not_kept_stands_out():
    made = {
        **Section("Title", "How.", [Bar("x", 1, 2)]).as_json(),
        "machine": common.machine(),
        "command": "c",
        "measured": "2026-01-01",
        "seconds": 1.0,
    }
    text = report.text({"sections": {"one": made}})
    assert "| Title: x | ≤ 1 | 2 | **no** |" in text


def test_pairs_take_turns():
    order = []
    works = {name: lambda name=name: order.append(name) for name in "ab"}
    found = common.pairs(4, works)
    assert "".join(order) == "abbaabba"
    assert [len(costs) for costs in found.values()] == [4, 4]


def test_ratio_is_of_pairs_not_of_medians():
    assert common.ratio([2, 20, 3], [1, 10, 3]) == 2


def test_peak_of_memory_counts_what_lives_at_once():
    import torch

    def work():
        a = torch.empty(1 << 20, dtype=torch.uint8)
        del a
        b = torch.empty(1 << 20, dtype=torch.uint8)
        c = torch.empty(1 << 20, dtype=torch.uint8)
        return b, c

    assert attention._peak(work) == 2 << 20


def test_what_is_compared_computes_the_same():
    assert attention.cases()[1] < 1e-5


def test_ten_times_the_pages(tmp_path):
    for lang in common.LANGS:
        folder = tmp_path / "docs" / lang / "concepts"
        folder.mkdir(parents=True)
        (folder / "one.md").write_text("# One\n")
        config = build.config_file(lang, tmp_path)
        config.write_text(
            "site_name: x\nnav:\n  - Top:\n    - concepts/one.md\n"
        )
    build.multiply(tmp_path, 3)
    pages = sorted((tmp_path / "docs" / "ru").rglob("*.md"))
    assert len(pages) == 3
    assert build._settings(build.config_file("ru", tmp_path))["nav"] == [
        {"Top": ["concepts/one.md"]},
        {"Copy 1": [{"Top": ["x1/concepts/one.md"]}]},
        {"Copy 2": [{"Top": ["x2/concepts/one.md"]}]},
    ]


def test_plain_is_plain(tmp_path):
    (tmp_path / "mkdocs.yml").write_text(
        "nav:\n  - index.md\n  - A:\n    - a.ipynb\n    - b.md\n"
        "site_url: !ENV [X, 'y']\n"
    )
    path = tmp_path / build.plain_config(tmp_path, "zh")
    text = path.read_text("utf-8")
    assert "hooks" not in text
    assert "ipynb" not in text.split("nav:")[1]
    assert "macros" not in text


def test_unknown_section_is_refused():
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench", "speed"],
        cwd=ROOT, capture_output=True, text=True,
    )
    assert done.returncode == 2
    assert "known: build" in done.stderr
