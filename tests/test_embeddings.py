"""The built-in embedding: what it promises about shapes, sameness and likeness; its files; the OpenAI encoder."""

from __future__ import annotations

import hashlib
import json
import shutil
import traceback
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai_server import OpenAIServer, embeddings, vector

from rag.errors import ProviderError, RagError, SettingsError
from rag.language.embeddings import MODEL_FOLDER, StaticEncoder, as_llama, builtin, choose, from_llama
from rag.llm import provider
from rag.settings import Settings

ALIASES = {
    "毛利率": "gross margin",
    "净利润": "net profit",
    "利润": "profit",
    "资本开支": "capital expenditure",
    "上升": "rose",
}
PLAIN = StaticEncoder()
CHINESE = StaticEncoder(aliases=ALIASES)


def cosine(encoder, left, right):
    a, b = encoder.passages([left, right])
    return float(a @ b)


def test_rows_have_length_one_and_the_declared_shape():
    rows = PLAIN.passages(["Gross margin rose to 53%.", "The board proposed a dividend.", "Capex guidance"])
    assert rows.shape == (3, PLAIN.dimensions) == (3, 256)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "毛利率", "\x00", "\u200b"])
def test_text_without_a_known_word_is_zero(text):
    assert not PLAIN.passages([text]).any()
    assert not np.isnan(PLAIN.passages([text])).any()


def test_no_texts_give_no_rows():
    assert PLAIN.passages([]).shape == (0, 256)


def test_a_vector_does_not_depend_on_its_batch():
    texts = [f"Revenue of segment {n} grew {n % 37}% to {n * 13} million, " * (n % 5 + 1) for n in range(300)]
    together = CHINESE.passages([*texts, "毛利率上升"])
    alone = np.concatenate([CHINESE.passages([text]) for text in [*texts, "毛利率上升"]])
    assert np.array_equal(together, alone)


@given(st.lists(st.text(max_size=40), max_size=40))
def test_any_text_embeds_the_same_twice(texts):
    first, second = CHINESE.passages(texts), StaticEncoder(aliases=ALIASES).queries(texts)
    assert np.array_equal(first, second)
    lengths = np.linalg.norm(first, axis=1)
    assert np.all((lengths == 0) | (np.abs(lengths - 1) < 1e-4))


@pytest.mark.parametrize(
    ("question", "near", "far"),
    [
        ("How fast did sales grow?", "Revenue was up 20% on the year", "The chairman resigned in May"),
        (
            "What is the stock rating?",
            "Analysts keep a buy recommendation on the shares",
            "A wafer plant opens in Texas",
        ),
        ("dividend paid to shareholders", "Owners of the stock receive a cash payout", "A wafer plant opens in Texas"),
        ("electric car exports", "Overseas deliveries of EVs hit a record", "Deposit rates were cut"),
        ("price of crude", "Brent oil fell below 70 dollars a barrel", "The drug met its phase three endpoint"),
    ],
)
def test_like_is_nearer_than_unlike(question, near, far):
    assert cosine(PLAIN, question, near) > cosine(PLAIN, question, far) + 0.1


def test_case_width_and_accents_do_not_matter():
    assert cosine(PLAIN, "GROSS MARGIN", "gross margin") == pytest.approx(1, abs=1e-5)
    assert cosine(PLAIN, "ＧＲＯＳＳ ｍａｒｇｉｎ", "gross margin") == pytest.approx(1, abs=1e-5)
    assert cosine(PLAIN, "café societé", "cafe societe") == pytest.approx(1, abs=1e-5)


def test_chinese_word_stands_beside_its_english_phrase():
    assert cosine(CHINESE, "毛利率", "gross margin") == pytest.approx(1, abs=1e-5)
    assert cosine(CHINESE, "毛利率上升", "gross margin rose") > 0.8
    assert cosine(CHINESE, "资本开支", "gross margin") < 0.5


def test_longest_alias_wins():
    assert cosine(CHINESE, "净利润", "net profit") == pytest.approx(1, abs=1e-5)
    assert cosine(CHINESE, "毛利润", "profit") == pytest.approx(1, abs=1e-5)


def test_mixed_text_uses_both_sides():
    mixed = CHINESE.passages(["Tencent 毛利率"])[0]
    assert mixed @ CHINESE.passages(["tencent"])[0] > 0.3
    assert mixed @ CHINESE.passages(["gross margin"])[0] > 0.3


