"""Small real stand-ins: each does its job, on known data, without a network. Import them: ``from fakes import …``."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from rag.language.analysis import content_terms


class HashEncoder:
    """An Encoder that is a pure function of the text: each content term adds one signed unit in a hashed direction.

    Texts that share words are near each other, others are (almost) orthogonal. ``version`` changes the fingerprint
    and every direction, as another model would. ``seen`` holds all texts it was given, passages and questions.
    """

    def __init__(self, dimensions: int = 64, version: str = "1") -> None:
        self.dimensions = dimensions
        self.fingerprint = f"hash-{dimensions}-{version}"
        self.seen: list[str] = []

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages, shape (len(texts), dimensions)."""
        self.seen.extend(texts)
        rows = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            for term in content_terms(text):
                digest = hashlib.blake2b(f"{self.fingerprint}:{term}".encode(), digest_size=8).digest()
                number = int.from_bytes(digest, "little")
                row[number // 2 % self.dimensions] += 1 - 2 * (number % 2)
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.divide(rows, lengths, out=rows, where=lengths > 0)

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions: the same function."""
        return self.passages(texts)
