"""How much of a paragraph is quoted where a question on a long report asks for words: what is said goes over several sentences.

A filing tells what happened in one sentence, and what came of it in the next; which of them has the words of the question
is chance. Where a figure, a date or a person is asked for, the sentence that holds it is enough.
"""

from __future__ import annotations

from rag.answer.wanted import Wanted
from rag.language.sentences import sentences
from rag.llm.planted import is_planted
from rag.search.rank import SHORT_REPORT
from rag.types import Evidence

LONGEST = 700  # characters of a paragraph that are quoted beyond one sentence


def asks_words(wanted: Wanted) -> bool:
    """Whether a question asks for what is said, and for no value of a kind, nor for sides beside each other."""
    return wanted.kind is None and wanted.shape != "compare"


def in_context(item: Evidence, start: int, end: int) -> tuple[int, int]:
    """The characters of a passage that are quoted for a sentence of it: with those after it, then those before it.

    The sentence as it is in a table, in Chinese, which says as much in it, and in a short report or one with marks of its
    own, whose statements stand alone.
    """
    passage = item.passage
    alone = passage.locator.kind == "mark" or passage.kind == "table" or passage.language == "zh"
    if alone or item.report.passages <= SHORT_REPORT:
        return start, end
    first, last = start, end
    for a, b in sentences(passage.text[end:]):
        if end + b - first > LONGEST or is_planted(passage.text, end + a, end + b):
            break
        last = end + b
    for a, b in reversed(sentences(passage.text[:start])):
        if last - a > LONGEST or is_planted(passage.text, a, b):
            break
        first = a
    return first, last
