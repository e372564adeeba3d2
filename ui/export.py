"""Answers and conversations as text that leaves the page: plain, Markdown with footnotes, Word, CSV. Pure.

The markers stay as they stand in the answer, so that ``[A5]`` in a memo is still report A, place 5.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping

from rag.types import Answer, Citation
from ui import marks
from ui.safe import cells_of, grid_lines, visible
from ui.turns import NEAREST, Turn

Words = Mapping[str, str]
_RULE = re.compile(r"^\s*\|?[\s:|-]+\|?\s*$")
_LIVE = re.compile(r"([\\`*_{}<>#~!\[\]$])")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def source_line(c: Citation, t: Words) -> str:
    """``Broker, Title, 2026-02-10, page 4``: a citation the way a memo's footnote gives it."""
    place = t[f"place_{c.locator.kind}"].format(n=", ".join(str(n) for n in c.locator.numbers))
    day = c.report.date.isoformat() if c.report.date else ""
    return ", ".join(part for part in (c.report.broker, c.report.title, day, place) if part)


def plain(turn: Turn, t: Words) -> str:
    """The answer with its markers, and the source list beneath."""
    answer = turn.answer
    if answer is None:
        return turn.error
    lines = [visible(answer.text)]
    if answer.citations:
        lines += ["", t["sources"]]
        lines += [f"{c.marker} {source_line(c, t)}: “{visible(c.quote)}”" for c in answer.citations]
    return "\n".join(lines)


def markdown(turn: Turn, t: Words) -> str:
    """The answer as Markdown with one footnote per cited place; nothing of the reports acts as Markdown in it."""
    if turn.answer is None:
        return escape(turn.error)
    return "\n".join([_marked(turn.answer, ""), *_footnotes(turn.answer, "", t)]).strip() + "\n"


def conversation_markdown(turns: Iterable[Turn], t: Words) -> str:
    """A whole conversation as Markdown; footnote names carry the number of their turn."""
    out = [f"# {t['app']}", ""]
    for number, turn in enumerate((turn for turn in turns if turn.state != "running"), 1):
        out += [f"## {escape(' '.join(turn.question.split()))}", ""]
        if turn.answer is None:
            out += [escape(turn.error), ""]
            continue
        out += [_marked(turn.answer, f"{number}-"), "", *_footnotes(turn.answer, f"{number}-", t), ""]
        if turn.answer.refused:
            out += [f"- {escape(e.passage.text)}" for e in turn.answer.evidence[:NEAREST]] + [""]
    return "\n".join(out).rstrip() + "\n"


def escape(text: str) -> str:
    """Plain text as Markdown that reads the same."""
    return _LIVE.sub(r"\\\1", visible(text))


def labels(answer: Answer) -> dict[tuple[str, int], str]:
    """A footnote name for every bracket of every citation: ``5``, ``A5``; a second place with the same bracket ``5b``."""
    taken: dict[str, int] = {}
    named: dict[tuple[str, int], str] = {}
    for index, citation in enumerate(answer.citations):
        for bracket in marks.brackets(citation.marker):
            if (bracket, index) in named:
                continue
            count = taken[bracket] = taken.get(bracket, 0) + 1
            named[bracket, index] = bracket[1:-1] + ("" if count == 1 else f"x{count}")
    return named


def _marked(answer: Answer, prefix: str) -> str:
    named = labels(answer)
    out: list[str] = []
    for text, index in marks.segments(answer):
        if index is None:
            out.append(_structure(text))
            continue
        for part in marks.split(text, answer.sentences[index], answer):
            if isinstance(part, str):
                out.append(escape(part))
            else:
                out.append(f"[^{prefix}{named[part.text, part.index]}]")
    return _with_rules("".join(out))


def _structure(text: str) -> str:
    """Text between sentences: bullets, headings and table bars are the answer's own layout and stay."""
    return re.sub(r"[<>`\[\]!$]", lambda m: "\\" + m[0], visible(text))


def _footnotes(answer: Answer, prefix: str, t: Words) -> list[str]:
    rows = [
        f"[^{prefix}{name}]: {escape(source_line(answer.citations[index], t))}: “{escape(_flat(answer.citations[index]))}”"
        for (_, index), name in labels(answer).items()
    ]
    return ["", *rows] if rows else []


def _flat(citation: Citation) -> str:
    return " ".join(citation.quote.split())


def tables(answer: Answer) -> list[list[list[str]]]:
    """The tables of an answer as rows of cells, markers included."""
    found: list[list[list[str]]] = []
    inside = False
    for line, is_row in zip(answer.text.split("\n"), grid_lines(answer.text), strict=True):
        if is_row and not inside:
            found.append([])
        if is_row and not _RULE.match(line):
            found[-1].append(cells_of(line))
        inside = is_row
    return [table for table in found if len(table) > 1]


def _with_rules(text: str) -> str:
    """Markdown in which every table has bars around its rows and the rule that Markdown wants below the first."""
    lines, grid = text.split("\n"), grid_lines(text)
    out: list[str] = []
    for number, (line, is_row) in enumerate(zip(lines, grid, strict=True)):
        if not is_row:
            out.append(line)
            continue
        out.append("| " + " | ".join(cells_of(line)) + " |")
        first = number == 0 or not grid[number - 1]
        ruled = number + 1 < len(lines) and _RULE.match(lines[number + 1])
        if first:
            out[-1:-1] = [""] if out[:-1] and out[-2].strip() else []
        if first and not ruled:
            out.append("|" + " --- |" * len(cells_of(line)))
    return "\n".join(out)


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
