"""An answer as Markdown with footnotes: ``[^5]`` in the text, ``[^5]: Broker, Title, 2026-02-10, p. 4, "quote"`` below.

A footnote's name is its marker, so that ``A5`` is still report A, place 5. Nothing of a report or a model acts as Markdown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from rag.answer.grid import with_rules
from rag.language import analysis
from rag.llm.plain import visible
from rag.types import Answer, Citation, Locator, Sentence

_BRACKET = re.compile(r"\[[A-Z]*\d+\]")
_LIVE = re.compile(r"([\\`*_{}<>#~!\[\]$])")
_BETWEEN = re.compile(r"[<>`\[\]!$]")  # bullets and bars between sentences are the answer's own layout
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)", re.IGNORECASE)  # many readers of Markdown make links of these
_PLACES = {"mark": ("mark", "marks"), "page": ("p.", "pp."), "paragraph": ("para.", "paras.")}
_CHINESE = {"mark": "标记{}", "page": "第{}页", "paragraph": "第{}段"}
_DOUBTS = {"partly": ("partly supported", "部分有据"), "unsupported": ("unsupported", "无依据")}


def markdown(answer: Answer, *, prefix: str = "") -> str:
    """The answer, its notes, and one footnote for each cited place; ends in a new line.

    The places of a Chinese question's answer are said in Chinese. ``prefix``: goes before the footnotes' names, which keeps those
    of several answers apart.
    """
    names = {key: prefix + name for key, name in _names(answer.citations).items()}
    chinese = analysis.language(answer.question) == "zh"
    out, rest = [], answer.text
    for sentence in answer.sentences:
        before, found, rest = rest.partition(sentence.text)
        if not found:
            return _assembled(escape(answer.text), answer, names, chinese)
        out += [
            _BETWEEN.sub(lambda match: "\\" + match[0], visible(before)),
            _sentence(sentence, names),
            _doubt(sentence, chinese),
        ]
    return _assembled(with_rules("".join(out) + escape(rest)), answer, names, chinese)


def escape(text: str) -> str:
    """Plain text as Markdown that reads the same."""
    return _ADDRESS.sub(r"\\", _LIVE.sub(r"\\\1", visible(text)))


def reference(citation: Citation, *, chinese: bool = False) -> str:
    """``Broker, Title, 2026-02-10, p. 4, "quote"``; what is not known is left out."""
    report = citation.report
    day = report.date.isoformat() if report.date else None
    quote = f'"{" ".join(citation.quote.split())}"'
    return ", ".join(
        part for part in (report.broker, report.title, day, place(citation.locator, chinese=chinese), quote) if part
    )


def place(locator: Locator, *, chinese: bool = False) -> str:
    """``mark 5``, ``marks 5, 64``, ``p. 12``, ``para. 3``; ``标记5、64``, ``第12页``."""
    if chinese:
        return _CHINESE[locator.kind].format("、".join(map(str, locator.numbers)))
    one, many = _PLACES[locator.kind]
    return f"{one if len(locator.numbers) == 1 else many} {', '.join(map(str, locator.numbers))}"


def _names(citations: Iterable[Citation]) -> dict[tuple[int, str], str]:
    """(citation, bracket) to the footnote's name; a second citation with the same bracket is ``5x2``."""
    taken: dict[str, int] = {}
    names: dict[tuple[int, str], str] = {}
    for index, citation in enumerate(citations):
        for bracket in dict.fromkeys(_BRACKET.findall(citation.marker)):
            count = taken[bracket] = taken.get(bracket, 0) + 1
            names[index, bracket] = bracket[1:-1] + (f"x{count}" if count > 1 else "")
    return names


def _sentence(sentence: Sentence, names: dict[tuple[int, str], str]) -> str:
    """The sentence with footnotes for its brackets; citations with the same bracket in turn, the last bracket has the rest."""
    out, at = [], 0
    left = Counter(_BRACKET.findall(sentence.text))
    free = {bracket: [n for n in dict.fromkeys(sentence.citations) if (n, bracket) in names] for bracket in left}
    for match in _BRACKET.finditer(sentence.text):
        left[match[0]] -= 1
        holders = free[match[0]]
        if not holders:
            continue
        own = holders[:1] if left[match[0]] else holders
        out += [escape(sentence.text[at : match.start()]), *(f"[^{names[index, match[0]]}]" for index in own)]
        at = match.end()
        free[match[0]] = holders[1:] or holders
    return "".join([*out, escape(sentence.text[at:])])


def _doubt(sentence: Sentence, chinese: bool) -> str:
    if sentence.status == "supported":
        return ""
    what = _DOUBTS[sentence.status][chinese]
    return f" *({what}{': ' + escape(sentence.reason.rstrip('.')) if sentence.reason else ''})*"


def _assembled(text: str, answer: Answer, names: dict[tuple[int, str], str], chinese: bool) -> str:
    notes = [f"> {escape(' '.join(note.split()))}" for note in answer.notes]
    feet = [
        f"[^{name}]: {escape(reference(answer.citations[index], chinese=chinese))}"
        for (index, _), name in names.items()
    ]
    return "\n\n".join(part for part in (text, "\n>\n".join(notes), "\n".join(feet)) if part) + "\n"
