"""What a page gives away besides itself.

`projection.py` and `projection.ipynb` (its snippets, in the page's order),
`projection.md` (the page as Markdown, includes and numbers filled in), and
per language `llms.txt` and `claims.json`.
"""

import json
import re
from pathlib import Path
from typing import Any

import nbformat

from qkv_explained.course import Concept
from qkv_explained.languages import Lang, words
from tools.pages import ledger, mapping, reader
from tools.places import PACKAGE

# What a file ends with; in a fence it would be an empty line.
_LAST_BLANK = re.compile(r"\n\s*\n([ \t]*```[ \t]*)$", re.M)
_BUTTONS = re.compile(r'<p class="card-actions">.*?</p>\n?', re.S)


def snippet_texts(concept: Concept) -> list[tuple[str, str]]:
    """Return the names and texts of a concept's snippets, in page order."""
    folder = PACKAGE / "course" / concept.folder / "snippets"
    return [(name, (folder / f"{name}.py").read_text("utf-8"))
            for name in concept.snippets]


def script(concept: Concept, lang: Lang) -> str:
    """Return a page's snippets as one script, in cells that editors know."""
    head = f"# {concept.titles[lang]}\n# {words(lang)['page']['runs']}\n"
    cells = [f"# %% {concept.folder.split('/')[1]}/{name}.py\n{text.strip()}\n"
             for name, text in snippet_texts(concept)]
    return "\n".join([head, *cells])


def notebook(concept: Concept, lang: Lang) -> str:
    """Return a page's snippets as a notebook with their outputs."""
    title = concept.titles[lang]
    intro = words(lang)["page"]["nb_intro"].format(title=title)
    cells = [nbformat.v4.new_markdown_cell(
        f"# {title}\n\n{intro}\n\n{concept.ideas[lang]}", id="intro")]
    folder = PACKAGE / "course" / concept.folder / "snippets"
    for name, code in snippet_texts(concept):
        cell = nbformat.v4.new_code_cell(code.strip(), id=name[:64])
        out = folder / f"{name}.out"
        if out.exists():
            cell.outputs = [nbformat.v4.new_output(
                "stream", name="stdout", text=out.read_text("utf-8"))]
        cells.append(cell)
    made = nbformat.v4.new_notebook(cells=cells, metadata={
        "kernelspec": {"name": "python3", "display_name": "Python 3",
                       "language": "python"},
        "language_info": {"name": "python"},
    })
    text: str = nbformat.writes(made)
    return text + "\n"


def page_markdown(markdown: str, title: str, url: str) -> str:
    """Return a page as Markdown that stands alone."""
    text = reader.expand(_BUTTONS.sub("", markdown)).strip()
    text = _LAST_BLANK.sub(r"\n\1", re.sub(r"(?m)^[ \t]+$", "", text))
    return f"<!-- {title} | {url} -->\n\n{text}\n"


def write(site: Path, config: Any, pages: dict[str, str]) -> None:
    """Write all exports of a language beside its built pages.

    `config` are the settings, as a mapping or as MkDocs holds them; `pages`
    the Markdown of every page, its macros called.
    """
    lang = config["extra"]["lang"]
    for concept in mapping.compute():
        folder = site / Path(concept.page).with_suffix("")
        if not folder.is_dir():
            continue
        stem = Path(concept.page).stem
        _put(folder / f"{stem}.py", script(concept, lang))
        _put(folder / f"{stem}.ipynb", notebook(concept, lang))
    name, base = config["site_name"], config["site_url"]
    lines = [f"# {name}", "", f"> {config['site_description']}", ""]
    for path, markdown in pages.items():
        match = re.search(r"^# +(.+?)(?: *\{.*\})?$", markdown, re.M)
        title = match[1] if match else name
        stem = path.rsplit(".", 1)[0]
        url = f"{base}{stem}.md"
        if path.endswith(".md"):
            text = markdown.replace('="site:', f'="{base}')
            _put(site / f"{stem}.md", page_markdown(text, title, url))
            lines.append(f"- [{title}]({url})")
    _put(site / "llms.txt", "\n".join(lines) + "\n")
    _put(site / "claims.json", json.dumps(
        ledger.published(lang), ensure_ascii=False, indent=1) + "\n")


def _put(path: Path, text: str) -> None:
    if not path.exists() or path.read_text("utf-8") != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


def site_wide(root: Path, sites: list[Path]) -> None:
    """Write `llms.txt` and `claims.json` of all languages at the root."""
    parts = ["# QKV Explained\n"]
    claims = {}
    for site in sites:
        text = (site / "llms.txt").read_text("utf-8")
        parts.append("#" + text)
        found = json.loads((site / "claims.json").read_text("utf-8"))
        claims[found["lang"]] = found
    _put(root / "llms.txt", "\n".join(parts))
    _put(root / "claims.json",
         json.dumps(claims, ensure_ascii=False, indent=1) + "\n")
