"""The real models are read rightly: nothing here is about what heads do.

Needs the packages of `python3 tools/install.py models`; in CI they must be
there.
"""

import json
import math
import os
import re
import struct
import xml.etree.ElementTree as ElementTree

import pytest
import torch

from qkv_explained import cli
from qkv_explained.course.concepts.real_heads import texts
from qkv_explained.course.concepts.real_heads.facts import measured
from qkv_explained.lab import real
from qkv_explained.lab.real import look as looking

TEXT = "The cat sat on the mat because it was tired."


def loaded(name):
    """A model; left out where it is absent, but not in CI."""
    try:
        return real.load(name)
    except real.MissingModel as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def decoder():
    return loaded("smollm2")


@pytest.fixture(scope="session")
def encoder():
    return loaded("minilm")


def loss(model, ids):
    return model.surprise(ids).mean().item()


def test_a_paragraph_is_likely_and_its_shuffled_tokens_are_not(decoder):
    ids = decoder(texts.PARAGRAPH).ids
    mixed = ids[torch.randperm(len(ids), generator=torch.Generator())]
    assert loss(decoder, ids) < math.log(50)
    assert loss(decoder, mixed) > math.log(500)
    assert decoder.write("The capital of France is", 1) == " Paris"


def test_rope_in_halves_would_be_found(decoder, monkeypatch):
    """Planted: the other order of pairs, which still writes words."""
    ids = decoder(texts.PARAGRAPH).ids
    right = loss(decoder, ids)

    def halves(X, start):
        half = decoder.d_k // 2
        speed = decoder.base ** (-torch.arange(half) / half)
        angle = torch.arange(start, start + X.shape[-2])[:, None] * speed
        a, b = X[..., :half], X[..., half:]
        return torch.cat((a * angle.cos() - b * angle.sin(),
                          a * angle.sin() + b * angle.cos()), -1)

    monkeypatch.setattr(decoder, "rotate", halves)
    assert loss(decoder, ids) > right + 1


@pytest.mark.parametrize("chunk", [1, 3])
def test_with_a_cache_as_without(decoder, chunk):
    ids = decoder(TEXT).ids
    cache = []
    parts = [decoder.forward(one, cache=cache)["logits"]
             for one in ids.split(chunk)]
    whole = decoder.forward(ids)["logits"]
    torch.testing.assert_close(torch.cat(parts), whole, atol=1e-3, rtol=0)


def test_a_later_start_changes_nothing_and_no_rotation_does(
    decoder, monkeypatch
):
    ids = decoder(TEXT).ids
    whole, rotate = decoder.forward(ids)["logits"], decoder.rotate
    monkeypatch.setattr(decoder, "rotate", lambda X, at: rotate(X, at + 50))
    moved = decoder.forward(ids)["logits"]
    torch.testing.assert_close(moved, whole, atol=1e-2, rtol=0)
    monkeypatch.setattr(decoder, "rotate", lambda X, at: X)
    assert (decoder.forward(ids)["logits"] - whole).abs().max() > 1


@pytest.mark.parametrize(("one", "two", "published"), [
    ("A man is eating food.", "A man is eating a piece of bread.", 0.7553),
    ("The weather is lovely today.", "It's so sunny outside!", 0.6660),
])
def test_sentences_are_as_similar_as_published(encoder, one, two, published):
    """Examples of the documentation of sentence-transformers."""
    found = encoder.sentence(one) @ encoder.sentence(two)
    assert found.item() == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize("name", ["encoder", "decoder"])
def test_rows_sum_to_one_and_the_file_holds_what_is_measured(name, request):
    model = request.getfixturevalue(name)
    # Here, because it needs the packages.
    from qkv_explained.course.concepts.real_heads import measure

    run = model(TEXT)
    weights = measure.all_weights(run, model.n_layers)
    sums = weights.sum(dim=-1)
    torch.testing.assert_close(sums, torch.ones_like(sums))
    if name == "encoder":
        drawn = measured()["minilm"]["drawn"]
        for kind in ("trained", "swapped", "tied"):
            again = measure.turned(run, kind)[1:9, 1:9]
            torch.testing.assert_close(
                again, torch.tensor(drawn[kind]), atol=1e-3, rtol=0)
    else:
        it = measured()["smollm2"]["it"]
        row = weights[it["head"][0], it["head"][1], 7, :8].tolist()
        assert row == pytest.approx(it["row"], abs=1e-3)


