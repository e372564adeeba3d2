"""What a pointer of a follow-up means: `its exports`, `it` for who was asked about, the year of `the second quarter`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from rag.followup.marks import ASKS, AUX, OPENER, OWNER, POINTER, RELATIVE, SHARES
from rag.followup.part import is_place
from rag.followup.parts import Parts, Spot
from rag.followup.text import STOP, bracketed, placed, upper
from rag.followup.time import step_of
from rag.language import lexicon
from rag.language.analysis import language
from rag.question.rise_fall import beside, direction, says

_WHO = re.compile(r"^\W*who(?:['’]s|\s+(?:is|was|are|were))\s+(?P<whom>[^?,;]{3,80}?)\s*\?*\s*$", re.IGNORECASE)
_SAID_OF = re.compile(
    r"\bsa(?:y|ys|id)\s+(?:about|on|of)\s+(?:the\s+)?(?P<whom>[^?,;]{3,60}?)\s*\?*\s*$", re.IGNORECASE
)
_COSTS = re.compile(r"\b(?:it|that)\s+(?:cost|costs|happen|affect|hurt|begin|start|end|last|take)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:it|they|he|she)\b(?!['’])", re.IGNORECASE)
_MANY = re.compile(
    r"\b(?:companies|stocks|names|sectors?|industry|which|list|all|every|reports?|notes?)\b|哪些|所有|全部|行业|个股|公司|报告",
    re.IGNORECASE,
)
_WHY_IT = re.compile(
    r"^\W*(?:(?:but|and|so)\s+)?(?:why|how come|what (?:made|drove|caused|lifted|hurt))\b(?:\s+\w+)?\s+(?P<it>it|that|this|they)\b",
    re.IGNORECASE,
)
_DONE_TO_IT = re.compile(
    r"^\W*(?:(?:but|and|so)\s+)*(?:(?:by\s+)?how\s+(?:much|far|fast|quickly|sharply|many\s+percent)\s+(?:did|has|have|had|is|was|were|will)"
    r"|(?:did|has|had|is|was|are|were)(?=\s+(?:it|that|this|they)\s+(?:r[io]s|fall|grow|increas|decreas|declin|drop|chang|improv|worsen|higher|lower|bigger|larger|smaller|greater|better|up\b|down\b|more|less))"
    r"|(?:how|where|on\s+what)\s+(?:is|was|are|were|do|did)(?=\s+(?:it|that|this)\s+(?:deriv|calculat|comput|arriv|worked|base|defin|measur|made|compos|split|broken|com(?:e|ing)\b)))"
    r"\s+(?P<it>it|that|this|they)\b",
    re.IGNORECASE,
)
_OF_A_FIGURE = re.compile(
    r"\b(?:chang|deriv|calculat|comput|arriv|worked|based|defin|measur|made up|compos|split|broken|com(?:e|ing))\w*",
    re.IGNORECASE,
)
_THAN = re.compile(r"\bthan\b", re.IGNORECASE)
_THAT = re.compile(
    r"(?<!after )(?<!before )(?<!from )\b(?:that|those|these|of (?:it|them))\b(?!\s+(?:year|quarter|month|week|day|half|time|note|report|broker|company))",
    re.IGNORECASE,
)
_THERE = re.compile(
    r"\bthere\b(?!\s+(?:is|are|was|were|any|a|an|be|been|has|have|will)\b)|(?:那里|当地|那边|该厂|该工厂|那个工厂)",
    re.IGNORECASE,
)
_EXISTS = re.compile(r"\b(?:is|are|was|were) there\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT = re.compile(
    r"\b(?:first|second|third|fourth)\s+(?:quarter|half)\b|\b[QH][1-4]\b|\b[1-4][QH]\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|[一二三四]季度|[上下]半年|(?<!\d)\d{1,2}月",
    re.IGNORECASE,
)


def owned(question: str, own: Parts, old: Parts) -> Parts:
    """`Its exports` asks for the exports of what was asked about, as `And exports?` does of a company; they are no new subject."""
    if (
        not own.subjects
        or own.topics
        or own.names
        or bound(question, own)
        or (alike(own.subjects, old) and not OWNER.search(question))
    ):
        return own
    measures = all("macro" in _kinds(spot.text) for spot in own.subjects)
    if OWNER.search(question) or (measures and not own.words and any(spot.kind == "company" for spot in old.names)):
        return replace(own, topics=own.subjects, subjects=())
    return own


def whom(question: str, before: str) -> str:
    """A question whose `it` is who the one before asked for: `Who is Foo's largest customer?` `How much did it buy?`"""
    asked = _WHO.match(before) or (_SAID_OF.search(before) if _COSTS.search(question) else None)
    if asked is None or not _PRONOUN.search(question):
        return question
    return _PRONOUN.sub(lambda _: asked["whom"], question, count=1)


def what_rose(question: str, own: Parts, old: Parts) -> str:
    """`Why did it grow?` with the figure in the place of `it`; unchanged where something else is asked, or of something new."""
    match = _WHY_IT.search(question) or _DONE_TO_IT.search(question)
    if (
        match
        and match.re is _DONE_TO_IT
        and not (says(question, 1) or says(question, -1) or _THAN.search(question) or _OF_A_FIGURE.search(question))
    ):
        return question
    of_it = all(direction(spot.text) for spot in own.topics)  # `grow` is what the figure did
    of_whom = [spot for spot in old.names if spot.kind in ("company", "name")]
    brokers = [spot for spot in old.names if spot.kind == "broker"]
    topics = [spot for spot in old.topics if beside(spot.text)] or [*old.topics]
    if (
        match is None
        or not of_it
        or (own.names and not _THAN.search(question))
        or not topics
        or len(of_whom or brokers) > 1
    ):
        return question
    named = sorted((*old.subjects, *old.words, *topics), key=lambda spot: spot.start)
    at = last = named.index(topics[0])
    while at and 0 <= named[at].start - named[at - 1].end <= 1:
        at -= 1  # `cargo revenue`
    what = " ".join(spot.text for spot in named[at : last + 1])
    whose = of_whom or brokers
    owner = f"{whose[0].text}'s " if whose else "the "
    made = f"{question[: match.start('it')]}{owner}{what}{question[match.end('it') :]}"
    if (
        (own.periods or own.names) and len(old.periods) == 1 and _THAN.search(question)
    ):  # `is that higher than in 2023?`
        made = f"{question[: match.start('it')]}{owner}{what} {placed(old.periods[0])}{question[match.end('it') :]}"
    made = upper(OPENER.sub("", made)) if match.re is _DONE_TO_IT else made
    return bracketed(made, old.periods) if len(old.periods) == 1 and not (own.periods or step_of(question)) else made


def _of_a_broker(question: str, own: Parts, old: Parts) -> bool:
    """Whether a figure of a broker is asked for, and of no company: 东篱的2026年净利润预测 is of the one asked about before."""
    brokers = bool(own.names) and all(spot.kind == "broker" for spot in own.names)
    asks = bool(own.topics) and not (own.subjects or own.words) and not _MANY.search(question)
    asks = asks and not (POINTER.search(question) or _PRONOUN.search(question))
    return brokers and asks and any(spot.kind == "company" for spot in old.names)


def at_broker(question: str, own: Parts, old: Parts) -> str:
    """A question for a broker's figure with the company that it is of: 东篱对砚山茶业的2026年净利润预测; else empty."""
    if not _of_a_broker(question, own, old):
        return ""
    company = next(spot.text for spot in old.names if spot.kind == "company")
    broker = own.names[-1].text
    if language(question) == "zh":
        return question.replace(broker, f"{broker}对{company}", 1)
    return f"{STOP.sub('', question)} for {company}?"


