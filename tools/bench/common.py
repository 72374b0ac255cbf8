"""What the sections share: timing, pairs, copies of the repository."""

from __future__ import annotations

import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from qkv_explained.course import LANGUAGES

ROOT = Path(__file__).resolve().parent.parent.parent
LANGS = LANGUAGES


@dataclass
class Bar:
    """A promise, and what was measured.

    Attributes:
        what: What is promised.
        limit: The promised number.
        value: The measured number.
        unit: Unit of both.
        at_least: Whether more is better.
    """

    what: str
    limit: float
    value: float
    unit: str = ""
    at_least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the promise is kept."""
        if self.at_least:
            return self.value >= self.limit
        return self.value <= self.limit


@dataclass
class Section:
    """What one section measured.

    Attributes:
        title: Heading in BENCH.md.
        how: How it was measured, in a sentence or two.
        bars: Promises and what became of them.
        head: Column titles of the table.
        rows: The table.
        numbers: Numbers by name, for pages and for later comparison.
    """

    title: str
    how: str
    bars: list[Bar] = field(default_factory=list)
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    numbers: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        """The section as it is stored."""
        return {
            **asdict(self),
            "bars": [{**asdict(bar), "kept": bar.kept} for bar in self.bars],
        }


def say(text: str) -> None:
    """Show progress at once."""
    print(text, flush=True)


def machine() -> dict[str, Any]:
    """Describe the machine, without naming it."""
    model = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.exists():
        for line in info.read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    return {
        "processor": model,
        "cores": len(os.sched_getaffinity(0))
        if hasattr(os, "sched_getaffinity")
        else os.cpu_count(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


@dataclass(frozen=True)
class Cost:
    """Wall-clock and processor seconds, children included."""

    wall: float
    cpu: float


def adopt_orphans() -> None:
    """Become the parent of processes that outlive their own (Linux).

    The build's fork server is one: it ends a moment after the build.
    """
    if sys.platform == "linux":
        import ctypes

        pr_set_child_subreaper = 36
        ctypes.CDLL(None).prctl(pr_set_child_subreaper, 1, 0, 0, 0)


def await_orphans() -> None:
    """Wait for them, so that their processor time is counted."""
    with suppress(ChildProcessError):
        while sys.platform == "linux":
            os.wait()


def timed(work: Callable[[], object], orphans: bool = False) -> Cost:
    """Run something that waits for its child processes, and time it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    work()
    wall = time.perf_counter() - start
    if orphans:
        await_orphans()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = (after.ru_utime + after.ru_stime) - (
        before.ru_utime + before.ru_stime
    )
    return Cost(wall, cpu)


def run(
    *command: str, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a command; say what it said if it fails."""
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"failed: {' '.join(command)}\n{done.stdout}")
    return done


def python(*arguments: str, cwd: Path, **env: str) -> None:
    """Run this Python."""
    run(sys.executable, *arguments, cwd=cwd, env=env)


def pairs(
    count: int,
    works: dict[str, Callable[[], object]],
    orphans: bool = False,
) -> dict[str, list[Cost]]:
    """Time several works in turn, so that a slow minute slows all of them."""
    if orphans:
        adopt_orphans()
    found: dict[str, list[Cost]] = {name: [] for name in works}
    for number in range(count):
        names = list(works) if number % 2 == 0 else list(works)[::-1]
        for name in names:
            found[name].append(timed(works[name], orphans))
        say(
            f"  {number + 1}/{count}: "
            + ", ".join(f"{n} {c[-1].wall:.1f} s" for n, c in found.items())
        )
    return found


def ratio(above: Sequence[float], below: Sequence[float]) -> float:
    """Median of the ratios of the pairs."""
    return statistics.median(
        a / b for a, b in zip(above, below, strict=True)
    )


def spread(values: Sequence[float], digits: int = 1) -> str:
    """Median and range, as text."""
    return (
        f"{statistics.median(values):.{digits}f} "
        f"({min(values):.{digits}f}–{max(values):.{digits}f})"
    )


@contextmanager
def copy_of_repository() -> Iterator[Path]:
    """A copy of the working tree to measure in: no caches, nothing built."""
    listed = run(
        "git", "ls-files", "-z", "--cached", "--others", "--exclude-standard",
        cwd=ROOT,
    ).stdout
    with TemporaryDirectory(prefix="qkv-bench-") as folder:
        root = Path(folder) / "copy"
        for name in filter(None, listed.split("\0")):
            source = ROOT / name
            if source.is_file():
                target = root / name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, target)
        yield root


def forget_build(root: Path) -> None:
    """Make the next build a cold one."""
    for name in ("site", ".cache"):
        shutil.rmtree(root / name, ignore_errors=True)
