"""The library room: which reports are shown, in what order, and as what HTML. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rag.language.analysis import fold
from rag.types import AddResult, Progress, Report
from ui.i18n import Words, plural, worded
from ui.safe import clip, esc

_TELLING = 0.05
"""Share of a batch's bytes from which its time left can be told."""
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
    if filters.broker and fold(report.broker or "") != fold(filters.broker):
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
    """Every broker of the library, by name; one that reports write in capitals and not is one."""
    named: dict[str, str] = {}
    for broker in sorted({report.broker for report in reports if report.broker}, reverse=True):  # small letters first
        named.setdefault(fold(broker), broker)
    return sorted(named.values(), key=fold)


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
    noted = "; ".join(worded(t, warning) for warning in report.warnings)
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
    """One file on its way into the library; ``result`` is None until it has arrived or failed.

    ``earlier``: a report of the library that came from a file of the same name.
    """

    name: str
    result: AddResult | None = None
    reading: bool = False
    earlier: Report | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that were chosen together; ``progress``: how far the library is with those that it reads."""

    rows: tuple[Upload, ...] = ()
    progress: Progress | None = None


def uploads_html(batch: Batch, t: Words) -> str:
    """Progress of the batch, and each file with what came of it."""
    if not batch.rows:
        return ""
    done = sum(1 for upload in batch.rows if upload.result is not None)
    rows = "".join(_upload(upload, t) for upload in batch.rows)
    return f'<div class="uploads" role="status">{_how_far(batch, done, t)}<ul>{rows}</ul></div>'


def _how_far(batch: Batch, done: int, t: Words) -> str:
    total = len(batch.rows)
    if done == total:
        came = Counter(upload.result.status for upload in batch.rows if upload.result)
        words = [
            f"{came[state]} {t[f'st_{state}']}" for state in ("added", "replaced", "unchanged", "failed") if came[state]
        ]
        close = f'<button class="act" id="act-uploads-done">{esc(t["hide"])}</button>'
        return f'<div class="count"><span>{esc(" · ".join(words))}</span>{close}</div>'
    words = [t["adding"].format(i=min(done + 1, total), n=total), *_pace(batch.progress, t)]
    share = (
        batch.progress.bytes_done / batch.progress.bytes_total if batch.progress and batch.progress.bytes_total else 0
    )
    return (
        f'<div class="count"><span>{esc(" · ".join(words))}</span></div>'
        f'<progress max="1" value="{max(share, done / total):.3f}" aria-label="{esc(words[0])}"></progress>'
    )


def _pace(now: Progress | None, t: Words) -> list[str]:
    """The rate, and the time left, as far as they are known."""
    if now is None:
        return []
    words = []
    if now.rate > 0:
        rate = f"{now.rate:,.0f}" if now.rate >= 10 else f"{now.rate:.1f}"
        words.append(t["pages_rate" if now.pages else "passages_rate"].format(n=rate))
    if now.remaining is not None and now.remaining >= 1 and now.bytes_done >= _TELLING * now.bytes_total:
        minutes, seconds = divmod(round(now.remaining), 60)
        words.append(t["time_left"].format(time=f"{minutes}:{seconds:02d}"))
    return words


def _upload(upload: Upload, t: Words) -> str:
    result = upload.result
    state = result.status if result else "reading" if upload.reading else "waiting"
    name = f'<span class="name" title="{esc(upload.name)}">{esc(clip(upload.name, 60))}</span>'
    more = ""
    if result is not None and state == "failed":
        more = f'<span class="why">{esc(worded(t, result.message))}</span>'
    elif result is not None and result.report is not None:
        name = (
            f'<button class="act report-open name" value="{esc(result.report.id)}" title="{esc(upload.name)}">'
            f"{esc(clip(upload.name, 60))}</button>"
        )
        notes = [_read_as(result.report, t), *(worded(t, warning) for warning in result.report.warnings)]
        more = "".join(f'<span class="why">{esc(note)}</span>' for note in notes) + _earlier(upload, result.report, t)
    return f'<li class="{state}">{name}<span class="state">{esc(t[f"st_{state}"])}</span>{more}</li>'


def _read_as(report: Report, t: Words) -> str:
    """What the reader took the file for, so that a mistake is seen at once."""
    day = report.date.isoformat() if report.date else t["undated"]
    return " · ".join(part for part in (report.broker, day, clip(report.title, 90)) if part)


def _earlier(upload: Upload, new: Report, t: Words) -> str:
    old = upload.earlier
    if old is None:
        return ""
    words = t["earlier"].format(title=clip(old.title, 60), date=old.date.isoformat() if old.date else t["undated"])
    return (
        f'<span class="why earlier">{esc(words)} <button class="act replace" value="{esc(new.id)}/{esc(old.id)}">'
        f"{esc(t['earlier_replace'])}</button></span>"
    )
