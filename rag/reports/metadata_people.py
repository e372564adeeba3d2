"""The house that published a report, in both languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence

from rag.language.lexicon import entities, lookup
from rag.readers.dateline import is_institution
from rag.readers.dates import find_dates
from rag.reports.front_matter import Piece, found, matches, pieces, segments
from rag.types import Found, Parsed

_CODE = re.compile(r"[\d.A-Z]+")
_LEAD = re.compile(r"(?:[^:：|｜丨]{0,8}[|｜丨]\s*)?(?P<name>[^:：|｜丨\s][^:：|｜丨]{1,24}?)\s*[:：]")
_ZH_HOUSE = re.compile(
    r"(?<![\u4e00-\u9fff])(?P<name>[\u4e00-\u9fff]{2,4}(?:证券|期货|国际))(?=股份|有限|研究|[\s|，,。）)（(·•:：]|$)"
)
_WORD = r"(?:[A-Z][\w’'-]*|&|of|and)"
_EN_HOUSE = re.compile(
    rf"\b(?P<name>[A-Z][\w’'-]*(?:\s{_WORD}){{0,4}}?\s(?:Securities|Capital Markets|Equities|Brokerage|Equity Research|Research Partners)"
    r"(?:\s\((?:HK|Hong Kong|Asia|China|Europe|USA?|UK|International)\))?)(?:,?\s(?:Co\.?,?\s)?(?:Limited|Ltd\.?|LLC|Inc\.?|plc|AG|LLP))?"
)
# How a house signs in running lines, whatever its name: `Harbour Capital | Equity Research`.
_SIGNED = re.compile(
    rf"^(?P<name>[A-Z][\w’'-]*(?:\s{_WORD}){{1,4}}?)\s*[|·•–—-]\s*(?:(?:Global|Institutional)\s)?"
    r"(?:Equity|Equities|Investment|Fixed Income|Credit|Macro|Company)\s(?:[Rr]esearch|[Ss]trategy)\b"
)
_NOT_HOUSE = re.compile(
    r"^(?:The|Our|These|Such|Any|This|Other|No|Debt|Marketable|Equity|Government|Certain)\b|Exchange|Commission|Act\b"
)
# Who rates, in the statement of the rating: `Harbour Partners stays "Neutral"`, 青岚证券维持.
_RATES = re.compile(
    r"(?P<zh>[\u4e00-\u9fff]{2,6}?(?:证券|国际|研究|资本))(?=对|将|把|维持|给予|首次|重申|上调|下调|首予|予以)"
    rf"|(?P<en>[A-Z][\w’'-]*(?:\s{_WORD}){{0,4}}?)\s(?:(?:again|now|still)\s)?(?:keeps|stays|stands|remains|repeats|reiterates|maintains|retains|rates|initiates|starts|opens|"
    r"resumes|upgrades|downgrades|lifts|raises|cuts|lowers|moves|puts)\b"
)
_TYPE = re.compile(r"证券研究报告|研究报告|Research|Report|发布|日期|Date|更新", re.IGNORECASE)
_DESK = re.compile(
    r"Global|Markets?|Macro|Equity|Equities|Credit|Rates|Company|Sector|Industry|Strategy|Economics|Institutional|Retail"
    r"|Investment|Technology|Thematic|Technical|Economic|Fixed|Income|Special|Internal|Quant|Commodity|Commodities|Daily|Weekly|Monthly|Asia|China|Europe|America|Quantitative|Fundamental|Independent|Initiation|Update|and|&",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"\w@(?:[\w-]+\.)*?(?P<domain>[A-Za-z][\w-]{2,40})\.(?:com?|net|org|[a-z]{2,8})\b")
_MAILERS = frozenset("gmail outlook hotmail yahoo qq foxmail mail email icloud protonmail".split())
_NAMED = re.compile(rf"(?P<name>[A-Z][\w’'-]*(?:\s{_WORD}){{0,4}})")
_NO_NAME = re.compile(r"\s(?:LLC|LLP|Ltd|Limited|Inc|plc|PLC|Equity Research|EQUITY RESEARCH)\b.*|\s(?:and|&|of)$")
_ROLE = re.compile(r"\b(?:Analyst|Strategist|Economist|Associate|Head|Director|Editor)s?\b")
_FIRST_WORD = 4  # letters of a house's first word that its address must begin with
_VENDORS = frozenset(
    ("Bloomberg", "Reuters", "Wind Information", "FactSet")
)  # named on front pages, as where data are from
_SIGNATURE = 40  # characters of a last line that may be the house's signature
_BYLINES = 6  # blocks at the head of a report that may say who published it and when


def leading_broker(title: Found) -> list[Found]:
    """The broker that a title begins with: ``国盛证券：重申…``, ``大行评级丨海通国际：维持…``."""
    lead = _LEAD.match(title.value)
    house = lead and next((entity for entity in entities(lead["name"]) if entity.kind == "broker"), None)
    if not lead or not house or len(house.surface) < len(lead["name"]) - 2:
        return []
    start = None if title.start is None else title.start + lead.start("name")
    end = None if start is None else start + len(lead["name"])
    return [Found("broker", lead["name"], lead["name"], start, end, title.page)]


def byline(parsed: Parsed) -> list[Found]:
    """Broker and date from a short line at the head of a report without pages: ``青岚证券 2025年9月2日 分析师：…``.

    What stands before the date is the house where a list or its words say so (证券, Securities, ...), or where a comma
    or a dot parts it from the date. Reports with pages sign at more than one place (see ``broker_field``).
    """
    if parsed.kind == "digest" or parsed.pages:
        return []
    for place, part in enumerate(pieces(parsed)[:_BYLINES]):
        line = part.text.split("\n")[0]
        dates = list(find_dates(line))
        if not dates or dates[0][1] > 60:
            continue
        if part.kind == "heading" and (place == 0 or dates[0][2] < len(line.rstrip())):
            continue  # a title with a date in it; but a line of house and date is written like a heading
        value, start, end = dates[0]
        fields = [Found("date", value.isoformat(), line[start:end], part.start + start, part.start + end, part.page)]
        before = line[:start]
        name = before.strip(" *_#·•|,，:：-–—丨\t")
        parted = bool(re.search(r"[·•|,，丨]\s*$", before))
        if name and not _ROLE.search(name) and _may_be_house(name) and (_is_house(name) or (parted and _proper(name))):
            at = part.start + line.index(name)
            fields.append(Found("broker", name, name, at, at + len(name), part.page))
        return fields
    return []


def _may_be_house(name: str) -> bool:
    """Whether it is not the kind of a paper (``Equity Research``, ``Daily Report``), but a name (``Harbour Lane Research``)."""
    if not _TYPE.search(name):
        return True
    own = name.removesuffix(" Research")
    named = [word for word in own.split() if not (_DESK.fullmatch(word) or lookup(word))]
    return own != name and not _TYPE.search(own) and _proper(name) and bool(named)


def _is_house(name: str) -> bool:
    return is_institution(name) or any(
        entity.kind == "broker" and entity.end - entity.start >= len(name) - 2 for entity in entities(name)
    )


def _proper(name: str) -> bool:
    """Whether a few words read as a name: each with a capital, none a figure."""
    words = [word for word in name.split() if word not in ("&", "and", "of", "the")]
    return 1 < len(words) <= 5 and all(word[0].isupper() and not any(map(str.isdigit, word)) for word in words)


def broker_field(parsed: Parsed, companies: Collection[str]) -> list[Found]:
    """The broker whose name stands most often where a house signs: on the first page, in running lines and legal text.

    ``companies``: what the report is about; a report on a listed broker is seldom its own.
    """
    subject = {entity.name for name in companies for entity in entities(name)}
    parts = _signed_parts(parsed)
    counts: Counter[str] = Counter()
    first: dict[str, Found] = {}
    for part in parts:
        for entity in entities(part.text):
            quote = part.text[entity.start : entity.end]
            if entity.kind != "broker" or entity.name in _VENDORS:
                continue
            if entity.certain and entity.name not in subject and not _CODE.fullmatch(quote):
                counts[entity.name] += 1
                start = part.start + entity.start
                named = entity.name if part.text[entity.start - 1 : entity.start] in ("@", ".") else quote
                first.setdefault(entity.name, Found("broker", named, quote, start, start + len(quote), part.page))
    if counts:
        return [first[counts.most_common(1)[0][0]]]
    return _unlisted_house(parts, companies)


def rating_house(parsed: Parsed, fields: Collection[Found], companies: Collection[str]) -> list[Found]:
    """The house that the statement of the rating begins with, of a digest that is signed nowhere; none of ``companies``."""
    rating = next((field for field in fields if field.name == "rating" and field.start is not None), None)
    if parsed.kind != "digest" or rating is None or rating.start is None:
        return []
    start = max((block.start for block in parsed.blocks if block.start <= rating.start), default=0)
    match = _RATES.match(parsed.text, start, rating.start + len(rating.quote))
    name = match and (match["zh"] or match["en"])
    if not match or not name or _NOT_HOUSE.search(name) or lookup(name):
        return []
    if any(name in company or company in name for company in companies):
        return []  # the share stays at its rating
    return [Found("broker", name, name, match.start(), match.start() + len(name))]


def _unlisted_house(parts: Sequence[Piece], companies: Collection[str]) -> list[Found]:
    """A house that no list knows, by the form of its name or of its signature; the most frequent, Chinese first."""
    for pattern in (_ZH_HOUSE, _SIGNED, _EN_HOUSE):
        houses = [
            (match, part)
            for match, part in matches(pattern, tuple(parts))
            if not _NOT_HOUSE.search(match["name"]) and match["name"] not in companies
        ]
        if houses:
            name, _ = Counter(match["name"] for match, _ in houses).most_common(1)[0]
            return [found("broker", name, *next(pair for pair in houses if pair[0]["name"] == name), group="name")]
    return _house_of_addresses(parts) or _house_alone(parts)


def _house_alone(parts: Sequence[Piece]) -> list[Found]:
    """A house that stands in a line by itself and calls itself Research: ``Harbour Lane Research``."""
    for line in segments(tuple(parts)):
        if line.text.endswith(" Research") and _may_be_house(line.text):
            return [Found("broker", line.text, line.text, line.start, line.start + len(line.text), line.page)]
    return []


def _house_of_addresses(parts: Sequence[Piece]) -> list[Found]:
    """The house that the analysts' e-mail addresses name: ``Larkfield Partners`` and ``...@larkfield.com``."""
    domains = {match["domain"].lower() for match, _ in matches(_DOMAIN, tuple(parts))} - _MAILERS
    named: list[tuple[str, Found]] = []
    for line in segments(tuple(parts)) if domains else ():
        match = _NAMED.match(line.text)
        name = _NO_NAME.sub("", match["name"]) if match else ""
        if name and any(_is_domain_of(domain, name) for domain in domains):
            named.append((name.casefold(), Found("broker", name, name, line.start, line.start + len(name), line.page)))
    if not named:
        return []
    folded, _ = Counter(key for key, _ in named).most_common(1)[0]
    spelled = [field for key, field in named if key == folded]
    return [next((field for field in spelled if not field.value.isupper()), spelled[0])]


