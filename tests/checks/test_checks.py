"""What the tests of the checks rely on."""

import pytest

from tools.checks import Problem


def test_whatever_is_wrong_is_told_whole(clean):
    problems = [Problem(f"docs/{n}.md", n, "x" * 300) for n in range(1, 60)]
    with pytest.raises(pytest.fail.Exception) as failed:
        clean(problems)
    assert all(str(problem) in failed.value.msg for problem in problems)


def test_nothing_found_is_no_failure(clean):
    clean([])
