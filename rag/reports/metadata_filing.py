"""What a company's own filing says on its cover: form, company, ticker, fiscal period, date of signing.

Forms of the United States (10-K, 10-Q, 20-F ...), annual reports around them, and Chinese periodic reports. Fiscal years
are named as the report itself names them; quarters are counted from the end of the last fiscal year that it names.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

from rag.language.chinese import simplify
from rag.readers.dates import find_dates
from rag.reports.front_matter import Piece, at, found, matches, pieces
from rag.reports.tickers import normalise_ticker
from rag.types import Found, Parsed

_DAY = r"(?P<day>[A-Z][a-z]{2,8}\.?\s+\d{1,2}\s?,\s+\d{4}|\d{1,2}\s+[A-Z][a-z]{2,8},?\s+\d{4})"
_FORM = re.compile(
    r"\bFORM\s+(10-?K(?:/A|405|SB)?|10-?Q(?:/A)?|20-?F(?:/A)?|40-?F|8-?K(?:/A)?|6-?K|S-1|DEF\s?14A)\b", re.IGNORECASE
)
_COVER = re.compile(r"securities and exchange commission|securities exchange act of 1934", re.IGNORECASE)
_EXACT = re.compile(r"\(\s*Exact name of (?:the )?registrant", re.IGNORECASE)
_FILE_NUMBER = re.compile(r"Commission\s+file\s+(?:number|no\.?)\s*:?\s*[\w-]+\.?\s*", re.IGNORECASE)
_TAX_NUMBER = re.compile(r"\s+\d{2}-\d{7}\b")
_ENDED = re.compile(
    rf"for\s+(?:the\s+)?(?P<kind>fiscal\s+year|year|quarterly\s+period|quarter|period)\s+ended:?\s+(?:\|\s*)?{_DAY}",
    re.IGNORECASE,
)
_YEAR_ENDED = re.compile(rf"\b(?:fiscal\s+)?year\s+ended\s+{_DAY}", re.IGNORECASE)
_FISCAL_YEAR = re.compile(r"\b(?:fiscal(?:\s+year)?|FY)\s?(20\d\d)\b", re.IGNORECASE)
_SIGNED = re.compile(rf"\b(?:Date|Dated)\s*:?\s*(?:\|\s*)*{_DAY}")
# Without the word: a day alone on its line within a page of "Pursuant to the requirements of the ... Act", beside the names.
_SIGNATURES = re.compile(r"pursuant\s+to\s+the\s+requirements\s+of\s+(?:section|the\s+securities)", re.IGNORECASE)
_ALONE = re.compile(rf"^[\s|]*{_DAY}[\s|]*$", re.MULTILINE)
_LISTED = re.compile(
    r"(?:^|[\s|(“\"])(?P<beside>[A-Z]{1,5}(?:\.[A-Z])?)[)”\"]?\s*(?:\|\s*)?"
    r"(?:The\s+)?(?:New\s+York\s+Stock\s+Exchange|NYSE|NASDAQ|Nasdaq)"
    r"|\|\s*(?P<cell>[A-Z]{1,5}(?:\.[A-Z])?)\s*(?:\|(?!\s*\d{5}\b)|$)"  # `| VA | 22202` is an address
    r"|(?:symbol|under)\s+(?:is\s+)?[“\"](?P<named>[A-Z]{1,5})[,.]?[”\"]",
    re.MULTILINE,
)
_NOT_TICKERS = frozenset({"N", "NA", "NYSE", "NONE", "YES", "NO", "LLC", "INC", "THE", "ON", "OR"})
_NOT_NAMES = re.compile(
    r"file n|\(Exact|_{3}|transition|\bor\b$|\bcode\b|^[☐☑☒]|\bpursuant to\b|\bexchange act\b|^\(?mark one|^form \w|^for the (?:fiscal|financial|quarter|year|period|transition)|\b\d{5}$|\bexchange commission\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"[A-Z][\w&.,’' -]+?\s(?:Inc|Incorporated|Corp|Corporation|Company|Co|Ltd|Limited|plc|PLC|INC|CORP|CORPORATION"
    r"|COMPANY|N\.V|S\.A|AG|SE|LLC|ASA|A/S|AB|Oyj|OYJ|S\.p\.A|SpA|GmbH|Bhd|BHD|Tbk|KGaA|LP|L\.P|Holdings|HOLDINGS|LIMITED|Trust|Bancorp)\.?"
)
_ANNUAL = re.compile(r"\bannual\s+report\s+(20\d\d)\b|\b(?:FY\s?)?(20\d\d)\s+annual\s+report\b", re.IGNORECASE)
_INTERIM = re.compile(
    r"(?:(?:interim|half[- ]year(?:ly)?|quarterly)\s+(?:financial\s+)?report|report\s+for\s+the)\b[^\n]{0,80}?\b20\d\d"
    r"|\b(?:first|second|third|fourth)[- ]quarter\s+(?:of\s+)?20\d\d\s+(?:interim\s+)?(?:report|results)",
    re.IGNORECASE,
)
_PARTS = {
    r"first[ -]quarter": "Q1", r"second[ -]quarter": "Q2", r"third[ -]quarter": "Q3", r"fourth[ -]quarter": "Q4",
    r"first half|half[- ]year|six months": "H1", r"nine months": "9M",
}  # fmt: skip
_HEAD = 8  # blocks
_ZH_REPORT = re.compile(
    r"[^，。；\n]{0,40}?(?P<year>20\d\d|二[〇○零][〇○零一二三四五六七八九]{2})\s*年?\s*"
    r"(?P<kind>年度报告|半年度报告|中期报告|第[一三]季度报告|[一三]季度报告|招股说明书|招股意向书)"
    r"\s*(?:全文|正文|摘要|[（(][^）)]{1,12}[）)])?\s*"
)
_ZH_PROSPECTUS = re.compile(r"招股(?:说明书|意向书|章程)|募集说明书|上市公告书|全球发售")
_ZH_COMPANY = re.compile(
    r"[\u4e00-\u9fff（）()A-Za-z·]{2,30}?(?:股份有限公司|有限责任公司|集团有限公司|控股有限公司|有限公司)"
)
_ZH_CODE = re.compile(r"(?:公司|股票|证券|A股)代[码号]\s*[:：|]?\s*(?P<code>\d{5,6}(?:\.(?:SH|SZ|HK|BJ))?)")
_HK_CODE = re.compile(r"股份代[码号]\s*[:：|]?\s*(?P<code>\d{4,5})(?!\d)")
_ZH_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_REPORTED = re.compile(
    r"(?:报告期(?:各期|内)?|往绩记录期间?)[”\"」』]?\s*(?:\||指|为|[:：])[\s|指为:：截至]{0,6}(?P<first>20\d\d)\s?年[^。\n]{0,60}?(?P<last>20\d\d)\s?年(?![^。\n]{0,12}20\d\d\s?年)"
)
_CALLED = re.compile(r"(?<![^\s|“\"])[\u4e00-\u9fffA-Za-z]{2,10}(?:、[\u4e00-\u9fffA-Za-z]{2,10}){1,7}(?![^\s|”\"指])")
_SELF = frozenset("发行人 公司 本公司 本集团 集团 股份公司 上市公司 本行 我们".split())
_ZH_LEGAL = re.compile(r"(?:集团|控股)?(?:股份)?有限(?:责任)?公司$")
_DEFINED_WITHIN = 60_000  # characters of a prospectus before which its terms are defined
_MOST_YEARS = 4
_SIGNED_WITHIN = timedelta(days=270)  # of the period's end


def filing_fields(parsed: Parsed) -> list[Found]:
    """Fields of a filing, empty when the report is none: title, companies, tickers, period, date."""
    cover = _cover(parsed)
    form = next(matches(_FORM, cover), None)
    if form is not None and any(matches(_COVER, cover)):
        return _american(parsed, cover, *form)
    front = pieces(parsed, legal=True)
    for part in front:
        chinese = _ZH_REPORT.fullmatch(part.text)
        if chinese is not None:
            return _chinese(parsed, front, chinese, part)
    return _prospectus(parsed, front) or _annual(front)


def _prospectus(parsed: Parsed, front: tuple[Piece, ...]) -> list[Found]:
    """The fields of a Chinese prospectus: its issuer is the first company that a line of the cover is the name of."""
    cover = tuple(replace(part, text=simplify(part.text[:80])) for part in front if part.page in (None, 1))
    kind = next(matches(_ZH_PROSPECTUS, cover), None)
    issuer = next((match for match in matches(_ZH_COMPANY, cover) if _is_line(*match)), None)
    if kind is None or issuer is None:
        return []
    spans = [(part.start + match.start(), part.start + match.end()) for match, part in (issuer, kind)]
    company, title = (parsed.text[start:end] for start, end in spans)  # as printed, traditional or not
    title = "招股章程" if kind[0][0] == "全球发售" else title
    fields = [at(parsed, "title", company + title, *spans[1]), at(parsed, "companies", company, *spans[0])]
    fields += short_names_defined(parsed, company)
    code = next(matches(_HK_CODE, tuple(replace(part, text=simplify(part.text)) for part in front)), None)
    if code:
        start, end = (code[1].start + at_ for at_ in code[0].span("code"))
        fields.append(at(parsed, "tickers", normalise_ticker(f"{code[0]['code']}.HK"), start, end))
    return fields


def _is_line(match: re.Match[str], part: Piece) -> bool:
    """Whether a match is all that a line says, a heading's sign aside."""
    return match[0] == part.text.strip(" #\n")


