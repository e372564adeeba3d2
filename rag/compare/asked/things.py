"""Names that a question sets side by side and that no report is on: `copper or aluminium`, `Novo and Lilly`, 神华与陕煤.

Which they are is told by the word that joins them, whatever the verb. The library has no report on each, but a report
whose statements name them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rag.answer.wanted import want
from rag.compare.asked.joined import EDGE_ZH, NAMES, WEIGHS, Span, side_by_side
from rag.compare.asked.names import MOST, held_companies, named_brokers, named_companies
from rag.compare.asked.phrases import as_written, grown
from rag.compare.asked.side import COMPARE, Side, of_it, without
from rag.compare.asked.spelled_out import spelled_out
from rag.compare.asked.when import times_in
from rag.language import lexicon
from rag.language.analysis import terms
from rag.language.embeddings import Encoder
from rag.language.periods import Period
from rag.language.words import terms_of
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index, search
from rag.types import Report

FEW = 3  # reports that name one of several things that no report names together
SEARCHED = 20  # passages in which the phrases of a question are looked for
# `how big was its cloud and payments business`: one business, of two parts.
_ONE_THING = re.compile(
    r"\s+(?:business|segment|division|unit|arm|operation|market|industry|sector|portfolio|book|team)\b", re.IGNORECASE
)
_ITS = re.compile(r"\b(?:its|their)\b", re.IGNORECASE)
_SHORT_ZH = 3  # characters of a name that may be short for another


def things(
    index: Index, encoder: Encoder, question: str, shelf: Sequence[Report], known: Sequence[Side]
) -> tuple[Side, ...]:
    """The sides that statements of one report are on; empty where the question sets no such names side by side.

    ``known``: the companies that it compares; of those without a report what others say is taken.
    """
    text = spelled_out(question)
    if known and known[0].kind == "company":
        return _of_strangers(index, shelf, known)
    if known:
        return ()
    brokers = named_brokers(text, shelf)
    held = held_companies(shelf)
    owners = [span for _, span, group in named_companies(text, held) if group]
    houses = [span for _, span, _ in brokers]
    own = list(shelf)
    if len(brokers) == 1:
        own = list(brokers[0][2])
    elif len(owners) == 1:
        own = [report for _, _, group in named_companies(text, held) if group for report in group.reports]
    for spans in _joined(index, encoder, text, own, owners, houses):
        if not 2 <= len(spans) <= MOST:
            continue
        names = [text[slice(*span)] for span in spans]
        near = on_the_named(index, text, own, names)
        saying, called = _saying(index, near, names), names
        if not saying:
            saying, called = _in_full(index, near, names)
        if saying:
            return _sides(text, spans, called, [saying] * len(spans), shelf)
        apart = [_saying(index, near, [name]) for name in names]
        if COMPARE.search(text) and all(apart) and all(len(each) <= FEW for each in apart):
            return _sides(text, spans, names, apart, shelf)
    return ()


def _joined(
    index: Index, encoder: Encoder, text: str, own: Sequence[Report], owners: Sequence[Span], houses: Sequence[Span]
) -> Iterator[list[Span]]:
    """Where the names may stand that a text joins, the surest way to tell them first."""
    compares = COMPARE.search(text) or WEIGHS.search(text)
    spans = side_by_side(text, [*owners, *houses])
    if not (compares or spans):  # most questions: nothing to search for
        return
    hits = search(index, encoder, text, limit=SEARCHED, scope=frozenset(report.id for report in own))
    begun = [each.lower() for item in hits.evidence for each in (item.passage.text, *item.passage.section)]
    if compares or not (spans and _ONE_THING.match(text, spans[-1][1])):
        yield from (grown(text, spans, begun, [*owners, *houses]), spans)
    if compares:
        said = [" ".join((*item.passage.section, item.passage.text)).lower() for item in hits.evidence]
        yield as_written(text, said, [*owners, *houses])
        if not (len(owners) == 1 and _ITS.search(text)):  # `how do Foo's lamps compare with its cranes`: Foo is no side
            yield side_by_side(text, houses)


def _sides(
    text: str,
    spans: Sequence[Span],
    called: Sequence[str],
    saying: Sequence[Sequence[Report]],
    shelf: Sequence[Report],
) -> tuple[Side, ...]:
    """Each name as a side. ``called``: how reports call it; ``saying``: the reports that name all of them, or it alone."""
    when = times_in(text, shelf)
    period = when[0] if len(when) == 1 else None
    return tuple(
        Side(
            "thing",
            text[slice(*span)],
            without(text, [o for o in spans if o != span]),
            _tiers(own, period),
            full,
            period,
        )
        for full, span, own in zip(called, spans, saying, strict=True)
    )


def _tiers(reports: Sequence[Report], period: Period | None) -> tuple[frozenset[str], ...]:
    """The reports on a time first, then all."""
    first = of_it(period, reports) or reports
    return tuple(dict.fromkeys(frozenset(report.id for report in each) for each in (first, reports)))


def _of_strangers(index: Index, shelf: Sequence[Report], known: Sequence[Side]) -> tuple[Side, ...]:
    """Companies, those without a report of their own as what the reports on others say of them; empty where none does."""
    lacking = [side.name for side in known if not side.tiers and side.name]
    saying = _saying(index, shelf, lacking)
    if not (lacking and saying):
        return ()
    tiers = (frozenset(report.id for report in saying),)
    return tuple(
        side if side.tiers else Side("thing", side.label, side.question, tiers, side.name, side.period)
        for side in known
    )


def on_the_named(index: Index, question: str, reports: Sequence[Report], sides: Sequence[str]) -> Sequence[Report]:
    """The reports that have the names and places of a question that are no sides: `Norway's exports and retail sales`; all
    where none has."""
    names = [name.surface for name in want(index, question).names]
    names += [item.surface for item in lexicon.expand(question) if item.kind == "place"]
    wanted = [forms_of(name) for name in names if not any(name in side or side in name for side in sides)]
    among = frozenset(term for forms in wanted for form in forms for term in form)
    on = [r for r in reports if _all_said(wanted, index.report_terms(r.id, among) | terms_of(r.title))]
    return on or reports


def _saying(index: Index, reports: Iterable[Report], names: Sequence[str]) -> list[Report]:
    """The reports that name everything of a list."""
    wanted = [forms_of(name) for name in names]
    among = frozenset(term for forms in wanted for form in forms for term in form)

    def says_all(report: Report) -> bool:
        said = index.report_terms(report.id, among)
        if _all_said(wanted, said) or report.passages > SHORT_REPORT:
            return _all_said(wanted, said)
        if not any(form & said for forms in wanted for form in forms):
            return False
        return _all_said(wanted, said | terms_of("\n".join(_headings(index, report))))

    return [report for report in reports if says_all(report)]


def _all_said(wanted: Sequence[Sequence[frozenset[str]]], said: frozenset[str]) -> bool:
    return all(any(form <= said for form in forms) for forms in wanted)


def _headings(index: Index, report: Report) -> list[str]:
    """What the statements of a report stand under, each once."""
    return list(dict.fromkeys(each for passage in index.report_passages(report.id) for each in passage.section))


def _in_full(index: Index, reports: Iterable[Report], names: Sequence[str]) -> tuple[list[Report], list[str]]:
    """The first short report that names everything of a list when short Chinese names are read as such, 陕煤 as 陕西煤,
    and how it calls each; empty where none does."""
    for report in reports:
        if not _saying_some(index, report, names) or report.passages > SHORT_REPORT:
            continue
        text = "\n".join([*_headings(index, report), *(p.text for p in index.report_passages(report.id))])
        found = [name if name in text else _longer(name, text) for name in names]
        if all(found):
            return [report], found
    return [], list(names)


def _saying_some(index: Index, report: Report, names: Sequence[str]) -> bool:
    return any(_saying(index, [report], [name]) for name in names)


def _longer(name: str, text: str) -> str:
    """What a short Chinese name stands for in a text: one with its characters in order; empty for none."""
    if not 2 <= len(name) <= _SHORT_ZH or not all("\u4e00" <= char <= "\u9fff" for char in name):
        return ""
    found = re.search(r"[\u4e00-\u9fff]{0,2}?".join(name), text)
    return found[0] if found and not EDGE_ZH.search(found[0]) else ""


def forms_of(name: str) -> list[frozenset[str]]:
    """The ways to say a name, as index terms: as it is written, and as the lexicon has it."""
    forms = [frozenset(terms(name))]
    for item in lexicon.expand(name):
        if item.kind in NAMES:
            forms += [frozenset(terms(name[: item.start] + f" {other} " + name[item.end :])) for other in item.others]
    return [form for form in forms if form]
