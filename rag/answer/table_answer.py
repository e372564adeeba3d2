"""Tables as they are quoted: the row and the columns that answer, with the title and the heads that say what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rag.language.analysis import language
from rag.types import Passage

TITLE_LENGTH = 110  # characters of a title that are shown
MOST_COLUMNS = 8
_CALL = re.compile(
    r"(?:(?:investment|stock|analyst) )?(?:rating|recommendation)|(?:target|closing|current|last|share) price|price target|ticker|(?:投资|公司|股票)?评级|(?:目标|当前|最新|收盘)(?:股)?价|股票代码",
    re.IGNORECASE,
)  # names of values that stand in the first row of a report's front
_PAIR = 2  # cells of a row that names a value
_NUMBER = re.compile(r"[-–(]?\s?[$€£¥]?\s?\(?\d[\d,]*(?:\.\d+)?\s?%?\)?[xX倍]?")
_YEAR = re.compile(r"(?:19|20)\d\d[AE]?")
_END = re.compile(r"[\s:.。\uff1a]+$")
_OF_IT = re.compile(
    r"占比|比[例重]|费用率|占\D{1,10}(?:比[例重]?|百分比)|[(（]?%[)）]?|(?:% |share )of [\w ]+", re.IGNORECASE
)
_UNIT = re.compile(r"[（(]?(?:单位[:：])?(?:人民币)?[百千万亿]{1,2}(?:元|港元|美元)[)）]?")
_RULE = re.compile(r":?-{2,}:?")
_RULED = re.compile(r"\|(?:\s*:?-{2,}:?\s*\|){2,}")  # in the middle of a line: the line breaks are lost


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its cells, the first of which is its label, and its characters of the passage's text."""

    cells: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Grid:
    """``title``: lines above the columns; ``head``: column heads, as many as there are cells, "" where none is known."""

    title: tuple[str, ...]
    head: tuple[str, ...]
    rows: tuple[Row, ...]


@lru_cache(maxsize=4096)
def grid(text: str) -> Grid:
    """Read the text of a table passage: title lines, heads, and the rows that hold data."""
    lines: list[Row] = []
    for at, line in _lines(text):
        cells = _cells(line)
        if line.strip() and not all(_RULE.fullmatch(cell) or not cell for cell in cells):
            lines.append(Row(cells, at, at + len(line.rstrip())))
    first = next((i for i, row in enumerate(lines) if _is_data(row.cells)), None)
    if first is None:  # a table of words: its first row of several cells is the head
        first = next((i for i, row in enumerate(lines) if len(row.cells) > 1), len(lines) - 1) + 1
    if _is_of_pairs(lines, first):
        first = next((i for i, row in enumerate(lines) if len(row.cells) > 1), 0)
    above = lines[:first]
    rows = tuple(row for row in lines[first:] if len(row.cells) > 1)
    heads = [row.cells for row in above if any(row.cells[1:])]  # a row of one word heads those below, not the columns
    width = max((len(row.cells) for row in rows), default=0)
    head = heads[-1] if heads else ()
    if len(head) < width:
        head = ("",) * (width - len(head)) + head
    return Grid(tuple(row.cells[0] for row in above if len(row.cells) == 1), head, rows)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines of a table and where they begin; of a Markdown table that lost its line breaks, a line for each row.

    The rule under its heads tells how many cells a row has.
    """
    at = 0
    for line in text.split("\n"):
        rule = _RULED.search(line)
        if rule is None or not (line[: rule.start()].strip() and line[rule.end() :].strip()):
            yield at, line
        else:
            width = rule[0].count("|") - 1
            cells = [match.start() for match in re.finditer(r"\|", line[: rule.start()])]
            head = cells[-width - 1] if len(cells) > width else 0
            for start, end in ((0, head), (head, rule.start())):
                if line[start:end].strip():
                    yield at + start, line[start:end]
            for row in re.finditer(rf"\|(?:[^|]*\|){{{width}}}", line[rule.end() :]):
                yield at + rule.end() + row.start(), row[0]
        at += len(line) + 1


def _is_of_pairs(lines: Sequence[Row], first: int) -> bool:
    """Whether a table only names values, one a row (`Rating | Buy`, `Market cap | USD 5bn`): no row of it is a head."""
    above = [row.cells for row in lines[:first] if len(row.cells) > 1]
    widest = max((len(row.cells) for row in lines), default=0)
    if widest != _PAIR or not all(cells[0] and cells[1] for cells in above):
        return False
    return len(above) > 1 or any(_CALL.fullmatch(cells[0]) for cells in above)


def headed(passage: Passage) -> Grid:
    """The grid of a table's passage; a part of a long table has the title and the heads that its section tells."""
    table = grid(passage.text)
    above = passage.section[-1].split(" / ") if passage.section else []
    if any(table.head) or len(above) < 2:
        return table
    width = max((len(row.cells) for row in table.rows), default=0)
    head = tuple(part.strip() for part in above[-1].split("|"))
    fits = 0 < width - len(head) < 2 or width == len(head)
    head = ("",) * (width - len(head)) + head if fits else table.head
    return Grid(table.title or tuple(above[:-1][:2]), head, table.rows)


