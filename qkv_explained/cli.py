"""The command line: list, show and run the concepts, count shapes.

A user's mistake ends with one clear message and exit status 2, never with a
traceback; a snippet that fails gives exit status 1.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path

from qkv_explained import __version__, bibliography, course, languages, shapes
from qkv_explained._console import (
    can_show,
    complain,
    language,
    make_safe,
    say,
    wrap,
)
from qkv_explained.course import Concept, UnknownName
from qkv_explained.course.exercises import files, process, tell
from qkv_explained.languages import LANGUAGES, PIVOT, Lang

RUN = "python -m qkv_explained"
SNIPPETS = Path(__file__).resolve().parent / "snippets"
SIZES = ("quick", "full")


class Mistake(Exception):
    """Something the user typed cannot be done; the text says what to do."""


class _Session:
    """One call of the command line: its language and its words."""

    def __init__(self, lang: Lang) -> None:
        self.lang = lang
        self.words: Mapping[str, str] = languages.words(lang)["cli"]
        self.colon: str = languages.words(lang)["habits"]["colon"]

    def text(self, key: str, **values: object) -> str:
        """A message in the reader's language."""
        return self.words[key].format(**values)

    def unknown(self, what: str, error: UnknownName) -> Mistake:
        """The mistake of naming what does not exist, with what does."""
        lines = [self.text("unknown", what=self.words[f"what_{what}"],
                           name=error.name)]
        if error.nearest:
            lines.append(self.text("nearest", names=_join(error.nearest)))
        lines.append(self.text("known", names=_join(error.known)))
        return Mistake("\n".join(lines))

    def choose(self, what: str, name: str, known: Sequence[str]) -> str:
        """A name if it is known, else the mistake that says so."""
        if name not in known:
            raise self.unknown(what, UnknownName(name, known))
        return name

    def find(self, name: str | None) -> Concept:
        """A concept or a myth by its name."""
        if name is None:
            raise Mistake(self.text("which", names=_join(course.ids())))
        try:
            return course.get(name)
        except UnknownName as error:
            raise self.unknown("name", error) from None


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line.

    Args:
        argv: What was typed after the program's name; taken from the
            process if left out.

    Returns:
        The exit status: 0 done, 1 failed, 2 a mistake in what was typed.
    """
    for stream in (sys.stdout, sys.stderr):
        make_safe(stream)
    session = _Session(PIVOT)
    try:
        lang, rest = _language(list(sys.argv[1:] if argv is None else argv))
        session = _Session(lang)
        return _command(session, rest)
    except _Done:
        return 0
    except Mistake as mistake:
        complain(str(mistake))
        return 2
    except KeyboardInterrupt:
        complain(session.text("stopped"))
        return 130
    except BrokenPipeError:
        # The reader, such as `head`, has had enough; keep the interpreter
        # from complaining when it flushes at the end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _language(words: list[str]) -> tuple[Lang, list[str]]:
    """Take --lang out of what was typed, wherever it stands."""
    rest: list[str] = []
    name: str | None = None
    found = language()
    if not can_show(found, sys.stdout):
        found = PIVOT
    session = _Session(found)
    while words:
        word = words.pop(0)
        if word == "--lang":
            if not words:
                raise Mistake(session.text("needs_value", option=word))
            name = words.pop(0)
        elif word.startswith("--lang="):
            name = word.partition("=")[2]
        else:
            rest.append(word)
    if name is None:
        return found, rest
    known = {str(lang): lang for lang in LANGUAGES}
    chosen = known[session.choose("language", name.lower(), list(known))]
    if not can_show(chosen, sys.stdout):
        complain(
            f"This console ({sys.stdout.encoding}) has no letters for "
            f"{chosen}; set PYTHONIOENCODING=utf-8, or use --lang {PIVOT}."
        )
    return chosen, rest


def _command(session: _Session, words: list[str]) -> int:
    """Find the command and hand it the rest of what was typed."""
    if not words:
        return _list(session, [])
    name, *rest = words
    if name in ("-h", "--help", "help"):
        return _help(session)
    if name in ("-V", "--version"):
        say(f"qkv_explained {__version__}")
        return 0
    if name in COMMANDS:
        return COMMANDS[name](session, rest)
    if name.startswith("-"):
        raise session.unknown("option", UnknownName(
            name, ("--help", "--lang", "--version")))
    if name.replace("_", "-") in course.ids():
        raise Mistake(session.text(
            "is_name", name=name, command=f"{RUN} show {name}"))
    raise session.unknown("command", UnknownName(name, COMMANDS))


def _list(session: _Session, words: list[str]) -> int:
    """Print all concepts and myths, and what can be done with them."""
    _parse(session, _Parser(session, "list"), words)
    say(session.text("about"))
    groups: tuple[tuple[str, Sequence[Concept]], ...] = (
        ("concepts", course.CONCEPTS), ("myths", course.MYTHS))
    width = max(map(len, course.ids()))
    for title, entries in groups:
        say(f"\n{session.text(title)}")
        for entry in entries:
            say(f"  {entry.id:<{width}}  {entry.titles[session.lang]}")
    say()
    _commands(session)
    return 0


def _help(session: _Session) -> int:
    """Print what the command line can do."""
    choice = "|".join(LANGUAGES)
    say(f"{session.text('usage')}{session.colon}{RUN} [--lang {choice}] "
        "COMMAND …")
    say(session.text("about"))
    say()
    _commands(session)
    say(f"\n{session.text('options')}")
    known = languages.listed(LANGUAGES, session.lang)
    for option, key in (
        ("--lang", "lang"), ("--version", "version"), ("--help", "help"),
    ):
        text = session.text(key, languages=known)
        say(f"  {option:<10} {text}")
    return 0


def _commands(session: _Session) -> None:
    say(session.text("commands"))
    for usage, key in (
        ("list", "list"), ("show NAME", "show"), ("run NAME [STEP]", "run"),
        ("shapes", "shapes"), ("exercise NAME", "exercise"),
        ("check NAME FILE", "check"), ("myth NAME", "myth"),
        ("sentence-model", "sentence-model"), ("train-gpt", "train-gpt"),
        ("look TEXT", "look"),
    ):
        say(f"  {usage:<16} {session.text(key)}")


def _show(session: _Session, words: list[str]) -> int:
    """Print the idea, the formula with shapes and the sources."""
    parser = _Parser(session, "show", "NAME")
    parser.positional("name", "name", example="projection")
    entry = session.find(_parse(session, parser, words).name)
    say(f"{entry.titles[session.lang]}  [{entry.id}]\n")
    say(wrap(entry.ideas[session.lang]))
    say(f"\n    {entry.formula}\n")
    rows = [("module", entry.module), ("page", entry.page)]
    if entry.prerequisites:
        rows.append(("first", _join(entry.prerequisites)))
    if entry.snippets:
        rows.append(("snippets", _join(entry.snippets)))
    for key, value in rows:
        say(f"{session.text(key)}{session.colon}{value}")
    say(session.text("sources"))
    for source in entry.sources:
        say(f"  {_citation(session, source)}")
    return 0


def _citation(session: _Session, source: course.Source) -> str:
    """Who, where in the work, and where the work is."""
    work = bibliography.find(source.key)
    who = bibliography.label(source.key, session.lang)
    where = bibliography.place(source.where, session.lang)
    return "  ".join(part for part in (who, where, work.url) if part)


def _run(session: _Session, words: list[str]) -> int:
    """Run snippets, each in a fresh interpreter; print what they print."""
    parser = _Parser(session, "run", "NAME [STEP]")
    parser.positional("name", "name", example="projection")
    parser.positional("step", "step")
    options = _parse(session, parser, words)
    name, _, step = (options.name or "").partition("/")
    entry = session.find(name or None)
    steps = entry.snippets
    if not steps:
        complain(session.text("no_snippets", name=entry.id))
        return 1
    wanted = (options.step or step).removesuffix(".py")
    if wanted:
        steps = (session.choose("step", wanted, steps),)
    _need_torch(session)
    for index, step in enumerate(steps):
        file = snippet_file(entry, step)
        say(("\n" if index else "") + f"# {entry.id}/{file.name}")
        sys.stdout.flush()
        done = run_alone(file)
        sys.stdout.write(done.stdout)
        if done.returncode:
            complain(done.stderr.rstrip())
            complain(session.text(
                "failed", name=file.name, status=done.returncode))
            return 1
    return 0


def snippet_file(entry: Concept, step: str) -> Path:
    """The file of one step of a topic.

    Args:
        entry: The concept or myth.
        step: The name of one of its snippets.

    Returns:
        The path in this installation.
    """
    return Path(str(course.topic_path(entry, "snippets", f"{step}.py")))


def run_alone(file: Path) -> subprocess.CompletedProcess[str]:
    """Run one file in a fresh interpreter, as a reader would.

    Args:
        file: A Python file that imports this package.

    Returns:
        The finished process, with what it printed as text.
    """
    package_home = str(Path(__file__).resolve().parent.parent)
    paths = [package_home, os.environ.get("PYTHONPATH", "")]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
    }
    # -P keeps the snippet's own folder off the path, where a neighbour
    # might have the name of a library.
    return subprocess.run(
        [sys.executable, "-P", "-X", "utf8", str(file)],
        capture_output=True, encoding="utf-8", env=environment, check=False,
    )


def _shapes(session: _Session, words: list[str]) -> int:
    """Print every shape and parameter count from X to the output."""
    parser = _Parser(session, "shapes", "[--d-model N] [--heads N] …")
    numbers = ("d_model", "heads", "kv_heads", "d_k", "d_v", "tokens",
               "batch")
    for number in numbers:
        parser.number(number)
    options = _parse(session, parser, words)
    try:
        layer = shapes.attention_shapes(
            512 if options.d_model is None else options.d_model,
            8 if options.heads is None else options.heads,
            n_kv_heads=options.kv_heads, d_k=options.d_k, d_v=options.d_v,
            n_q=10 if options.tokens is None else options.tokens,
            batch=options.batch,
        )
    except shapes.ShapeError as error:
        raise _bad_shape(session, error) from None
    say(shapes.table(layer))
    return 0


def _bad_shape(session: _Session, error: shapes.ShapeError) -> Mistake:
    """Say in the reader's language why sizes do not fit, and which do."""
    sizes = error.sizes
    if error.kind == "positive":
        option = _OPTION_OF.get(error.argument, error.argument)
        return Mistake(session.text(
            "positive", argument=option, value=sizes[error.argument]))
    choices = ", ".join(map(str, error.choices))
    if error.kind == "kv_heads":
        whole, rest = divmod(sizes["n_heads"], sizes["n_kv_heads"])
        return Mistake("\n".join((
            session.text("kv_uneven", whole=whole, rest=rest, **sizes),
            session.text("kv_choices", choices=choices),
        )))
    whole, rest = divmod(sizes["d_model"], sizes["n_heads"])
    lines = [
        session.text("heads_uneven", whole=whole, rest=rest, **sizes),
        session.text("heads_choices", choices=choices),
    ]
    if whole:
        lines.append(session.text(
            "heads_way_out", whole=whole, joined=whole * sizes["n_heads"],
            d_model=sizes["d_model"]))
    return Mistake("\n".join(lines))


