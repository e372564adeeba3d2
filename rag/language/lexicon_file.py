"""The lines of ``lexicon.tsv``: what a concept is, and where its names come from. The file's head explains its columns."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

PATH = Path(__file__).parent.parent / "lexicon.tsv"
KINDS = frozenset(
    "term line_item statement metric company broker index currency sector product macro rating unit place time".split()
)
STATEMENTS = frozenset({"balance_sheet", "cash_flow", "income"})
FLAGS = frozenset({"case", "exact", "weak", "shared", "quiet"})
ENTITY_KINDS = frozenset({"company", "broker", "index"})


@dataclass(frozen=True, slots=True)
class Concept:
    """One line of the lexicon. The first form of each language is the canonical one; tickers are normalised.

    Flags: ``case`` one-word Latin forms match only as they are written; ``exact`` all Latin forms do; ``weak`` the
    short forms are ordinary words too, so that a match is a hint and never certain; ``shared`` a form stands in another
    entry as well; ``quiet`` recognised, but not used to expand a search. ``parts``: for a ratio, the canonical names of
    the line items it is worked out from.
    """

    kind: str
    english: tuple[str, ...]
    chinese: tuple[str, ...]
    tickers: tuple[str, ...] = ()
    statement: str = ""
    flags: frozenset[str] = frozenset()
    parts: tuple[str, ...] = ()

    @property
    def canonical(self) -> str:
        """The first English form, or the first Chinese one where there is no English."""
        return self.english[0] if self.english else self.chinese[0]

    @property
    def forms(self) -> tuple[str, ...]:
        """Every surface form, English first."""
        return self.english + self.chinese


def version() -> str:
    """The first 12 hex digits of the file's SHA-256: changes whenever the lexicon does."""
    return hashlib.sha256(PATH.read_bytes()).hexdigest()[:12]


@lru_cache(maxsize=1)
def lines() -> tuple[str, ...]:
    """The entries as they stand in the file, without its comments."""
    return tuple(line for line in PATH.read_text("utf-8").splitlines() if line and line[0] != "#")


@lru_cache(maxsize=1)
def concepts() -> tuple[Concept, ...]:
    """Every entry, in the order of the file."""
    return tuple(map(concept, range(len(lines()))))


@cache
def concept(index: int) -> Concept:
    """The entry at a 0-based place in the file; read when it is first asked for, so that loading stays quick."""
    return parse_line(lines()[index])


def parse_line(line: str) -> Concept:
    """One line of the file; ValueError when it does not have its seven columns."""
    kind, english, chinese, tickers, statement, flags, parts = line.split("\t")
    return Concept(
        kind,
        _cells(english),
        _cells(chinese),
        _cells(tickers),
        "" if statement == "-" else statement,
        frozenset(_cells(flags)),
        _cells(parts),
    )


def _cells(column: str) -> tuple[str, ...]:
    return () if column == "-" else tuple(column.split("|"))
