"""The transformer of the matcher: a text to one unit vector per token, run by onnxruntime on the processor."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rag.errors import RagError

FOLDER = Path(__file__).parent.parent / "model"
QUESTION, STATEMENT = 48, 112  # tokens that are read of each, the rest is cut off
LEANING = 96  # of a follow-up and the question before it
KEPT = 1_000  # texts whose vectors are kept, about 35 kB each
KEPT_LEANING = 100  # follow-ups, which are hardly asked twice

Floats = NDArray[np.float32]
Halves = NDArray[np.float16]


@dataclass(frozen=True, slots=True)
class Encoded:
    """``tokens``: unit vectors in half precision, to keep more of them, shape (tokens, 384); ``weights``: what each says, shape (tokens,), 0 or more;
    ``whole``: the unit vector of the text, shape (384,)."""

    tokens: Halves
    weights: Floats
    whole: Floats


@dataclass(frozen=True, slots=True)
class Head:
    """What is made of the closest tokens: ``slope``, ``each``: the straight part of the
    curve; ``inner``, ``shift``, ``outer``: a hidden layer of one input and one output; ``whole``: weight of the texts' cosine."""

    slope: float
    each: float
    inner: Floats
    shift: Floats
    outer: Floats
    whole: float
    bias: float


class Matcher:
    """Tokenizer, transformer and head. Safe to share between threads. Raises RagError when a file is missing or damaged.

    ``name``: of its files in the folder, ``NAME.onnx`` and ``NAME.json``.
    """

    def __init__(self, folder: Path = FOLDER, name: str = "matcher") -> None:
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # else it writes into HOME, and sends what it wrote
        onnxruntime: Any = import_module("onnxruntime")  # slow to import, and without types
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # a text is short; what asks at the same time shares the cores
        options.log_severity_level = 3
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "matcher_tokens.json"))
            self._session: Any = onnxruntime.InferenceSession(
                str(folder / f"{name}.onnx"), options, providers=["CPUExecutionProvider"]
            )
            self.head = _head(json.loads((folder / f"{name}.json").read_text("utf-8")))
        except Exception as error:  # noqa: BLE001 - both libraries raise plain Exceptions
            raise RagError(f"The model {name} in {folder} cannot be read ({error}); reinstall the package.") from None
        self.question = lru_cache(KEPT)(lambda text: self._encode(text, QUESTION))
        self.leaning = lru_cache(KEPT_LEANING)(lambda text: self._encode(text, LEANING, end=True))
        self.statement = lru_cache(KEPT)(lambda text: self._encode(text, STATEMENT))

    def _encode(self, text: str, most: int, end: bool = False) -> Encoded:
        """One text at a time: the scale of the quantised layers is that of the whole input, so a batch would change it."""
        ids = self._tokenizer.encode(text).ids
        if len(ids) > most:  # the end of a follow-up is what was typed
            ids = [ids[0], *ids[1 - most :]] if end else [*ids[: most - 1], ids[-1]]
        row = np.array([ids], np.int64)
        tokens, weights, whole = self._session.run(None, {"ids": row})
        return Encoded(tokens[0].astype(np.float16), weights[0], whole[0])


def _head(values: dict[str, Any]) -> Head:
    arrays = {name: np.array(values[name], np.float32) for name in ("inner", "shift", "outer")}
    return Head(**arrays, slope=values["slope"], each=values["each"], whole=values["whole"], bias=values["bias"])


@lru_cache(maxsize=1)
def matcher() -> Matcher:
    """The matcher of the package, loaded with the first question."""
    return Matcher()


@lru_cache(maxsize=1)
def of_follow_ups() -> Matcher:
    """The one that was trained on follow-ups as well, loaded with the first of these. It reads them better, and refuses worse."""
    return Matcher(name="follow_up")