_OPTION_OF = {
    "d_model": "--d-model", "n_heads": "--heads", "n_kv_heads": "--kv-heads",
    "d_k": "--d-k", "d_v": "--d-v", "n_q": "--tokens", "batch": "--batch",
}


def _myth(session: _Session, words: list[str]) -> int:
    """Measure again what the page of a myth reports."""
    parser = _Parser(session, "myth", "NAME [--size quick|full] …")
    parser.positional("name", "name", example="shared-qk")
    parser.option("--size", "size", default="quick")
    parser.number("seeds")
    parser.option("--out", "out")
    options = _parse(session, parser, words)
    myths = [myth.id for myth in course.MYTHS]
    if options.name is None:
        raise Mistake(session.text("which", names=_join(myths)))
    try:
        myth = course.get_myth(options.name)
    except UnknownName as error:
        if options.name.replace("_", "-") in course.ids():
            raise Mistake(session.text(
                "not_myth", name=options.name, names=_join(myths))) from None
        raise session.unknown("name", error) from None
    size = session.choose("size", options.size, SIZES)
    if options.seeds is not None and options.seeds < 1:
        raise Mistake(session.text(
            "positive", argument="--seeds", value=options.seeds))
    out = _output_file(session, options.out)
    _need_torch(session)
    from qkv_explained.course.myths import run_myth
    try:
        run_myth(myth.id, size=size, seeds=options.seeds, out=out,
                 lang=session.lang)
    except ValueError as error:
        raise Mistake(str(error)) from None
    return 0


