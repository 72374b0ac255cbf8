"""The wheel that the site serves installs and runs in an empty venv."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tools.checks import report, wheel
from tools.places import COURSE
from tools.site import rootpages
from tools.site.address import base_url


def run(*words, cwd=None, env=None):
    done = subprocess.run([*map(str, words)], cwd=cwd, env=env,
                          capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def built(built_site):
    """The wheel that the site serves."""
    (made,) = built_site.glob("*.whl")
    return made


@pytest.fixture(scope="session")
def empty(built_site, session_folder, once):
    """The Python of an environment with nothing but the wheel."""
    folder = session_folder / "empty"
    windows = sys.platform == "win32"
    python = folder / ("Scripts/python.exe" if windows else "bin/python")

    def make():
        run(sys.executable, "-m", "venv", "--without-pip", folder)
        run(sys.executable, "-m", "pip", "--python", python, "install",
            "--no-deps", "--no-index", *built_site.glob("*.whl"))

    once("empty", make)
    return python


def ask(python, *words, **variables):
    env = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    return run(python, "-I", *words, cwd=python.parent, env=env | variables)


def test_the_wheel_holds_all_of_the_package_and_a_lost_file_is_found(
    built, root
):
    names = zipfile.ZipFile(built).namelist()
    assert not wheel.missing(root, names)
    for lost in ("py.typed", "cli.py",
                 "course/pages/notation/snippets/shapes.console"):
        assert wheel.missing(root, {*names} - {f"qkv_explained/{lost}"}) == [
            f"qkv_explained/{lost}"]


def test_the_map_and_the_shapes_need_nothing_else(empty):
    said = ask(empty, "-m", "qkv_explained", "--lang", "en")
    assert "projection" in said
    assert "W_Q" in ask(empty, "-m", "qkv_explained", "show", "projection")
    said = ask(empty, "-m", "qkv_explained", "shapes", "--d-model", "512",
               "--heads", "8")  # fmt: skip
    assert "512" in said
    where = ask(empty, "-c", "import qkv_explained as q; print(q.__file__)")
    assert Path(where.strip()).is_relative_to(empty.parent.parent)


def test_with_torch_it_runs_the_snippets(empty, root):
    """Beside the requirements (of this environment), not beside the source."""
    site = sysconfig.get_path("purelib")
    packages = next(empty.parent.parent.glob("**/site-packages"))
    (packages / "requirements.pth").write_text(site + "\n", encoding="utf-8")
    said = ask(empty, "-m", "qkv_explained", "run", "projection", "by_hand")
    folder = root / COURSE / "concepts" / "projection" / "snippets"
    assert (folder / "by_hand.out").read_text("utf-8").strip() in said


def test_the_same_code_gives_the_same_wheel(built, root, tmp_path):
    rootpages.put_wheel(tmp_path, root)
    assert (tmp_path / built.name).read_bytes() == built.read_bytes()


def test_every_card_names_the_wheel(built_site):
    assert not report(wheel.unserved(built_site, base_url()))


@pytest.mark.parametrize(
    ("page", "served", "said"),
    [
        ("https://h/q-1-py3-none-any.whl", "q-1-py3-none-any.whl", ""),
        ("https://h/q-1-py3-none-any.whl", "q-2-py3-none-any.whl", "q-1-py3"),
        ("https://h/en/q-1.whl", "q-1.whl", "serves https://h/q-1.whl"),
        ("https://h/q-1.whl", "", "no wheel"),
        ("", "q-1.whl", "does not say"),
    ],
)
def test_planted_address_is_found(tmp_path, page, served, said):
    line = f"<code>pip install {page}</code>" if page else ""
    (tmp_path / "index.html").write_text(
        f'<details class="quiet card">{line}</details>')
    if served:
        (tmp_path / served).touch()
    found = report(wheel.unserved(tmp_path, "https://h/"))
    assert said in found
    assert bool(said) is bool(found)
