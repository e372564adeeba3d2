"""The proof: a cited passage in its surroundings, or a whole report, as HTML for the panel on the right. Pure.

``proof`` and ``reading`` get the report and its passages; every text goes through ``esc``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rag.types import Passage, Report
from ui.i18n import Words, worded
from ui.safe import RULE, cells_of, esc, esc_lines, grid_lines, is_grid
from ui.said import origin, place

AROUND = 40
"""Passages shown before and after the cited one."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page to show as a picture: 1-based ``page`` of ``pages``, and the quote's boxes on it.

    A box is left, top, width and height as fractions (0..1) of the page.
    """

    page: int
    pages: int
    boxes: tuple[tuple[float, float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Target:
    """What a citation points at: a passage, and the characters of that passage's text that were quoted."""

    passage_id: str
    start: int
    end: int


def empty(t: Words) -> str:
    """The panel before anything was opened."""
    return (
        f'<div class="proof empty"><div class="empty-mark" aria-hidden="true">[5]</div>'
        f"<p><strong>{esc(t['proof_empty'])}</strong></p><p>{esc(t['proof_empty_sub'])}</p></div>"
    )


def missing(quote: str, t: Words) -> str:
    """The panel for a citation whose report has left the library: what it quoted stays readable."""
    if not quote:
        return f'<div class="proof empty"><p>{esc(t["proof_unknown"])}</p></div>'
    return f'<div class="proof empty"><p>{esc(t["proof_gone"])}</p><blockquote>{esc(quote)}</blockquote></div>'


def proof(report: Report, passages: Sequence[Passage], target: Target, t: Words, sheet: Sheet | None = None) -> str:
    """The cited passage, marked, among up to ``AROUND`` neighbours on each side; with ``sheet`` its page beside it."""
    at = next((n for n, passage in enumerate(passages) if passage.id == target.passage_id), None)
    if at is None:
        return missing("", t)
    low, high = max(0, at - AROUND), min(len(passages), at + AROUND + 1)
    rows = _rows(passages, low, high, target, t)
    return _panel(_head(report, t, sheet, cited=True), _frame(rows, low, len(passages) - high, t), report, sheet, t)


def reading(report: Report, passages: Sequence[Passage], t: Words, sheet: Sheet | None = None) -> str:
    """A report from its beginning, with what was read from its first page."""
    high = min(len(passages), 4 * AROUND)
    rows = _rows(passages, 0, high, None, t)
    head = _head(report, t, sheet) + _facts(report, t)
    return _panel(head, _frame(rows, 0, len(passages) - high, t), report, sheet, t)


def _panel(head: str, passages: str, report: Report, sheet: Sheet | None, t: Words) -> str:
    if sheet is None:
        return f'<article class="proof">{head}{passages}</article>'
    boxes = "".join(
        f'<span class="box" style="left:{x:.3%};top:{y:.3%};width:{w:.3%};height:{h:.3%}"></span>'
        for x, y, w, h in sheet.boxes
    )
    alt = f"{t['page_n'].format(n=sheet.page)}, {report.title}"
    picture = f'<img src="/page/{esc(report.id)}/{sheet.page}.png" alt="{esc(alt)}">'
    return (
        f'<article class="proof has-sheet">{head}<figure class="sheet" tabindex="0" aria-label="{esc(t["view_page"])}" data-report="{esc(report.id)}" '
        f'data-page="{sheet.page}" data-pages="{sheet.pages}" data-cited="{sheet.page if sheet.boxes else 0}">'
        f'<div class="paper">{picture}{boxes}</div></figure>{passages}</article>'
    )


def _head(report: Report, t: Words, sheet: Sheet | None, *, cited: bool = False) -> str:
    rating = f'<span class="chip rating">{esc(report.rating)}</span>' if report.rating else ""
    steps = _steps("cite", "", t["previous"], t["next"]) if cited else ""
    if sheet is not None:
        steps += _steps("page", f"{sheet.page} / {sheet.pages}", t["previous_page"], t["next_page"], t["page"])
        steps += f'<button class="tool" id="act-zoom" aria-pressed="false">{esc(t["zoom"])}</button>'
        steps += f'<button class="tool" id="act-view" title="{esc(t["view_hint"])}">{esc(t["view_text"])}</button>'
    tools = f'<div class="tools"><span class="steps">{steps}</span></div>' if steps else ""
    return (
        f'<header><div class="kicker"><span>{esc(origin(report))}</span>{rating}'
        f'<a class="tool" href="/file/{esc(report.id)}" target="_blank" rel="noopener">{esc(t["open_file"])}</a></div>'
        f'<h2 tabindex="-1">{esc(report.title)}</h2>{tools}</header>'
    )


def _steps(name: str, count: str, back: str, on: str, label: str = "") -> str:
    word = f'<span class="step-label">{esc(label)}</span>' if label else ""
    return (
        f'<span class="step">{word}<button class="act" id="act-previous-{name}" title="{esc(back)}" aria-label="{esc(back)}">'
        f'‹</button><span class="count" id="count-{name}">{esc(count)}</span>'
        f'<button class="act" id="act-next-{name}" title="{esc(on)}" aria-label="{esc(on)}">›</button></span>'
    )


