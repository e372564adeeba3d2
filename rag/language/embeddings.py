"""Texts to vectors: the built-in static model, or OpenAI (or any LlamaIndex embedding) when the settings say so.

The built-in model is a table of one vector per word piece, distilled from all-MiniLM-L6-v2 (``tools/distill.py``,
``rag/model/README.md``). A text is the sum of its word pieces' vectors, scaled to length 1, as in model2vec
(https://github.com/MinishLab/model2vec). No network, no torch. The table knows no Chinese: a Chinese text is read by
the lexicon, and each word found contributes the mean vector of its English phrase, so that 毛利率 stands beside
`gross margin`.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

from rag.errors import RagError
from rag.language.analysis import CJK, fold

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

    from rag.settings import Settings

MODEL_FOLDER = Path(__file__).parent.parent / "model"
_CACHED_WORDS = 200_000
_CACHED_PARTS = 50_000
_WORD = re.compile(rf"[^\W_{CJK}]+|[^\w\s]|_")
_LATIN_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")  # the same where no Chinese is
_ACCENTS = re.compile("[\u0300-\u036f]+")
_CJK_RUN = re.compile(rf"[{CJK}]+")
_Pieces = tuple[list[int], list[tuple[int, ...]]]


class Encoder(Protocol):
    """Anything that embeds texts. Rows are L2-normalised; a text without a known word is a row of zeros.

    ``fingerprint`` identifies model and version: vectors of two encoders can be compared only when it is equal.
    """

    @property
    def fingerprint(self) -> str: ...
    @property
    def dimensions(self) -> int: ...
    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, shape (len(texts), dimensions)."""
        ...

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, shape (len(texts), dimensions)."""
        ...


class StaticEncoder:
    """The built-in model: word-piece vectors, kept as int8 with one scale per row. Safe to share between threads.

    ``aliases`` maps Chinese words to the English phrases that stand for them; matching is by longest word, left to
    right. Chinese characters outside any alias contribute nothing. Raises RagError when the model's files are missing
    or damaged.
    """

    def __init__(self, folder: Path = MODEL_FOLDER, aliases: Mapping[str, str] | None = None) -> None:
        try:
            config: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            table: NDArray[np.int8] = np.load(folder / "embeddings.npy")
            scales: NDArray[np.float32] = np.load(folder / "scales.npy")
            words = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        except (OSError, ValueError) as error:
            raise RagError(
                f"The built-in embedding in {folder} cannot be read ({error}); reinstall the package."
            ) from None
        self._ids = {word: index for index, word in enumerate(words)}
        expected = (len(words), config.get("dimensions"))
        if table.shape != expected or scales.shape != expected[:1]:
            raise RagError(
                f"The built-in embedding in {folder} has {table.shape} vectors and {scales.shape} scales, "
                f"expected {expected}; reinstall the package."
            )
        self._words: dict[str, tuple[int, ...]] = {}
        self._first_line = lru_cache(maxsize=100)(self._read)
        self._part = lru_cache(_CACHED_PARTS)(self._read_part)
        self._given = aliases or {}
        self.dimensions = int(config["dimensions"])
        # 29 MB; scaling row by row takes three times as long
        self._vectors: NDArray[np.float32] = np.multiply(table, scales[:, None], dtype=np.float32)
        self.fingerprint = f"{config['name']}:{config['sha256'][:12]}:{_digest(aliases or {})}"

    @cached_property
    def _aliases(self) -> dict[str, tuple[int, ...]]:
        """Made for the first Chinese text: a process that reads English alone starts sooner."""
        return self._phrases(self._given)

    @cached_property
    def _longest(self) -> dict[str, int]:
        return _longest_by_first(self._aliases)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, shape (len(texts), dimensions)."""
        out = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            self._embed(text, out[row])
        return out

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions; the same as ``passages``, the model is symmetric."""
        return self.passages(texts)

    def words(self) -> list[str]:
        """The whole words of the vocabulary (not the pieces that continue one), the common ones before the rare."""
        return [word for word in self._ids if word and not word.startswith(("##", "["))]

    def rarity(self, word: str) -> float:
        """How much a word says, about 2 (`the`) to 7 (`wholesale`): the longest vector of its pieces; 0 when unknown.

        The table's rows are scaled by the smooth inverse frequency of their words in general English
        (https://openreview.net/forum?id=SyK00v5xx).
        """
        plain = _plain(word)
        ids = self._words.get(plain) or self._pieces(plain)
        return max((float(np.linalg.norm(self._vectors[i])) for i in ids), default=0.0)

    def coined(self, word: str) -> bool:
        """Whether the vocabulary has a word only in pieces."""
        return len(self._pieces(_plain(word))) > 1

    def _embed(self, text: str, out: NDArray[np.float32]) -> None:
        """Fill ``out`` (dimensions,) with the normalised sum of the text's word-piece vectors.

        The first line is looked up: one passage after the other stands under the same one.
        """
        line, _, rest = text.partition("\n")
        parts = (self._first_line(line), self._read(rest)) if rest else (self._read(line),)
        ids = [*parts[0][0], *parts[-1][0]] if rest else parts[0][0]
        phrases = [pieces for _, phrases in parts for pieces in phrases]
        words = len(ids)
        if phrases:
            ids = [*ids, *chain.from_iterable(phrases)]
        if not ids:
            return
        vectors = self._vectors.take(ids, axis=0)
        if phrases:
            shares = [1.0 / len(pieces) for pieces in phrases for _ in pieces]
            vectors[words:] *= np.asarray(shares, np.float32)[:, None]
        vectors.sum(axis=0, out=out)
        out /= max(float(np.sqrt(out @ out)), 1e-12)

    def _read(self, text: str) -> _Pieces:
        """A text's word pieces, and those of each of its Chinese words' English phrases, which count 1/n each."""
        text = text.lower() if text.isascii() else _plain(text)
        runs = [] if text.isascii() else _CJK_RUN.findall(text)
        if not runs:
            return list(chain.from_iterable(map(self._part, text.split()))), []
        return self._pieces_of(_WORD.findall(text)), [pieces for run in runs for pieces in self._matches(run)]

    def _read_part(self, part: str) -> tuple[int, ...]:
        """Word pieces of what stands between two spaces of a text without Chinese, as ``million,``."""
        return tuple(self._pieces_of(_LATIN_WORD.findall(part)))

    def _pieces_of(self, words: list[str]) -> list[int]:
        known = map(self._words.get, words)
        found = [self._pieces(word) if ids is None else ids for word, ids in zip(words, known, strict=True)]
        return list(chain.from_iterable(found))

    def _matches(self, run: str) -> list[tuple[int, ...]]:
        """The aliases in a run of Chinese, by longest match from the left."""
        found: list[tuple[int, ...]] = []
        position = 0
        while position < len(run):
            for length in range(min(self._longest.get(run[position], 0), len(run) - position), 0, -1):
                pieces = self._aliases.get(run[position : position + length])
                if pieces:
                    found.append(pieces)
                    position += length
                    break
            else:
                position += 1
        return found

    def _phrases(self, aliases: Mapping[str, str]) -> dict[str, tuple[int, ...]]:
        """Alias -> word pieces of its phrase; an alias that is not all Chinese, or has no known word, is left out."""
        known: dict[str, tuple[int, ...]] = {}
        of: dict[str, tuple[int, ...]] = {}  # many aliases share a phrase
        for alias, phrase in aliases.items():
            word = fold(alias)
            if not _CJK_RUN.fullmatch(word):
                continue
            if phrase not in of:
                of[phrase] = tuple(self._pieces_of(_WORD.findall(_plain(phrase))))
            if of[phrase]:
                known[word] = of[phrase]
        return known

    def _pieces(self, word: str) -> tuple[int, ...]:
        """Word-piece ids of one word, by greedy longest match (https://arxiv.org/abs/1810.04805, section 3).

        A word that cannot be put together from known pieces has none; so has one of more than 100 characters.
        """
        pieces: list[int] = []
        start = 0
        while start < len(word) <= 100:
            for end in range(len(word), start, -1):
                piece = self._ids.get(("##" if start else "") + word[start:end])
                if piece is not None:
                    pieces.append(piece)
                    start = end
                    break
            else:
                pieces = []
                break
        if len(self._words) >= _CACHED_WORDS:
            self._words.clear()
        self._words[word] = tuple(pieces)
        return self._words.get(word, tuple(pieces))


def _plain(text: str) -> str:
    """Folded text without accents, as the model's vocabulary spells words."""
    return _ACCENTS.sub("", unicodedata.normalize("NFD", fold(text)))


def _longest_by_first(words: Mapping[str, Any]) -> dict[str, int]:
    longest: dict[str, int] = {}
    for word in words:
        longest[word[0]] = max(longest.get(word[0], 0), len(word))
    return longest


def _digest(aliases: Mapping[str, str]) -> str:
    """Twelve hex digits that change with any alias: vectors made with other aliases must not be compared."""
    if not aliases:
        return "plain"
    lines = "\n".join(f"{alias}\t{aliases[alias]}" for alias in sorted(aliases))
    return hashlib.sha256(lines.encode()).hexdigest()[:12]


@lru_cache(maxsize=1)
def builtin() -> StaticEncoder:
    """The built-in encoder with the lexicon's Chinese words; loaded once per process."""
    from rag.language.lexicon import embedding_aliases

    return StaticEncoder(aliases=embedding_aliases())


@lru_cache(maxsize=8_000)
def vector(text: str) -> NDArray[np.float32]:
    """The unit vector of a text by the built-in encoder, whatever model embeds the passages; kept for the next question."""
    made: NDArray[np.float32] = builtin().passages([text])[0]
    return made


def choose(settings: Settings) -> Encoder:
    """The encoder that the settings ask for. Raises SettingsError when OpenAI is asked for without key or server."""
    if not settings.use_openai_embedding():
        return builtin()
    from rag.language.llama_embeddings import openai_encoder

    return openai_encoder(settings)


def from_llama(model: BaseEmbedding) -> Encoder:
    """A LlamaIndex embedding as an Encoder."""
    from rag.language.llama_embeddings import LlamaEncoder

    return LlamaEncoder(model)


def as_llama(encoder: Encoder) -> BaseEmbedding:
    """An Encoder as a LlamaIndex embedding, for the ingestion pipeline."""
    from rag.language.llama_embeddings import EncoderEmbedding

    return EncoderEmbedding(encoder)
