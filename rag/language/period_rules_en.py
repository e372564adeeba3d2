"""How English writing names periods, and the short forms (``2Q24``, ``25H1``, ``2025E``) that both languages use."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from rag.language import calendar_spans as cal
from rag.language.calendar_spans import Span

# What must stand somewhere in a text for the rule to be worth trying, one of each group (words, or MONTHS for the name of
# a month); how the period is written, and whether in a text of small letters; what it means.
Build = Callable[[re.Match[str], date | None], Span | None]
Rule = tuple[tuple[frozenset[str], ...], re.Pattern[str], bool, Build]

IMPLIED_YEAR = 2000
MONTHS = "<month>"
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_NUMBERS = {
    word: number
    for number, word in enumerate("one two three four five six seven eight nine ten eleven twelve".split(), 1)
}
_ORDINAL = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_ORD = r"(?P<ord>first|second|third|fourth|1st|2nd|3rd|4th)"
_Y = r"(?:19[5-9]\d|20[0-7]\d)"
_Y2 = rf"(?:{_Y}|\d\d)"
_FY = r"(?P<fy>FY|fiscal(?:\s+year)?|financial\s+year)?\s*['’]?"
_REL = r"(?P<rel>last|previous|prior|this|current|next)\s+(?P<relfy>fiscal\s+|financial\s+)?year"
_B, _E = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_CALC = r"(?<![A-Za-z0-9.,$€£¥%])"
_EST = r"(?P<est>[EFef](?![A-Za-z]))?"


def groups_of(needs: str) -> tuple[frozenset[str], ...]:
    """``a b & c`` -> a or b, and c."""
    return tuple(frozenset(group.split()) for group in needs.split("&"))


def _rule(
    needs: str, pattern: str, build: Callable[[re.Match[str], date | None], Span | None], *,
    case: bool = False,
) -> Rule:  # fmt: skip
    # Several times faster than to try both cases of each letter.
    small = pattern if case else pattern.lower().replace("(?p<", "(?P<")
    return groups_of(needs), re.compile(small), not case, build


def month_number(name: str) -> int:
    """1 to 12 for an English month or its abbreviation."""
    return _MONTHS[name[:3].lower()]


def number(text: str) -> int:
    """A small number in digits or in words."""
    return int(text) if text.isdigit() else _NUMBERS[text.lower()]


def _marked(span: Span | None, match: re.Match[str]) -> Span | None:
    """The span with its fiscal and estimate marks, from the groups ``fy`` and ``est``."""
    if span is None:
        return None
    groups = match.groupdict()
    fiscal, estimate = bool(groups.get("fy") or groups.get("relfy")), bool(groups.get("est"))
    return replace(span, fiscal=fiscal, estimate=estimate) if fiscal or estimate else span


def _year_of(match: re.Match[str], today: date | None) -> int | None:
    """The year that a match names by digits or by words such as ``last year``; None when it cannot be told."""
    groups = match.groupdict()
    if groups.get("year"):
        return cal.full_year(groups["year"])
    if groups.get("rel"):
        offset = {"this": 0, "current": 0, "next": 1}.get(groups["rel"].lower(), -1)
        return today.year + offset if today else None
    return IMPLIED_YEAR


def _part(make: Callable[[int, re.Match[str]], Span | None]) -> Callable[[re.Match[str], date | None], Span | None]:
    """A builder for a part of a year, implied where the match has no year."""

    def build(match: re.Match[str], today: date | None) -> Span | None:
        year = _year_of(match, today)
        span = _marked(make(year, match), match) if year else None
        groups = match.groupdict()
        implied = not (groups.get("year") or groups.get("rel"))
        return replace(span, implied=True) if span and implied else span

    return build


_quarter = _part(lambda year, m: cal.quarter(year, int(m["q"])))
_half = _part(lambda year, m: cal.half(year, int(m["h"])))
_worded_quarter = _part(lambda year, m: cal.quarter(year, _ORDINAL[m["ord"].lower()]))
_worded_half = _part(lambda year, m: cal.half(year, _ORDINAL[m["ord"].lower()]))
_first_months = _part(lambda year, m: cal.months(year, 1, number(m["n"]), "range"))
_year = _part(lambda year, m: cal.year_span(year))


def _month_of_year(year: int, match: re.Match[str]) -> Span:
    part = (match.groupdict().get("part") or "").lower().rstrip("- ")
    return cal.month(
        year, month_number(match["month"]), {"end": "late", "beginning": "early", "middle": "mid"}.get(part, part)
    )


_month = _part(_month_of_year)
_day = _part(lambda year, m: cal.day(year, month_number(m["month"]), int(m["day"])))


def _numeric_day(match: re.Match[str], today: date | None) -> Span | None:
    return cal.day(int(match["y"]), int(match["m"]), int(match["d"]))


def _numeric_month(match: re.Match[str], today: date | None) -> Span | None:
    return cal.month(int(match["y"]), int(match["m"]))


def _days(year: int, match: re.Match[str]) -> Span | None:
    first = month_number(match["month"])
    second = month_number(match["month2"]) if match.groupdict().get("month2") else first
    start = cal.day(year, first, int(match["day"]))
    end = cal.day(year + (second < first), second, int(match["day2"]))
    if not start or not end or end.start < start.start:
        return None
    return Span(start.start, end.start, "week" if match.groupdict().get("week") else "range")


def _months(year: int, match: re.Match[str]) -> Span | None:
    first, last = month_number(match["month"]), month_number(match["month2"])
    return cal.months(year, first, last, "range") if first < last else None


def _week_of(year: int, match: re.Match[str]) -> Span | None:
    one = cal.day(year, month_number(match["month"]), int(match["day"]))
    if one is None:
        return None
    if match["week"].lower().split()[-1] in ("ended", "ending"):
        return Span(one.start - timedelta(days=6), one.start, "week")
    return cal.week(one.start)


def _years(match: re.Match[str], today: date | None) -> Span | None:
    """``2024-2026``, ``2023-25E``, ``FY24-26``."""
    first = cal.full_year(match["y1"])
    last = cal.full_year(match["y2"] if len(match["y2"]) == 4 else str(first)[:2] + match["y2"])
    if not first or not last or not 0 < last - first <= 50:
        return None
    return _marked(Span(date(first, 1, 1), date(last, 12, 31), "range"), match)


def _split_year(match: re.Match[str], today: date | None) -> Span | None:
    """``FY2023/24``: a fiscal year across two calendar years."""
    first = cal.full_year(match["y1"])
    if not first or int(match["y2"]) % 100 != (first + 1) % 100:
        return None
    return Span(date(first, 1, 1), date(first + 1, 12, 31), "year", fiscal=True, estimate=bool(match["est"]))


def _since(match: re.Match[str], today: date | None) -> Span | None:
    year = cal.full_year(match["year"])
    if not year:
        return None
    start = date(year, month_number(match["month"]) if match["month"] else 1, 1)
    return Span(start, today, "range") if today and today >= start else None


def _relative(match: re.Match[str], today: date | None) -> Span | None:
    if not today:
        return None
    offset = {"this": 0, "current": 0, "next": 1, "coming": 1}.get(match["rel"].lower(), -1)
    unit = match["unit"].lower()
    if unit == "year":
        return replace(cal.year_span(today.year + offset), fiscal=bool(match["relfy"]))
    if unit == "quarter":
        return replace(cal.quarter_of(today, offset), fiscal=bool(match["relfy"]))
    return cal.month_of(today, offset) if unit == "month" else cal.week(today + timedelta(days=7 * offset))


def _relative_month(match: re.Match[str], today: date | None) -> Span | None:
    """``last February``: the latest one that is over; ``this``: of this year; ``next``: the first one to come."""
    if not today:
        return None
    wanted, rel = month_number(match["month"]), match["rel"].lower()
    span = cal.month(today.year, wanted)
    if rel in ("last", "previous", "past") and span.end >= today:
        return cal.month(today.year - 1, wanted)
    return cal.month(today.year + 1, wanted) if rel == "next" and span.start <= today else span


def _several(match: re.Match[str], today: date | None) -> Span | None:
    """``the past three years``, ``next two quarters``, ``last 12 months``."""
    if not today:
        return None
    count, unit = number(match["n"]), match["unit"].lower().rstrip("s")
    return (cal.ahead if match["rel"].lower() in ("next", "coming", "following") else cal.back)(today, count, unit)


def _ago(match: re.Match[str], today: date | None) -> Span | None:
    if not today:
        return None
    count = 1 if match["n"].lower() in ("a", "one") else number(match["n"])
    unit = match["unit"].lower().rstrip("s")
    if unit == "year":
        return cal.year_span(today.year - count)
    if unit == "quarter":
        return cal.quarter_of(today, -count)
    return cal.month_of(today, -count) if unit == "month" else cal.week(today - timedelta(days=7 * count))


def _near_day(match: re.Match[str], today: date | None) -> Span | None:
    if not today:
        return None
    one = today - timedelta(days=match[0].lower() == "yesterday")
    return Span(one, one, "day")


def _to_date(match: re.Match[str], today: date | None) -> Span | None:
    return Span(date(today.year, 1, 1), today, "range") if today else None


def _trailing(match: re.Match[str], today: date | None) -> Span | None:
    return cal.back(today, 12, "month") if today else None


_OF = r"\s*(?:,|of|in|for)?\s*(?:the\s+)?"
_COUNT = r"(?P<n>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DASH = r"\s*(?:-|–|—|~|to|through|until)\s*"
_PLAIN_YEAR = rf"(?P<year>{_Y})"

# Words of which one must be there, in small letters and with every digit as a 0.
_Q_IN = "0q q0"
_ORD_IN = "first second third fourth 0st 0nd 0rd 0th"
_YEAR_OF_IN = "0000 last previous prior this current next"
_QUARTER_IN = f"quarter & {_ORD_IN}"
_H_IN = "0h h0"
_HALF_IN = f"half & {_ORD_IN}"
_M_IN = "0m"
_FIRST_IN = "first"
_THREE_IN = "first 0q"
_SLASH_IN = "0/0"
_FY_IN = "fy"
_YEAR_IN = "0000"
_BETWEEN_IN = "between"
_SHORT_IN = "00-0"
_FISCAL_IN = "fy fiscal financial & 0000"
_CALENDAR_IN = "cy calendar"
_MARKED_IN = "00e 00f"
_NUMERIC_IN = "0000-0 0000/0 0000.0 0-0000 0/0000 0.0000"
_COMPACT_IN = "00000000"
_MONTH_IN = MONTHS
_DAY_IN = f"{MONTHS} & 0"
_MONTH_DAY_YEAR_IN = f"{MONTHS} & 0 & 0000"
_DASH_IN = f"{MONTHS} & 0 & - – — ~ to through until"
_WEEK_IN = "week"
_SINCE_IN = "since"
_RELATIVE_IN = "last past prior previous this current next coming following"
_RELATIVE_UNIT_IN = f"{_RELATIVE_IN} & year quarter month week day"
_AGO_IN = "ago"
_DAYWORD_IN = "yesterday today"
_DATE_IN = "ytd date far"
_TRAILING_IN = "ttm ltm trailing"

RULES: tuple[Rule, ...] = (
    # quarters
    _rule(_Q_IN, rf"{_B}(?P<q>[1-4])Q[\s\-'’]?{_FY}(?P<year>{_Y2}){_EST}{_E}", _quarter),
    _rule(_Q_IN, rf"{_B}Q(?P<q>[1-4])(?:{_OF}{_FY}|[\-'’/])(?P<year>{_Y}|(?<=['’Yy/\-\s])\d\d){_EST}{_E}", _quarter),
    _rule(_Q_IN, rf"{_B}{_FY}(?P<year>{_Y2})[\s\-/,]*Q(?P<q>[1-4]){_EST}{_E}", _quarter),
    _rule(f"{_Q_IN} & year", rf"{_B}Q(?P<q>[1-4]){_OF}{_REL}{_E}", _quarter),
    _rule(f"{_Q_IN} & year", rf"{_B}{_REL}(?:['’]s)?\s+Q(?P<q>[1-4]){_E}", _quarter),
    _rule(f"{_QUARTER_IN} & {_YEAR_OF_IN}", rf"{_B}{_ORD}[\s\-]+(?:fiscal\s+)?quarter{_OF}(?:{_FY}{_PLAIN_YEAR}|{_REL}){_E}", _worded_quarter),
    _rule(f"{_QUARTER_IN} & {_YEAR_OF_IN}", rf"{_B}(?:{_FY}{_PLAIN_YEAR}|{_REL})(?:['’]s)?\s+{_ORD}[\s\-]+quarter{_E}", _worded_quarter),
    _rule(_Q_IN, rf"{_B}(?:Q(?P<q>[1-4])|(?P<q0>[1-4])Q){_E}", _part(lambda y, m: cal.quarter(y, int(m["q"] or m["q0"])))),
    _rule(_QUARTER_IN, rf"{_B}{_ORD}[\s\-]+(?:fiscal\s+)?quarter{_E}", _worded_quarter),
    # halves and the first months
    _rule(_H_IN, rf"{_B}(?P<h>[12])H[\s\-'’]?{_FY}(?P<year>{_Y2}){_EST}{_E}", _half),
    _rule(_H_IN, rf"{_B}H(?P<h>[12])(?:{_OF}{_FY}|[\-'’/])(?P<year>{_Y}|(?<=['’Yy/\-\s])\d\d){_EST}{_E}", _half),
    _rule(_H_IN, rf"{_B}{_FY}(?P<year>{_Y2})[\s\-/]*H(?P<h>[12]){_EST}{_E}", _half),
    _rule(_H_IN, rf"{_B}(?P<h>[12])H{_E}|{_B}H(?P<h2>[12]){_E}", _part(lambda y, m: cal.half(y, int(m["h"] or m["h2"])))),
    _rule(f"{_HALF_IN} & {_YEAR_OF_IN}", rf"{_B}(?P<ord>first|second|1st|2nd)[\s\-]+half{_OF}(?:{_FY}{_PLAIN_YEAR}|{_REL}){_E}", _worded_half),
    _rule(_HALF_IN, rf"{_B}(?P<ord>first|second|1st|2nd)[\s\-]+half(?:[\s\-]+(?:of\s+)?(?:the\s+)?year)?{_E}", _worded_half),
    _rule(_M_IN, rf"{_B}(?P<n>3|6|9)M[\s\-'’]?{_FY}(?P<year>{_Y2}){_EST}{_E}", _first_months),
    _rule(_FIRST_IN, rf"{_B}first\s+(?P<n>three|six|nine|3|6|9)\s+months{_OF}(?:{_FY}{_PLAIN_YEAR}|{_REL}){_E}", _first_months),
    _rule(_THREE_IN,
        rf"{_B}(?:first\s+three\s+quarters{_OF}(?:{_FY}{_PLAIN_YEAR}|{_REL})|1-3Q[\s'’]?(?P<year2>{_Y2})){_E}",
        lambda m, today: _three_quarters(m, today),
    ),
    # years
    _rule(_SLASH_IN, rf"{_B}(?P<fy>FY|fiscal(?:\s+year)?)?\s*(?P<y1>{_Y})/(?P<y2>\d\d|{_Y}){_EST}{_E}", _split_year),
    _rule(_FY_IN, rf"{_CALC}(?P<fy>FY)\s?['’]?(?P<y1>{_Y2}){_DASH}(?:FY\s?)?(?P<y2>{_Y2}){_EST}{_E}", _years),
    _rule(_YEAR_IN, rf"(?P<y1>{_Y})(?<![A-Za-z0-9.,$€£¥%]\d{{4}})[EAF]?{_DASH}(?P<y2>{_Y}|\d\d(?=[EF]\b)|\d\d(?![\d\-–]|\s*%)){_EST}{_E}(?!\s*[%年月日])", _years),
    _rule(_BETWEEN_IN, rf"{_B}between\s+(?P<fy>FY|fiscal\s+)?(?P<y1>{_Y})\s+and\s+(?:FY|fiscal\s+)?(?P<y2>{_Y}){_E}", _years),
    _rule(_SHORT_IN, rf"{_B}(?P<y1>2\d)-(?P<y2>2\d)(?P<est>E){_E}", _years, case=True),
    _rule(_FISCAL_IN, rf"{_B}(?P<fy>FY|fiscal(?:\s+year)?|financial\s+year)[\s\-]*['’]?(?P<year>{_Y}){_EST}{_E}", _year),
    _rule(_FY_IN, rf"{_B}(?P<fy>FY)\s?['’]?(?P<year>\d\d){_EST}{_E}", _year),
    _rule(_CALENDAR_IN, rf"{_B}(?:CY\s?|calendar\s+(?:year\s+)?)(?P<year>{_Y2}){_EST}{_E}", _year),
    _rule("fiscal financial & year & 0000", rf"{_CALC}(?P<year>{_Y})\s+(?P<fy>fiscal|financial)\s+year{_E}", _year),
    _rule(_MARKED_IN, rf"{_CALC}(?P<year>{_Y2})(?P<est>[EF]){_E}", _year, case=True),
    _rule(_YEAR_IN,
        rf"(?P<year>{_Y})(?<![A-Za-z0-9.,$€£¥%-]\d{{4}})(?<!(?<!in )2000)A?(?![A-Za-z0-9%])(?!,\d|\.\d)"
        r"(?!\s*(?:million|billion|thousand|units|people|employees|stores|shares|yuan|dollars|points|bps|[年元亿万千名家人户台辆吨点股个]))",
        _year,
    ),
    # months and days
    _rule(_NUMERIC_IN, rf"{_B}(?P<y>{_Y})[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>0?[1-9]|[12]\d|3[01]){_E}", _numeric_day),
    _rule(_NUMERIC_IN, rf"{_B}(?P<d>0?[1-9]|[12]\d|3[01])[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<y>{_Y}){_E}", _numeric_day),
    _rule(_COMPACT_IN, r"(?<!\d)(?P<y>20[0-7]\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)", _numeric_day),
    _rule(_NUMERIC_IN, rf"{_CALC}(?P<y>{_Y})[-/](?P<m>0[1-9]|1[0-2])(?![\d\-/E]){_E}", _numeric_month),
    _rule(_MONTH_DAY_YEAR_IN, rf"{_B}(?P<month>{_MONTH})\s+{_DAY},?\s+{_PLAIN_YEAR}{_E}", _day),
    _rule(_MONTH_DAY_YEAR_IN, rf"{_B}{_DAY}(?:\s+of)?[\s\-](?P<month>{_MONTH}),?[\s\-]{_PLAIN_YEAR}{_E}", _day),
    _rule(_DAY_IN, rf"{_B}(?P<month>{_MONTH})\s+{_DAY}{_E}(?!\s*[%-])", _day, case=True),
    _rule(_DAY_IN, rf"{_B}{_DAY}(?:\s+of)?\s+(?P<month>{_MONTH}){_E}", _day, case=True),
    _rule(_DASH_IN,
        rf"{_B}(?P<month>{_MONTH})\s+{_DAY}{_DASH}(?:(?P<month2>{_MONTH})\s+)?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+{_PLAIN_YEAR})?{_E}",
        _part(_days),
    ),
    _rule(f"{MONTHS} & - – — ~ to through until",
        rf"{_B}(?P<month>{_MONTH}){_DASH}(?P<month2>{_MONTH})(?:,?\s+(?:of\s+)?{_PLAIN_YEAR})?{_E}(?!\s*\d)",
        _part(_months), case=True,
    ),
    _rule(f"week & {_DASH_IN}",
        rf"{_B}(?P<week>(?:the\s+)?week\s+(?:of|from)\s+)(?P<month>{_MONTH})\s+{_DAY}{_DASH}(?:(?P<month2>{_MONTH})\s+)?"
        rf"(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+{_PLAIN_YEAR})?{_E}",
        _part(_days),
    ),
    _rule(_DASH_IN, rf"{_B}{_DAY}{_DASH}(?P<day2>\d{{1,2}})\s+(?P<month>{_MONTH})(?:,?\s+{_PLAIN_YEAR})?{_E}", _part(_days)),
    _rule(_WEEK_IN,
        rf"{_B}(?P<week>week\s+(?:of|ended|ending|beginning|starting))\s+(?P<month>{_MONTH})\s+{_DAY}(?:,?\s+{_PLAIN_YEAR})?{_E}",
        _part(_week_of),
    ),
    _rule(f"{MONTHS} & 00",
        rf"{_B}(?P<month>{_MONTH})(?:\s*,?\s*(?:of\s+)?|[-'’])(?P<year>{_Y}|(?<=['’\-])\d\d){_E}",
        _month,
    ),
    _rule(f"{MONTHS} & 00 & early mid late end beginning middle",
        rf"{_B}(?P<part>early|mid|late|end|beginning|middle)(?:[\s\-]+(?:of\s+)?)?(?P<month>{_MONTH})(?:\s*,?\s*(?:of\s+)?|[-'’])"
        rf"(?P<year>{_Y}|(?<=['’\-])\d\d){_E}",
        _month,
    ),
    _rule(f"{MONTHS} & last past previous this next", rf"{_B}(?P<rel>last|past|previous|this|next)\s+(?P<month>{_MONTH}){_E}(?!\s+\d)", _relative_month),
    _rule(f"{MONTHS} & early mid late", rf"{_B}(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[\s\-](?P<month>{_MONTH}){_E}", _month, case=True),
    _rule(_MONTH_IN, rf"{_B}(?!May|Mar|Jan|Dec|Sep)(?P<month>{_MONTH}){_E}(?!\s*\d)", _month, case=True),
    _rule(_MONTH_IN, rf"{_B}(?P<month>January|March|September|December){_E}(?!\s*\d)", _month, case=True),
    _rule("may", rf"(?:(?<=in )|(?<=since )|(?<=for )|(?<=of )|(?<=by ))(?P<month>May){_E}(?!\s*\d)", _month, case=True),
    # relative
    _rule(_SINCE_IN, rf"{_B}since\s+(?:(?P<month>{_MONTH})\s+)?{_PLAIN_YEAR}{_E}", _since),
    _rule(_RELATIVE_UNIT_IN,
        rf"{_B}(?P<rel>last|previous|prior|this|current|next|coming)\s+(?P<relfy>fiscal\s+|financial\s+)?(?P<unit>year|quarter|month|week){_E}",
        _relative,
    ),
    _rule(_RELATIVE_UNIT_IN, rf"{_B}(?P<rel>last|past|previous|next|coming|following)\s+{_COUNT}\s+(?:fiscal\s+)?(?P<unit>years|quarters|months|weeks|days){_E}", _several),
    _rule(_AGO_IN, rf"{_B}(?P<n>an?|\d{{1,2}}|one|two|three|four|five|six)\s+(?P<unit>years?|quarters?|months?|weeks?)\s+ago{_E}", _ago),
    _rule(_DAYWORD_IN, rf"{_B}(?:yesterday|today){_E}", _near_day),
    _rule(_DATE_IN, rf"{_B}(?:year[\s\-]to[\s\-]date|YTD|so\s+far\s+this\s+year){_E}", _to_date),
    _rule(_TRAILING_IN, rf"{_B}(?:TTM|LTM|trailing\s+(?:twelve|12)\s+months){_E}", _trailing),
)  # fmt: skip


def _three_quarters(match: re.Match[str], today: date | None) -> Span | None:
    year = cal.full_year(match["year2"]) if match["year2"] else _year_of(match, today)
    return cal.months(year, 1, 9, "range") if year else None