def test_fingerprint_names_model_and_aliases():
    assert PLAIN.fingerprint == StaticEncoder().fingerprint
    assert CHINESE.fingerprint == StaticEncoder(aliases=dict(reversed(ALIASES.items()))).fingerprint
    changed = StaticEncoder(aliases={**ALIASES, "上升": "increased"})
    assert len({PLAIN.fingerprint, CHINESE.fingerprint, changed.fingerprint}) == 3


def test_word_pieces_are_those_of_the_tokenizers_library():
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

    words = (MODEL_FOLDER / "vocab.txt").read_text(encoding="utf-8").split("\n")
    vocabulary = {**{word: index for index, word in enumerate(words)}, "[UNK]": len(words)}
    reference = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]", max_input_chars_per_word=100))
    reference.normalizer = normalizers.BertNormalizer(lowercase=True)
    reference.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    for text in [
        "Q2 2024 EBITDA margin was 31.5% (vs. 29.8%), i.e. +170bp; capex/sales at 7x.",
        "Semiconductors' unreasonableness: photolithography & hyperscalers' opex_guidance!",
        "Nestlé's café " + "x" * 101,
    ]:
        ids, _ = PLAIN._read(text)
        assert ids == [piece for piece in reference.encode(text).ids if piece != len(words)]


def test_threads_share_one_encoder():
    texts = [f"free cash flow conversion of unit{n}" for n in range(400)]
    encoder = StaticEncoder()
    with ThreadPoolExecutor(8) as pool:
        rows = list(pool.map(lambda text: encoder.passages([text])[0], texts))
    assert np.array_equal(np.stack(rows), PLAIN.passages(texts))


def test_files_are_small_licensed_and_the_recorded_ones():
    files = list(MODEL_FOLDER.iterdir())
    assert sum(file.stat().st_size for file in files if not file.name.startswith(("matcher", "follow_up"))) < 10_000_000
    assert sum(file.stat().st_size for file in files) < 60_000_000
    config = json.loads((MODEL_FOLDER / "config.json").read_text())
    for name, expected in config["files"].items():
        assert hashlib.sha256((MODEL_FOLDER / name).read_bytes()).hexdigest() == expected
    assert config["source_sha256"] == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
    licence = (MODEL_FOLDER / "LICENSE-all-MiniLM-L6-v2.txt").read_text()
    assert "Apache License" in licence and "Version 2.0" in licence
    readme = (MODEL_FOLDER / "README.md").read_text()
    assert "all-MiniLM-L6-v2" in readme and config["source_sha256"] in readme and f"{config['words']:,}" in readme