# --- the command --------------------------------------------------------


@pytest.mark.parametrize("lang", ["en", "zh", "ru"])
def test_look_tells_each_head_and_draws(
    encoder, monkeypatch, tmp_path, capsys, lang
):
    monkeypatch.setattr(real, "load", lambda name: encoder)
    file = tmp_path / "heads.svg"
    words = ["look", TEXT, "--token", "it", "--out", str(file), "--lang",
             lang]
    assert cli.main(words) == 0
    said = capsys.readouterr().out
    assert len(re.findall(r"(?m)^ +\d\.\d+ .*\d+:\S+ \d\.\d\d$", said)) == 72
    assert re.search(r"(?m)^ +0\.2 +1\.00 .*7:because 1\.00$", said)
    cells = ElementTree.parse(file).getroot().findall(".//{*}title")
    assert len(cells) == 4 * 13 * 13
    before = file.read_bytes()
    assert cli.main(words) == 2
    assert str(file) in capsys.readouterr().err
    assert file.read_bytes() == before


@pytest.mark.parametrize(("text", "more", "said"), [
    ("", [], "3 to 512 tokens"), ("word " * 600, [], "3 to 512 tokens"),
    (TEXT, ["--token", "dog"], "no token “dog”"),
    (TEXT, ["--out", "/dev/null/x.svg"], "folder"),
])
def test_what_cannot_be_looked_at_is_told(
    encoder, monkeypatch, capsys, text, more, said
):
    monkeypatch.setattr(real, "load", lambda name: encoder)
    assert cli.main(["look", text, *more, "--lang", "en"]) == 2
    assert said in capsys.readouterr().err


# --- files of other kinds -----------------------------------------------


def gguf(*settings):
    """The beginning of a GGUF file without tensors."""
    def string(text):
        return struct.pack("<Q", len(text)) + text.encode()

    rows = b"".join(string(k) + struct.pack("<I", 8) + string(v)
                    for k, v in settings)
    return b"GGUF" + struct.pack("<IQQ", 3, 0, len(settings)) + rows


@pytest.mark.parametrize(("content", "said"), [
    (b"", "not a GGUF file"), (b"PK\3\4zip", "not a GGUF file"),
    (b"GGUF\3\0", "cut short or damaged"),
    (b"GGUF" + struct.pack("<IQQ", 1, 0, 0), "version 1"),
    (gguf(("general.architecture", "gpt2")), "is gpt2; llama is read"),
])
def test_other_files_are_told(decoder, tmp_path, content, said):
    file = tmp_path / "a.gguf"
    file.write_bytes(content)
    with pytest.raises(real.MissingModel, match=said):
        real.load(str(file))


def test_a_folder_must_be_a_whole_bert(encoder, tmp_path):
    (tmp_path / "model.safetensors").touch()
    with pytest.raises(real.MissingModel, match=r"no config\.json"):
        real.load(str(tmp_path))
    (tmp_path / "tokenizer.json").touch()
    config = tmp_path / "config.json"
    config.write_text(json.dumps({"model_type": "gpt2"}))
    with pytest.raises(real.MissingModel, match="is gpt2; bert"):
        real.load(str(tmp_path))
    with pytest.raises(real.MissingModel, match="neither minilm"):
        real.load(str(tmp_path / "nothing"))


def test_without_the_packages_it_says_how_to_get_them(monkeypatch, capsys):
    monkeypatch.setattr("importlib.util.find_spec",
                        lambda name: None if name == "gguf" else True)
    monkeypatch.setattr(cli, "_need_torch", lambda session: None)
    assert cli.main(["look", TEXT, "--lang", "en"]) == 2
    assert "pip install --no-deps" in capsys.readouterr().err


def test_the_share_at_an_offset_by_hand():
    weights = torch.tensor([[1.0, 0, 0], [0.75, 0.25, 0], [0, 0.5, 0.5]])
    assert looking.at_offset(weights, -1).item() == 0.625
    assert looking.at_offset(weights, 1).item() == 0
