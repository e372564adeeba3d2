"""Whether a sentence tells a forecast or a fact, and whether it has a verb in the past."""

from __future__ import annotations

import re
from functools import lru_cache

from rag.language.analysis import CJK, small_letters

_CHINESE = re.compile(f"[{CJK}]")


def bilingual(english: str, chinese: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A pattern for English text, and one for text with Chinese in it: that tries all the more at every character.

    Both are for text of small letters, which is many times faster than to try both cases of each.
    """
    return re.compile(english), re.compile(f"{english}|{chinese}")


_BEAT_TALK = bilingual(
    r"(?:above|below|beat\w*|miss\w*|ahead of|exceed\w*|than|vs\.?|versus|in line with|short of|behind|surpass\w*|top\w*)\s+"
    r"(?:\w+\s+){0,3}?(?:expect\w*|consensus|estimat\w*|forecast\w*|guidance|projections?)"
    r"|(?:better|worse|higher|lower|stronger|weaker)-than-expected",
    r"超(?:出|过)?\w{0,4}预期|不及\w{0,4}预期|[好高优低差弱]于\w{0,4}预期|符合\w{0,4}预期",
)
_EXPECTED = re.compile(r"expect|consensus|estimat|forecast|guidance|projection|预期")
_FORECAST = bilingual(
    r"\b(?:expect(?:s|ed|ing|ation|ations)?|forecasts?|forecast(?:ed|ing)|estimat(?:e|es|ed|ing)|project(?:s|ed|ion|ions)|guid(?:es|ed|ance)"
    r"|predict(?:s|ed)?|look(?:s|ed|ing)?\s+for|sees|(?:is|are)\s+seen|foresees?|anticipat(?:e|es|ed|ing|ion)|envisag(?:e|es|ed|ing)|(?:seen|put|pegged|set)\s+(?:at|to)|modell?ed|likely|will|should|may|could|would|plans?|planned|aims?|targets?(?! price)|targeted|outlook)\b",
    r"(?<!模)拟(?![合态])|计划|预计|预期|预测|预估|料|有望|将(?![军领])|或(?:将|有|达|为)|估计|指引|展望|目标(?!价)|可达",
)
_FACT = bilingual(
    r"\b(?:reported|recorded|posted|achieved|delivered|reali[sz]ed|registered|booked|came\s+in|(?:turned|came|worked)\s+out(?=\s+at)|ended\s+up|actual(?:ly)?|printed)\b",
    r"实现|录得|达成|完成|实际|已(?![知有披公])",
)
# A past tense tells a fact where nothing tells a forecast; a text may also speak of a forecast in it.
_PAST = re.compile(
    r"\b(?:was|were|rose|fell|grew|sold|made|earned|reached|totall?ed|amounted|came|generated|increased|decreased|declined|dropped|climbed|jumped|gained|lost"
    r"|hit|stood|closed|ended|returned|expanded|improved|doubled|produced|shipped|paid|completed"
    r"|(?:has|have)\s(?:(?:been|now|already|since|also|just)\s)*(?:[a-z]{2,}ed|taken|cut|risen|fallen|grown|made|begun|sold|bought|won|lost|become|gone|come|set|put|paid|spent|built))\b"
)
_PLAN = re.compile(r"(?<!模)拟(?![合态])|计划")
# What tells a fact in Chinese, where nothing tells a forecast.
_REACHED = re.compile(r"达到|达(?=约?\d)")
_DONE = re.compile(r"已|了|完成|实现|[上去]年|同比|环比")

_MAYBE_PAST = re.compile(r"\b(?:did|had)\b|\b(?!expected|estimated|projected|adjusted|diluted)[a-z]{2,}ed\b")


@lru_cache(maxsize=1024)
def past_of(sentence: str) -> bool | None:
    """Whether an English sentence has a verb in the past, and none of what would be; of a Chinese one only that it tells
    of a plan and of nothing done."""
    small = small_letters(sentence)
    if has_chinese(sentence):
        return False if _PLAN.search(sentence) and not _DONE.search(sentence) else None
    if " would " in small:
        return None
    if _PAST.search(small):
        return None if _FORECAST[0].search(small) else True
    return None if _MAYBE_PAST.search(small) else False


@lru_cache(maxsize=1024)
def tense_of(sentence: str) -> int:
    """1 for a forecast, -1 for something reported, 0 when both or neither is said."""
    chinese, sentence = has_chinese(sentence), small_letters(sentence)
    plain = _BEAT_TALK[chinese].sub(" ", sentence) if _EXPECTED.search(sentence) else sentence
    forecast, fact = bool(_FORECAST[chinese].search(plain)), bool(_FACT[chinese].search(plain))
    if chinese and not forecast and not fact:
        fact = _REACHED.search(plain) is not None
    return 0 if forecast == fact else 1 if forecast else -1


@lru_cache(maxsize=1024)
def plans_only(sentence: str) -> bool:
    """Whether a Chinese sentence is a forecast by a plan alone, which is one of its own clause: 拟收购三家医院,三家去年盈利5亿元."""
    return _PLAN.search(sentence) is not None and tense_of(_PLAN.sub(" ", sentence)) <= 0


def plans_before(text: str, start: int, end: int) -> bool:
    """Whether the clause of a figure at ``end`` says that something is planned."""
    clause = max(text.rfind(mark, start, end) for mark in ",，、;；")
    return _PLAN.search(text, max(clause, start), end) is not None


def has_chinese(text: str) -> bool:
    """Whether a text has Chinese characters in it."""
    return not text.isascii() and _CHINESE.search(text) is not None
