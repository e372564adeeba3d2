"""Tables that go on over pages: what is remembered of the one before, and whether the next one continues it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from rag.readers.pdf_furniture import PageView
from rag.readers.pdf_headings import MAX_HEADING
from rag.readers.pdf_page import PageBlock
from rag.readers.pdf_tables import UNIT

MAX_NAMES = 600  # characters of a table's column heads; a wide table repeats a group's head over each of its columns
_NUMBER = re.compile(r"\d+")
CONTINUED = re.compile(
    r"[(（\[]?\s*(?:continued|cont[’']?d\.?)\s*[)）\]]?|[(（]\s*续(?:上?表|上页)?\s*[)）]|[续接]上?表", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class TableHead:
    """What is known of a table: the headings above it, what leads to it and its title, its heads, its page.

    ``parts``: the lines of its title, to know them again.
    """

    above: tuple[str, ...] = ()
    heads: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    page: int = -9
    parts: tuple[str, ...] = ()

    @property
    def section(self) -> tuple[str, ...]:
        names = " | ".join(self.names)[:MAX_NAMES]
        own = " / ".join((*self.heads, names) if names else self.heads)
        return (*self.above, own) if own else self.above


NO_TABLE = TableHead()


def continued(last: TableHead, view: PageView, piece: PageBlock, lines: list[str]) -> TableHead | None:
    """The table that ends the page before, where the one at the top of this page goes on with it; else None.

    It goes on where it has neither title nor heads of its own, or the same heads again, be it for another period.
    """
    if piece.top > 0.3 or last.page < view.number - 1:
        return None
    if not lines and not piece.names:
        return replace(last, page=view.number)
    own = [line for line in lines if plain_title(line) not in ("", *last.parts) and not UNIT.search(line)]
    if last.page == view.number or not last.names:
        return None
    if not own and piece.names:
        mine, theirs = list(map(plain_title, piece.names)), list(map(plain_title, last.names))
        if mine == theirs:
            return replace(last, page=view.number)
        if len(mine) == len(theirs) and all(map(_alike, mine, theirs)):
            return replace(last, page=view.number, names=piece.names)
    if len(own) == 1 and not piece.names and _columns(view, piece) == len(last.names):
        return replace(last, page=view.number, heads=(own[0][:MAX_HEADING], *last.heads))
    return replace(last, page=view.number) if not own and not piece.names else None


def plain_title(line: str) -> str:
    """A line of a table's title as it would stand on the page before: without spaces, case and ``(continued)``."""
    return "".join(CONTINUED.sub("", line).split()).lower()


def _alike(mine: str, theirs: str) -> bool:
    """Whether two heads differ in their numbers alone, or one ends in the other: ``2022 Space``, ``Space``."""
    a, b = _NUMBER.sub("", mine), _NUMBER.sub("", theirs)
    return a == b or (min(len(a), len(b)) > 1 and (a.endswith(b) or b.endswith(a)))


def _columns(view: PageView, piece: PageBlock) -> int:
    """How many columns of figures most rows of a table have."""
    rows = view.page.text[piece.head : piece.end].split("\n")
    counts = Counter(row.count(" | ") for row in rows if " | " in row)
    return counts.most_common(1)[0][0] if counts else 0