def _facts(report: Report, t: Words) -> str:
    price = "" if report.target_price is None else f"{report.currency or ''} {report.target_price:g}".strip()
    pairs = [
        (t["company"], ", ".join((*report.companies, *report.tickers))),
        (t["rating"], " ← ".join(filter(None, (report.rating, report.previous_rating)))),
        (t["target"], price),
        (t["period"], report.period or ""),
        (t["authors"], ", ".join(report.authors)),
        (t["language"], t[f"lang_{report.language}"]),
        (t["pages_head"], str(report.pages) if report.pages else ""),
        (t["file"], report.file_name),
    ]
    rows = "".join(f"<dt>{esc(name)}</dt><dd>{esc(value)}</dd>" for name, value in pairs if value)
    warnings = "".join(f"<li>{esc(worded(t, warning))}</li>" for warning in report.warnings)
    return f'<dl class="facts">{rows}</dl>' + (f'<ul class="notes">{warnings}</ul>' if warnings else "")


def _frame(rows: str, before: int, after: int, t: Words) -> str:
    top = f'<p class="more">{esc(t["earlier_text"].format(n=before))}</p>' if before else ""
    bottom = f'<p class="more">{esc(t["later_text"].format(n=after))}</p>' if after else ""
    return (
        f'<div class="passages" role="region" tabindex="0" aria-label="{esc(t["view_text"])}">{top}{rows}{bottom}</div>'
    )


def _rows(passages: Sequence[Passage], low: int, high: int, target: Target | None, t: Words) -> str:
    out: list[str] = []
    section: tuple[str, ...] = ()
    page: int | None = None
    for passage in passages[low:high]:
        if passage.page is not None and passage.page != page:
            out.append(f'<div class="page-line"><span>{esc(t["page_n"].format(n=passage.page))}</span></div>')
            page = passage.page
        if passage.section != section:
            new = _new_headings(section, passage.section)
            out += [f"<h3>{esc(heading)}</h3>" for heading in new if " | " not in heading]  # a table shows its own head
            section = passage.section
        out.append(_row(passage, target, t))
    return "".join(out)


def _new_headings(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    return new[same:]


def _row(passage: Passage, target: Target | None, t: Words) -> str:
    cited = target is not None and passage.id == target.passage_id
    text = _lines(passage.text, *quoted(passage, target)) if cited and target else _lines(passage.text)
    kind = " cited" if cited else "" if passage.searchable else " dim"
    label = passage.locator.brackets if passage.locator.kind == "mark" else f"¶{passage.paragraph}"
    hint = t["boilerplate"] if not passage.searchable else place(passage.locator, t)
    shown = f'<span class="sr">{esc(t["cited_here"])}: </span>' if cited else ""
    return (
        f'<div class="passage {passage.kind}{kind}"><span class="gutter" title="{esc(hint)}">{esc(label)}</span>'
        f'<div class="text">{shown}{text}</div></div>'
    )


def quoted(passage: Passage, target: Target) -> tuple[int, int]:
    """The quoted characters of the passage's text; all of it where the span does not lie in it."""
    inside = 0 <= target.start < target.end <= len(passage.text)
    return (target.start, target.end) if inside else (0, len(passage.text))


def _lines(text: str, start: int = 0, end: int = 0) -> str:
    """Text with its line breaks, the characters from ``start`` to ``end`` marked; rows of a table as a table."""
    if not is_grid(text):
        before, quote, after = text[:start], text[start:end], text[end:]
        return f"{esc_lines(before)}<mark>{esc_lines(quote)}</mark>{esc_lines(after)}" if quote else esc_lines(text)
    out: list[str] = []
    rows: list[str] = []
    at = 0
    for line, in_table in [*zip(text.split("\n"), grid_lines(text), strict=True), ("", False)]:
        if in_table and not (len(rows) == 1 and RULE.match(line)):
            rows.append(f"<tr>{_cells(line, start - at, end - at)}</tr>")
        elif rows and not in_table:
            out.append(f'<div class="grid"><table>{"".join(rows)}</table></div>')
            rows = []
        if line.strip() and not in_table:
            out.append(f"<div>{_part(line, start - at, end - at)}</div>")
        at += len(line) + 1
    return "".join(out)


def _cells(line: str, start: int, end: int) -> str:
    """A row's cells, marked as far as they lie between the characters ``start`` and ``end`` of the line."""
    out, at = [], 0
    for cell in cells_of(line):
        at = line.index(cell, at)
        out.append(f"<td>{_part(cell, start - at, end - at)}</td>")
        at += len(cell)
    return "".join(out)


def _part(text: str, start: int, end: int) -> str:
    """A piece of a line with the characters from ``start`` to ``end`` marked; both may lie outside of it."""
    start, end = max(0, start), min(len(text), end)
    if start >= end:
        return esc(text)
    return f"{esc(text[:start])}<mark>{esc(text[start:end])}</mark>{esc(text[end:])}"
