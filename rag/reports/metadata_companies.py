"""Which companies a report is about: names beside their stock codes, names that a title leads with, names that keep coming."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.language.lexicon import ENTITY_KINDS, entities, lookup
from rag.readers.dates import find_dates
from rag.reports import about
from rag.reports.about import LISTS
from rag.reports.company_names import NO_COMPANY, by_first_word, is_spoken_of, may_be_company, speaks_of, times_named
from rag.reports.front_matter import Piece, found, pieces, segments
from rag.reports.metadata_rated import is_rating, rated_company
from rag.reports.metadata_spoken import OFTEN, WIDE, is_house, romanised, spoken_companies, without_house
from rag.reports.tickers import CODE_LABEL, find_tickers, labelled_code, normalise_ticker
from rag.types import Found, Parsed

_SHORT = 120  # characters of a line that may name the company
_FRONT = 12  # blocks
_HEAD = 5  # ... in which a name may stand by itself
_GIVEN = r"(?:(?:首次覆盖|重申|维持|给予|上调|下调|看好|予|料|Initiating\s+(?:coverage\s+)?(?:on|of)|Initiation:?|Upgrade:?|Downgrade:?|Re:|Correction:)\s*)?"
# A name, then brackets that hold its code, alone or after the name in the other language.
_LISTED = re.compile(
    rf"(?:^|[:：|｜丨\s]){_GIVEN}(?P<name>[^\s()（）\[\]【】:：|｜丨,，。;；][^()（）\[\]【】:：|｜丨,，。;；\n]{{0,39}}?)"
    r"\s*[(（\[【]\s*(?:[^()（）\[\]【】\n]{1,40}[,，;；/|]\s*)?(?P<code>[0-9A-Za-z][0-9A-Za-z .:]{1,14}?)\s*[)）\]】]",
    re.IGNORECASE,
)
# A title that leads with a name and its code, without brackets: `Foo Pumps 600123.SH: orders rise`.
_CODED = re.compile(
    r"^(?P<name>[^\s()（）:：,，\d][^()（）:：,，\d]{1,39}?)\s+(?P<code>\d{3,6}\s?\.?\s?[A-Z]{2}|[A-Z]{1,5}\.[A-Z]{1,2})\s*[:：—-]"
)
_LINE = re.compile(
    r"(?P<name>[^\W\d][^()（）:：,，|]{1,39}?(?:,?\s(?:Inc|Ltd|Corp|Co|plc|PLC|N\.V|S\.A)\.?)?)\s*"
    r"(?:[(（]\s*(?P<bare>[A-Z]{2,5})(?:\s*[-–:,]\s*(?:NYSE|NASDAQ|Nasdaq|NMS|AMEX|LSE|AIM|TSX|ASX))?\s*[)）]|\s(?P<code>\d{4,6}\s?\.?\s?(?:SH|SZ|BJ|HK|SS|CH|KS|TT|JP|T)|[A-Z]{1,5}\.[A-Z]{1,2})(?:[\s,/]+[A-Z\d.]{2,7}(?:\s[A-Z]{2})?)?)"
)
"""A line that is a name and its code: ``Foo Pumps, Inc. (FOO)``, ``北风泵业 600123.SH``."""
_BARE = re.compile(r"(?:[A-Z]{2,5}|[A-Z]{1,4}\.[AB])")
_TWO = re.compile(r"\s(?:and|vs\.?|versus)\s|[与和、]")  # companies in one title
_LEAD = re.compile(
    rf"^#*\s*{_GIVEN}(?P<name>(?:\d-?[A-Za-z])?[^:：|｜丨—(（\d]{{0,40}}?)\s*(?:[:：—]|\s[-–]\s)", re.IGNORECASE
)
# A Chinese title that leads with a company and its results: `恒岳动力2026年三季报点评：…`, `启星能源（三季报点评）：…`.
_RESULTS = re.compile(
    rf"^#*\s*{_GIVEN}(?P<name>[\u4e00-\u9fffA-Za-z·*]{{2,12}}?)\s*(?:[(（][^\d()（）]{{0,6}}(?:20\d\d年?)?(?:[一三]季报|半?年报|中报|季报|业绩|首次覆盖|深度|跟踪|点评)[^()（）]{{0,10}}[)）]"
    r"|(?:20\d\d年?|\d\dQ\d|\d\dH\d|FY\d\d)?\s*(?:第?[一二三四]季度?|前三季度|上半年|下半年|全年|年度)?(?:[一三]季报|半?年报|中报|季报|业绩|财报)[\u4e00-\u9fff]{0,6})\s*[:：—-]"
)
# The same in English: `Brimstone 3Q25 first take: …`.
_QUARTERED = re.compile(
    r"^#*\s*(?P<name>[A-Z][\w&.’'-]*(?:\s(?:&\s)?[A-Z][\w&.’'-]*){0,3}?)\s(?:[1-4]Q|Q[1-4]|[12]H|H[12]|FY|20)[\dQHE ]*[^:：\d]{0,30}[:：—]"
)
_OF_COMPANY = re.compile(
    r"^\W*(?i:company|issuer|stock|公司|标的)\W*[:：]\W*(?P<name>[A-Z][\w&.’' -]{1,40}|[\u4e00-\u9fff]{2,12})\W*$"
)
_INITIATED = re.compile(
    r"\b(?:[Ii]nitiat(?:ing|e|es|ion)\s+(?:coverage\s+)?(?:on|of))\s+(?P<name>[A-Z][\w&.’'-]*(?:\s[A-Z][\w&.’'-]*){0,3})"
)
_ABBREVIATED = re.compile(r"(?:证券简称|股票简称|公司简称)\s*[:：|]?\s*(?P<name>[\u4e00-\u9fffA-Za-z*·-]{2,12})")
_ZH_CODE = re.compile(r"(?:公司|股票|证券|[AH]\s*股)代[码号]\s*[:：|]?\s*(?P<code>\d{5,6}(?:\.(?:SH|SZ|HK|BJ))?)(?!\d)")
_CJK = re.compile(r"[\u4e00-\u9fff]")
_LETTERS = re.compile(r"[^\W\d_]")
_CODES = 2  # of one company: where its shares are listed twice
_NAME_LINE = re.compile(r"[A-Z][\w&.,’' -]{2,48}|[\u4e00-\u9fff]{2,12}")
_LEGAL_FORM = re.compile(r",?\s(?:plc|PLC|Inc|Ltd|Corp|AG|SE|N\.V|S\.A)\.?$")
_SHARE_CLASS = re.compile(r"\s*[-–—]\s*[AHBW]$")


def company_fields(parsed: Parsed, title: Found) -> list[Found]:
    """Companies and tickers, best source first: a code beside a name, the title's lead, names that keep coming."""
    front = [Piece(title.value, title.start or 0, title.page, "heading")]
    front += [part for part in pieces(parsed)[:_FRONT] if len(part.text) < _SHORT]
    listed = next(_listed(front), None) or next(_lined(parsed), None) or next(_labelled(pieces(parsed)[:40]), None)
    if listed:
        return listed
    boxed = _boxed_codes(parsed)
    blocks = [parsed.text[b.start : b.end] for b in parsed.blocks if b.kind in ("statement", "paragraph")]
    for head in (title, *without_house(title)):
        named = _titled(head, [block for block in blocks if title.value not in block])
        if named:
            return [*named, *((_code_beside(parsed, named[0].value) or boxed) if len(named) == 1 else ())]
    known = [Found("companies", name) for name in about.companies(title.value, blocks)]
    if not known and (rated := rated_company(pieces(parsed), blocks)):
        return [rated, *(_code_beside(parsed, rated.value) or boxed)]
    if not known and (spoken := _spoken(parsed, title, blocks)):
        return [*spoken, *((_code_beside(parsed, spoken[0].value) or boxed) if len(spoken) == 1 else ())]
    if boxed and (headed := _headed(front, blocks)):
        return [headed, *boxed]
    if not known and parsed.kind != "digest" and (headed := _headed(front, blocks, OFTEN)):
        return [headed]
    if len(known) <= 1 and (codes := (known and _code_beside(parsed, known[0].value)) or boxed):
        return known + codes
    return known + [Found("tickers", ticker, ticker) for ticker in about.tickers(title.value)]