def row_at(text: str, start: int) -> Row | None:
    """The data row of a table passage that begins at ``start``."""
    return next((row for row in grid(text).rows if row.start == start), None)


def columns(head: Sequence[str], row: Row, fits: Callable[[str], bool], shares: bool = False) -> list[int]:
    """Positions of the value cells whose head fits what is asked; all of them where no head does.

    ``shares``: also of those that only say what share the one before them is: `2022年度 | 占比`.
    """
    values = [i for i in range(1, len(row.cells)) if row.cells[i]]
    chosen = [i for i in values if i < len(head) and head[i] and fits(head[i])]
    if shares:
        chosen += [i + 1 for i in chosen if i + 1 in values and i + 1 < len(head) and _OF_IT.fullmatch(head[i + 1])]
        chosen.sort()
    return (chosen or values)[:MOST_COLUMNS]


def markdown(
    passage: Passage, rows: Sequence[Row], fits: Callable[[str], bool], caption: str, marker: str, shares: bool = False
) -> str:
    """Rows of one table passage as a sentence where one or two values answer, else as a small table under its title."""
    table = headed(passage)
    title = caption or " ".join(table.title[-2:]) or _heading(passage)
    title = _END.sub("", " ".join(title.split()))[:TITLE_LENGTH]
    if table.head and _UNIT.fullmatch(table.head[0]) and table.head[0] not in title:  # over the labels
        title = f"{title} {table.head[0]}".strip()
    wanted = sorted({i for row in rows for i in columns(table.head, row, fits, shares)})
    if len(rows) == 1 and len(wanted) <= 2 and rows[0].cells[0]:
        return _sentence(rows[0], table.head, wanted, title, language(passage.text) == "zh") + marker
    lines = [title] if title else []
    lines.append(_line(["", *(_at(table.head, i) for i in wanted)]))
    lines.append("|" + " --- |" * (len(wanted) + 1))
    for row in rows:
        cells = [_at(row.cells, i) for i in (0, *wanted)]
        lines.append(_line([*cells[:-1], cells[-1] + marker]))
    return "\n".join(lines)


def _sentence(row: Row, head: Sequence[str], wanted: Sequence[int], title: str, chinese: bool) -> str:
    colon, comma, left, right = ("：", "；", "（", "）") if chinese else (": ", "; ", " (", ")")
    parts = [f"{_at(head, i)}{colon}{row.cells[i]}" if _at(head, i) else row.cells[i] for i in wanted]
    label = _END.sub("", row.cells[0])
    lead = f"{label}{'，' if chinese else ', '}" if _at(head, wanted[0]) else f"{label}{colon}"
    bare = re.sub(r"^[(（]([^()（）]*)[)）]$", r"\1", title)  # a title in brackets gets no second ones
    return lead + comma.join(parts) + (f"{left}{bare}{right}" if bare else "")


def _heading(passage: Passage) -> str:
    """The nearest heading that is words and not the table's own cells."""
    return next((h for h in reversed(passage.section) if "|" not in h and " / " not in h), "")


def _at(cells: Sequence[str], index: int) -> str:
    return cells[index] if index < len(cells) else ""


def _cells(line: str) -> tuple[str, ...]:
    body = line.strip()
    if body.startswith("|") and body.endswith("|") and len(body) > 1:
        body = body[1:-1]
    return tuple(cell.strip() for cell in body.split("|"))


def _is_data(cells: Sequence[str]) -> bool:
    return len(cells) > 1 and any(_NUMBER.fullmatch(cell) and not _YEAR.fullmatch(cell) for cell in cells[1:])


def _line(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
