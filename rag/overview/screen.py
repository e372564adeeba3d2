"""Screens over the filings of a library: `Which company has the highest revenue?`, `Which companies had falling margins?`.

Every company of the library that files reports is a side, by its newest filing unless a year is named. A figure is looked
up for each, as a question on that company alone would; what is not found for one is told in a note.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from rag.answer.citations import Draft, evidence_of
from rag.compare.asked.names import named_companies
from rag.compare.asked.when import times_in
from rag.figures.value import table_currency
from rag.figures.words import alike
from rag.language import analysis, lexicon
from rag.language.embeddings import Encoder
from rag.language.periods import Period
from rag.lookup.answer import figure_draft
from rag.lookup.finder import Finder, Made
from rag.lookup.question import Item, Sought, item_of
from rag.lookup.table import year_before
from rag.lookup.words import change_said, made_said, trend_said, value_said
from rag.overview.answer import Overview
from rag.question.rise_fall import direction
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index, reports_in, search
from rag.types import Report
from rag.views.groups import Group, groups

MOST = 24  # companies that are screened
NEAR = 20  # days between the ends of two periods from which they are not the same
FOUND = 20  # passages in which a figure is looked up
WHO = r"(?:which|what)(?: (?:of (?:the|these|our)|other))? (?:compan(?:y|ies)|firms?|issuers?|filers?|businesses|corporations?)"
_WHO = re.compile(
    rf"^\W*(?:{WHO}|(?:please )?rank (?:all )?(?:of )?(?:the )?companies|whose|who)\b|^\W*哪(?:家|些|几家)(?:公司|企业)",
    re.IGNORECASE,
)
_MOST = re.compile(
    r"\b(?:highest|largest|biggest|greatest|most|lowest|smallest|least|fewest|best|worst)\b|\brank\b|最[高低大小多少]",
    re.IGNORECASE,
)
_LOWEST = re.compile(r"\b(?:lowest|smallest|least|fewest|worst)\b|最[低小少]", re.IGNORECASE)
_LOSS = re.compile(
    r"\b(?:loss-making|unprofitable|in the red|lost money|los(?:e|ing) money|(?:made|had|reported|posted|recorded|ran|suffered) (?:a |an? net )?loss(?:es)?|negative (?:earnings|net income|profits?))\b|亏损",
    re.IGNORECASE,
)
_PROFIT = re.compile(
    r"\b(?:profitable|in the black|ma(?:d|k)e money|(?:made|had|reported|posted) (?:a |an? net )?profits?)\b|盈利的",
    re.IGNORECASE,
)
_MARGINS = ("operating margin", "gross margin", "net margin")
_ANY_MARGIN = re.compile(
    r"(?<!gross )(?<!operating )(?<!net )(?<!profit )(?<!EBITDA )\b(?:profit )?margins?\b", re.IGNORECASE
)
_LOSS_LABEL = re.compile(r"\bloss\b(?!\W*(?:\)|/))", re.IGNORECASE)
_GAIN_LABEL = re.compile(r"\b(?:income|earnings|profit)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Wish:
    """``items``: lines in the order in which they are tried. ``most``: an order; else ``sign``, a profit or loss, or ``way``."""

    items: tuple[Item, ...]
    most: bool
    sign: int
    way: int


@dataclass(frozen=True, slots=True)
class _Told:
    """What a company's filing says: the figures, earlier first, with the sentence; ``draft`` None where nothing was found."""

    name: str
    made: tuple[Made, ...] = ()
    draft: Draft | None = None


