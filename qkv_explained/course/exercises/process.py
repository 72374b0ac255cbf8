"""Check a file in a process of its own, which cannot hang or harm."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Seconds for Python and torch to start, and for the learner's code.
START, SECONDS = 180.0, 20.0
# One thread each: it must run where threads are few, and is compared with
# results that were computed so.
FEW = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")


@dataclass(frozen=True)
class Checked:
    """What a check found.

    Attributes:
        findings: For each function of the exercise a list of keys with
            their values, empty where it is right; under "" what is wrong
            with the whole file.
        printed: The beginning of what the code printed.
    """

    findings: dict[str, list[tuple[str, dict[str, Any]]]]
    printed: str = ""

    @property
    def passed(self) -> bool:
        """Whether all is right."""
        return not any(self.findings.values())


def check(name: str, file: Path, seconds: float = SECONDS) -> Checked:
    """Check a file.

    Args:
        name: The exercise.
        file: The learner's file, which is only read.
        seconds: How long its code may run.

    Returns:
        The findings.
    """
    scratch = Path(tempfile.mkdtemp(prefix="qkv-exercise-"))
    try:
        return _watch(name, file.resolve(), scratch, seconds)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _watch(name: str, file: Path, scratch: Path, seconds: float) -> Checked:
    home = str(Path(__file__).resolve().parents[3])
    path = os.pathsep.join(filter(None, (home, os.environ.get("PYTHONPATH"))))
    environment = {**os.environ, "PYTHONPATH": path, **dict.fromkeys(FEW, "1")}
    # -B: it writes no bytecode beside the learner's files.
    command = [sys.executable, "-P", "-B", "-X", "utf8", "-m",
               "qkv_explained.course.exercises.child", name, str(file),
               str(scratch)]
    with open(scratch / "errors", "wb") as errors:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=errors, stderr=errors,
            env=environment, cwd=scratch, start_new_session=True)
        try:
            ended = _wait(child, scratch / "where", seconds)
        finally:
            _kill(child)
    printed = _read(scratch / "printed")
    part = _read(scratch / "where").removeprefix("in ")
    if not ended:
        return Checked({part: [("endless", {"seconds": f"{seconds:g}"})]},
                       printed)
    text = _read(scratch / "result.json")
    if not text:
        said = _read(scratch / "errors").strip().split("\n")[-1]
        return Checked({part: [("died", {
            "status": child.returncode, "message": said})]}, printed)
    return Checked({
        function: [(key, values) for key, values in found]
        for function, found in json.loads(text).items()}, printed)


def _wait(
    child: subprocess.Popen[bytes], begun: Path, seconds: float
) -> bool:
    """Wait for the end; the learner's seconds count once torch is there."""
    until = time.monotonic() + START
    started = False
    while time.monotonic() < until:
        if child.poll() is not None:
            return True
        if not started and _read(begun):
            started, until = True, time.monotonic() + seconds
        time.sleep(0.02)
    return child.poll() is not None


def _kill(child: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(child.pid, signal.SIGKILL)
        else:
            child.kill()
    child.wait()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return ""
