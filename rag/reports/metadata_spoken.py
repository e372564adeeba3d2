"""The company that a digest keeps naming, where neither a code nor a rating tells it and no list knows it.

`Why we like Ostler Brewing`, 石桥重工跟踪报告: a name of the title, or of the first statements, that the statements repeat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from rag.language.dictionary import words_in
from rag.language.lexicon import entities, expand
from rag.language.pinyin import pinyin
from rag.reports.about import LISTS
from rag.reports.company_names import FIRST_WORD, by_first_word, may_be_company
from rag.types import Found

OFTEN = 2  # statements that repeat a name
SHARE = 0.25  # ... and what share of all they are, where no title has it
_HEAD = re.compile(r"^\W*(?:[\[【][^\]】]{1,16}[\]】]|[^|｜丨:：]{1,8}[|｜丨])\s*")  # 【东方证券】…, 公司点评丨…
_GIVEN = re.compile(r"^(?:为什么|我们)?(?:我们)?(?:首次覆盖|重申|维持|给予|上调|下调|看好|推荐)?[“\"]?")
_NAME = re.compile(r"(?<![\w-])[A-Z][A-Za-z&’-]+(?:\s(?:&\s)?[A-Z][A-Za-z&’-]+){1,3}(?!\w)")
_HOUSE = re.compile(
    r"\b(?:Securities|Research|Capital|Markets|Advisers|Advisors|Partners|Equities|Brokers|Analysts)$|(?:证券|期货|研究所|研究院)$",
    re.IGNORECASE,
)
WIDE = re.compile(
    r"策略|宏观|经济(?!型)|专题|主题|债(?!务)|期货|大宗|商品|月度|\b(?:strategy|economics|macro|outlook|thematic)\b",
    re.IGNORECASE,
)
_HOUSE_FIRST = re.compile(r"^(?:[^:：|｜丨]{0,8}[|｜丨]\s*)?(?P<name>[^:：|｜丨\s][^:：|｜丨]{1,24}?)\s*[:：]\s*")
_SPELLED = re.compile(r"\b[A-Z][a-z]{4,}\b")
_AND = re.compile(r"[与和及、]|\s*vs\.?\s*", re.IGNORECASE)
_RUN = re.compile(r"\*?ST[\u4e00-\u9fff]{2,}|[\u4e00-\u9fff]{3,}")
_SHORTEST, _LONGEST = 3, 8  # characters of a Chinese name


def spoken_companies(title: Found, blocks: Sequence[str], *, titled: bool) -> list[Found]:
    """The one name that a title or, without one, the first statements have and the text repeats, or the two of a title.

    Empty for none or several. ``titled``: the title is the report's own and not its file's name.
    """
    if LISTS.search(title.value) or WIDE.search(title.value):
        return []
    texts, least = ([title.value], OFTEN) if titled else (blocks[:OFTEN], max(OFTEN, round(SHARE * len(blocks))))
    others = [block for block in blocks if title.value not in block]
    for names in (_english, _chinese):
        found = list(dict.fromkeys(name for text in texts for name in names(text, others, least)))
        if len(found) == 1 or (titled and len(found) == 2):
            return [_placed(title, name) for name in found]
    return []


def _placed(title: Found, name: str) -> Found:
    at = title.quote.find(name)
    start = title.start + at if at >= 0 and title.start is not None else None
    return Found("companies", name, name, start, start and start + len(name), title.page)


def without_house(title: Found) -> list[Found]:
    """A title without the house that it begins with: ``德银：重申…``; empty where it begins with none."""
    lead = _HOUSE_FIRST.match(title.value)
    if lead is None or not (is_house(lead["name"]) or _is_listed_house(lead["name"])):
        return []
    return [replace(title, value=title.value[lead.end() :])]


def is_house(name: str) -> bool:
    """Whether a name is made as a broker's is: Foo Securities, 某某证券."""
    return _HOUSE.search(name) is not None


def _is_listed_house(name: str) -> bool:
    return any(entity.kind == "broker" and len(entity.surface) >= len(name) - 2 for entity in entities(name))


def romanised(name: str, blocks: Sequence[str]) -> bool:
    """Whether the text writes a Chinese name in Latin letters: 澜屿新能源 in its title is its Lanyu New Energy."""
    run = _RUN.match(name)
    words = {word.lower() for block in blocks for word in _SPELLED.findall(block)} if run else set()
    return bool(run and words) and any(pinyin(name[:size]) in words for size in range(2, min(len(name), 4) + 1))


def _english(text: str, blocks: Sequence[str], least: int) -> Iterator[str]:
    for match in _NAME.finditer(text):
        name = re.sub(r"[’']s$", "", match[0])
        first = name.split()[0]
        if len(first) < FIRST_WORD or _HOUSE.search(name) or not may_be_company(name):
            continue
        if (
            by_first_word(name, blocks)
            and sum(re.search(rf"\b{first}\b", block) is not None for block in blocks) >= least
        ):
            yield name


def _chinese(text: str, blocks: Sequence[str], least: int) -> Iterator[str]:
    head = _GIVEN.sub("", _HEAD.sub("", text))
    while run := _RUN.match(head):
        name = _leading(run[0], blocks, least - 1 + (text in blocks))
        if not name:
            return
        yield name
        further = _AND.match(head, len(name))
        head = head[further.end() :] if further else ""


def _leading(run: str, blocks: Sequence[str], least: int) -> str:
    """The longest beginning of a run of Chinese that the text repeats and that may be a name; empty for none."""
    for size in range(min(_LONGEST, len(run)), _SHORTEST - 1, -1):
        name = run[:size]
        if any(word.start < size < word.end for word in words_in(run[: size + 3])):
            continue  # it ends within a word
        if size < len(run) and not any(re.search(rf"{re.escape(name)}(?!{run[size]})", block) for block in blocks):
            continue  # ... as the text has it: 固态电 of 固态电池
        if not _AND.search(name) and sum(name in block for block in blocks) >= least and _is_no_word(name):
            return name
    return ""


def _is_no_word(name: str) -> bool:
    """Whether a run of Chinese has characters that belong to no ordinary word and no term, and it may be a company."""
    known = [(word.start, word.end) for word in words_in(name)] + [(item.start, item.end) for item in expand(name)]
    covered = {at for start, end in known for at in range(start, end)}
    return len(covered) < len(name) and may_be_company(name)
