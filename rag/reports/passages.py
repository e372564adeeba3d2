"""The blocks of a parsed report become passages: the smallest pieces that can be cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from rag.language.analysis import language
from rag.language.sentences import sentences
from rag.types import Block, Language, Locator, Parsed, Passage, PassageKind, Report

LONGEST = 900  # characters of a passage, about
SHORT = 200  # a paragraph up to here may be joined to its neighbour,
JOINED = 600  # to no more than this
_LINE = re.compile(r"[^\s][^\n]*")
_SEAM = re.compile(r"[,;|](?=\s)(?!\s\d)|(?<!\d)[，、；]|[，、；](?!\d)")
_BLANK = re.compile(
    r"(?<![\d$€£¥￥(（~±])\s(?![\d%％)）])|(?<=[^\W\d_]{3})\s"
)  # not beside a figure, unless after a word
_ANY_BLANK = re.compile(r"\s")
_SPACE = re.compile(r"\s+")
_KINDS: dict[str, PassageKind] = {
    "statement": "statement",
    "paragraph": "paragraph",
    "table": "table",
    "boilerplate": "paragraph",
}


def make_passages(parsed: Parsed, report_id: str) -> tuple[Passage, ...]:
    """Passages of a report in order; ``text`` is ``parsed.text[start:end]`` and never crosses a mark or a page.

    Ids are ``{report_id[:16]}-{ordinal:05d}``. A piece longer than 900 characters is split at sentence ends, in even
    parts that share one paragraph number; short paragraphs of a page that follow each other under one heading are one
    passage. The locator is the report's own marks, else the page, else the paragraph number.
    """
    passages: list[Passage] = []
    for block, paragraph in _merged(parsed):
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
                    kind=_KINDS[block.kind],
                    locator=_locator(block, paragraph),
                    paragraph=paragraph,
                    section=block.section,
                    page=block.page,
                    language=_language(text),
                    searchable=block.kind != "boilerplate" and any(char.isalnum() for char in text),
                )
            )
    return tuple(passages)


def _merged(parsed: Parsed) -> Iterator[tuple[Block, int]]:
    """The blocks that become passages, each with its 1-based number; short neighbours on a page are joined."""
    open_: tuple[Block, int] | None = None
    paragraph = 0
    for block in parsed.blocks:
        if block.kind not in _KINDS:
            if block.kind != "bullet" and open_ is not None:
                yield open_
                open_ = None
            continue
        paragraph += 1
        if open_ is not None and _belong_together(open_[0], block):
            open_ = (replace(open_[0], end=block.end), open_[1])
            continue
        if open_ is not None:
            yield open_
        open_ = (block, paragraph)
    if open_ is not None:
        yield open_


def _belong_together(first: Block, second: Block) -> bool:
    """Whether two blocks are short paragraphs of one page under one heading: items of a list, a line and what it opens."""
    if first.page is None or first.page != second.page or first.section != second.section:
        return False
    if first.kind != "paragraph" or second.kind != "paragraph" or first.marks or second.marks:
        return False
    shorter = min(first.end - first.start, second.end - second.start)
    return shorter <= SHORT and second.end - first.start <= JOINED


def context_line(report: Report, passage: Passage) -> str:
    """``title · companies · broker · date · section``: what a passage alone does not say, for the indexes and for prompts."""
    companies = ", ".join(report.companies)
    day = report.date and report.date.isoformat()
    parts = (report.title, companies, report.broker, day, " > ".join(passage.section))
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
    """Spans of at most about 900 characters that end where sentences (in tables: lines) end, of about equal length."""
    length = block.end - block.start
    if length <= LONGEST:
        yield block.start, block.end
        return
    enough = length / -(-length // LONGEST)  # no sliver is left at the end
    units = _rows(text, block) if block.kind == "table" else _sentences(text, block)
    start, end = next(units)
    for begin, stop in units:
        if stop - start > LONGEST or (end - start >= enough and block.end - begin >= SHORT):
            yield start, end
            start = begin
        end = stop
    yield start, end


def _sentences(text: str, block: Block) -> Iterator[tuple[int, int]]:
    for start, end in sentences(text[block.start : block.end]):
        yield from _cut(text, block.start + start, block.start + end)


def _rows(text: str, block: Block) -> Iterator[tuple[int, int]]:
    for match in _LINE.finditer(text, block.start, block.end):
        yield from _cut(text, match.start(), match.start() + len(match[0].rstrip()))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A sentence stays whole up to twice the usual length; a longer run is cut after a comma, bar or space."""
    while end - start > 2 * LONGEST:
        middle, limit = start + LONGEST // 2, start + LONGEST
        cuts = [match.end() for match in _SEAM.finditer(text, middle, limit)]
        cuts = cuts or [match.end() for match in _BLANK.finditer(text, middle, limit)]
        cuts = cuts or [match.end() for match in _ANY_BLANK.finditer(text, middle, limit)]
        at = cuts[-1] if cuts else _between(text, limit)
        yield start, start + len(text[start:at].rstrip())
        space = _SPACE.match(text, at, end)
        start = space.end() if space else at
    if start < end:
        yield start, end


def _between(text: str, at: int) -> int:
    """The nearest place up to 100 characters before ``at`` that is not inside a number or a Latin word."""
    for place in range(at, at - 100, -1):
        if not _belongs(text[place - 1], text[place]):
            return place
    return at


def _belongs(before: str, after: str) -> bool:
    """Whether two characters are of one word or figure; a figure's sign, currency, unit and scale belong to it."""
    if before.isdigit():
        return after.isalnum() or after in ".,．，%％)）"
    if after.isdigit():
        return before in ".,．，$€£¥￥(（+-−–~约第" or (before.isascii() and before.isalpha())
    return before.isascii() and after.isascii() and (before.isalnum() or before in ".,") and after.isalnum()
