"""Questions to measure with: one frozen ``Case`` per line of a JSON Lines file.

Keys of a line: ``id``, ``question``, ``lang``, ``kind``, ``history`` (earlier user questions, oldest first), ``docs``
(file stems), ``marks`` (``[["stem", [numbers]], ...]``: acceptable marks, pages or paragraphs per report), ``need``
(``any`` of the listed reports, or one from ``each``), ``must``/``must_not`` (regexes for the answer's text),
``answerable``. Also read: ``filters`` (arguments of ``Library.ask``: reports, broker, since, until). Other keys are
kept in ``extra``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rag import RagError


class UsageError(RagError):
    """The command line, a question file or a result file cannot be used; the exit code is 2."""


_KNOWN = {
    "id",
    "question",
    "lang",
    "kind",
    "history",
    "docs",
    "marks",
    "need",
    "must",
    "must_not",
    "answerable",
    "filters",
}
_FILTERS = {"reports", "broker", "since", "until"}


@dataclass(frozen=True, slots=True)
class Place:
    """Acceptable locators in one report: any of ``numbers`` (marks, 1-based pages or paragraphs) of report ``stem``."""

    stem: str
    numbers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Case:
    """One question with what a right answer looks like. ``each``: one citation from every place, else from any."""

    id: str
    question: str
    lang: str = "en"
    kind: str = "single"
    history: tuple[str, ...] = ()
    docs: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    each: bool = False
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    answerable: bool = True
    filters: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    suite: str = "set"

    @property
    def units(self) -> tuple[tuple[Place, ...], ...]:
        """What must be found: one group of places per thing needed; meeting any place of a group meets the group."""
        if not self.places:
            return ()
        return tuple((place,) for place in self.places) if self.each else (self.places,)

    def expected(self) -> dict[str, Any]:
        """The expectation as it is written into a result file."""
        return {
            "marks": [[place.stem, sorted(place.numbers)] for place in self.places],
            "need": "each" if self.each else "any",
            "must": list(self.must),
            "must_not": list(self.must_not),
            "answerable": self.answerable,
        }


def load_cases(path: str | Path) -> tuple[Case, ...]:
    """Read a question file. Raises UsageError that names the line when the file or a line cannot be used."""
    path = Path(path)
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"The question file {path} cannot be read ({error}); give a UTF-8 JSON Lines file.") from None
    cases = [parse_case(line, f"{path.name} line {n}") for n, line in enumerate(lines, 1) if line.strip()]
    if not cases:
        raise UsageError(f"The question file {path} holds no question; give at least one JSON object per line.")
    seen: set[str] = set()
    for case in cases:
        if case.id in seen:
            raise UsageError(f"The question file {path} uses the id {case.id!r} twice; ids must be unique.")
        seen.add(case.id)
    return tuple(cases)


def parse_case(line: str, where: str = "question") -> Case:
    """One line of a question file. Raises UsageError that says what is wrong with it."""
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise UsageError(f"{where} is not JSON ({error}); write one JSON object per line.") from None
    if not isinstance(row, dict) or not isinstance(row.get("question"), str) or "id" not in row:
        raise UsageError(f"{where} needs at least the keys 'id' and 'question'; see eval/questions.jsonl for the form.")
    try:
        return _case(row)
    except (TypeError, ValueError, re.error) as error:
        raise UsageError(f"{where} cannot be used ({error}); see eval/questions.jsonl for the form.") from None


def _case(row: dict[str, Any]) -> Case:
    filters = dict(row.get("filters") or {})
    if unknown := set(filters) - _FILTERS:
        raise ValueError(f"unknown filter {sorted(unknown)[0]!r}, expected one of {', '.join(sorted(_FILTERS))}")
    need = row.get("need") or "any"
    if need not in ("any", "each"):
        raise ValueError(f"need is {need!r}, expected 'any' or 'each'")
    answerable = row.get("answerable", True)
    if not isinstance(answerable, bool):
        raise TypeError(f"answerable is {answerable!r}, expected true or false")
    return Case(
        id=str(row["id"]),
        question=row["question"],
        lang=str(row.get("lang") or "en"),
        kind=str(row.get("kind") or "single"),
        history=_texts(row, "history"),
        docs=_texts(row, "docs"),
        places=tuple(Place(str(stem), frozenset(int(n) for n in numbers)) for stem, numbers in row.get("marks") or ()),
        each=need == "each",
        must=_regexes(row, "must"),
        must_not=_regexes(row, "must_not"),
        answerable=answerable,
        filters=filters,
        extra={key: value for key, value in row.items() if key not in _KNOWN},
    )


def _texts(row: dict[str, Any], key: str) -> tuple[str, ...]:
    value = row.get(key) or []
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise TypeError(f"{key} is {value!r}, expected a list of texts")
    return tuple(value)


def _regexes(row: dict[str, Any], key: str) -> tuple[str, ...]:
    patterns = _texts(row, key)
    for pattern in patterns:
        re.compile(pattern)
    return patterns
