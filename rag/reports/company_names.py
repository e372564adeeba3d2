"""Whether a name may be a company's, and whether the text of a report speaks of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.language.lexicon import entities, lookup

FIRST_WORD = 4  # letters of a name's first word that may stand for the whole of it
NO_COMPANY = re.compile(
    r"行业|板块|周报|月报|日报|策略|宏观|专题|点评|快报|晨会|债|基金|指数|大宗|\b(?:weekly|monthly|daily|outlook|strategy|sector|industry|macro|economics"
    r"|preview|review|update|note|rates|credit|commodit\w*|market\w*|survey|report|takeaways|conference|initiat\w*|rating|analysts?)\b",
    re.IGNORECASE,
)
_CJK = re.compile(r"[\u4e00-\u9fff]")
_RATED = r"(?:维持|给予|重申|对|首次覆盖|覆盖|上调|下调|看好)[^。，,；;\n]{0,6}?"
PLAIN = frozenset(
    "global world the new asia asian europe european china chinese us japan india big tech first second".split()
)


def may_be_company(name: str) -> bool:
    if len(name) < 2 or NO_COMPANY.search(name) or any(entity.kind in ("broker", "index") for entity in entities(name)):
        return False
    if _CJK.search(name):
        return len(name) <= 12 and " " not in name and not lookup(name)
    words = [word for word in re.split(r"[\s&]+", name) if word not in ("of", "and", "the", "")]
    known = [bool(lookup(word)) or word.lower() in PLAIN for word in words]
    return 1 <= len(words) <= 5 and all(word[0].isupper() or word[0].isdigit() for word in words) and not all(known)


def speaks_of(name: str, block: str) -> bool:
    """Whether running text names it, whole or by its first word where that is long enough to mean it."""
    first = name.split()[0]
    if len(block) <= len(name) + 20:
        return False
    whole = name in block if _CJK.search(name) else re.search(rf"\b{re.escape(name)}\b", block) is not None
    own = len(first) >= FIRST_WORD and not lookup(first) and first.lower() not in PLAIN
    return whole or (own and re.search(rf"\b{re.escape(first)}\b", block) is not None)


def times_named(name: str, blocks: Sequence[str]) -> int:
    """How often running text names it, whole or by a first word that never stands in small letters and is no known word."""
    text = "\n".join(block for block in blocks if len(block) > len(name) + (8 if _CJK.search(name) else 20))
    first = name.split()[0]
    own = len(first) >= FIRST_WORD and first.isalpha() and not lookup(first) and first.lower() not in PLAIN
    if _CJK.search(name) or not own or re.search(rf"\b{first.lower()}\b", text):
        return text.count(name)
    return len(re.findall(rf"\b{first}\b", text)) if name in text else 0


def is_spoken_of(name: str, block: str) -> bool:
    """Whether a block of the text names it; in Chinese, where a sector has no capital letter, beside words of a rating."""
    if name not in block:
        return False
    return not _CJK.search(name) or bool(re.search(_RATED + re.escape(name), block))


def by_first_word(name: str, blocks: Sequence[str]) -> bool:
    """Whether a text that does not repeat the whole of a name goes on with its first word: ``Harbour Foods``, then ``Harbour``.

    Not by a word that the lexicon knows or that stands in small letters, too: that one may mean anything.
    """
    first, _, rest = name.partition(" ")
    if not rest or len(first) < FIRST_WORD or not first.isalpha() or lookup(first) or first.lower() in PLAIN:
        return False
    own = re.compile(rf"\b{first}\b")
    small = re.compile(rf"\b{first.lower()}\b")
    return sum(own.search(block) is not None for block in blocks) > 1 and not any(map(small.search, blocks))