def _cover(parsed: Parsed) -> tuple[Piece, ...]:
    """The pages of the form's cover: where the registrant is named, which an annual report may put behind a letter."""
    exact = _EXACT.search(parsed.text)
    page = next((span.number for span in parsed.pages if exact and span.start <= exact.start() < span.end), None)
    if page is None or page == 1:
        return pieces(parsed, legal=True)
    return tuple(
        Piece(parsed.text[block.start : block.end], block.start, block.page, block.kind)
        for block in parsed.blocks
        if block.page in (page, page + 1)
    )


def _american(parsed: Parsed, cover: tuple[Piece, ...], form: re.Match[str], part: Piece) -> list[Found]:
    company, period = _as_in_text(parsed, _registrant(cover) or _company_line(pieces(parsed))), _period(parsed, cover)
    codes = (found("tickers", code, m, p) for m, p in matches(_LISTED, cover) if (code := _ticker(m, p)))
    signed = _signed(parsed, period) if period else None
    title = None
    if company:
        name = re.sub(r"^(\d+)-?([A-Z])", r"\1-\2", form[1].upper())
        label = period.value.split(" (")[0] if period else ""
        title = found("title", f"{company.value} Form {name} {label}".strip(), form, part)
    return [field for field in (title, company, next(codes, None), period, signed) if field]


