"""A learner's code runs apart: told clearly, and nothing comes to harm."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from qkv_explained import cli
from qkv_explained.course.exercises import child, files, process, tell
from qkv_explained.languages import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
HEAD = "def scores(Q, K):\n"
RIGHT = "    return Q @ K.mT\n"


def check(tmp_path: Path, code: str, seconds: float = 20) -> process.Checked:
    """What the checker says of a file."""
    file = tmp_path / "mine.py"
    file.write_text(code, "utf-8")
    before = sorted(tmp_path.iterdir())
    found = process.check("scores", file, seconds)
    assert file.read_text("utf-8") == code
    assert sorted(tmp_path.iterdir()) == before
    return found


CASES = {
    "syntax": "def scores(Q, K)\n    return 1\n",
    "raised_loading": "import nothing_of_this_name\n",
    "missing": "def score(Q, K):\n    return Q\n",
    "not_function": "scores = 3\n",
    "signature": "def scores(Q):\n    return Q\n",
    "systemexit": "import sys\nsys.exit(0)\n",
    "died": "import os\nos._exit(0)\n",
    "raised": HEAD + "    return Q @ nothing\n",
}


@pytest.mark.parametrize("key", CASES)
def test_what_ends_early_is_told(tmp_path, key):
    if key == "died":
        found = check(tmp_path, CASES[key])
    else:
        file = tmp_path / "mine.py"
        file.write_text(CASES[key], "utf-8")
        found = process.Checked(child.judge("scores", file))
    assert next(k for told in found.findings.values()
                for k, _ in told) == key
    for lang in LANGUAGES:
        said = list(tell.report(found, "scores", tmp_path / "mine.py", lang))
        assert said
        assert "{" not in "".join(said)


def test_a_file_that_is_no_text_is_told(tmp_path):
    file = tmp_path / "mine.py"
    file.write_bytes(b"\xff\xfe\x00d")
    found = process.check("scores", file)
    assert found.findings[""][0][0] == "encoding"


@pytest.mark.parametrize("code", [
    HEAD + "    while True:\n        pass\n",
    "while True:\n    print('x' * 1000)\n",
])
def test_endless_code_is_stopped(tmp_path, code):
    found = check(tmp_path, code, seconds=1.5)
    assert [k for told in found.findings.values() for k, _ in told] == [
        "endless"]
    assert len(found.printed) <= 4000


def test_what_is_printed_is_shown_and_bounded(tmp_path):
    found = check(tmp_path, HEAD + "    print('y' * 5000)\n" + RIGHT)
    assert found.passed
    assert found.printed == "y" * 4000


HARM = {
    "remove": "import os; os.remove({0!r})",
    "unlink": "import pathlib; pathlib.Path({0!r}).unlink()",
    "rmtree": "import shutil; shutil.rmtree({1!r})",
    "truncate": "open({0!r}, 'w').close()",
    "append": "open({0!r}, 'a').write('x')",
    "rename": "import os; os.rename({0!r}, {0!r} + '2')",
    "into scratch": "import os; os.rename({0!r}, 'taken')",
    "save": "import torch; torch.save(torch.ones(1), {0!r})",
    "numpy": "import torch; torch.ones(9).numpy().tofile({0!r})",
    "shell": "import os; os.system('rm ' + {0!r})",
    "process": "import subprocess; subprocess.run(['rm', {0!r}])",
    "fork": "import os; os.fork()",
    "kill": "import os, signal; os.kill(os.getppid(), signal.SIGTERM)",
    "chmod": "import os; os.chmod({0!r}, 0)",
    "network": "import socket; socket.create_connection(('127.0.0.1', 9))",
    "link": "import os; os.symlink({0!r}, {0!r} + '3')",
}


def test_nothing_outside_is_changed(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    kept = outside / "kept.txt"
    kept.write_text("kept")
    mode = kept.stat().st_mode
    # One process tries all of them, and says what became of each.
    lines = [HEAD]
    for what, harm in HARM.items():
        code = harm.format(str(kept), str(outside))
        lines.append(f"    try:\n        {code}\n        print({what!r})\n"
                     "    except Exception as e:\n"
                     f"        print({what!r}, type(e).__name__)\n")
    found = check(tmp_path, "".join(lines) + RIGHT)
    said = found.printed.splitlines()[:len(HARM)]
    assert said == [f"{what} Forbidden" for what in HARM]
    assert [path.name for path in outside.iterdir()] == ["kept.txt"]
    assert kept.read_text() == "kept"
    assert kept.stat().st_mode == mode


def test_what_is_refused_is_told(tmp_path):
    found = check(tmp_path, HEAD + "    open('/x', 'w')\n" + RIGHT)
    assert found.findings["scores"][0][0] == "forbidden"


def test_its_own_folder_is_its_own(tmp_path):
    found = check(tmp_path, HEAD + (
        "    open('notes', 'w').write('x')\n"
        "    import os; os.remove('notes')\n") + RIGHT)
    assert found.passed


@pytest.mark.skipif(sys.platform != "linux",
                    reason="only Linux bounds the memory of a process")
def test_hungry_code_is_told(tmp_path):
    found = check(tmp_path, HEAD + "    import torch\n"
                  "    return torch.ones(1 << 36)\n")
    key, values = found.findings["scores"][0]
    assert key == "memoryerror" or "alloc" in values["message"]
    found = check(tmp_path, HEAD + "    return [0] * (1 << 36)\n")
    assert found.findings["scores"][0][0] == "memoryerror"


def test_threads_left_behind_and_many_of_them(tmp_path):
    found = check(tmp_path, (
        "import threading, time\n"
        "for _ in range(30):\n"
        "    threading.Thread(target=time.sleep, args=(600,)).start()\n"
        + HEAD + RIGHT), seconds=20)
    assert found.passed


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="needs ulimit")
def test_it_runs_where_threads_are_few(tmp_path):
    file = tmp_path / "mine.py"
    file.write_text(HEAD + RIGHT, "utf-8")
    code = ("import resource, sys; from pathlib import Path\n"
            "resource.setrlimit(resource.RLIMIT_NPROC, (64, 64))\n"
            "from qkv_explained.course.exercises import process\n"
            "print(process.check('scores', Path(sys.argv[1])).passed)")
    done = subprocess.run(
        [sys.executable, "-c", code, str(file)], cwd=ROOT,
        capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "OMP_NUM_THREADS": "64"})
    assert done.stdout.strip() == "True", done.stderr


def test_what_it_does_to_torch_hides_nothing(tmp_path):
    found = check(tmp_path, (
        "import torch\n"
        "torch.allclose = lambda *a, **k: True\n"
        "torch.manual_seed(3)\n"
        "torch.set_default_dtype(torch.float64)\n"
        + HEAD + "    return K @ Q.mT\n"))
    assert not found.passed


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Call the command line in an empty folder."""
    monkeypatch.chdir(tmp_path)

    def call(line: str, lang: str = "en") -> tuple[int, str, str]:
        status = cli.main([*line.split(), "--lang", lang])
        return status, *capsys.readouterr()

    return call


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_two_commands(run, tmp_path, lang):
    status, out, err = run("exercise multi_head", lang)
    assert (status, err) == (0, "")
    file = tmp_path / "multi_head.py"
    assert "check multi-head multi_head.py" in out
    assert files.texts()["multi-head"][lang]["split_heads"][:8] in \
        file.read_text("utf-8")
    before = file.read_text("utf-8")
    status, _, err = run("exercise multi-head", lang)
    assert status == 2
    assert "multi_head_2.py" in err
    assert file.read_text("utf-8") == before
    if lang != "en":
        return
    assert run("check multi-head", lang)[0] == 1
    file.write_text(files.solution("multi-head"), "utf-8")
    status, out, _ = run("check multi-head multi_head.py", lang)
    assert status == 0
    assert "--solution" in out


def test_mistakes_on_the_command_line(run, tmp_path):
    assert "multi-head" in run("exercise mutli-head")[2]
    assert "exercise scores" in run("check scores nowhere.py")[2]
    assert "folder" in run("exercise scores no/such.py")[2]
    (tmp_path / "box").mkdir()
    assert run("check scores box")[0] == 2
    assert "scores" in run("check")[2]
    status, out, _ = run("exercise scores --solution")
    assert status == 0
    assert out.strip() == files.solution("scores").strip()
    assert not list(tmp_path.glob("*.py"))
