"""How long the checks take, and what one more snippet costs them."""

from __future__ import annotations

import re
import statistics
import sys
import time
from pathlib import Path

from tools.bench.common import (
    LANGS,
    ROOT,
    Bar,
    Section,
    copy_of_repository,
    python,
    run,
    say,
    spread,
)

MORE = 20
# What more snippets cannot change.
APART = (
    "test_style.py", "test_wheel.py", "test_workflows.py", "test_runner.py",
    "test_notebooks.py", "test_figures.py",
)  # fmt: skip
FOUND = re.compile(r"=+ (.*) in ([\d.]+)s.*=+$")


def bench(quick: bool = False) -> Section:
    """Time `make test`, installation apart."""
    run(sys.executable, "tools/install.py", "test", cwd=ROOT)
    start = time.perf_counter()
    output = run(
        "make", "test", f"ARGS=--durations=12{' -k bench' * quick}", cwd=ROOT
    ).stdout
    minutes = (time.perf_counter() - start) / 60
    closing = [m for line in output.splitlines() if (m := FOUND.match(line))]
    slowest = re.findall(r"(?m)^([\d.]+)s (?:call|setup) +(\S+)", output)
    return Section(
        title="make test",
        how=(
            "Everything, browser and HTML validators included, packages "
            f"installed before: {closing[-1][1] if closing else '?'}. "
            "Below, the slowest tests."
        ),
        bars=[Bar("make test", 5, minutes, "min")],
        head=["test", "seconds"],
        rows=[[f"`{name}`", seconds] for seconds, name in slowest],
        numbers={"minutes": round(minutes, 2)},
    )


def bench_snippet(quick: bool = False) -> Section:
    """Time the content's checks without and with more snippets, in turn."""
    rounds = 1 if quick else 3
    with copy_of_repository() as plain, copy_of_repository() as more:
        add_snippets(more, MORE)
        seconds: dict[str, list[float]] = {"as it is": [], "with more": []}
        for number in range(rounds):
            for name, root in zip(seconds, (plain, more), strict=True):
                start = time.perf_counter()
                _check(root)
                seconds[name].append(time.perf_counter() - start)
            say(f"  {number + 1}/{rounds}: " + ", ".join(
                f"{name} {values[-1]:.1f} s"
                for name, values in seconds.items()
            ))
    before, after = seconds.values()
    each = statistics.median(
        (a - b) / MORE for a, b in zip(after, before, strict=True)
    )
    return Section(
        title="One more snippet in three languages",
        how=(
            f"All checks that need no browser and look at snippets or "
            f"pages, without and with {MORE} more snippets, each shown on a "
            "page in three languages; the difference, a snippet."
        ),
        bars=[Bar("one more snippet", 0.3, each, "s")],
        head=["", "seconds (median, range)"],
        rows=[[name, spread(values)] for name, values in seconds.items()],
        numbers={"seconds": round(each, 3)},
    )


def _check(root: Path) -> None:
    run(
        sys.executable, "-m", "pytest", "-q", "-n", "2", "docs", "tests/site",
        "-m", "not browser",
        *(f"--ignore=tests/checks/{name}" for name in APART),
        cwd=root,
    )  # fmt: skip


def add_snippets(root: Path, count: int) -> None:
    """Show copies of one snippet at the end of one page, in each language."""
    folder = root / "qkv_explained" / "snippets" / "projection"
    names = [f"more_{number:02}" for number in range(count)]
    for name in names:
        for suffix in (".py", ".out"):
            text = (folder / f"by_hand{suffix}").read_text("utf-8")
            # Other numbers, so that no two are the same program.
            end = f"assert {name!r}\n" if suffix == ".py" else ""
            (folder / f"{name}{suffix}").write_text(text + end, "utf-8")
    for lang in LANGS:
        page = root / "docs" / lang / "concepts" / "projection.md"
        text = page.read_text("utf-8").rstrip() + "\n\n"
        for name in names:
            text += (
                f'```python title="projection/{name}.py"\n'
                f'--8<-- "snippets/projection/{name}.py"\n```\n'
                "``` { .text .output }\n"
                f'--8<-- "snippets/projection/{name}.out"\n```\n\n'
            )
        page.write_text(text, "utf-8")
    concepts = root / "qkv_explained" / "concepts.py"
    text = concepts.read_text("utf-8")
    known = re.search(
        r'id="projection".*?snippets=\([^)]*?(?=,?\s*\))', text, re.DOTALL)
    assert known
    listed = "".join(f',\n            "{name}"' for name in names)
    concepts.write_text(
        text[: known.end()] + listed + text[known.end():], "utf-8"
    )
    python("-m", "tools.refresh", "outputs", cwd=root)
    python("-m", "tools.refresh", "pins", *(
        f"docs/{lang}/concepts/projection.md" for lang in LANGS
        if lang != "en"), cwd=root)
    python("-m", "tools.refresh.readme", cwd=root)
