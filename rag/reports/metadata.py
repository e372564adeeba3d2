"""What a report says about itself: each field with the quote it was read from; what is not found stays empty.

Order of trust: the cover of a filing (``metadata_filing``), what the file's reader found (dateline, head of the page),
then rules over the front of a broker's report (``metadata_research``). A user's corrections are laid over by the library.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from rag.language.analysis import language
from rag.readers.dates import find_dates
from rag.reports.front_matter import Piece, pieces, segments
from rag.reports.metadata_authors import POSTS, authors
from rag.reports.metadata_companies import company_fields
from rag.reports.metadata_filing import filing_fields, reporting_period
from rag.reports.metadata_people import broker_field, byline, leading_broker, rating_house
from rag.reports.tickers import normalise_ticker
from rag.types import Found, Language, Parsed, Report

_LONGEST_TITLE = 160
_SHORTEST_HOUSE = 4  # characters: 华泰研究 is not cut to 华泰
_ZH_DESK = re.compile(
    r"(?:股份)?(?:有限)?(?:责任)?(?:公司)?研究(?:所|院|部|中心)?$|(?:股份|有限|责任)+公司$|(?<=证券)[\u4e00-\u9fff]{1,6}(?:组|团队|小组)$"
)
_SHORT = 120  # characters of a line that may give the report's date
_MARK = re.compile(r"[⁰¹²³⁴-⁹⁽⁾*†‡]+")
_DEGREE = re.compile(rf"(?:^|\s){POSTS}(?=\s|$)")
_SECTOR = re.compile(r"行业|板块|\b(?:sector|industry)\b", re.IGNORECASE)
_NOT_ISSUED = re.compile(
    r"(?:\bended|\bending|\bas\s+(?:of|at)|\b(?:months|weeks|year|quarter|period|half)\s+to|\bsince|\bfrom|\buntil|截至|截止|自)\s*$",
    re.IGNORECASE,
)
_DATED = re.compile(r"日期|截至|截止|\b(?:date|as\s(?:of|at)|close|price)\b", re.IGNORECASE)
_LEGAL = 400  # characters of a legal paragraph that say what it is
_CERTIFIED = re.compile(
    r"analysts?[’']?s?\s+certification|\brating\s+(?:system|definitions?)|评级说明|评级标准|分析师声明|证券投资咨询",
    re.IGNORECASE,
)
_OF_WEEK = re.compile(r"(?:for\s+)?(?:the\s+)?week\s+(?:ended|ending|to)\s+", re.IGNORECASE)
_ANALYST = re.compile(
    r"分析师|研究员|研究所|研究部|证券研究报告|\banalysts?\b|equity research|research report|目标价|price target", re.I
)


def make_report(parsed: Parsed, file: str, report_id: str, passages: int) -> Report:
    """The Report of a parsed file. ``report_id``: sha256 of its bytes; ``passages``: how many were made of it.

    Where nothing gives a title it is the first line, else the file's name; a date is else the one in the file's name
    (``2026-02-10_broker.txt``).
    """
    stem = Report(report_id, "", file, parsed.kind, "en").stem
    filing = filing_fields(parsed)
    fields = [*filing, *parsed.fields]
    fields.extend(_title(parsed, fields, stem))
    title = next(field for field in fields if field.name == "title")
    if not any(field.name == "companies" for field in fields):
        fields.extend(company_fields(parsed, title))
    if not any(field.name == "period" for field in filing):
        fields[:0] = leading_broker(title)
        fields.extend(_research(parsed, fields))
        fields.extend(_date_on_front(parsed))
        fields.extend(reporting_period(parsed) if "招股" in title.value else ())
    fields.extend(_date_of_name(stem))
    first = [_tidied(field) for field in _first_of_each(fields)]
    one = {field.name: field.value for field in reversed(first)}
    return Report(
        id=report_id,
        title=one["title"],
        file=file,
        kind=parsed.kind,
        language=_language(parsed),
        broker=one.get("broker"),
        authors=tuple(dict.fromkeys(name for f in first if f.name == "authors" for name in _names(f.value))),
        date=date.fromisoformat(one["date"]) if "date" in one else None,
        companies=tuple(field.value for field in first if field.name == "companies"),
        tickers=tuple(normalise_ticker(field.value) for field in first if field.name == "tickers"),
        rating=one.get("rating"),
        previous_rating=one.get("previous_rating"),
        rating_of=_rating_of(one),
        target_price=float(one["target_price"]) if "target_price" in one else None,
        previous_target_price=float(one["previous_target_price"]) if "previous_target_price" in one else None,
        currency=one.get("currency"),
        period=one.get("period"),
        pages=len(parsed.pages),
        passages=passages,
        provenance=tuple(first),
        warnings=parsed.warnings,
    )


def _first_of_each(fields: Iterable[Found]) -> list[Found]:
    """The first field of each name; of authors, companies and tickers all different ones."""
    kept: dict[tuple[str, str], Found] = {}
    for field in fields:
        many = field.name in ("authors", "companies", "tickers")
        kept.setdefault((field.name, field.value if many else ""), field)
    return list(kept.values())


def _tidied(field: Found) -> Found:
    """A broker's name without its legal form and the name of its desk: 青岚证券股份有限公司研究所 -> 青岚证券."""
    short = _ZH_DESK.sub("", field.value) if field.name == "broker" else ""
    return replace(field, value=short) if len(short) >= _SHORTEST_HOUSE else field


