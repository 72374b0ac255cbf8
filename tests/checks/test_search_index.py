"""The index that a reader's browser fetches, before it does."""

import json

import pytest

from qkv_explained.languages import LANGUAGES
from tools.site import search

LANGS = LANGUAGES


@pytest.mark.parametrize(("tex", "typed"), [
    (r"d_\text{model}", "d_model"),
    (r"W_Q W_K^\top", "W_Q W_Kᵀ"),
    (r"\text{softmax}\left(\frac{Q K^\top}{\sqrt{d_k}}\right) V",
     "softmax(Q Kᵀ / √d_k) V"),
    (r"512 \times 64", "512 × 64"),
    (r"(n_q,\, d_k)", "(n_q, d_k)"),
])
def test_formulas_become_what_one_types(tex, typed):
    assert search.readable(tex) == typed


def test_an_index_gets_habits_and_readable_formulas(tmp_path):
    file = tmp_path / "search_index.json"
    file.write_text(json.dumps({"config": {}, "docs": [
        {"title": r"What \(W_O\) does", "text": r"<p>\(d_\text{model}\)</p>"},
    ]}))
    search.teach(file)
    index = json.loads(file.read_text("utf-8"))
    assert index["docs"] == [
        {"title": "What W_O does", "text": "<p>d_model</p>"}]
    assert len(index["config"]["habits"]) >= len(LANGS)


def problems(folder, langs=LANGS):
    """Say which languages' habits are missing or halves."""
    found = []
    for lang in langs:
        file = folder / f"search.{lang}.json"
        habits = json.loads(file.read_text("utf-8")) if file.is_file() else {}
        if not habits.get("ignored"):
            found.append(f"{file.name}: list the words that only make a "
                         "question, as `ignored`")
        if ("letters" in habits) != ("endings" in habits):
            found.append(f"{file.name}: `letters` and `endings` need one "
                         "another")
    return found


def test_every_language_says_its_habits():
    assert problems(search.HABITS) == []


def test_planted_habits(tmp_path):
    (tmp_path / "search.en.json").write_text(
        '{"ignored": ["why"], "endings": [[["s$", ""]]]}')
    assert problems(tmp_path, ["en", "ru"]) == [
        "search.en.json: `letters` and `endings` need one another",
        "search.ru.json: list the words that only make a question, as "
        "`ignored`"]
