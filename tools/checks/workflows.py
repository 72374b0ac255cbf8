"""GitHub workflows: least rights, pinned actions, nothing that lets pass.

What a schema can tell, `check-jsonschema --builtin-schema
vendor.github-workflows` tells; this is what it cannot.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from tools.checks import Problem, relative
from tools.checks.gates import PASSES

_PINNED = re.compile(r"uses: (\S+)@[0-9a-f]{40} # v\d+\.\d+\.\d+$")
_COMMANDS = ("make site", "make test", "bash .ci/run", "python -m tools.")
# What publishing to Pages needs beside reading the repository.
_PAGES = {"pages": "write", "id-token": "write"}


def problems(root: Path) -> list[Problem]:
    """Find what is loose in .github/workflows."""
    found = []
    for path in sorted((root / ".github" / "workflows").glob("*.y*ml")):
        name = relative(path, root)
        text = path.read_text("utf-8")
        found += _actions(name, text)
        workflow = yaml.safe_load(text)
        found += [
            Problem(name, 0, message)
            for message in (
                *_permissions(workflow),
                *_jobs(workflow),
                *_gates(workflow),
                *_secrets(workflow),
            )
        ]
    return found


def _actions(name: str, text: str) -> list[Problem]:
    return [
        Problem(
            name,
            number,
            "an action that is not pinned; write owner/action@<commit of a "
            "release> # v1.2.3",
        )
        for number, line in enumerate(text.splitlines(), 1)
        if "uses:" in line and not _PINNED.search(line)
    ]


def _permissions(workflow: dict[str, Any]) -> list[str]:
    found = []
    if workflow.get("permissions") not in ({}, {"contents": "read"}):
        found.append(
            "the workflow's permissions must be {} or contents: read; give "
            "a job alone what it needs beyond that"
        )
    if "pull_request_target" in str(workflow):
        found.append(
            "pull_request_target hands a stranger's code the repository's "
            "rights; use pull_request"
        )
    for job, settings in workflow["jobs"].items():
        asked = settings.get("permissions") or {}
        if not isinstance(asked, dict):
            found.append(f"job {job}: name its permissions one by one")
            continue
        writes = {k: v for k, v in asked.items() if v == "write"}
        if not writes:
            continue
        deploys = "actions/deploy-pages" in str(settings["steps"])
        if not deploys or writes.items() - _PAGES.items():
            found.append(
                f"job {job}: may write {', '.join(writes)}; only the job "
                "that deploys may write, and only pages and id-token"
            )
    return found


def _jobs(workflow: dict[str, Any]) -> list[str]:
    found = []
    for job, settings in workflow["jobs"].items():
        if "timeout-minutes" not in settings:
            found.append(f"job {job}: add timeout-minutes")
        for step in settings["steps"]:
            kept = (step.get("with") or {}).get("persist-credentials", True)
            if "actions/checkout@" in step.get("uses", "") and kept:
                found.append(
                    f"job {job}: check out with persist-credentials: false"
                )
            if "run" in step and "${{" in step["run"]:
                found.append(
                    f"job {job}: an expression inside a script; hand it "
                    "over in env"
                )
            for command in step.get("run", "").splitlines():
                command = command.replace("\\", "/")
                if not any(one in command for one in _COMMANDS) and (
                    "tools/install.py" not in command
                ):
                    found.append(
                        f"job {job}: runs {command!r}; put it behind a "
                        "command of the Makefile, so that a person can run "
                        "it too"
                    )
    return found


def _gates(workflow: dict[Any, Any]) -> list[str]:
    """What would let a failure pass, or publish in spite of one."""
    found = []
    if "continue-on-error" in str(workflow):
        found.append("continue-on-error lets a failure pass; take it away")
    if workflow["name"] == "test" and "'bash .ci/run'" not in str(workflow):
        found.append("test must run `bash .ci/run`, which runs every check")
    for job, settings in workflow["jobs"].items():
        for step in settings["steps"]:
            if PASSES.search(step.get("run", "")) or "shell" in step:
                found.append(
                    f"job {job}: `{step['run']}` lets a failure pass; give "
                    "the command alone, in the shell that is there"
                )
    if "actions/deploy-pages" not in str(workflow):
        return found
    # YAML reads the key `on` as true.
    triggers = workflow[True]
    waits = (triggers.get("workflow_run") or {}).get("workflows")
    first = [one for one in workflow["jobs"].values() if "needs" not in one]
    passed = "github.event.workflow_run.conclusion == 'success'"
    if set(triggers) != {"workflow_run"} or waits != ["test"] or not all(
        passed in one.get("if", "") for one in first
    ):
        found.append(
            "publishing must wait for the tests: on workflow_run of test "
            f"alone, and each first job if {passed}"
        )
    return found


def _secrets(workflow: dict[str, Any]) -> list[str]:
    """Secrets handed out, and packages from an index that is not stated."""
    found = []
    text = str(workflow)
    for secret in re.findall(r"secrets\.\w+|github\.token", text):
        found.append(f"hands out {secret}; nothing here needs a secret")
    for name in re.findall(r"PIP_\w*(?:INDEX|LINKS|HOST)\w*", text):
        found.append(
            f"{name} lets any package come from elsewhere; TORCH_INDEX_URL "
            "is for torch alone"
        )
    for job, settings in workflow["jobs"].items():
        for step in settings["steps"]:
            used = step.get("uses", "actions/")
            given = step.get("with") or {}
            if not used.startswith("actions/") and given.get("token") != "":
                found.append(
                    f"job {job}: {used.split('@')[0]} takes the job's token "
                    'by default; write token: ""'
                )
    return found
