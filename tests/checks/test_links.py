"""Links inside the built site lead somewhere; ids are unique."""

import pytest

from tools.checks import links

PAGE = """<!doctype html>
<html lang="en"><head><title>x</title>{head}</head><body>
<h1 id="top">A</h1>
<h2 id="by-hand">B</h2>
<a href="b/#there">b</a> <a href="#by-hand">here</a>
<a href="https://elsewhere.example/x">out</a>
<img src="a.svg" alt="a"> <a href="mailto:a@b">m</a>
<a href="https://qkv-explained.example/en/b/">absolute</a>
{body}
</body></html>
"""
OTHER = '<!doctype html><title>b</title><h1 id="there">B</h1>'


def test_links_of_the_site_lead_somewhere(built_site, clean):
    clean(links.problems(built_site))


def check(tree, body="", head=""):
    tree.write("site/en/index.html", PAGE.format(body=body, head=head))
    tree.write("site/en/b/index.html", OTHER)
    tree.write("site/en/a.svg", "<svg/>")
    return links.problems(tree.path("site"))


def test_a_good_site_is_clean(tree, clean):
    clean(check(tree))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<a href="c/">c</a>', "the site has no en/c/"),
        ('<a href="b/#nowhere">c</a>', 'has no id="nowhere"'),
        ('<a href="#nowhere">c</a>', 'has no id="nowhere"'),
        ('<img src="c.png" alt="">', "the site has no en/c.png"),
        ('<img srcset="a.svg 1x, c.svg 2x" alt="">', "no en/c.svg"),
        ('<a href="/zh/">c</a>', "the site has no zh/"),
        ('<a href="https://qkv-explained.example/zh/">c</a>', "no zh/"),
        ('<p id="by-hand">', "stands 2 times"),
        ('<h2 id="_1">x</h2>', "the id '_1'"),
        ('<h2 id="b_2">x</h2>', "the id 'b_2'"),
        ('<h2 id="ключ">x</h2>', "the id 'ключ'"),
    ],
)
def test_planted_defect_is_found(tree, lines, body, said):
    found = "\n".join(lines(check(tree, body)))
    assert said in found


def test_hreflang_and_sitemap_are_followed(tree, lines):
    url = "https://qkv-explained.example/ru/"
    head = f'<link rel="alternate" hreflang="ru" href="{url}">'
    assert "no ru/" in lines(check(tree, head=head))[0]
    tree.write("site/en/sitemap.xml", f"<urlset><loc>{url}</loc></urlset>")
    assert lines(check(tree))[0].startswith("en/sitemap.xml: ")