def _sentence_model(session: _Session, words: list[str]) -> int:
    """Train the sentence model of the language again."""
    parser = _Parser(session, "sentence-model", "[--seed N] [--out FILE] …")
    for number in ("seed", "steps"):
        parser.number(number)
    parser.option("--out", "out")
    options = _parse(session, parser, words)
    for name, least in (("seed", 0), ("steps", 1)):
        given = getattr(options, name)
        if given is not None and given < least:
            raise Mistake(session.text(
                "at_least", argument=f"--{name}", value=given, least=least))
    out = _output_file(session, options.out)
    _need_torch(session)
    from qkv_explained.models import again
    made = again.again(session.lang, options.seed, options.steps)
    for sentence, answer, noun, share in made.said:
        say(f"{sentence}  → {answer}   {noun} {share:.2f}")
    say(session.text("held_out", share=f"{made.accuracy:.1%}"))
    if out is not None:
        again.write(made.model, out)
        say(session.text("written", path=out))
    return 0


def _exercise(session: _Session, words: list[str]) -> int:
    """Write the file that a learner starts with; overwrite nothing."""
    parser = _Parser(session, "exercise", "NAME [FILE] [--solution]")
    parser.positional("name", "exercise_name", example="multi-head")
    parser.positional("file", "exercise_file", example="multi_head.py")
    parser.switch("--solution", "exercise_solution")
    options = _parse(session, parser, words)
    name = _exercise_name(session, options.name)
    if options.solution:
        say(files.solution(name).rstrip("\n"))
        return 0
    path = Path(options.file or f"{name.replace('-', '_')}.py")
    said, shown = languages.words(session.lang)["exercise"], path.as_posix()
    if not path.absolute().parent.is_dir():
        raise Mistake(session.text("no_folder", path=path.parent))
    title = said["title"].format(title=_title(session, name))
    text = files.start(
        name, session.lang, title, f"{RUN} check {name} {shown}")
    try:
        # "x": what is there already is never overwritten.
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        command = f"{RUN} exercise {name} {path.stem}_2.py"
        raise Mistake(said["exists"].format(
            file=path, command=command)) from None
    except OSError as error:
        raise Mistake(said["cannot_write"].format(
            file=path, why=error.strerror)) from None
    say(said["wrote"].format(file=path))
    say(said["next"].format(command=f"{RUN} check {name} {shown}"))
    return 0


