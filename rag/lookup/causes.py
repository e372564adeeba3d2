"""Why a figure of a long report changed: the sentences of its discussion that name the figure with its cause.

`What drove interest expense in 2018` is answered by `Interest expense increased $1.6 billion during 2018, primarily due to`
and not by the many sentences that only share its words: the figure stands first, what it did after it, then the cause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rag.answer.citations import Draft
from rag.answer.extractive import checked, clean
from rag.answer.opened import Span, items_after
from rag.answer.statement import Statement
from rag.language import analysis, lexicon
from rag.language.periods import Period
from rag.language.sentences import sentences
from rag.lookup.question import IDLE, clause_of
from rag.lookup.times import times_of
from rag.reports.names import called
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Index
from rag.search.short_forms import in_full, short_forms
from rag.types import Evidence, Report

SEARCHED = 80  # passages that are looked at
MOST = 2  # sentences of an answer
LEAD = 90  # characters at the beginning of a sentence in which its subject stands
SUBJECT, AS_ASKED, WAY, YEAR, HEADING, DISCUSSED = 0.5, 0.15, 0.3, 0.3, 0.15, 0.15
OTHER_WAY, OTHER_YEAR, MAYBE = 0.5, 0.6, 0.5
CLOSE = 0.2  # in score, for a second sentence
LEAST = 0.8
SHORTEST = 8  # characters of a subject
MADE_OF = 6  # letters of a word that others are made of
_ASKS = re.compile(
    r"\bwhy\b|\bwhat (?:\S+ )?(?:(?:pulled|dragged|weighed|brought|sent) (?:down|up|on|lower|higher)|boosted|lifted|hurt|drove|drives|driving|caused|causes|led to|explains?|explained|contributed to|is behind|was behind|lies behind|lay behind|were behind|accounted for|is responsible for|was responsible for|was mainly responsible for)\b|\bwhat (?:are|were|was) the (?:\S+ )?(?:reasons?|drivers?|causes?)\b|为什么|为何|原因",
    re.IGNORECASE,
)
_CAUSE = re.compile(
    r"\b(?:due (?:primarily |mainly |in part |largely |principally )?to|driven (?:\S+ )?by|as a result of|result(?:ed|ing|s)? (?:\S+ )?(?:from|in)|because|attribut\w+ to|reflect(?:s|ed|ing)|owing to|caused by|led by|related to|primarily|mainly|partially offset|offset by|on account of|thanks to)\b|由于|主要[系因]|得益于|受",
    re.IGNORECASE,
)
_UP = re.compile(
    r"\b(?:increas\w*|ris(?:e|es|en|ing)|rose|gr[eo]w\w*|growth|higher|improv\w*|up|expand\w*|went up|jump\w*|gain\w*|climb\w*|surg\w*|lift\w*|boost\w*|widen\w*|more|bigger|larger|stronger)\b|上升|增[长加]|提高",
    re.IGNORECASE,
)
_DOWN = re.compile(
    r"\b(?:decreas\w*|fall\w*|fell|declin\w*|lower|drop\w*|down|worse\w*|deteriorat\w*|contract\w*|shr[aiu]nk\w*|reduc\w*|slump\w*|shortfall|fewer|less|smaller|weaker|weigh\w*|dip\w*|slip\w*|(?:pulled|dragged|brought) down|shrink\w*)\b|下降|减少|下滑",
    re.IGNORECASE,
)
_CHANGED = re.compile(rf"{_UP.pattern}|{_DOWN.pattern}|\bchang\w*|\bcompared (?:to|with)\b|变动", re.IGNORECASE)
_CARRIED_ON = re.compile(
    r"^(?:(?:For|In|During) (?:the )?(?:fiscal )?(?:year )?\d{4},?\s+)?(?:The|This|These|Such|That)\s+(?:\S+\s+){0,4}?(?:increase|decrease|change|growth|decline|improvement|reduction)s?\b",
    re.IGNORECASE,
)
_NET_OF = re.compile(r"\bnet of (?:\S+ ){0,2}?(?:expenses?|costs?|tax(?:es)?)\b", re.IGNORECASE)  # no figure of its own
_BASE = re.compile(r"\bas an? (?:%|per ?cent(?:age)?) of\b.*", re.IGNORECASE)  # what something else is a share of
_MAYBE = re.compile(r"\b(?:may|could|might|would|if)\b", re.IGNORECASE)
_DISCUSSION = re.compile(r"discussion and analysis|results of operations|overview|管理层讨论|经营情况", re.IGNORECASE)
_ALTHOUGH = re.compile(
    r",?(?<!\s)\s+(?:even (?:though|as|while)|although|though|despite|while|whereas)\s.*$", re.IGNORECASE
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ASKING = frozenset(
    analysis.terms(
        "why what drove drives drive driver drivers driving caused cause causes led explain explains explained contribute contributed behind reason reasons "
        "account accounted main primary key biggest so as at end go goes went up down much sharply strongly significantly material hit jump drop dropped "
        "slump fall fell rise rose swing happen happened get got useful metric not low high higher lower "
        "lay lie lies lying responsible earlier ago before previous than segment segments division divisions"
    )
)


@dataclass(frozen=True, slots=True)
class _Why:
    """What a cause is asked of. ``figure``: each way to name it, as terms, that of the question first; ``line``: its
    canonical name, "" where the lexicon has none; ``names``: what else is named: a segment, a product; ``way``: 1 up, -1 down.
    """

    figure: tuple[frozenset[str], ...]
    line: str
    names: frozenset[str]
    way: int
    years: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Told:
    """Sentences of a passage that tell a cause, with how surely it is the one asked for."""

    evidence: Evidence
    start: int
    end: int
    score: float


def asks_why(question: str) -> bool:
    """Whether a question asks for a cause."""
    return bool(_ASKS.search(clause_of(question)))


def causes(index: Index, reports: Sequence[Report], question: str, today: date | None) -> list[Draft]:
    """The sentences that say why a figure changed; empty where it is not asked, or none says so."""
    clause = _ALTHOUGH.sub("", clause_of(question))
    asked = _ASKS.search(clause)
    if len(reports) != 1 or reports[0].passages <= SHORT_REPORT or asked is None:
        return []
    times = times_of(clause, today)
    why = _asked(clause, times, reports[0])
    if not why.figure:
        return []
    found = sorted(
        _told(index, reports[0], why),
        key=lambda told: (-told.score, told.evidence.passage.ordinal, told.start),
    )
    if not found or found[0].score < LEAST:
        return []
    best = found[0]
    more = [
        told
        for told in found[1:]
        if told.score >= best.score - CLOSE and told.evidence.passage.section == best.evidence.passage.section
        and not (told.evidence.passage.id == best.evidence.passage.id and told.start < best.end and best.start < told.end)
    ]  # fmt: skip
    picked = sorted([best, *more[: MOST - 1]], key=lambda told: (told.evidence.passage.ordinal, told.start))
    return [
        checked(clean(at.passage, start, end), at, (start, end)) for t in picked for at, start, end in _listed(index, t)
    ]


def _listed(index: Index, told: _Told) -> list[Span]:
    """A cause with the items behind it: `primarily due to:` says nothing without them."""
    return [
        (told.evidence, told.start, told.end),
        *items_after(index, Statement(0, told.evidence, told.start, told.end)),
    ]


def _asked(clause: str, times: Sequence[Period], report: Report) -> _Why:
    found = lexicon.expand(clause)
    within = [match.span() for match in _NET_OF.finditer(clause)]
    figures = [e for e in found if e.kind in ("line_item", "metric")]
    figures = [e for e in figures if not any(a <= e.start and e.end <= b for a, b in within)] or figures
    spans = [*within, *(period.span for period in times)]
    spans += [(e.start, e.end) for e in (*figures, *(e for e in found if e.kind == "company"))]
    plain = analysis.blanked(clause, spans)
    names = analysis.content_words(_CHANGED.sub(" ", plain)) - IDLE - _ASKING - called(report)
    way, years = _way(clause), frozenset(period.end.year for period in times)
    if not figures:
        return _Why((names,) if names else (), "", frozenset(), way, years)
    best = max(figures, key=lambda e: e.end - e.start)
    forms = dict.fromkeys(frozenset(analysis.terms(form)) for form in (best.surface, *best.others))
    return _Why(tuple(form for form in forms if form), best.canonical, names, way, years)


def _way(text: str) -> int:
    """1 up, -1 down, 0 neither or both."""
    return bool(_UP.search(text)) - bool(_DOWN.search(text))


def _told(index: Index, report: Report, why: _Why) -> Iterator[_Told]:
    weights = {term: 1.0 for form in why.figure for term in form} | dict.fromkeys(why.names, 1.5)
    weights |= dict.fromkeys(analysis.terms("increased decreased due driven primarily compared"), 0.5)
    stand_for = short_forms(index, report, why.names) if why.names else {}
    ids = index.lexical(weights | dict.fromkeys(_terms_of(stand_for), 1.0), SEARCHED, frozenset({report.id}))
    for id_, passage in index.passages(ids).items():
        if passage.kind == "table":
            continue
        evidence = Evidence(passage, report, 0.0, 0.0, ids[id_])
        above = " ".join(passage.section[-2:])
        headings = frozenset(analysis.terms(above)) | in_full(above, stand_for)
        discussed = any(_DISCUSSION.search(heading) for heading in passage.section)
        spans = sentences(passage.text)
        for place, (start, end) in enumerate(spans):
            following = spans[place + 1] if place + 1 < len(spans) else None
            stop = _with_cause(passage.text, start, end, following)
            if not stop:
                continue
            known = headings | in_full(passage.text[start:stop], stand_for)
            score = _score(passage.text[start:stop], passage.text[start:end], why, known)
            if score:
                yield _Told(evidence, start, stop, score + DISCUSSED * discussed)


def _said(form: frozenset[str], terms: frozenset[str]) -> bool:
    """Whether the terms hold a form, or words made of its own: `membership` for members."""
    return all(
        term in terms or (len(term) >= MADE_OF and any(other.startswith(term) for other in terms)) for term in form
    )


def _terms_of(short: Iterable[str]) -> Iterator[str]:
    return (term for form in short for term in analysis.terms(form))


def _with_cause(text: str, start: int, end: int, following: tuple[int, int] | None) -> int:
    """Where a sentence that says what changed, and why, ends; with the next one where that one says why. 0: neither does."""
    said = text[start:end]
    if not _CHANGED.search(said):
        return 0
    if following and _CARRIED_ON.match(text[following[0] :]) and _CAUSE.search(text[following[0] : following[1]]):
        return following[1]
    return end if _CAUSE.search(said) else 0


def _score(both: str, said: str, why: _Why, headings: frozenset[str]) -> float:
    """0 where the figure, or what else is asked, is not said; else how surely these sentences are its cause."""
    terms = frozenset(analysis.terms(both))
    above = headings if why.names else frozenset()
    if not _said(why.names, terms | headings) or not any(_said(form, terms | above) for form in why.figure):
        return 0.0
    verb = _CHANGED.search(said)
    lead = said[: min(LEAD, verb.start() if verb and verb.start() > SHORTEST else LEAD)]
    cause = _CAUSE.search(lead)
    lead = _BASE.sub(
        " ", lead[: cause.start()] if cause and cause.start() > SHORTEST else lead
    )  # not what is the cause
    there = frozenset(analysis.terms(lead))
    subject = any(_said(form, there) for form in why.figure)
    if why.line and subject:  # `other income, net` has the words of net income
        subject = any(e.canonical == why.line for e in lexicon.expand(lead))
    heading = any(form <= headings for form in why.figure)
    if not (subject or heading):
        return 0.0
    score = SUBJECT * subject + HEADING * heading + AS_ASKED * (subject and why.figure[0] <= there)
    score += SUBJECT * (why.names <= there | headings)
    own = _way(said[: LEAD * 2])
    score += WAY * (why.way != 0 and own == why.way) - OTHER_WAY * (why.way != 0 and own == -why.way)
    named = [int(year) for year in _YEAR.findall(said)]
    if why.years and named:
        score += YEAR if named[0] in why.years else YEAR / 2 if why.years & set(named) else -OTHER_YEAR
    return score - MAYBE * bool(_MAYBE.search(said))
