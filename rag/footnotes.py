"""An answer as Markdown with footnotes: ``[^5]`` in the text, ``[^5]: Broker, Title, 2026-02-10, p. 4, "quote"`` below.

A footnote's name is its marker, so that ``A5`` is still report A, place 5. Nothing of a report or a model acts as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rag.plain import visible
from rag.types import Answer, Citation, Locator, Sentence

_BRACKET = re.compile(r"\[[A-Z]*\d+\]")
_LIVE = re.compile(r"([\\`*_{}<>#~!\[\]$])")
_BETWEEN = re.compile(r"[<>`\[\]!$]")  # bullets and bars between sentences are the answer's own layout
_ADDRESS = re.compile(r"(?<=:)(?=//)|(?<=\bwww)(?=\.)", re.IGNORECASE)  # many readers of Markdown make links of these
_PLACES = {"mark": ("mark", "marks"), "page": ("p.", "pp."), "paragraph": ("para.", "paras.")}


def markdown(answer: Answer) -> str:
    """The answer, its notes, and one footnote for each cited place; ends in a new line."""
    names = _names(answer.citations)
    out, rest = [], answer.text
    for sentence in answer.sentences:
        before, found, rest = rest.partition(sentence.text)
        if not found:
            return _assembled(escape(answer.text), answer, names)
        out += [
            _BETWEEN.sub(lambda match: "\\" + match[0], visible(before)),
            _sentence(sentence, names),
            _doubt(sentence),
        ]
    return _assembled("".join(out) + escape(rest), answer, names)


def escape(text: str) -> str:
    """Plain text as Markdown that reads the same."""
    return _ADDRESS.sub(r"\\", _LIVE.sub(r"\\\1", visible(text)))


def reference(citation: Citation) -> str:
    """``Broker, Title, 2026-02-10, p. 4, "quote"``; what is not known is left out."""
    report = citation.report
    day = report.date.isoformat() if report.date else None
    quote = f'"{" ".join(citation.quote.split())}"'
    return ", ".join(part for part in (report.broker, report.title, day, place(citation.locator), quote) if part)


def place(locator: Locator) -> str:
    """``mark 5``, ``marks 5, 64``, ``p. 12``, ``para. 3``."""
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
    out, at = [], 0
    for match in _BRACKET.finditer(sentence.text):
        own = [names[index, match[0]] for index in sentence.citations if (index, match[0]) in names]
        if own:
            out += [escape(sentence.text[at : match.start()]), *(f"[^{name}]" for name in own)]
            at = match.end()
    return "".join([*out, escape(sentence.text[at:])])


def _doubt(sentence: Sentence) -> str:
    if sentence.status == "supported":
        return ""
    what = "partly supported" if sentence.status == "partly" else "unsupported"
    return f" *({what}{': ' + escape(sentence.reason.rstrip('.')) if sentence.reason else ''})*"


def _assembled(text: str, answer: Answer, names: dict[tuple[int, str], str]) -> str:
    notes = [f"> {escape(' '.join(note.split()))}" for note in answer.notes]
    feet = [f"[^{name}]: {escape(reference(answer.citations[index]))}" for (index, _), name in names.items()]
    return "\n\n".join(part for part in (text, "\n>\n".join(notes), "\n".join(feet)) if part) + "\n"
