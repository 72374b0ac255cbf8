"""What tests of several folders share."""

import os

import pytest

from tools.refresh import formulas as katex


@pytest.fixture(scope="session")
def node():
    """Node with KaTeX, without asking the network where nobody waits."""
    there = (katex.KATEX / "node_modules" / "katex").is_dir()
    if not there and os.environ.get("CI") != "true":
        pytest.skip("KaTeX is not installed: npm install in tools/refresh/katex")
