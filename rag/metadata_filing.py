"""What a company's own filing says on its cover: form, company, ticker, fiscal period, date of signing.

United States forms (10-K, 10-Q, 20-F ...) and Chinese periodic reports. Fiscal years are named as the report names them;
where it does not, a year that ends in the first days of January belongs to the year before.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date, timedelta

from rag.front_matter import Piece, at, found, matches, pieces
from rag.readers.dates import find_dates
from rag.types import Found, Parsed

_FORM = re.compile(
    r"\bFORM\s+(10-?K(?:/A|405|SB)?|10-?Q(?:/A)?|20-?F(?:/A)?|40-?F|8-?K(?:/A)?|6-?K|S-1|DEF\s?14A)\b", re.IGNORECASE
)
_COVER = re.compile(r"securities and exchange commission|securities exchange act of 1934", re.IGNORECASE)
_EXACT = re.compile(r"\(\s*Exact name of (?:the )?registrant", re.IGNORECASE)
_FILE_NUMBER = re.compile(r"Commission\s+file\s+(?:number|no\.?)\s*:?\s*[\w-]+\.?\s*", re.IGNORECASE)
_ENDED = re.compile(
    r"for\s+the\s+(?P<kind>fiscal\s+year|year|quarterly\s+period|quarter|period|six\s+months)\s+ended:?\s+"
    r"(?P<day>[A-Z][a-z]{2,8}\.?\s+\d{1,2}\s?,\s+\d{4}|\d{1,2}\s+[A-Z][a-z]{2,8},?\s+\d{4})",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"\|\s*[“\"]?(?P<ticker>[A-Z]{1,5}(?:\.[AB])?)[”\"]?\s*(?:\||$)|(?:symbol|under)\s+(?:is\s+)?[“\"](?P<named>[A-Z]{1,5})[,.]?[”\"]",
    re.MULTILINE,
)
_FISCAL_YEAR = re.compile(r"\b(?:fiscal(?:\s+year)?|FY)\s?(20\d\d)\b", re.IGNORECASE)
_QUARTER = re.compile(
    r"\b(first|second|third|fourth|Q[1-4])\s*(?:quarter\s+)?(?:of\s+)?(?:fiscal\s+(?:year\s+)?|FY\s?)?(20\d\d)\b",
    re.IGNORECASE,
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
_SIGNED = re.compile(r"\b(?:Date|Dated)\s*:?\s*(?P<day>[A-Z][a-z]{2,8}\.?\s+\d{1,2}\s?,\s+\d{4})")
_ZH_REPORT = re.compile(
    r"(?P<year>20\d\d|二[〇○零]\S{2})\s*年?\s*(?P<kind>年度报告|年报|半年度报告|半年报|中期报告|第?[一三]季度报告|[一三]季报|招股说明书|招股意向书)"
)
_ZH_COMPANY = re.compile(
    r"[\u4e00-\u9fff（）()A-Za-z·]{2,30}(?:股份有限公司|有限责任公司|集团有限公司|控股有限公司|有限公司)"
)
_ZH_CODE = re.compile(r"(?:公司|股票|证券|A股)代[码号]\s*[:：]?\s*(?P<code>\d{5,6}(?:\.(?:SH|SZ|HK|BJ))?)")
_ANNUAL_YEAR = re.compile(
    r"\b(?:(?:annual\s+report\s+(20\d\d))|(?:(20\d\d)\s+annual\s+report)|(?:FY\s?(20\d\d)\s+annual\s+report))\b",
    re.IGNORECASE,
)
_AFTER_PERIOD = timedelta(days=270)


def filing_fields(parsed: Parsed) -> list[Found]:
    """Fields of a filing, empty when the report is none: title, companies, tickers, period, date."""
    parts = pieces(parsed, legal=True)
    form = next(matches(_FORM, parts), None)
    if form is not None and any(matches(_COVER, parts)):
        return _american(parsed, parts, *form)
    chinese = next(((m, p) for m, p in matches(_ZH_REPORT, parts) if len(p.text) < 120), None)
    if chinese is not None:
        return _chinese(parts, *chinese)
    annual = next(((m, p) for m, p in matches(_ANNUAL_YEAR, parts) if len(p.text) < 80), None)
    if annual is not None:
        match, part = annual
        year = match[1] or match[2] or match[3]
        return [found("period", f"FY{year}", match, part)]
    return []


def _american(parsed: Parsed, parts: tuple[Piece, ...], form: re.Match[str], part: Piece) -> list[Found]:
    name = re.sub(r"^(\d+)-?([A-Z])", r"\1-\2", form[1].upper())
    fields: list[Found] = []
    company = _registrant(parts)
    if company:
        fields.append(company)
    ticker = next(
        (found("tickers", m["ticker"] or m["named"], m, p) for m, p in matches(_LISTED, parts) if _is_ticker(m, p)),
        None,
    )
    if ticker:
        fields.append(ticker)
    period = _period(parsed, parts)
    if period:
        fields.append(period)
        signed = _signed(parsed, period)
        if signed:
            fields.append(signed)
    if company:
        label = period.value.split(" (")[0] if period else ""
        value = " ".join(piece for piece in (company.value, f"Form {name}", label) if piece)
        fields.append(found("title", value, form, part))
    return fields


def _is_ticker(match: re.Match[str], part: Piece) -> bool:
    """A code in the table of listed securities, where an exchange stands beside it or in its heads."""
    return bool(match["named"]) or (
        match["ticker"] not in ("N", "NA", "NYSE", "NONE", "YES", "NO")
        and bool(re.search(r"symbol|exchange|nasdaq", part.text, re.I))
    )


def _registrant(parts: tuple[Piece, ...]) -> Found | None:
    """The company: the line above ``(Exact name of registrant``, else the one below the commission's file number."""
    for number, part in enumerate(parts):
        exact = _EXACT.search(part.text)
        if exact:
            above = part.text[: exact.start()].strip()
            before = (
                [(part, above)]
                if above
                else [(p, p.text.strip()) for p in reversed(parts[max(0, number - 3) : number])]
            )
            for piece, text in before:
                line = text.split("\n")[-1].split(" | ")[0].strip()
                if _is_name(line):
                    start = piece.start + piece.text.rfind(line)
                    return Found("companies", line, line, start, start + len(line), piece.page)
    for number, part in enumerate(parts):
        filed = _FILE_NUMBER.search(part.text)
        if filed:
            for piece, text in [
                (part, part.text[filed.end() :]),
                *((p, p.text) for p in parts[number + 1 : number + 3]),
            ]:
                line = text.strip().split("\n")[0].split(" | ")[0].strip()
                if _is_name(line):
                    start = piece.start + piece.text.find(line)
                    return Found("companies", line, line, start, start + len(line), piece.page)
    return None


def _is_name(line: str) -> bool:
    return (
        2 < len(line) < 90
        and sum(map(str.isalpha, line)) > 2
        and not re.search(r"file n|\(Exact|_{3}|transition|\bor\b$", line, re.I)
    )


def _period(parsed: Parsed, parts: tuple[Piece, ...]) -> Found | None:
    """``FY2022 (fiscal year ended December 31, 2022)``, ``Q3 FY2022 (quarter ended June 25, 2022)``."""
    for match, part in matches(_ENDED, parts):
        day = next((value for value, _, _ in find_dates(match["day"].replace(" ,", ","))), None)
        if day is None:
            continue
        shown = f"{day:%B} {day.day}, {day.year}"
        if "quarter" in match["kind"].lower():
            return found("period", f"{_quarter(parsed, day)} (quarter ended {shown})", match, part)
        return found("period", f"FY{_fiscal_year(parsed, day)} (fiscal year ended {shown})", match, part)
    return None


def _fiscal_year(parsed: Parsed, end: date) -> int:
    """The year as the report itself counts it: the one of the end or the one before, whichever it names more often."""
    named = Counter(int(year) for year in _FISCAL_YEAR.findall(parsed.text[:300_000]))
    if end.month > 5 or named[end.year] == named[end.year - 1] == 0:
        return end.year - 1 if (end.month, end.day) <= (1, 7) and not named[end.year] else end.year
    return end.year if named[end.year] >= named[end.year - 1] else end.year - 1


def _quarter(parsed: Parsed, end: date) -> str:
    """``Q3 FY2022`` as the report names it in most places, else the calendar quarter: ``Q2 2022``."""
    named: Counter[tuple[int, int]] = Counter()
    for word, year in _QUARTER.findall(parsed.text[:300_000]):
        named[(_ORDINALS.get(word.lower()) or int(word[1]), int(year))] += 1
    likely = [key for key, count in named.most_common(4) if count > 1 and end.year <= key[1] <= end.year + 1]
    if likely:
        return f"Q{likely[0][0]} FY{likely[0][1]}"
    middle = end - timedelta(days=45)
    return f"Q{(middle.month + 2) // 3} {middle.year}"


def _signed(parsed: Parsed, period: Found) -> Found | None:
    """The date beside the signatures: the last one within nine months after the period's end."""
    end = next(value for value, _, _ in find_dates(period.value))
    best = None
    for match in _SIGNED.finditer(parsed.text):
        day = next((value for value, _, _ in find_dates(match["day"].replace(" ,", ","))), None)
        if day is not None and end < day <= end + _AFTER_PERIOD:
            best = at(parsed, "date", day.isoformat(), *match.span("day"))
    return best


def _chinese(parts: tuple[Piece, ...], match: re.Match[str], part: Piece) -> list[Found]:
    fields: list[Found] = []
    company = next(matches(_ZH_COMPANY, parts), None)
    if company:
        fields.append(found("companies", company[0][0], *company))
    code = next(matches(_ZH_CODE, parts), None)
    if code:
        fields.append(found("tickers", code[0]["code"], *code))
    year = match["year"].translate(str.maketrans("〇○零一二三四五六七八九", "000123456789"))
    if "招股" in match["kind"]:
        fields.append(found("period", f"{year}年", match, part))
    else:
        fields.append(found("period", f"{year}年{match['kind']}", match, part))
    if company:
        fields.append(found("title", f"{company[0][0]}{year}年{match['kind']}", match, part))
    return fields
