"""Values as lines of plain text for a terminal. Pure functions: no library, no printing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from rag.answer.footnotes import place
from rag.types import AddResult, Answer, Citation, Evidence, Passage, Report, Sentence

ID_SHOWN = 12  # characters of a report's id in tables: enough to name it
# What could move the cursor, colour the screen or turn the order of letters around: reports are data, not commands.
_CONTROLS = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def harmless(line: str) -> str:
    """A line without control characters, which a report or a model could use to draw on the terminal."""
    return _CONTROLS.sub("", line)


def heading(report: Report) -> str:
    """Title, broker and date of a report, as far as they are known."""
    day = report.date.isoformat() if report.date else None
    return " · ".join(part for part in (report.title or report.file, report.broker, day) if part)


def empty(home: Path) -> str:
    """What to do with a library that holds nothing."""
    return f"The library in {home} holds no reports yet; add some with: python -m rag add PATH..."


def nothing_passes(asked: Mapping[str, object], reports: Sequence[Report]) -> str:
    """Why a search found no report to look in: the filters as they were given, and what there is instead."""
    given = " ".join(f"--{name} {value}" for name, value in asked.items() if value)
    brokers = sorted({report.broker for report in reports if report.broker})
    days = sorted(report.date.isoformat() for report in reports if report.date)
    there = f"brokers: {', '.join(brokers[:8])}{', ...' if len(brokers) > 8 else ''}" if brokers else "no brokers"
    dated = f"; dates: {days[0]} to {days[-1]}" if days else "; no dates"
    return f"No report of the library passes {given}. It has {there}{dated}."


def added(result: AddResult, earlier: Report | None = None) -> list[str]:
    """One file's outcome, and what its reader warns of; ``earlier``: a report from a file of the same name."""
    if result.report is None or result.status == "failed":
        return [f"{result.status:<9}  {result.file}: {result.message}"]
    report = result.report
    size = f"{_count(report.pages, 'page')}, " if report.pages else ""
    lines = [f"{result.status:<9}  {heading(report)} ({size}{_count(report.passages, 'passage')})"]
    remarks = [result.message] if result.message else []
    if earlier is not None:
        remarks.append(
            f"A file of this name was already here ({earlier.file}); both are kept. "
            f"If this one takes its place: python -m rag remove {earlier.id[:ID_SHOWN]}"
        )
    return lines + [f"           {remark}" for remark in (*remarks, *report.warnings)]


