"""Whether a figure of a sentence is the one of a table's row and column that it is said to be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache

from rag.figures.context import Fact, Reading
from rag.figures.figure import Figure, Row
from rag.figures.match import Problem
from rag.figures.metrics import TURN, families
from rag.figures.when import is_relative, kind_of, named_in, same_period
from rag.language import analysis
from rag.language.lexicon import expand
from rag.language.periods import Period

_GENERIC = frozenset(analysis.stem(word) for word in ("net", "total", "gross", "basic", "diluted", "amount", "balance"))
_KINDS = frozenset(analysis.stem(word) for word in ("net", "gross", "basic", "diluted"))
_TURN = re.compile(rf"{TURN.pattern}|\bthan\b")  # `larger than Asia` is not of Asia
_LATER = re.compile(r"\b(?:thereafter|beyond|after)\b|以后|之后", re.IGNORECASE)
_AFTER = re.compile(rf"{_LATER.pattern}|\blater\b", re.IGNORECASE)
_OF_ROW_ABOVE = re.compile(
    r"(?:(?:%|per ?cent(?:age)?|year[- ]over[- ]year)\s)?(?:change|growth|increase|decrease)\b|(?:%|per ?cent(?:age)?) of\b|y[/o]y\b|[同环]比|增[速长幅]",
    re.IGNORECASE,
)
_FISCAL = re.compile(r"fiscal|FY", re.IGNORECASE)
_WHOLE = ("year", "half", "quarter")


def column_problem(wanted: Fact, other: Fact, sentence: Reading, shift: int) -> Problem | None:
    """``shift``: months from the end of the company's own quarters and years to those of the calendar's of that number."""
    if other.row is not None and other.bases and any(fits(each, other.bases, shift) for each in wanted.periods):
        return None  # what is due in 2026, as of the day over its column
    for there in (other.periods, other.bases):
        if wanted.periods and there and not any(fits(each, there, shift) for each in wanted.periods):
            of_row = other.row is not None and all(each.text in other.row.label for each in there)
            day = there is other.bases and all(each.period and each.period.implied for each in there)
            if of_row and (day or any(each.unit in {one.unit for one in there} for each in sentence.periods)):
                continue  # a balance at December 31; or the sentence names the row by its year: `the 2021 Notes`
            named = ", ".join(dict.fromkeys(each.text.strip() for each in there))
            return Problem(3, f"{wanted.figure.text.strip()} is for {named} in the cited passage")
    return None


def fits(claim: Figure, column: Sequence[Figure], shift: int) -> bool:
    """Whether a period names a column, whose head may be a date, a year, or a quarter of the company's own."""
    if shift and _FISCAL.search(claim.text) and all(each.period and each.period.kind == "range" for each in column):
        return claim.period is None or any(_ends(each.period, _months_back(claim.period.end, shift)) for each in column)
    if is_relative(claim) and column and all(map(is_relative, column)):
        return any(same_period(claim, each) or kind_of(each) != kind_of(claim) for each in column)  # 上周 is not 本周
    if is_relative(claim) or named_in(claim, column) or any(named_in(each, [claim]) for each in column):
        return True
    period = claim.period
    if period is None:
        return True
    column = _finest(column)
    if period.fiscal and any(each.period is not None and is_part_of_fiscal(period, each.period) for each in column):
        return True
    if period.kind in _WHOLE and shift and not period.implied:
        end = _months_back(period.end, shift)
        if any(_ends(each.period, end) and _as_long(each.period, period) for each in column):
            return True
    return any(each.period is not None and _year_of(period, each.period) for each in column)


def _finest(column: Sequence[Figure]) -> Sequence[Figure]:
    """The periods of a column that hold none of its others: of `Year ended 2018 / Fourth quarter` the quarter."""
    spans = [each.period for each in column if each.period]
    parts = [
        a for a in spans if not any(a is not b and a.start <= b.start and b.end <= a.end and a != b for b in spans)
    ]
    return [each for each in column if each.period in parts] if len(parts) < len(spans) else column


def _year_of(claim: Period, head: Period) -> bool:
    """A year for a column of a part of it, and a part of a year for a column that tells the year alone."""
    if claim.implied or head.implied or claim.kind == head.kind:
        return False
    if claim.kind == "year":
        return claim.start.year == head.end.year
    return head.kind == "year" and head.start.year in (claim.start.year, claim.end.year)


def is_part_of_fiscal(claim: Period, head: Period) -> bool:
    """Whether a part of a company's own year is told by the day it ends on: 2022财年前九个月 for nine months ended June 25, 2022."""
    alike = head.kind in ("range", "quarter", "half") and not head.implied and claim.kind != "year"
    return alike and _as_long(head, claim) and head.end.year == claim.end.year


def _ends(head: Period | None, end: date) -> bool:
    return head is not None and abs(head.end - end) <= timedelta(days=10)


def _as_long(head: Period | None, claim: Period) -> bool:
    """Whether a head that is a length of time, not a day, is as long as what is claimed."""
    if head is None or head.kind in ("day", "month"):
        return True
    return abs((head.end - head.start) - (claim.end - claim.start)) <= timedelta(days=10)


