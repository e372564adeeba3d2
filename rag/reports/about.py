"""What a report is about: the companies that its title names or that its text keeps naming."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice

from rag.language.lexicon import entities
from rag.reports.tickers import find_tickers

IN_TITLE = 3  # a name in the title counts as much as one in three passages
IN_FRONT = 2  # the first statement, which gives the rating
LEAST = 2
SHARE = 0.5  # of the count of the most named company
MOST = 3
OF_MANY = 0.3  # of the passages of a weekly or a morning note, whose title names no company, for it to be about one
LOOKED_AT = 400  # passages; the front of a long report says what it is about
LISTS = re.compile(
    r"周报|月报|日报|晨报|早报|晚报|晨会|行业|板块|\b(?:weekly|daily|monthly|morning|sector|industry|wrap|brief)\b",
    re.IGNORECASE,
)
_EXPLAINED = re.compile(r"(?<![A-Za-z])(?P<words>(?:[A-Za-z]{1,30}[\s-]{1,3}){2,5})[(（](?P<short>[A-Z]{2,5})[)）]")


def companies(title: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Canonical names of the companies that a report is about, the most named first; at most three.

    A company counts once a passage. Those named half as often as the first are kept: a report that lists many
    companies once each is about none of them.
    """
    counts: Counter[str] = Counter()
    looked_at = list(islice(texts, LOOKED_AT))
    terms = frozenset(term for text in looked_at for term in _defined(text))
    titled = _named(title, terms)
    for name in titled:
        counts[name] += IN_TITLE
    for index, text in enumerate(looked_at):
        for name in _named(text, terms):
            counts[name] += IN_FRONT if index == 0 else 1
    most = max(counts.values(), default=0)
    least = OF_MANY * len(looked_at) if LISTS.search(title) and not titled else LEAST
    kept = [name for name, count in counts.most_common() if count >= max(LEAST, least) and count >= SHARE * most]
    return tuple(kept) if len(kept) <= MOST else ()


def _named(text: str, terms: frozenset[str]) -> tuple[str, ...]:
    """The companies that a text names, each once, as they come."""
    return tuple(
        dict.fromkeys(
            entity.name
            for entity in entities(text)
            if entity.kind == "company" and entity.certain and text[entity.start : entity.end] not in terms
        )
    )


def _defined(text: str) -> Iterator[str]:
    """Abbreviations that a text explains itself: ``BD`` in ``business development (BD)`` is no company of that name."""
    for match in _EXPLAINED.finditer(text):
        short, words = match["short"], re.split(r"[\s-]+", match["words"].strip())
        if "".join(word[0] for word in words[-len(short) :]).upper() == short and words[-1].islower():
            yield short


def tickers(title: str) -> tuple[str, ...]:
    """Stock codes in a report's title, in normal form."""
    return tuple(dict.fromkeys(match.ticker for match in find_tickers(title) if match.explicit))
