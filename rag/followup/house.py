"""`The other broker`, `does the broker agree?`, 另一家券商: the houses that the library holds on the company asked about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.followup.frame import Frame
from rag.followup.marks import DATELESS
from rag.followup.meant import figure_span
from rag.followup.shelf import Shelf
from rag.followup.write import placed, swapped

_HOUSE = r"(?:broker|brokerage|house|research house|analyst)s?"
_OTHER = re.compile(
    rf"\b(?:the\s+|any\s+)?other\s+{_HOUSE}\b|(?:另外?|别的?|其[他它余])(?:[一两几]?[家个份])?(?:券商|机构|投行|研究所)|另外?一家(?!公司|企业|工厂|店)",
    re.IGNORECASE,
)
_THE = re.compile(rf"\b(?:the|their|its)\s+{_HOUSE}\b(?!\s+(?:of|for|at|on)\b)", re.IGNORECASE)
_EXPECTS = re.compile(
    r"\b(?:expect|forecast|model|estimate|assume|project)(?:s|ed)?\b|预[计测期]|测算|估计", re.IGNORECASE
)
_GUIDED = re.compile(r"\s*\b(?:guidance|outlook|forecasts?|estimates?)$|(?:业绩)?(?:指引|预测|预期)$", re.IGNORECASE)
_AHEAD = re.compile(rf"\bguid\w+|指引|{_EXPECTS.pattern}", re.IGNORECASE)
_ONLY_SAYS = re.compile(
    rf"(?:{_EXPECTS.pattern}|\b(?:thinks?|says?|sees?|has|have|agrees?|puts?|and|but|so|what|how|about|does|do|is|are|the|own|itself|for|on|of|it|that|this|then)\b"
    r"|怎么|如何|认为|自己|自身|[看给说那多少什么的呢吗是有对此]|['’]s\b|[\s,.?，？])+",
    re.IGNORECASE,
)
MOST = 3  # houses that a question may mean


def with_houses(turn: str, wholes: Sequence[Frame], shelf: Shelf) -> str:
    """The question with the houses that `the other broker` means by name: those with a report on the company that was asked
    about, but not the house that was; `the broker` is the only one. Unchanged where there is none, or too many."""
    old = wholes[-1]
    match = _OTHER.search(turn) or (None if old.houses else _THE.search(turn))
    if match is None or len(old.firms) != 1:
        return turn
    of_same = [
        frame.houses
        for frame in reversed(wholes)
        if frame.houses and {s.text for s in frame.firms} == {s.text for s in old.firms}
    ]
    asked = [spot.text.lower() for spot in next(iter(of_same), old.houses)]
    of_firm = dict.fromkeys(report.broker for report in shelf.reports_of(old.firms[0].text) if report.broker)
    houses = [house for house in of_firm if not any(name in house.lower() for name in asked)]
    bare = match[0].endswith("一家")
    if not houses or len(houses) > (MOST if match.re is _OTHER and asked else 0 if bare else 1):
        return turn
    names = ("和" if old.chinese else " and ").join(houses)
    return f"{turn[: match.start()]}{names}{turn[match.end() :]}"


def its_forecast(turn: str, old: Frame, shelf: Shelf) -> str:
    """`What does Foo expect?` behind a figure or guidance of a company: `What capex does Foo forecast for Bar in 2026?`, or
    with Foo in the place of the house that was asked; empty where the turn names anything else."""
    own, (start, end) = shelf.read(turn), figure_span(old)
    figure = _GUIDED.sub("", old.text[start:end])
    if (
        len(own.houses) != 1
        or own.firms
        or len(old.houses) > 1
        or len(old.firms) != 1
        or not figure
        or DATELESS.search(figure)
    ):
        return ""
    rest = turn
    for spot in (own.houses[0], *own.periods):
        rest = rest.replace(spot.text, " ")
    if not (_EXPECTS.search(rest) or _AHEAD.search(old.text)) or not _ONLY_SAYS.fullmatch(rest):
        return ""
    house, firm = own.houses[0].text, old.firms[0].text
    if old.houses:
        return "" if own.periods else swapped(old.text, [(old.houses[0], house)])
    when = next((spot for spot in own.periods or old.periods if spot.period), None)
    if old.chinese:
        time = when.period.surface.strip() if when and when.period else ""
        return f"{house}预计{firm}{time}{figure}多少?"
    return f"What {figure} does {house} forecast for {firm}{f' {placed(when)}' if when else ''}?"
