"""What stands on many pages or serves the reader of paper: running headers and footers, page labels, contents lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.readers.pdf_page import PageBlock, PageText, is_page_label
from rag.types import PageSpan

_DIGITS = re.compile(r"\d+")
_LABEL = re.compile(r"[A-Z]{1,2}-\d+|\d+|[ivxlc]+$", re.IGNORECASE)
_ENTRY = re.compile(r"(?:\||\s)\s*(?:[A-Z]{1,2}-)?(\d{1,3})$")
_END = re.compile(r"^[-–—·\s]*(\d{1,4})[-–—·\s]*$|^(\d{1,4})\s+\D|(?:\s|^)(\d{1,4})$")  # of a part of a running line
CONTENTS_ROWS = 5


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of the document: its 1-based number, where its text starts in the whole text, and its blocks."""

    number: int
    offset: int
    page: PageText


def running_lines(views: Sequence[PageView]) -> frozenset[str]:
    """Keys of the lines at the edges that stand on many pages; none where most pages have nothing else."""
    found = _repeated(views)
    return found if 2 * sum(_is_left_bare(view, found) for view in views) <= len(views) else frozenset()


def bare_pages(views: Sequence[PageView]) -> list[int]:
    """Numbers of the pages on which only such lines stand."""
    found = _repeated(views)
    return [view.number for view in views if _is_left_bare(view, found)]


def _repeated(views: Sequence[PageView]) -> frozenset[str]:
    """Keys of the lines at the edges of a tenth of the pages, at least 3, digits aside.

    Also those of their parts, with a bar in front: on a page in columns a header's ends stand over one column each.
    """
    counts: Counter[str] = Counter()
    for view in views:
        edges = [_content(view, piece) for piece in view.page.blocks if piece.edge]
        counts.update({line_key(line) for line in edges})
        counts.update({f"|{line_key(part)}" for line in edges for part in line.split(" | ")})
    needed = max(3, min(8, len(views) // 10)) if len(views) > 5 else 2
    return frozenset(key for key, count in counts.items() if count >= needed and key.strip("|"))


def is_running(content: str, running: frozenset[str], *, small: bool) -> bool:
    """Whether a line at the edge is one of the running lines, or is made of parts of them and in ``small`` type."""
    if line_key(content) in running:
        return True
    parts = content.split(" | ") if small else []
    keys = [f"|{line_key(part)}" in running or is_page_label(part) for part in parts]
    return bool(keys) and all(keys) and any(map(str.isalpha, content))


def _is_left_bare(view: PageView, running: frozenset[str]) -> bool:
    """Whether a page has text, but none that is not running."""
    blocks = view.page.blocks
    texts = [_content(view, piece) for piece in blocks if piece.kind == "text" and piece.edge]
    return 0 < len(blocks) == len(texts) and all(
        is_running(text, running, small=True) or is_page_label(text) for text in texts
    )


def line_key(content: str) -> str:
    """A line without spaces and case, every number as ``#``."""
    return _DIGITS.sub("#", "".join(content.split())).lower()


def printed_labels(views: Sequence[PageView], spans: Sequence[PageSpan]) -> dict[int, str]:
    """Printed page labels by physical number: declared by the file, else read from a line at the page's edge."""
    labels = {span.number: span.label for span in spans if span.label and span.label != str(span.number)}
    for view in views:
        if view.number in labels:
            continue
        for piece in (*view.page.blocks[-3:], *view.page.blocks[:3]):
            line = _content(view, piece).strip()
            if piece.lines == 1 and piece.edge and is_page_label(line):
                found = _LABEL.search(line)
                if found:
                    labels[view.number] = found[0]
                break
    return _labels_in_lines(views) | labels


def _labels_in_lines(views: Sequence[PageView]) -> dict[int, str]:
    """Page numbers that end or begin a running line (``Old Mill | 7``): those that go up with the pages, on most of them."""
    numbers: dict[int, set[int]] = {}
    for view in views:
        edges = [_content(view, p) for p in (*view.page.blocks[:3], *view.page.blocks[-3:]) if p.edge and p.lines == 1]
        ends = [part for line in edges for part in line.split(" | ")]
        numbers[view.number] = {int(found[found.lastindex or 1]) for end in ends if (found := _END.search(end.strip()))}
    offsets = Counter(number - page for page, found in numbers.items() for number in found)
    if not offsets:
        return {}
    offset, count = offsets.most_common(1)[0]
    if count < max(3, len(views) / 2):
        return {}
    return {page: str(page + offset) for page, found in numbers.items() if page + offset in found}


def is_contents(content: str) -> bool:
    """Whether a block lists a document's parts with their pages: lines that end in numbers which never fall."""
    rows = [row for row in map(str.rstrip, content.split("\n")) if row]
    if len(rows) < CONTENTS_ROWS:
        return False
    pages = [int(found[1]) for row in rows if row[-1].isdecimal() and (found := _ENTRY.search(row))]
    if len(pages) < CONTENTS_ROWS or len(pages) < 0.6 * len(rows):
        return False
    falls = sum(b < a for a, b in pairwise(pages))
    return falls <= len(pages) // 10 and pages[-1] > pages[0] + 1 and all(row.count("|") <= 2 for row in rows)


def _content(view: PageView, piece: PageBlock) -> str:
    return view.page.text[piece.start : piece.end]
