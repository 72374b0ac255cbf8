"""Make ``.venv`` and install into it, once, what a command needs.

    python3 tools/bootstrap.py site    what building the site needs: no torch
    python3 tools/bootstrap.py test    that, torch, and what the checks need

Uses the standard library only. What to install stands in pyproject.toml,
the exact versions in constraints.txt. When an install is complete, a stamp
with the hash of both is left in ``.venv``; while the stamp fits, this
script installs nothing and needs no network. It stays readable for Python 2
(no f-strings, no annotations), because a machine whose ``python3`` is too
old must be told so, not shown a SyntaxError.
"""

from __future__ import print_function

import sys

if __name__ == "__main__":
    del sys.path[0]  # this folder: its math.py is not the library's

import csv
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import time

OLDEST = (3, 11)
NEWEST = (3, 14)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
WINDOWS = os.name == "nt"
PYTHON = os.path.join(
    VENV, *(["Scripts", "python.exe"] if WINDOWS else ["bin", "python"])
)
CACHE = os.path.join(ROOT, ".cache")
LOG = os.path.join(CACHE, "install.log")
UNFINISHED = os.path.join(VENV, "unfinished")
EXTRAS = {"site": ("site",), "test": ("figures", "site", "test")}
VALIDATORS = os.path.join(ROOT, "tools", "browser")
NO_NETWORK = re.compile(
    r"Retrying \(|NewConnectionError|ConnectTimeout|ReadTimeout|ProxyError"
    r"|name resolution|Network is unreachable"
    r"|Connection (refused|broken|reset)|SSLError|No route to host"
    r"|getaddrinfo failed|IncompleteRead|from versions: none"
)


class Stop(Exception):
    """Ends the script with a message for a person."""


def say(text):
    """Print at once, also when the output goes to a file."""
    print(text)
    sys.stdout.flush()


# --- which Python ----------------------------------------------------------


def dotted(version):
    """(3, 11) as 3.11."""
    return ".".join(str(part) for part in version[:2])


