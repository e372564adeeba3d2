"""Find the tables among a region's lines and turn them into rows: ``label | figure | figure``.

A filing's tables have no reliable rules or tags, so they are found by their figures: lines with figures that stand
apart, and the labels, column heads and captions around them. Figures are put under each other by their extent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice, pairwise, takewhile

from rag.language.analysis import CJK
from rag.readers.pdf_labels import EDGE
from rag.readers.pdf_layout import Cell, Line, Region, is_prose, join_cells, pitch
from rag.readers.pdf_rows import Rows, build_rows

UNIT = re.compile(
    r"\(?\s*(?:(?:dollars?|amounts?|shares?|figures?|all|tabular|U\.?S\.?|RMB|HK|Rs\.?|€|£|\$)[^.]{0,60})?"
    r"\bin (?:thousands|millions|billions|crores?|lakhs?|RMB|US\$|USD|EUR)"
    r"|\([$€£¥]?\s?(?:millions|thousands|billions|mn|bn|000s?|'000)\)|RMB\s?(?:mn|m|bn|million)"
    r"|单位\s*[:：]|单位均?[为是]\s?(?:人民币)?[百千万亿]{0,2}(?:元|美元|港元|股)|[（(](?:人民币)?(?:百万|千|万|亿)?(?:元|美元|港元|股|百万|人民币)[^）)]{0,12}[）)]",
    re.IGNORECASE,
)
_ENUMERATOR = re.compile(r"[\(（]?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})[\)）.、]|[•●▪■◆–—‣·➢*○o]|\d{1,2}")
_AMOUNT = re.compile(r"[(（]?[$€£¥￥]?\s?(?:\d{1,3}(?:,\d{3})+|\d{2,}|\d+\.\d+)(?:\.\d+)?%?[)）]?")
_HEAD = re.compile(r"(?:19|20)\d\d\s?[AEF]?")
_CHINESE = re.compile(rf"[{CJK}]")
_INNER = re.compile(
    r"[,，。;；:：|]|^(?:[一二三四五六七八九十]{1,3}[、.]|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．)）])"
)
_LONGEST_TITLE = 40  # characters of a Chinese title that is neither bold nor centred
_NUMBERED_TITLE = re.compile(
    r"(?:[（(]\d{1,2}[)）]|\d{1,2}[、.．])\s?[^\d，。；：,;:][^，。；：,;:]{1,38}"
)  # no heading of a chapter
_SOURCE = re.compile(r"\W{0,2}(?:(?:data )?sources?|(?:资料|数据|图表)?来源)\s*[:：]", re.IGNORECASE)
_LABELS = 6  # lines of labels without figures that a table may have in a row
CURRENCY = frozenset("$€£¥￥") | {"RMB", "US$", "HK$", "Rs."}


_SIDES: tuple[Callable[[Cell], float], ...] = (
    lambda cell: cell.left,
    lambda cell: cell.right,
    lambda cell: (cell.left + cell.right) / 2,
)


@dataclass(slots=True)
class Table:
    """Lines ``start`` up to ``end`` of a region. ``caption``: title and unit, above the rows."""

    start: int
    end: int
    caption: list[Line]
    rows: Rows


def find_tables(region: Region) -> list[Table]:
    """The region's tables from top to bottom, each with caption and column heads."""
    lines = [merged(line) if len(line.cells) > 1 else line for line in region.lines]
    width = region.right - region.left
    marks = [_mark(line, width) for line in lines]
    step = pitch(lines)
    tables: list[Table] = []
    index = 0
    while index < len(lines):
        table = None
        if marks[index] == "T" or (marks[index] == "S" and _aligned(lines, marks, index)):
            floor = tables[-1].end if tables else 0
            table = _grow(lines, marks, index, floor, step, region)
        if table is not None:
            tables.append(table)
        index = table.end if table else index + 1
    return tables


def _aligned(lines: Sequence[Line], marks: Sequence[str], index: int) -> bool:
    """Whether at least three lines of text cells from here on have a cell at the same edge, or about one middle.

    Eight lines are looked at; where no line runs across that edge, those in which a text cell goes on do not count.
    """
    near = [n for n in range(index, min(index + 8, len(lines))) if marks[n] in "ST"]
    if _share_an_edge(lines, index, near):
        return True
    edges = [cell.left for cell in lines[index].cells[1:]]
    inside = takewhile(lambda n: not _across(lines[n], edges), range(index, len(lines)))
    rows = islice((n for n in inside if not _goes_on(lines[n], edges)), 8)
    return _share_an_edge(lines, index, [n for n in rows if marks[n] == "S"])


def _share_an_edge(lines: Sequence[Line], index: int, rows: Sequence[int]) -> bool:
    ahead = [lines[n] for n in rows]
    if len(ahead) < 3:
        return False
    return any(
        sum(any(abs(side(cell) - side(own)) < 3 for cell in line.cells[1:]) for line in ahead) >= 3
        for own in lines[index].cells[1:]
        for side in _SIDES
    )