def on_the_shares(question: str, own: Parts, old: Parts) -> str:
    """`What does Foo Securities say about the stock?` with the company whose stock it is; else unchanged."""
    match = SHARES.search(question)
    company = next((spot.text for spot in old.names if spot.kind in ("company", "name")), None)
    if match is None or company is None or not own.names or any(spot.kind != "broker" for spot in own.names):
        return question
    return upper(OPENER.sub("", f"{question[: match.start()]}{company}{question[match.end() :]}"))


def points_at_topic(question: str) -> bool:
    """Whether a question speaks of `that` or `those`: of what was asked for, not of whom it was asked."""
    return bool(_THAT.search(question))


def with_year(period: str, old: Sequence[Spot], chinese: bool) -> str:
    """A quarter, half or month without a year is of the year that was asked about before."""
    if _YEAR.search(period) or RELATIVE.search(period) or not _SHORT.search(period):
        return period
    years = {match[0] for spot in old for match in _YEAR.finditer(spot.text)}
    if len(years) != 1:
        return period
    year = years.pop()
    return f"{year}年{period}" if chinese else f"{period} of {year}"


def points_at_place(question: str) -> bool:
    """Whether a question speaks of `there`: of the place that was asked about."""
    return bool(_THERE.search(question)) and not _EXISTS.search(question)


