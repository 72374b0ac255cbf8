"""A copy of the repository, for tests that add something to it."""

import os
import shutil
import subprocess
import sys

KEPT = {".ci", ".github", ".gitignore", ".pre-commit-config.yaml"}


def copied(root, folder):
    """Copy the repository, but for what is installed or built in it."""
    def left_out(where, names):
        at_top = {"site", "dist", "build"} if where == str(root) else set()
        return {name for name in names if name in at_top
                or name in ("node_modules", "__pycache__")
                or (name.startswith(".") and name not in KEPT)}

    return shutil.copytree(root, folder / "copy", ignore=left_out)


def files(folder):
    """What every file of a copy holds, by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not {"__pycache__", ".cache"} & {*path.parts}
    }


def by_hand(before, after):
    """The new files and the edited ones."""
    new = after.keys() - before.keys()
    return new, {n for n in before if after.get(n) != before[n]}


def python(copy, *arguments):
    """Run a tool of the copy; return its exit status and what it said."""
    environment = {**os.environ, "PYTHONPATH": str(copy), "PYTHONUTF8": "1",
                   "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run([sys.executable, *arguments], cwd=copy,
                          capture_output=True, encoding="utf-8",
                          env=environment)
    return done.returncode, done.stdout + done.stderr