@pytest.mark.parametrize("damage", ["missing", "cut", "other"])
def test_damaged_model_says_reinstall(tmp_path, damage):
    folder = tmp_path / "model"
    shutil.copytree(MODEL_FOLDER, folder)
    if damage == "missing":
        (folder / "embeddings.npy").unlink()
    elif damage == "cut":
        data = (folder / "embeddings.npy").read_bytes()
        (folder / "embeddings.npy").write_bytes(data[: len(data) // 2])
    else:
        (folder / "vocab.txt").write_text("one\ntwo")
    with pytest.raises(RagError, match="reinstall"):
        StaticEncoder(folder)


def test_builtin_is_loaded_once_and_knows_the_lexicon():
    assert builtin() is builtin()
    assert builtin().fingerprint != PLAIN.fingerprint
    assert cosine(builtin(), "毛利率", "gross margin") > 0.9


# -- LlamaIndex and OpenAI


def settings(**values):
    return Settings(_env_file=None, **values)


def test_settings_choose():
    assert choose(settings()) is builtin()
    assert choose(settings(openai_api_key="sk-x")).fingerprint == "openai:text-embedding-3-small"
    assert choose(settings(openai_api_key="sk-x", rag_embedding="builtin")) is builtin()
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        choose(settings(rag_embedding="openai"))


def openai(server, key="sk-secret-1234567890", model="some-model"):
    return choose(
        settings(openai_api_key=key, openai_base_url=server.url, rag_embedding="openai", openai_embedding_model=model)
    )


def test_openai_vectors_are_the_servers_normalised():
    with OpenAIServer() as server:
        encoder = openai(server)
        texts = ["gross margin rose", " ", "the board met"]
        rows = encoder.passages(texts)
        for row, text in zip(rows, texts, strict=True):
            expected = np.asarray(vector(text), np.float32)
            assert np.allclose(row, expected / max(np.linalg.norm(expected), 1e-12), atol=1e-5)
        assert np.allclose(encoder.queries(texts[:1])[0], rows[0], atol=1e-6)
        assert encoder.dimensions == 8
    sent = [text for _, body, _ in server.requests for text in body["input"]]
    assert " " not in sent and all(body["model"] == "some-model" for _, body, _ in server.requests)


def test_dimensions_ask_once_when_nothing_was_embedded():
    with OpenAIServer() as server:
        encoder = openai(server)
        assert encoder.dimensions == encoder.dimensions == 8
        assert len(server.requests) == 1
        assert encoder.passages([""]).shape == (1, 8)


def test_long_lists_go_in_batches_and_keep_their_order():
    with OpenAIServer() as server:
        texts = [f"statement number {n}" for n in range(600)]
        rows = openai(server).passages(texts)
        assert len(server.requests) == 3
        assert np.allclose(rows[599] * np.linalg.norm(vector(texts[599])), vector(texts[599]), atol=1e-4)


@pytest.mark.parametrize(
    ("script", "calls", "words", "retryable"),
    [
        ([401], 1, "OPENAI_API_KEY", False),
        ([404], 1, "OPENAI_EMBEDDING_MODEL", False),
        ([400], 1, "OPENAI_EMBEDDING_MODEL", False),
        ([500, 500, 500, 500], 3, "500", True),
        ([429, 429, 429], 3, "rate limit", True),
        ([lambda body: (429, {"error": {"message": "x", "code": "insufficient_quota"}})], 1, "billing", False),
        ([lambda body: (200, {"object": "list", "data": []})], 1, "cannot be used", False),
        ([lambda body: (200, "not json, a sentence")], 1, "cannot be used", False),
        ([lambda body: (200, {**embeddings(body), "data": embeddings(body)["data"] * 2})], 1, "2 vectors", False),
    ],
)
def test_failures_are_one_sentence_without_the_key(monkeypatch, script, calls, words, retryable):
    monkeypatch.setattr(provider, "PAUSES", (0.0, 0.0))
    with OpenAIServer(script) as server:
        with pytest.raises(ProviderError, match=words) as caught:
            openai(server).passages(["gross margin"])
        assert len(server.requests) == calls
    assert caught.value.retryable is retryable
    told = "".join(traceback.format_exception(caught.value))
    assert "sk-secret" not in told


def test_a_failure_that_passes_is_retried(monkeypatch):
    monkeypatch.setattr(provider, "PAUSES", (0.0, 0.0))
    with OpenAIServer([500, 429]) as server:
        assert openai(server).passages(["gross margin"]).any()
        assert len(server.requests) == 3


def test_a_dimension_that_changes_is_an_error():
    with OpenAIServer([None, lambda body: (200, embeddings(body, 6))]) as server:
        encoder = openai(server)
        encoder.passages(["one"])
        with pytest.raises(ProviderError, match="length 6"):
            encoder.passages(["two"])


def test_unreachable_service(monkeypatch):
    monkeypatch.setattr(provider, "PAUSES", (0.0, 0.0))
    with OpenAIServer() as server:
        encoder = openai(server)
    with pytest.raises(ProviderError, match="cannot be reached") as caught:
        encoder.passages(["one"])
    assert caught.value.retryable


def test_no_representation_holds_the_key():
    encoder = choose(settings(openai_api_key="sk-secret-1234567890"))
    wrapped = as_llama(encoder)
    for shown in (repr(encoder), str(encoder), repr(wrapped), str(wrapped.to_dict()), wrapped.to_json()):
        assert "sk-secret" not in shown


async def test_as_llama_gives_the_encoders_vectors():
    model = as_llama(PLAIN)
    texts = ["gross margin", "net profit rose"]
    assert np.allclose(model.get_text_embedding_batch(texts), PLAIN.passages(texts))
    assert np.allclose(model.get_query_embedding(texts[0]), PLAIN.queries(texts)[0])
    assert np.allclose(await model.aget_text_embedding_batch(texts), PLAIN.passages(texts))
    assert np.allclose(await model.aget_query_embedding(texts[0]), PLAIN.queries(texts)[0])
    assert model.model_name == PLAIN.fingerprint


def test_from_llama_goes_round():
    encoder = from_llama(as_llama(PLAIN))
    assert np.allclose(encoder.passages(["gross margin", ""]), PLAIN.passages(["gross margin", ""]), atol=1e-6)
    assert encoder.fingerprint == f"EncoderEmbedding:{PLAIN.fingerprint}"
    assert encoder.dimensions == 256
