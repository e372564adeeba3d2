"""Periods and dates as figures: ``rag.language.periods`` with what the check of figures needs beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from rag.figures.figure import NO_YEAR, Figure
from rag.language.calendar_spans import Kind
from rag.language.periods import Period, may_name_one, periods

BETWEEN_RANGE = re.compile(r"\s*(?:[-–—~]|to|至|到)\s*", re.IGNORECASE)
_ACTUAL = re.compile(r"(?<=\d)[Aa](?![A-Za-z])")
_NUMBERED = re.compile(
    r"(?<=\b(?:in|of) the )(?P<n>first|second|third|fourth)\b(?=\s*[,.;:)]|\s*$|\s(?:and|but|while|from|to|after|when)\b)",
    re.IGNORECASE,
)
_NUMBERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_IN_WORDS = re.compile(r"quarter|half", re.IGNORECASE)
_FISCAL_QUARTER = re.compile(r"\bF(?=Q[1-4]|[1-4]Q)")  # FQ2
_HYPHEN = re.compile(r"\b(end|mid|early|late)-(?=(?:19|20)\d\d)", re.IGNORECASE)  # end-2026
_NOT_A_YEAR = re.compile(r"\s*(?:to|-|–|and|/)\s*\d{1,2}(?:%|\.\d)", re.IGNORECASE)
_MONTHS_TO = re.compile(
    r"\b(?:(?P<count>three|six|nine|twelve|3|6|9|12)[ -]months? (?:period )?(?:to|ended|ending|until|through)"
    r"|(?P<unit>quarters?|half(?:[- ]years?)?|years?) (?:that |which )?(?:ended|ending|to))\s+(?:on )?(?P<last>(?:\d{1,2} )?[A-Z][a-z]+\.? (?:\d{1,2}, )?\d{4}|(?<=months to )[A-Z][a-z]+\b(?!,? \d))",
    re.IGNORECASE,
)
_TO_DATE = re.compile(r"YTD|to[\s-]date|至今|以来|至报告期末", re.IGNORECASE)
_BESIDE = re.compile(r"\s*[,(]?\s*(?:in |of |for |的)?\s*")
_PARTS = ("quarter", "half", "range")
_WHOLE = ("year", "quarter", "half", "range")
# A month that is part of a name: `WTI October crude`, `Brent November fell`.
_CONTRACT = re.compile(
    r"\b(?!(?:In|By|Since|During|Until|Till|From|Late|Mid|Early|For|Through|To|On|This|Last|Next|After|Before|Between|Of|And|As|At|End|Every|Each)\b)"
    r"[A-Z][A-Za-z]{2,}\s+(January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?=\s+(?:crude|futures?|contracts?|deliver\w+|oil|gold|gas|copper|fell|rose|lost|gained|dropped|slipped|settled|closed|added|\d+\.\d+%))"
    r"|(?<!\d)(\d{1,2}月)(?=原油|合约|期货|交割)"
)
_QUARTER_BEHIND = re.compile(r"[\s-]quarter\b", re.IGNORECASE)
_MONTHS = tuple("january february march april may june july august september october november december".split())
_SPAN_WORDS = ("month ", "months ", "quarter ", "quarters ", "half ", "year ", "years ")
_COUNTS = {"three": 3, "six": 6, "nine": 9, "twelve": 12, "q": 3, "h": 6, "y": 12}
_MARKED = re.compile(r"\d[AaEe]")
_LOWER_E = re.compile(r"(?<=\d)e(?![A-Za-z\d])")
_FORECAST_AFTER = re.compile(r"\s?(?:预测|预计|预估)|[Ee](?![A-Za-z])")
_TENOR = re.compile(r"(?<!\d)\d{1,2}年(?=期|国债|美债)")  # no year of this century
_BARE_YEAR = re.compile(r"((?:19|20)\d\d)(\s?年)?")
_DURATION = re.compile(r"\d{1,2}年$")
_FOR_YEARS = re.compile(r"(?:期|国债|以[上内来]|内|来|间|前|后)")


_FAR = NO_YEAR.year - 4  # from here on a period counts from the day of writing
_SAME_PART = re.compile(
    r"\b(?:(?:the )?(?:same|corresponding|comparable) (?:\w+[- ])?(?:period|quarter|half|months)(?: of| in)? )$",
    re.IGNORECASE,
)
_SAME_PART_ZH = re.compile(r"的?同期")


def find_dates(text: str) -> list[Figure]:
    """Years, quarters, dates, in order; `10年期` and `5年内` are lengths of time and left to the numbers.

    `The same period of 2024` and 2024年同期 are the part of that year that the period before them is of its own; `year to date`
    and 年初至报告期末 end with that period.
    """
    if not may_name_one(text):
        return []
    found = _dated(sorted(_find(text), key=lambda each: each.start))
    part: Period | None = None
    for index, each in enumerate(found):
        period = each.period
        if period is None or each.soft:
            continue
        if period.kind != "year" and not (period.start.year > _FAR and _TO_DATE.search(each.text)):
            part = period if period.kind in ("half", "quarter", "month", "range") else part
            continue
        if part is not None and period.start.year > _FAR and _TO_DATE.search(each.text):
            span = replace(part, start=part.end.replace(month=1, day=1), kind="range")
            found[index] = replace(each, period=span, unit=span.label)
            continue
        before = _SAME_PART.search(text, max(0, each.start - 40), each.start)
        behind = _SAME_PART_ZH.match(text, each.end)
        if part is not None and not period.implied and (before or behind):
            start, end = before.start() if before else each.start, behind.end() if behind else each.end
            same = _of_year(part, period)
            found[index] = replace(each, text=text[start:end], start=start, end=end, period=same, unit=same.label)
    return found


def _dated(found: list[Figure]) -> list[Figure]:
    """The periods of a text; a quarter or a half without its year is of that in which the text before names it, or a half or
    range that holds it, if it is one year alone."""
    if not any(each.period and each.period.implied for each in found):
        return found
    known: list[Period] = []
    out = []
    for each in found:
        period = each.period
        if period and period.implied and period.kind in _PARTS[:2]:
            days = (period.start.month, period.end.month)
            years = {one.start.year for one in known if one.start.month <= days[0] and days[1] <= one.end.month}
            if len(years) == 1:
                period = replace(period, implied=False)
                by = years.pop() - period.end.year
                start, end = period.start, period.end  # no quarter and no half ends with February
                period = replace(period, start=start.replace(year=start.year + by), end=end.replace(year=end.year + by))
                each = replace(each, period=period, unit=period.label)
        elif period and not period.implied and period.kind in _PARTS and period.start.year == period.end.year:
            known.append(period)
        out.append(each)
    return out


def _of_year(part: Period, year: Period) -> Period:
    """The same months of another year."""
    by = year.end.year - part.end.year
    first, behind = ((each.year + by, each.month, each.day) for each in (part.start, part.end + timedelta(days=1)))
    start, end = (date(y, m, min(d, 28)) if m == 2 else date(y, m, d) for y, m, d in (first, behind))
    return replace(part, start=start, end=end - timedelta(days=1), implied=False, fiscal=year.fiscal)


def _plain(text: str) -> tuple[str, str]:
    """A text with its marks of estimates in capitals; and without what is beside the name of a period or no such name."""
    told = text
    if _MARKED.search(text):
        text = _LOWER_E.sub("E", text)
        told = _ACTUAL.sub(" ", text)
    if "-20" in told or "-19" in told:
        told = _HYPHEN.sub(r"\1 ", told)
    if "F" in told:
        told = _FISCAL_QUARTER.sub(" ", told)
    if "年" in told:
        told = _TENOR.sub(lambda match: "x" * len(match[0]), told)
    return text, told


def _find(text: str) -> Iterator[Figure]:
    text, told = _plain(text)
    small = told.lower()
    months_of_names = _months_of_names(told, small)
    yield from _soft(text, months_of_names)
    for start, end in months_of_names:
        told = f"{told[:start]}{'x' * (end - start)}{told[end:]}"
    found = _to_dates(told, periods(told, NO_YEAR))
    months = [
        (match, period)
        for match in (_MONTHS_TO.finditer(told) if any(map(small.__contains__, _SPAN_WORDS)) else ())
        if (period := _months_to(match, found))
    ]
    for match, period in (*months, *_by_number(told, found)):
        yield Figure("period", match[0], match.start(), match.end(), period=period, unit=period.label)
    for period in found:
        start, end = period.span
        start += len(period.surface) - len(period.surface.lstrip())
        if period.surface.strip().upper() in ("TTM", "LTM") or any(m.start() <= start < m.end() for m, _ in months):
            continue  # the last twelve months are those of the day of writing
        if _DURATION.fullmatch(period.surface) and _FOR_YEARS.match(text, end):
            continue
        cut = _NOT_A_YEAR.search(text, start, end + 2)
        if cut:  # `18% in FY24 to 31%`: the second number is no year
            shorter = periods(text[start : cut.start()], NO_YEAR)
            if not shorter:
                continue
            period, end = shorter[0], start + shorter[0].span[1]
        period, end = _quarter_to(text, period, end)
        actual = text[end : end + 1] in ("A", "a") or (
            text[end - 1 : end] in ("A", "a") and text[end - 2 : end - 1].isdigit()
        )
        yield Figure(
            "period",
            text[start:end],
            start,
            end,
            period=period,
            estimate=period.estimate or bool(_FORECAST_AFTER.match(text, end)),
            actual=actual,
            unit=period.label,
        )


def _by_number(text: str, found: Sequence[Period]) -> Iterator[tuple[re.Match[str], Period]]:
    """Quarters and halves told by their number alone behind one that is told in full: `5% in the third quarter, after 3% in the
    second`."""
    for match in _NUMBERED.finditer(text) if found else ():
        last = next((each for each in reversed(found) if each.span[1] <= match.start()), None)
        if last is None or last.kind not in ("quarter", "half") or not _IN_WORDS.search(last.surface):
            continue
        months, number = (3 if last.kind == "quarter" else 6), _NUMBERS[match["n"].lower()]
        if number * months <= 12:
            start, year = date(last.start.year, (number - 1) * months + 1, 1), last.start.year
            end = date(*_months_on(year, number * months, 1), 1) - timedelta(days=1)
            yield match, replace(last, start=start, end=end, surface=match[0], span=match.span())


def _quarter_to(text: str, month: Period, at: int) -> tuple[Period, int]:
    """The three months that end with a month, where a text says so behind it (`the June 2022 quarter`), and where that ends."""
    named = _QUARTER_BEHIND.match(text, at) if month.kind == "month" else None
    if named is None:
        return month, at
    first = date(*_months_on(month.end.year, month.end.month, -2), 1)
    return replace(month, start=first, kind="quarter" if month.end.month % 3 == 0 else "range"), named.end()


def _months_of_names(text: str, small: str) -> list[tuple[int, int]]:
    """Where months are parts of names; ``small``: the text in small letters."""
    if "月" not in text and not any(map(small.__contains__, _MONTHS)):
        return []
    return [match.span(match.lastindex or 0) for match in _CONTRACT.finditer(text)]


def _soft(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[Figure]:
    """Months that are parts of names: named, but nothing is for them."""
    for start, end in spans:
        for month in periods(text[start:end], NO_YEAR)[:1]:
            yield Figure("period", text[start:end], start, end, period=month, unit=month.label, soft=True)


def _to_dates(text: str, found: Sequence[Period]) -> tuple[Period, ...]:
    """The periods of a text; `YTD` beside a year or a part of one is the first part of that year, of unknown length."""
    out: list[Period] = []
    for period in found:
        last = out[-1] if out else None
        if last is None or not _BESIDE.fullmatch(text[last.span[1] : period.span[0]]):
            out.append(period)
            continue
        year, other = (last, period) if _TO_DATE.search(period.surface) else (period, last)
        if not _TO_DATE.search(other.surface) or _TO_DATE.search(year.surface) or year.kind not in _WHOLE:
            out.append(period)
            continue
        span = last.span[0], period.span[1]
        start = year.start.replace(month=1, day=1)
        out[-1] = replace(year, start=start, kind="range", implied=False, surface=text[span[0] : span[1]], span=span)
    return tuple(out)


def _months_to(match: re.Match[str], found: Sequence[Period]) -> Period | None:
    """`nine months ended September 28, 2025` as January to September, whole months: reports end theirs on a near weekday."""
    low, high = match.span("last")
    last = [each for each in found if low <= each.span[0] and each.span[1] == high] or periods(match["last"], NO_YEAR)
    if not last or last[0].kind not in ("day", "month"):
        return None
    word = (match["count"] or match["unit"][0]).lower()
    count = _COUNTS.get(word) or int(word)
    end = last[0].end
    year, month = (end.year, end.month) if end.day > 10 else _months_on(end.year, end.month, -1)
    first = date(*_months_on(year, month, 1 - count), 1)
    final = date(*_months_on(year, month, 1), 1) - timedelta(days=1)
    whole: dict[int, Kind] = {3: "quarter", 6: "half", 12: "year"}
    kind = whole.get(count, "range") if month % count == 0 else "range"
    return replace(last[0], start=first, end=final, kind=kind, surface=match[0], span=match.span())


def _months_on(year: int, month: int, by: int) -> tuple[int, int]:
    """Year and month so many months later."""
    index = year * 12 + month - 1 + by
    return index // 12, index % 12 + 1


def as_year(text: str, number: Figure, times: Sequence[Figure]) -> Figure:
    """The first year of `2016 - 2023年`, and `2020 年`, as a period; any other number as it is."""
    match = _BARE_YEAR.fullmatch(text, number.start, number.end)
    if match is None:
        return number
    shown = match[1]
    following = next((each for each in times if each.start >= number.end), None)
    ranged = following is not None and BETWEEN_RANGE.fullmatch(text[number.end : following.start])
    if not match[2] and not ranged:
        return number
    (period,) = periods(shown) or (None,)
    return Figure("period", shown, number.start, number.end, unit=period.label, period=period) if period else number