def _spoken(parsed: Parsed, title: Found, blocks: Sequence[str]) -> list[Found]:
    """Companies that the text keeps naming; of another report than a digest only those of a title, above a rating."""
    titled = title.start is not None or any(field.name == "title" for field in parsed.fields)  # else the file's name
    if parsed.kind != "digest" and not (titled and any(map(is_rating, pieces(parsed)[:_FRONT]))):
        return []
    heads = (title, *without_house(title))
    return next((names for head in heads if (names := spoken_companies(head, blocks, titled=titled))), [])


def _listed(front: Sequence[Piece]) -> Iterator[list[Found]]:
    for number, part in enumerate(front):
        coded = [match] if number == 0 and (match := _CODED.match(part.text)) else []
        for match in (*coded, *_LISTED.finditer(part.text)):
            code = _code(match["code"], in_title=number == 0)
            name = match["name"].strip(" -–—·*#")
            if code and re.search(r"[^\W\d_]", name) and not NO_COMPANY.search(name) and not name.startswith("公司"):
                company = found("companies", name, match, part, "name")
                yield [company, found("tickers", code, match, part, "code")]


def _lined(parsed: Parsed) -> Iterator[list[Found]]:
    """A name and its code that are a line of the first page, or a cell of its boxes."""
    for line in segments(pieces(parsed)):
        match = _LINE.fullmatch(line.text) if (line.page or 1) == 1 and line.kind != "chrome" else None
        if (
            match is None
            or find_tickers(match["name"])
            or NO_COMPANY.search(match["name"])
            or (match["bare"] and _ordinary(match["bare"]))
        ):
            continue
        group = "bare" if match["bare"] else "code"
        code = match["bare"] or next((one.ticker for one in find_tickers(match["code"]) if one.explicit), "")
        if code and may_be_company(match["name"].replace(",", "").replace(".", "")):
            yield [
                found("companies", match["name"].strip(), match, line, "name"),
                found("tickers", code, match, line, group),
            ]


