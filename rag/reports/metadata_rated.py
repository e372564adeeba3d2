"""The company whose rating a digest begins with, where no title names one: `keeps "Buy" on Foo Air`, `将清源乳业评级由…下调`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.reports.company_names import by_first_word, may_be_company
from rag.reports.front_matter import Piece, found
from rag.reports.rating_rules import EN_CAPITAL, ZH
from rag.types import Found

_FIRST = 4  # pieces of the text in which the rating stands
_NAME = r"(?P<name>(?-i:[A-Z][\w&.’-]*(?:\s(?:of\s|&\s)?[A-Z][\w&.’-]*){0,3}))(?:['’]s\b)?"
_NAME_ZH = r"(?P<name>[\u4e00-\u9fffA-Za-z*·-]{2,10}?)"
_QUOTED = rf"[“\"‘'「]?{EN_CAPITAL}[”\"’'」]?"
_QUOTED_ZH = rf"[“\"‘'「]?(?:{ZH})[”\"’'」]?"
_VERB = r"(?:rat(?:e|es|ed|ing)|keep(?:s|ing)?|kept|maintain\w*|reiterat\w*|initiat\w*|start(?:s|ed)?|resum\w*|upgrad\w*|downgrad\w*|lift(?:s|ed)?|cut(?:s)?|rais\w*|lower\w*)"
_PATTERNS = (
    re.compile(rf"{_QUOTED}(?:\s(?:rating|call|stance))?\s(?:is\s\w+\s)?(?:on|for)\s{_NAME}", re.IGNORECASE),
    re.compile(
        rf"\b{_VERB}\s(?:coverage\s(?:on|of)\s)?{_NAME}\s(?:(?:is|are)\s)?(?:at|to|with|from|as)\s(?:an?\s)?{_QUOTED}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"^\W*{_NAME}\s(?:is|are|stays?|remains?)\s(?:(?:{_VERB})\s)?(?:at\s|as\s|an?\s|on\s|to\s)*{_QUOTED}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?:将|对|给予|给|予|维持|重申|首次覆盖|首予|上调|下调|调升|调降){_NAME_ZH}(?:的)?(?:股票|公司|投资)?"
        rf"(?:[,，]?\s*(?:首次)?(?:给予|维持|予以|重申)?\s*{_QUOTED_ZH}|评级\s*[由从至为维])"
    ),
)
_THERE = re.compile(rf"{_QUOTED}|{_QUOTED_ZH}", re.IGNORECASE)


def rated_company(front: Sequence[Piece], blocks: Sequence[str]) -> Found | None:
    """The one company that the first statements rate, and that the text goes on to speak of; None for none or several."""
    names: dict[str, Found] = {}
    for part in front[:_FIRST]:
        for field in _rated(part):
            others = [block for block in blocks if block != part.text]
            if any(field.value in block for block in others) or by_first_word(field.value, others):
                names.setdefault(field.value, field)
    return next(iter(names.values())) if len(names) == 1 else None


def is_rating(part: Piece) -> bool:
    """Whether a piece of the front has a rating in it."""
    return _THERE.search(part.text) is not None


def _rated(part: Piece) -> Iterator[Found]:
    if not is_rating(part):
        return
    for pattern in _PATTERNS:
        for match in pattern.finditer(part.text):
            if may_be_company(match["name"].strip()):
                yield found("companies", match["name"].strip(), match, part, "name")