def _check(session: _Session, words: list[str]) -> int:
    """Check a learner's file; exit status 1 if something is wrong."""
    parser = _Parser(session, "check", "NAME FILE")
    parser.positional("name", "exercise_name", example="multi-head")
    parser.positional("file", "exercise_file", example="multi_head.py")
    options = _parse(session, parser, words)
    name = _exercise_name(session, options.name)
    said = languages.words(session.lang)["exercise"]
    path = Path(options.file or f"{name.replace('-', '_')}.py")
    if path.is_dir():
        raise Mistake(session.text("is_folder", path=path))
    try:
        path.read_bytes()
    except FileNotFoundError:
        raise Mistake(said["no_file"].format(
            file=path, command=f"{RUN} exercise {name} {path}")) from None
    except OSError as error:
        raise Mistake(said["cannot_read"].format(
            file=path, why=error.strerror)) from None
    _need_torch(session)
    checked = process.check(name, path)
    for line in tell.report(checked, name, path, session.lang):
        say(line)
    return 0 if checked.passed else 1


def _exercise_name(session: _Session, name: str | None) -> str:
    """The exercise that was asked for, or the mistake with all of them."""
    if name is None:
        raise Mistake(session.text("which", names=_join(files.names())))
    try:
        return files.find(name)
    except UnknownName as error:
        raise session.unknown("exercise", error) from None


def _title(session: _Session, name: str) -> str:
    """The title of a topic's page."""
    try:
        return course.get(name).titles[session.lang] or name
    except UnknownName:
        return name


def _train_gpt(session: _Session, words: list[str]) -> int:
    """Train a small GPT, or go on with a run that was stopped."""
    parser = _Parser(
        session, "train-gpt", "[--text FILE] [--steps N] [--resume] …")
    for flag, key in (("--text", "text"), ("--encoding", "encoding"),
                      ("--out", "out_folder")):
        parser.option(flag, key)
    for number in ("steps", "seed"):
        parser.number(number, f"gpt_{number}")
    parser.group.add_argument(
        "--resume", action="store_true", help=session.text("resume"))
    options = _parse(session, parser, words)
    steps = 1000 if options.steps is None else options.steps
    if steps < 1:
        raise Mistake(session.text(
            "positive", argument="--steps", value=steps))
    _need_torch(session)
    from qkv_explained.lab import gpt_command
    try:
        gpt_command.run(
            session.lang, text=options.text, encoding=options.encoding,
            steps=steps, seed=options.seed or 0, out=options.out,
            resume=options.resume)
    except gpt_command.Refused as error:
        said = languages.words(session.lang)["gpt"][error.key]
        raise Mistake(said.format(**error.values)) from None
    return 0


