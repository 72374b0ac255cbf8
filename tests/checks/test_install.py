"""The installer: what a stranger meets first, on machines of every kind.

No test needs a network: small wheels stand for the packages, and an address
where nothing listens stands for a network that is down.
"""

import ast
import importlib.metadata
import inspect
import os
import re
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import time
import tomllib
import venv
import zipfile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name as canonical

from tools.places import ROOT

INSTALL = ROOT / "tools" / "install.py"
PYPROJECT = """
[build-system]
requires = []
build-backend = "backend"
backend-path = ["."]
[project]
name = "qkv_explained"
version = "1.0"
dependencies = ["torch>=2.4"]
[project.optional-dependencies]
figures = []
site = ["alpha"]
test = ["beta"]
lab = ["beta"]
"""
posix = pytest.mark.skipif(os.name == "nt", reason="needs POSIX's signals")


def wheel(folder, name, version, source="", more=("", "")):
    """Write a wheel with one module, and perhaps one more file."""
    info = f"{name}-{version}.dist-info"
    file = f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(f"{folder}/{file}", "w") as archive:
        for path, text in (
            (f"{name}.py", source or f"version = {version!r}"), more,
            (f"{info}/METADATA",
             f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"),
            (f"{info}/WHEEL", "Wheel-Version: 1.0\nGenerator: t\n"
             "Root-Is-Purelib: true\nTag: py3-none-any\n"),
            (f"{info}/RECORD", ""),
        ):
            if path:
                archive.writestr(path, text)
    return file


BACKEND = f"""
import os, zipfile
{inspect.getsource(wheel)}
def build_editable(folder, *_):
    return wheel(folder, "qkv_explained", "1.0",
                 more=("qkv_explained.pth", os.getcwd()))
"""


class Project:
    """A checkout in small, with an empty .venv."""

    def __init__(self, root):
        self.root, self.venv = root, root / ".venv"
        self.wheels = root.parent / "wheels"
        self.wheels.mkdir()
        (root / "tools").mkdir(parents=True)
        shutil.copy(INSTALL, root / "tools")
        (root / "backend.py").write_text(BACKEND)
        self.write(PYPROJECT)
        for name, version in (("alpha", "1.0"), ("beta", "1.0"),
                              ("torch", "2.13.0")):
            wheel(self.wheels, name, version)
        self.environment = {
            **{k: v for k, v in os.environ.items() if k[:3] not in
               ("PIP", "PYT")},
            "PATH": os.environ["PATH"] if os.name == "nt" else "/sbin",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
        }

    def write(self, pyproject, constraints="alpha==1.0"):
        (self.root / "pyproject.toml").write_text(pyproject)
        (self.root / "constraints.txt").write_text(constraints + "\n")

    def start(self, what, **extra):
        return subprocess.Popen(
            [sys.executable, "tools/install.py", what], cwd=self.root,
            env={**self.environment, **extra}, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True)

    def run(self, what, code=0, **extra):
        """Install; return what was said."""
        process = self.start(what, **extra)
        said = process.communicate(timeout=120)[0]
        assert "Traceback" not in said, said
        assert process.returncode == code, said
        return said

    def packages(self):
        found = (re.fullmatch(r"(alpha|beta|torch)-(.+)\.dist-info", p.name)
                 for p in self.venv.rglob("*.dist-info"))
        return dict(match.groups() for match in found if match)


@pytest.fixture(scope="module")
def empty(session_folder, once):
    """A fresh .venv, made once and copied: making one takes seconds."""
    folder = session_folder / "template" / ".venv"
    once("template", lambda: venv.create(
        folder, with_pip=True, symlinks=os.name != "nt"))
    return folder


@pytest.fixture
def project(tmp_path, empty):
    made = Project(tmp_path / "a checkout")
    shutil.copytree(empty, made.venv, symlinks=True)
    return made


def test_what_is_wanted_is_there_and_a_second_run_does_nothing(
    project, tmp_path
):
    assert project.run("site")
    assert project.packages() == {"alpha": "1.0"}, "the site needs no torch"
    wheel(project.wheels, "alpha", "1.1")
    project.write(PYPROJECT, "alpha==1.1")
    project.run("site")
    assert project.packages() == {"alpha": "1.1"}
    project.write(PYPROJECT.replace('"alpha"', '"alpha", "beta"'))
    project.run("site")
    assert project.packages() == {"alpha": "1.0", "beta": "1.0"}
    project.run("test")
    assert project.packages().keys() == {"alpha", "beta", "torch"}
    python = next(project.venv.glob("[bS]*/python*"))
    subprocess.run([python, "-c", "import qkv_explained"], cwd=tmp_path,
                   check=True)
    shutil.rmtree(project.wheels)  # from here on pip could not install
    assert project.run("test") == project.run("site") == "", (
        "the checks' packages hold the site's")


def test_real_models_are_added_to_what_is_there(project):
    project.run("site")
    project.write(
        f'{PYPROJECT}[tool.qkv-explained]\nmodels = ["beta"]\n')
    project.run("models")
    assert project.packages().keys() == {"alpha", "beta"}


@pytest.mark.parametrize(("there", "then"), [
    ("2.12.0+cpu", "2.12.0+cpu"), ("1.13.0", "2.13.0")])
def test_a_torch_that_is_new_enough_is_kept(project, there, then):
    wheel(project.wheels, "torch", there)
    project.write(PYPROJECT.replace("torch>=2.4", f"torch=={there}"))
    project.run("lab")
    project.write(PYPROJECT, "torch==2.13.0")
    project.run("lab")
    assert project.packages()["torch"] == then


@posix
def test_a_killed_install_and_a_venv_without_python_are_repaired(project):
    process = project.start("site")
    while not list(project.venv.rglob("alpha.py")):
        time.sleep(0.002)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    project.run("site")
    assert project.run("site") == ""
    assert project.packages() == {"alpha": "1.0"}
    for path in project.venv.glob("bin/python*"):
        path.unlink()
    assert "Replacing .venv" in project.run("site")
    assert project.packages() == {"alpha": "1.0"}


def test_half_a_package_is_installed_again_and_a_planted_defect_is_found(
    project
):
    """Without the repair the half stays."""
    script = project.root / "tools" / "install.py"
    text = script.read_text()
    assert text.count("    forget_halves()\n") == 1
    project.run("site")
    for repaired in (False, True):
        (file,) = project.venv.rglob("alpha.py")
        file.unlink()
        info = file.parent / "alpha-1.0.dist-info"
        (info / "INSTALLER").unlink(missing_ok=True)
        (project.venv / "installed-site").unlink()
        script.write_text(
            text if repaired else text.replace("    forget_halves()\n", ""))
        project.run("site")
        assert file.exists() is repaired
        file.touch()


@pytest.mark.parametrize(("error", "said"), [
    (KeyboardInterrupt, "run again, repairs it"),
    (OSError("No space left"), "Could not install: No space left")])
def test_what_may_happen_is_no_traceback(monkeypatch, error, said):
    script = runpy.run_path(str(INSTALL))

    def fail(_):
        raise error

    monkeypatch.setitem(script["main"].__globals__, "fits", fail)
    with pytest.raises(SystemExit, match=said):
        script["main"](["site"])


def test_no_network_on_the_first_run_is_told(project):
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound, but nothing listens
        said = project.run(
            "site", code=1, PIP_NO_INDEX="0", PIP_FIND_LINKS="",
            PIP_RETRIES="1",
            PIP_INDEX_URL=f"http://127.0.0.1:{closed.getsockname()[1]}/s")
    assert "Retrying" in said
    assert "later runs\ndo not" in said
    assert project.run("site"), "and then it goes on"


@pytest.mark.parametrize(("path", "named"), [
    ("", "PYTHON=/path/to/"), ("there", "PYTHON=python3.12 ")])
def test_a_python_too_old_is_told_so(monkeypatch, tmp_path, path, named):
    command = tmp_path / "there" / "python3.12"
    command.parent.mkdir()
    command.touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / path))
    monkeypatch.setattr(sys, "version_info", (3, 9, 6, "final", 0))
    monkeypatch.setattr(sys, "argv", [str(INSTALL), "site"])
    with pytest.raises(SystemExit, match=r"3\.11 or newer is needed") as end:
        runpy.run_path(str(INSTALL), run_name="__main__")
    assert named in str(end.value)


