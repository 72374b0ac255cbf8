"""The map: complete in every language, in order, and sure of its names."""

import re
from pathlib import Path

import pytest

from qkv_explained import bibliography, course
from qkv_explained.course import (
    CONCEPTS,
    LANGUAGES,
    MYTHS,
    Concept,
    Myth,
    UnknownName,
    everything,
    get,
    get_myth,
    ids,
    nearest,
)
from qkv_explained.languages import words

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "qkv_explained"
ENTRIES = pytest.mark.parametrize("entry", everything(), ids=ids())


def test_ids_are_unique_and_fit_addresses():
    assert len(set(ids())) == len(ids())
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in ids())


@ENTRIES
def test_every_language_has_a_title_and_one_sentence(entry: Concept):
    for texts in (entry.titles, entry.ideas):
        assert set(texts) == set(LANGUAGES)
        assert all(text == text.strip() and text for text in texts.values())
    for lang, idea in entry.ideas.items():
        full_stop = words(lang)["habits"]["full_stop"]
        assert idea.endswith(full_stop)
        assert len(re.findall(re.escape(full_stop), idea)) == 1


@ENTRIES
def test_titles_are_written_in_their_language(entry: Concept):
    for lang, title in entry.titles.items():
        assert re.search(words(lang)["habits"]["letters"], title)


@ENTRIES
def test_what_is_to_be_read_first_comes_first(entry: Concept):
    earlier = ids()[: ids().index(entry.id)]
    assert set(entry.prerequisites) <= set(earlier)


@ENTRIES
def test_sources_are_in_the_bibliography(entry: Concept):
    assert entry.sources
    for source in entry.sources:
        assert bibliography.find(source.key)


def test_myths_name_claims_and_a_result():
    assert MYTHS
    for myth in MYTHS:
        assert isinstance(myth, Myth)
        assert myth.claims


@pytest.mark.parametrize(
    "typed", ["multi-head", "multi_head", " Multi-Head ", "MULTI_HEAD"]
)
def test_get_forgives_case_and_underscores(typed: str):
    assert get(typed).id == "multi-head"


def test_get_names_the_nearest():
    with pytest.raises(UnknownName, match="projection") as caught:
        get("projektion")
    assert caught.value.name == "projektion"
    assert caught.value.nearest == ("projection",)
    assert caught.value.known == ids()


def test_get_with_nothing_near_names_everything():
    with pytest.raises(UnknownName, match="origins") as caught:
        get("zzz")
    assert caught.value.nearest == ()


def test_get_myth_knows_myths_only():
    assert get_myth("shared_qk") == MYTHS[0]
    with pytest.raises(UnknownName):
        get_myth(CONCEPTS[0].id)


def test_nearest_finds_a_part_and_the_empty_name_finds_nothing():
    assert nearest("head", ids()) == ("multi-head",)
    assert nearest("", ids()) == ()


def test_the_map_and_the_bibliography_do_without_torch():
    for module in (course, bibliography):
        source = Path(str(module.__file__)).read_text("utf-8")
        assert not re.search(r"^\s*(import|from) (torch|numpy)", source, re.M)


def test_keys_of_the_bibliography_are_unique():
    keys = [work.key for work in bibliography.WORKS]
    assert len(set(keys)) == len(keys)


def test_labels_in_each_language():
    assert bibliography.label("vaswani2017", "en") == "Vaswani et al. 2017"
    assert bibliography.label("vaswani2017", "zh") == "Vaswani 等 2017"
    assert bibliography.label("he2023", "ru") == "He и Hofmann 2023"
    assert bibliography.label("gros2024", "zh") == "Gros 2024"
    assert bibliography.label("note-003", "ru") == "Заметка 003"


def test_places_in_each_language():
    assert bibliography.place("§3.2.2", "zh") == "§3.2.2"
    assert bibliography.place("part 2", "zh") == "第 2 部分"
    assert bibliography.place("Theorem 1", "zh") == "定理 1"
    assert bibliography.place("", "ru") == ""


def test_an_unknown_work_gets_the_nearest():
    with pytest.raises(UnknownName, match="vaswani2017"):
        bibliography.find("vaswani2018")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_sources_has_every_work_and_no_other(lang):
    page = ROOT / "docs" / lang / "reference" / "sources.md"
    headings = dict(re.findall(
        r"^### (.+?) \{#([\w-]+)\}$", page.read_text("utf-8"), re.M)[::1])
    entries = {
        key: text for text, key in headings.items()
        if not key.startswith("links-")
    }
    assert set(entries) == {work.key for work in bibliography.WORKS}
    for key, heading in entries.items():
        # A page keeps a note's word and number on one line; a console not.
        plain = heading.replace("\u00a0", " ")
        assert plain.startswith(bibliography.label(key, lang)), heading


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_of_sources_links_every_paper(lang):
    page = ROOT / "docs" / lang / "reference" / "sources.md"
    text = page.read_text("utf-8")
    for work in bibliography.WORKS:
        assert work.url in text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_picture_of_the_map_links_every_page(lang):
    name = f"course.{lang}.svg"
    svg = (ROOT / "docs/made/concept-map" / name).read_text("utf-8")
    links = dict(re.findall(
        r'<a xlink:href="([^"]+)"><text[^>]*>([^<]+)<', svg))
    assert links == {
        f"../../{entry.page.removesuffix('.md')}/": entry.titles[lang]
        for entry in everything()
    }
