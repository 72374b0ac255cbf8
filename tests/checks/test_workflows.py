"""The workflows fit their schema, and test every Python that is promised."""

import re
import subprocess
import sys
import tomllib

import yaml

FOLDER = ".github/workflows"


def misfits(name, *files):
    """What does not fit a schema of the forge."""
    done = subprocess.run(
        [sys.executable, "-m", "check_jsonschema", "--builtin-schema",
         f"vendor.{name}", *map(str, files)], capture_output=True, text=True)
    return done.stdout if done.returncode else ""


def test_they_fit_their_schema(root):
    assert not misfits("github-workflows", *(root / FOLDER).glob("*.yml"))
    assert not misfits("citation-file-format", root / "CITATION.cff")


def test_planted_misspellings_do_not_fit(tree):
    whole = tree.copy(f"{FOLDER}/publish.yml").read_text("utf-8")
    files = []
    for number, (old, new) in enumerate((
        ("runs-on: ubuntu-24.04", "runs-in: ubuntu-24.04"),
        ("contents: read", "contents: sometimes"),
        ("timeout-minutes: 15", "timeout-minutes: soon"),
    )):
        assert old in whole
        files.append(tree.write(f"{number}.yml", whole.replace(old, new, 1)))
    said = misfits("github-workflows", *files)
    assert all(path.name in said for path in files), said


def pythons(project, workflow):
    """Versions that the package names, and those that are tested."""
    named = {line.rsplit(" ", 1)[1]
             for line in tomllib.loads(project)["project"]["classifiers"]
             if re.search(r"Python :: 3\.\d+$", line)}
    jobs = yaml.safe_load(workflow)["jobs"]
    return named, set(jobs["test"]["strategy"]["matrix"]["python"])


def test_every_python_that_is_promised_is_tested_and_a_lost_one_is_found(root):
    project = (root / "pyproject.toml").read_text("utf-8")
    workflow = (root / FOLDER / "test.yml").read_text("utf-8")
    named, tested = pythons(project, workflow)
    assert named == tested == {"3.11", "3.12", "3.13", "3.14"}
    damaged = workflow.replace(', "3.14"]', "]")
    assert named != pythons(project, damaged)[1]
