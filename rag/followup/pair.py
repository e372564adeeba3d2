"""`Compare the two on inventories`, 那两家的毛利率: a follow-up about the companies of several earlier questions; and
the words that leave out what stands in the question before: `And in the third?`, `What did Foo spend on it?`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rag.followup.parts import Parts, parts_of
from rag.language.analysis import language
from rag.types import Report

MOST = 4  # companies that `both of them` may mean
_NOT_OF_THESE = r"(?!\s+(?:[\w-]+\s+)?(?:years?|quarters?|months?|weeks?|halves|half|periods?|times?|dates?|ends?|reports?|notes?|filings?|brokers?|houses?|analysts?|segments?|regions?|divisions?|figures?|numbers?|products?)\b)"
_BOTH = re.compile(
    rf"\b(?:(?:the|these|those)\s+(?:two|three)|both)(?:\s+(?:companies|firms|names|stocks|of\s+(?:them|these|those)))?\b{_NOT_OF_THESE}"
    r"|\b(?:between|of|for|on)\s+(?P<them>them)\b|[这那]?[两三]家(?:公司|企业)?(?!券商|机构|投行|研究|银行)|[两二]者",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"^\W*(?:(?:and|what about|how about|so|then)\s+)*(?:(?:in|for|during|of)\s+)?(?:the\s+)?(?P<nth>first|second|third|fourth)\W*$",
    re.IGNORECASE,
)
_THE_ONE = re.compile(r"\bthe one (?P<way>before|after)\b", re.IGNORECASE)
_ON_IT = re.compile(r"\b(?P<on>on|of|for|in|about)\s+(?:it|that|this)\b(?!\s+\w+ly\b)", re.IGNORECASE)


def both(question: str, earlier: Sequence[str], reports: Sequence[Report], today: date | None) -> str:
    """The question with the companies that `the two` means by name; unchanged where it says no such thing.

    ``earlier``: the questions before, completed, oldest first.
    """
    match = _BOTH.search(question)
    if match is None or any(spot.kind == "company" for spot in parts_of(question, reports, today).names):
        return question
    names: list[str] = []
    for before in reversed(earlier):
        new = [spot.text for spot in parts_of(before, reports, today).names if spot.kind == "company"]
        names = [*(name for name in new if not any(same(name, other) for other in names)), *names]
        if len(names) > 1:
            break
    if not 2 <= len(names) <= MOST:
        return question
    joined = ("和" if language(question) == "zh" else " and ").join(names)
    start, end = match.span("them") if match["them"] else match.span()
    return f"{question[:start]}{joined}{question[end:]}"


def same(one: str, other: str) -> bool:
    """Whether two names are one, or one is a part of the other."""
    one, other = one.lower(), other.lower()
    return one in other or other in one


def with_unit(question: str, old: Parts) -> str:
    """`And in the third?` after a question on the first quarter asks for the third quarter."""
    match = _ORDINAL.match(question)
    one = _THE_ONE.search(question)
    kinds = [spot.period.kind for spot in old.periods if spot.period]
    if one and kinds and kinds[-1] in ("quarter", "half", "year", "month", "week"):
        return f"{question[: one.start()]}the {kinds[-1]} {one['way']}{question[one.end() :]}"
    if match is None or len(old.names) > 1 or not kinds or kinds[-1] not in ("quarter", "half"):
        return question
    return f"{question[: match.end('nth')]} {kinds[-1]}{question[match.end('nth') :]}"


def on_it(question: str, own: Parts, old: Parts) -> str:
    """`What did Foo spend on it?` names a company; `it` is what the question before asked of another."""
    match = _ON_IT.search(question)
    if match is None or own.topics or not old.topics or not any(spot.kind == "company" for spot in own.names):
        return question
    return f"{question[: match.start()]}{match['on']} {old.topics[0].text}{question[match.end() :]}"
