"""Turn a matplotlib figure into an SVG that can stand inside a page.

The result has no `style` attribute (the site's content security policy
forbids them), no fixed font, no ids that could clash, and its sentinel
colours are CSS classes, so that it follows light and dark.
"""

import io
import re
import warnings
from xml.etree import ElementTree as ET

from matplotlib.figure import Figure

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

# sentinel colour -> stem of the CSS class (docs/assets/css/site.css)
CLASSES = {
    "#010203": "ink",
    "#6a6a6b": "muted",
    "#c9c9ca": "grid",
    "#fdfefe": "paper",
    "#005fb9": "q",
    "#a84301": "k",
    "#00704b": "v",
    "#111112": "on-cell",
}
_DROPPED = {
    "stroke-miterlimit", "font-family", "font-weight", "font", "-inkscape",
    "font-style",
}
_DEFAULTS = {"stroke-linejoin": "miter", "stroke-linecap": "butt"}


def to_svg(figure: Figure, name: str) -> str:
    """Render a figure as a clean SVG string.

    Args:
        figure: What to render.
        name: Prefix of the ids inside, unique on a page; the figure's id.

    Returns:
        One `<svg>` element with a view box, no width and no height.
    """
    buffer = io.StringIO()
    with warnings.catch_warnings():
        # The words are drawn by the reader's fonts, not by matplotlib's.
        warnings.filterwarnings("ignore", message="Glyph .* missing")
        figure.savefig(buffer, format="svg",
                       metadata={"Date": None, "Creator": None})
    return clean(buffer.getvalue(), name)


def clean(svg: str, name: str) -> str:
    """Clean an SVG that matplotlib wrote. See the module's docstring.

    Args:
        svg: The text of the file.
        name: Prefix of the ids inside.

    Returns:
        The text of one `<svg>` element.
    """
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", XLINK)
    root = ET.fromstring(svg)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag in (f"{{{SVG}}}metadata", f"{{{SVG}}}style"):
                parent.remove(child)
    for element in root.iter():
        _style_to_attributes(element)
        element.attrib.pop("target", None)  # links stay in the window
    for key in ("width", "height", "version"):
        root.attrib.pop(key, None)
    _unshare(root)
    _shorten_ids(root, name)
    _prune(root)
    text = ET.tostring(root, encoding="unicode")
    text = re.sub(r"-?\d+\.\d{2,}(?=[^<>]*>)", _short, text)
    text = re.sub(r' transform="rotate\(-?0 [^)]*\)"', "", text)
    text = re.sub(r"\s+", " ", text).replace("> <", "><")
    text = re.sub(r'(?<= d=")[^"]+', lambda m: m[0].strip(), text)
    text = _RECTANGLE.sub(_rectangle, text)
    return text.replace(" />", "/>").strip() + "\n"




_POINT = r"(-?[\d.]+) (-?[\d.]+)"
_RECTANGLE = re.compile(
    rf'<path d="M {_POINT} L {_POINT} L {_POINT} L {_POINT} z"')


def _short(match: re.Match[str]) -> str:
    """Round a coordinate to a tenth of a point: nobody sees less."""
    return f"{float(match[0]):.1f}".removesuffix(".0")


def _rectangle(match: re.Match[str]) -> str:
    """Write a path that is an upright rectangle as the rectangle it is."""
    x = [float(match[i]) for i in (1, 3, 5, 7)]
    y = [float(match[i]) for i in (2, 4, 6, 8)]
    if sorted(set(x)) != sorted({x[0], x[2]}) or (
            sorted(set(y)) != sorted({y[0], y[2]})):
        return match[0]
    width, height = max(x) - min(x), max(y) - min(y)
    return (f'<rect x="{min(x):g}" y="{min(y):g}" width="{width:.4g}" '
            f'height="{height:.4g}"')


