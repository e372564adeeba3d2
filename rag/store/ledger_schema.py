"""The tables of the ledger, for SQLite and PostgreSQL alike."""

from __future__ import annotations

import sqlalchemy as sa

SCHEMA = "1"  # stored in `meta`; a ledger of another schema is not opened

metadata = sa.MetaData()
about = sa.Table(
    "meta", metadata, sa.Column("key", sa.Text, primary_key=True), sa.Column("value", sa.Text, nullable=False)
)
reports = sa.Table(
    "reports", metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("path", sa.Text, nullable=False, index=True),
    sa.Column("suffix", sa.Text, nullable=False),
    sa.Column("added", sa.Text, nullable=False),
    sa.Column("searchable", sa.Integer, nullable=False),
    sa.Column("data", sa.Text, nullable=False),
)  # fmt: skip


def _report_key(primary: bool) -> sa.Column[str]:
    return sa.Column(
        "report_id", sa.Text, sa.ForeignKey("reports.id", ondelete="CASCADE"), primary_key=primary, nullable=False
    )


texts = sa.Table(
    "texts",
    metadata,
    _report_key(True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("pages", sa.Text, nullable=False),
)
# The files themselves, only in a database that several machines share; else they are in the library's folder.
sources = sa.Table("sources", metadata, _report_key(True), sa.Column("data", sa.LargeBinary, nullable=False))
passages = sa.Table(
    "passages", metadata,
    sa.Column("id", sa.Text, primary_key=True),
    _report_key(False),
    sa.Column("ordinal", sa.Integer, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("locator", sa.Text, nullable=False),
    sa.Column("numbers", sa.Text, nullable=False),
    sa.Column("paragraph", sa.Integer, nullable=False),
    sa.Column("section", sa.Text, nullable=False),
    sa.Column("page", sa.Integer),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("searchable", sa.Boolean, nullable=False),
    sa.UniqueConstraint("report_id", "ordinal"),
)  # fmt: skip
# One row per report and model: `ordinals` int32 (n,), `data` float32 (n, dimensions), little-endian.
vectors = sa.Table(
    "vectors", metadata,
    _report_key(True),
    sa.Column("model", sa.Text, primary_key=True),
    sa.Column("dimensions", sa.Integer, nullable=False),
    sa.Column("ordinals", sa.LargeBinary, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)  # fmt: skip
# No foreign key: a correction survives the removal of its report.
corrections = sa.Table(
    "corrections", metadata,
    sa.Column("report_id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)  # fmt: skip
changes = sa.Table(
    "changes", metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("report_id", sa.Text),
    sqlite_autoincrement=True,
)  # fmt: skip
PASSAGE_COLUMNS = list(passages.columns)
