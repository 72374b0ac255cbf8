"""The installer: what a stranger meets first, on machines of every kind.

No test here needs a network: small made-up wheels stand for the packages,
and an address where nothing listens stands for a network that is down.
"""

import ast
import importlib.metadata
import importlib.util
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
import types
import venv
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
BOOTSTRAP = ROOT / "tools" / "bootstrap.py"
WINDOWS = os.name == "nt"
PYPROJECT = """
[project]
dependencies = ["torch>=2.4"]
[project.optional-dependencies]
figures = []
site = ["alpha"]
test = ["beta"]
"""
CONSTRAINTS = "alpha==1.0\nbeta==1.0\ntorch==2.13.0\n"


def wheel(folder: Path, name: str, version: str) -> None:
    """Write a wheel with one module of some length."""
    info = f"{name}-{version}.dist-info"
    files = {
        f"{name}/__init__.py": f"version = {version!r}\n" + "#" * 500,
        f"{info}/METADATA": "Metadata-Version: 2.1\n"
        f"Name: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nGenerator: t\n"
        "Root-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = f"{info}/RECORD,,\n" + "".join(
        f"{inside},,{len(text)}\n" for inside, text in files.items()
    )
    path = folder / f"{name}-{version}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for inside, text in files.items():
            archive.writestr(inside, text)
        archive.writestr(f"{info}/RECORD", record)


@pytest.fixture(scope="module")
def empty_venv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh .venv, made once and copied: making one takes seconds."""
    folder = tmp_path_factory.mktemp("template") / ".venv"
    venv.create(folder, with_pip=True, symlinks=not WINDOWS)
    return folder


class Project:
    """A checkout in small."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.wheels = root.parent / "wheels"
        self.wheels.mkdir(parents=True)
        (root / "tools").mkdir(parents=True)
        shutil.copy(BOOTSTRAP, root / "tools")
        (root / "tools" / "math.py").write_text("raise SystemExit('shadowed')")
        self.pyproject = root / "pyproject.toml"
        self.pyproject.write_text(PYPROJECT)
        self.constraints = root / "constraints.txt"
        self.constraints.write_text(CONSTRAINTS)
        for name in ("alpha", "beta"):
            wheel(self.wheels, name, "1.0")
        wheel(self.wheels, "torch", "2.13.0")
        self.venv = root / ".venv"
        self.python = self.venv / (
            "Scripts/python.exe" if WINDOWS else "bin/python"
        )
        self.environment = {
            **{k: v for k, v in os.environ.items() if k[:4] != "PIP_"},
            "PATH": os.environ["PATH"] if WINDOWS else "/usr/sbin:/sbin",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": str(self.wheels),
        }

    def start(self, what: str, **extra: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "tools/bootstrap.py", what],
            cwd=self.root,
            env={**self.environment, **extra},
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )

    def run(self, what: str, **extra: str) -> tuple[int, str]:
        process = self.start(what, **extra)
        output = process.communicate(timeout=120)[0]
        assert "Traceback" not in output, output
        return process.returncode, output

    def packages(self) -> dict[str, str]:
        pattern = re.compile(r"(alpha|beta|torch)-(.+)\.dist-info")
        return dict(
            match.groups()
            for path in self.site_packages().iterdir()
            if (match := pattern.fullmatch(path.name))
        )

    def site_packages(self) -> Path:
        return next(self.venv.rglob("site-packages"))

    def module(self) -> types.ModuleType:
        """The script as a module, so that a test can damage a part of it."""
        path = self.root / "tools" / "bootstrap.py"
        spec = importlib.util.spec_from_file_location("bootstrap", path)
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


@pytest.fixture
def project(tmp_path: Path, empty_venv: Path) -> Project:
    made = Project(tmp_path / "a checkout")
    shutil.copytree(empty_venv, made.venv, symlinks=True)
    return made


# --- what is installed, and when -------------------------------------------


def test_site_is_installed_without_torch(project: Project) -> None:
    assert project.run("site")[0] == 0
    assert project.packages() == {"alpha": "1.0"}


def test_a_second_run_installs_nothing_and_says_nothing(
    project: Project,
) -> None:
    assert project.run("site")[0] == 0
    shutil.rmtree(project.wheels)  # from here on pip could not install
    assert project.run("site") == (0, "")


