"""The process in which a learner's code runs; `process.py` starts it.

It holds a learner's mistakes, not malice: Python's audit hook refuses what
would write, delete or rename outside the scratch folder, start a process or
open a connection; code in C that goes round Python is not seen.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import types
from pathlib import Path
from typing import Any

PRINTED = 4000
MEMORY = 3 << 30  # bytes, beyond what torch itself takes
FILES = 64 << 20  # bytes in one file
WRITES = (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
# The events of Python's audit table that change something outside.
PATHS = {
    "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.truncate",
    "os.link", "os.symlink", "os.chmod", "os.chown", "os.utime",
    "shutil.rmtree", "shutil.move", "shutil.copyfile", "shutil.copytree",
    "os.setxattr", "os.removexattr",
}
NEVER = {
    "subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork",
    "os.forkpty", "os.spawn", "os.startfile", "os.kill", "os.killpg",
    "signal.pthread_kill", "socket.connect", "socket.bind",
    "socket.sendto", "socket.getaddrinfo", "pty.spawn",
    "webbrowser.open",
}


class Forbidden(PermissionError):
    """The checker let something not happen."""


class Printed(io.TextIOBase):
    """Standard output that keeps the beginning, in a file, and no more."""

    def __init__(self, path: Path) -> None:
        # Opened before the hook, which would refuse it.
        self.stream = path.open("w", encoding="utf-8", errors="replace")
        self.left = PRINTED

    def writable(self) -> bool:
        """It can be written to."""
        return True

    def write(self, text: str) -> int:
        """Keep what still fits."""
        if self.left > 0:
            self.stream.write(text[:self.left])
            self.stream.flush()
        self.left -= len(text)
        return len(text)


def guard(scratch: Path) -> None:
    """Refuse from now on what could harm anything outside the scratch."""
    home = os.path.realpath(scratch)

    def inside(path: Any) -> bool:
        if isinstance(path, int):
            return True
        try:
            where = os.path.realpath(os.fsdecode(path))
        except (TypeError, ValueError):
            return False
        return where.startswith(home + os.sep) or where == os.devnull

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event in NEVER:
            raise Forbidden(event)
        if event == "open":
            path, _, flags = arguments
            if flags & WRITES and not inside(path):
                raise Forbidden(f"open: {path}")
        elif event in PATHS:
            # Of two paths, both must lie inside: one is changed, one made.
            for path in arguments[:2]:
                if isinstance(path, str | bytes | os.PathLike) \
                        and not inside(path):
                    raise Forbidden(f"{event}: {os.fsdecode(path)}")

    sys.addaudithook(hook)


def limit() -> None:
    """Bound memory and files, where the system can (Linux, macOS)."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (FILES, FILES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        size = pages * resource.getpagesize() + MEMORY
        resource.setrlimit(resource.RLIMIT_AS, (size, size))


def load(file: Path) -> dict[str, Any]:
    """Run a learner's file, as a module that is not `__main__`.

    Args:
        file: The file.

    Returns:
        What it defines.

    Raises:
        BaseException: Whatever the file raises; SyntaxError first of all.
    """
    module = types.ModuleType("exercise")
    module.__file__ = str(file)
    sys.modules["exercise"] = module
    # Behind everything else: his neighbours shadow no library.
    sys.path.append(str(file.parent))
    # utf-8-sig: some editors begin a file with a mark.
    source = file.read_text(encoding="utf-8-sig")
    exec(compile(source, str(file), "exec"), vars(module))
    return vars(module)


def judge(name: str, file: Path, note: Any = lambda where: None) -> Any:
    """Check a file in this process.

    Args:
        name: The exercise.
        file: The learner's file.
        note: Told which function is being tried.

    Returns:
        For each function its name and findings; under "" what is wrong
        with the file as a whole.
    """
    from qkv_explained.course.exercises import examine, files

    prepared = [examine.prepare(part) for part in files.parts(name)]
    note("")
    unread = _unreadable(file)
    if unread:
        return {"": [unread]}
    defined = examine.attempt(load, (file,), str(file))
    if isinstance(defined, examine.Failed):
        known = ("MemoryError", "SystemExit", "Forbidden")
        key = defined.kind.lower() if defined.kind in known \
            else "raised_loading"
        return {"": [(key, vars(defined))]}
    found: dict[str, Any] = {}
    for one in prepared:
        note(one.part.name)
        function = defined.get(one.part.name)
        if function is None:
            others = [key for key, value in defined.items()
                      if isinstance(value, types.FunctionType)
                      and value.__module__ == "exercise"]
            findings = [examine.Finding(
                "missing", {"others": ", ".join(others) or "–"})]
        elif not callable(function):
            findings = [examine.Finding("not_function", {
                "got": type(function).__name__})]
        else:
            findings = examine.examine(function, one, str(file))
        found[one.part.name] = [(f.key, f.values) for f in findings]
    return found


def _unreadable(file: Path) -> Any:
    """What keeps a file from being Python at all."""
    try:
        compile(file.read_text(encoding="utf-8-sig"), str(file), "exec")
    except SyntaxError as error:
        return "syntax", {"line": error.lineno or 0,
                          "message": error.msg or "",
                          "text": (error.text or "").strip()}
    except (UnicodeDecodeError, ValueError):
        return "encoding", {}
    except (RecursionError, MemoryError):
        return "syntax", {"line": 0, "message": "", "text": ""}
    return None


def main() -> None:
    """Check a file: NAME FILE SCRATCH, as `process.py` calls it."""
    name, file, scratch = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    import torch

    torch.set_num_threads(1)
    result = open(scratch / "result.json", "w", encoding="utf-8")  # noqa: SIM115
    where = open(scratch / "where", "w", encoding="utf-8")  # noqa: SIM115
    printed = Printed(scratch / "printed")
    work = scratch / "work"
    work.mkdir()
    os.chdir(work)
    sys.stdout = sys.stderr = printed
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)

    def note(part: str) -> None:
        where.seek(0)
        where.truncate()
        where.write(f"in {part}")
        where.flush()
        if not part:
            limit()
            guard(work)

    _audit_save(torch)
    try:
        found = judge(name, file, note)
    except MemoryError:
        found = {"": [["memoryerror", {}]]}
    json.dump(found, result)
    result.close()
    # Threads that the code left behind would keep the process alive.
    os._exit(0)


def _audit_save(torch: Any) -> None:
    """Let torch.save open its file in Python, where the hook sees it."""
    save = torch.save

    def audited(thing: Any, f: Any, *rest: Any, **options: Any) -> None:
        if isinstance(f, str | os.PathLike):
            with open(f, "wb") as stream:
                save(thing, stream, *rest, **options)
        else:
            save(thing, f, *rest, **options)

    torch.save = audited


if __name__ == "__main__":
    main()
