"""The library room: which reports are shown, in what order, and as what HTML. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rag.analysis import fold
from rag.types import AddResult, Report
from ui.i18n import plural
from ui.safe import clip, esc

Words = Mapping[str, str]
SHOWN = 200
"""Reports listed at once; a larger library is narrowed by search and filters."""

Sort = Literal["date", "oldest", "title", "broker"]
SORTS: tuple[Sort, ...] = ("date", "oldest", "title", "broker")
FIELDS = ("title", "broker", "companies", "date", "rating", "target_price", "currency")
"""What of a report's metadata the page lets a reader correct."""
UPLOAD_TYPES = (".pdf", ".docx", ".html", ".htm", ".md", ".markdown", ".txt")


@dataclass(frozen=True, slots=True)
class Filters:
    """What the list is narrowed to; an empty value does not narrow. Dates are inclusive."""

    search: str = ""
    broker: str = ""
    company: str = ""
    language: str = ""
    since: date | None = None
    until: date | None = None
    sort: Sort = "date"


def matching(reports: Iterable[Report], filters: Filters) -> list[Report]:
    """The reports that fit, sorted. Every word of the search must occur in title, broker, companies, tickers or file."""
    words = fold(filters.search).split()
    kept = [report for report in reports if _fits(report, filters, words)]
    if filters.sort == "title":
        return sorted(kept, key=lambda r: fold(r.title))
    if filters.sort == "broker":
        return sorted(kept, key=lambda r: (r.broker is None, fold(r.broker or ""), -_day(r)))
    newest = filters.sort == "date"
    return sorted(kept, key=lambda r: (r.date is None, -_day(r) if newest else _day(r), fold(r.title)))


def _day(report: Report) -> int:
    return report.date.toordinal() if report.date else 0


def _fits(report: Report, filters: Filters, words: Sequence[str]) -> bool:
    if filters.broker and report.broker != filters.broker:
        return False
    if filters.company and filters.company not in report.companies:
        return False
    if filters.language and report.language != filters.language:
        return False
    if (filters.since or filters.until) and report.date is None:
        return False
    if report.date and filters.since and report.date < filters.since:
        return False
    if report.date and filters.until and report.date > filters.until:
        return False
    if not words:
        return True
    haystack = fold(" ".join((report.title, report.broker or "", *report.companies, *report.tickers, report.stem)))
    return all(word in haystack for word in words)


def brokers(reports: Iterable[Report]) -> list[str]:
    """Every broker of the library, by name."""
    return sorted({report.broker for report in reports if report.broker}, key=fold)


def companies(reports: Iterable[Report]) -> list[str]:
    """Every company of the library, by name."""
    return sorted({company for report in reports for company in report.companies}, key=fold)


def form_values(report: Report) -> dict[str, str]:
    """What the form for corrections starts with, by the name of the field."""
    return {
        "title": report.title,
        "broker": report.broker or "",
        "companies": ", ".join(report.companies),
        "date": report.date.isoformat() if report.date else "",
        "rating": report.rating or "",
        "target_price": "" if report.target_price is None else f"{report.target_price:.15g}",
        "currency": report.currency or "",
    }


def list_html(shown: Sequence[Report], total: int, selected: Collection[str], t: Words) -> str:
    """The list, with a box to choose the reports to ask; ``total`` is the number of reports in the library."""
    if not total:
        return f'<div class="reports none">{esc(t["no_reports"])}</div>'
    if not shown:
        return f'<div class="reports none">{esc(t["no_match"])}</div>'
    rows = "".join(_row(report, report.id in selected, t) for report in shown[:SHOWN])
    counted = plural(t, "reports", total) if len(shown) == total else t["reports_shown"].format(k=len(shown), n=total)
    rest = len(shown) - SHOWN
    more = f'<p class="more">{esc(t["reports_more"].format(n=rest))}</p>' if rest > 0 else ""
    all_of = f'<button class="act" id="act-pick-shown">{esc(t["pick_shown"])}</button>' if len(shown) > 1 else ""
    return f'<div class="count"><span>{esc(counted)}</span>{all_of}</div><ul class="reports">{rows}</ul>{more}'


def _row(report: Report, selected: bool, t: Words) -> str:
    day = report.date.isoformat() if report.date else t["undated"]
    facts = [day, t[f"lang_{report.language}"]]
    if report.pages:
        facts.append(plural(t, "pages", report.pages))
    facts.append(plural(t, "passages", report.passages))
    rating = f'<span class="chip rating">{esc(report.rating)}</span>' if report.rating else ""
    noted = "; ".join(report.warnings)
    warning = f'<span class="chip warn" title="{esc(noted)}">{esc(t["warning"])}</span>' if noted else ""
    return (
        f'<li class="report{" on" if selected else ""}">'
        f'<input type="checkbox" class="pick" value="{esc(report.id)}" aria-label="{esc(t["select"])}: '
        f'{esc(clip(report.title, 120))}" title="{esc(t["select"])}"{" checked" if selected else ""}>'
        f'<button class="open" value="{esc(report.id)}"><span class="broker">{esc(report.broker or ", ".join(report.companies[:2]) or report.stem)}</span>'
        f'<span class="title">{esc(report.title)}</span>'
        f'<span class="facts">{esc(" · ".join(facts))}</span>{rating}{warning}</button></li>'
    )


def scope_html(selected: int, total: int, t: Words) -> str:
    """The line above the question box that says which reports are asked."""
    if not total:
        return ""
    if selected:
        words = t["scope_some"].format(k=selected, n=total)
        return f'<span class="scope on">{esc(words)} <button class="act" id="act-scope-clear">{esc(t["scope_clear"])}</button></span>'
    words = t["scope_one"] if total == 1 else t["scope_all"].format(n=total)
    return f'<span class="scope">{esc(words)}</span>'


@dataclass(frozen=True, slots=True)
class Upload:
    """One file on its way into the library; ``result`` is None until it has arrived or failed."""

    name: str
    result: AddResult | None = None
    reading: bool = False


def uploads_html(uploads: Sequence[Upload], t: Words) -> str:
    """Progress per file, with the reason for each that failed."""
    if not uploads:
        return ""
    done = sum(1 for upload in uploads if upload.result is not None)
    head = ""
    if done < len(uploads):
        words = t["adding"].format(i=min(done + 1, len(uploads)), n=len(uploads))
        head = (
            f'<div class="count">{esc(words)}</div>'
            f'<progress max="{len(uploads)}" value="{done}" aria-label="{esc(words)}"></progress>'
        )
    return (
        f'<div class="uploads" role="status">{head}<ul>{"".join(_upload(upload, t) for upload in uploads)}</ul></div>'
    )


def _upload(upload: Upload, t: Words) -> str:
    result = upload.result
    state = result.status if result else "reading" if upload.reading else "waiting"
    detail = ""
    if result is not None:
        notes = [result.message] if result.message and state == "failed" else []
        notes += list(result.report.warnings) if result.report else []
        detail = "".join(f'<span class="why">{esc(note)}</span>' for note in notes)
    return (
        f'<li class="{state}"><span class="name" title="{esc(upload.name)}">{esc(clip(upload.name, 60))}</span>'
        f'<span class="state">{esc(t[f"st_{state}"])}</span>{detail}</li>'
    )