def test_the_checks_packages_hold_the_sites(project: Project) -> None:
    assert project.run("test")[0] == 0
    assert project.packages() == {
        "alpha": "1.0", "beta": "1.0", "torch": "2.13.0",
    }
    shutil.rmtree(project.wheels)
    assert project.run("site") == (0, "")


@pytest.mark.parametrize("changed", ["constraints", "pyproject"])
def test_a_change_of_what_is_wanted_installs_again(
    project: Project, changed: str
) -> None:
    assert project.run("site")[0] == 0
    wheel(project.wheels, "alpha", "1.1")
    if changed == "constraints":
        project.constraints.write_text(CONSTRAINTS.replace("1.0", "1.1", 1))
        wanted = {"alpha": "1.1"}
    else:
        project.pyproject.write_text(
            PYPROJECT.replace('["alpha"]', '["alpha", "beta"]')
        )
        wanted = {"alpha": "1.0", "beta": "1.0"}
    assert project.run("site")[0] == 0
    assert project.packages() == wanted


def test_a_torch_that_is_there_is_kept(project: Project) -> None:
    wheel(project.wheels, "torch", "2.12.0+cpu")
    subprocess.run(
        [project.python, "-m", "pip", "install", "-q", "torch==2.12.0+cpu"],
        env=project.environment, check=True,
    )
    assert project.run("test")[0] == 0
    assert project.packages()["torch"] == "2.12.0+cpu"


def test_a_torch_that_is_too_old_is_replaced(project: Project) -> None:
    wheel(project.wheels, "torch", "1.13.0")
    subprocess.run(
        [project.python, "-m", "pip", "install", "-q", "torch==1.13.0"],
        env=project.environment, check=True,
    )
    assert project.run("test")[0] == 0
    assert project.packages()["torch"] == "2.13.0"


def test_usage(project: Project) -> None:
    code, output = project.run("everything")
    assert code == 2
    assert "site|test" in output


# --- interrupted installs --------------------------------------------------


def test_a_killed_install_is_repaired_by_the_next_run(
    project: Project,
) -> None:
    process = project.start("site")
    while not (project.venv / "unfinished").exists():
        time.sleep(0.005)
    process.kill()
    process.communicate()
    code, output = project.run("site")
    assert code == 0
    assert "interrupted" in output
    assert project.packages() == {"alpha": "1.0"}
    assert not (project.venv / "unfinished").exists()
    assert project.run("site") == (0, "")


def lose_record(package: Path) -> None:
    (package.parent / "alpha-1.0.dist-info" / "RECORD").unlink()


def lose_file(package: Path) -> None:
    (package / "__init__.py").unlink()


def cut_file(package: Path) -> None:
    (package / "__init__.py").write_text("version")


DAMAGE = pytest.mark.parametrize("damage", [lose_record, lose_file, cut_file])


@DAMAGE
def test_half_a_package_is_installed_again(
    project: Project, damage: Callable[[Path], None]
) -> None:
    assert project.run("site")[0] == 0
    damage(project.site_packages() / "alpha")
    (project.venv / "unfinished").touch()
    code, output = project.run("site")
    assert code == 0
    assert "installing again: alpha-1.0" in output
    text = (project.site_packages() / "alpha" / "__init__.py").read_text()
    assert text.startswith("version = '1.0'")
    assert len(text) > 500


