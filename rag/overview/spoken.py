"""Who said, or asked, what in a call: `What did the CFO say about margins?`, `Who asked about PFAS?`, `Who took part?`.

A turn answers by its own words, or by being the answer to a question that names the topic. Anything else is left to the
ordinary search.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rag.answer.citations import Draft, evidence_of
from rag.answer.extractive import checked, clean
from rag.catalogue.answer import newest_first
from rag.language.analysis import STOP_TERMS, fold
from rag.language.sentences import sentences
from rag.language.words import terms_of
from rag.llm.planted import is_planted
from rag.overview.answer import Overview
from rag.overview.turns import Talk, Turn, is_outside, talk_of
from rag.question.concepts import Asked, asked
from rag.question.coverage import covered
from rag.reports.names import called
from rag.search.retrieve import Index, reports_in
from rag.types import Evidence, Report
from rag.views.opinions import quoted

MOST = 4  # turns that are quoted
MOST_PEOPLE = 15  # of those who take part
LOOKED = 8  # transcripts that are read through
LONGEST_TALK = 1_500  # passages of one
LONGEST_TURN = 420  # characters of a turn that is quoted whole
Act = Literal["say", "ask", "who asked", "who said", "part"]

_ABOUT = r"(?:\s+(?:about|on|regarding|concerning|of|as\s+to)\s+(?P<topic>.+?))"
_PLACE = (
    r"(?:(?:on|in|at|during)\s+(?:the|its|this|that)\s+.{0,40}?\b(?:calls?|conference|transcript|meeting|briefing)\b)"
)
_SAY = r"(?:say|said|tell|told|mention(?:ed)?|comment(?:ed)?|explain(?:ed)?|answer(?:ed)?|reply|replied|respond(?:ed)?|think|talk(?:ed)?|speak|spoke|note[d]?|guide[d]?|promise[d]?)"
_ASK = r"(?:ask(?:ed)?|question(?:ed)?|want(?:ed)?\s+to\s+know|raise[d]?|inquire[d]?)"
_WHO = r"(?P<who>[^?]{2,60}?)"
_PATTERNS: tuple[tuple[Act, str], ...] = (
    ("part", r"(?:who|which\s+(?:people|analysts|executives|managers))\s+(?:took\s+part|participated|spoke|speaks|appeared|attended|asked\s+questions|(?:was|were|is|are)(?=\s+(?:in|on|at)\b))(?:\s+(?:in|on|at))?\s*(?P<topic>.*?\b(?:calls?|conference|transcript|meeting|briefing)\b.*)"),
    ("part", r"(?:who\s+(?:are|were)\s+the\s+|list\s+(?:all\s+)?(?:the\s+)?)?(?:participants|speakers|attendees)(?:\s+(?:of|in|on|at))?\s+(?P<topic>.*?\b(?:calls?|conference|transcript|meeting|briefing)\b.*)"),
    ("who asked", rf"(?:who|which\s+analysts?)\s+{_ASK}{_ABOUT}"),
    ("who said", rf"who\s+(?:on\s+the\s+call\s+)?{_SAY}(?:{_ABOUT}|\s+(?:that\s+)?(?P<that>.+))"),
    ("ask", rf"what\s+(?:question[s]?\s+)?(?:did|does|has|have)\s+{_WHO}\s+{_ASK}{_ABOUT}?"),
    ("say", rf"what\s+(?:did|does|has|have|was)\s+{_WHO}(?:['’]s)?\s+(?:have\s+to\s+)?{_SAY}(?:\s+(?:analysts|investors|us))?{_ABOUT}?"),
    ("say", rf"what\s+(?:was|were|is)\s+{_WHO}(?:['’]s)?\s+(?:comments?|answer|reply|response|remarks?|statements?){_ABOUT}"),
    ("say", rf"how\s+did\s+{_WHO}\s+(?:answer|respond\s+to|reply\s+to)\s+(?:the\s+)?questions?{_ABOUT}"),
)  # fmt: skip
_ENGLISH = tuple((act, re.compile(rf"(?:and\s+)?{text}\W*", re.IGNORECASE)) for act, text in _PATTERNS)
_CHINESE: tuple[tuple[Act, re.Pattern[str]], ...] = (
    ("who asked", re.compile(r"(?:电话会|会议|会上)?[里中上]?(?:谁|哪位分析师)(?:问|提问|问到|提到)了?(?:关于)?(?P<topic>.{1,30}?)(?:的问题)?[?？]?")),
    ("say", re.compile(r"(?P<who>.{2,16}?)(?:对于?|就|关于|怎么看待?)(?P<topic>.{1,30}?)(?:是|有)?(?:怎么说|如何说|怎么看|如何看|说了什么|怎么回答|如何回应|如何评价|有何评论)的?[?？]?")),
)  # fmt: skip
_OFFICES: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = (
    (re.compile(r"\bceo\b|\bchief executive\b|\bboss\b|首席执行官|总经理|总裁", re.IGNORECASE), ("chief executive", "ceo", "首席执行官", "总经理", "总裁")),
    (re.compile(r"\bcfo\b|\bchief financial\b|\bfinance (?:chief|director|head)\b|首席财务官|财务总监", re.IGNORECASE), ("chief financial", "cfo", "finance director", "财务总监", "首席财务官")),
    (re.compile(r"\bcoo\b|\bchief operating\b", re.IGNORECASE), ("chief operating", "coo")),
    (re.compile(r"\bchair(?:man|woman|person)?\b|董事长", re.IGNORECASE), ("chair", "董事长")),
)  # fmt: skip
_MANAGEMENT = re.compile(
    r"\b(?:management|the company|executives?|officers|the team)\b|管理层|公司|高管", re.IGNORECASE
)
_ANALYSTS = re.compile(r"\b(?:the\s+)?analysts?\b|分析师", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Wish:
    act: Act
    who: str
    topic: str


def spoken(index: Index, question: str, scope: frozenset[str] | None = None) -> Overview | None:
    """The turns of the newest transcript that answer; None where the question is for no transcript, or none answers.

    ``scope``: report ids to choose from, None for all.
    """
    wish = _wish(question)
    if wish is None:
        return None
    held = reports_in(index, scope)
    names = _on(wish, held)
    for report in _likely(index, wish, newest_first(held))[:LOOKED]:
        talk = talk_of(index.report_passages(report.id))
        if talk is None:
            continue
        if drafts := [*_answers(talk, wish, report, names)][: MOST_PEOPLE if wish.act == "part" else MOST]:
            return Overview(tuple(drafts), evidence_of(drafts))
    return None


def _wish(question: str) -> _Wish | None:
    text = " ".join(question.split())
    for act, pattern in (*_ENGLISH, *_CHINESE):
        if match := pattern.fullmatch(text):
            parts = match.groupdict()
            topic = parts.get("topic") or parts.get("that") or ""
            who = text if act == "part" else parts.get("who") or ""
            return _Wish(act, who.strip(), re.sub(_PLACE, " ", topic, flags=re.IGNORECASE))
    return None


def _on(wish: _Wish, reports: Iterable[Report]) -> frozenset[str]:
    """The terms of the question that reports are called by: whose call it is, not what is spoken of."""
    words = terms_of(f"{wish.who} {wish.topic}")
    companies = {term for report in reports for name in (*report.companies, *report.tickers) for term in terms_of(name)}
    return words & companies


def _likely(index: Index, wish: _Wish, reports: Sequence[Report]) -> list[Report]:
    """The reports that may hold the call: those called by what the question names, else that hold its words."""
    words = terms_of(f"{_without_office(wish.who)} {wish.topic}") - STOP_TERMS
    fitting = [report for report in reports if report.passages <= LONGEST_TALK]
    shared = {report.id: len(called(report) & words) for report in fitting}
    best = max(shared.values(), default=0)
    if wish.act != "part" and wish.who and not _is_office(wish.who):
        person = terms_of(wish.who) - STOP_TERMS
        holders = [report for report in fitting if person <= index.report_terms(report.id, person) | called(report)]
        return sorted(holders, key=lambda report: -shared[report.id])
    if best:
        return [report for report in fitting if shared[report.id] == best]
    return [report for report in fitting if words and words <= index.report_terms(report.id, words)]


def _without_office(who: str) -> str:
    for pattern in (_MANAGEMENT, _ANALYSTS, *(pattern for pattern, _ in _OFFICES)):
        who = pattern.sub(" ", who)
    return who


def _is_office(who: str) -> bool:
    return bool(_MANAGEMENT.search(who) or _ANALYSTS.search(who) or any(pattern.search(who) for pattern, _ in _OFFICES))


def _answers(talk: Talk, wish: _Wish, report: Report, names: frozenset[str]) -> Iterable[Draft]:
    if wish.act == "part":
        yield from _parts(talk, wish, report)
        return
    speaks = _speakers(talk, wish, report)
    if speaks is None:
        return
    pieces = [piece for piece in asked(wish.topic) if piece.kind != "period"]
    pieces = [piece for piece in pieces if not names.issuperset({t for form in piece.forms for t in form})]
    turns = [
        turn
        for turn in talk.turns
        if speaks(turn.speaker) and not is_planted(turn.passage.text, 0, len(turn.passage.text))
    ]
    turns = [turn for turn in turns if turn.asks == (wish.act in ("ask", "who asked"))]
    if pieces:
        own = [turn for turn in turns if _holds(turn.passage.text, pieces)]
        turns = own or [turn for turn in turns if turn.answers >= 0 and _holds(_asked_of(talk, turn), pieces)]
    elif wish.act not in ("ask", "say") or not wish.who:
        return
    for turn in turns:
        yield _draft(turn, report, pieces)


def _parts(talk: Talk, wish: _Wish, report: Report) -> Iterable[Draft]:
    """Those who take part, as they are listed; else each with the first words."""
    analysts = bool(_ANALYSTS.search(wish.who))
    for person, passage in talk.people:
        if not analysts or is_outside(talk, person.name):
            yield quoted(report, passage, 0, len(passage.text))
    if not talk.people:
        first = {turn.speaker: turn for turn in reversed(talk.turns)}
        for turn in sorted(first.values(), key=lambda turn: turn.passage.ordinal):
            yield _draft(turn, report, ())


def _speakers(talk: Talk, wish: _Wish, report: Report) -> Callable[[str], bool] | None:
    """Whether a speaker is meant; None where the talk has nobody of that name or office."""
    who = fold(wish.who)
    everybody = {turn.speaker for turn in talk.turns}
    if not who:
        return lambda _: True
    named = {name for name in everybody if terms_of(name) and _is_called(fold(name), who)}
    for pattern, offices in _OFFICES:
        if not named and pattern.search(who):
            named = {name for name in everybody if any(office in talk.role_of(name) for office in offices)}
    if not named and _ANALYSTS.search(who):
        named = {name for name in everybody if "analyst" in talk.role_of(name) or name.lower() in ("q", "analyst")}
    if not named and (_MANAGEMENT.search(who) or terms_of(who) <= called(report)):
        named = {name for name in everybody if not is_outside(talk, name)}
    return named.__contains__ if named else None


def _is_called(name: str, who: str) -> bool:
    """Whether words name a person: by the whole name or the last one."""
    return bool(re.search(rf"\b{re.escape(name)}\b", who) or re.search(rf"\b{re.escape(name.split()[-1])}\b", who))


def _asked_of(talk: Talk, turn: Turn) -> str:
    return talk.turns[turn.answers].passage.text


def _holds(text: str, pieces: Sequence[Asked]) -> bool:
    said = terms_of(text)
    return all(covered(piece, said) == 1.0 for piece in pieces)


def _draft(turn: Turn, report: Report, pieces: Sequence[Asked]) -> Draft:
    """A turn with its speaker; of a long one the sentences from the first to the last that name the topic."""
    passage = turn.passage
    start, end = 0, len(passage.text)
    if end > LONGEST_TURN and pieces:
        spans = [span for span in sentences(passage.text) if _holds(passage.text[span[0] : span[1]], pieces)]
        start, end = (spans[0][0], spans[-1][1]) if spans else (start, end)
    text = clean(passage, start, end)
    if (start or not turn.start) and not text.startswith(turn.speaker):
        text = f"{turn.speaker}: {text}"
    return checked(text, Evidence(passage, report, 1.0), (start, end))