def screen(index: Index, encoder: Encoder, question: str, scope: frozenset[str] | None = None) -> Overview | None:
    """What a question for companies by a figure finds in their filings; None where it asks for something else.

    ``scope``: report ids to choose from, None for all.
    """
    wish = _wish(question)
    if wish is None:
        return None
    held = filers(reports_in(index, scope))
    if not 2 <= len(held) <= MOST or named_companies(question, held):
        return None
    chinese = analysis.language(question) == "zh"
    if wish.most:
        losses = wish.items[0].name.endswith(" loss")  # the highest is that which is furthest below nothing
        return _ordered(question, _by_one(index, encoder, question, held, wish.items), losses, chinese)
    told = [_told(index, encoder, question, group, wish.items, both=bool(wish.way)) for group in held]
    fits = [
        each.made and (_sign(each.made[0]) == wish.sign if wish.sign else _way(each.made) == wish.way) for each in told
    ]
    return _fitting(told, [bool(fit) for fit in fits], chinese)


def asks_figure(question: str) -> bool:
    """Whether a question for companies is one by a figure of theirs."""
    return _wish(question) is not None


def _wish(question: str) -> _Wish | None:
    if not _WHO.search(question):
        return None
    most = bool(_MOST.search(question))
    sign = 0 if most else bool(_PROFIT.search(question)) - bool(_LOSS.search(question))
    way = 0 if most or sign else direction(_WHO.sub(" ", question))
    income = item_of("net income")
    items = (income,) if sign and income else _items(question)
    return _Wish(items, most, sign, way) if items and (most or way or sign) else None


def filers(reports: Sequence[Report]) -> tuple[Group, ...]:
    """The companies of reports, with those of their reports that are filings: long, and of a period of their own."""
    return groups(tuple(r for r in reports if r.companies and r.period and r.passages > SHORT_REPORT))


def newest(group: Group, when: Sequence[Period] = ()) -> Report:
    """The newest filing of a company; of those that are of a time, if there are any."""
    return max(of_years(group.reports, when) or group.reports, key=lambda report: (report.date or date.min, report.id))


def of_years(reports: Sequence[Report], when: Sequence[Period]) -> list[Report]:
    """The filings of the years that are named."""
    return [report for report in reports if any(str(p.end.year) in (report.period or "") for p in when)]


def _items(question: str) -> tuple[Item, ...]:
    """The lines that a question screens by, in the order in which they are tried."""
    if _ANY_MARGIN.search(question):
        return tuple(item for name in _MARGINS if (item := item_of(name)))
    named = [e.canonical for e in lexicon.expand(question) if e.kind in ("metric", "line_item")]
    return tuple(item for name in named[:1] if (item := item_of(name)))


def _told(index: Index, encoder: Encoder, question: str, group: Group, items: Sequence[Item], *, both: bool) -> _Told:
    """A company by the first of these lines that its filing has; ``both``: with the year before."""
    chinese = analysis.language(question) == "zh"
    when = times_in(question, group.reports)
    report = newest(group, when)
    for item in items:
        hits = search(index, encoder, f"What was the {item.name}?", limit=FOUND, scope=frozenset({report.id}))
        finder = Finder(index, (report,), hits, Sought((item,), tuple(when), "value", frozenset(), (), chinese))
        try:
            last = when[-1] if when else finder.newest((item,))
            made = tuple(finder.made(item, time) for time in ((year_before(last), last) if both else (last,)))
        except LookupError:
            continue
        cells = tuple(dict.fromkeys(cell for each in made for cell in each.cells))
        if draft := figure_draft(_said(made, chinese), cells):
            return _Told(group.name, made, draft)
    return _Told(group.name)


def _by_one(index: Index, encoder: Encoder, question: str, held: Sequence[Group], items: Sequence[Item]) -> list[_Told]:
    """Every company by the same one of these lines, that which most filings have: of different margins none is the higher."""
    best: list[_Told] = []
    for item in items:
        told = [_told(index, encoder, question, group, (item,), both=False) for group in held]
        best = max(best, told, key=lambda each: sum(one.draft is not None for one in each))
        if all(one.draft is not None for one in best):
            break
    return best


def _said(made: Sequence[Made], chinese: bool) -> str:
    if len(made) == 1:
        return made_said(made[0], chinese) if made[0].steps else value_said(made[0], chinese)
    steps = any(each.steps for each in made)
    return trend_said(made, chinese) if steps else change_said(made[0], made[1], chinese)


