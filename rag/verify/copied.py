"""A table of a passage that a model copies as one sentence, its cells between bars: each cell is compared with that table's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.language.analysis import HALF_WIDTH, content_terms

_BARS = 4  # from so many bars on a sentence is a table
_SPLIT = re.compile(r"\s*\|\s*|\n+")
_CELL = re.compile(
    r"(?P<open>[(（])?\s?(?P<minus>[-−–])?\s?[$€£¥]?\s?(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s?(?P<unit>%|percent\b|[xX](?![a-z])|倍|bps?|pts?)?\)?(?=[^\d.,]|[.,](?!\d)|$)"
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A number of a table, without separators and with its sign and unit, as it is shown, and the words before it."""

    value: str
    shown: str
    label: str


def is_copied(text: str) -> bool:
    """Whether a sentence is made of the cells of a table."""
    return text.count("|") >= _BARS


@lru_cache(maxsize=512)
def cells(text: str) -> tuple[Cell, ...]:
    """The numbers of a table in order, whether its lines are kept or not."""
    found: list[Cell] = []
    label = ""
    for part in _SPLIT.split(text.translate(HALF_WIDTH)):
        at = 0
        for match in _CELL.finditer(part):
            words = part[at : match.start()].strip()
            label = words or label
            sign = "-" if match["minus"] or match["open"] else ""
            value = f"{sign}{match['number'].replace(',', '')}{(match['unit'] or '').lower().replace('percent', '%')}"
            found.append(Cell(value, match[0].strip(), label))
            at = match.end()
        label = part[at:].strip() or label
    return tuple(found)


def miscopied(text: str, table: str) -> tuple[str, ...] | None:
    """The numbers of a copied table that do not stand in that place of the table; None where it is no copy of it.

    A copy may leave out rows at its beginning and its end, say a row's name in other words, and leave out separators.
    """
    own = cells(text)
    return _against(own, cells(table)) if len(own) > 2 else None


def _against(own: Sequence[Cell], there: Sequence[Cell]) -> tuple[str, ...] | None:
    """What differs where the two are laid side by side so that most is the same; None where less than half is."""
    best = None
    for shift in range(-2, len(there) - len(own) + 3):
        pairs = [(cell, there[i + shift]) for i, cell in enumerate(own) if 0 <= i + shift < len(there)]
        same = sum(1 for a, b in pairs if a.value == b.value)
        if same * 2 > len(own) and (best is None or same > best[0]):
            best = same, pairs
    if best is None:
        return None
    labels = {each.label for each in there}
    held = {id(a) for a, b in best[1] if a.value == b.value and not _other_row(a.label, b.label, labels)}
    return tuple(dict.fromkeys(cell.shown for cell in own if id(cell) not in held))


def _other_row(said: str, label: str, labels: set[str]) -> bool:
    """Whether a row is given the name of another row."""
    return said != label and said in labels and not set(content_terms(said)) & set(content_terms(label))