def _months_back(day: date, months: int) -> date:
    index = day.year * 12 + day.month - months  # of the month after, whose first day is one too far
    return date(index // 12, index % 12 + 1, 1) - timedelta(days=1)


@lru_cache(maxsize=512)
def fiscal_shift(named: tuple[Figure, ...]) -> int:
    """Months by which a company's periods end earlier than the calendar's of that number; ``named``: those of
    ``FY2023 (fiscal year ended January 29, 2023)``. 0 when they are the calendar's or it is not said."""
    whole = next((each.period for each in named if each.period and each.period.kind in _WHOLE), None)
    ends = [each.period for each in named if each.period and each.period is not whole]
    if whole is None or not ends:
        return 0
    end = ends[-1].end
    month = end.year * 12 + end.month - (end.day <= 10)
    return whole.end.year * 12 + whole.end.month - month


def row_problem(wanted: Fact, other: Fact, sentence: Reading, rows: Iterable[Row]) -> Problem | None:
    """When the sentence names other rows of the table for the figure, and none of the words of the row it stands in."""
    if other.row is None or not other.row.terms or is_of_row_above(other):
        return None
    translate = sentence.text.isascii() != other.row.label.isascii()
    near = _near(sentence, wanted, translate)
    if _LATER.search(other.row.label) and _AFTER.search(sentence.text, wanted.sentence[0], wanted.sentence[1]):
        return None  # what falls due after 2027, of a row `Thereafter`
    rows = list(rows)
    own = other.row.terms - _GENERIC
    if _other_kind(other.row, rows, near):
        return Problem(4, f"{wanted.figure.text.strip()} is of {other.row.label} in the cited passage")
    if own and _INITIALS.search(other.row.label) and _initials(other.row.label) & set(_near_words(sentence, wanted)):
        return None  # `US revenue`
    said = _terms(sentence.text) | (translated(sentence.text) if translate else frozenset())
    if own and not own & said and all(any(_akin(term, each) for each in said) for term in own):
        return None  # `European revenue` for a row Europe
    if own and (len(own & near) * 3 >= len(own) or (len(sentence.facts) > 2 and own <= said)):
        return None
    if not other.metrics and own and not own & said and not translate:
        # Of a row that the sentence does not name at all, where it names another one: a segment, a product, a company.
        near = said
        rows = [
            row for row in rows if not wanted.metrics or families(row.label) & wanted.metrics or not families(row.label)
        ]
    if wanted.metrics & other.metrics:  # a row of another metric is named for another figure
        rows = [
            row
            for row in rows
            if families(row.label) & other.metrics or (not families(row.label) and row.terms - _GENERIC)
        ]
    held = Counter(term for row in rows for term in row.terms) if len(rows) > 3 else Counter()
    common = {term for term, count in held.items() if count * 2 > len(rows)}  # `fees` of a table of fees
    named = [row for row in rows if row.terms - common and row.terms <= near]
    named = [row for row in named if not any(row.terms < each.terms for each in named)]
    if not named or any(row.terms == other.row.terms for row in named):
        return None
    return Problem(4, f"{wanted.figure.text.strip()} is of {other.row.label} in the cited passage")


def is_of_row_above(fact: Fact) -> bool:
    """Whether a row is one of changes or shares of the row above it, which a sentence names: `Percentage change` below `Net sales`."""
    of_row = fact.row is not None and _OF_ROW_ABOVE.match(fact.row.label)
    return bool(of_row) and fact.figure.kind in ("percent", "points")


def _other_kind(own: Row, rows: Iterable[Row], near: frozenset[str]) -> bool:
    """Whether words name the row of another kind of what a row is of: gross profit for net profit."""
    for row in rows:
        theirs, mine = row.terms - own.terms, own.terms - row.terms
        if mine and theirs and mine | theirs <= _KINDS and row.terms <= near and not mine & near:
            return True
    return False


def _akin(one: str, two: str) -> bool:
    """Whether two words are of one stem that inflection hides: Europe and European, Asia and Asian."""
    return min(len(one), len(two)) > 3 and (one.startswith(two) or two.startswith(one))


_INITIALS = re.compile(r"^[A-Z][a-z]+ [A-Z][a-z]+")


def _initials(label: str) -> set[str]:
    """The initials of a label of several capitalised words: US and U.S. for United States."""
    first = "".join(word[0] for word in re.findall(r"[A-Z][a-z]+", label))
    return {first, ".".join(first) + "."}


def _near_words(sentence: Reading, fact: Fact) -> list[str]:
    return re.findall(r"[A-Z][A-Z.]+", sentence.text[fact.sentence[0] : fact.figure.start])


def _near(sentence: Reading, fact: Fact, translate: bool) -> frozenset[str]:
    """The words from the figure before to the figure after; ``translate``: and their other names."""
    start = max((each.figure.end for each in sentence.facts if each.figure.end <= fact.figure.start), default=0)
    end = min((each.figure.start for each in sentence.facts if each.figure.start >= fact.figure.end), default=None)
    lead = sentence.text[start : fact.figure.start]
    before = _terms(lead) | (translated(lead) if translate else frozenset())
    if len(before) > 2:
        return before
    turn = _TURN.search(sentence.text, fact.figure.end, len(sentence.text) if end is None else end)
    return before | _terms(sentence.text[fact.figure.end : turn.start() if turn else end])


@lru_cache(maxsize=1024)
def translated(text: str) -> frozenset[str]:
    """Terms of the other names, in either language, of what a text names."""
    return frozenset(term for each in expand(text) for form in each.others for term in analysis.content_terms(form))


@lru_cache(maxsize=2048)
def _terms(text: str) -> frozenset[str]:
    return frozenset(term for term in analysis.content_terms(text) if not re.match(r"\d", term))