def _annual(front: tuple[Piece, ...]) -> list[Found]:
    """The fields of an annual report without a form: its year, and the company where a line is its name."""
    annual = next(((match, part) for match, part in matches(_ANNUAL, front) if len(part.text) < 80), None)
    if annual is None:
        return _interim(front)
    match, part = annual
    fields = [found("period", f"FY{match[1] or match[2]}", match, part)]
    company = _company_line(front)
    if company is None:
        return fields
    return [found("title", f"{company.value} {' '.join(match[0].split())}", match, part), company, *fields]


def _company_line(front: tuple[Piece, ...]) -> Found | None:
    """A line of the front that is a company's name and nothing else, told by its legal form."""
    for line in front:
        if len(line.text) < 60 and _COMPANY.fullmatch(line.text.strip()):
            return Found("companies", line.text.strip(), line.text, line.start, line.start + len(line.text), line.page)
    return None


def _interim(front: tuple[Piece, ...]) -> list[Found]:
    """The fields of a company's quarterly or half-yearly report, where a line is its name and a short one its period."""
    company = _company_line(front[:_HEAD])
    for match, part in matches(_INTERIM, front[:_HEAD]) if company else ():
        year = re.search(r"20\d\d", match[0])
        number = next((count for word, count in _PARTS.items() if re.search(word, match[0], re.IGNORECASE)), "")
        if company and year and number and len(part.text) < 120:
            return [company, found("period", f"{number} {year[0]}", match, part)]
    return []


