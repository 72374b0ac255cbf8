"""The finder of the browser, and the server that stands for a forge's."""

import gzip
import urllib.request
from contextlib import closing
from urllib.error import HTTPError

import pytest

from tools import browser
from tools.browser.server import Site


def test_a_browser_is_named_by_one_variable(monkeypatch, tmp_path):
    program = tmp_path / "my-chrome"
    program.touch(mode=0o755)
    monkeypatch.setenv("CHROMIUM", str(program))
    assert browser.find() == program
    monkeypatch.setenv("CHROMIUM", "no-such-chrome")
    with pytest.raises(browser.NoBrowser, match="no-such-chrome: no such"):
        browser.find()


def test_without_a_browser_one_is_told_how_to_get_it(monkeypatch, tmp_path):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "PLACES", ())
    with pytest.raises(browser.NoBrowser, match="apt install chromium"):
        browser.find()


def test_a_site_is_served_as_a_forge_does(tmp_path):
    site = tmp_path / "site"
    for name, text in {
        "sitemap.xml": "<loc>https://a.example/b/zh/sitemap.xml</loc>",
        "404.html": "lost", "zh/index.html": "https://a.example/b/zh/",
    }.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    with closing(Site(site)) as server:
        answer = urllib.request.urlopen(f"{server.url}zh")
        assert answer.url == f"{server.url}zh/"
        assert answer.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(answer.read()).decode() == f"{server.url}zh/"
        for gone in ("nothing/", "../secret.txt", "%2e%2e/secret.txt"):
            with pytest.raises(HTTPError) as lost:
                urllib.request.urlopen(server.url + gone)
            assert lost.value.code == 404
            assert gzip.decompress(lost.value.read()) == b"lost"
        assert [one.status for one in server.log] == [200, 404, 404, 404]
