"""What goes into the ledger's rows and comes out of them: the only place where that is turned around."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import lru_cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from rag.types import Found, Locator, PageSpan, Passage, Report

ChangeKind = Literal["add", "remove", "edit", "move", "model"]
_TUPLES = ("authors", "companies", "tickers", "warnings")
EDITABLE = (
    "title", "broker", "authors", "date", "companies", "tickers",
    "rating", "previous_rating", "rating_of", "target_price", "previous_target_price", "currency", "period", "language",
)  # fmt: skip


def passage_id(report_id: str, ordinal: int) -> str:
    """The id of a report's passage; ``ordinal`` is 0-based."""
    return f"{report_id[:16]}-{ordinal:05d}"


@dataclass(frozen=True, slots=True)
class Vectors:
    """The vectors of one report: ``ordinals`` (n,) of its searchable passages, ``matrix`` (n, dimensions) float32."""

    report_id: str
    ordinals: NDArray[np.int32]
    matrix: NDArray[np.float32]

    def id_at(self, row: int) -> str:
        """The passage id of a row."""
        return passage_id(self.report_id, int(self.ordinals[row]))

    @property
    def ids(self) -> list[str]:
        return [self.id_at(row) for row in range(len(self.ordinals))]


@dataclass(frozen=True, slots=True)
class Embedded:
    """A stored report as the vector index takes it in: (n,) 1-based ``pages`` of its n vectors, 0 where there are none."""

    vectors: Vectors
    pages: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything about one report that goes into the ledger. ``path``: absolute; ``suffix``: of the kept copy."""

    report: Report
    path: str
    suffix: str
    text: str
    pages: tuple[PageSpan, ...]
    passages: tuple[Passage, ...]
    vectors: NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Stored:
    """A report of the ledger with corrections; ``searchable``: how many of its passages can be found."""

    report: Report
    path: str
    suffix: str
    searchable: int


@dataclass(frozen=True, slots=True)
class Change:
    """One row of the change log."""

    sequence: int
    kind: ChangeKind
    report_id: str | None


def report_to_json(report: Report) -> str:
    """A report as its readers saw it, without corrections."""
    values = {field.name: getattr(report, field.name) for field in fields(report)}
    values["date"] = report.date.isoformat() if report.date else None
    values["provenance"] = [_found_values(found) for found in report.provenance]
    return json.dumps(values, ensure_ascii=False)


def report_from_json(text: str) -> Report:
    """The inverse of ``report_to_json``; keys that this version does not know are left out."""
    known = {field.name for field in fields(Report)}
    values = {name: value for name, value in json.loads(text).items() if name in known}
    values["date"] = date.fromisoformat(values["date"]) if values.get("date") else None
    values["provenance"] = tuple(Found(**found) for found in values.get("provenance", ()))
    for name in _TUPLES:
        values[name] = tuple(values.get(name, ()))
    return Report(**values)


def _found_values(found: Found) -> dict[str, Any]:
    return {field.name: getattr(found, field.name) for field in fields(found)}


def correct(report: Report, corrections: Mapping[str, Any]) -> Report:
    """The report with the user's corrections (JSON values by field name) in place of what the readers found."""
    if not corrections:
        return report
    values: dict[str, Any] = {}
    for name, value in corrections.items():
        if name == "date":
            value = date.fromisoformat(value) if value else None
        values[name] = tuple(value or ()) if name in _TUPLES else value
    kept = tuple(found for found in report.provenance if found.name not in corrections)
    users = tuple(Found(name, _shown(value), source="user") for name, value in corrections.items())
    return replace(report, **values, provenance=kept + users)


def _shown(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(str(item) for item in value)
    return "" if value is None else str(value)


def passage_to_row(passage: Passage) -> dict[str, Any]:
    """Column values of a passage."""
    return {
        "id": passage.id,
        "report_id": passage.report_id,
        "ordinal": passage.ordinal,
        "text": passage.text,
        "start": passage.start,
        "end": passage.end,
        "kind": passage.kind,
        "locator": passage.locator.kind,
        "numbers": ",".join(map(str, passage.locator.numbers)),
        "paragraph": passage.paragraph,
        "section": _section_to_json(passage.section),
        "page": passage.page,
        "language": passage.language,
        "searchable": passage.searchable,
    }


def passage_from_row(row: Any) -> Passage:
    """A passage from a row with the columns of ``passage_to_row``, in that order."""
    (id_, report_id, ordinal, text, start, end, kind, locator, numbers, paragraph, section, page, lang, searchable) = (
        row
    )
    return Passage(
        id=id_,
        report_id=report_id,
        ordinal=ordinal,
        text=text,
        start=start,
        end=end,
        kind=kind,
        locator=Locator(locator, tuple(map(int, numbers.split(","))) if numbers else ()),
        paragraph=paragraph,
        section=_section_from_json(section),
        page=page,
        language=lang,
        searchable=bool(searchable),
    )


@lru_cache(maxsize=500)  # one passage after the other stands under the same headings
def _section_to_json(section: tuple[str, ...]) -> str:
    return json.dumps(section, ensure_ascii=False) if section else ""


@lru_cache(maxsize=500)
def _section_from_json(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text)) if text else ()


def pages_to_json(pages: Iterable[PageSpan]) -> str:
    """Page spans as JSON lists: number, start, end, printed label."""
    return json.dumps([[page.number, page.start, page.end, page.label] for page in pages], ensure_ascii=False)


def pages_from_json(text: str) -> tuple[PageSpan, ...]:
    """The inverse of ``pages_to_json``."""
    return tuple(PageSpan(*values) for values in json.loads(text))
