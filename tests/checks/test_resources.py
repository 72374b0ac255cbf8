"""Nothing comes from third parties; the security policy is strict."""

import pytest

from tools.checks import resources
from tools.site.finish import csp

PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>x</title>
<link rel="canonical" href="https://other.example/">
<link rel="stylesheet" href="a.css">{head}
<script>var a = 1</script>
<script type="application/json">{{"a": 1}}</script>
</head><body><a href="https://other.example/">out</a>{body}</body></html>
"""


def test_the_site_asks_nobody_else(built_site, clean):
    clean(resources.problems(built_site))


def check(tree, body="", head="", css="a { color: red }", js=""):
    site = tree.path("site")
    tree.write("site/a.css", css)
    tree.write("site/a.js", js)
    tree.write("site/index.html", PAGE.format(body=body, head=head))
    csp.apply(site)
    return resources.problems(site)


def test_a_good_page_is_clean(tree, clean):
    clean(check(tree))


@pytest.mark.parametrize(
    ("where", "text", "said"),
    [
        ("body", '<img src="https://cdn.example/a.png" alt="">', "fetches"),
        ("body", '<img src="//cdn.example/a.png" alt="">', "fetches"),
        ("body", '<img srcset="a.png, https://cdn.example/b.png 2x" alt="">',
         "fetches https://cdn.example/b.png"),
        ("body", '<script src="https://cdn.example/a.js"></script>',
         "fetches"),
        ("body", '<iframe src="https://cdn.example/"></iframe>', "fetches"),
        ("head", '<link rel="stylesheet" href="https://cdn.example/a.css">',
         "fetches"),
        ("head", '<link rel="preconnect" href="https://cdn.example">',
         "fetches"),
        ("css", "@import 'https://cdn.example/a.css'", "Serve it from"),
        ("css", "a { background: url(//cdn.example/a.png) }", "Serve it"),
        ("js", 'fetch("https://cdn.example/a.json")', "Serve it from"),
        ("js", 'import a from "https://cdn.example/a.js"', "Serve it from"),
        ("body", '<p style="color: red">', "an inline style"),
        ("head", "<style>a { color: red }</style>", "an inline style"),
        ("body", '<p onclick="a()">', "onclick on <p>"),
    ],
)  # fmt: skip
def test_planted_defect_is_found(tree, lines, where, text, said):
    found = lines(check(tree, **{where: text}))
    assert any(said in line for line in found)


def test_a_page_without_a_policy_is_found(tree, lines):
    check(tree)
    tree.write("site/b.html", PAGE.format(head="", body=""))
    (found,) = lines(resources.problems(tree.path("site")))
    assert "has no <meta http-equiv=content-security-policy>" in found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("style-src 'self'", "style-src 'self' 'unsafe-inline'",
         "says \"style-src 'self' 'unsafe-inline'\""),
        ("script-src 'self'", "script-src 'self' 'unsafe-inline'",
         "'unsafe-inline'"),
        ("script-src 'self'", "script-src 'self' https://cdn.example",
         "cdn.example"),
        ("connect-src 'self'", "connect-src *", "connect-src *"),
        ("worker-src 'self'; ", "worker-src blob:; ", "worker-src blob:"),
        ("default-src 'none'", "default-src *", "default-src"),
        ("base-uri 'none'; ", "", "should \"base-uri"),
        ("form-action 'none'", "form-action 'none'; report-uri /x",
         "report-uri /x"),
        ("'sha256-", "'sha256-AAAA' 'sha256-", "which is no script"),
        ("var a = 1", "var a = 2", "whose hash the policy does not list"),
    ],
)  # fmt: skip
def test_a_weak_policy_is_found(tree, lines, old, new, said):
    check(tree)
    tree.replace("site/index.html", old, new)
    found = lines(resources.problems(tree.path("site")))
    assert any(said in line for line in found)