def _ticker(match: re.Match[str], part: Piece) -> str:
    """The code where it is one: beside an exchange, or in a table that speaks of symbols or exchanges."""
    code = match["beside"] or match["named"]
    if not code and re.search(r"symbol|exchange|nasdaq", part.text, re.IGNORECASE):
        code = match["cell"]
    return "" if code in _NOT_TICKERS else code or ""


def _registrant(cover: tuple[Piece, ...]) -> Found | None:
    """The company: the line above ``(Exact name of registrant``, else the one below the commission's file number."""
    for number, part in enumerate(cover):
        if exact := _EXACT.search(part.text):
            above = [(part, part.text[: exact.start()])]
            above += [(piece, piece.text) for piece in reversed(cover[max(0, number - 3) : number])]
            named = [_line(piece, text.strip().split("\n")[-1]) for piece, text in above if text.strip()]
            if company := next((field for field in named if field), None):
                return company
    for number, part in enumerate(cover):
        if filed := _FILE_NUMBER.search(part.text):
            below = [(part, part.text[filed.end() :])]
            below += [(piece, piece.text) for piece in cover[number + 1 : number + 3]]
            named = [_line(piece, text.strip().split("\n")[0]) for piece, text in below if text.strip()]
            if company := next((field for field in named if field), None):
                return company
    return None


def _as_in_text(parsed: Parsed, company: Found | None) -> Found | None:
    """The name in upper and lower case, where the cover prints capitals and the text does not."""
    if company is None or not company.value.isupper():
        return company
    pattern = r"\s+".join(map(re.escape, company.value.removeprefix("THE ").split()))
    written = Counter(re.findall(pattern, parsed.text[:300_000], re.IGNORECASE))
    mixed = [" ".join(name.split()) for name, _ in written.most_common() if not name.isupper()]
    return replace(company, value=mixed[0]) if mixed else company


def _line(piece: Piece, text: str) -> Found | None:
    """A line as the company's name, or None when it cannot be one."""
    line = text.split(" | ")[0].strip()
    if filed := _FILE_NUMBER.match(line):  # what stood beside each other on the cover may be one line here
        line = line[filed.end() :]
    line = _TAX_NUMBER.split(line)[0]
    if not 2 < len(line) < 90 or sum(map(str.isalpha, line)) < 3 or _NOT_NAMES.search(line):
        return None
    start = piece.start + piece.text.rfind(line)
    return Found("companies", line, line, start, start + len(line), piece.page)


def _period(parsed: Parsed, cover: tuple[Piece, ...]) -> Found | None:
    """``FY2022 (fiscal year ended December 31, 2022)``, ``Q3 FY2022 (quarter ended June 25, 2022)``."""
    for match, part in matches(_ENDED, cover):
        day = _day(match)
        if day is None:
            continue
        shown = f"{day:%B} {day.day}, {day.year}"
        if "quarter" in match["kind"].lower():
            return found("period", f"{_quarter(parsed, day)} (quarter ended {shown})", match, part)
        return found("period", f"FY{_fiscal_year(parsed, day)} (fiscal year ended {shown})", match, part)
    return None


def _day(match: re.Match[str]) -> date | None:
    return next((value for value, _, _ in find_dates(" ".join(match["day"].replace(" ,", ",").split()).title())), None)


def _fiscal_year(parsed: Parsed, end: date) -> int:
    """The number of the year that ends on a day, as the report counts: of that day or, where it says so, one less."""
    if end.month > 5:
        return end.year
    named = Counter(int(year) for year in _FISCAL_YEAR.findall(parsed.text[:300_000]))
    if named[end.year] == named[end.year - 1]:
        return end.year - 1 if (end.month, end.day) <= (1, 7) else end.year
    return end.year if named[end.year] > named[end.year - 1] else end.year - 1


