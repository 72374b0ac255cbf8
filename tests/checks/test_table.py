"""tests/CHECKS.md and the tests agree."""

import re

import pytest

CELLS = re.compile(r"(?<!\\)\|")
# Read pages; they have no `problems` of their own.
NO_CHECKS = {"__init__", "__main__", "webpage"}


def problems(text, root):
    """What is wrong with the table, as lines."""
    found = []
    rows = [line for line in text.split("\n") if line.startswith("| ")]
    rows = [row for row in rows if not row.startswith("| Check |")]
    files = set()
    for row in rows:
        cells = [cell.strip() for cell in CELLS.split(row)[1:-1]]
        name = cells[0]
        if len(cells) != 4 or not all(cells):
            found.append(f"{name}: needs four cells, all filled")
            continue
        command = re.fullmatch(r"`python -m pytest ([\w/.]+)`", cells[2])
        if not command or not (root / command[1]).exists():
            found.append(f"{name}: {cells[2]} names no file of tests")
            continue
        files.add(command[1])
        other = re.search(r"in `(tests/[\w/.]+)`", cells[3])
        path = root / (other[1] if other else command[1])
        tests = re.findall(r"`(test_\w+)`", cells[3])
        if not tests:
            found.append(f"{name}: names no test that plants the defect")
        source = path.read_text("utf-8") if path.is_file() else ""
        for test in tests:
            if not re.search(rf"^def {test}\(", source, re.M):
                found.append(f"{name}: {path.name} has no {test}")
    for folder in ("site", "browser"):
        for path in sorted((root / "tests" / folder).glob("test_*.py")):
            file = path.relative_to(root).as_posix()
            if file not in files:
                found.append(f"{file}: add a row to tests/CHECKS.md")
    for path in sorted((root / "tools" / "checks").glob("*.py")):
        file = path.relative_to(root).as_posix()
        if path.stem not in NO_CHECKS and f"`{file}`" not in text:
            found.append(f"{file}: name it in a row of tests/CHECKS.md")
    return found


@pytest.fixture
def table(root):
    return (root / "tests" / "CHECKS.md").read_text("utf-8")


def test_the_table_and_the_tests_agree(table, root):
    assert problems(table, root) == []


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("tests/checks/test_links.py`", "tests/checks/test_link.py`", "no file"),
        ("`test_a_taken_id_is_found`", "`test_nothing`", "no test_nothing"),
        (": `test_banned_word_is_found`, `test_an_exception_stands_in_the_open"
         "`", "", "names no test"),
        ("`python -m pytest tests/checks/test_table.py` | A", "| A",
         "needs four cells"),
        ("`tools/checks/terms.py`", "", "tools/checks/terms.py: name it"),
    ],
)  # fmt: skip
def test_planted_defect_is_found(table, root, old, new, said):
    assert old in table
    assert said in "\n".join(problems(table.replace(old, new), root))


def test_a_check_without_a_row_is_found(table, root):
    rows = [row for row in table.split("\n") if "test_parity.py" not in row]
    found = problems("\n".join(rows), root)
    assert "tests/checks/test_parity.py: add a row to tests/CHECKS.md" in found
    assert (
        "tools/checks/parity.py: name it in a row of tests/CHECKS.md" in found
    )
