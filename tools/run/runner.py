"""Run Python code in a fresh interpreter, without paying for it each time.

A fresh interpreter spends seconds on `import torch`. So one server process
imports torch and matplotlib, and nothing else of ours, and forks a child for
every piece of code: the child starts with an empty `__main__` and ends with
its exit status, as an interpreter would. tests/checks/test_snippets.py runs
the same code both ways and compares. Where there is no `fork` (Windows), each
piece gets an interpreter of its own.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.places import ROOT

TIMEOUT = 300.0
FORKS = hasattr(os, "fork")
PRELOADED = ("torch", "numpy", "matplotlib.figure", "jaxtyping")


@dataclass(frozen=True)
class Result:
    """What a run left: its exit status and what it wrote."""

    returncode: int
    stdout: str
    stderr: str
    seconds: float


# Another machine, as far as a snippet could notice.
ELSEWHERE = {
    "PYTHONHASHSEED": "20170612", "TZ": "Pacific/Chatham", "HOME": "/nowhere",
    "USER": "someone", "LANG": "C.UTF-8", "COLUMNS": "40"}


def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of every run: one thread, UTF-8, our package."""
    paths = filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")])
    return {
        **os.environ, "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONIOENCODING": "utf-8", "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1", "MPLBACKEND": "agg", "COLUMNS": "80",
        **(more or {})}


def run_in_subprocess(
    code: str, name: str = "snippet.py", more: Mapping[str, str] | None = None
) -> Result:
    """Run code in an interpreter of its own: slow, and beyond doubt."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_text(code, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, str(path)], capture_output=True,
            encoding="utf-8", cwd=folder, env=environment(more),
            stdin=subprocess.DEVNULL, timeout=TIMEOUT, check=False)
    seconds = time.perf_counter() - started
    return Result(done.returncode, done.stdout, done.stderr, seconds)


class Server:
    """A process that has imported the heavy packages and forks on demand."""

    def __init__(self, more: Mapping[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tools.run.runner"], cwd=ROOT,
            env=environment(more), stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, encoding="utf-8")
        assert self._process.stdin
        assert self._process.stdout
        self._asked, self._said = self._process.stdin, self._process.stdout

    def run(self, code: str, name: str = "snippet.py") -> Result:
        """Run code in a forked child."""
        self._asked.write(json.dumps({"code": code, "name": name}) + "\n")
        self._asked.flush()
        answer = self._said.readline()
        if not answer:
            raise RuntimeError("the server that runs snippets has died")
        return Result(**json.loads(answer))

    def close(self) -> None:
        """End the server."""
        self._asked.close()
        self._process.wait()


class Runner:
    """Run each piece of code once, whoever asks.

    Args:
        cache: A folder where results are kept, shared by the processes of
            one test session; none where results should not outlive us.
        more: What to add to the environment.
    """

    def __init__(self, cache: Path | None = None,
                 more: Mapping[str, str] | None = None) -> None:
        self._more = more
        self._server: Server | None = None
        self._cache = cache
        self._results: dict[str, Result] = {}

    def run(self, code: str, name: str = "snippet.py") -> Result:
        """The result of the code, from this session's memory or a run."""
        key = hashlib.sha256(f"{name}\0{code}".encode()).hexdigest()
        if key in self._results:
            return self._results[key]
        if self._cache is None:
            result = self._run(code, name)
        else:
            self._cache.mkdir(parents=True, exist_ok=True)
            path = self._cache / f"{key}.json"
            with locked(path.with_suffix(".lock")):
                if path.exists():
                    result = Result(**json.loads(path.read_text("utf-8")))
                else:
                    result = self._run(code, name)
                    path.write_text(json.dumps(asdict(result)), "utf-8")
        self._results[key] = result
        return result

    def close(self) -> None:
        """End the server, if one was needed."""
        if self._server is not None:
            self._server.close()
            self._server = None

    def _run(self, code: str, name: str) -> Result:
        if not FORKS:
            return run_in_subprocess(code, name, self._more)
        if self._server is None:
            self._server = Server(self._more)
        return self._server.run(code, name)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Let one process in at a time (where files can be locked)."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with path.open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _serve() -> None:
    for module in PRELOADED:
        with contextlib.suppress(ImportError):
            __import__(module)
    for line in sys.stdin:
        request = json.loads(line)
        result = _fork(request["code"], request["name"])
        print(json.dumps(asdict(result)), flush=True)


def _fork(code: str, name: str) -> Result:
    """Run code in a child; wait for it; read what it wrote."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, ".stdout"), Path(folder, ".stderr")
        work = Path(folder, "work")
        work.mkdir()
        with warnings.catch_warnings():
            # Nothing has started a thread yet: we only import.
            warnings.simplefilter("ignore", DeprecationWarning)
            pid = os.fork()
        if pid == 0:
            _child(code, name, work, out, err)
        status = _wait(pid)
        seconds = time.perf_counter() - started
        stdout, stderr = (
            one.read_text("utf-8", "replace") if one.exists() else ""
            for one in (out, err))
        return Result(status, stdout, stderr, seconds)


def _wait(pid: int) -> int:
    deadline = time.monotonic() + TIMEOUT
    pause = 0.001
    while time.monotonic() < deadline:
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status)
        time.sleep(pause)
        pause = min(2 * pause, 0.02)
    os.kill(pid, 9)
    os.waitpid(pid, 0)
    return 124


def _child(code: str, name: str, work: Path, out: Path, err: Path) -> None:
    """Become a fresh interpreter that runs the code, and exit."""
    status = 1
    try:
        for target, number in ((out, 1), (err, 2)):
            descriptor = os.open(target, os.O_CREAT | os.O_WRONLY)
            os.dup2(descriptor, number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.chdir(work)
        status = _execute(code, str(work / name))
    finally:
        with contextlib.suppress(Exception):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(status)


def _execute(code: str, path: str) -> int:
    import linecache
    import random
    import traceback
    import types

    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    # An interpreter draws these afresh; a forked child would inherit them,
    # and a snippet that forgot its seed would seem to repeat itself.
    random.seed()
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()
    if "torch" in sys.modules:
        sys.modules["torch"].seed()
    sys.argv = [path]
    sys.path[0] = os.path.dirname(path)
    if str(ROOT) not in sys.path:
        sys.path.insert(1, str(ROOT))
    for module in [m for m in sys.modules if m.split(".")[0] == "tools"]:
        del sys.modules[module]
    main = types.ModuleType("__main__")
    main.__dict__.update(__builtins__=__builtins__, __file__=path)
    sys.modules["__main__"] = main
    linecache.cache[path] = (
        len(code), None, code.splitlines(keepends=True), path)
    try:
        exec(compile(code, path, "exec", dont_inherit=True), main.__dict__)
    except SystemExit as stop:
        if stop.code is None or isinstance(stop.code, int):
            return stop.code or 0
        print(stop.code, file=sys.stderr)
        return 1
    except BaseException as error:
        first = error.__traceback__
        traceback.print_exception(
            type(error), error, first.tb_next if first else None)
        return 1
    return 0


if __name__ == "__main__":
    # Children replace sys.modules["__main__"]; they need these functions
    # under a name that stays.
    from tools.run.runner import _serve as serve

    serve()
