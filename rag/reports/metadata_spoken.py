"""The company that a digest keeps naming, where neither a code nor a rating tells it and no list knows it.

`Why we like Ostler Brewing`, 石桥重工跟踪报告: a name of the title, or of the first statements, that the statements repeat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rag.language.dictionary import words_in
from rag.language.lexicon import expand
from rag.reports.about import LISTS
from rag.reports.company_names import FIRST_WORD, by_first_word, may_be_company
from rag.types import Found

OFTEN = 2  # statements that repeat a name
SHARE = 0.25  # ... and what share of all they are, where no title has it
_HEAD = re.compile(r"^\W*(?:[\[【][^\]】]{1,16}[\]】]|[^|｜丨:：]{1,8}[|｜丨])\s*")  # 【东方证券】…, 公司点评丨…
_NAME = re.compile(r"(?<![\w-])[A-Z][A-Za-z&’-]+(?:\s(?:&\s)?[A-Z][A-Za-z&’-]+){1,3}(?!\w)")
_HOUSE = re.compile(r"\b(?:Securities|Research|Capital|Markets|Advisers|Advisors|Partners|Equities|Brokers|Analysts)$")
_WIDE = re.compile(r"策略|宏观|债|期货|大宗|商品|月度|\b(?:strategy|economics|macro|outlook)\b", re.IGNORECASE)
_RUN = re.compile(r"[\u4e00-\u9fff]{3,}")
_SHORTEST, _LONGEST = 3, 8  # characters of a Chinese name


def spoken_company(title: Found, blocks: Sequence[str]) -> Found | None:
    """The one name that a title or, without one, the first statements have and the text repeats; None for none or several."""
    if LISTS.search(title.value) or _WIDE.search(title.value):
        return None
    titled = title.start is not None  # else it is the file's name
    texts, least = ([title.value], OFTEN) if titled else (blocks[:OFTEN], max(OFTEN, round(SHARE * len(blocks))))
    others = [block for block in blocks if block != title.value]
    for names in (_english, _chinese):
        found = list(dict.fromkeys(name for text in texts for name in names(text, others, least)))
        if len(found) == 1:
            at = title.value.find(found[0])
            start = title.start + at if at >= 0 and title.start is not None and title.quote == title.value else None
            return Found("companies", found[0], found[0], start, start and start + len(found[0]), title.page)
    return None


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
    run = _RUN.match(_HEAD.sub("", text))
    for size in range(min(_LONGEST, len(run[0])), _SHORTEST - 1, -1) if run else ():
        name = run[0][:size] if run else ""
        if run and any(word.start < size < word.end for word in words_in(run[0][: size + 3])):
            continue  # it ends within a word
        if sum(name in block for block in blocks) >= least - 1 + (text in blocks) and _is_no_word(name):
            yield name
            return


def _is_no_word(name: str) -> bool:
    """Whether a run of Chinese has characters that belong to no ordinary word and no term, and it may be a company."""
    known = [(word.start, word.end) for word in words_in(name)] + [(item.start, item.end) for item in expand(name)]
    covered = {at for start, end in known for at in range(start, end)}
    return len(covered) < len(name) and may_be_company(name)
