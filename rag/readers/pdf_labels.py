"""Labels that stand half-way down their row: ``label | text`` where the label is level with no line of the text.

Word and many report templates centre a row's label on a text of several lines. Read by height alone, the label of an even
number of lines falls into the middle of a sentence. Such rows lie one under the other and each is centred on its label,
which tells where they begin and end; where one does not fit or breaks off in the middle of a sentence, the lines are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.readers.pdf_layout import Cell, Line, join_cells, make_line

EDGE = 3.0  # points; text cells of one column begin within this
_OFF = 0.25  # of the distance of lines; how far a label may be from the middle of its row
_APART = 3.0  # distances of lines; a wider gap ends the rows
_LABEL_LINES = 3  # that one label may have
_CONTINUES = re.compile(r"[a-z(（\u3400-\u9fff]")  # how its second line begins


@dataclass(frozen=True, slots=True)
class _Place:
    """Where texts begin, and the distance of their lines."""

    edge: float
    step: float


@dataclass(frozen=True, slots=True)
class _Row:
    """Texts ``first`` to ``last`` and labels ``label`` up to ``end`` of a run of lines."""

    first: int
    last: int
    label: int
    end: int


def centred(lines: Sequence[Line]) -> list[Line]:
    """The lines with each such label before the first line of its text."""
    out: list[Line] = []
    done = 0
    for index in range(1, len(lines) - 1):
        line, edge = lines[index], lines[index - 1].left
        if line.left > edge - EDGE or index < done or lines[index + 1].left < edge - EDGE:
            continue  # nothing stands left of a text that goes on, which is nearly always so
        place = _between(lines, index) or _within(lines, index)
        if place is None:
            continue
        first, last = _run(lines, index, place, done)
        rows = _rows(lines[first:last], index - first, place)
        if rows is not None:
            start, stop, made = rows
            out.extend([*lines[done : first + start], *made])
            done = first + stop
        elif index - 1 >= done and _below_first(lines, index, place):
            out.extend([*lines[done : index - 1], make_line([*lines[index].cells, *lines[index - 1].cells])])
            done = index + 1
    return [*out, *lines[done:]]


def _between(lines: Sequence[Line], index: int) -> _Place | None:
    """Where a label stands between two lines of a text, left of them; None where the line does not."""
    above, line, below = lines[index - 1 : index + 2]
    edge = above.left
    between = above.middle + 0.2 * above.height < line.middle < below.middle - 0.2 * below.height
    step = below.middle - above.middle
    if not between or step > 1.9 * above.height or abs(below.left - edge) > EDGE or line.right > edge - EDGE:
        return None
    return _Place(edge, step)


def _within(lines: Sequence[Line], index: int) -> _Place | None:
    """The same for a label that is level with a line of its text, not the first: the line above is full and goes on."""
    above, line, below = lines[index - 1 : index + 2]
    edge = above.left
    step = line.middle - above.middle
    if len(line.cells) < 2 or len(above.cells) > 1 or step > 1.6 * line.height or abs(below.left - edge) > EDGE:
        return None
    label, text = _parts(line, edge) or ([], [])
    even = abs(below.middle - line.middle - step) < 0.15 * step
    if not label or not text or not even or not _full(above, max(line.right, below.right)):
        return None
    return _Place(edge, step)


def _below_first(lines: Sequence[Line], index: int, place: _Place) -> bool:
    """Whether a label stands between the first two lines of its text, where it is not centred: set lower than they are."""
    above, line = lines[index - 1 : index + 1]
    parts = _parts(line, place.edge)
    if parts is None or parts[1] or _parts(above, place.edge) is None or above.left < place.edge - EDGE:
        return False
    if index == 1:
        return True
    before = lines[index - 2]
    return above.middle - before.middle > 1.15 * place.step or not _full(
        before, max(above.right, lines[index + 1].right)
    )


def _full(line: Line, right: float) -> bool:
    """Whether a line reaches the end of its column and does not end a sentence there."""
    return line.right > right - 2 * line.height and line.text[-1] not in ".。;；:："


def _parts(line: Line, edge: float) -> tuple[list[Cell], list[Cell]] | None:
    """Cells of a label and of a text that begins at ``edge``; None for a line that is neither."""
    label = [cell for cell in line.cells if cell.right < edge - EDGE]
    text = line.cells[len(label) :]
    if (text and abs(text[0].left - edge) > EDGE) or (label and sum(map(str.isalpha, label[0].text)) < 2):
        return None
    figures = any(part and part[0].number for part in (label, text))
    return None if figures else (label, text)


def _run(lines: Sequence[Line], index: int, place: _Place, floor: int) -> tuple[int, int]:
    """The lines around one of them that are labels and texts, without wide gaps."""
    edge, step = place.edge, place.step
    first, last = index, index + 1
    while (
        first > floor
        and _parts(lines[first - 1], edge)
        and lines[first].middle - lines[first - 1].middle < _APART * step
    ):
        first -= 1
    while (
        last < len(lines) and _parts(lines[last], edge) and lines[last].middle - lines[last - 1].middle < _APART * step
    ):
        last += 1
    return first, last


def _rows(lines: Sequence[Line], index: int, place: _Place) -> tuple[int, int, list[Line]] | None:
    """Start and end of the rows around line ``index``, and their lines anew; None where they do not fit."""
    for start in range(index):
        texts: list[tuple[int, list[Cell]]] = []
        labels: list[tuple[int, list[Cell]]] = []
        for number, line in enumerate(lines[start:], start):
            label, text = _parts(line, place.edge) or ([], [])
            if label:
                labels.append((number, label))
            if text:
                texts.append((number, text))
        middles = [lines[number].middle for number, _ in texts]
        heights = [label[0].middle for _, label in labels]
        rows = _tiled(middles, heights, [label[0].text for _, label in labels], place.step)
        if len(rows) < 2 or not _end([lines[n] for n, _ in texts], rows, place.step):
            continue
        stop = 1 + max(texts[rows[-1].last][0], labels[rows[-1].end - 1][0])
        begun = min(texts[0][0], labels[0][0])
        if begun == start and begun < index < stop:
            return start, stop, [line for row in rows for line in _lines_of(row, texts, labels)]
    return None


def _end(texts: Sequence[Line], rows: Sequence[_Row], step: float) -> bool:
    """Whether every row but the last ends in a short line, or with space below it."""
    right = max(line.right for line in texts)
    return all(
        not _full(texts[row.last], right) or texts[row.last + 1].middle - texts[row.last].middle > 1.15 * step
        for row in rows[:-1]
    )


def _tiled(texts: list[float], labels: list[float], names: list[str], step: float) -> list[_Row]:
    """Rows from the first text and label on, each centred on its label, as long as they fit."""
    rows: list[_Row] = []
    first = label = 0
    while first < len(texts) and label < len(labels):
        row = _fitting(texts, labels, names, first, label, step)
        if row is None:
            break
        rows.append(row)
        first, label = row.last + 1, row.end
    return rows


def _fitting(
    texts: list[float], labels: list[float], names: list[str], first: int, label: int, step: float
) -> _Row | None:
    """The row that begins at a text and a label, with the fewest lines of the label that fit; None where none do."""
    for end in range(label + 1, min(label + _LABEL_LINES, len(labels)) + 1):
        middle = (labels[label] + labels[end - 1]) / 2
        last = min(range(first, len(texts)), key=lambda n: abs((texts[first] + texts[n]) / 2 - middle))
        off = abs((texts[first] + texts[last]) / 2 - middle)
        if end > label + 1 and not _CONTINUES.match(names[end - 1]):
            break
        closed = end == len(labels) or last + 1 == len(texts) or labels[end] > texts[last]
        whole = all(texts[n + 1] - texts[n] < 1.2 * step for n in range(first, last))
        if off < _OFF * step and closed and whole:
            return _Row(first, last, label, end)
    return None


def _lines_of(row: _Row, texts: list[tuple[int, list[Cell]]], labels: list[tuple[int, list[Cell]]]) -> list[Line]:
    """A row's lines, its label on the first of them."""
    columns: list[Cell] = []
    for _, cells in labels[row.label : row.end]:
        if not columns or len(cells) != len(columns):
            columns.extend(cells)
        else:
            columns = [join_cells(above, cell) for above, cell in zip(columns, cells, strict=True)]
    rest = [make_line(list(cells)) for _, cells in texts[row.first + 1 : row.last + 1]]
    return [make_line([*columns, *texts[row.first][1]]), *rest]
