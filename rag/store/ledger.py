"""The ledger: every report, its text, passages, vectors and corrections, in SQL. The only copy of anything.

SQLite in WAL mode in the library's folder by default, any database of SQLAlchemy (PostgreSQL) by address. Every change
is one transaction and leaves a row in ``changes``, whose growing sequence number tells projections and readers in
other processes what they have not seen yet.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import sqlalchemy as sa
from numpy.typing import NDArray

from rag.errors import StoreError
from rag.store import rows
from rag.store.ledger_database import Database
from rag.store.ledger_reads import LedgerReads
from rag.store.ledger_schema import about, changes, corrections, reports, sources, texts
from rag.store.ledger_schema import passages as passage_table
from rag.store.ledger_schema import vectors as vector_table
from rag.store.rows import ChangeKind, Entry
from rag.types import Passage


class Ledger(LedgerReads):
    """Reads and writes of the SQL store. Writers must hold the library's write lock; readers need nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.identity = self.get("library") or ""  # made with the ledger: what belongs to another one is told by it

    @classmethod
    def open(cls, home: Path, url: str | None = None, read_only: bool = False) -> Ledger:
        """Open or create the ledger. Raises StoreError for a damaged, unreachable or newer one."""
        return cls(Database.open(home, url, read_only))

    def close(self) -> None:
        """Close all connections."""
        self._database.close()

    def advisory_lock(self, wait: float) -> AbstractContextManager[None]:
        """The database's own lock against writers on other machines, where it has one; see ``Database.lock``."""
        return self._database.lock(wait)

    # writing; each is one transaction

    def put(self, entry: Entry, model: str, replaces: str | None = None, data: bytes | None = None) -> None:
        """Store a report with its passages and vectors, and take out the one it replaces.

        ``data``: the file's bytes, which a database that several machines share keeps for all of them.
        """
        report = entry.report
        with self._database.write() as connection:
            if replaces is not None:
                _move_corrections(connection, replaces, report.id)
                connection.execute(reports.delete().where(reports.c.id == replaces))
                _log(connection, "remove", replaces)
            connection.execute(reports.insert().values(
                id=report.id, path=entry.path, suffix=entry.suffix, added=datetime.now(UTC).isoformat(timespec="microseconds"), searchable=len(entry.vectors),
                data=rows.report_to_json(report),
            ))  # fmt: skip
            connection.execute(
                texts.insert().values(report_id=report.id, text=entry.text, pages=rows.pages_to_json(entry.pages))
            )
            if data is not None and self._database.shared:
                connection.execute(sources.insert().values(report_id=report.id, data=data))
            if entry.passages:
                connection.execute(passage_table.insert(), [rows.passage_to_row(passage) for passage in entry.passages])
            _put_vectors(connection, report.id, model, entry.passages, entry.vectors)
            _set(connection, "model", model)
            _log(connection, "add", report.id)

    def move(self, report_id: str, file: str, path: str) -> None:
        """Remember that the same bytes were seen elsewhere."""
        with self._database.write() as connection:
            data = connection.execute(sa.select(reports.c.data).where(reports.c.id == report_id)).scalar_one()
            moved = replace(rows.report_from_json(data), file=file)
            values = {"path": path, "data": rows.report_to_json(moved)}
            connection.execute(reports.update().where(reports.c.id == report_id).values(**values))
            _log(connection, "move", report_id)

    def remove(self, report_ids: Iterable[str]) -> None:
        """Take reports out; their corrections stay, for the day they are added again."""
        with self._database.write() as connection:
            for report_id in report_ids:
                connection.execute(reports.delete().where(reports.c.id == report_id))
                _log(connection, "remove", report_id)

    def correct(
        self, report_id: str, values: Mapping[str, Any], passages: tuple[Passage, ...], vectors: NDArray[np.float32] | None,
        model: str,
    ) -> None:  # fmt: skip
        """Store corrections (JSON values by field name) and, where the context of the passages changed, new vectors."""
        with self._database.write() as connection:
            for name, value in values.items():
                where = (corrections.c.report_id == report_id) & (corrections.c.name == name)
                connection.execute(corrections.delete().where(where))
                text = json.dumps(value, ensure_ascii=False)
                connection.execute(corrections.insert().values(report_id=report_id, name=name, value=text))
            if vectors is not None:
                # Those of another model, from an interrupted reindex, were made with the old context.
                connection.execute(vector_table.delete().where(vector_table.c.report_id == report_id))
                _put_vectors(connection, report_id, model, passages, vectors)
            _log(connection, "edit", report_id)

    def put_vectors(
        self, report_id: str, model: str, passages: tuple[Passage, ...], vectors: NDArray[np.float32]
    ) -> None:
        """Store a report's vectors under a model that need not be the active one."""
        with self._database.write() as connection:
            _put_vectors(connection, report_id, model, passages, vectors)

    def activate(self, model: str) -> None:
        """Make a model the one whose vectors are searched, and drop those of all others."""
        with self._database.write() as connection:
            connection.execute(vector_table.delete().where(vector_table.c.model != model))
            _set(connection, "model", model)
            _log(connection, "model", None)


def _set(connection: sa.Connection, key: str, value: str | None) -> None:
    connection.execute(about.delete().where(about.c.key == key))
    if value is not None:
        connection.execute(about.insert().values(key=key, value=value))


def _log(connection: sa.Connection, kind: ChangeKind, report_id: str | None) -> None:
    connection.execute(changes.insert().values(kind=kind, report_id=report_id))


def _move_corrections(connection: sa.Connection, old: str, new: str) -> None:
    """A new version of a file inherits the corrections of the old one, except where it has its own."""
    table = corrections.c
    names = set(connection.execute(sa.select(table.name).where(table.report_id == new)).scalars())
    inherited = sa.select(table.name, table.value).where(table.report_id == old)
    for name, value in connection.execute(inherited).all():
        if name not in names:
            connection.execute(corrections.insert().values(report_id=new, name=name, value=value))


def _put_vectors(
    connection: sa.Connection, report_id: str, model: str, passages: tuple[Passage, ...], vectors: NDArray[np.float32]
) -> None:
    ordinals = np.array([passage.ordinal for passage in passages if passage.searchable], dtype="<i4")
    if vectors.shape[0] != len(ordinals):
        raise StoreError(
            f"Report {report_id[:12]} has {len(ordinals)} searchable passages but {vectors.shape[0]} vectors "
            "came from the embedding model: nothing was stored; try again or choose another model."
        )
    where = (vector_table.c.report_id == report_id) & (vector_table.c.model == model)
    connection.execute(vector_table.delete().where(where))
    connection.execute(vector_table.insert().values(
        report_id=report_id, model=model, dimensions=int(vectors.shape[1]),
        ordinals=ordinals.tobytes(), data=np.ascontiguousarray(vectors, dtype="<f4").tobytes(),
    ))  # fmt: skip
