"""The map: complete in every language, in order, and sure of its names."""

import re
from pathlib import Path

import pytest

from qkv_explained import bibliography, course
from qkv_explained.course import (
    CONCEPTS,
    LANGUAGES,
    MYTHS,
    Myth,
    UnknownName,
    everything,
    get,
    get_myth,
    ids,
    nearest,
)
from qkv_explained.languages import words
from tools.places import ROOT

ENTRIES = pytest.mark.parametrize("entry", everything(), ids=ids())


def test_names_are_unique_and_fit_addresses():
    assert len(set(ids())) == len(ids())
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in ids())
    keys = [work.key for work in bibliography.WORKS]
    assert len(set(keys)) == len(keys)


@ENTRIES
def test_an_entry_is_whole_in_every_language_and_in_its_place(entry):
    for texts in (entry.titles, entry.ideas):
        assert set(texts) == set(LANGUAGES)
        assert all(text == text.strip() and text for text in texts.values())
    for lang in LANGUAGES:
        habits = words(lang)["habits"]
        assert re.search(habits["letters"], entry.titles[lang])
        idea = entry.ideas[lang]
        assert idea.endswith(habits["full_stop"])
        assert idea.count(habits["full_stop"]) == 1, "one sentence"
    earlier = ids()[: ids().index(entry.id)]
    assert set(entry.prerequisites) <= set(earlier)
    assert entry.sources
    for source in entry.sources:
        assert bibliography.find(source.key)
    if entry in MYTHS:
        assert isinstance(entry, Myth)
        assert entry.claims


@pytest.mark.parametrize(
    "typed", ["multi-head", "multi_head", " Multi-Head ", "MULTI_HEAD"])
def test_get_forgives_case_and_underscores(typed):
    assert get(typed).id == "multi-head"


def test_an_unknown_name_gets_the_nearest_or_all():
    with pytest.raises(UnknownName, match="projection") as caught:
        get("projektion")
    assert caught.value.name == "projektion"
    assert caught.value.nearest[0] == "projection"
    assert caught.value.known == ids()
    with pytest.raises(UnknownName, match="origins") as caught:
        get("zzz")
    assert caught.value.nearest == ()
    with pytest.raises(UnknownName, match="vaswani2017"):
        bibliography.find("vaswani2018")
    assert get_myth("shared_qk") == MYTHS[0]
    with pytest.raises(UnknownName):
        get_myth(CONCEPTS[0].id)
    assert "multi-head" in nearest("head", ids())
    assert nearest("", ids()) == ()


def test_the_map_and_the_bibliography_do_without_torch():
    for module in (course, bibliography):
        source = Path(str(module.__file__)).read_text("utf-8")
        assert not re.search(r"^\s*(import|from) (torch|numpy)", source, re.M)


@pytest.mark.parametrize(("write", "given", "lang", "written"), [
    ("label", "vaswani2017", "en", "Vaswani et al. 2017"),
    ("label", "vaswani2017", "zh", "Vaswani 等 2017"),
    ("label", "he2023", "ru", "He и Hofmann 2023"),
    ("label", "gros2024", "zh", "Gros 2024"),
    ("label", "note-003", "ru", "Заметка 003"),
    ("place", "§3.2.2", "zh", "§3.2.2"),
    ("place", "part 2", "zh", "第 2 部分"),
    ("place", "Theorem 1", "zh", "定理 1"),
    ("place", "", "ru", ""),
])
def test_labels_and_places_in_each_language(write, given, lang, written):
    assert getattr(bibliography, write)(given, lang) == written


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_sources_has_every_work_and_no_other(lang):
    page = ROOT / "docs" / lang / "reference" / "sources.md"
    text = page.read_text("utf-8")
    entries = {key: heading for heading, key in re.findall(
        r"^### (.+?) \{#([\w-]+)\}$", text, re.M)
        if not key.startswith("links-")}
    assert set(entries) == {work.key for work in bibliography.WORKS}
    for key, heading in entries.items():
        # A page keeps a note's word and number on one line; a console not.
        plain = heading.replace("\u00a0", " ")
        assert plain.startswith(bibliography.label(key, lang)), heading
    for work in bibliography.WORKS:
        assert work.url in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_of_the_map_links_every_page(lang):
    svg = ROOT / f"docs/made/concept-map/course.{lang}.svg"
    links = {}
    for to, line in re.findall(r'<a xlink:href="([^"]+)"><text[^>]*>([^<]+)<',
                               svg.read_text("utf-8")):
        links[to] = f"{links.get(to, '')} {line}".strip()
    assert links == {
        f"../../{entry.page.removesuffix('.md')}/": entry.titles[lang]
        for entry in everything()}
