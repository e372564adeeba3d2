"""What a question of a conversation is made of: whom it asks about, of which things, what, when, and the words beside these."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rag.language.analysis import language
from rag.language.lexicon import entities, expand, lookup
from rag.language.periods import Period, periods
from rag.question.concepts import asked
from rag.reports.names import short_names
from rag.types import Report

# Kinds of lexicon entries that a question can be about, and those that are asked of something.
_SUBJECTS = frozenset({"product", "sector", "macro", "place", "currency"})
_TOPICS = frozenset({"metric", "line_item", "statement", "rating", "term"})
_NOT_TOPICS = re.compile(
    r"^(?:compare|comparison|report|note|research report|company|quarter|weekly|analyst report|week|year)$|basis$",
    re.IGNORECASE,
)
CHANGES = re.compile(r"(?:year|quarter|month|week)-o(?:ver|n)-", re.IGNORECASE)
_SUFFIX = re.compile(
    r"[\s,]+(?:inc|corp|corporation|company|co|limited|ltd|plc|llc|ag|asa|sa|se|nv|group|holdings?|securities|research|capital)\.?$"
    r"|(?:股份有限公司|有限责任公司|有限公司|股份|集团|控股|(?:证券|研究)[\u4e00-\u9fff]{0,4}(?:组|团队)?)$",
    re.IGNORECASE,
)
# A period with the small words that place it: `before 2022`, 2022年以前.
_LEAD = re.compile(
    r"(?:\b(?:before|after|since|until|by|in|during|for|from|at the end of|as of|of|on)\s+(?:the\s+)?)?"
    r"\b(?:(?:fiscal|financial)\s+)?(?:quarter|half|year|(?:three|six|nine|twelve)[- ]months?(?:\s+period)?)\s+end(?:ed|ing)\s+(?:on\s+)?$"
    r"|\b(?:(?:before|after|since|until|by|in|during|for|from|at|as of|of|on)\s+)?(?:(?:the\s+)?(?:end|middle)\s+of\s+(?:the\s+)?|(?:end|mid|early|late)[- ])$"
    r"|\b(?:before|after|since|until|by|in|during|for|from|as of|of|on)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_DASH = re.compile(r"\b(end|mid|early|late)-(?=(?:19|20)\d\d\b)", re.IGNORECASE)
_TAIL = re.compile(r"度(?=[^\d日])|(?:年)?(?:以[前后来]|之[前后]|[前后](?!三|两|一|二|四|十)|至今|起|末|底)")
_KNOWN = frozenset({"company", "broker"})
_CAPITALS = re.compile(r"(?: (?!(?:I|Q\d|H\d|FY)\b)[A-Z][a-z]\w*)+(?!\w)")
_AND = re.compile(r"\s*(?:,|and|or|&|vs\.?|versus)\s+", re.IGNORECASE)
_LATIN = re.compile(r"\b[a-z]{2,}\b")
_OWN = re.compile(r"['’]s?$")
_MEASURE, _NOUN = re.compile(r"\bthe\s+$", re.IGNORECASE), re.compile(r"\s+[a-z]")
_AT = re.compile(r"\b(?:at|of|for)\s+(?:the\s+)?$", re.IGNORECASE)
_GENERIC = frozenset(
    "one ones other others thing things more else detail details same later earlier next previous last first second third 一 二 三 个 家 份 换成 情况 如何 "
    "怎样 怎么样 什么样 本 该 business businesses segment segments division divisions unit units 业务 板块 部门 分部".split()
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spot:
    """A piece of a question: ``text == question[start:end]``. ``kind``: company, broker, index, name, subject, topic,
    change (同比), period, or word; ``period``: of a period, None where only its words are known."""

    start: int
    end: int
    text: str
    kind: str
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """A question by its pieces, each kind in order. ``names``: whom it asks about (companies, brokers, indices, names);
    ``subjects``: products, sectors, places; ``topics``: figures, ratings, events; ``changes``: 同比; ``periods``: when."""

    text: str
    names: tuple[Spot, ...]
    subjects: tuple[Spot, ...]
    topics: tuple[Spot, ...]
    changes: tuple[Spot, ...]
    periods: tuple[Spot, ...]
    words: tuple[Spot, ...]

    @property
    def chinese(self) -> bool:
        """Whether it is asked in Chinese."""
        return in_chinese(self.text)

    @property
    def firms(self) -> tuple[Spot, ...]:
        """The companies that it asks about; where it names none, or `RBC` of `the RBC ratio at Foo`, the other names."""
        companies, names = self.of_kind("company"), self.of_kind("name")
        beside = [
            spot for spot in companies if _MEASURE.search(self.text[: spot.start]) and _NOUN.match(self.text, spot.end)
        ]
        owning = tuple(spot for spot in names if _AT.search(self.text[: spot.start]))
        return owning if owning and len(beside) == len(companies) else companies or names

    @property
    def houses(self) -> tuple[Spot, ...]:
        """The brokers that it asks about."""
        return self.of_kind("broker")

    def of_kind(self, kind: str) -> tuple[Spot, ...]:
        """Its names of one kind."""
        return tuple(spot for spot in self.names if spot.kind == kind)


def in_chinese(text: str) -> bool:
    """Whether a question is asked in Chinese: not an English one with a Chinese name in it."""
    return language(text) == "zh" and len(_LATIN.findall(text)) < 2


def frame_of(question: str, reports: Sequence[Report] = (), today: date | None = None) -> Frame:
    """A question by its pieces; ``reports``: those of the library, whose companies and brokers are names, too."""
    companies = frozenset(name for report in reports for company in report.companies for name in _called(company))
    return _frame_of(question, companies, frozenset(report.broker for report in reports if report.broker), today)


@lru_cache(maxsize=1024)  # every follow-up looks again at all the questions before it
def _frame_of(question: str, companies: frozenset[str], brokers: frozenset[str], today: date | None) -> Frame:
    found: list[Spot] = []
    for spot in (*_periods(question, today), *_known_names(question, companies, brokers), *_lexicon(question)):
        if not _taken(spot, found):
            found.append(spot)
    for concept in asked(question, today):
        at = question.lower().find(concept.surface.lower())
        if at < 0 or concept.kind not in ("word", "name", "number") or concept.surface in _GENERIC:
            continue
        kind = "name" if concept.kind == "name" else "word"
        text = _OWN.sub("", question[at : at + len(concept.surface)])
        spot = Spot(at, at + len(text), text, kind)
        if not _taken(spot, found):
            found.append(spot)
    ordered = _joined_names(question, _merged(question, sorted(found, key=lambda spot: spot.start)))

    def of(*kinds: str) -> tuple[Spot, ...]:
        return tuple(spot for spot in ordered if spot.kind in kinds)

    return Frame(
        question,
        of("company", "broker", "index", "name"),
        of("subject"),
        of("topic"),
        of("change"),
        of("period"),
        of("word"),
    )


def _taken(spot: Spot, found: Iterable[Spot]) -> bool:
    return any(spot.start < other.end and other.start < spot.end for other in found)


def _periods(text: str, today: date | None) -> Iterator[Spot]:
    question = _DASH.sub(r"\1 ", text)  # `end-2027`
    dated = periods(question, today)
    undated = [
        each for each in periods(question, date(2079, 6, 30)) if not any(_same_place(each, other) for other in dated)
    ]
    for period in (*dated, *(each for each in undated if each.implied)):
        start, end = period.span
        lead = _LEAD.search(question, 0, start)
        tail = _TAIL.match(question, end)
        start, end = lead.start() if lead else start, tail.end() if tail else end
        while end > start and question[end - 1].isspace():
            end -= 1
        yield Spot(start, end, text[start:end], "period", None if period in undated else period)


def _same_place(one: Period, other: Period) -> bool:
    return one.span[0] < other.span[1] and other.span[0] < one.span[1]


def _known_names(question: str, companies: frozenset[str], brokers: frozenset[str]) -> Iterator[Spot]:
    """The companies and brokers of the library that a question names, longest first."""
    spots = []
    for kind, names in (("company", companies), ("broker", brokers)):
        for name in names:
            for form in _forms(name):
                match = re.search(form, question, re.IGNORECASE)
                if match:
                    spots.append(Spot(match.start(), match.end(), match[0], kind))
                    break
    return iter(sorted(spots, key=lambda spot: spot.start - spot.end))


@lru_cache(maxsize=8192)
def _called(company: str) -> tuple[str, ...]:
    """What a company is called in either language: `Midea Group` is 美的集团, too."""
    known = (form for entry in lookup(company) if entry.kind == "company" for form in entry.forms)
    return tuple(dict.fromkeys((company, *known)))


@lru_cache(maxsize=8192)
def _forms(name: str) -> tuple[str, ...]:
    """Patterns for a name: whole, without its legal form, and by its first word."""
    short = _SUFFIX.sub("", name)
    short = _SUFFIX.sub("", short)
    forms = [name, short, *(" ".join(short.split()[:n]) for n in (3, 2))]
    first = short.split()[0] if short.split() else ""
    if first.isascii() and len(first) >= 4 and not expand(first):
        forms.append(first)
    if not first.isascii():
        forms += [each for each in short_names(name) if not expand(each)]
    kept = [form for form in dict.fromkeys(forms) if len(form) >= (3 if form.isascii() else 2)]
    return tuple(rf"(?<![A-Za-z]){re.escape(form)}(?![A-Za-z])" if form.isascii() else re.escape(form) for form in kept)


def _lexicon(question: str) -> Iterator[Spot]:
    for entity in entities(question):
        yield Spot(entity.start, entity.end, entity.surface, entity.kind)
    for each in expand(question):
        if each.kind in _SUBJECTS:
            yield Spot(each.start, each.end, each.surface, "subject")
        elif each.kind in _TOPICS and CHANGES.search(each.canonical):
            yield Spot(each.start, each.end, each.surface, "change")
        elif each.kind in _TOPICS and not _NOT_TOPICS.search(each.canonical):
            yield Spot(each.start, each.end, each.surface, "topic")


def _merged(question: str, spots: Sequence[Spot]) -> list[Spot]:
    """The pieces with names of several words as one: `Calder & Finch`, `Dongli (东篱证券)`, `Quarry State`."""
    out: list[Spot] = []
    for spot in spots:
        last = out[-1] if out else None
        between = question[last.end : spot.start] if last else ""
        if last and spot.kind == last.kind == "name" and re.fullmatch(r"\s*&?\s*", between):
            out[-1] = _span(question, last.start, spot.end, "name")
        elif last and last.kind == "name" and spot.kind in ("word", "name") and between == "-":
            out[-1] = _span(question, last.start, spot.end, "name")  # `QX-217`
        elif (
            last
            and {spot.kind, last.kind} & _KNOWN
            and {spot.kind, last.kind} <= {*_KNOWN, "name", "word"}
            and re.fullmatch(r"(?:['’]s)?\s*[(（]", between)
            and question[spot.end : spot.end + 1] in (")", "）")
        ):
            out[-1] = _span(question, last.start, spot.end + 1, spot.kind if spot.kind in _KNOWN else last.kind)
        else:
            out.append(spot)
    return [_longer(question, spot, out) for spot in out]


def _joined_names(question: str, spots: Sequence[Spot]) -> list[Spot]:
    """The pieces with a word in capitals that stands beside a name as a name: `Mercer and Tidewater`."""
    out = [*spots]
    for at in range(len(out) - 2, -1, -1):
        spot, behind = out[at], out[at + 1]
        between = question[spot.end : behind.start]
        if (
            spot.kind == "word"
            and spot.text[:1].isupper()
            and behind.kind in ("company", "name")
            and _AND.fullmatch(between)
        ):
            out[at] = replace(spot, kind=behind.kind)
    return out


def _span(question: str, start: int, end: int, kind: str) -> Spot:
    return Spot(start, end, question[start:end], kind)


def _longer(question: str, spot: Spot, spots: Sequence[Spot]) -> Spot:
    """A name with the words in capitals right behind it, which belong to it: `Quarry` of `Quarry State`."""
    more = None
    if spot.kind in ("company", "name", "word") and spot.text[:1].isascii() and spot.text[:1].isupper():
        more = _CAPITALS.match(question, spot.end)
    if more is None or any(more.start() < s.end and s.start < more.end() for s in spots):
        return spot
    return _span(question, spot.start, more.end(), spot.kind)
