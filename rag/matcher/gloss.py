"""Chinese as a string of English words, for a model that reads no Chinese: 营收同比增长 is `revenue year-over-year growth`.

Word by word, by longest match: the lexicon's terms and names, the dictionary's ordinary words, and ``small_words.tsv``
for those that stand in no index. A character that none of them knows becomes a sign of its own, so that the same
character on both sides is still the same.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from rag.language.analysis import CJK
from rag.language.chinese import simplify
from rag.language.dictionary import english_of
from rag.language.lexicon import embedding_aliases
from rag.matcher.spelled import spelled, spelled_gloss

SMALL_WORDS = Path(__file__).parent.parent / "small_words.tsv"
SIGNS = 900  # signs for unknown characters, which share them by their number
SHORT = 2  # characters up to which the table of small words goes before the others
_RUN = re.compile(f"[{CJK}]+")
_SILENT = frozenset("的了在和与及之也于以")


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, str], int]:
    """Chinese word -> English words, "" for those that say nothing; and the characters of the longest."""
    known = dict(embedding_aliases())
    for word, glosses in english_of().items():
        known.setdefault(word, glosses[0])
    for line in SMALL_WORDS.read_text("utf-8").splitlines():
        if line and line[0] != "#":
            word, _, english = line.partition("\t")
            if word not in known or len(word) <= SHORT:
                known[word] = english
    return {word: spelled_gloss(english) for word, english in known.items()}, max(map(len, known))


def gloss(text: str) -> str:
    """The text with every run of Chinese in English words, and abbreviations in words, too."""
    text = spelled(text)
    return text if text.isascii() else _RUN.sub(lambda found: f" {_run(found[0])} ", simplify(text))


def sign(character: str) -> str:
    """The token for a character that no word knows."""
    return f"[unused{ord(character) % SIGNS + 1}]"


@lru_cache(maxsize=4096)
def _run(run: str) -> str:
    known, longest = _words()
    said: list[str] = []
    at = 0
    while at < len(run):
        word = next((w for n in range(longest, 0, -1) if (w := run[at : at + n]) in known and w not in _SILENT), "")
        if english := known[word] if word else "" if run[at] in _SILENT else sign(run[at]):
            said.append(english)
        at += len(word) or 1
    return " ".join(said)