def _code(text: str, *, in_title: bool) -> str:
    """A stock code that stands in brackets after a name; five digits from zero are Hong Kong's, letters count in a title."""
    text = text.strip()
    if re.fullmatch(r"0\d{4}", text):
        return normalise_ticker(text + ".HK")
    explicit = next((code.ticker for code in find_tickers(f"({text})") if code.explicit), "")
    if explicit or not in_title or not _BARE.fullmatch(text):
        return explicit
    return "" if _ordinary(text) else text


def _ordinary(text: str) -> bool:
    """Whether letters in brackets are a term (``GDP``, ``EV``) rather than a code: the lexicon knows them as no name."""
    return any(concept.kind not in ENTITY_KINDS for concept in lookup(text)) or not find_tickers(f" {text} ")


def _labelled(front: Sequence[Piece]) -> Iterator[list[Found]]:
    """``证券简称：…`` with ``证券代码：…`` on the cover of a listed company's own papers."""
    for part in front:
        for match in _ABBREVIATED.finditer(part.text):
            fields = [found("companies", match["name"], match, part, "name")]
            codes = ((m, p) for p in front for m in _ZH_CODE.finditer(p.text))
            if code := next(codes, None):
                fields.append(found("tickers", _code(code[0]["code"], in_title=False), *code, group="code"))
            yield fields


def _titled(title: Found, blocks: Sequence[str]) -> list[Found]:
    """The name that a title leads with or initiates on, where no list knows it and the text speaks of it; or two names."""
    for pattern in (_INITIATED, _RESULTS, _QUARTERED, _LEAD):
        match = pattern.search(title.value)
        name = match["name"].strip(' *_#-–"“”') if match else ""
        both = [part for part in _TWO.split(name) if may_be_company(part)]
        if len(both) == 2 and not any(name in block for block in blocks) and all(_is_told(n, blocks) for n in both):
            return [_in_title(title, part) for part in both]
        if match is None or not may_be_company(name):
            continue
        if any(entity.kind == "company" and entity.certain for entity in entities(name)):
            return []  # `about` gives it in the lexicon's spelling
        told = any(name in block for block in blocks) if pattern is _RESULTS else False
        if told or _is_told(name, blocks) or romanised(name, blocks):
            return [_in_title(title, name)]
    return []


