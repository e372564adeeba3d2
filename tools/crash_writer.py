"""The writer that ``crash.py`` kills: random steps on a library of invented reports, each noted before and after it."""

from __future__ import annotations

import hashlib
import json
import random
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

SYLLABLES = (
    "ba be bi bo ca ce co da de di do fa fe fi ga go la le li lo ma me mi mo na ne ni no pa pe ra re ri sa".split()
)
STEPS = ("add", "add", "add", "many", "replace", "replace", "remove", "edit", "reindex")


class HashEncoder:
    """Vectors that are a pure function of model version and text, near orthogonal for different texts."""

    dimensions = 48

    def __init__(self, version: int) -> None:
        self.version = version
        self.fingerprint = f"crash-{version}"

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors (n, dimensions)."""
        rows = np.empty((len(texts), self.dimensions), np.float32)
        for row, text in zip(rows, texts, strict=True):
            digest = hashlib.blake2b(f"{self.version}:{text}".encode(), digest_size=8).digest()
            row[:] = np.random.default_rng(int.from_bytes(digest, "little")).standard_normal(self.dimensions)
        unit: NDArray[np.float32] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    queries = passages


def content(name: str, version: int) -> bytes:
    """A small report of 3 to 40 statements, each with words of its own."""
    pick = random.Random(f"{name}-{version}")
    lines = []
    for number in range(1, pick.choice((4, 12, 41))):
        words = " ".join("".join(pick.choices(SYLLABLES, k=4)) for _ in range(9))
        lines.append(f"- The {words} rose {pick.randint(1, 99)}.{number}% in 2024 [{number}]")
    return f"Report {name} version {version}\nMILL RESEARCH·2025-04-03 08:00\n\nCore Views {' '.join(lines)}\n".encode()


def encoder_of(home: Path) -> HashEncoder:
    """The encoder whose vectors the library holds; a kill may have come before there was a folder."""
    from rag import Settings
    from rag.store.ledger import Ledger

    home.mkdir(parents=True, exist_ok=True)
    address = Settings.load(_env_file=None).database_url
    ledger = Ledger.open(home, address.get_secret_value() if address else None)
    model = ledger.get("model") or "crash-1"
    ledger.close()
    return HashEncoder(int(model.rpartition("-")[2]))


def open_library(home: Path, encoder: HashEncoder) -> Any:
    from rag import Library, Settings

    return Library.open(Settings.load(rag_home=home, _env_file=None), encoder=encoder)


class Writer:
    """Random steps on a library, each noted in the journal before and after it."""

    def __init__(self, home: Path, seed: str) -> None:
        self.random = random.Random(seed)
        self.encoder = encoder_of(home)
        self.library = open_library(home, self.encoder)
        self.folder = home.parent / "sources"
        self.folder.mkdir(exist_ok=True)
        self.journal = (home.parent / "journal").open("a", encoding="utf-8")

    def run(self) -> None:
        self.do("add")  # imports what it needs, which takes longer than most steps
        print("ready", flush=True)
        while True:
            step = self.random.choice(STEPS)
            if step == "reindex" and self.random.random() < 0.6:
                continue
            if len(self.library.reports()) > 25:
                step = "remove"
            self.do(step)

    def note(self, **facts: Any) -> None:
        self.journal.write(json.dumps(facts) + "\n")
        self.journal.flush()

    def do(self, step: str) -> None:
        reports = self.library.reports()
        if step in ("add", "many"):
            names = [f"r{self.random.randrange(10**9)}" for _ in range(1 if step == "add" else 6)]
            self.put({name: content(name, 1) for name in names})
        elif step == "reindex":
            version = self.encoder.version + 1
            self.note(step="reindex", model=version)
            self.library._encoder = self.encoder = HashEncoder(version)
            self.library.reindex()
            self.note(done="reindex", model=version)
        elif reports:
            report = self.random.choice(reports)
            if step == "replace":
                version = int(re.search(r"version (\d+)", report.title).group(1)) + 1  # type: ignore[union-attr]
                self.put({report.stem: content(report.stem, version)}, replaces=report.id)
            elif step == "remove":
                self.note(step="remove", ids=[report.id])
                self.library.remove(report.id)
                self.note(done="remove", ids=[report.id])
            else:
                broker = f"Broker {self.random.randrange(1000)}"
                self.note(step="edit", ids=[report.id], broker=broker)
                self.library.edit(report.id, broker=broker)
                self.note(done="edit", ids=[report.id], broker=broker)

    def put(self, files: dict[str, bytes], replaces: str | None = None) -> None:
        paths = []
        for name, data in files.items():
            paths.append(self.folder / f"{name}.txt")
            paths[-1].write_bytes(data)
        ids = [hashlib.sha256(data).hexdigest() for data in files.values()]
        self.note(step="add", ids=ids, replaces=replaces)
        results = self.library.add_many(paths)
        failed = [result.message for result in results if result.report is None]
        assert not failed, failed
        self.note(done="add", ids=ids, replaces=replaces)
