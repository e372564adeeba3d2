"""The rows of a table that answer a question, with the table's title and column heads above them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.concepts import Asked, coverage
from rag.words import space, terms_of

MOST_ROWS = 4
CLOSE = 0.85  # share of the best row's coverage from which another row is shown as well
_NUMBER = re.compile(r"[-–(]?[$€£¥]?\(?\d[\d,]*(?:\.\d+)?%?\)?[xX倍]?")
_YEAR = re.compile(r"(?:19|20)\d\d[AE]?")


@dataclass(frozen=True, slots=True)
class Rows:
    """``title``: lines above the columns; ``head``: cells of the column heads; ``rows``: cells of the rows chosen.

    ``start``/``end``: the characters of the passage from the first chosen row to the last.
    """

    title: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    start: int
    end: int

    def markdown(self, marker: str) -> str:
        """A Markdown table under its title; ``marker`` stands in the last cell of every row."""
        width = max(len(self.head), *(len(row) for row in self.rows))
        head = self.head or ("",)
        lines = [*self.title, _line(_padded(head, width)), "|" + " --- |" * width]
        lines += [_line((*cells[:-1], cells[-1] + marker)) for cells in (_padded(row, width) for row in self.rows)]
        return "\n".join(lines)


def table_rows(text: str, concepts: Sequence[Asked]) -> Rows | None:
    """The rows of a table passage whose labels answer the question best; None when no row does."""
    lines: list[tuple[int, int, tuple[str, ...]]] = []
    at = 0
    for line in text.split("\n"):
        if line.strip():
            lines.append(
                (at, at + len(line.rstrip()), tuple(cell.strip() for cell in line.strip().strip("|").split("|")))
            )
        at += len(line) + 1
    data = [i for i, (_, _, cells) in enumerate(lines) if _is_data(cells)]
    if not data:
        return None
    wanted = [concept for concept in concepts if concept.kind not in ("name", "period")]
    words = space()
    values = {i: coverage(wanted, terms_of(lines[i][2][0]), words.nearest) if wanted else 0.0 for i in data}
    best = max(values.values())
    if best <= 0:
        return None
    chosen = [i for i in data if values[i] >= CLOSE * best][:MOST_ROWS]
    above = [cells for _, _, cells in lines[: data[0]]]
    head = above[-1] if above and len(above[-1]) > 1 else ()
    title = tuple(" ".join(cells) for cells in above if cells is not head and len(cells) == 1)
    return Rows(title[-2:], head, tuple(lines[i][2] for i in chosen), lines[chosen[0]][0], lines[chosen[-1]][1])


def _is_data(cells: tuple[str, ...]) -> bool:
    return len(cells) > 1 and any(_NUMBER.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in cells[1:])


def _padded(cells: Sequence[str], width: int) -> tuple[str, ...]:
    return (*cells, *[""] * (width - len(cells)))


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
