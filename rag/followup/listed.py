"""One or all of several, by name: `the second one` of a list, `the former's capex`, `compare the two on inventories`, 那两家的
毛利率, `what do they say on gold?` of the report that was read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.followup.frame import Frame, Shelf, Spot
from rag.followup.marks import CLOSER, NTH, OPENER, PLACES, SAYS
from rag.followup.write import agreeing, bracketed, swapped, upper

_ROW = re.compile(r"^\|\s*(?P<name>[^|]*[^|\s-])\s*\|", re.MULTILINE)
_TITLE = re.compile(r"^[\"“「《](?P<name>[^\"”」》]{3,120})[\"”」》]\s*[(（]", re.MULTILINE)
_ONE = re.compile(
    r"(?:the\s+)?\b(?:first|second|third|last)(?:\s+(?:one|of\s+(?:those|these|them)))?\b(?!\s+(?:quarter|half|year|week|month))(?:\s+(?:stock|company|name|report|note|broker|item|bullet|point|bank|house)\b)?(?:\s+(?:on|in)\s+(?:the|that|your)\s+list)?"
    r"|\bthe\s+(?:former|latter)\b|第[一二三四](?:个|家|份|只|条)(?!季)|前者|后者",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"^\W*(?:tell me (?:more )?about|(?:请|再)?(?:具体|详细)?(?:说说|讲讲|介绍(?:一下)?))?\W*$", re.IGNORECASE
)
_THEY = re.compile(
    r"\b(?:they|it|(?:the|that|this) (?:report|note|weekly|author|broker|house|analysts?))\b|(?:这|该|那)(?:份|篇)?(?:报告|研报|周报)|他们",
    re.IGNORECASE,
)
_NOT_OF_THESE = r"(?!\s+(?:[\w-]+\s+)?(?:years?|quarters?|months?|weeks?|halves|half|periods?|times?|dates?|ends?|reports?|notes?|filings?|brokers?|houses?|analysts?|segments?|regions?|divisions?|figures?|numbers?|products?)\b)"
_BOTH = re.compile(
    rf"\b(?:(?:the|these|those)\s+(?:two|three)|both)(?:\s+(?:companies|firms|names|stocks|of\s+(?:them|these|those)))?\b{_NOT_OF_THESE}"
    r"|\b(?:between|of|for|on)\s+(?P<them>them)\b|[这那]?[两三]家(?:公司|企业)?(?!券商|机构|投行|研究|银行)|[两二]者",
    re.IGNORECASE,
)
BACK = 3  # questions in which a list is looked for
MOST = 12  # items of a list that are looked at
MOST_SIDES = 4  # names that `both of them` may mean


def by_name(turn: str, wholes: Sequence[Frame], shelf: Shelf) -> str:
    """The question with the name or names that `the second one`, `the former`, `both`, `they` of a report mean."""
    return _of_report(both(_nth(turn, wholes, shelf), wholes, shelf), wholes[-1], shelf)


def _nth(turn: str, wholes: Sequence[Frame], shelf: Shelf) -> str:
    match = _ONE.search(turn)
    place = NTH.search(match[0].replace("条", "个").replace("只", "个")) if match else None
    own = shelf.read(turn)
    if match is None or place is None or own.of_kind("company") or own.houses:
        return turn
    at = -1 if place["late"] else 0 if place["early"] else PLACES[(place["en"] or place["zh"]).lower()]
    rest = f"{turn[: match.start()]}{turn[match.end() :]}"
    bare = bool(_BARE.match(CLOSER.sub("", OPENER.sub("", rest))))
    if spots := _sides(turn[: match.start()], wholes):
        return _one_of(turn, match, spots, at, wholes[-1], bare)
    items = _items(wholes, shelf)
    if not items or at >= len(items):
        return turn
    if bare:
        return f"{'介绍' if own.chinese else 'What is said about '}{items[at]}?"
    return f"{turn[: match.start()]}{items[at]}{turn[match.end() :]}"


def _sides(head: str, wholes: Sequence[Frame]) -> Sequence[Spot]:
    """The times or names of which one is meant: those of the last question, or its own and those it was set beside."""
    last = wholes[-1]
    if re.search(r"\b(?:in|for|of|during)\s+$", head, re.IGNORECASE) and len(last.names) < 2 and len(last.periods) > 1:
        return last.periods
    return names_of(wholes)[1]


def _one_of(turn: str, match: re.Match[str], spots: Sequence[Spot], at: int, last: Frame, bare: bool) -> str:
    if at >= len(spots):
        return turn
    spot = spots[at]
    if bare:
        alike = [each for each in last.names if each.kind == spot.kind]
        return swapped(last.text, [(each, spot.text if each is alike[0] else "") for each in alike])
    text = spot.period.surface.strip() if spot.period else spot.text
    made = f"{turn[: match.start()]}{text}{turn[match.end() :]}"
    # a broker's figures are those of the company that was asked about
    return bracketed(made, [each for each in last.names if each.kind == "company"]) if spot.kind == "broker" else made


def _items(wholes: Sequence[Frame], shelf: Shelf) -> tuple[str, ...]:
    if shelf.recall is None or len(wholes[-1].names) > 1:
        return ()
    lists = (listed(shelf.recall(frame.text).text) for frame in reversed(wholes[-BACK:]))
    return next((found for found in lists if len(found) > 1), ())


def listed(text: str) -> tuple[str, ...]:
    """The names that an answer lists: of the rows of its table, or of the reports that it gives by title."""
    rows = [match["name"].strip() for match in _ROW.finditer(text)]
    names = rows or [match["name"] for match in _TITLE.finditer(text)]
    return tuple(dict.fromkeys(names))[:MOST]


def _of_report(turn: str, old: Frame, shelf: Shelf) -> str:
    """`What do they say on gold?` with the house whose report ``old`` was answered from; else unchanged."""
    match = _THEY.search(turn)
    if shelf.recall is None or match is None or not SAYS.search(turn) or old.names or shelf.read(turn).names:
        return turn
    houses = {citation.report.broker for citation in shelf.recall(old.text).citations}
    house = houses.pop() if len(houses) == 1 else None
    return upper(f"{agreeing(turn[: match.start()], 'they')}{house}{turn[match.end() :]}") if house else turn


def both(turn: str, wholes: Sequence[Frame], shelf: Shelf) -> str:
    """The question with the companies that `the two` means by name; unchanged where it says no such thing."""
    match = _BOTH.search(turn)
    own = shelf.read(turn)
    if match is None or own.of_kind("company"):
        return turn
    names = [spot.text for spot in of_kind(wholes, "company", 2)]
    if not 2 <= len(names) <= MOST_SIDES:
        return turn
    start, end = match.span("them") if match["them"] else match.span()
    return f"{turn[:start]}{('和' if own.chinese else ' and ').join(names)}{turn[end:]}"


def names_of(wholes: Sequence[Frame]) -> tuple[Spot, list[Spot]]:
    """The name that the last question asked about, and it with those that it is set beside, in the order they came up."""
    old = wholes[-1]
    for kind in ("broker", "company", "name"):
        here = old.of_kind(kind)
        found = of_kind(wholes, kind) if here else []
        if len(found) > 1:
            return here[0], found
    return (old.names[0] if old.names else Spot(0, 0, "", "name")), []


def of_kind(wholes: Sequence[Frame], kind: str, least: int = 1) -> list[Spot]:
    """The names of a kind in the last questions, until there are two; what only the time tells apart has none."""
    names: list[Spot] = []
    for number, frame in enumerate(reversed(wholes)):
        new = frame.of_kind(kind)
        other = [spot for spot in new if not any(same(spot.text, known.text) for known in names)]
        if least < 2 and number == 1 and new and not other and len(times_of(wholes)) > 1:
            return names
        names = [*other, *names]
        if len(names) > 1:
            break
    return names if 1 < len(names) <= MOST_SIDES else names[:1]


def times_of(wholes: Sequence[Frame]) -> list[Spot]:
    """The times of the last question, or its own and that of the one before."""
    last = list(wholes[-1].periods)
    if len(last) != 1 or len(wholes) < 2:
        return last
    before = [spot for spot in wholes[-2].periods if _label(spot) != _label(last[0])]
    return [*before[-1:], *last]


def _label(spot: Spot) -> str:
    return spot.period.label if spot.period else spot.text


def same(one: str, other: str) -> bool:
    """Whether two names are one, or one is a part of the other."""
    one, other = one.lower(), other.lower()
    return one in other or other in one
