"""The proof: a cited passage in its surroundings, or a whole report, as HTML for the panel on the right. Pure.

``proof`` and ``reading`` get the report and its passages; every text goes through ``esc``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.types import Passage, Report
from ui.i18n import plural
from ui.render import place
from ui.safe import esc

Words = Mapping[str, str]
AROUND = 40
"""Passages shown before and after the cited one."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a citation points at: a passage, and the characters of the report's text that were quoted."""

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


def proof(report: Report, passages: Sequence[Passage], target: Target, t: Words) -> str:
    """The cited passage, marked, among up to ``AROUND`` neighbours on each side."""
    at = next((n for n, passage in enumerate(passages) if passage.id == target.passage_id), None)
    if at is None:
        return missing("", t)
    low, high = max(0, at - AROUND), min(len(passages), at + AROUND + 1)
    rows = _rows(passages, low, high, target, t)
    return (
        f'<article class="proof">{_head(report, t, cited=True)}{_frame(rows, low, len(passages) - high, t)}</article>'
    )


def reading(report: Report, passages: Sequence[Passage], t: Words) -> str:
    """A report from its beginning, with what was read from its first page."""
    high = min(len(passages), 4 * AROUND)
    rows = _rows(passages, 0, high, None, t)
    return f'<article class="proof">{_head(report, t)}{_facts(report, t)}{_frame(rows, 0, len(passages) - high, t)}</article>'


def _head(report: Report, t: Words, *, cited: bool = False) -> str:
    day = f'<span class="day">{report.date.isoformat()}</span>' if report.date else f"<span>{esc(t['undated'])}</span>"
    rating = f'<span class="chip rating">{esc(report.rating)}</span>' if report.rating else ""
    steps = (
        f'<span class="steps"><button class="act" id="act-previous-cite" title="{esc(t["previous"])}" '
        f'aria-label="{esc(t["previous"])}">‹</button><span class="step-count"></span>'
        f'<button class="act" id="act-next-cite" title="{esc(t["next"])}" aria-label="{esc(t["next"])}">›</button></span>'
        if cited
        else ""
    )
    return (
        f'<header><div class="kicker"><span class="broker">{esc(report.broker or t["no_broker"])}</span>{day}{rating}</div>'
        f'<h2 tabindex="-1">{esc(report.title)}</h2>'
        f'<div class="tools">{steps}<a class="tool" href="/file/{esc(report.id)}" target="_blank" rel="noopener">'
        f"{esc(t['open_file'])}</a></div></header>"
    )


def _facts(report: Report, t: Words) -> str:
    price = "" if report.target_price is None else f"{report.currency or ''} {report.target_price:g}".strip()
    pairs = [
        (t["company"], ", ".join((*report.companies, *report.tickers))),
        (t["rating"], " ← ".join(filter(None, (report.rating, report.previous_rating)))),
        (t["target"], price),
        (t["language"], t[f"lang_{report.language}"]),
        (t["page"], str(report.pages) if report.pages else ""),
    ]
    rows = "".join(f"<dt>{esc(name)}</dt><dd>{esc(value)}</dd>" for name, value in pairs if value)
    warnings = "".join(f"<li>{esc(warning)}</li>" for warning in report.warnings)
    return f'<dl class="facts">{rows}</dl>' + (f'<ul class="notes">{warnings}</ul>' if warnings else "")


def _frame(rows: str, before: int, after: int, t: Words) -> str:
    top = f'<p class="more">{esc(t["earlier_text"].format(n=before))}</p>' if before else ""
    bottom = f'<p class="more">{esc(t["later_text"].format(n=after))}</p>' if after else ""
    return f'<div class="passages">{top}{rows}{bottom}</div>'


def _rows(passages: Sequence[Passage], low: int, high: int, target: Target | None, t: Words) -> str:
    out: list[str] = []
    section: tuple[str, ...] = ()
    page: int | None = None
    for passage in passages[low:high]:
        if passage.page is not None and passage.page != page:
            out.append(f'<div class="page-line"><span>{esc(t["page_n"].format(n=passage.page))}</span></div>')
            page = passage.page
        if passage.section != section:
            out += [f"<h3>{esc(heading)}</h3>" for heading in _new_headings(section, passage.section)]
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
    text = _lines(passage.text)
    if cited and target is not None:
        text = _marked(passage, target)
    kind = " cited" if cited else "" if passage.searchable else " dim"
    label = passage.locator.brackets if passage.locator.kind == "mark" else f"¶{passage.paragraph}"
    hint = t["boilerplate"] if not passage.searchable else place(passage.locator, t)
    shown = f'<span class="sr">{esc(t["cited_here"])}: </span>' if cited else ""
    return (
        f'<div class="passage {passage.kind}{kind}"><span class="gutter" title="{esc(hint)}">{esc(label)}</span>'
        f'<div class="text">{shown}{text}</div></div>'
    )


def _marked(passage: Passage, target: Target) -> str:
    """The passage with the quoted characters marked; the whole passage where the span does not lie in it."""
    start, end = target.start - passage.start, target.end - passage.start
    if not 0 <= start < end <= len(passage.text):
        start, end = 0, len(passage.text)
    before, quote, after = passage.text[:start], passage.text[start:end], passage.text[end:]
    return f"{_lines(before)}<mark>{_lines(quote)}</mark>{_lines(after)}"


def _lines(text: str) -> str:
    return "<br>".join(esc(line) for line in text.split("\n"))


def caption(report: Report, t: Words) -> str:
    """``title · broker · date · 12 pages`` in one line, for labels."""
    parts = [report.title, report.broker or t["no_broker"], report.date.isoformat() if report.date else t["undated"]]
    if report.pages:
        parts.append(plural(t, "pages", report.pages))
    return " · ".join(parts)
