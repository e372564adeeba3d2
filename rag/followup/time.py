"""Words such as `the week before`, 上一年, 再前一年: steps in time from the period that was asked about before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from rag.followup.frame import Frame, Spot
from rag.followup.marks import RELATIVE
from rag.language.periods import Period, spellings

_UNITS = {"day": 1, "week": 7, "month": -1, "quarter": -3, "half": -6, "year": -12}  # days, or months below zero
ZH_UNITS = {
    "天": "day",
    "日": "day",
    "周": "week",
    "星期": "week",
    "月": "month",
    "个月": "month",
    "季度": "quarter",
    "个季度": "quarter",
    "季": "quarter",
    "年": "year",
    "年度": "year",
    "财年": "year",
}
COUNTS = {"a": 1, "one": 1, "the": 1, "two": 2, "three": 3, "four": 4, "一": 1, "两": 2, "二": 2, "三": 3, "": 1}
_UNIT = r"(?P<unit>day|week|month|quarter|half|year)s?"
_BACK = re.compile(
    rf"\b(?:the\s+)?(?:same\s+(?:period|quarter|month|week|time)\s+)?(?:{_UNIT}\s+(?:before|prior|earlier)(?:\s+(?:that|it|then))?"
    rf"|(?P<n>a|one|two|three|four)\s+(?P<unit2>day|week|month|quarter|year)s?\s+(?:before|earlier|ago|prior)(?:\s+(?:that|it))?"
    rf"|(?:previous|prior|preceding|last)\s+(?P<unit3>day|week|month|quarter|half|year))\b",
    re.IGNORECASE,
)
_ON = re.compile(
    rf"\b(?:the\s+)?(?:{_UNIT}\s+after(?:wards?|\s+(?:that|it))?|(?P<n>a|one|two|three|four)\s+(?P<unit2>day|week|month|quarter|year)s?\s+(?:later|after|on)"
    r"|(?:next|following|subsequent)\s+(?P<unit3>day|week|month|quarter|half|year))\b",
    re.IGNORECASE,
)
_ZH_BACK = re.compile(
    r"(?:再?[上前]|更早)(?P<n>[一两二三]?)个?(?P<unit>季度|季|年度|财年|年|周|星期|月|天)(?:度)?|(?P<same>[去上]年同期)"
)
_ZH_ON = re.compile(r"再?[下后](?P<n>[一两二三]?)个?(?P<unit>季度|季|年度|财年|年|周|星期|月|天)(?!半)")
_NOW = re.compile(
    r"\b(?:this|the current) (?P<en>day|week|month|quarter|year)\b|[本这今](?P<zh>周|星期|个?月|季度?|年)(?!\w*[一二三四1-4]季|[上下]半年)",
    re.IGNORECASE,
)
_NOW_UNITS = {unit: unit for unit in ("day", "week", "month", "quarter", "year")} | ZH_UNITS
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORT = re.compile(
    r"\b(?:first|second|third|fourth)\s+(?:quarter|half)\b|\b[QH][1-4]\b|\b[1-4][QH]\b"
    r"|\b(?:January|February|March|April|May|June|July|August|September|October|November|December)\b|[一二三四]季度|[上下]半年|(?<!\d)\d{1,2}月",
    re.IGNORECASE,
)
_MONTHS = "January February March April May June July August September October November December".split()


Step = tuple[int, int, str, int]  # start, end, unit, count


def step_of(question: str) -> Step | None:
    """``(start, end, unit, count)`` of a step in time, negative for back; None where the question takes none."""
    for pattern, way in ((_BACK, -1), (_ON, 1)):
        match = pattern.search(question)
        if match:
            unit = (match["unit"] or match["unit2"] or match["unit3"]).lower()
            return match.start(), match.end(), unit, way * COUNTS[(match["n"] or "").lower()]
    for pattern, way in ((_ZH_BACK, -1), (_ZH_ON, 1)):
        match = pattern.search(question)
        if match:
            if "same" in match.groupdict() and match["same"]:
                return match.start(), match.end(), "year", -1
            return match.start(), match.end(), ZH_UNITS[match["unit"]], way * COUNTS[match["n"] or ""]
    return None


def stepped(period: Period, unit: str, count: int) -> Period | None:
    """The period so many units later or earlier, as long as it is; None where the unit is shorter than the period."""
    size = _UNITS[unit]
    if size > 0:
        if period.kind not in ("day", "week", "range") or (unit == "day" and period.kind != "day"):
            return None
        by = timedelta(days=size * count)
        return replace(period, start=period.start + by, end=period.end + by)
    if period.kind == "range" and (period.end - period.start).days < 20:
        return None
    length = {"day": 1, "week": 1, "month": 1, "quarter": 3, "half": 6, "year": 12}.get(period.kind)
    if length is None or length > -size:
        return None
    start = _months_on(period.start, -size * count)
    if period.kind in ("day", "week"):
        return replace(period, start=start, end=start + (period.end - period.start))
    return replace(period, start=start, end=_months_on(start, length) - timedelta(days=1))


def _months_on(day: date, months: int) -> date:
    index = day.year * 12 + day.month - 1 + months
    year, month = index // 12, index % 12 + 1
    last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
    return date(year, month, min(day.day, last))


def written(period: Period, like: str, chinese: bool) -> str:
    """A period in words, in the manner of those of an earlier one (``FY2023``, ``2Q24``, ``2023年二季度``)."""
    if period.kind in ("week", "range"):
        first, last = period.start, period.end
        if chinese:
            return f"{first.year}年{first.month}月{first.day}日至{last.month}月{last.day}日"
        ahead = "" if first.month == last.month else f" {_MONTHS[first.month - 1]}"
        return f"{first.day}{ahead} to {last.day} {_MONTHS[last.month - 1]} {last.year}"
    if period.kind == "day" and not chinese:
        return f"{period.start.day} {_MONTHS[period.start.month - 1]} {period.start.year}"
    forms = spellings(period)
    shape = re.sub(r"\d", "0", like.strip())
    alike = [form for form in forms if re.sub(r"\d", "0", form) == shape]
    if alike:
        return alike[0]
    fitting = [form for form in forms if ("年" in form) == chinese]
    return fitting[0] if fitting else forms[0]


def from_now(text: str, step: Step) -> str:
    """`Last week` a week before `this week`: no dates are worked out of words that each report has its own date for."""
    now = _NOW.search(text)
    if now is None or abs(step[3]) != 1 or _NOW_UNITS.get((now["en"] or now["zh"]).lower()) != step[2]:
        return ""
    back = step[3] < 0
    if now["en"]:
        return f"{text[: now.start()]}{'last' if back else 'next'} {now['en']}{text[now.end() :]}"
    unit = now["zh"]
    said = ("去年" if back else "明年") if unit == "年" else f"{'上' if back else '下'}{unit}"
    return f"{text[: now.start()]}{said}{text[now.end() :]}"


def moved_on(old: Frame, step: Step) -> tuple[Spot, str] | None:
    """The earlier question's period and the words for the one that a step leads to."""
    for spot in reversed(old.periods):
        if relative := from_now(spot.text, step):
            return spot, relative
        moved = stepped(spot.period, step[2], step[3]) if spot.period else None
        if spot.period and moved:
            surface = spot.period.surface.strip()
            words = written(moved, surface, old.chinese)
            if spot.period.implied:  # no year was named
                if step[2] == "year":
                    return None
                words = re.sub(r"[\s,]*(?:19|20)\d\d年?", "", words)
            return spot, spot.text.replace(surface, words) if surface in spot.text else words
    return None


def with_year(period: str, old: Sequence[Spot], chinese: bool) -> str:
    """A quarter, half or month without a year is of the year that was asked about before."""
    if _YEAR.search(period) or RELATIVE.search(period) or not _SHORT.search(period):
        return period
    years = {match[0] for spot in old for match in _YEAR.finditer(spot.text)}
    if len(years) != 1:
        return period
    year = years.pop()
    return f"{year}年{period}" if chinese else f"{period} of {year}"