def test_planted_defect_without_the_repair_half_a_package_stays(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert project.run("site")[0] == 0
    cut_file(project.site_packages() / "alpha")
    (project.venv / "unfinished").touch()
    bootstrap = project.module()
    monkeypatch.setattr(bootstrap, "is_complete", lambda _: True)
    for name, value in project.environment.items():
        monkeypatch.setenv(name, value)
    assert bootstrap.main(["site"]) == 0
    text = (project.site_packages() / "alpha" / "__init__.py").read_text()
    assert text == "version"


@pytest.mark.skipif(WINDOWS, reason="the interpreter there is no link")
def test_a_venv_whose_python_is_gone_is_made_again(project: Project) -> None:
    assert project.run("site")[0] == 0
    for path in (project.venv / "bin").glob("python*"):
        path.unlink()
    code, output = project.run("site")
    assert code == 0
    assert "Replacing .venv" in output
    assert project.packages() == {"alpha": "1.0"}


def test_no_venv_package_is_explained(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.rmtree(project.venv)
    bootstrap = project.module()
    monkeypatch.setattr(
        bootstrap.subprocess, "run",
        lambda *_, **__: types.SimpleNamespace(
            returncode=1, stdout="ensurepip is not available", stderr=""
        ),
    )
    assert bootstrap.main(["site"]) == 1
    error = capsys.readouterr().err
    assert "apt install python3-venv" in error
    assert "ensurepip is not available" in error
    assert not project.venv.exists()


@pytest.mark.skipif(WINDOWS, reason="takes the lock by fcntl")
def test_one_install_at_a_time(project: Project) -> None:
    import fcntl

    (project.root / ".cache").mkdir()
    with open(project.root / ".cache" / "bootstrap.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        process = project.start("site")
        assert process.stdout
        assert "Another install is running" in process.stdout.readline()
        assert project.packages() == {}
        fcntl.flock(lock, fcntl.LOCK_UN)
    process.communicate(timeout=60)
    assert process.returncode == 0
    assert project.packages() == {"alpha": "1.0"}


# --- no network ------------------------------------------------------------


def test_no_network_on_the_first_run(project: Project) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # bound, but nothing listens
        port = closed.getsockname()[1]
        code, output = project.run(
            "site", PIP_NO_INDEX="0", PIP_FIND_LINKS="", PIP_RETRIES="1",
            PIP_INDEX_URL=f"http://127.0.0.1:{port}/simple",
        )
    assert code == 1
    assert "Could not reach the package index" in output
    assert "install.log" in output
    assert project.run("site")[0] == 0, "and then it goes on"


def test_another_failure_is_not_called_a_network(project: Project) -> None:
    project.constraints.write_text("alpha==7\n")
    code, output = project.run("site")
    assert code == 1
    assert "alpha" in output
    assert "Could not reach" not in output


def test_a_full_disk_is_called_one(project: Project) -> None:
    text = "ERROR: [Errno 28] No space left on device"
    assert "disk is full" in project.module().explain(text)


# --- the validators, by npm ------------------------------------------------


@pytest.fixture
def npm(project: Project) -> Path:
    """A stand-in for npm that notes each call; `failing` makes it fail."""
    folder = project.root.parent / "commands"
    folder.mkdir()
    (folder / "npm").write_text(
        f"#!/bin/sh\necho \"$@\" >> '{folder}/calls'\n"
        f"test -e '{folder}/failing' && echo no network && exit 1\n"
        "mkdir -p node_modules\n"
    )
    (folder / "npm").chmod(0o755)
    browser = project.root / "tools" / "browser"
    browser.mkdir(parents=True)
    (browser / "package-lock.json").write_text("{}")
    project.environment["PATH"] = f"{folder}:{os.environ['PATH']}"
    return folder


@pytest.mark.skipif(WINDOWS, reason="the stand-in is a shell script")
def test_validators_are_installed_once(project: Project, npm: Path) -> None:
    assert project.run("site")[0] == 0
    assert not (npm / "calls").exists(), "the site needs none"
    (npm / "failing").touch()
    code, output = project.run("test")
    assert code == 0
    assert "npm could not: no network" in output
    (npm / "failing").unlink()
    assert "HTML validator" in project.run("test")[1]
    assert project.run("test") == (0, "")
    assert len((npm / "calls").read_text().splitlines()) == 2


# --- too old a Python ------------------------------------------------------


def run_as_old(project: Project, path: str) -> tuple[int, str]:
    """Run the script under an interpreter that says it is 3.9."""
    code = (
        "import sys, runpy; sys.version_info = (3, 9, 6, 'final', 0); "
        "sys.argv = ['tools/bootstrap.py', 'site']; "
        "sys.path.insert(0, 'tools'); "
        "runpy.run_path('tools/bootstrap.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project.root, env={**project.environment, "PATH": path},
        capture_output=True, text=True,
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout + done.stderr


def test_a_python_too_old_is_told_so(project: Project, tmp_path: Path) -> None:
    code, output = run_as_old(project, str(tmp_path))
    assert code == 1
    assert "This is Python 3.9" in output
    assert "3.11 or newer is needed" in output


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "commands"
    folder.mkdir()
    return folder


@pytest.mark.skipif(WINDOWS, reason="the stand-ins are shell scripts")
def test_a_newer_python_on_the_path_is_used(
    project: Project, commands: Path
) -> None:
    for name, text in {
        # A shim of a version that is not installed: there, and of no use.
        "python3.14": "echo 'python3.14: command not found' >&2; exit 127",
        "python3.11": 'case "$2" in *version_info*) echo 3 11;; '
        f'*) exec "{sys.executable}" "$@";; esac',
    }.items():
        (commands / name).write_text(f"#!/bin/sh\n{text}\n")
        (commands / name).chmod(0o755)
    code, output = run_as_old(project, f"{commands}:/usr/bin:/bin")
    assert code == 0, output
    assert "using python3.11 instead" in output
    assert project.packages() == {"alpha": "1.0"}


def too_new(source: str) -> list[str]:
    """Syntax that Python 2.7 or an early Python 3 does not read."""
    banned = (
        ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Nonlocal, ast.Match,
        ast.AsyncFunctionDef, ast.YieldFrom, ast.TryStar,
    )
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, banned):
            found.append(type(node).__name__)
        if isinstance(node, ast.FunctionDef):
            arguments = node.args
            every = [*arguments.posonlyargs, *arguments.args]
            if node.returns or any(one.annotation for one in every):
                found.append("annotation")
            if arguments.kwonlyargs or arguments.posonlyargs:
                found.append("keyword-only or positional-only argument")
        if isinstance(node, ast.Raise) and node.cause:
            found.append("raise from")
    if not source.isascii():
        found.append("not ASCII")
    return found


def test_old_pythons_can_read_the_script() -> None:
    assert too_new(BOOTSTRAP.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "planted",
    ["x = f'{y}'", "x: int = 1", "def f(a: int): pass", "def f(*, a): pass",
     "def f() -> None: pass", "(x := 1)", "# é"],
)
def test_planted_defect_new_syntax_is_found(planted: str) -> None:
    assert too_new(BOOTSTRAP.read_text("utf-8") + "\n" + planted)


# --- the real lists --------------------------------------------------------


def pins(text: str) -> dict[str, str]:
    lines = [line for line in text.splitlines() if line and line[0] != "#"]
    assert all(line.count("==") == 1 for line in lines)
    return {
        canonical(name): version
        for name, version in (line.split("==") for line in lines)
    }


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def unpinned(wanted: list[str], pinned: dict[str, str]) -> set[str]:
    """Packages that installing would bring, here, without a pin."""
    seen: set[tuple[str, str]] = set()
    missing = set()
    todo = [(Requirement(line), "") for line in wanted]
    while todo:
        requirement, extra = todo.pop()
        if requirement.marker and not requirement.marker.evaluate(
            {"extra": extra}
        ):
            continue
        name = canonical(requirement.name)
        if name.startswith(("nvidia-", "cuda-", "triton")):
            continue  # torch for Linux pins these itself
        if name not in pinned:
            missing.add(name)
        for one in ("", *requirement.extras):
            if (name, one) not in seen:
                seen.add((name, one))
                todo += [
                    (Requirement(line), one)
                    for line in importlib.metadata.requires(name) or ()
                ]
    return missing


@pytest.fixture(scope="module")
def wanted() -> list[str]:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    project = tomllib.loads(text)["project"]
    extras = project["optional-dependencies"]
    return [
        *project["dependencies"],
        *(line for name in ("figures", "site", "test")
          for line in extras[name]),
    ]


def test_every_package_is_pinned(wanted: list[str]) -> None:
    pinned = pins((ROOT / "constraints.txt").read_text("utf-8"))
    assert not unpinned(wanted, pinned), "add them to constraints.txt"


def test_planted_defect_a_lost_pin_is_found(wanted: list[str]) -> None:
    pinned = pins((ROOT / "constraints.txt").read_text("utf-8"))
    del pinned["jinja2"]  # nobody asks for it but other packages
    assert unpinned(wanted, pinned) == {"jinja2"}


def test_the_site_asks_for_nothing_heavy(project: Project) -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    lines = project.module().requirements("site", text)
    names = {canonical(Requirement(line).name) for line in lines}
    assert not names & {"torch", "numpy", "matplotlib", "pytest"}


# --- the server's port -----------------------------------------------------


def test_a_port_in_use_is_explained() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "tools.site.serve", "--port", str(port)],
            cwd=ROOT, capture_output=True, text=True, timeout=60,
        )
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert f"Port {port}" in done.stderr
    assert "make serve PORT=" in done.stderr
    assert "--port $(PORT)" in (ROOT / "Makefile").read_text("utf-8")