def merged(line: Line) -> Line:
    """The line with currency signs, closing brackets and percent signs joined to their figures."""
    cells: list[Cell] = []
    for cell in line.cells:
        before = cells[-1] if cells else None
        if before is not None and (
            (before.text in CURRENCY and (cell.number or cell.text.startswith("(")))
            or (before.text in ("(", "$(", "$ (", "（") and cell.number)
            or (cell.text[0] in ")）%％" and before.number and len(cell.text) <= 3)
        ):
            cells[-1] = replace(join_cells(before, cell), number=True)
        else:
            cells.append(cell)
    return replace(line, cells=cells) if len(cells) != len(line.cells) else line


def _mark(line: Line, width: float) -> str:
    """``T``: figures beside a label or each other; ``S``: text in separate cells; ``P``: prose; ``L``: the rest."""
    cells = line.cells
    if len(cells) == 1:
        return "P" if is_prose(line, width) else "L"
    if len(cells) == 2 and _ENUMERATOR.fullmatch(cells[0].text) and not cells[1].number:
        return "P" if is_prose(line, width) else "L"
    gaps = [b.left - a.right for a, b in pairwise(cells)]
    numbers = sum(cell.number for cell in cells[1:])
    if not numbers and cells[0].number and _AMOUNT.fullmatch(cells[0].text) and gaps[0] > 0.9 * line.height:
        return "T"
    if numbers == 0 and (max(gaps) < 1.6 * line.height or sum(gaps) / len(gaps) < 1.1 * line.height):
        return "P" if is_prose(line, width) else "L"
    if numbers and max(gaps) < 1.6 * line.height and is_prose(line, width) and numbers * 3 < len(cells):
        return "P"
    return "T" if numbers else "S"


def _grow(
    lines: Sequence[Line], marks: Sequence[str], first: int, floor: int, step: float, region: Region
) -> Table | None:
    """The table around line ``first``; None when there is too little of it."""
    figures = _first_figure(lines[first], region.right)
    edges = [cell.left for cell in lines[first].cells[1:] if not cell.number]
    end = index = first + 1
    count = 1
    while index < len(lines):
        line = lines[index]
        gap = line.middle - lines[index - 1].middle
        if gap > max(3.2 * step, 3.5 * line.height) or index - end > _LABELS or _is_title(lines, marks, index, step):
            break
        if marks[index] in "LP" and _SOURCE.match(line.text):
            break  # what a table is from stands below it
        if marks[index] in "TS":
            figures = min(figures, _first_figure(line, region.right))
            end = index + 1
            count += 1
        elif _goes_on(line, edges) and gap < 1.6 * line.height:
            end = index + 1
        elif marks[index] == "P" and line.right > figures + 4 and not _wrapped_label(lines, marks, index):
            break
        index += 1
    start = _heads(lines, marks, first, floor, step, figures)
    if count + (first - start) < 2:
        return None
    top = _caption(lines, marks, start, floor, step, region)
    return Table(top, end, list(lines[top:start]), build_rows(lines[start:end]))


def _across(line: Line, edges: Sequence[float]) -> bool:
    return any(cell.left < edge - EDGE and cell.right > edge + EDGE for edge in edges for cell in line.cells)


def _goes_on(line: Line, edges: Sequence[float]) -> bool:
    """Whether a line is the rest of a text cell in a column that begins at one of these edges."""
    return len(line.cells) == 1 and any(abs(line.left - edge) < EDGE for edge in edges)


def _first_figure(line: Line, default: float) -> float:
    return min((cell.left for cell in line.cells[1:] if cell.number), default=default)


def _is_title(lines: Sequence[Line], marks: Sequence[str], index: int, step: float) -> bool:
    """Whether a line within a table begins the next one: strong, set off, with column heads but no figures below.

    Chinese reports set such lines, and the unit below them, in plain type.
    """
    line = lines[index]
    if marks[index] != "L" or index + 1 >= len(lines):
        return False
    if line.middle - lines[index - 1].middle < 1.35 * max(step, line.height):
        return False
    if not (line.bold or line.text.isupper() or _plain_title(line) or _plain_unit(line)):
        return False
    for ahead in range(index + 1, min(index + 4, len(lines))):
        if marks[ahead] in "TS":
            return all(_HEAD.fullmatch(cell.text) or not cell.number for cell in lines[ahead].cells)
    return False


def _plain_title(line: Line) -> bool:
    """Whether a line may be the title of a table in Chinese that is neither bold nor centred: short, and no sentence."""
    text = line.text
    short = len(line.cells) == 1 and len(text) <= _LONGEST_TITLE
    return short and bool(_CHINESE.search(text)) and not (_INNER.search(text) or UNIT.match(text))


