"""Every check is clean where nothing is wrong, and finds what is planted.

The defects are data: planted/<check>.yml, a line for each, which says what
stands in a small site (conftest.py), what takes its place, and what the check
must say. README.md in that folder explains the few words of these files.
"""

import shutil
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import pytest
import yaml
from sybil import Document

from qkv_explained.languages import LANGUAGES
from tools.checks import (
    alternates,
    blocks,
    chance,
    formula_facts,
    formulas,
    links,
    report,
    resources,
    zensical,
)
from tools.places import ROOT
from tools.run import examples
from tools.site.finish import csp
from tools.site.finish import formulas as finish

FOLDER = Path(__file__).with_name("planted")
PLANTED = {path.stem: yaml.safe_load(path.read_text("utf-8"))
           for path in sorted(FOLDER.glob("*.yml"))}
MENU = [{"Home": "index.md"}, {"Concepts": ["concepts/doubling.md"]}]