def _way(made: Sequence[Made]) -> int:
    return (made[-1].value > made[0].value) - (made[-1].value < made[0].value)


def _sign(made: Made) -> int:
    """1 for a profit, -1 for a loss: by the sign of the figure, or a label that says no more than `loss`."""
    label = made.cells[0].label
    lost = bool(_LOSS_LABEL.search(label)) and not _GAIN_LABEL.search(label)
    return -1 if made.value < 0 or lost else 1


def _worth(made: Made) -> Decimal:
    """A figure in plain units, a loss below nothing."""
    scale = made.cells[0].scale if made.unit == "" else None
    return _sign(made) * abs(made.value) * (scale or Decimal(1))


def _ordered(question: str, told: Sequence[_Told], losses: bool, chinese: bool) -> Overview | None:
    """The companies by a figure, that with most (or least) of it first; as they stand where the currencies differ."""
    known = [(each, each.draft) for each in told if each.draft is not None]
    if len(known) < 2:
        return None
    low = bool(_LOWEST.search(question))
    told_in = [currency for each, _ in known if (currency := _currency(each.made[0]))]
    one = all(currency == told_in[0] or alike(currency, told_in[0]) for currency in told_in)
    if one:
        known.sort(key=lambda pair: _worth(pair[0].made[0]), reverse=low == losses)
    first = f"最{'低' if low else '高'}:" if chinese else f"{'Lowest' if low else 'Highest'}: "
    drafts = [
        _named(each.name, draft, chinese, first if one and not n else "") for n, (each, draft) in enumerate(known)
    ]
    notes = [*_missing(told, chinese)]
    if not one:
        notes.append(
            "各公司的货币不同,未作排序。"
            if chinese
            else "The amounts are not in one currency, so they are not set in order."
        )
    ends = [each.made[0].when.end for each, _ in known]
    if (max(ends) - min(ends)).days > NEAR:
        notes.append(
            "各公司数字的期间不同。"
            if chinese
            else "The figures are of the newest filing of each company, and not all of the same time."
        )
    return Overview(tuple(drafts), evidence_of(drafts), tuple(notes))


def _currency(made: Made) -> str:
    """The currency that the table of a figure names, by its sign or word; empty where it names none, or for a ratio."""
    passage = made.cells[0].evidence.passage
    around = "\n".join((passage.text, *passage.section[-2:]))
    return "" if made.unit else table_currency(around) or ("USD" if "$" in around else "")


def _named(name: str, draft: Draft, chinese: bool, lead: str = "") -> Draft:
    return replace(draft, text=f"{lead}{name}{':' if chinese else ': '}{draft.text}")


def _fitting(told: Sequence[_Told], fits: Sequence[bool], chinese: bool) -> Overview | None:
    """The companies of which it is so, each with its figures; where it is so of none, the figures show that."""
    known = [(each, each.draft, fit) for each, fit in zip(told, fits, strict=True) if each.draft is not None]
    if len(known) < 2:
        return None
    so = any(fits)
    drafts = [_named(each.name, draft, chinese) for each, draft, fit in known if fit or not so]
    notes = [
        *_note("Not so by their newest filings", "并非如此", [e.name for e, _, fit in known if so and not fit], chinese)
    ]
    if not so:
        notes.append("没有公司符合,以下是各公司的数字。" if chinese else "It is so of none; these are the figures.")
    return Overview(tuple(drafts), evidence_of(drafts), (*notes, *_missing(told, chinese)))


def _missing(told: Sequence[_Told], chinese: bool) -> Iterator[str]:
    return _note("Not found for", "未找到", [each.name for each in told if each.draft is None], chinese)


def _note(text: str, zh: str, names: Sequence[str], chinese: bool) -> Iterator[str]:
    if names:
        listed = f"{zh}:{'、'.join(names)}" if chinese else f"{text}: {', '.join(names)}"
        yield listed if listed.endswith(".") else f"{listed}{'。' if chinese else '.'}"
