"""Rows of a table from its lines: cells put into columns, wrapped labels and stacked column heads joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from statistics import median

from rag.readers.pdf_layout import Cell, Line

Extent = tuple[float, float]
_YEAR = re.compile(r"(?:19|20)\d\d\s?[AEF]?|(?:FY|CY)?\d{2}\s?[AEF]")
_PERIOD = re.compile(r"\b(?:ended|ending|years?|quarters?|months|weeks|as of|at)\b|[年月季]|20\d\d", re.IGNORECASE)
# Labels of what is said in a word, not in figures: such a line is a row, where column heads would be words, too.
_WORDED = re.compile(
    r"(?:(?:stock|company|investment|industry|sector|12-month|our|current|previous|prior|last|old)\s)?(?:rating|recommendation|view)"
    r"|(?:reuters|bloomberg|ric|bbg|ticker)(?:\s(?:code|ticker))?|(?:公司|股票|行业|投资|当前|前次|上次|原)?评级|(?:股票|证券)代码",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"[,，]$|\b(?:and|of|for|the|to|in|at|from|on|or|by|with|net)$")


@dataclass(slots=True)
class Row:
    """One row: the label's cells, and by column number the cells that stand there."""

    label: list[Cell]
    columns: dict[int, list[Cell]]
    line: Line
    last: Line


@dataclass(slots=True)
class Rows:
    """A table's rows. ``stub``: what stands over its labels, often the unit. ``names``: per column all heads over it."""

    head: list[Row]
    body: list[Row]
    stub: str
    names: list[str]


def build_rows(lines: Sequence[Line]) -> Rows:
    """Head and body rows of a table's lines."""
    columns = _columns(lines)
    first = _body_start(lines)
    heads = [_head(line, columns) for line in lines[:first]]
    head = [_head_row(line, over, columns) for line, over in zip(lines, heads, strict=False)]
    body = _unwrap([_row(line, columns) for line in lines[first:]])
    stub = " ".join(cell.text for row in head for cell in row.label) if columns else ""
    return Rows(_stack(head), body, stub, _names(lines[:first], heads, columns))


def _body_start(lines: Sequence[Line]) -> int:
    """Index of the first row of data (figures that are not all years) or of the labels right above it."""
    start = next((n for n, line in enumerate(lines) if _has_data(line)), 0)
    edge = min(line.left for line in lines)
    while start and len(lines[start - 1].cells) == 1 and lines[start - 1].left < edge + 3 * lines[start - 1].height:
        start -= 1
    return start


def _has_data(line: Line) -> bool:
    if len(line.cells) > 1 and _WORDED.fullmatch(line.cells[0].text.rstrip(" :：")):
        return not any(_YEAR.fullmatch(cell.text) or _PERIOD.search(cell.text) for cell in line.cells[1:])
    figures = [cell.text for cell in line.cells[1:] if cell.number]
    if not figures and line.cells[0].number:
        return len(line.cells) > 1
    return any(not _YEAR.fullmatch(text) for text in figures)


def _columns(lines: Sequence[Line]) -> list[Extent]:
    """Extents of the columns: cells of figures that overlap are one; where that mixes two, as the fullest rows have it.

    A table without figures has the columns of its text. Empty when no reading keeps every row's figures apart.
    """
    spans = sorted((cell.left, cell.right) for line in lines for cell in line.cells[1:] if cell.number)
    if not spans:
        return _merge(sorted((cell.left, cell.right) for line in lines for cell in line.cells[1:]))
    merged = _merge(spans)
    rows = [[(cell.left, cell.right) for cell in line.cells[1:] if cell.number] for line in lines]
    counts = Counter(map(len, rows))
    if len(merged) >= max(counts):
        return merged
    full = max((count for count, times in counts.items() if times > 1), default=0)
    columns = [(min(lefts), max(rights)) for lefts, rights in _by_column([row for row in rows if len(row) == full])]
    apart = all(a[1] <= b[0] + 0.5 for a, b in pairwise(columns))
    return columns if apart and full > len(merged) else []


def _by_column(rows: list[list[Extent]]) -> list[tuple[list[float], list[float]]]:
    return [([left for left, _ in column], [right for _, right in column]) for column in zip(*rows, strict=True)]


def _merge(spans: list[Extent]) -> list[Extent]:
    """Unions of overlapping extents, given from left to right."""
    columns: list[Extent] = []
    for left, right in spans:
        if columns and left < columns[-1][1] - 0.5:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _row(line: Line, columns: list[Extent]) -> Row:
    row = Row([], {}, line, line)
    if not columns:
        row.label = line.cells[:1]
        row.columns = {number: [cell] for number, cell in enumerate(line.cells[1:])}
        return row
    for position, cell in enumerate(line.cells):
        if _in_label(cell, position, columns):
            row.label.append(cell)
        else:
            row.columns.setdefault(_nearest(cell, columns), []).append(cell)
    return row


def _in_label(cell: Cell, position: int, columns: list[Extent]) -> bool:
    return (position == 0 and cell.left < columns[0][0] - 4) or (cell.right < columns[0][0] and not cell.number)


def _over_label(cell: Cell, columns: list[Extent]) -> bool:
    """Whether a head stands over the labels: it ends before the figures, or is mostly left of them."""
    first = columns[0]
    return cell.right < first[0] + 1 or (cell.right < first[1] - 2 and cell.left + cell.right < 2 * first[0] - 4)


