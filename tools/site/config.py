"""The configuration of a language: mkdocs.yml and the language's words.

mkdocs.yml holds every setting that the languages share and builds the first
of them by itself. Any other differs in its folders and in what plugins call
it (`derived`); the words of each come from qkv_explained/words (`speak`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.utils.yaml import yaml_load

from qkv_explained import languages
from qkv_explained.languages import DEFAULT, LANGUAGES, PIVOT
from tools.places import ROOT
from tools.site import menu

FILE = "mkdocs.yml"


def shared(root: Path = ROOT) -> dict[str, Any]:
    """Read mkdocs.yml, its environment variables filled in."""
    with (root / FILE).open(encoding="utf-8") as file:
        return yaml_load(file)


def derived(lang: str, root: Path = ROOT) -> dict[str, Any]:
    """Return the settings of a language, without its words.

    Every path stays relative to mkdocs.yml.
    """
    config = shared(root)
    theme, plugins = config["theme"], config["plugins"]
    theme["language"] = lang
    for key in ("docs_dir", "site_dir", "edit_uri"):
        config[key] = _swap(config[key], lang)
    plugins["mkdocstrings"]["locale"] = lang
    jupyter = plugins["mkdocs-jupyter"]
    jupyter["cache_dir"] = f"{jupyter['cache_dir'].rsplit('-', 1)[0]}-{lang}"
    return config


def _swap(path: str, lang: str) -> str:
    """Put a language's folder in the place of the first one's."""
    parts = [lang if part == DEFAULT else part for part in path.split("/")]
    return "/".join(parts)


def speak(config: Any, options: Any, lang: str) -> None:
    """Put a language's words where mkdocs.yml has none.

    `config` are the settings, as read from the file or as MkDocs holds them,
    `options` those of the Markdown extensions, by extension.
    """
    words = languages.words(lang)
    site = words["site"]
    config["site_name"] = site["name"]
    config["site_description"] = site["description"]
    config["copyright"] = site["copyright"]
    options["toc"]["permalink_title"] = site["permalink"]
    palette = config["theme"]["palette"]
    for scheme, name in zip(palette, site["palette"], strict=True):
        scheme["toggle"]["name"] = name
    config["nav"] = menu.menu(lang)
    config["extra"] |= {"lang": lang, "pivot": PIVOT, "words": words}
    config["extra"]["languages"] = [
        {"lang": one, "name": languages.words(one)["name"]}
        for one in LANGUAGES]


def locate(config: Any, lang: str) -> None:
    """Put the addresses of a language, and of the others, in a config."""
    base = (config["site_url"] or "/").rstrip("/") + "/"
    extra = config["extra"]
    extra["site_base"] = base
    # One storage scope for all languages: the chosen colours stay chosen,
    # and the inline script, whose hash the CSP lists, is the same everywhere.
    extra["scope"] = urlsplit(base).path or "/"
    extra["homepage"] = config["site_url"] = f"{base}{lang}/"
    extra["alternate"] = [
        {**one, "link": f"{base}{one['lang']}/"}
        for one in extra["languages"]]


def load(lang: str, root: Path = ROOT, **more: Any) -> MkDocsConfig:
    """Load a language's configuration as MkDocs wants it.

    `more` are settings that win over the file's, such as `site_dir`.
    """
    return load_config(str(root / FILE), **derived(lang, root) | more)


def complete(lang: str, root: Path = ROOT) -> dict[str, Any]:
    """Return the settings of a language with its words: plain data."""
    config = derived(lang, root)
    speak(config, config["markdown_extensions"], lang)
    locate(config, lang)
    return config


def write(config: dict[str, Any], path: Path) -> None:
    """Write a complete configuration as a file, for other builders."""
    path.write_text(yaml.dump(
        config, Dumper=_Dumper, allow_unicode=True, sort_keys=False), "utf-8")


class _Dumper(yaml.SafeDumper):
    """Writes words as the mappings that they are, without anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write what stands twice twice."""
        return True


_Dumper.add_representer(
    languages.Words,
    lambda dumper, data: dumper.represent_dict(dict(data)))
