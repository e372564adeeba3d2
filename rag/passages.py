"""The blocks of a parsed report become passages: the smallest pieces that can be cited."""

from __future__ import annotations

from collections.abc import Iterator

from rag.analysis import language
from rag.sentences import sentences
from rag.types import Block, Language, Locator, Parsed, Passage, PassageKind, Report

LONGEST = 900
_KINDS: dict[str, PassageKind] = {
    "statement": "statement",
    "paragraph": "paragraph",
    "table": "table",
    "boilerplate": "paragraph",
}


def make_passages(parsed: Parsed, report_id: str) -> tuple[Passage, ...]:
    """Passages of a report in order; ``text`` is ``parsed.text[start:end]`` and never crosses a mark or a page.

    Ids are ``{report_id[:16]}-{ordinal:05d}``. A piece longer than 900 characters is split at sentence ends; its parts
    share one paragraph number. The locator is the report's own marks, else the page, else the paragraph number.
    """
    passages: list[Passage] = []
    paragraph = 0
    for block in parsed.blocks:
        kind = _KINDS.get(block.kind)
        if kind is None:
            continue
        paragraph += 1
        for start, end in _pieces(parsed.text, block):
            text = parsed.text[start:end]
            passages.append(
                Passage(
                    id=f"{report_id[:16]}-{len(passages):05d}",
                    report_id=report_id,
                    ordinal=len(passages),
                    text=text,
                    start=start,
                    end=end,
                    kind=kind,
                    locator=_locator(block, paragraph),
                    paragraph=paragraph,
                    section=block.section,
                    page=block.page,
                    language=_language(text),
                    searchable=block.kind != "boilerplate" and any(char.isalnum() for char in text),
                )
            )
    return tuple(passages)


def context_line(report: Report, passage: Passage) -> str:
    """``title · broker · date · section``: what a passage alone does not say, for the indexes and for prompts."""
    parts = (report.title, report.broker, report.date and report.date.isoformat(), " > ".join(passage.section))
    return " · ".join(part for part in parts if part)


def _language(text: str) -> Language:
    return "zh" if language(text) == "zh" else "en"


def _locator(block: Block, paragraph: int) -> Locator:
    if block.marks:
        return Locator("mark", block.marks)
    if block.page is not None:
        return Locator("page", (block.page,))
    return Locator("paragraph", (paragraph,))


def _pieces(text: str, block: Block) -> Iterator[tuple[int, int]]:
    """Spans of at most 900 characters that end at line or sentence ends; a single longer sentence stays whole."""
    if block.end - block.start <= LONGEST:
        yield block.start, block.end
        return
    units = _rows(text, block) if block.kind == "table" else _sentences(text, block)
    start, end = units[0]
    for begin, stop in units[1:]:
        if stop - start > LONGEST:
            yield start, end
            start = begin
        end = stop
    yield start, end


def _sentences(text: str, block: Block) -> list[tuple[int, int]]:
    return [(block.start + a, block.start + b) for a, b in sentences(text[block.start : block.end])]


def _rows(text: str, block: Block) -> list[tuple[int, int]]:
    rows: list[tuple[int, int]] = []
    at = block.start
    for line in text[block.start : block.end].split("\n"):
        lead = len(line) - len(line.lstrip())
        if line.strip():
            rows.append((at + lead, at + len(line.rstrip())))
        at += len(line) + 1
    return rows
