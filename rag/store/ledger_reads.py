"""The reading half of the ledger: what projections, the library and readers in other processes ask of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from rag.store import rows
from rag.store.ledger_database import Database
from rag.store.ledger_schema import (
    PASSAGE_COLUMNS,
    about,
    changes,
    corrections,
    passages,
    reports,
    sources,
    texts,
    vectors,
)
from rag.store.rows import Change, Stored, Vectors
from rag.types import PageSpan, Passage

_LAST = sa.select(sa.func.max(changes.c.seq))


class LedgerReads:
    """Reads of the SQL store; no lock is needed for any of them."""

    _database: Database

    def sequence(self) -> int:
        """The number of the last change; 0 for a new ledger."""
        with self._database.read() as connection:
            return int(connection.execute(_LAST).scalar() or 0)

    def changes(self, since: int) -> list[Change]:
        """The changes after sequence number ``since``, oldest first."""
        wanted = sa.select(changes.c.seq, changes.c.kind, changes.c.report_id)
        with self._database.read() as connection:
            found = connection.execute(wanted.where(changes.c.seq > since).order_by(changes.c.seq)).all()
        return [Change(*row) for row in found]

    def get(self, key: str) -> str | None:
        """A value that describes the whole ledger, such as ``model``; None when it was never set."""
        with self._database.read() as connection:
            return connection.execute(sa.select(about.c.value).where(about.c.key == key)).scalar()

    def removed(self, report_ids: Iterable[str]) -> set[str]:
        """Those of these ids that were once taken out or replaced."""
        found: set[str] = set()
        with self._database.read() as connection:
            for part in parts(list(report_ids)):
                where = (changes.c.kind == "remove") & changes.c.report_id.in_(part)
                found.update(connection.execute(sa.select(changes.c.report_id).where(where)).scalars())
        return found

    def stored(self, report_ids: Iterable[str] | None = None) -> dict[str, Stored]:
        """Reports by id with corrections applied, in the order they were added; None means all."""
        columns = sa.select(reports.c.id, reports.c.path, reports.c.suffix, reports.c.searchable, reports.c.data)
        fixed = sa.select(corrections.c.report_id, corrections.c.name, corrections.c.value)
        found: list[Any] = []
        corrected: dict[str, dict[str, Any]] = {}
        with self._database.read() as connection:
            for part in [None] if report_ids is None else list(parts(sorted(set(report_ids)))):
                one = columns if part is None else columns.where(reports.c.id.in_(part))
                two = fixed if part is None else fixed.where(corrections.c.report_id.in_(part))
                found.extend(connection.execute(one.order_by(reports.c.added, reports.c.id)).all())
                for report_id, name, value in connection.execute(two).all():
                    corrected.setdefault(report_id, {})[name] = json.loads(value)
        return {
            id_: Stored(rows.correct(rows.report_from_json(data), corrected.get(id_, {})), path, suffix, searchable)
            for id_, path, suffix, searchable, data in found
        }

    def corrections(self, report_id: str, replaced: str | None = None) -> dict[str, Any]:
        """The corrections that a report will have: its own, else those of the report that it replaces."""
        wanted = sa.select(corrections.c.name, corrections.c.value)
        found: dict[str, Any] = {}
        with self._database.read() as connection:
            for id_ in (replaced, report_id):
                for name, value in connection.execute(wanted.where(corrections.c.report_id == id_)).all():
                    found[name] = json.loads(value)
        return found

    def at_path(self, path: str) -> str | None:
        """The id of the report whose file was last seen at this absolute path."""
        with self._database.read() as connection:
            return connection.execute(sa.select(reports.c.id).where(reports.c.path == path)).scalars().first()

    def text(self, report_id: str) -> str | None:
        """A report's whole text."""
        with self._database.read() as connection:
            return connection.execute(sa.select(texts.c.text).where(texts.c.report_id == report_id)).scalar()

    def source(self, report_id: str) -> bytes | None:
        """A report's file, where the database keeps it."""
        with self._database.read() as connection:
            return connection.execute(sa.select(sources.c.data).where(sources.c.report_id == report_id)).scalar()

    def pages(self, report_id: str) -> tuple[PageSpan, ...]:
        """A report's pages as spans of its text."""
        with self._database.read() as connection:
            found = connection.execute(sa.select(texts.c.pages).where(texts.c.report_id == report_id)).scalar()
        return rows.pages_from_json(found) if found else ()

    def report_passages(self, report_id: str) -> tuple[Passage, ...]:
        """All passages of a report, in order."""
        wanted = sa.select(*PASSAGE_COLUMNS).where(passages.c.report_id == report_id).order_by(passages.c.ordinal)
        with self._database.read() as connection:
            return tuple(rows.passage_from_row(row) for row in connection.execute(wanted).all())

    def pages_of_passages(self, report_id: str) -> NDArray[np.int32]:
        """(n,) the 1-based page of each of a report's passages, by ordinal (n: the highest, and one); 0 where it has none."""
        wanted = sa.select(passages.c.ordinal, passages.c.page).where(passages.c.report_id == report_id)
        with self._database.read() as connection:
            found = {ordinal: page or 0 for ordinal, page in connection.execute(wanted).all()}
        return np.array([found.get(ordinal, 0) for ordinal in range(max(found, default=-1) + 1)], np.int32)

    def passages(self, ids: Iterable[str]) -> dict[str, Passage]:
        """Passages by id; unknown ids are left out."""
        found: dict[str, Passage] = {}
        with self._database.read() as connection:
            for part in parts(list(ids)):
                wanted = sa.select(*PASSAGE_COLUMNS).where(passages.c.id.in_(part))
                found.update((row[0], rows.passage_from_row(row)) for row in connection.execute(wanted).all())
        return found

    def vectors(self, report_ids: Iterable[str], model: str) -> Iterator[Vectors]:
        """The vectors of these reports under a model, one report at a time."""
        columns = sa.select(vectors.c.report_id, vectors.c.dimensions, vectors.c.ordinals, vectors.c.data)
        for part in parts(list(report_ids), 20):
            where = vectors.c.report_id.in_(part) & (vectors.c.model == model)
            with self._database.read() as connection:
                found = {row[0]: row for row in connection.execute(columns.where(where)).all()}
            for report_id in part:
                if report_id in found:
                    _, dimensions, ordinals, data = found[report_id]
                    matrix = np.frombuffer(data, dtype="<f4").reshape(-1, dimensions)
                    yield Vectors(report_id, np.frombuffer(ordinals, dtype="<i4"), matrix)

    def embedded(self, model: str) -> set[str]:
        """Ids of the reports that have vectors of this model."""
        with self._database.read() as connection:
            wanted = sa.select(vectors.c.report_id).where(vectors.c.model == model)
            return set(connection.execute(wanted).scalars())


def parts(ids: list[str], size: int = 500) -> Iterator[list[str]]:
    """``ids`` in pieces that fit into one statement's parameters."""
    for index in range(0, len(ids), size):
        yield ids[index : index + size]
