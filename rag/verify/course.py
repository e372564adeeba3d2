"""Which way a level went by the passage, where no change stands beside it: `gross profit fell to 957` of a row 957 | 810."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise

from rag.figures.basis import all_against
from rag.figures.columns import fits
from rag.figures.context import Fact, Reading
from rag.figures.figure import Figure, worth
from rag.figures.match import TURNED, Problem
from rag.figures.side import MINUS
from rag.figures.when import any_same_period, is_relative, kind_of, named_in
from rag.language.periods import periods
from rag.verify.cells import beside
from rag.verify.source import Source
from rag.verify.terms import links

_TO = re.compile(
    r"(?:\b(?:to|at)(?:\s(?:about|around|roughly|nearly|just|only|some|over))*|[至到为][约近]?)\s*$", re.IGNORECASE
)
_QUALITY = re.compile(
    r"(?:improv|better|strong|strength|recover|deteriorat|worse|weak)\w*(?:\s\w+){0,3}\s*$|(?:改善|好转|走强|恶化|变差|转弱)至?$",
    re.IGNORECASE,
)
_WIDTH = re.compile(r"(?:narrow|wid)\w*(?:\s\w+){0,2}\s*$|(?:收窄|缩小|扩大|走阔)至?$", re.IGNORECASE)
_REVISED = re.compile(
    r"\b(?:cut|rais|lower|lift|trim|revis|reduc|upgrad|downgrad)\w*\b[^,;]*$|[上下]调[^,，;；]*$|[上下]修[^,，;；]*$",
    re.IGNORECASE,
)
_FORECAST = re.compile(r"forecast|estimate|target|guidance|outlook|预测|目标|预期|指引", re.IGNORECASE)
_PACE = re.compile(r"\b(?:growth|inflation|gains?|slow\w*|accelerat\w*)\b[^,;]*$|增[速幅长][^,，;；]*$", re.IGNORECASE)
_COMPARED = re.compile(
    r"[^,，;；。(（\d]{0,40}[,，(（]?\s*(?:(?:up |down |as )?(?:versus|vs\.?|against|compared (?:with|to)|from|below|above|(?:lower|higher|more|less|fewer) than)(?: the)?|(?:[上去]年|[上前]一?[季月周]度?)(?:同期|末)?为?|同期为?|[低高]于\s?的?|较|[:：])\s*(?:about |around |of )?",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"[^,，;；。(（\d]{0,40}[,，(（]\s*为?")  # what is left of `，去年同期为` without its period
_EARLIER = re.compile(
    r"\b(?:ago|earlier|before|previous(?:ly)?|prior|last|from)\b|同期|[上去]年|[上前]一?[季月周]|年初", re.IGNORECASE
)
_HOPED = re.compile(r"expect|consensus|estimat|forecast|guidance|target|预期|目标|预测", re.IGNORECASE)
_COST = re.compile(r"\b(?:costs?|expenses?|charges?|expenditure)\b|成本|费用|支出", re.IGNORECASE)
_NAMED_BEFORE = re.compile(r"[\u4e00-\u9fff]\s?$")
_THAN_EARLIER = re.compile(
    r"\s?[,，]?\s?(?:(?:which|that) (?:is|was) )?(?:(?:slightly|well|far|still|略|明显|大幅|远|仍)\s?)?(?:(?P<above>高于|多于|超过|(?:higher|more|better|greater) than|above|up (?:on|from))|(?:低于|少于|不及|(?:lower|less|worse) than|below|down (?:on|from)|short of))\s?"
    r"(?:[去上]年(?:同期)?|[上前]一?(?:季度?|个?月|期)|(?:that of |the level of |it was |in )?(?:an?|the|last|the previous|the prior) (?:year|quarter)(?:[ -](?:earlier|before|ago))?)(?:的?水平)?\s?(?:[,，;；。.]|$)",
    re.IGNORECASE,
)
_GUIDED = re.compile(r"\bguid(?:es|ed|ing|ance)\b|指引", re.IGNORECASE)
_OF_THE_HOUSE = re.compile(
    r"\b(?:we|our)\b(?: \w+){0,2} (?:estimat|expect|forecast|model|assum|pencil|look|project)|\bconsensus\b|我们[^，,。;；]{0,3}(?:预[计测期]|估计)",
    re.IGNORECASE,
)
_YEAR_TOLD = re.compile(r"[今明后去前]年|(?:this|next|last) year", re.IGNORECASE)
_STOP = re.compile(r"[,，;；。]|\.\s|\b(?:and|but|while)\b")


def course_problem(wanted: Fact, other: Fact, sentence: Reading, source: Source) -> Problem | None:
    """When a level is said to have been reached by a rise, and the passage has it below an earlier one; or the reverse."""
    if _is_minus(wanted, other, source.reading.text) or _set_against(wanted, other, sentence, source):
        return Problem(TURNED, f"{wanted.figure.text.strip()} goes the other way in the cited passage")
    said = -wanted.worded if wanted.negated else wanted.worded
    if not said or other.worded * said > 0 or wanted.figure.part or wanted.loss or other.loss or wanted.side in MINUS:
        return None
    lead = sentence.text[max(wanted.sentence[0], wanted.figure.start - 24) : wanted.figure.start]
    to = _TO.search(lead)
    clause = sentence.text[max(wanted.sentence[0], wanted.figure.start - 60) : wanted.figure.start]
    if (_REVISED.search(clause) and _FORECAST.search(clause)) or (
        wanted.figure.kind == "percent" and _PACE.search(clause)
    ):
        return None  # a forecast that is cut may be of what grows, growth that slows of what rises
    if to is None or _WIDTH.search(lead[: to.start()]) or (not wanted.metrics and _QUALITY.search(lead[: to.start()])):
        return None
    ways = set(_ways(wanted, other, sentence, source))
    if ways and said not in ways:
        return Problem(TURNED, f"{wanted.figure.text.strip()} goes the other way in the cited passage")
    return None


def _is_minus(wanted: Fact, other: Fact, text: str) -> bool:
    """Whether a change that is told as a rise stands in the passage behind a dash that is its minus: 规划建面 - 15.1%."""
    dash = other.figure.unsure and other.figure.sign < 0 and other.figure.kind == "percent" and not other.worded
    return dash and wanted.worded > 0 and wanted.sure and bool(_NAMED_BEFORE.search(text, 0, other.figure.start))


def _set_against(wanted: Fact, other: Fact, sentence: Reading, source: Source) -> bool:
    """Whether a level is said to be above or below an earlier one that the passage has on the other side: `8.2%, below last year`."""
    match = _THAN_EARLIER.match(sentence.text, wanted.figure.end)
    if match is None or wanted.worded or wanted.loss or other.loss or wanted.side in MINUS:
        return False
    ways = set(_ways(wanted, other, sentence, source))
    return bool(ways) and (1 if match["above"] else -1) not in ways


def told_for(wanted: Fact, other: Fact, sentence: Reading, source: Source) -> Problem | None:
    """When the figure that a level is compared with is told for that level's own period, or one of this week for last week's."""
    text, reading = wanted.figure.text.strip(), source.reading
    if other.row is not None:
        return None
    if _guided_alone(wanted, other, sentence, reading):
        return Problem(5, f"{text} is no guidance of the company in the cited passage")
    if _of_another_year(wanted, other, source):
        return Problem(3, f"{text} is for {other.periods[0].text.strip()} in the cited passage")
    relative = [each for each in wanted.periods if is_relative(each)]
    if relative and len(relative) == len(wanted.periods) and other.periods and all(map(is_relative, other.periods)):
        alike = [each for each in other.periods if kind_of(each) == kind_of(relative[0])]
        if alike and not any_same_period(relative, alike) and any_same_period(relative, reading.periods):
            return Problem(3, f"{text} is for {alike[0].text.strip()} in the cited passage")
    level = next((fact for fact in reading.facts if priors(reading).get(id(fact)) is other), None)
    own = [each for each in wanted.periods if not is_relative(each)]
    if level is None or not own or any(named_in(each, other.periods) for each in own):
        return None
    when = [each for each in level.periods if not is_relative(each)] or _latest(source)
    if all(named_in(each, when) for each in own):
        return Problem(3, f"{text} is of the period before in the cited passage")
    return None


def _guided_alone(wanted: Fact, other: Fact, sentence: Reading, reading: Reading) -> bool:
    """Whether a sentence tells a figure as the company's guidance that the passage has as the house's own estimate."""
    told, there = sentence.text[slice(*wanted.sentence)], reading.text[slice(*other.sentence)]
    if not _GUIDED.search(told) or _OF_THE_HOUSE.search(told):
        return False
    return _OF_THE_HOUSE.search(there) is not None and not _GUIDED.search(there)


def _of_another_year(wanted: Fact, other: Fact, source: Source) -> bool:
    """Whether a sentence names a year for a figure, and the passage another one by words that its report's date tells: 明年."""
    own = [each.period for each in wanted.periods if each.period and not each.period.implied and not is_relative(each)]
    if not own or len(own) < len(wanted.periods) or source.day is None or not other.periods:
        return False
    if not all(_YEAR_TOLD.fullmatch(each.text.strip()) for each in other.periods):
        return False
    told = [period for each in other.periods for period in periods(each.text, source.day)]
    return bool(told) and not any(a.start <= b.end and b.start <= a.end for a in own for b in told)


