"""The database behind the ledger: how it is opened, locked and asked, and what its errors mean to a person.

With ``ledger`` and ``ledger_schema`` the only files that import SQLAlchemy.
"""

from __future__ import annotations

import sqlite3
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from rag.errors import BusyError, StoreError
from rag.store.files import LEDGER_FILE
from rag.store.ledger_schema import SCHEMA, about, metadata

_LOCK_KEY = 0x7265706F7274  # any number that all writers of this program agree on


class Database:
    """Connections whose errors are ours. ``where``: what messages call it."""

    def __init__(self, engine: sa.Engine, where: str) -> None:
        self._engine = engine
        self._where = where

    @classmethod
    def open(cls, home: Path, url: str | None = None, read_only: bool = False) -> Database:
        """Open or create the ledger's database. Raises StoreError for a damaged, unreachable or newer one.

        ``read_only``: that of a folder that cannot be written; it must be there.
        """
        in_folder = cls._read_only if read_only else cls._in_folder
        database = cls._at_address(url) if url else in_folder(home)
        database._prepare(read_only)
        return database

    @classmethod
    def _at_address(cls, url: str) -> Database:
        """PostgreSQL, by the driver that is installed with this program unless the address names another."""
        try:
            address = sa.make_url(url)
            if address.drivername in ("postgres", "postgresql"):
                address = address.set(drivername="postgresql+psycopg")
            if address.get_backend_name() != "postgresql":
                raise ArgumentError(f"it names {address.get_backend_name()}")
            engine = sa.create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": 10})
        except (SQLAlchemyError, ImportError, ValueError) as error:
            raise StoreError(
                f"DATABASE_URL cannot be used ({first_line(error)}): expected an address "
                "such as postgresql://user:password@host/name; without one the ledger is an SQLite file in RAG_HOME."
            ) from None
        return cls(engine, f"the database {engine.url.render_as_string(hide_password=True)}")

    @classmethod
    def _in_folder(cls, home: Path) -> Database:
        path = home / LEDGER_FILE
        _check_file(path)
        engine = sa.create_engine(f"sqlite:///{path}", connect_args={"timeout": 30, "check_same_thread": False})
        sa.event.listen(engine, "connect", _on_connect)
        return cls(engine, str(path))

    @classmethod
    def _read_only(cls, home: Path) -> Database:
        path = home / LEDGER_FILE
        _check_file(path)
        engine = sa.create_engine("sqlite://", creator=lambda: _connect_read_only(path), poolclass=NullPool)
        return cls(engine, str(path))

    def _prepare(self, read_only: bool) -> None:
        with self.read() as connection:
            exists = sa.inspect(connection).has_table("sources")  # the newest of the tables
        if not exists and not read_only:
            with self.write() as connection:
                self._create(connection)
        with self.read() as connection:
            seen = connection.execute(sa.select(about.c.value).where(about.c.key == "schema")).scalar()
            named = connection.execute(sa.select(about.c.value).where(about.c.key == "library")).first()
        if seen != SCHEMA:
            raise StoreError(
                f"{self._where} has schema {seen!r}, this version expects {SCHEMA!r}: "
                "use the version that made it, or another RAG_HOME."
            )
        if named is None and not read_only:  # made by the first version of this schema, which gave no names
            with self.write() as connection:
                connection.execute(about.insert().values(key="library", value=uuid.uuid4().hex))

    @property
    def shared(self) -> bool:
        """Whether other machines can use it, too."""
        return self._engine.dialect.name != "sqlite"

    def _create(self, connection: sa.Connection) -> None:
        """Make the tables, unless another process that opened the same new library just did."""
        if not self.shared:
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK_KEY + 1)))
        metadata.create_all(connection)
        if connection.execute(sa.select(about.c.value).where(about.c.key == "schema")).first() is None:
            connection.execute(about.insert().values(key="schema", value=SCHEMA))
            connection.execute(about.insert().values(key="library", value=uuid.uuid4().hex))

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def lock(self, wait: float) -> Iterator[None]:
        """On PostgreSQL, the lock that keeps writers on other machines out; elsewhere nothing. Raises BusyError."""
        if not self.shared:
            yield
            return
        end = time.monotonic() + wait
        with self.read() as connection:
            while not connection.execute(sa.select(sa.func.pg_try_advisory_lock(_LOCK_KEY))).scalar():
                if time.monotonic() >= end:
                    raise BusyError(
                        f"Another process has been writing to {self._where} for more than {wait:.0f} s: "
                        "wait until it has finished, or end it, then try again."
                    )
                time.sleep(0.05)
            connection.commit()
            try:
                yield
            finally:
                connection.execute(sa.select(sa.func.pg_advisory_unlock(_LOCK_KEY)))
                connection.commit()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise self._explain(error) from error

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise self._explain(error) from error

    def _explain(self, error: SQLAlchemyError) -> StoreError:
        reason = first_line(error.orig if isinstance(error, DBAPIError) and error.orig else error)
        lowered = reason.lower()
        if "locked" in lowered:
            return BusyError(f"{self._where} is locked by another process: wait until it has finished, then try again.")
        if "full" in lowered or "disk i/o" in lowered or "space" in lowered:
            return StoreError(
                f"{self._where} could not be written ({reason}): free disk space and try again; "
                "what was stored before is still there."
            )
        if "malformed" in lowered or "not a database" in lowered or "corrupt" in lowered:
            return StoreError(damaged(self._where, reason))
        if "connection" in lowered or "server" in lowered:
            return StoreError(
                f"{self._where} cannot be reached ({reason}): check that the server runs, and DATABASE_URL; "
                "what was stored before is still there."
            )
        return StoreError(f"{self._where} cannot be used ({reason}): check that it can be read and written.")


def damaged(where: str, reason: str) -> str:
    """The sentence for a ledger that cannot be read."""
    return (
        f"{where} is damaged ({reason}): restore it from a backup, or move the library's folder aside "
        "and add the reports again (their files are kept in its folder `files`)."
    )


def _check_file(path: Path) -> None:
    """A cheap look at an SQLite file before it is opened: its header, and whether the end is missing."""
    if not path.exists() or (size := path.stat().st_size) == 0:
        return
    with path.open("rb") as file:
        header = file.read(100)
    if not header.startswith(b"SQLite format 3\0"):
        raise StoreError(damaged(str(path), "it does not begin like an SQLite file"))
    page = int.from_bytes(header[16:18], "big")
    expected = int.from_bytes(header[28:32], "big") * (65536 if page == 1 else page)
    if size < expected and not path.with_name(path.name + "-wal").exists():
        raise StoreError(damaged(str(path), f"it has {size:,} bytes, its header says {expected:,}"))


def _connect_read_only(path: Path) -> sqlite3.Connection:
    """With a log beside it that a writer of another user keeps, SQLite reads both; without one it must not look for it."""
    log = path.with_name(path.name + "-wal")
    how = "mode=ro" if log.exists() and log.stat().st_size else "mode=ro&immutable=1"
    return sqlite3.connect(f"{path.as_uri()}?{how}", uri=True, check_same_thread=False, timeout=30)


def _on_connect(connection: Any, record: Any) -> None:
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=30000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def first_line(error: object) -> str:
    """The first line of an error's message."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
