"""How many tokens a text has, without a network: tiktoken with the tables that llama-index-core carries."""

from __future__ import annotations

import os
import threading
from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktoken import Encoding

FALLBACK = "o200k_base"  # for models that tiktoken does not know, and for those whose table is not at hand
_AT_HAND = ("o200k_base", "cl100k_base")
_CACHE = "TIKTOKEN_CACHE_DIR"
_loading = threading.Lock()


def encoding_name(model: str) -> str:
    """The name of the encoding that a model's tokens are counted with; ``o200k_base`` for an unknown model."""
    import tiktoken

    try:
        name = tiktoken.encoding_name_for_model(model)
    except KeyError:
        return FALLBACK
    return name if name in _AT_HAND else FALLBACK


@lru_cache(maxsize=len(_AT_HAND))
def encoding(name: str) -> Encoding:
    """The encoding, read from the package's own files; tiktoken would download it.

    tiktoken takes the folder from an environment variable alone, so it is set while the table is read, and put back.
    """
    import tiktoken

    with _loading, as_file(files("llama_index.core") / "_static" / "tiktoken_cache") as folder:
        before = os.environ.get(_CACHE)
        os.environ[_CACHE] = str(folder)
        try:
            return tiktoken.get_encoding(name)
        finally:
            if before is None:
                del os.environ[_CACHE]
            else:
                os.environ[_CACHE] = before


def count(text: str, name: str = FALLBACK) -> int:
    """Tokens of a text. What looks like a control token (``<|endoftext|>``) is text like any other."""
    return len(encoding(name).encode_ordinary(_encodable(text)))


def shorten(text: str, limit: int, name: str = FALLBACK) -> str:
    """The longest beginning of a text that has at most ``limit`` tokens, cut between characters."""
    tokens = encoding(name).encode_ordinary(_encodable(text))
    if len(tokens) <= limit:
        return text
    kept = encoding(name).decode(tokens[: max(limit, 0)], errors="ignore")
    while kept and not text.startswith(kept):
        kept = kept[:-1]
    return kept


def _encodable(text: str) -> str:
    """Lone surrogates, which tiktoken cannot encode, as question marks."""
    return text.encode("utf-8", "replace").decode("utf-8")