def _is_told(name: str, blocks: Sequence[str]) -> bool:
    return any(is_spoken_of(name, block) for block in blocks) or by_first_word(name, blocks)


def _in_title(title: Found, name: str) -> Found:
    start = None if title.start is None or title.value not in title.quote else title.start + title.quote.index(name)
    return Found("companies", name, name, start, None if start is None else start + len(name), title.page)


def _boxed_codes(parsed: Parsed) -> list[Found]:
    """The codes of the one company whose code stands by itself or behind its label on the first page."""
    codes: dict[str, Found] = {}
    lines = [line for line in segments(pieces(parsed)) if (line.page or 1) == 1 and len(line.text) < _SHORT]
    before = ""
    for line in lines:
        label, _, rest = line.text.rpartition(":") if ":" in line.text else (before, "", line.text)
        if code := labelled_code(label, rest):
            start = line.start + line.text.rindex(rest.strip())
            codes.setdefault(code, Found("tickers", code, rest.strip(), start, start + len(rest.strip()), line.page))
        elif not _LETTERS.search(_without_codes(line.text)):
            for match in find_tickers(line.text):
                quote, start = line.text[match.start : match.end], line.start + match.start
                if match.explicit:
                    span = (start, start + len(quote))
                    codes.setdefault(match.ticker, Found("tickers", match.ticker, quote, *span, line.page))
        before = line.text
    bare = {code for code in codes if any(other.startswith(f"{code}.") for other in codes)}
    return [field for code, field in codes.items() if code not in bare] if len(codes) - len(bare) <= _CODES else []


def _without_codes(line: str) -> str:
    """A line without the codes in it and the labels before them."""
    for match in reversed(find_tickers(line)):
        line = line[: match.start] + line[match.end :] if match.explicit else line
    return CODE_LABEL.sub("", line)


def _headed(front: Sequence[Piece], blocks: Sequence[str], least: int = 1) -> Found | None:
    """The name that stands by itself at the head of a report, and that its text speaks of at least so many times."""
    if least > 1 and any(LISTS.search(part.text) or WIDE.search(part.text) for part in front[:_HEAD]):
        return None
    for part in front[1:] if least == 1 else front[:_HEAD]:
        for line in segments((part,)) if " | " not in part.text else ():
            led = (_OF_COMPANY.match(line.text) or _LEAD.match(line.text)) if least > 1 else None
            text = led["name"] if led else _SHARE_CLASS.sub("", line.text)
            name = _LEGAL_FORM.sub("", text.strip("# *“”"))
            if (
                not _NAME_LINE.fullmatch(name)
                or not may_be_company(name)
                or lookup(name)
                or next(find_dates(name), None)
                or (least > 1 and is_house(name))
            ):
                continue
            told = any(speaks_of(name, block) for block in blocks) or front[0].text.startswith(f"{name}: ")
            if told if least == 1 else times_named(name, blocks) >= least:
                start = line.start + line.text.index(name)
                return Found("companies", name, name, start, start + len(name), line.page)
    return None


def _code_beside(parsed: Parsed, name: str) -> list[Found]:
    """The one code with a market that stands in the front's text within brackets: ``(Eve Energy Co., 300014.SZ)``."""
    codes: dict[str, Found] = {}
    for part in pieces(parsed)[:_FRONT]:
        for code in find_tickers(part.text):
            quote = part.text[code.start : code.end]
            around = part.text[max(0, code.start - 60) : code.start]
            if code.explicit and (around.count("(") + around.count("（") > around.count(")") + around.count("）")):
                span = (part.start + code.start, part.start + code.end)
                codes.setdefault(code.ticker, Found("tickers", code.ticker, quote, *span, part.page))
    return list(codes.values()) if len(codes) == 1 else []
