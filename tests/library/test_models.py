"""The sentence models: what they compute, and what they refuse."""

import json
import math
from pathlib import Path

import jaxtyping
import pytest
import torch
import torch.nn.functional as F

from qkv_explained.languages import LANGUAGES
from qkv_explained.models import again, grammar, sentence_model, training
from qkv_explained.models.measure import summary
from qkv_explained.models.sentence import cut, forward, plain, read, write
from qkv_explained.names import UnknownName

RESULT = Path("docs/made/attention/result.json")
TOLERANCE = 1e-5  # float32
RUNNING = [(lang, i) for lang in LANGUAGES for i in (0, 1)]


@pytest.mark.parametrize(("lang", "i"), RUNNING)
def test_the_running_sentences_are_understood(lang: str, i: int) -> None:
    one, model = grammar.grammar(lang), sentence_model(lang)
    run = model(one.running[i])
    assert run["answer"] == one.pair[i]
    row = run["1.weights"][0, run["pronoun"]]
    assert row.argmax() == training.places(lang)[i]
    assert row.max() > 0.9


@pytest.mark.parametrize("lang", LANGUAGES)
def test_attention_is_torchs_own(lang: str) -> None:
    run = sentence_model(lang)(grammar.grammar(lang).running[0])
    for layer in ("0", "1"):
        Q, K, V = (run[f"{layer}.{name}"] for name in "QKV")
        expected = F.scaled_dot_product_attention(Q, K, V)
        assert (run[f"{layer}.output"] - expected).abs().max() < TOLERANCE
        by_hand = (Q @ K.mT / math.sqrt(4)).softmax(dim=-1)
        assert (run[f"{layer}.weights"] - by_hand).abs().max() < TOLERANCE


@pytest.mark.parametrize("lang", LANGUAGES)
def test_held_out_pairs_are_right(lang: str) -> None:
    model = sentence_model(lang)
    found = training.measure(training.Setting(lang), model.weights)
    assert found["accuracy"] > 0.99
    assert found["1.noun"] > 0.9


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_batch_and_one_place_give_the_same(lang: str) -> None:
    model = sentence_model(lang)
    ids = training.sentences(lang, held=True).ids[:5]
    every = forward(model.weights, ids)["logits"]
    for row, one in zip(ids, every, strict=True):
        alone = forward(model.weights, row)["logits"]
        assert (alone - one).abs().max() < 1e-3
    place = training.places(lang)[2]
    last = forward(model.weights, ids, only=place)["logits"]
    assert (last[:, 0] - every[:, place]).abs().max() < 1e-3


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_causal_model_sees_nothing_of_the_future(lang: str) -> None:
    model = sentence_model(lang)
    ids = training.sentences(lang, held=True).ids[0]
    setting = training.Setting(lang, sees=("left", "left"))
    seen = training.masks(setting, len(ids))
    before = forward(model.weights, ids, seen)["result"]
    changed = torch.cat([ids[:-2], ids[:2]])
    after = forward(model.weights, changed, seen)["result"]
    assert torch.equal(before[:-2], after[:-2])
    assert not torch.equal(before[-2:], after[-2:])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", ["mixed", "same"])
def test_no_pair_is_in_training_and_in_the_test(lang: str, kind: str) -> None:
    one = grammar.grammar(lang)
    if kind == "same" and len(one.pronouns) == 1:
        return
    kept, apart = grammar.pairs(one, kind)
    a = {frozenset(pair) for pair in kept.tolist()}
    b = {frozenset(pair) for pair in apart.tolist()}
    assert not a & b
    assert {n for pair in a for n in pair} == set(range(len(one.nouns)))
    names = [noun[0] for noun in one.nouns]
    if kind == "mixed":
        assert frozenset(map(names.index, one.pair)) in b


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_running_sentences_are_sentences_of_the_grammar(lang: str) -> None:
    one, words = grammar.grammar(lang), sentence_model(lang).words
    made = [list(map(plain, tokens)) for tokens, *_ in
            grammar.every_sentence(one, grammar.pairs(one)[1])]
    for sentence in one.running:
        assert list(map(plain, cut(sentence, words))) in made


def test_the_files_are_small() -> None:
    folder = Path(grammar.FOLDER).parent
    sizes = [p.stat().st_size for p in folder.glob("*.safetensors")]
    assert len(sizes) == len(LANGUAGES)
    assert sum(sizes) <= 500_000


