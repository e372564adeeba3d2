"""A library of a few written texts, for tests of what is found and answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rag import Library, Settings


@contextmanager
def library_of(folder: Path, texts: Mapping[str, str]) -> Iterator[Library]:
    """An open library of these texts, by the names of their files, in ``folder``; answers without a model."""
    (folder / "in").mkdir()
    for name, text in texts.items():
        (folder / "in" / name).write_text(text, "utf-8")
    settings = Settings.load(
        _env_file=None, rag_home=folder / "lib", rag_answerer="extractive", rag_embedding="builtin"
    )
    with Library.open(settings) as library:
        library.add_many([folder / "in"])
        yield library