def _look(session: _Session, words: list[str]) -> int:
    """Say what each head of a real model does on a text."""
    parser = _Parser(session, "look", "TEXT [--model NAME] [--out FILE] …")
    parser.positional("text", "look_text")
    parser.option("--model", "look_model", default="smollm2")
    parser.option("--token", "look_token")
    parser.option("--out", "look_out")
    options = _parse(session, parser, words)
    if options.text is None:
        raise Mistake(session.text(
            "look_which", example=f'{RUN} look "The cat sat on the mat."'))
    out = _output_file(session, options.out)
    _need_torch(session)
    from qkv_explained.lab.real import MissingModel, look
    said = languages.words(session.lang)["look"]
    try:
        look.look(session.lang, options.text, options.model, options.token,
                  out)
    except MissingModel as error:
        raise Mistake(said["missing"].format(why=error)) from None
    except look.Refused as error:
        raise Mistake(said[error.key].format(**error.values)) from None
    return 0


def _output_file(session: _Session, name: str | None) -> Path | None:
    """The file to write, once it is clear that it can be written."""
    if name is None:
        return None
    path = Path(name)
    if path.is_dir():
        raise Mistake(session.text("is_folder", path=path))
    if not path.absolute().parent.is_dir():
        raise Mistake(session.text("no_folder", path=path.parent))
    return path


def _need_torch(session: _Session) -> None:
    if find_spec("torch") is None:
        raise Mistake(session.text("no_torch"))


def _join(names: Sequence[str]) -> str:
    return ", ".join(names)


class _Parser(argparse.ArgumentParser):
    """Argparse that speaks the reader's language and never exits."""

    def __init__(self, session: _Session, command: str, usage: str = "") \
            -> None:
        line = f"{RUN} {command} {usage}".rstrip()
        super().__init__(
            prog=f"{RUN} {command}", usage=argparse.SUPPRESS,
            description=f"{session.text('usage')}{session.colon}{line}\n"
                        f"{session.text(command)}",
            add_help=False, allow_abbrev=False, exit_on_error=False,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        self.session = session
        self.group = self.add_argument_group(session.text("options"))
        self.group.add_argument(
            "-h", "--help", action="help", help=session.text("help"))

    def positional(self, name: str, key: str, **values: str) -> None:
        """Add a name that may be left out; the command asks for it."""
        self.group.add_argument(
            name, nargs="?", metavar=name.upper(),
            help=self.session.text(key, **values))

    def option(self, flag: str, key: str, default: str | None = None) \
            -> None:
        """Add an option that takes a word."""
        self.group.add_argument(
            flag, default=default, metavar=key.upper(),
            help=self.session.text(key))

    def switch(self, flag: str, key: str) -> None:
        """Add an option that takes nothing."""
        self.group.add_argument(
            flag, action="store_true", help=self.session.text(key))

    def number(self, key: str, said: str = "") -> None:
        """Add an option that takes a whole number; `said` names its help."""
        flag = f"--{key.replace('_', '-')}"
        session = self.session

        def whole(value: str) -> int:
            try:
                return int(value)
            except ValueError:
                raise Mistake(session.text(
                    "not_number", option=flag, value=value)) from None

        self.group.add_argument(
            flag, type=whole, metavar="N", dest=key,
            help=session.text(said or key))

    def flags(self) -> list[str]:
        """Every long option."""
        return [flag for action in self._actions
                for flag in action.option_strings if flag.startswith("--")]


def _parse(
    session: _Session, parser: _Parser, words: list[str]
) -> argparse.Namespace:
    """Parse the words after the command, with messages of our own."""
    try:
        options, left = parser.parse_known_args(words)
    except argparse.ArgumentError as error:
        raise Mistake(session.text(
            "needs_value", option=error.argument_name)) from None
    except SystemExit:
        raise _Done from None
    for word in left:
        if word.startswith("-"):
            raise session.unknown("option", UnknownName(
                word.partition("=")[0], [*parser.flags(), "--lang"]))
        raise Mistake(session.text(
            "too_many", value=word, command=parser.prog))
    return options


class _Done(Exception):
    """The help was printed; there is nothing more to do."""


COMMANDS: dict[str, Callable[[_Session, list[str]], int]] = {
    "list": _list,
    "show": _show,
    "run": _run,
    "shapes": _shapes,
    "exercise": _exercise,
    "check": _check,
    "myth": _myth,
    "sentence-model": _sentence_model,
    "train-gpt": _train_gpt,
    "look": _look,
}