def _is_domain_of(domain: str, name: str) -> bool:
    """Whether an address belongs to a house: it is its name without spaces, or begins with its first word."""
    words = [word.lower() for word in re.findall(r"\w+", name)]
    joined = "".join(words)
    first = words[0] if len(words[0]) >= _FIRST_WORD else joined
    plain = re.sub(r"[^a-z0-9]", "", domain)
    return len(first) >= _FIRST_WORD and (plain.startswith(first) or joined.startswith(plain))


def _signed_parts(parsed: Parsed) -> tuple[Piece, ...]:
    """Where a broker signs: the first page, running lines, and legal text; without pages, short lines of the front."""
    front = pieces(parsed, legal=True)
    if not parsed.pages:
        signed = (*front[:_BYLINES], *(part for part in front[_BYLINES:][-1:] if len(part.text) < _SIGNATURE))
        return tuple(part for part in signed if len(part.text) < 80) + tuple(
            part for part in front if part.kind == "boilerplate"
        )
    first = tuple(part for part in front if (part.page or 1) == 1)
    rest = tuple(
        Piece(parsed.text[block.start : block.end][:2_000], block.start, block.page, block.kind)
        for block in parsed.blocks
        if block.kind in ("chrome", "boilerplate") and (block.page or 1) > 1
    )
    return first + rest[:40] + rest[40:][-20:]
