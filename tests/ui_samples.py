"""Reports, passages and answers that the tests of the page's parts are about."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from rag.types import Answer, Citation, Locator, Passage, Report, Sentence
from ui.i18n import texts
from ui.paced import Paced

EN, ZH = texts("en"), texts("zh")


def report(number: int, **fields: Any) -> Report:
    base = Report(
        id=f"{number:02x}" * 32,
        title=f"Report {number}",
        file=f"folder/r{number}.txt",
        kind="text",
        language="en",
        broker=f"BROKER {number % 2}",
        date=date(2025, 1, number),
        companies=("Quayside",) if number % 2 else ("起重机集团",),
    )
    return replace(base, **fields)


def passage(of: Report, ordinal: int, text: str, section: tuple[str, ...], language: str = "en") -> Passage:
    return Passage(
        f"{of.id[:16]}-{ordinal:05d}", of.id, ordinal, text, 0, len(text), "statement", Locator("mark", (ordinal + 1,)),
        ordinal + 1, section, language=language,  # type: ignore[arg-type]
    )  # fmt: skip


def answer_of(text: str, *cited: Citation) -> Answer:
    sentences = tuple(
        Sentence(line, tuple(i for i, c in enumerate(cited) if c.marker in line)) for line in text.split("\n")
    )
    return Answer("q", text, sentences, cited)


def cite(number: int, quote: str, ordinal: int) -> Citation:
    of = report(1)
    return Citation(f"[{number}]", of, f"{of.id[:16]}-{ordinal:05d}", Locator("page", (number,)), quote, 0, len(quote))


T = TypeVar("T")


def heard(start: Callable[[], Paced[T]]) -> list[T]:
    """All that paced work tells; ``start`` begins it."""

    async def values() -> list[T]:
        return [value async for value in start()]

    return asyncio.run(values())
