"""GitHub workflows: least rights, pinned actions, nothing that lets pass.

What a schema can tell, `check-jsonschema --builtin-schema
vendor.github-workflows` tells; this is what it cannot.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from tools.checks import Problem, listed, relative
from tools.checks.gates import PASSES

_PINNED = re.compile(r"uses: (\S+)@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
_COMMANDS = ("make site", "make test", "bash .ci/run", "python -m tools.",
             "tools/install.py")
# What publishing to Pages needs beside reading the repository.
_PAGES = {"pages": "write", "id-token": "write"}
_PASSED = "github.event.workflow_run.conclusion == 'success'"


@listed
def problems(root: Path) -> Iterator[Problem]:
    """Find what is loose in .github/workflows."""
    for path in sorted((root / ".github" / "workflows").glob("*.y*ml")):
        name = relative(path, root)
        text = path.read_text("utf-8")
        for number, line in enumerate(text.splitlines(), 1):
            if "uses:" in line and not _PINNED.search(line):
                yield Problem(name, number, "an action that is not pinned; "
                              "write owner/action@<commit of a release> "
                              "# v1.2.3")
        workflow = yaml.safe_load(text)
        said = [*_whole(workflow), *_publishing(workflow)]
        for job, settings in workflow["jobs"].items():
            every = [*_job(settings)]
            for step in settings["steps"]:
                every += _step(step)
            said += [f"job {job}: {one}" for one in every]
        for one in said:
            yield Problem(name, 0, one)


def _whole(workflow: dict[str, Any]) -> Iterator[str]:
    """What is loose wherever it stands."""
    text = str(workflow)
    if workflow.get("permissions") not in ({}, {"contents": "read"}):
        yield ("the workflow's permissions must be {} or contents: read; give "
               "a job alone what it needs beyond that")
    if "pull_request_target" in text:
        yield ("pull_request_target hands a stranger's code the repository's "
               "rights; use pull_request")
    if "continue-on-error" in text:
        yield "continue-on-error lets a failure pass; take it away"
    if workflow["name"] == "test" and "'bash .ci/run'" not in text:
        yield "test must run `bash .ci/run`, which runs every check"
    for secret in re.findall(r"secrets\.\w+|github\.token", text):
        yield f"hands out {secret}; nothing here needs a secret"
    for name in re.findall(r"PIP_\w*(?:INDEX|LINKS|HOST)\w*", text):
        yield (f"{name} lets any package come from elsewhere; "
               "TORCH_INDEX_URL is for torch alone")


def _publishing(workflow: dict[Any, Any]) -> Iterator[str]:
    """What would publish in spite of a failure."""
    if "actions/deploy-pages" not in str(workflow):
        return
    triggers = workflow[True]  # YAML reads the key `on` as true.
    waits = (triggers.get("workflow_run") or {}).get("workflows")
    first = [one for one in workflow["jobs"].values() if "needs" not in one]
    if set(triggers) != {"workflow_run"} or waits != ["test"] or not all(
        _PASSED in one.get("if", "") for one in first
    ):
        yield ("publishing must wait for the tests: on workflow_run of test "
               f"alone, and each first job if {_PASSED}")


def _job(settings: dict[str, Any]) -> Iterator[str]:
    if "timeout-minutes" not in settings:
        yield "add timeout-minutes"
    asked = settings.get("permissions") or {}
    if not isinstance(asked, dict):
        yield "name its permissions one by one"
        return
    writes = {k: v for k, v in asked.items() if v == "write"}
    deploys = "actions/deploy-pages" in str(settings["steps"])
    if writes and (not deploys or writes.items() - _PAGES.items()):
        yield (f"may write {', '.join(writes)}; only the job that deploys "
               "may write, and only pages and id-token")


def _step(step: dict[str, Any]) -> Iterator[str]:
    used, run = step.get("uses", "actions/"), step.get("run", "")
    given = step.get("with") or {}
    if "actions/checkout@" in used and given.get("persist-credentials", True):
        yield "check out with persist-credentials: false"
    if not used.startswith("actions/") and given.get("token") != "":
        yield (f"{used.split('@')[0]} takes the job's token by default; "
               'write token: ""')
    if "${{" in run:
        yield "an expression inside a script; hand it over in env"
    if PASSES.search(run) or "shell" in step:
        yield (f"`{run}` lets a failure pass; give the command alone, in the "
               "shell that is there")
    for command in run.replace("\\", "/").splitlines():
        if not any(one in command for one in _COMMANDS):
            yield (f"runs {command!r}; put it behind a command of the "
                   "Makefile, so that a person can run it too")
