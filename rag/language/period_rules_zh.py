"""How Chinese writing names periods. The text comes with full-width digits already made half-width."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from rag.language import calendar_spans as cal
from rag.language.calendar_spans import Span
from rag.language.period_rules import IMPLIED_YEAR, Build, Rule, groups_of, to_date

_DIGITS = {char: str(number) for number, char in enumerate("零一二三四五六七八九")} | {"〇": "0", "两": "2"}
_RELATIVE_YEARS = {
    "前年": -2,
    "去年": -1,
    "上年": -1,
    "上一年": -1,
    "今年": 0,
    "本年": 0,
    "当年": 0,
    "明年": 1,
    "来年": 1,
    "后年": 2,
}
_REL = r"(?<![以之此目今往其])(?:" + "|".join(sorted(_RELATIVE_YEARS, key=len, reverse=True)) + ")"
_N = r"\d{1,2}|[一二三四五六七八九十两]{1,3}"
_TENOR = r"年(?:[和与、及跟]\d\d?年)?(?:期|[国美债])"  # 10年期, 10年和30年国债
_YEAR = rf"(?:(?P<year>(?:19[5-9]\d|20[0-7]\d)|(?<!\d)[0-4]\d(?!{_TENOR})|二[〇零][〇零一二三四五六七八九]{{2}})(?P<fy>财)?年?度?|(?P<rel>{_REL})度?)"
_QUARTER = r"(?:(?P<q>(?<=第)[一二三四1-4](?=个季度)|[一二三四1-4](?=季))个?季度?(?:报告|报)?|Q(?P<q2>[1-4]))"
_DASH = r"(?:-|–|—|~|～|至|到)"


def _rule(needs: str, pattern: str, build: Build) -> Rule:
    return groups_of(needs), re.compile(pattern), False, build


def number(text: str) -> int:
    """A number below 100 in digits or in characters (``十二`` -> 12, ``三`` -> 3)."""
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, units = text.partition("十")
        return 10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(units, "0"))
    return int("".join(_DIGITS[char] for char in text))


def _year_of(match: re.Match[str], today: date | None) -> int | None:
    groups = match.groupdict()
    if groups.get("year"):
        return cal.full_year("".join(_DIGITS.get(char, char) for char in groups["year"]))
    if groups.get("rel"):
        return today.year + _RELATIVE_YEARS[groups["rel"]] if today else None
    return IMPLIED_YEAR


def _part(make: Callable[[int, re.Match[str]], Span | None]) -> Build:
    """A builder for a part of a year, implied where the match has no year."""

    def build(match: re.Match[str], today: date | None) -> Span | None:
        year = _year_of(match, today)
        span = make(year, match) if year else None
        groups = match.groupdict()
        if span is None:
            return None
        fiscal, estimate = bool(groups.get("fy")), bool(groups.get("est"))
        implied = not (groups.get("year") or groups.get("rel"))
        marked = fiscal or estimate or implied
        return replace(span, fiscal=fiscal, estimate=estimate, implied=implied) if marked else span

    return build


def _quarter(year: int, match: re.Match[str]) -> Span:
    return cal.quarter(year, number(match["q"] or match["q2"]))


def _half(year: int, match: re.Match[str]) -> Span:
    return cal.half(year, 2 if match["half"].startswith(("下", "H2")) else 1)


def _month(year: int, match: re.Match[str]) -> Span | None:
    wanted = number(match["month"])
    part = {"上": "early", "初": "early", "中": "mid", "下": "late", "底": "late", "末": "late"}.get(
        (match["part"] or " ")[0], ""
    )
    return cal.month(year, wanted, part) if 1 <= wanted <= 12 else None


def _day(year: int, match: re.Match[str]) -> Span | None:
    return cal.day(year, number(match["month"]), number(match["day"]))


def _months(year: int, match: re.Match[str]) -> Span | None:
    first, last = number(match["m1"]), number(match["m2"])
    return cal.months(year, first, last, "range") if 1 <= first < last <= 12 else None


def _first_months(year: int, match: re.Match[str]) -> Span | None:
    last = number(match["n"]) if match["n"] else 9
    return cal.months(year, 1, last, "range") if 1 < last <= 12 else None


def _days(year: int, match: re.Match[str]) -> Span | None:
    month = number(match["month"])
    start = cal.day(year, month, number(match["day"]))
    end = cal.day(year, number(match["month2"]) if match["month2"] else month, number(match["day2"]))
    return Span(start.start, end.start, "range") if start and end and start.start < end.start else None


def _years(match: re.Match[str], today: date | None) -> Span | None:
    first, last = cal.full_year(match["y1"]), cal.full_year(match["y2"])
    if not first or not last or not 0 < last - first <= 50:
        return None
    return Span(date(first, 1, 1), date(last, 12, 31), "range", estimate=bool(match["est"]))


def _split_year(match: re.Match[str], today: date | None) -> Span | None:
    first = cal.full_year(match["y1"])
    if not first or int(match["y2"]) % 100 != (first + 1) % 100:
        return None
    return Span(date(first, 1, 1), date(first + 1, 12, 31), "year", fiscal=True)


def _plan(match: re.Match[str], today: date | None) -> Span:
    """A five-year plan: the eleventh ran from 2006 to 2010."""
    start = 2001 + 5 * number(match["plan"])
    return Span(date(start, 1, 1), date(start + 4, 12, 31), "range")


def _several(match: re.Match[str], today: date | None) -> Span | None:
    if not today:
        return None
    unit = {"年": "year", "季": "quarter", "月": "month", "周": "week", "星": "week", "天": "day", "日": "day"}[
        match["unit"][0]
    ]
    return (cal.ahead if match["way"][0] in "未接" else cal.back)(today, number(match["n"]), unit)


def _relative(match: re.Match[str], today: date | None) -> Span | None:
    if not today:
        return None
    offset = {"上": -1, "本": 0, "这": 0, "当": 0, "下": 1}[match["way"]]
    if match["unit"].startswith("季"):
        return cal.quarter_of(today, offset)
    return cal.month_of(today, offset) if match["unit"] == "月" else cal.week(today + timedelta(days=7 * offset))


def _near_day(match: re.Match[str], today: date | None) -> Span | None:
    if not today:
        return None
    one = today - timedelta(days={"今": 0, "昨": 1, "前": 2}[match[0][0]])
    return Span(one, one, "day")


def _since(match: re.Match[str], today: date | None) -> Span | None:
    year = _year_of(match, today)
    return Span(date(year, 1, 1), today, "range") if year and today and today.year >= year else None


_HALF = r"(?P<half>上半年度?|下半年度?|中报|半年报|半年度报告|半年度|中期报告|中期业绩|H[12])"
_MONTH = rf"(?P<month>{_N})月份?"
_PART = r"(?P<part>上旬|中旬|下旬|初|中|底|末)?"

_QUARTER_IN = "季 q0"
_HALF_IN = "半年 中报 中期 h0"
_BEFORE_IN = "前"
_MONTH_IN = "月"
_YEAR_IN = "年"
_DIGIT_IN = "0"
_SLASH_IN = "0000/"
_PLAN_IN = "五"
_RECENT_IN = "近 过去 未来 接下来"
_UNIT_IN = "季 月 周 星"
_DAYWORD_IN = "今 昨 前天"
_SINCE_IN = "以来"

RULES: tuple[Rule, ...] = (
    _rule(_QUARTER_IN, rf"{_YEAR}的?第?{_QUARTER}(?P<est>E)?", _part(_quarter)),
    _rule(_HALF_IN, rf"{_YEAR}的?{_HALF}(?P<est>E)?", _part(_half)),
    _rule(_BEFORE_IN, rf"{_YEAR}的?前(?:三季度?|三个季度|(?P<n>{_N})个?月(?![初末底]))", _part(_first_months)),
    _rule(_MONTH_IN, rf"{_YEAR}的?(?P<m1>{_N})月?{_DASH}(?P<m2>{_N})月份?(?!\d*日)", _part(_months)),
    _rule(_MONTH_IN, rf"{_YEAR}的?{_MONTH}(?P<day>{_N})[日号]?{_DASH}(?:(?P<month2>{_N})月)?(?P<day2>{_N})[日号]", _part(_days)),
    _rule(_MONTH_IN, rf"{_YEAR}的?{_MONTH}(?P<day>{_N})[日号]", _part(_day)),
    _rule(_MONTH_IN, rf"{_YEAR}的?{_MONTH}{_PART}", _part(_month)),
    _rule(_YEAR_IN, rf"(?P<year>(?:19[5-9]\d|20[0-7]\d)|(?<!\d)[0-4]\d(?!{_TENOR})|二[〇零][〇零一二三四五六七八九]{{2}})(?:(?P<fy>财)年|年度?)(?:报告|报|全年)?", _part(lambda year, m: cal.year_span(year))),
    _rule(_YEAR_IN, rf"(?P<rel>{_REL})(?:度|全年|同期|年报)?", _part(lambda year, m: cal.year_span(year))),
    _rule(_DIGIT_IN, rf"(?<!\d)(?P<y1>(?:19[5-9]\d|20[0-7]\d)|[0-4]\d)年?(?:{_DASH}|/)(?P<y2>20[0-7]\d|[0-4]\d)(?:年|(?P<est>E))", _years),
    _rule(_SLASH_IN, r"(?<!\d)(?P<y1>20[0-7]\d)/(?P<y2>20[0-7]\d|\d\d)财?年度?", _split_year),
    _rule(_PLAN_IN, r"十(?P<plan>[一二三四五六])五(?:规划|期间|时期|[”’」])?", _plan),
    # without a year
    _rule(_QUARTER_IN, rf"(?<![\d年]){_QUARTER}(?![A-Za-z0-9])", _part(_quarter)),
    _rule(_HALF_IN, r"(?P<half>上半年度?|下半年度?|中报|半年报)", _part(_half)),
    _rule(_BEFORE_IN, rf"前(?:三季度?|三个季度|(?!一个|1个)(?P<n>{_N})个月)", _part(_first_months)),
    _rule(_MONTH_IN, rf"(?<![\d年]){_MONTH}(?P<day>{_N})[日号]?{_DASH}(?:(?P<month2>{_N})月)?(?P<day2>{_N})[日号]", _part(_days)),
    _rule(_MONTH_IN, rf"(?<![\d年]){_MONTH}(?P<day>{_N})[日号]", _part(_day)),
    _rule(_MONTH_IN, rf"(?<![\d年])(?P<m1>\d{{1,2}})月?{_DASH}(?P<m2>\d{{1,2}})月份?(?!\d)", _part(_months)),
    _rule(_MONTH_IN, rf"(?<![\d年个前近后]){_MONTH}{_PART}(?!\d)", _part(_month)),
    # relative
    _rule(_RECENT_IN, rf"(?P<way>近|过去|最近|未来|接下来)(?P<n>{_N})个?(?P<unit>年|季度|月|周|星期|天|日)", _several),
    _rule(_UNIT_IN, r"(?P<way>[上本这当下])(?:一)?个?(?P<unit>季度?|月|周|星期)(?!期|末|线|[^\W\d]?均)", _relative),
    _rule(_DAYWORD_IN, r"今[天日]|昨[天日]|前天", _near_day),
    _rule(_YEAR_IN, r"年初至今|年初以来|今年以来|今年至今|本年至今|年初至(?:本?报告)?期末", to_date),
    _rule(_SINCE_IN, rf"{_YEAR}以来", _since),
)  # fmt: skip