def place_of(before: str, old: Parts) -> list[Spot]:
    """The place that a question names, with the thing that is there: `Hungarian plant`."""
    places = [spot for spot in old.subjects if is_place(spot)]
    found = []
    for spot in places[:1]:
        behind = next((w for w in old.words if w.start in (spot.end, spot.end + 1)), None)
        end = behind.end if behind else spot.end
        found.append(replace(spot, end=end, text=before[spot.start : end]))
    return found or [*old.words[:1]]


def at_place(question: str, names: Sequence[Spot], place: Spot, period: Sequence[Spot]) -> str:
    """A question with the place in the words of `there`: `How many work at Foo's Hungarian plant?`"""
    owner = f"{names[0].text}'s " if len(names) == 1 else ""
    joint = "at" if owner or " " in place.text else "in"
    there = f"{joint} {owner or ('the ' if ' ' in place.text else '')}{place.text}"
    return bracketed(_THERE.sub(lambda _: there, question, count=1), [*(names if not owner else ()), *period])


def other_subjects(own: Parts, old: Parts) -> list[Spot]:
    """The subjects of the question before of another kind than a new one: of `copper in China`, copper for one on Europe."""
    new = set[str]().union(*(_kinds(spot.text) for spot in own.subjects))
    return [spot for spot in old.subjects if not _kinds(spot.text) & new]


def alike(new: Sequence[Spot], old: Parts) -> list[Spot]:
    """The subjects of the question before that are of the kind of a new one: a place for a place."""
    kinds = set[str]().union(*(_kinds(spot.text) for spot in new))
    return [spot for spot in old.subjects if _kinds(spot.text) & kinds]


def of_its_own(question: str, own: Parts, old: Parts) -> bool:
    """Whether a question that opens like a follow-up names a measure of the economy where none was asked for before."""
    measures = [spot for spot in own.subjects if "macro" in _kinds(spot.text)]
    before = any("macro" in _kinds(spot.text) for spot in old.subjects)
    return bool(measures) and not before and len(own.subjects) > 1 and not OWNER.search(question)


def _kinds(text: str) -> set[str]:
    return {found.kind for found in lexicon.expand(text)}


def acts(spot: Spot, before: str) -> bool:
    """Whether a thing is what a question with `did` or `is` is of, and not only the first word of it: `Wegovy sell`."""
    if before[spot.end :][:2] in ("'s", "’s") or (spot.start == 0 and not ASKS.search(before)):
        return True
    if spot.text[:1].isupper() and re.search(r"\bof\s+(?:the\s+)?$", before[: spot.start], re.IGNORECASE):
        return True
    lead = re.search(rf"\b{AUX}\s+(?:the\s+)?$", before[: spot.start], re.IGNORECASE)
    verb = re.match(r"(?:['’]s)?\s+[a-z]+|\W*$", before[spot.end :])
    return bool(lead and verb) and (
        spot.text[:1].isupper() or bool(re.search(r"\b(?:did|does)\s+(?:the\s+)?$", before[: spot.start]))
    )


def bound(question: str, own: Parts) -> bool:
    """Whether `its` is of what the question itself is about: `should the Bank of Japan raise its rate?`."""
    owners = [match.start() for match in OWNER.finditer(question)]
    acting = [spot.end for spot in own.subjects if spot.text[:1].isupper() and acts(spot, question)]
    return bool(acting) and len(owners) == len(POINTER.findall(question)) and all(at > acting[0] for at in owners)