def test_a_copy_is_handed_out() -> None:
    sentence_model("en")["1.W_Q"].zero_()
    assert sentence_model("en")["1.W_Q"].abs().max() > 0


@pytest.mark.parametrize(("lang", "sentence", "said"), [
    ("en", "The cat ate the moat because it was tired.",
     r"'ate', 'moat' is not among the 42 words .*nearest: .*mat"),
    ("zh", "鸟趴在垫子上。", "'鸟' is not among the 40 words"),
    ("ru", "Птица легла на коврик.", "'Птица' is not among the 68 words"),
    ("en", " ", "is empty; try one such as 'The cat sat"),
    ("en", "the cat sat on the mat because it was tired . .",
     "has 12 tokens, and the model was trained on 11 places"),
])  # fmt: skip
def test_what_cannot_be_read_is_told(
    lang: str, sentence: str, said: str
) -> None:
    with pytest.raises(ValueError, match=said):
        sentence_model(lang)(sentence)


def test_what_is_no_sentence_is_told() -> None:
    # As a reader meets it, who has no run-time checks.
    before = jaxtyping.config.jaxtyping_disable
    jaxtyping.config.update("jaxtyping_disable", True)
    with pytest.raises(TypeError, match="one sentence as text, not list"):
        sentence_model("en")(["The", "cat"])  # type: ignore[arg-type]
    jaxtyping.config.update("jaxtyping_disable", before)
    with pytest.raises(UnknownName, match="no 'fr' here; nearest: en, ru, zh"):
        sentence_model("fr")


def test_a_name_that_is_not_there_is_told() -> None:
    model = sentence_model("en")
    run = model("The cat sat on the mat.")
    with pytest.raises(KeyError, match=r"no '1.weight'.*1.weights"):
        run["1.weight"]
    with pytest.raises(KeyError, match=r"no '1.WQ'.*1.W_Q"):
        model["1.WQ"]
    with pytest.raises(KeyError, match="the sentence has no pronoun"):
        run["answer"]


def test_a_file_that_is_no_model_is_told(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    with pytest.raises(ValueError, match="is no sentence model"):
        read(path)
    path.write_bytes(b"no model")
    with pytest.raises(ValueError, match="is no sentence model"):
        read(path)


def test_a_written_model_is_read_again(tmp_path: Path) -> None:
    model = sentence_model("zh")
    write(model, tmp_path / "model.safetensors")
    other = read(tmp_path / "model.safetensors")
    assert other.recipe == model.recipe
    assert all(torch.equal(model[name], other[name]) for name in model.weights)


def test_the_command_trains_and_is_refused_a_language() -> None:
    made = again.again("ru", seed=0, steps=2)
    assert made.model.recipe["setting"]["steps"] == 2
    assert [len(one) for one in made.said] == [4, 4]
    with pytest.raises(ValueError, match=r"sentences in en, ru, zh"):
        again.again("fr")


@pytest.mark.slow
def test_the_shipped_model_is_what_its_command_trains() -> None:
    made = again.again("en")
    shipped = sentence_model("en")
    assert made.accuracy > 0.99
    for name, tensor in shipped.weights.items():
        assert (made.model[name] - tensor).abs().max() < 0.05, name


def test_the_result_file_follows_from_its_runs() -> None:
    content = json.loads(RESULT.read_text("utf-8"))
    found = json.loads(json.dumps(summary(content["runs"])))
    assert found == content["values"]
    chosen = {lang: found[lang]["shipped"] for lang in again.SHIPPED}
    assert chosen == again.SHIPPED
    for lang in LANGUAGES:
        assert sentence_model(lang).recipe["seed"] == again.SHIPPED[lang]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_first_layer_cannot_use_an_adjective_that_comes_later(
    lang: str,
) -> None:
    """Scores of the pronoun in layer 0 know only its word and its place."""
    model = sentence_model(lang)
    noun, place, verb = 0, len(grammar.grammar(lang).nouns) - 1, 0
    sentences = [" ".join(grammar.grammar(lang).sentence(
        noun, place, verb, adjective, 0)) for adjective in (0, 1)]
    one, two = map(model, sentences)
    i = one["pronoun"]
    assert torch.equal(one["0.scores"][0, i, :i], two["0.scores"][0, i, :i])
    assert not torch.equal(one["1.scores"][0, i, :i],
                           two["1.scores"][0, i, :i])  # fmt: skip