def _plain_unit(line: Line) -> bool:
    """Whether a line is the unit over a table in Chinese."""
    return bool(_CHINESE.search(line.text)) and bool(UNIT.search(line.text))


def _wrapped_label(lines: Sequence[Line], marks: Sequence[str], index: int) -> bool:
    """A long label of up to three lines whose figures stand on its last line."""
    for ahead in range(index + 1, min(index + 4, len(lines))):
        if lines[ahead].middle - lines[ahead - 1].middle > 1.5 * lines[ahead].height:
            return False
        if marks[ahead] == "T":
            return True
    return False


def _heads(lines: Sequence[Line], marks: Sequence[str], first: int, floor: int, step: float, figures: float) -> int:
    """Walk up over column heads (text in separate cells, or above the figures), past labels right above the figures."""
    start = index = first
    edge = lines[first].cells[-1].right
    while index > floor and start - index < 4:
        line = lines[index - 1]
        if lines[index].middle - line.middle > 2.4 * max(step, line.height) or marks[index - 1] == "P":
            break
        index -= 1
        aligned = abs(line.right - edge) < 3
        over = (line.left + line.right > 2 * (figures - 6) or aligned) and line.left > figures - 60
        if marks[index] == "S" or (over and not _is_furniture(line) and not UNIT.search(line.text)):
            start = index
        elif start == index + 1 and _between_heads(lines, marks, index):
            continue
        elif start < first or len(line.text) > 80 or line.text.endswith((".", "。")):
            break
    return start


def _between_heads(lines: Sequence[Line], marks: Sequence[str], index: int) -> bool:
    """Whether a line is the head of the labels, set half-way between two lines of column heads: 项目, "Item"."""
    if index == 0 or marks[index - 1] != "S" or len(lines[index].cells) > 1:
        return False
    above, line, below = lines[index - 1 : index + 2]
    return max(line.middle - above.middle, below.middle - line.middle) < 0.9 * line.height


def _is_furniture(line: Line) -> bool:
    """A part or item of a filing named at the margin of the page."""
    return re.fullmatch(r"(?:PART|Item)\s+[\dIVX]+[AB]?\.?", line.text, re.IGNORECASE) is not None


def _caption(lines: Sequence[Line], marks: Sequence[str], start: int, floor: int, step: float, region: Region) -> int:
    """Walk up over the title and unit: bold, capitals, centred, or naming a unit; at most five lines."""
    top = start
    while top > floor and start - top < 5:
        line = lines[top - 1]
        text = line.text
        if lines[top].middle - line.middle > 3.2 * max(step, line.height) or len(text) > 160:
            break
        centred = abs((line.left + line.right) - (region.left + region.right)) < 0.06 * (region.right - region.left)
        strong = line.bold or text.isupper()
        if text[-1] in ".;。；" and not (strong and len(text) < 60):
            break
        named = (centred and line.left > region.left + 20) or UNIT.search(text)
        if not strong and (not named or marks[top - 1] == "P" or _ends_paragraph(lines, marks, top - 1, floor)):
            alone = marks[top - 1] != "P" and _stands_alone(lines, top - 1, floor)
            return top - 1 if alone and _plain_title(line) else top
        top -= 1
    return top


def caption_above(region: Region, rows: Rows, floor: int) -> int:
    """Index of the first of a region's last lines that are the title and unit of a table right below the region."""
    first = (rows.head or rows.body)[0].line
    lines = [merged(line) if len(line.cells) > 1 else line for line in (*region.lines, first)]
    marks = [_mark(line, region.right - region.left) for line in lines]
    marks = [
        "L" if len(line.text) <= _LONGEST_TITLE and UNIT.search(line.text) else mark
        for line, mark in zip(lines, marks, strict=True)
    ]
    top = _caption(lines, marks, len(lines) - 1, floor, pitch(lines[:-1]), region)
    return (
        top - 1
        if top > floor and len(lines[top - 1].cells) == 1 and _NUMBERED_TITLE.fullmatch(lines[top - 1].text)
        else top
    )


def _stands_alone(lines: Sequence[Line], index: int, floor: int) -> bool:
    """Whether a line is a paragraph of its own: the one above it ends in a stop, or is further up than lines of one text."""
    if index <= floor:
        return True
    above, line = lines[index - 1], lines[index]
    return above.text[-1] in "。！？；：:;" or line.middle - above.middle > 1.8 * line.height


def _ends_paragraph(lines: Sequence[Line], marks: Sequence[str], index: int, floor: int) -> bool:
    """Whether a short line is the last one of running text: ``... were as follows (in millions):``."""
    if index <= floor or marks[index - 1] != "P":
        return False
    above, line = lines[index - 1], lines[index]
    return line.middle - above.middle < 1.3 * line.height and abs(line.left - above.left) < 2 * line.height
