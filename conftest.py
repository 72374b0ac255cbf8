"""What all tests share.

- Shapes in the package's signatures are checked at run time (jaxtyping with
  beartype), from here on and everywhere.
- Every fence of every page below docs/ is a test: `pytest docs/ru` runs the
  Russian pages. tools/run/examples.py says how.
- `built_site` builds the site once a session, whatever the number of workers.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tools.run import shapecheck

# One thread each: pytest-xdist has a worker for every core already, and the
# small tensors of the tests lose more than they gain by sharing.
os.environ.setdefault("OMP_NUM_THREADS", "1")
shapecheck.install()

from sybil import Sybil  # noqa: E402

from tools.run import examples  # noqa: E402
from tools.run.runner import locked  # noqa: E402

ROOT = Path(__file__).resolve().parent

# A notebook's cells share their state; tests/checks/test_notebooks.py runs it.
pytest_collect_file = Sybil(
    parsers=[examples.parse], path="docs", pattern="*.md", exclude="*.nb.md"
).pytest()


def pytest_configure(config: pytest.Config) -> None:
    """Make one folder for the session; workers inherit its name."""
    if not hasattr(config, "workerinput"):
        os.environ[examples.SESSION] = tempfile.mkdtemp(prefix="qkv-tests-")


def pytest_unconfigure(config: pytest.Config) -> None:
    """Remove the session's folder."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(examples.SESSION, ""), ignore_errors=True)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def session_folder() -> Path:
    """A folder that all workers of this session share."""
    return Path(os.environ[examples.SESSION])


@pytest.fixture(scope="session")
def once(session_folder: Path) -> Callable[[str, Callable[[], Any]], Any]:
    """Make something once a session, whatever the number of workers."""

    def made(name: str, make: Callable[[], Any]) -> Any:
        kept = session_folder / f"{name}.json"
        with locked(session_folder / f"{name}.lock"):
            if not kept.exists():
                kept.write_text(json.dumps(make()), encoding="utf-8")
        return json.loads(kept.read_text("utf-8"))

    return made


@pytest.fixture(scope="session")
def built_site(session_folder: Path, once: Callable[..., str]) -> Path:
    """The site, built in a process of its own, once a session.

    Set QKV_SITE to a folder to look at a site that is built already.
    """
    if os.environ.get("QKV_SITE"):
        return Path(os.environ["QKV_SITE"]).resolve()
    site = session_folder / "site"
    said = once("site.log", lambda: _build(site))
    if not (site / "index.html").exists():
        pytest.fail(said, pytrace=False)
    return site


@pytest.fixture(scope="session")
def build_log(built_site: Path, once: Callable[..., str]) -> str:
    """What the build of the site warned of."""
    if os.environ.get("QKV_SITE"):
        pytest.skip("QKV_SITE is set: the site was not built here")
    return once("site.log", str)


def _build(site: Path) -> str:
    """Build; return what it said on the way, or why it failed.

    A warning does not stop it: one formula that is not rendered yet is for
    one test to refuse, and the others look at the rest of the site.
    """
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "tools.site.build", "--no-strict", "--out",
         site],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.stderr if done.returncode == 0 else done.stdout + done.stderr
