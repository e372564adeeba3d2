"""Tables that reached a text without bars between their cells: rows such as ``Net sales $ 120,130 $ 120,824`` below a head of
periods. They are told from the text about them, and given the bars that tables are read by."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from rag.figures.heads import Heads, heads_above

_CELL = r"(?:[$€£¥]\s?)?\(?[-−–]?(?:[$€£¥]\s?)?\d[\d,]*(?:\.\d+)?(?:\s?%)?\)?(?:\s?(?:%|pts?\b|bps?\b))?|[—–-](?:\s?%)?|N/?[AM]|#(?:\s?%)?"
_ROW = re.compile(rf"(?P<label>[^\d\s|][^\n|]{{0,90}}?)(?P<cells>(?:\s+(?:{_CELL}))+)\s*")
_CELLS = re.compile(_CELL)
_AMOUNT = re.compile(r"\d,\d{3}|\d\.\d|\d\s?%|[$€£¥]\s?\d|\(\d")  # no year, page or note
_LEAST = 2  # rows below a head from which they are a table
_SHORT = 45  # characters of a heading between rows
_LONG = 110  # the same, where it ends in a colon
_SHARES = re.compile(r"%|percent|\bmix\b|growth", re.IGNORECASE)


def split(text: str) -> tuple[str, str]:
    """The running text and the table of a text, the table with bars between its cells; ``(text, "")`` where it holds none."""
    if "\n" not in text or " | " in text:
        return text, ""
    lines = text.split("\n")
    table: list[str] = []
    taken: set[int] = set()
    for number, line in enumerate(lines[: 1 - _LEAST]):
        if not number or number in taken or len(_cells(line)) <= _LEAST or not _AMOUNT.search(line):
            continue
        rows = _below(lines[number:])
        widths = Counter(len(row) - 1 for row in rows if len(row) > 1)
        above = [line for at, line in enumerate(lines[:number]) if at not in taken]
        widest = (
            next(row[1:] for row in rows if len(row) == width + 1)
            for width in dict.fromkeys((max(widths), *dict(widths.most_common(1))))
        )
        found = (heads_above(above, cells) for cells in widest)
        heads = next((each for each in found if each and all(_fits(row, each) for row in rows)), None)
        if heads and widths.total() >= _LEAST:
            table.extend((" | ".join((heads.stub, *heads.columns)), *heads.labels))
            table.extend(" | ".join(row) for row in _in_per_cent([_placed(row, heads) for row in rows], heads))
            taken.update(range(number - heads.lines, number + len(rows)))
    if not table:
        return text, ""
    return "\n".join(line for number, line in enumerate(lines) if number not in taken), "\n".join(table)


def _cells(line: str) -> list[str]:
    """Label and cells of a row; empty for another line."""
    match = _ROW.fullmatch(line)
    return [match["label"].strip(" ."), *(cell.strip() for cell in _CELLS.findall(match["cells"]))] if match else []


def _below(lines: Sequence[str]) -> list[list[str]]:
    """Label and cells of rows, up to the first line that is neither one nor a heading between them."""
    rows: list[list[str]] = []
    for line in lines:
        cells = _cells(line)
        if len(cells) > 2:
            rows.append(cells)
        elif (len(line) <= _SHORT or (len(line) <= _LONG and line.rstrip().endswith(":"))) and not re.search(
            r"\d|[.。]\s*$", line
        ):
            rows.append([line])
        else:
            break
    while rows and len(rows[-1]) == 1:
        rows.pop()
    return rows


def _placed(row: list[str], heads: Heads) -> list[str]:
    """A row with a cell for each column: one with no changes has them empty. Where it is not sure which are missing, it has one
    cell too many, so that none is read as that of a column."""
    label, cells, count = row[0], row[1:], len(heads.columns)
    periods = [index for index in range(count) if index not in heads.changes]
    if not cells or len(cells) == count:
        return row
    if len(cells) == len(periods) and len(_kinds(cells, range(count))) == 1:
        told = dict(zip(periods, cells, strict=True))
        return [label, *(told.get(index, "") for index in range(count))]
    alike = len({heads.columns[index] for index in heads.changes}) == 1
    if len(periods) < len(cells) < count and periods == list(range(len(periods))) and alike:
        return row  # the last change is missing
    return [label, *cells, *([""] * (count + 1 - len(cells)))]


def _fits(row: Sequence[str], heads: Heads) -> bool:
    """Whether a row with a cell for each column has its shares in the columns of changes, unless all of it are."""
    periods = [
        at for at, name in enumerate(heads.columns) if at not in heads.changes and heads.columns.count(name) == 1
    ]
    return len(row) - 1 != len(heads.columns) or len(_kinds(row[1:], periods)) < 2


def _kinds(cells: Sequence[str], columns: Sequence[int]) -> set[bool]:
    """Whether the amounts of columns are in per cent: two answers where some are."""
    return {"%" in cells[at] for at in columns if at < len(cells) and re.search(r"\d", cells[at])}


def _in_per_cent(rows: Sequence[list[str]], heads: Heads) -> list[list[str]]:
    """Rows with the sign for per cent that filings print in the first and the last row of a block, or of a column of changes,
    only."""
    rows = [list(row) for row in rows]
    for index in heads.changes:
        _sign(rows, [index + 1], always=False)
    start = 0
    for end in range(len(rows) + 1):
        if end == len(rows) or len(rows[end]) == 1:
            title = rows[start - 1][0] if start else ""
            _sign(rows[start:end], range(1, len(heads.columns) + 1), always=bool(_SHARES.search(title)))
            start = end + 1
    return rows


def _sign(rows: Sequence[list[str]], columns: Sequence[int], *, always: bool) -> None:
    """Add the sign to the bare cells of columns whose first and, but for ``always``, last amount has one, and none a currency."""
    cells = [(row, at) for row in rows for at in columns if at < len(row) and re.search(r"\d", row[at])]
    signed = ["%" in row[at] for row, at in cells]
    if not cells or all(signed) or any(re.search(r"[$€£¥,]", row[at]) for row, at in cells):
        return
    if signed[0] and (always or signed[-1] or len(columns) == 1):
        for row, at in cells:
            row[at] = row[at] if "%" in row[at] else f"{row[at]}%"
