"""A build that stops says where, and what to do."""

import sys

import pytest
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from tools.places import ROOT
from tools.site import build
from tools.site.config import load as config_of


def built(tmp_path, text):
    """Build a site of one page with the macros of the real one."""
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text(f"---\ntitle: T\n---\n\n# T\n\n{text}\n")
    (tmp_path / "mkdocs.yml").write_text(
        "site_name: T\ntheme: {name: material, language: en}\nplugins:\n"
        f"  macros: {{module_name: '{ROOT}/tools/site/macros', "
        "on_error_fail: true, on_undefined: strict}\n"
        "markdown_extensions:\n  pymdownx.snippets:\n"
        f"    base_path: ['{tmp_path}']\n"
    )
    mkdocs_build(load_config(str(tmp_path / "mkdocs.yml")))
    return (tmp_path / "site" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ("a\n\n$W_{{ij}}$", ["index.md:9: 'ij' is undefined", "{ {ij} }",
                             "{% raw %}", "W_"]),
        ("{{ nn('x') }}", ["index.md:7: 'nn' is undefined", "figure, n, pm"]),
        ("$x_{{{i}}}$", ["index.md:7: ", "{ {ij} }"]),
        ("{{ n('nothing', 'x') }}", ["index.md:7: nothing: no numbers in"]),
    ],
)
def test_a_planted_brace_is_told(tmp_path, caplog, planted, said):
    with pytest.raises(Abort):
        built(tmp_path, planted)
    for part in said:
        assert part in caplog.text


def test_braces_in_code_that_a_page_includes_stay(tmp_path):
    (tmp_path / "code.py").write_text('print(f"{{x}} {x}")\n')
    html = built(tmp_path, '```python\n--8<-- "code.py"\n```\n\n$W_{ {ij} }$')
    assert "{{x}}" in html
    assert "W_{ {ij} }" in html


def test_a_missing_jieba_is_told(monkeypatch):
    monkeypatch.chdir(ROOT)
    config = config_of("zh")
    build.check_jieba(config)
    monkeypatch.setitem(sys.modules, "jieba", None)
    with pytest.raises(build.BuildFailed) as stopped:
        build.check_jieba(config)
    for part in ("jieba", "Chinese search", "tools/install.py site"):
        assert part in str(stopped.value)