def _nearest(cell: Cell, columns: list[Extent]) -> int:
    """The column that a cell overlaps most, else the one whose middle is nearest."""
    best, most = -1, 0.0
    for number, (left, right) in enumerate(columns):
        shared = (cell.right if cell.right < right else right) - (cell.left if cell.left > left else left)
        if shared > most:
            best, most = number, shared
    if best >= 0:
        return best
    centre = (cell.left + cell.right) / 2
    return min(range(len(columns)), key=lambda n: abs(centre - sum(columns[n]) / 2))


def _head(line: Line, columns: list[Extent]) -> list[tuple[Cell, list[int]]]:
    """The heads of a line that stand over columns, each with these."""
    if not columns:
        return []
    cells = [cell for cell in line.cells if not _over_label(cell, columns)]
    return list(zip(cells, _cover(cells, columns), strict=True))


def _head_row(line: Line, heads: list[tuple[Cell, list[int]]], columns: list[Extent]) -> Row:
    """A line of column heads; a head over several columns stands in the first of them."""
    if not columns:
        return _row(line, columns)
    row = Row([cell for cell in line.cells if _over_label(cell, columns)], {}, line, line)
    for cell, covered in heads:
        row.columns.setdefault(covered[0], []).append(cell)
    return row


def _cover(cells: list[Cell], columns: list[Extent]) -> list[list[int]]:
    """The columns under each head of one line: groups of equal size if those fit, else what each is centred over."""
    count, each = len(columns), len(columns) // max(len(cells), 1)
    centres = [(left + right) / 2 for left, right in columns]
    pitch = (centres[-1] - centres[0]) / (count - 1) if count > 1 else columns[0][1] - columns[0][0]
    if cells and each > 1 and each * len(cells) == count:
        groups = [list(range(n * each, (n + 1) * each)) for n in range(len(cells))]
        if all(abs(_centre(c) - _middle(g, columns)) < 0.3 * pitch for c, g in zip(cells, groups, strict=True)):
            return groups
    return [_under(cell, cells, columns, pitch) for cell in cells]


def _under(cell: Cell, cells: list[Cell], columns: list[Extent], pitch: float) -> list[int]:
    """The widest run of columns centred under a head and nearer to it than to the other heads of its line."""
    single = [_nearest(cell, columns)]
    here = _centre(cell)
    others = [_centre(other) for other in cells if other is not cell]
    own = [
        n
        for n, (left, right) in enumerate(columns)
        if all(abs((left + right) / 2 - here) < abs((left + right) / 2 - there) for there in others)
    ]
    runs = [own[i:j] for i in range(len(own)) for j in range(i + 2, len(own) + 1) if own[j - 1] - own[i] == j - 1 - i]
    fitting = [run for run in runs if abs(_middle(run, columns) - here) < (0.15 if len(run) % 2 else 0.3) * pitch]
    if not fitting:
        return single
    widest = max(fitting, key=len)
    if len(widest) % 2 and not (_PERIOD.search(cell.text) and not _YEAR.fullmatch(cell.text)):
        return single
    return widest


def _centre(cell: Cell) -> float:
    return (cell.left + cell.right) / 2


def _middle(run: Sequence[int], columns: list[Extent]) -> float:
    return (columns[run[0]][0] + columns[run[-1]][1]) / 2


def _names(lines: Sequence[Line], heads: list[list[tuple[Cell, list[int]]]], columns: list[Extent]) -> list[str]:
    """Each column's full name: the heads above it from top to bottom, spanning ones included."""
    if not columns:
        return [line.text for line in lines]
    parts: list[list[str]] = [[] for _ in columns]
    for cell, covered in chain.from_iterable(heads):
        for column in covered:
            parts[column].append(cell.text)
    return [" ".join(part) for part in parts] if any(parts) else []


def _stack(heads: list[Row]) -> list[Row]:
    """Column heads over several lines as one row: what stands above each other in a column is joined."""
    stacked: list[Row] = []
    for row in heads:
        before = stacked[-1] if stacked else None
        if before is None or row.line.middle - before.last.middle > 2.2 * row.line.height:
            stacked.append(row)
            continue
        before.label.extend(row.label)
        for number, cells in row.columns.items():
            before.columns.setdefault(number, []).extend(cells)
        before.last = row.last
    return stacked


def _unwrap(rows: list[Row]) -> list[Row]:
    """Join a label or text cell that runs over several lines into one row."""
    joined: list[Row] = []
    for row in rows:
        before = joined[-1] if joined else None
        if before is not None and (_continues(before, row) or _only_text(before, row)):
            before.label.extend(row.label)
            for number, cells in row.columns.items():
                before.columns.setdefault(number, []).extend(cells)
            before.last = row.last
        else:
            joined.append(row)
    return joined


def _continues(before: Row, row: Row) -> bool:
    """Whether ``row`` holds the rest of the label above, or the figures of it."""
    if not before.label or not row.label or (before.columns and row.columns) or not _close(before, row):
        return False
    above, below = before.label[-1], row.label[0]
    if above.text.endswith((":", "：")) or above.weight != below.weight:
        return False
    return below.text[0].islower() or below.text[0] in "(（" or bool(_CONTINUES.search(above.text))


def _only_text(before: Row, row: Row) -> bool:
    """Whether ``row`` has no label and no figures, only the rest of text cells above."""
    if row.label or not before.columns or not _close(before, row):
        return False
    return all(number in before.columns and not cell.number for number, cells in row.columns.items() for cell in cells)


def _close(before: Row, row: Row) -> bool:
    return row.line.middle - before.last.middle <= 1.45 * median((row.line.height, before.last.height, row.line.height))
