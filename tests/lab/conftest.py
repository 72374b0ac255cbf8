"""The toy experiment, trained once a session."""

import pytest

from qkv_explained.lab.run import run
from tests.lab.toy import EXPERIMENT


@pytest.fixture(scope="session")
def whole(session_folder, once):
    """Its finished file."""
    path = session_folder / "toy.json"
    once("toy-is-trained",
         lambda: bool(run(EXPERIMENT, out=path, progress=False)))
    return path
