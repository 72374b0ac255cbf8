"""The site is built without a warning."""

import pytest


def warnings(log):
    """The lines of a build's log that a strict build would stop at."""
    return [
        line
        for line in log.splitlines()
        if line.startswith(("WARNING", "ERROR", "CRITICAL"))
    ]


def test_the_site_is_built_without_a_warning(build_log):
    found = warnings(build_log)
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def test_a_warning_is_found():
    log = "INFO ru: built\nWARNING ru: a.md: 1 formulas not rendered yet\n"
    assert warnings(log) == ["WARNING ru: a.md: 1 formulas not rendered yet"]
