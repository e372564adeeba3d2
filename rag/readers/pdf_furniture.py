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
CONTENTS_ROWS = 5


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of the document: its 1-based number, where its text starts in the whole text, and its blocks."""

    number: int
    offset: int
    page: PageText


def running_lines(views: Sequence[PageView]) -> frozenset[str]:
    """Keys of the lines at the edges that stand on many pages, digits aside: on a tenth of the pages, at least 3."""
    counts: Counter[str] = Counter()
    for view in views:
        counts.update({line_key(_content(view, piece)) for piece in view.page.blocks if piece.edge})
    needed = max(3, min(8, len(views) // 10)) if len(views) > 5 else 2
    found = frozenset(key for key, count in counts.items() if count >= needed and key)
    return found if 2 * sum(_is_left_bare(view, found) for view in views) <= len(views) else frozenset()


def _is_left_bare(view: PageView, running: frozenset[str]) -> bool:
    """Whether a page has text, but none that is not running: where most have none, it is what the report says."""
    blocks = view.page.blocks
    texts = [_content(view, piece) for piece in blocks if piece.kind == "text" and piece.edge]
    return 0 < len(blocks) == len(texts) and all(line_key(text) in running or is_page_label(text) for text in texts)


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
    return labels


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
