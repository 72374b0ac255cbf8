"""That a translation and the English page say the same: two hashes.

A Chinese or Russian page says in its front matter which text of the English
page it says the same as (`follows:`), and which text of its own was compared
with it (`itself:`). When either page changes, the check of freshness fails
until somebody who reads both has compared them again and says so:

    python -m tools.pages.pins FILE      what English has changed since
    python -m tools.refresh pins FILE    the two agree
"""

from __future__ import annotations

import difflib
import hashlib
import re
import subprocess
import sys
from pathlib import Path

from qkv_explained.languages import PIVOT
from tools.pages import reader
from tools.pages.reader import LANGS
from tools.places import ROOT

_PINS = re.compile(r"^(?:follows|itself):.*\n", re.M)


def content_hash(text: str) -> str:
    """The hash of a page's text; the ends of lines do not count."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").split("\n")]
    normal = "\n".join(lines).strip() + "\n"
    digest = hashlib.sha256(normal.encode()).hexdigest()
    # Digits alone would be read as a number from the front matter.
    return digest[:12] if not digest[:12].isdigit() else f"x{digest[:11]}"


def own_hash(text: str) -> str:
    """The hash of a translation, its pins apart."""
    head, _, rest = text.replace("\r\n", "\n").partition("---\n")
    front, rule, body = rest.partition("---\n")
    return content_hash(f"{head}---\n{_PINS.sub('', front)}{rule}{body}")


def pivot(page: Path, root: Path = ROOT) -> Path:
    """The English page of a translation."""
    lang, *rest = page.resolve().relative_to(root.resolve() / "docs").parts
    if lang not in LANGS or lang == PIVOT:
        raise ValueError(f"{page}: name a translation, such as "
                         "docs/ru/concepts/projection.md")
    return root / "docs" / PIVOT / Path(*rest)


def translations(root: Path = ROOT) -> list[Path]:
    """All pages that follow an English one."""
    return [page for lang in LANGS if lang != PIVOT
            for page in reader.pages(root, lang)
            if pivot(page, root).exists()]


def pin(page: Path, root: Path = ROOT) -> bool:
    """Write into a page which two texts were compared; tell if it changed."""
    found = content_hash(pivot(page, root).read_text(encoding="utf-8"))
    text = page.read_text(encoding="utf-8")
    head, front, body = text.partition("---\n")
    if head or "---\n" not in body:
        raise ValueError(f"{page}: has no front matter; begin it with title:")
    front, rule, body = body.partition("---\n")
    own = own_hash(text)
    front = _PINS.sub("", front) + f"follows: {found}\nitself: {own}\n"
    new = f"---\n{front}{rule}{body}"
    if new != text:
        page.write_text(new, encoding="utf-8", newline="\n")
    return new != text


def changes(page: Path, root: Path = ROOT) -> str:
    """What the English page has changed since the page followed it."""
    source = pivot(page, root)
    now = source.read_text(encoding="utf-8")
    follows = str(reader.read(page).meta.get("follows", ""))
    if follows == content_hash(now):
        return f"{page} follows the English page as it is.\n"
    then = _text_with_hash(source, follows, root)
    if then is None:
        return (f"{page} follows {follows or 'nothing'}, which is no "
                f"committed text of {source}. Read the whole page against "
                "it.\n")
    return "".join(difflib.unified_diff(
        then.splitlines(keepends=True), now.splitlines(keepends=True),
        f"followed by {page.name}", f"{source.name} now"))


def _text_with_hash(source: Path, wanted: str, root: Path) -> str | None:
    """The committed text of a page that has this hash."""
    name = source.resolve().relative_to(root.resolve()).as_posix()

    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=root, check=True,
                              capture_output=True, encoding="utf-8").stdout

    for commit in git("log", "--format=%H", "--", name).split():
        try:
            text = git("show", f"{commit}:{name}")
        except subprocess.CalledProcessError:
            continue
        if content_hash(text) == wanted:
            return text
    return None


if __name__ == "__main__":
    if len(sys.argv) < 2:
        print(__doc__)
    for argument in sys.argv[1:]:
        print(changes(Path(argument)), end="")