def _count(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def interrupted(why: str, counts: Mapping[str, int]) -> str:
    """``Interrupted; 2 added until then. The same command goes on from there.``"""
    said = ", ".join(f"{count} {status}" for status, count in counts.items() if count) or "nothing was added"
    return f"{why or 'Interrupted'}; {said} until then. The same command goes on from there."


def summary(counts: Mapping[str, int], total: int) -> str:
    """``2 added, 1 unchanged; the library holds 3 reports.``"""
    said = ", ".join(f"{count} {status}" for status, count in counts.items() if count) or "Nothing to add"
    return f"{said}; the library holds {_count(total, 'report')}."


def table(reports: Sequence[Report]) -> list[str]:
    """The library as a table, a line per report."""
    head = ("ID", "DATE", "BROKER", "RATING", "LANG", "PAGES", "PASSAGES", "TITLE")
    rows = [head] + [
        (
            report.id[:ID_SHOWN],
            report.date.isoformat() if report.date else "",
            report.broker or "",
            report.rating or "",
            report.language,
            str(report.pages or ""),
            str(report.passages),
            report.title or report.file,
        )
        for report in reports
    ]
    return table_of(rows)


def table_of(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows of cells as aligned lines, two spaces between columns."""
    widths = [max(map(_width, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(_pad(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]


def report(report: Report) -> list[str]:
    """What is known of a report, each value with the words it was read from."""
    values: dict[str, object] = {
        "id": report.id,
        "title": report.title,
        "file": report.file,
        "broker": report.broker,
        "authors": ", ".join(report.authors),
        "date": report.date,
        "companies": ", ".join(report.companies),
        "tickers": ", ".join(report.tickers),
        "rating": report.rating,
        "previous_rating": report.previous_rating,
        "rating_of": report.rating_of,
        "target_price": _amount(report.target_price),
        "previous_target": _amount(report.previous_target_price),
        "currency": report.currency,
        "period": report.period,
        "language": report.language,
        "kind": report.kind,
        "pages": report.pages or None,
        "passages": report.passages,
    }
    sources = {found.name: found for found in report.provenance}
    lines = []
    for name, value in values.items():
        if value in (None, ""):
            continue
        found = sources.get("previous_target_price" if name == "previous_target" else name)
        source = ""
        if found and found.source == "user":
            source = "  (corrected)"
        elif found and found.quote:
            source = f"  (read from{f' p. {found.page}' if found.page else ''} “{_one_line(found.quote, 80)}”)"
        lines.append(f"{name.replace('_', ' '):<16}{value}{source}")
    return lines + [f"{'warning':<16}{warning}" for warning in report.warnings]


def _amount(value: float | None) -> str:
    return "" if value is None else f"{value:,.15g}"


def passage(passage: Passage) -> list[str]:
    """A passage with its place and the headings above it."""
    above = f"  {' > '.join(passage.section)}" if passage.section else ""
    return ["", f"{place(passage.locator)}{above}", *(f"    {line}" for line in passage.text.splitlines())]


def evidence(found: Iterable[Evidence]) -> list[str]:
    """Ranked passages: score (0..1, higher is better), place, report, text."""
    lines: list[str] = []
    for rank, item in enumerate(found, 1):
        lines.append(f"{rank:>2}. {item.score:.3f}  {place(item.passage.locator)}  {heading(item.report)}")
        lines.extend(f"    {line}" for line in item.passage.text.splitlines())
    return lines


def answer(answer: Answer) -> list[str]:
    """The sentences with their markers, what a reader must know beside them, and the source list."""
    return said(answer) + beneath(answer)


def said(answer: Answer) -> list[str]:
    """The question as it was understood, if it was completed, and the sentences."""
    understood = [f"Understood as: {answer.resolved}", ""] if answer.resolved not in (None, answer.question) else []
    return understood + _flagged(answer).splitlines()


def beneath(answer: Answer) -> list[str]:
    """Notes, who wrote the answer if a model was asked, and the sources; for a refusal the nearest passages."""
    lines = [f"Note: {note}" for note in answer.notes] + _writer(answer)
    if answer.refused:
        near = evidence(answer.evidence[:3])
        return lines + (["", "Nearest passages:", *near] if near else [])
    return lines + sources(answer.citations)


def _writer(answer: Answer) -> list[str]:
    """``Written by gpt-4.1-mini (1,850 tokens read, 32 written, cost 0.0019).`` Nothing where no model was asked."""
    spent = answer.diagnostics
    if not spent.model:
        return []
    who = f"Written by {spent.model}" if answer.answerer == "llm" else f"{spent.model} was asked; extractive answer"
    facts = []
    if spent.tokens_in is not None and spent.tokens_out is not None:
        facts.append(f"{spent.tokens_in:,} tokens read, {spent.tokens_out:,} written")
    if spent.cost is not None:
        facts.append(f"cost {spent.cost:.4f}")
    what = f" ({', '.join(facts)})" if facts else ""
    return [f"{who}{what}."]


def _flagged(answer: Answer) -> str:
    """The answer's text, with a remark behind every sentence that its citations do not wholly support."""
    text, start = answer.text, 0
    for sentence in answer.sentences:
        at = text.find(sentence.text, start)
        if at < 0:
            continue
        end = at + len(sentence.text)
        remark = _remark(sentence)
        text = text[:end] + remark + text[end:]
        start = end + len(remark)
    return text


def _remark(sentence: Sentence) -> str:
    if sentence.status == "supported":
        return ""
    reason = sentence.reason.rstrip(".")
    if not reason and sentence.unverified_figures:
        reason = f"not in the cited passages: {', '.join(sentence.unverified_figures)}"
    what = "partly supported" if sentence.status == "partly" else "unsupported"
    return f" ({what}{f': {reason}' if reason else ''})"


def sources(citations: Sequence[Citation]) -> list[str]:
    """The source list: each cited report with its letter, if it has one, and below it each place with its quote."""
    lines = ["", "Sources"] if citations else []
    by_report: dict[str, list[Citation]] = {}
    for citation in citations:
        by_report.setdefault(citation.report.id, []).append(citation)
    for cited in by_report.values():
        letter = cited[0].marker.strip("[]").rstrip("0123456789[]")
        lines.append(f"{letter[:1] + '  ' if letter else ''}{heading(cited[0].report)}  ({cited[0].report.file})")
        for citation in cited:
            lines.append(f"  {citation.marker}  {place(citation.locator)}: “{_one_line(citation.quote)}”")
    return lines


def _one_line(text: str, limit: int | None = None) -> str:
    text = " ".join(text.split())
    return text if limit is None or len(text) <= limit else text[: limit - 3] + "..."


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - _width(text))
