"""The coverage matrix: company by broker by month, and what the library lacks. Pure; counted by ``rag.views.coverage``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.types import Report
from rag.views.coverage import Coverage, Covered
from rag.views.groups import groups
from ui.i18n import Words
from ui.safe import clip, esc

MONTHS = 12
"""Months shown, up to the newest report's."""
ROWS = 300
"""Lines shown; the choice of a company shows the others."""

Newest = dict[tuple[str, str | None, str], Report]


def newest(reports: Sequence[Report]) -> Newest:
    """The newest report by company, broker and month (``2026-02``): what a cell of the matrix opens."""
    found: Newest = {}
    for group in groups([report for report in reports if report.companies or report.tickers]):
        for members in group.by_broker:
            for report in members:
                if report.date:
                    found[group.name, members[-1].broker, f"{report.date:%Y-%m}"] = report
    return found


def matrix_html(held: Coverage, reports: Sequence[Report], t: Words, company: str = "") -> str:
    """The matrix as a table, of one company or all; a cell opens its newest report, an empty one is a gap."""
    rows = [row for row in held.rows if not company or row.company == company][:ROWS]
    months = [month for month in held.months if any(month in row.counts for row in rows)]
    months = [month for month in held.months if months and months[0] <= month <= months[-1]][-MONTHS:]
    head = f'<h3>{esc(t["coverage"])}</h3><p class="hint">{esc(t["coverage_sub"])}</p>'
    if not months:
        return f'{head}<p class="none">{esc(t["coverage_none"])}</p>{_unplaced(reports, t)}'
    heads = "".join(f'<th scope="col">{month}</th>' for month in months)
    opens = newest(reports)
    body = "".join(_row(row, rows[n - 1] if n else None, months, opens, t) for n, row in enumerate(rows))
    corner = f'<th scope="col">{esc(t["company"])}</th><th scope="col">{esc(t["broker"])}</th>'
    return (
        f'{head}<div class="table" role="region" tabindex="0" aria-label="{esc(t["coverage"])}"><table class="matrix">'
        f"<thead><tr>{corner}{heads}</tr></thead><tbody>{body}</tbody></table></div>{_unplaced(reports, t)}"
    )


def _row(row: Covered, above: Covered | None, months: Sequence[str], opens: Newest, t: Words) -> str:
    name = "" if above is not None and above.company == row.company else esc(clip(row.company, 40))
    first = f'<th scope="rowgroup">{name}</th>' if name else "<td></td>"
    cells = "".join(_cell(row.counts.get(m, 0), opens.get((row.company, row.broker, m)), t) for m in months)
    return f'<tr>{first}<th scope="row" class="by">{esc(row.broker or t["broker_none"])}</th>{cells}</tr>'


def _cell(count: int, report: Report | None, t: Words) -> str:
    if not count or report is None:
        return f'<td class="gap"><span aria-hidden="true">·</span><span class="sr">{esc(t["gap"])}</span></td>'
    label = f"{report.date or date.min}: {clip(report.title, 80)}"
    return (
        f'<td class="has n{min(count, 3)}"><button class="act report-open" value="{esc(report.id)}" title="{esc(label)}" '
        f'aria-label="{count}, {esc(label)}">{count}</button></td>'
    )


def _unplaced(reports: Sequence[Report], t: Words) -> str:
    """What the matrix cannot hold, so that a gap is not taken for missing research."""
    lacking = {
        "lack_date": sum(1 for report in reports if report.date is None),
        "lack_company": sum(1 for report in reports if not (report.companies or report.tickers)),
        "lack_broker": sum(1 for report in reports if report.broker is None),
    }
    words = [t[name].format(n=number) for name, number in lacking.items() if number]
    return f'<p class="hint">{esc(" · ".join(words))}</p>' if words else ""