def _names(value: str) -> tuple[str, ...]:
    """The names of a list, parted by commas, semicolons, slashes or ``and``; without marks, degrees and licences."""
    parts = (_MARK.sub("", part).strip() for part in re.split(r"[,，、;；/|]|\band\b", value))
    return tuple(name for part in parts if (name := _DEGREE.sub("", part).strip()))


def _title(parsed: Parsed, fields: Sequence[Found], stem: str) -> list[Found]:
    if any(field.name == "title" for field in fields):
        return []
    first = _first_line(parsed)
    return [first or Found("title", stem, stem)]


def _first_line(parsed: Parsed) -> Found | None:
    """The first block as a title, where it is a heading or one short line; digests have a title line or none."""
    block = next((block for block in parsed.blocks if block.kind not in ("chrome", "boilerplate")), None)
    if parsed.kind == "digest" or block is None:
        return None
    quote = parsed.text[block.start : block.end]
    if "\n" in quote or len(quote) > _LONGEST_TITLE or quote.endswith(("。", ".", ";", "；")):
        return None
    return Found("title", quote.lstrip("# ").strip("* "), quote, block.start, block.end, block.page)


def _research(parsed: Parsed, fields: Sequence[Found]) -> list[Found]:
    """A broker's view, analysts and name, where the report is one of a broker."""
    from rag.reports.metadata_research import research_fields  # its wordings take 0.1 s to compile; a filing needs none

    view = research_fields(
        parsed,
        on_company=any(field.name == "tickers" for field in fields),
        named=any(field.name == "companies" for field in fields),
    )
    found = [*view, *authors(parsed), *byline(parsed)]
    if _is_research(parsed, found):
        companies = [field.value for field in fields if field.name == "companies"]
        found.extend(broker_field(parsed, companies) or rating_house(parsed, found, companies))
    return found


def _rating_of(one: Mapping[str, str]) -> Literal["company", "industry"] | None:
    """What the rating is of: a sector where the wording says so, else a company where one is known."""
    if "rating" not in one:
        return None
    if one.get("rating_of") == "industry" or _SECTOR.search(one["title"]):
        return "industry" if "tickers" not in one or "rating_of" in one else "company"
    return "company" if "companies" in one else None


def _is_research(parsed: Parsed, fields: Sequence[Found]) -> bool:
    """Whether anything says that a broker wrote it: a rating, a target price, or the words of its front."""
    if any(field.name in ("rating", "target_price") for field in fields):
        return True
    if any(_ANALYST.search(part.text) for part in pieces(parsed, legal=True)[:40]):
        return True
    legal = (parsed.text[block.start : block.end][:_LEGAL] for block in parsed.blocks if block.kind == "boilerplate")
    return any(_CERTIFIED.search(text) for text in legal)


def _date_on_front(parsed: Parsed) -> list[Found]:
    """The first full date in a short line of the first page: where reports print when they came out.

    Else the day on which the week of a weekly ends.
    """
    weekly: list[Found] = []
    parts = pieces(parsed) if parsed.kind not in ("digest", "text") else ()
    for part in parts:
        if (part.page or 1) > 1:
            break
        if len(part.text) <= _SHORT and part.kind != "table" and not _is_sentence(part.text):
            for value, start, end in find_dates(part.text):
                span = (part.start + start, part.start + end)
                field = Found("date", value.isoformat(), part.text[start:end], *span, part.page)
                if not _NOT_ISSUED.search(part.text[:start]):
                    return [field]
                if not weekly and _OF_WEEK.fullmatch(part.text[:start]):
                    weekly.append(field)
    return weekly or _date_in_box(parts)


def _date_in_box(parts: Sequence[Piece]) -> list[Found]:
    """A date that is a whole cell of a table on the first page, and has no label that says of what it is."""
    before = ""
    for cell in segments(tuple(part for part in parts if part.kind == "table" and (part.page or 1) == 1)):
        for value, start, end in find_dates(cell.text):
            if end - start == len(cell.text) and not _DATED.search(before):
                return [Found("date", value.isoformat(), cell.text, cell.start, cell.start + end, cell.page)]
        before = cell.text
    return []


def _is_sentence(line: str) -> bool:
    """Whether a line says something of a day rather than bearing it as its date."""
    return line.rstrip().endswith((".", "。", ";", "；")) and (len(line.split()) > 8 or len(line) > 60)


def _date_of_name(stem: str) -> list[Found]:
    return [Found("date", value.isoformat(), stem[start:end]) for value, start, end in find_dates(stem)][:1]


def _language(parsed: Parsed) -> Language:
    """The language of most of the body; headings and titles do not count."""
    chinese = total = 0
    for block in parsed.blocks:
        if block.kind in ("statement", "paragraph", "table"):
            size = block.end - block.start
            total += size
            chinese += size if language(parsed.text[block.start : block.end]) == "zh" else 0
    return "zh" if chinese * 2 > total else "en"