def version_of(command):
    """Version (major, minor) that a command answers with, or None."""
    code = "import sys; print('%d %d' % sys.version_info[:2])"
    try:
        process = subprocess.Popen(
            [command, "-c", code],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        answer = process.communicate()[0].decode("ascii", "replace").split()
    except OSError:
        return None
    if process.returncode != 0 or len(answer) != 2:
        return None
    return int(answer[0]), int(answer[1])


def newer_python():
    """Command of a Python on the PATH that is new enough, or None."""
    for minor in range(NEWEST[1], OLDEST[1] - 1, -1):
        command = "python3.%d" % minor
        if version_of(command) == (3, minor):
            return command
    return None


def check_python(arguments):
    """Go on under a newer Python, or say what is missing."""
    if tuple(sys.version_info[:2]) >= OLDEST:
        return
    found = newer_python()
    if found:
        say("%s is Python %s; using %s instead." % (
            os.path.basename(sys.executable or "python"),
            dotted(sys.version_info), found))
        raise SystemExit(
            subprocess.call([found, os.path.abspath(__file__)] + arguments)
        )
    raise Stop(
        "This is Python %s (%s), and Python %s or newer is needed.\n"
        "Install one (https://www.python.org/downloads/; on Debian or Ubuntu\n"
        "`apt install python3 python3-venv`, on macOS `brew install python`)\n"
        "and run the same command again, or name it: "
        "make PYTHON=/path/to/python3.12 ..."
        % (dotted(sys.version_info), sys.executable, dotted(OLDEST))
    )


# --- what is wanted, and what is there -------------------------------------


def requirements(what, pyproject):
    """Requirement lines for a command, from the text of pyproject.toml."""
    import tomllib

    project = tomllib.loads(pyproject)["project"]
    lines = list(project["dependencies"]) if what == "test" else []
    for extra in EXTRAS[what]:
        lines += project["optional-dependencies"][extra]
    return sorted(set(lines))


def read(path):
    """Text of a file, empty where there is none."""
    try:
        with open(path, "rb") as file:
            return file.read().decode("utf-8")
    except IOError:
        return ""


def write(path, text):
    """Write a small file whole or not at all."""
    with open(path + ".new", "wb") as file:
        file.write(text.encode("utf-8"))
    os.replace(path + ".new", path)


def venv_version():
    """Version of the Python in .venv, (0, 0) where there is none."""
    match = re.search(
        r"^version(?:_info)? *= *(\d+)\.(\d+)",
        read(os.path.join(VENV, "pyvenv.cfg")),
        re.MULTILINE,
    )
    if not match or not os.path.exists(PYTHON):
        return 0, 0
    return int(match.group(1)), int(match.group(2))


def site_packages():
    """Folder that packages are installed into."""
    if WINDOWS:
        return os.path.join(VENV, "Lib", "site-packages")
    found = glob.glob(os.path.join(VENV, "lib", "python3.*", "site-packages"))
    return found[0] if found else os.path.join(VENV, "lib")


def fingerprint(what):
    """Hash of everything that decides what `what` must have installed."""
    wanted = [
        requirements(what, read(os.path.join(ROOT, "pyproject.toml"))),
        read(os.path.join(ROOT, "constraints.txt")),
        venv_version(),
    ]
    return hashlib.sha256(json.dumps(wanted).encode("utf-8")).hexdigest()


def stamp(what):
    """Path of the file that says that an install was completed."""
    return os.path.join(VENV, "installed-%s" % what)


def is_ready(what):
    """Whether nothing is left to do. The checks' packages hold the site's."""
    if venv_version() < OLDEST or os.path.exists(UNFINISHED):
        return False
    return any(
        read(stamp(name)) == fingerprint(name)
        for name in ("site", "test")
        if name in (what, "test")
    )


def torch_is_there():
    """Whether .venv has a torch already: a reader's small CPU build, say."""
    for path in glob.glob(os.path.join(site_packages(), "torch-*.dist-info")):
        version = re.match(r"torch-(\d+)\.(\d+)", os.path.basename(path))
        if version and tuple(map(int, version.groups())) >= (2, 4):
            return True
    return False


# --- repair ----------------------------------------------------------------


def is_complete(dist_info):
    """Whether every file that a package says it has is there, full size."""
    record = os.path.join(dist_info, "RECORD")
    installer = os.path.join(dist_info, "INSTALLER")
    if not os.path.exists(record) or not os.path.exists(installer):
        return False
    base = os.path.dirname(dist_info)
    with open(record, encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            path = os.path.join(base, row[0])
            if row[0].endswith(".pyc"):
                continue
            if not os.path.exists(path):
                return False
            size = row[2] if len(row) > 2 else ""
            if size and os.path.getsize(path) != int(size):
                return False
    return True


def repair():
    """Forget packages that an interrupted install left incomplete."""
    folder = site_packages()
    for path in glob.glob(os.path.join(folder, "*.dist-info")):
        if not is_complete(path):
            name = os.path.basename(path)[: -len(".dist-info")]
            say("  incomplete, installing again: %s" % name)
            shutil.rmtree(path)
    for path in glob.glob(os.path.join(folder, "~*")):
        shutil.rmtree(path, ignore_errors=True)


# --- installing ------------------------------------------------------------


class Lock(object):
    """One installer at a time; the system frees the lock of one that died."""

    def __enter__(self):
        if not os.path.isdir(CACHE):
            os.makedirs(CACHE)
        self.file = open(os.path.join(CACHE, "bootstrap.lock"), "a+")
        told = False
        while not self.take():
            if not told:
                say("Another install is running here; waiting for it.")
                told = True
            time.sleep(0.2)
        return self

    def take(self):
        """Try to get the lock."""
        try:
            if WINDOWS:
                import msvcrt

                self.file.seek(0)
                msvcrt.locking(self.file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (IOError, OSError):
            return False
        return True

    def __exit__(self, *_):
        self.file.close()


def has_pip():
    """Whether the Python in .venv runs, and has pip."""
    with open(os.devnull, "w") as nothing:
        return 0 == subprocess.call(
            [PYTHON, "-c", "import pip._internal"],
            stdout=nothing, stderr=nothing, cwd=VENV,
        )


def make_venv():
    """Have a working .venv with pip; a broken or too old one is replaced."""
    if venv_version() >= OLDEST and has_pip():
        return
    if os.path.exists(VENV):
        say("Replacing .venv, which does not work or is too old.")
        shutil.rmtree(VENV)
    say("Making .venv with Python %s" % dotted(sys.version_info))
    os.makedirs(VENV)
    write(UNFINISHED, "")
    done = subprocess.run(
        [sys.executable, "-m", "venv", VENV], capture_output=True, text=True
    )
    if done.returncode or not has_pip():
        detail = (done.stdout + done.stderr).strip().splitlines()[-6:]
        shutil.rmtree(VENV, ignore_errors=True)
        raise Stop(
            "Could not make a virtual environment.\n"
            "On Debian or Ubuntu: `apt install python3-venv`; then run the\n"
            "same command again. Python said:\n  %s" % "\n  ".join(detail)
        )


def progress(line, shown):
    """What of pip's output a person wants to see while waiting."""
    word = line.split()
    if not word:
        return shown
    if word[0] == "Collecting":
        text = "  found %s" % word[1]
    elif word[0] == "Downloading":
        text = "  fetching %s" % " ".join(word[1:])[:60]
    elif line.startswith("Installing collected"):
        say("  installing %d packages" % (line.count(",") + 1))
        return shown
    elif "Retrying" in line and not shown:
        say("  the network does not answer; trying again")
        return True
    else:
        return shown
    if sys.stdout.isatty():
        sys.stdout.write("\r%-78s\r" % text[:78])
        sys.stdout.flush()
    return shown


def pip_install(lines, lock):
    """Run pip; its whole output goes to a log.

    pip holds the lock too: should this script be killed, the next run waits
    until the pip that it left behind has ended.
    """
    environment = dict(
        os.environ, PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_USER="0",
        PYTHONUNBUFFERED="1", PYTHONIOENCODING="utf-8",
    )
    command = [
        PYTHON, "-m", "pip", "install", "--no-input",
        "--progress-bar", "off",
        "-c", os.path.join(ROOT, "constraints.txt"),
    ] + lines
    with open(LOG, "w", encoding="utf-8") as log:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            env=environment, cwd=VENV, encoding="utf-8", errors="replace",
            pass_fds=() if WINDOWS else (lock.file.fileno(),),
        )
        shown = False
        try:
            for line in process.stdout:
                log.write(line)
                shown = progress(line, shown)
        finally:
            if process.poll() is None and sys.exc_info()[0]:
                process.terminate()
            process.wait()
    return process.returncode


def explain(text):
    """Say why pip failed, from what it printed."""
    where = "pip's whole output is in %s" % os.path.relpath(LOG)
    if "No space left on device" in text:
        return "The disk is full. Make room and run the same command again."
    if NO_NETWORK.search(text):
        return (
            "Could not reach the package index. The first run needs a "
            "network;\nlater runs do not. Check the connection (or the proxy, "
            "or PIP_INDEX_URL\nif you use a mirror) and run the same command "
            "again.\n" + where
        )
    tail = "\n  ".join(text.strip().splitlines()[-12:])
    return "pip could not install the packages:\n  %s\n%s" % (tail, where)


def install(what, lock):
    """Install what is wanted and leave the stamp."""
    if os.path.exists(UNFINISHED):
        say("The last install was interrupted; repairing it.")
    make_venv()
    if os.path.exists(UNFINISHED):
        repair()
    write(UNFINISHED, "")
    lines = requirements(what, read(os.path.join(ROOT, "pyproject.toml")))
    if torch_is_there():
        lines = [line for line in lines if not re.match(r"torch\b", line)]
    say("Installing what `%s` needs (once)" % what)
    if pip_install(lines, lock):
        raise Stop(explain(read(LOG)))
    write(stamp(what), fingerprint(what))
    os.remove(UNFINISHED)


# --- the HTML validator, which npm has ---------------------------------------


def validators_stamp():
    """Hash of what npm is to install."""
    lock = read(os.path.join(VALIDATORS, "package-lock.json"))
    return hashlib.sha256(lock.encode("utf-8")).hexdigest()


def validators_ready():
    """Whether they are installed, or cannot be."""
    done = os.path.join(VALIDATORS, "node_modules", "installed")
    return read(done) == validators_stamp() or not shutil.which("npm")


def install_validators():
    """Have npm install them; without them their checks say so themselves."""
    say("Installing the HTML validator (once, by npm)")
    done = subprocess.run(
        [shutil.which("npm"), "ci", "--no-audit", "--no-fund", "--silent"],
        cwd=VALIDATORS, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8", errors="replace",
    )
    if done.returncode:
        say("  npm could not: %s" % " ".join(done.stdout.split())[:200])
        say("  Every other check runs; the next run tries again.")
        return
    write(
        os.path.join(VALIDATORS, "node_modules", "installed"),
        validators_stamp(),
    )


def main(arguments):
    """Run, and turn every expected failure into one message."""
    if len(arguments) != 1 or arguments[0] not in EXTRAS:
        print("usage: python3 tools/bootstrap.py site|test", file=sys.stderr)
        return 2
    try:
        check_python(arguments)
        if not is_ready(arguments[0]):
            with Lock() as lock:
                if not is_ready(arguments[0]):
                    install(arguments[0], lock)
        if arguments[0] == "test" and not validators_ready():
            with Lock():
                if not validators_ready():
                    install_validators()
    except Stop as stop:
        print("\n%s" % stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print(
            "\nInterrupted. The same command, run again, repairs and goes on.",
            file=sys.stderr,
        )
        return 130
    except (IOError, OSError) as error:
        print("\nCould not install: %s" % error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
