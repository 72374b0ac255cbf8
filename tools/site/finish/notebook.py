"""Take a notebook that mkdocs-jupyter rendered into the site's own clothes.

mkdocs-jupyter hands over 600 KB of JupyterLab styles, scripts and a CDN's
address. What is kept is the content of the cells: prose as the theme's
prose, code as the theme's code blocks with their copy button, outputs with
the drawings inside the page.
"""

import base64
import html as entities
import re
from typing import Any

from bs4 import BeautifulSoup, Tag

from qkv_explained.languages import words

_SVG = "data:image/svg+xml;base64,"
_HEAVY = re.compile(r"<(style|script)\b.*?</\1>", re.S)
# nbconvert leaves formulas as they are written; code keeps its dollars.
_MATH = re.compile(
    r"<(pre|code)\b.*?</\1>|\$\$(?P<display>[^$<]+)\$\$"
    r"|(?<![\\$\w])\$(?!\s)(?P<inline>(?:\\.|[^\\$<])+?)(?<!\s)\$(?![\d$])",
    re.S)
_ALONE = re.compile(
    r'<p>\s*(<div class="arithmatex">(?:(?!</?p>).)*</div>)\s*</p>', re.S)
_MARKDOWN = re.compile(r"^(?![a-z]+:|/)([^#?]+)\.md(#.*)?$")


def adopt(content: str, lang: str) -> tuple[str, list[dict[str, Any]]]:
    """Turn nbconvert's HTML into the site's.

    Beside it come the headings as MkDocs' table of contents wants them.
    """
    soup = BeautifulSoup(_HEAVY.sub("", content), "html.parser")
    parts: list[str] = []
    toc: list[dict[str, Any]] = []
    for cell in soup.select(".jp-Cell"):
        if cell.find_parent(class_="jp-Cell") is not None:
            continue  # nbconvert puts a code cell into a cell
        if "jp-MarkdownCell" in (cell.get("class") or []):
            prose = cell.select_one(".jp-RenderedMarkdown")
            if prose is not None:
                parts.append(_prose(prose, toc))
            continue
        code = cell.select_one(".jp-InputArea-editor pre")
        if code is not None:
            parts.append(_code(code))
        for output in cell.select(".jp-OutputArea-output"):
            parts.append(_output(output, lang))
    return "\n".join(p for p in parts if p), _tree(toc)


def with_download(content: str, file: str, lang: str) -> str:
    """Put the link to the notebook's file below the page's title."""
    text = words(lang)["page"]["notebook"]
    link = (f'</h1>\n<p class="card-actions"><a class="md-button" '
            f'href="{file}" download>{text}</a></p>')
    return content.replace("</h1>", link, 1)


def _prose(prose: Tag, toc: list[dict[str, Any]]) -> str:
    for anchor in prose.select("a.anchor-link"):
        anchor.decompose()
    for heading in prose.find_all(re.compile("^h[1-6]$")):
        _own_id(heading)
        toc.append({
            "level": int(heading.name[1]), "id": heading.get("id", ""),
            "name": entities.escape(heading.get_text().strip()),
            "children": [],
        })
        link = BeautifulSoup(
            f'<a class="headerlink" href="#{heading.get("id")}">#</a>',
            "html.parser")
        heading.append(link)
    for a in prose.select("a[href]"):
        a["href"] = _MARKDOWN.sub(_page, str(a["href"]))
    # A formula in a line of its own is no paragraph.
    return _ALONE.sub(r"\1", _MATH.sub(_arithmatex, prose.decode_contents()))


def _page(match: re.Match[str]) -> str:
    """The page's address for its Markdown, as links on a forge name it.

    MkDocs turns such links of Markdown pages itself, but not a notebook's,
    whose page is one folder further down than its file.
    """
    path, anchor = match.groups()
    stem = path.removesuffix("index").rstrip("/")
    return f"../{stem}/{anchor or ''}"


def _own_id(heading: Tag) -> None:
    """Take the id from `<a id="…"></a>`, which a notebook has instead."""
    anchor = heading.select_one("a[id]")
    if anchor is not None and not anchor.get_text():
        heading["id"] = str(anchor["id"])
        anchor.decompose()


def _arithmatex(match: re.Match[str]) -> str:
    if match["display"]:
        tex = match["display"].strip()
        return f'<div class="arithmatex">\\[{tex}\\]</div>'
    if match["inline"]:
        return f'<span class="arithmatex">\\({match["inline"]}\\)</span>'
    return match[0]


def _code(code: Tag) -> str:
    return ('<div class="language-python highlight">'
            f"<pre><code>{code.decode_contents().strip()}\n</code></pre></div>")


def _output(output: Tag, lang: str) -> str:
    drawing = output.select_one(f'img[src^="{_SVG}"]')
    if drawing is not None:
        # As an <img> it could not follow light and dark.
        svg = base64.b64decode(str(drawing["src"])[len(_SVG):]).decode()
        return f'<figure class="drawing">{svg.strip()}</figure>'
    text = output.select_one("pre")
    if text is not None:
        body = entities.escape(text.get_text().rstrip("\n"), quote=False)
        return ('<div class="language-text output highlight">'
                f"<pre><code>{body}\n</code></pre></div>")
    picture = output.select_one("img")
    return f"<p>{picture}</p>" if picture is not None else ""


def _tree(flat: list[dict[str, Any]]) -> list[dict[str, Any]]:
    root: list[dict[str, Any]] = []
    open_: list[dict[str, Any]] = []
    for item in flat:
        while open_ and open_[-1]["level"] >= item["level"]:
            open_.pop()
        (open_[-1]["children"] if open_ else root).append(item)
        open_.append(item)
    return root
