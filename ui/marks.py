"""Where the brackets of an answer point: shared by the page and the exports."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.types import Answer, Sentence

BRACKET = re.compile(r"\[[A-Z]{0,2}\d{1,5}\]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A bracket that resolves: ``text`` as it stands in the answer, ``index`` into the answer's citations."""

    text: str
    index: int


def brackets(marker: str) -> list[str]:
    """The single brackets of a marker: ``[A5][A64]`` gives ``[A5]`` and ``[A64]``."""
    return BRACKET.findall(marker)


def split(text: str, sentence: Sentence, answer: Answer) -> list[str | Mark]:
    """``text`` (of that sentence) as plain runs and resolved brackets; brackets that resolve to nothing stay text."""
    used: set[tuple[int, str]] = set()
    out: list[str | Mark] = []
    cursor = 0
    for match in BRACKET.finditer(text):
        index = _resolve(answer, sentence, match[0], used)
        if index is None:
            continue
        used.add((index, match[0]))
        out += [text[cursor : match.start()], Mark(match[0], index)]
        cursor = match.end()
    out.append(text[cursor:])
    return [part for part in out if part]


def _resolve(answer: Answer, sentence: Sentence, bracket: str, used: set[tuple[int, str]]) -> int | None:
    """The sentence's citation that carries this bracket; two with the same bracket are taken in turn."""
    holders = [i for i in sentence.citations if bracket in brackets(answer.citations[i].marker)]
    return next((i for i in holders if (i, bracket) not in used), holders[0] if holders else None)


def segments(answer: Answer) -> list[tuple[str, int | None]]:
    """The answer's text in order: runs of text with the index of the sentence they are, or None between sentences.

    Sentences that cannot be found in the text (it was cut or edited) are given one per line instead.
    """
    out: list[tuple[str, int | None]] = []
    cursor = 0
    for index, sentence in enumerate(answer.sentences):
        at = answer.text.find(sentence.text, cursor)
        if at < 0:
            return [pair for i, s in enumerate(answer.sentences) for pair in ((s.text, i), ("\n", None))]
        out += [(answer.text[cursor:at], None), (sentence.text, index)]
        cursor = at + len(sentence.text)
    out.append((answer.text[cursor:], None))
    return [pair for pair in out if pair[0]]