def _latest(source: Source) -> list[Figure]:
    """The last of the periods that a passage and what stands above it name."""
    dated = [each for each in source.periods if each.period and not each.period.implied and not is_relative(each)]
    return sorted(dated, key=lambda each: each.period.end if each.period else date.min)[-1:]


def _ways(wanted: Fact, other: Fact, sentence: Reading, source: Source) -> Iterator[int]:
    """Which way the passage says that a level went: 1, 0, -1; several where several earlier ones or changes are told."""
    against = all_against(sentence.text)
    changes = [change for level, change in links(source.reading) if level is other and change.way]
    alike = [change for change in changes if change.against in against]
    if other.row is None:
        yield from (-each.way if each.negated else each.way for each in alike or changes)
        prior = priors(source.reading).get(id(other))
        if prior is not None:
            yield _way(prior, other)
        return
    earlier = sorted(_earlier(other, source), key=lambda each: _end(each))
    times = [each for each in sentence.periods if not is_relative(each)]
    bases = [each for each in times if not fits(each, other.periods, source.shift)]
    based = [each for each in earlier if any(fits(base, each.periods, source.shift) for base in bases)]
    if not based and "the period before" in against:
        based = earlier[-1:]
    if not based and "a year before" in against:
        based = [each for each in earlier if 350 < _end(other) - _end(each) < 380]
    for each in based or earlier:
        way, below = _way(each, other), max(worth(each.figure), worth(other.figure)) < 0
        if not below:
            yield way
        elif _COST.search(other.row.label):
            yield -way  # costs in brackets; of two losses the nearer to nought is said to have fallen, or to have risen