@pytest.mark.parametrize(
    "planted", ["(x := 1)", "def f(a, /): pass", "match x:\n case 1: 2"])
def test_old_pythons_can_read_the_script_and_new_syntax_is_found(planted):
    text = INSTALL.read_text("ascii")
    ast.parse(text, feature_version=(3, 6))
    with pytest.raises(SyntaxError):
        ast.parse(text + planted, feature_version=(3, 6))


# --- the real lists --------------------------------------------------------


@pytest.fixture(scope="module")
def wanted():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project = project["project"]
    extras = project["optional-dependencies"]
    return {"": project["dependencies"], **extras}


def unpinned(lines, pinned):
    """Packages that installing would bring, here, without a pin."""
    seen, missing = set(), set()
    todo = [(Requirement(line), "") for line in lines]
    while todo:
        one, extra = todo.pop()
        name = canonical(one.name)
        # torch for Linux pins what is NVIDIA's itself.
        if name.startswith(("nvidia-", "cuda-", "triton")) or (
                one.marker and not one.marker.evaluate({"extra": extra})):
            continue
        if name not in pinned:
            missing.add(name)
        for asked in {"", *one.extras} - {e for n, e in seen if n == name}:
            seen.add((name, asked))
            todo += [(Requirement(line), asked)
                     for line in importlib.metadata.requires(name) or ()]
    return missing


def test_every_package_is_pinned(wanted):
    pinned = {
        canonical(line.split("==")[0])
        for line in (ROOT / "constraints.txt").read_text("utf-8").split()
        if "==" in line}
    lines = [line for name, lines in wanted.items() if name != "lab"
             for line in lines]
    assert not unpinned(lines, pinned), "add them to constraints.txt"
    # Planted: nobody asks for jinja2 but other packages.
    assert unpinned(lines, pinned - {"jinja2"}) == {"jinja2"}
    assert "jupyterlab" in pinned


def test_the_site_asks_for_nothing_heavy(wanted):
    names = {canonical(Requirement(line).name) for line in wanted["site"]}
    assert not names & {"torch", "numpy", "matplotlib", "pytest"}


@pytest.mark.parametrize(("name", "refused"), [
    ("mkdocs-material", "9.7.6"),  # CVE-2026-73295: a script from the search
    ("mkdocs", "2.0"), ("mkdocs", "1.5.3")])
def test_floors_and_caps(wanted, name, refused):
    (one,) = [found for line in wanted["site"]
              if (found := Requirement(line)).name == name]
    assert refused not in one.specifier
    assert importlib.metadata.version(name) in one.specifier


def test_a_port_in_use_is_explained():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "tools.site.serve", "--port", str(port)],
            cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert f"Port {port}" in done.stderr
    assert "make serve PORT=" in done.stderr
    assert "--port $(PORT)" in (ROOT / "Makefile").read_text("utf-8")