def _style_to_attributes(element: ET.Element) -> None:
    style = element.attrib.pop("style", "")
    pairs = {
        part.split(":", 1)[0].strip(): part.split(":", 1)[1].strip()
        for part in style.split(";") if ":" in part
    }
    font = pairs.get("font", "")
    size = re.search(r"([\d.]+)px", font)
    if size:
        pairs["font-size"] = size[1]
    if "bold" in font or pairs.get("font-weight") in ("bold", "700"):
        element.set("font-weight", "bold")
    if "italic" in font or pairs.get("font-style") == "italic":
        element.set("font-style", "italic")
    classes = []
    for key, value in pairs.items():
        if key in _DROPPED or _DEFAULTS.get(key) == value:
            continue
        stem = CLASSES.get(value.lower())
        if stem and key in ("fill", "stroke"):
            classes.append(f"{key[0]}-{stem}")
        else:
            element.set(key, value.removesuffix("px"))
    for key in ("fill", "stroke"):
        stem = CLASSES.get(element.get(key, "").lower())
        if stem:
            del element.attrib[key]
            classes.append(f"{key[0]}-{stem}")
    if element.tag == f"{{{SVG}}}text" and not any(
            c.startswith("f-") for c in classes) and "fill" not in (
            element.attrib):
        classes.append("f-ink")
    if classes:
        element.set("class", " ".join(sorted(classes)))


def _unshare(root: ET.Element) -> None:
    """Replace every `<use>` by a copy of what it uses.

    The theme's script takes whatever has an `href` for a link, and fails
    on a `<use>`; and without ids two drawings on a page cannot clash.
    """
    shared = {e.get("id"): e for e in root.iter(f"{{{SVG}}}path")
              if e.get("id")}
    for use in root.iter(f"{{{SVG}}}use"):
        target = use.attrib.pop(f"{{{XLINK}}}href", "#")[1:]
        if target not in shared:
            continue
        x, y = use.attrib.pop("x", "0"), use.attrib.pop("y", "0")
        own = {k: v for k, v in shared[target].attrib.items() if k != "id"}
        classes = " ".join(sorted(
            {*use.get("class", "").split(), *own.pop("class", "").split()}))
        use.tag = f"{{{SVG}}}path"
        use.attrib.update(own)
        if classes:
            use.set("class", classes)
        use.set("transform", f"translate({float(x):.2f} {float(y):.2f})")
    for defs in root.iter(f"{{{SVG}}}defs"):
        for path in defs.findall(f"{{{SVG}}}path"):
            defs.remove(path)


def _shorten_ids(root: ET.Element, name: str) -> None:
    used: set[str] = set()
    for element in root.iter():
        for key, value in element.attrib.items():
            if key == f"{{{XLINK}}}href" and value.startswith("#"):
                used.add(value[1:])
            used.update(re.findall(r"url\(#([^)]+)\)", value))
    names = {old: f"{name}-{i}" for i, old in enumerate(sorted(used))}
    order: dict[str, str] = {}
    for element in root.iter():
        old = element.get("id")
        if old in names:
            order.setdefault(old, f"{name}-{len(order)}")
    for element in root.iter():
        old = element.attrib.pop("id", None)
        if old in order:
            element.set("id", order[old])
        for key, value in list(element.attrib.items()):
            if key == f"{{{XLINK}}}href":
                # A link keeps its prefix: scripts that look for a[href]
                # expect an HTML link, whose address they may set.
                if value.startswith("#"):
                    del element.attrib[key]
                    element.set("href", "#" + order[value[1:]])
            elif "url(#" in value:
                element.set(key, re.sub(
                    r"url\(#([^)]+)\)",
                    lambda m: f"url(#{order[m[1]]})", value))


def _prune(root: ET.Element) -> None:
    """Drop groups that hold nothing, and backgrounds that paint nothing."""
    changed = True
    while changed:
        changed = False
        for parent in list(root.iter()):
            for child in list(parent):
                invisible = (
                    child.tag == f"{{{SVG}}}path"
                    and child.get("fill") == "none"
                    and not child.get("stroke")
                    and "s-" not in child.get("class", "")
                )
                empty = child.tag in (f"{{{SVG}}}g", f"{{{SVG}}}defs") and (
                    len(child) == 0 and not (child.text or "").strip())
                if invisible or empty:
                    parent.remove(child)
                    changed = True
    for parent in list(root.iter()):
        for i, child in enumerate(list(parent)):
            while (child.tag == f"{{{SVG}}}g" and not child.attrib
                   and len(child) == 1):
                child = child[0]
            parent[i] = child
