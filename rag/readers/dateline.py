"""The line under a digest's title that says who published it and when: ``BROKER·date time``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rag.readers.dates import find_dates

_LONGEST = 100
_LONGEST_BROKER = 60
_TIME = re.compile(r"[\sT]*(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?)?\s*")
_PARTED = re.compile(r"[·•・∙|丨]\s*$")
_EDGE = re.compile(r"\s*[·•・∙|丨,，:：\-–—]?\s*$")
_WHEN = re.compile(
    r"(?:^|\s)(?:发布时间|发布日期|报告日期|时间|日期|Date|Published(?: on)?|Updated)\s*$", re.IGNORECASE
)
_WHO = re.compile(r"^(?:来源|机构|券商|发布机构|Source|Broker|By)\s*[:：]\s*", re.IGNORECASE)
_AFTER = re.compile(
    r"\s*(?:\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?\s*(?:[·•・∙|丨]|来源[:：]|Source:)\s*(?P<who>[^。!?;\uff01\uff1f\uff1b]{2,60})"
)
_SENTENCE = re.compile(r"[。!?！？;；\[\]]|\.\s")
_INSTITUTION = re.compile(
    r"\b(?:Securities|Capital|Research|Bank|Brokerage|Equities|Partners|Futures|Investments?|Asset Management|Group"
    r"|Ratings?|Institute|Consulting|Holdings)\b"
    r"|证券|国际|资本|研究(?:所|院|中心)|银行|期货|基金|投资|财经|评级|资管",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """A parsed line. ``broker``: "" where the line names none; ``start``/``end``: the date's characters in the line.

    ``plain``: a broker stands before the date with only a space between and no time after, as in a title.
    """

    broker: str
    date: date
    start: int
    end: int
    plain: bool


def read_dateline(line: str) -> Dateline | None:
    """``GF Securities·2024-11-07 17:34`` and its variants; None when the line says more than who and when."""
    if len(line) > _LONGEST:
        return None
    found = list(find_dates(line))
    if not found:
        return None
    value, start, end = found[-1]
    before, after = line[:start], line[end:]
    if not before.strip():
        turned = _AFTER.fullmatch(after)
        if turned:
            return Dateline(turned["who"].strip(), value, start, end, False)
    if not _TIME.fullmatch(after):
        return None
    who = _WHO.sub("", _WHEN.sub("", _EDGE.sub("", before))).strip(" ·•・∙|丨,，")
    if len(who) > _LONGEST_BROKER or _SENTENCE.search(who):
        return None
    parted = bool(_PARTED.search(before) or after.strip() or not who or _WHO.match(before))
    return Dateline(who, value, start, end, not parted)


def is_institution(line: str) -> bool:
    """Whether a short line reads as the name of a broker, bank or research house."""
    return len(line) <= 40 and _INSTITUTION.search(line) is not None and not re.search(r"[。.;；:：\[]", line)