def _earlier(other: Fact, source: Source) -> Iterator[Fact]:
    """The cells beside one that are of an earlier period of the same length."""
    for each in source.reading.facts:
        if beside(each, other) and each.figure.unit == other.figure.unit and _end(each) and _end(other):
            one, two = each.periods[0].period, other.periods[0].period
            if one and two and one.end < two.end and one.kind == two.kind:
                yield each


def _end(fact: Fact) -> int:
    """The last day of a fact's period; 0 for none."""
    period = fact.periods[0].period if fact.periods else None
    return period.end.toordinal() if period else 0


def _way(prior: Fact, level: Fact) -> int:
    change = worth(level.figure) - worth(prior.figure)
    return (change > 0) - (change < 0)


@lru_cache(maxsize=1024)
def priors(reading: Reading) -> dict[int, Fact]:
    """By the id of a level of a text: the earlier one that it is compared with, `902 million (2024: 1,015 million)`."""
    found = {}
    for one, two in pairwise(reading.facts):
        if one.sentence != two.sentence or one.figure.kind != two.figure.kind or one.row is not None:
            continue
        between, inside = _without(reading.text, one.figure.end, two.figure.start, reading.periods)
        behind = reading.text[two.figure.end : min(two.figure.end + 40, two.sentence[1])]
        behind = _STOP.split(behind)[0]
        dated = bool(two.periods) and two.periods != one.periods
        told = dated or any(map(_EARLIER.search, (inside, between, behind)))
        if (
            told
            and (_COMPARED.fullmatch(between) or (inside and _BESIDE.fullmatch(between)))
            and not _HOPED.search(between + behind)
        ):
            if dated and not any(map(is_relative, (*one.periods, *two.periods))) and _end(two) > _end(one) > 0:
                continue
            found[id(one)] = two
    return found


def _without(text: str, start: int, end: int, periods: Sequence[Figure]) -> tuple[str, str]:
    """The characters between two figures without the periods among them, and those periods."""
    between, inside = text[start:end], ""
    for each in reversed(periods):
        if start <= each.start and each.end <= end:
            inside = f"{each.text} {inside}"
            between = f"{between[: each.start - start].rstrip()} {between[each.end - start :].lstrip()}"
    return between, inside
