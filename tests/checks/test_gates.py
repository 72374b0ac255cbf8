""".ci/run fails where something fails or is left out.

What the table below would not see is seen by the check of the gates.
"""

import subprocess

import pytest

MAKE = """#!/bin/sh
case "$1" in
site) {site};;
test) {test};;
esac
"""
PASSED = "echo '===== 5 passed in 1.00s ====='"


@pytest.fixture
def run(root, tmp_path):
    """Run .ci/run where every command is a stand-in."""

    def ran(damage=("", ""), python="exit 0", site="true", test=PASSED):
        commands = {
            "bin/make": MAKE.format(site=site, test=test),
            ".venv/bin/python": f"#!/bin/sh\n{python}\n",
            "bin/fc-list": "#!/bin/sh\necho font\n",
            **{f"bin/{name}": "#!/bin/sh\n" for name in
               ("git", "chromium", "java", "node", "npm", "python3")},
        }
        for name, text in commands.items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
            path.chmod(0o755)
        script = (root / ".ci/run").read_text("utf-8")
        assert damage[0] in script
        (tmp_path / ".ci").mkdir()
        (tmp_path / ".ci/run").write_text(script.replace(*damage))
        return subprocess.run(
            ["bash", ".ci/run"], cwd=tmp_path, capture_output=True, text=True,
            env={"PATH": f"{tmp_path}/bin:/usr/bin:/bin",
                 "HOME": str(tmp_path)})

    return ran


def test_ci_passes_where_all_passes(run):
    done = run()
    assert done.returncode == 0, done.stderr
    assert "5 passed" in done.stdout


@pytest.mark.parametrize("broken", [
    {"site": "exit 2"},
    {"test": "exit 2"},
    {"test": f"{PASSED}; exit 1"},
    {"test": "echo collected nothing"},
    {"test": "echo '=== 5 passed, 1 skipped in 1.00s ==='"},
    {"test": "echo '=== 5 passed, 1 deselected in 1.00s ==='"},
    {"test": "echo '=== 5 passed, 1 xfailed in 1.00s ==='"},
    {"python": "exit 1"},
])
def test_ci_fails_where_one_fails_or_is_left_out(run, broken):
    assert run(**broken).returncode != 0


@pytest.mark.parametrize(("damage", "broken"), [
    (("set -euo pipefail", "set -eu"), {"test": f"{PASSED}; exit 1"}),
    (("make site\n", "make site || true\n"), {"site": "exit 2"}),
])
def test_planted_hole_in_ci_would_let_a_failure_pass(run, damage, broken):
    assert run(damage, **broken).returncode == 0
