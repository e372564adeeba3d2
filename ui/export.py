"""Answers and conversations as text that leaves the page: plain, Markdown with footnotes, Word, CSV. Pure.

The markers stay as they stand in the answer, so that ``[A5]`` in a memo is still report A, place 5.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

from rag.answer import footnotes
from rag.answer.grid import RULE, cells_of, grid_lines
from rag.types import Answer, Citation, Evidence, Locator, Report
from ui.i18n import Words, worded
from ui.safe import clip, rows_apart, visible
from ui.turns import NEAREST, Turn

_NEAR = 400  # characters of a passage that is no answer
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def source_line(c: Citation, t: Words) -> str:
    """``Broker, Title, 2026-02-10, page 4``: a citation the way a memo's footnote gives it."""
    return _where(c.report, c.locator, t)


def _where(report: Report, locator: Locator, t: Words) -> str:
    place = t[f"place_{locator.kind}"].format(n=", ".join(str(n) for n in locator.numbers))
    day = report.date.isoformat() if report.date else ""
    return ", ".join(part for part in (report.broker, report.title, day, place) if part)


def plain(turn: Turn, t: Words) -> str:
    """The answer with its markers, and the source list beneath."""
    answer = turn.answer
    if answer is None:
        return worded(t, turn.error)
    lines = [visible(answer.text)]
    if answer.citations:
        lines += ["", t["sources"]]
        lines += [f"{c.marker} {source_line(c, t)}: “{visible(c.quote)}”" for c in answer.citations]
    return "\n".join(lines)


def markdown(turn: Turn, t: Words) -> str:
    """The answer as Markdown with footnotes; nothing of the reports acts as Markdown in it."""
    return turn.answer.to_markdown() if turn.answer is not None else footnotes.escape(worded(t, turn.error)) + "\n"


def conversation_markdown(turns: Iterable[Turn], t: Words) -> str:
    """A whole conversation as Markdown; footnote names carry the number of their turn."""
    out = [f"# {t['app']}", ""]
    for number, turn in enumerate((turn for turn in turns if turn.state != "running"), 1):
        out += [f"## {footnotes.escape(' '.join(turn.question.split()))}", ""]
        answer = turn.answer
        out += [markdown(turn, t) if answer is None else footnotes.markdown(answer, prefix=f"{number}-")]
        if answer is not None and answer.refused and answer.evidence:
            near = (footnotes.escape(near_line(item, t)) for item in answer.evidence[:NEAREST])
            out += [f"{t['nearest']}:", "", *(f"- {line}" for line in near), ""]
    return "\n".join(out).rstrip() + "\n"


def near_line(found: Evidence, t: Words) -> str:
    """A passage near a refused question: where it stands, then its words."""
    return f"{_where(found.report, found.passage.locator, t)}: {clip(rows_apart(found.passage.text), _NEAR)}"


def tables(answer: Answer) -> list[list[list[str]]]:
    """The tables of an answer as rows of cells, markers included."""
    found: list[list[list[str]]] = []
    inside = False
    for line, is_row in zip(answer.text.split("\n"), grid_lines(answer.text), strict=True):
        if is_row and not inside:
            found.append([])
        if is_row and not RULE.match(line):
            found[-1].append(cells_of(line))
        inside = is_row
    return [table for table in found if len(table) > 1]


def tables_csv(answer: Answer) -> bytes:
    """All tables of an answer as CSV, an empty line between them."""
    rows: list[list[str]] = []
    for number, table in enumerate(tables(answer)):
        rows += [[]] * (number > 0) + table
    return csv_bytes(rows)


def csv_bytes(rows: Iterable[Iterable[str]]) -> bytes:
    """CSV in UTF-8 with the byte order mark that spreadsheets want; no cell can start a spreadsheet formula."""
    out = io.StringIO()
    csv.writer(out).writerows([[_cell(cell) for cell in row] for row in rows])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(text: str) -> str:
    text = visible(text)
    plain_number = re.fullmatch(r"[+-]?[\d.,]+%?", text)
    return "'" + text if text.startswith(_FORMULA) and not plain_number else text
