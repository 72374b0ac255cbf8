"""The workflows, the script behind them, and the other files of the forge."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from tools.checks import report, workflows

FOLDER = Path(".github") / "workflows"


@pytest.fixture
def copy(root: Path, tmp_path: Path) -> Path:
    """A folder with copies of the workflows, to be damaged."""
    shutil.copytree(root / FOLDER, tmp_path / FOLDER)
    return tmp_path


def schema(name: str, *files: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-m",
            "check_jsonschema",
            "--builtin-schema",
            f"vendor.{name}",
            *map(str, files),
        ],
        capture_output=True,
        text=True,
    )


def damage(root: Path, name: str, old: str, new: str) -> Path:
    path = root / FOLDER / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return path


def test_workflows_fit_their_schema(root: Path) -> None:
    done = schema("github-workflows", *(root / FOLDER).glob("*.yml"))
    assert done.returncode == 0, done.stdout


def test_the_citation_fits_its_schema(root: Path) -> None:
    done = schema("citation-file-format", root / "CITATION.cff")
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("runs-on: ubuntu-24.04", "runs-in: ubuntu-24.04"),
        ("contents: read", "contents: sometimes"),
        ("timeout-minutes: 15", "timeout-minutes: soon"),
    ],
)
def test_planted_misspelling_does_not_fit_the_schema(
    copy: Path, old: str, new: str
) -> None:
    path = damage(copy, "publish.yml", old, new)
    done = schema("github-workflows", path)
    assert done.returncode == 1
    assert "publish.yml" in done.stdout


def test_workflows_are_tight(root: Path, clean) -> None:
    clean(workflows.problems(root))


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("test.yml", "@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0",
         "@v5", "not pinned"),
        ("test.yml", " # v5.0.0", " # main", "not pinned"),
        ("test.yml", "contents: read", "contents: write", "permissions"),
        ("test.yml", "permissions:\n  contents: read\n", "", "permissions"),
        ("test.yml", "  pull_request:", "  pull_request_target:",
         "a stranger's code"),
        ("test.yml", "    timeout-minutes: 40\n", "", "timeout-minutes"),
        ("test.yml", "persist-credentials: false",
         "persist-credentials: true", "persist-credentials"),
        ("test.yml", "run: bash .ci/run", "run: pytest", "a person can run"),
        ("publish.yml", "contents: read", "contents: write", "job build"),
        ("publish.yml", "      id-token: write",
         "      id-token: write\n      contents: write", "may write"),
        ("publish.yml", "    permissions:\n      pages: write\n"
         "      id-token: write\n", "    permissions: write-all\n",
         "one by one"),
        ("publish.yml", "run: make site",
         "run: make site URL=${{ github.ref }}", "inside a script"),
        ("test.yml", "run: bash .ci/run",
         "run: bash .ci/run\n        continue-on-error: true", "let"),
        ("test.yml", "run: bash .ci/run", "run: make site", "every check"),
        ("test.yml", "run: bash .ci/run", "run: bash .ci/run || true",
         "lets a failure pass"),
        ("test.yml", "run: bash .ci/run",
         "run: bash .ci/run\n        shell: sh {0}", "lets a failure pass"),
        ("test.yml", "TORCH_INDEX_URL: ${{ vars.TORCH_INDEX_URL }}",
         "PIP_EXTRA_INDEX_URL: x", "any package"),
        ("test.yml", "TORCH_INDEX_URL: ${{ vars.TORCH_INDEX_URL }}",
         "KEY: ${{ secrets.KEY }}", "hands out secrets.KEY"),
        ("test.yml", "run: bash .ci/run", "run: bash .ci/run\n        env: "
         "{T: \"${{ github.token }}\"}", "hands out github.token"),
        ("links.yml", '          token: ""\n', "", "by default"),
        ("publish.yml", "    workflows: [test]", "    workflows: [links]",
         "wait for the tests"),
        ("publish.yml", "on:\n", "on:\n  push:\n", "wait for the tests"),
        ("publish.yml", "conclusion == 'success'", "conclusion != ''",
         "wait for the tests"),
    ],
)  # fmt: skip
def test_planted_looseness_is_found(
    copy: Path, name: str, old: str, new: str, said: str
) -> None:
    damage(copy, name, old, new)
    assert said in report(workflows.problems(copy))


def pythons(root: Path) -> tuple[set[str], set[str]]:
    """Versions that the package names, and those that are tested."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))
    named = {
        line.rsplit(" ", 1)[1]
        for line in project["project"]["classifiers"]
        if re.search(r"Python :: 3\.\d+$", line)
    }
    jobs = yaml.safe_load((root / FOLDER / "test.yml").read_text("utf-8"))
    return named, set(jobs["jobs"]["test"]["strategy"]["matrix"]["python"])


def test_every_python_that_is_promised_is_tested(root: Path) -> None:
    named, tested = pythons(root)
    assert named == tested == {"3.11", "3.12", "3.13", "3.14"}


def test_planted_untested_python_is_found(root: Path, copy: Path) -> None:
    shutil.copy(root / "pyproject.toml", copy)
    damage(copy, "test.yml", ', "3.14"]', "]")
    named, tested = pythons(copy)
    assert named != tested