def _quarter(parsed: Parsed, end: date) -> str:
    """``Q3 FY2022``, counted from the end of the last fiscal year that the report names; else the calendar's quarter."""
    closed = Counter(day for match in _YEAR_ENDED.finditer(parsed.text) if (day := _day(match)))
    near = [day for day, _ in closed.most_common() if timedelta(0) < end - day < timedelta(days=330)]
    if not near:
        middle = end - timedelta(days=45)
        return f"Q{(middle.month + 2) // 3} {middle.year}"
    number = min(max(round((end - near[0]).days / 91.3), 1), 3)
    return f"Q{number} FY{_fiscal_year(parsed, near[0] + timedelta(days=364))}"


def _signed(parsed: Parsed, period: Found) -> Found | None:
    """The date beside the signatures: the last one within nine months after the period's end."""
    end = next(value for value, _, _ in find_dates(period.value))
    signed = None
    for match in _SIGNED.finditer(parsed.text):
        day = _day(match)
        if day is not None and end < day <= end + _SIGNED_WITHIN:
            signed = at(parsed, "date", day.isoformat(), *match.span("day"))
    return signed or _beside_signatures(parsed, end)


def _beside_signatures(parsed: Parsed, end: date) -> Found | None:
    for signatures in _SIGNATURES.finditer(parsed.text):
        for match in _ALONE.finditer(parsed.text, signatures.end(), signatures.end() + 1_500):
            day = _day(match)
            if day is not None and end < day <= end + _SIGNED_WITHIN:
                return at(parsed, "date", day.isoformat(), *match.span("day"))
    return None


def short_names_defined(parsed: Parsed, company: str) -> list[Found]:
    """What a Chinese filing's definitions call its own company for short: `发行人、公司、本公司、恒泽医疗`.

    Such a name shares two characters side by side with the whole one.
    """
    whole = simplify(company)
    pairs = {whole[at : at + 2] for at in range(len(_ZH_LEGAL.sub("", whole)) - 1)}
    for line in _CALLED.finditer(simplify(parsed.text[:_DEFINED_WITHIN])):
        names = list(re.finditer(r"[^、]+", line[0]))
        own = [name for name in names if name[0] not in _SELF and any(pair in name[0] for pair in pairs)]
        if len(own) < len(names) and any(name[0] in _SELF for name in names):
            spans = [(line.start() + name.start(), line.start() + name.end()) for name in own]
            return [at(parsed, "companies", parsed.text[start:end], start, end) for start, end in spans]
    return []


def reporting_period(parsed: Parsed) -> list[Found]:
    """The years that a prospectus calls its 报告期, from the first line that defines them."""
    match = _REPORTED.search(simplify(parsed.text[:_DEFINED_WITHIN]))
    if match is None or not 0 < int(match["last"]) - int(match["first"]) <= _MOST_YEARS:
        return []
    return [at(parsed, "period", f"{match['first']}年-{match['last']}年", *match.span())]


def _chinese(parsed: Parsed, front: tuple[Piece, ...], match: re.Match[str], part: Piece) -> list[Found]:
    """The fields of a Chinese periodic report or prospectus; ``match`` is its title line."""
    company = next(matches(_ZH_COMPANY, front), None)
    code = next(matches(_ZH_CODE, front), None)
    year = match["year"].translate(_ZH_DIGITS)
    label = f"{year}年" if "招股" in match["kind"] else f"{year}年{match['kind']}"
    fields = [found("period", label, match, part)]
    if company:
        fields.append(found("title", f"{company[0][0]}{year}年{match['kind']}", match, part))
        fields.append(found("companies", company[0][0], *company))
        fields += short_names_defined(parsed, company[0][0])
    if code:
        fields.append(found("tickers", code[0]["code"], *code, group="code"))
    return fields
