"""Chinese names that a question writes in Latin letters, put into the characters that the library knows them by."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from rag.language import lexicon
from rag.language.analysis import STOP_TERMS
from rag.language.pinyin import pinyin
from rag.reports.names import bare_name, has_cjk, key, short_names
from rag.types import Report

LEAST = 5  # letters of a name that may be looked up: shorter ones are too often something else
MOST_WORDS = 5  # a name may be written apart: Hai Chuan
LEAST_SMALL = 8  # ... of one in small letters, which any word may be
_WORD = re.compile(r"\b[A-Za-z][a-z]+(?:['’]s)?")
_OTHER_NAME = re.compile(r"(?:[A-Z][\w&.-]*\s+){1,4}[(（]$")  # Golden Trust (Jin Cheng): the same in translation
_FIRST_NAME = re.compile(r"\b([A-Z][a-z]+) $")
_GAP = re.compile(r"[ -]")
_HOUSE = re.compile(r"(?:证券|期货|国际|研究所|股份有限公司|有限公司|研究院)+$")
_HOUSES = frozenset("Securities Research Futures International Capital Holdings Group".split())
_SYLLABLE = (
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|ue|ui|uo|er|a|o|e|i|u|v))"
)
_SYLLABLES = re.compile(rf"{_SYLLABLE}{{2,}}")
_PAIR = re.compile(rf"({_SYLLABLE})({_SYLLABLE})")


def in_characters(question: str, reports: Iterable[Report]) -> str:
    """The question with each name of the library that it writes in pinyin in characters, and those that the lexicon knows
    with a legal form only with that; the same where there is none.

    A following word of the trade goes with the name (`Haichuan Pharma`); a spelling that two names share means neither.
    """
    reports = tuple(reports)
    question = _in_full(question, reports)
    words = [match for match in _WORD.finditer(question) if not lexicon.lookup(_bare(match[0]))]
    if not any(_SYLLABLES.fullmatch(_bare(word[0]).lower()) for word in words):
        return question
    table = _table(frozenset(name for report in reports for name in _names(report)))
    out, done = [], 0
    for run in _runs(question, words):
        name = table.get("".join(_bare(word[0]) for word in run).lower())
        if name is None or _is_small(run) or run[0].start() < done or _is_surname(question, run[0].start()):
            continue
        start, end = run[0].start(), _end(question, run[-1])
        if (other := _OTHER_NAME.search(question, done, start)) and question[end : end + 1] == ")":
            start, end = other.start(), end + 1
        out += [question[done:start], name]
        done = end
    return "".join([*out, question[done:]]) if out else question


def _in_full(question: str, reports: tuple[Report, ...]) -> str:
    """The question with 美的集团 for 美的, where a report is on it."""
    if not has_cjk(question):
        return question
    for bare, whole in _legal(frozenset(name for report in reports for name in report.companies)):
        at = question.find(bare)
        if at >= 0 and not question.startswith(whole, at):
            question = f"{question[:at]}{whole}{question[at + len(bare) :]}"
    return question


@lru_cache(maxsize=8)
def _legal(companies: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Chinese names of companies without their legal form, where the lexicon knows them with one only, and with it."""
    known = {
        form for name in companies for each in lexicon.lookup(name) if each.kind == "company" for form in each.chinese
    }
    pairs = ((bare_name(form), form) for form in sorted(known))
    return tuple((bare, whole) for bare, whole in pairs if 1 < len(bare) < len(whole) and not lexicon.lookup(bare))


def _is_small(run: list[re.Match[str]]) -> bool:
    """Whether a run of words is written in small letters, and too short to be sure of."""
    spelled = "".join(_bare(word[0]) for word in run)
    return spelled.islower() and len(spelled) < LEAST_SMALL


def _is_surname(question: str, start: int) -> bool:
    """Whether a word follows a capitalised one that is no word of the asking: ``Anita Desai`` is a person."""
    before = _FIRST_NAME.search(question, 0, start)
    return before is not None and before[1].lower() not in STOP_TERMS and not lexicon.lookup(before[1])


def syllables_of(word: str) -> tuple[str, ...]:
    """The two syllables of a word that reads as the pinyin of two characters: ``heng``, ``rui``; empty for any other."""
    match = _PAIR.fullmatch(word) if len(word) >= LEAST else None
    return (match[1], match[2]) if match else ()


def _names(report: Report) -> tuple[str, ...]:
    """The Chinese names of a report's company and broker, and what these are called for short."""
    companies = [name for name in report.companies[:1] if has_cjk(name)]
    short = [name for company in companies for name in short_names(company)]
    house = report.broker or ""
    houses = [house, _HOUSE.sub("", house)] if has_cjk(house) else []
    return tuple(name for name in (*companies, *short, *houses) if len(name) > 1)


@lru_cache(maxsize=8)
def _table(names: frozenset[str]) -> dict[str, str]:
    """Pinyin -> the longest name that is read so, where all names that are belong together."""
    found: dict[str, set[str]] = {}
    for name in names:
        spelled = pinyin(name)
        if spelled.isascii() and len(spelled) >= LEAST:
            found.setdefault(spelled, set()).add(key(name))
    return {spelled: next(iter(held)) for spelled, held in found.items() if len(held) == 1}


def _runs(question: str, words: list[re.Match[str]]) -> list[list[re.Match[str]]]:
    """Neighbouring words that may be one name, longer runs first at each place."""
    runs = []
    for i in range(len(words)):
        for count in range(MOST_WORDS, 0, -1):
            run = words[i : i + count]
            gaps = [question[a.end() : b.start()] for a, b in pairwise(run)]
            if len(run) == count and all(_GAP.fullmatch(gap) for gap in gaps):
                runs.append(run)
    return runs


def _bare(word: str) -> str:
    return re.sub(r"['’]s$", "", word)


def _end(question: str, last: re.Match[str]) -> int:
    """Where a name ends: a capitalised word of the trade behind it is a part of it; a possessive ending stays."""
    end = last.start() + len(_bare(last[0]))
    after = re.match(r" ([A-Z][a-z]+)\b", question[end:])
    goes_on = after and end == last.end() and (after[1] in _HOUSES or lexicon.lookup(after[1]))
    return end + after.end() if after and goes_on else end
