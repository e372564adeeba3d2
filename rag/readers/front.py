"""What stands around the body of a digest or text: the title, the ``BROKER·date time`` line, the site's last lines."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from rag.language.analysis import CJK
from rag.readers.dateline import is_institution, read_dateline
from rag.readers.dates import find_dates
from rag.readers.headings import known_heading, known_prefix
from rag.readers.marks import mark_runs
from rag.types import Block, Found

# Sites that sign the pages they publish. One Latin word after a Chinese title, or a host name, needs no entry.
_SITES = ("Reportify", "Seeking Alpha", "Yahoo Finance", "东方财富网", "新浪财经", "雪球", "慧博投研资讯", "格隆汇")
_SIGNATURE = re.compile(
    rf"\s*(?P<sign>[-–—|_丨·])\s*(?:{'|'.join(map(re.escape, _SITES))}|[\w-]+(?:\.[\w-]+)?\.(?:com|cn|net|org|io|ai))\s*$"
)
_LATIN_SIGNATURE = re.compile(r"\s+(?P<sign>[-–—|])\s+[A-Z][A-Za-z]{3,20}\s*$")
_SITE_LINE = re.compile(
    rf"(?:{'|'.join(map(re.escape, _SITES))}|(?:https?://|www\.)\S+|(?:来源|Source|via)\s*[:：]\s*\S{{1,30}})",
    re.IGNORECASE,
)
_TITLE_BROKER = re.compile(
    rf"\s*(?:[^:：丨|]{{2,8}}[丨|]\s*)?(?P<broker>[{CJK}]{{2,8}}(?:证券|国际|资本|期货))\s*[:：]"
)
_ITEM = re.compile(r"[-*•●–—]\s|\||>\s|\d{1,2}[)）]")
_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_AUTHORS = re.compile(r"(?:作者|分析师|研究员|Authors?|Analysts?)\s*[:：]\s*(?P<names>[^。\n]{2,100})", re.IGNORECASE)
_STOPPED = re.compile(r"[.。;；]$")
_LONGEST_TITLE = 300
_LAST_LINES = 6
_SIGNED = 40  # characters that a signature may add to a repeated title


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty; ``start``/``end`` leave out white space at its ends. ``gap``: an empty line is above it."""

    start: int
    end: int
    gap: bool = False


@dataclass(slots=True)
class Around:
    """What was found around a body, which is ``lines[first:last]``."""

    first: int = 0
    last: int = 0
    title: tuple[int, int] | None = None
    chrome: list[tuple[int, int]] = field(default_factory=list)
    fields: list[Found] = field(default_factory=list)

    def blocks(self, start: int, end: int) -> list[Block]:
        """The title (a heading) and the chrome that lie in ``start..end``, in order."""
        found = [Block("chrome", *span) for span in self.chrome] + (
            [Block("heading", *self.title)] if self.title else []
        )
        return sorted((b for b in found if start <= b.start < end), key=lambda block: block.start)

    def has(self, name: str) -> bool:
        return any(found.name == name for found in self.fields)


def split_lines(text: str) -> list[Line]:
    """The lines of ``text`` that hold more than white space, trimmed."""
    lines: list[Line] = []
    end = 0
    for match in _LINE.finditer(text):
        breaks = text.count("\n", end, match.start())
        lines.append(Line(match.start(), match.end(), breaks > (1 if lines else 0)))
        end = match.end()
    return lines


def look_around(text: str, lines: list[Line]) -> Around:
    """Find title, broker and date lines before the body, and the site's lines after it."""
    found = Around(last=len(lines))
    _read_front(text, lines, found)
    name = text[slice(*found.title)] if found.title else None
    while found.last > found.first + 1 and len(lines) - found.last < _LAST_LINES:
        line = lines[found.last - 1]
        if not is_chrome(text[line.start : line.end], name):
            break
        found.chrome.append((line.start, line.end))
        _take_dateline(text, line, found)
        found.last -= 1
    if found.title is None:
        _title_at_end(text, lines, found)
    if found.title:
        _read_title(text, found)
        _cut_signature(text, lines, found)
    return found


def _read_front(text: str, lines: list[Line], found: Around) -> None:
    at = 0
    if len(lines) > 1 and _take_dateline(text, lines[0], found, plain=False):
        found.chrome.append((lines[0].start, lines[0].end))
        at = 1
    if at + 1 < len(lines) and _may_be_title(text, lines, at):  # the only line of a text is its body
        _take_title(text, lines[at], found)
        at += 1
    while (found.title or found.chrome) and at + 1 < len(lines):
        line = lines[at]
        if not (
            _take_dateline(text, line, found)
            or _take_broker(text, lines, at, found)
            or _take_authors(text, line, found)
        ):
            break
        found.chrome.append((lines[at].start, lines[at].end))
        at += 1
    found.first = at


def _may_be_title(text: str, lines: list[Line], at: int) -> bool:
    content = text[lines[at].start : lines[at].end]
    if len(content) > _LONGEST_TITLE or _ITEM.match(content) or content.startswith("##"):
        return False
    if has_marks(content) or (known_heading(content) and not content.startswith("# ")):
        return False
    follower = lines[at + 1]
    after = text[follower.start : follower.end]
    if (
        _AUTHORS.fullmatch(after)
        or is_institution(after.rstrip(" ·"))
        or after.endswith("·")
        or read_dateline(after) is not None
    ):
        return True
    if _STOPPED.search(content):
        return False
    if follower.gap:
        return True
    # Nothing parts it from the body: it must be the first line, and not of one make with the next (wrapped prose).
    first = at == 0 and not lines[0].gap
    return first and (_ITEM.match(after) is not None or len(content) * 2 < len(after) or has_marks(after))


def _take_title(text: str, line: Line, found: Around) -> None:
    """The title without a Markdown sign before it or a site's signature after it."""
    begin, end = line.start, line.end
    if text.startswith("# ", begin):
        found.chrome.append((begin, begin + 1))
        begin += 2
    signature = _SIGNATURE.search(text, begin, end)
    if signature and signature.start() > begin:
        end = signature.start()
        found.chrome.append((signature.start("sign"), line.end))
    found.title = (begin, end)


def _take_dateline(text: str, line: Line, found: Around, *, plain: bool = True) -> bool:
    """Take broker and date from a line if it is one; ``plain=False``: not one that could be a title with a date."""
    content = text[line.start : line.end]
    dateline = read_dateline(content)
    if dateline is None or (dateline.plain and not (plain and is_institution(dateline.broker))):
        return False
    if not found.has("date"):
        quote = content[dateline.start : dateline.end]
        span = (line.start + dateline.start, line.start + dateline.end)
        found.fields.append(Found("date", dateline.date.isoformat(), quote, *span))
    if dateline.broker and not found.has("broker"):
        _add_broker(dateline.broker, line.start + content.index(dateline.broker), found)
    return True


def _take_broker(text: str, lines: list[Line], at: int, found: Around) -> bool:
    """Take a line that is a broker's name and nothing else, where a line with the date stands next to it."""
    content = text[lines[at].start : lines[at].end]
    name = content.rstrip(" ·•・|")
    after = lines[at + 1]
    apart = found.has("date") or after.gap or read_dateline(text[after.start : after.end]) is not None
    if not apart or found.has("broker") or known_heading(content) or not (is_institution(name) or name != content):
        return False
    _add_broker(name, lines[at].start, found)
    return True


def _take_authors(text: str, line: Line, found: Around) -> bool:
    """Take a line that lists the analysts."""
    match = _AUTHORS.fullmatch(text, line.start, line.end)
    if match is None:
        return False
    found.fields.append(Found("authors", match["names"], match["names"], *match.span("names")))
    return True


def _add_broker(name: str, at: int, found: Around) -> None:
    found.fields.append(Found("broker", name, name, at, at + len(name)))


def has_marks(content: str) -> bool:
    """Whether any mark stands in ``content``."""
    return next(mark_runs(content), None) is not None


def _fold(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text).lower() if char.isalnum())


def is_chrome(content: str, title: str | None) -> bool:
    """Whether closing words only repeat the title (whole, cut short, signed), broker and date, or name a site."""
    if not content or len(content) > _LONGEST_TITLE + _SIGNED:
        return False
    dateline = read_dateline(content)
    if (dateline is not None and not dateline.plain) or _SITE_LINE.fullmatch(content.strip(" -|—·")):
        return True
    if title is None or has_marks(content):
        return False
    here, there = _fold(content), _fold(title)
    if not here or not there:
        return False
    if here.startswith(there):
        return len(here) - len(there) <= _SIGNED
    unsigned = _fold(_SIGNATURE.sub("", content))
    return len(unsigned) >= 6 and there.startswith(unsigned)


def _cut_signature(text: str, lines: list[Line], found: Around) -> None:
    """The repeated title may stand on the body's last line, after its last mark: then that line ends at the mark."""
    if found.title is None or found.last <= found.first:
        return
    line = lines[found.last - 1]
    runs = list(mark_runs(text, max(line.start, line.end - 2000), line.end))
    if not runs:
        return
    tail = text[runs[-1].end : line.end]
    words = tail.lstrip(" .。;；-|")
    if is_chrome(words, text[slice(*found.title)]):
        end = line.end - len(words)
        found.chrome.append((end, line.end))
        lines[found.last - 1] = Line(line.start, line.start + len(text[line.start : end].rstrip()), line.gap)


def _title_at_end(text: str, lines: list[Line], found: Around) -> None:
    """A digest without a title line may carry it at its end, after a line that ends in a mark."""
    before = found.last - 1
    if before <= found.first or not _ends_in_mark(text, lines[before - 1]):
        return
    line = lines[found.last - 1]
    content = text[line.start : line.end]
    if len(content) > _LONGEST_TITLE or _ITEM.match(content) or has_marks(content):
        return
    signature = _SIGNATURE.search(content)
    if signature is None and re.search(rf"[{CJK}]", content):
        signature = _LATIN_SIGNATURE.search(content)
    name = content[: signature.start()] if signature else content
    if len(name) < 6 or known_heading(name) or known_prefix(name) or _STOPPED.search(name):
        return
    if signature:
        found.chrome.append((line.start + signature.start("sign"), line.end))
    found.title = (line.start, line.start + len(name))
    found.last = before


def _ends_in_mark(text: str, line: Line) -> bool:
    tail = text[max(line.start, line.end - 400) : line.end].rstrip(" .。;；,，")
    runs = list(mark_runs(tail))
    return bool(runs) and runs[-1].end == len(tail)


def _read_title(text: str, found: Around) -> None:
    """Add the title, and from within it a date or a broker where no line of their own gave them."""
    assert found.title is not None
    start, end = found.title
    title = text[start:end]
    found.fields.insert(0, Found("title", title, title, start, end))
    dates = list(find_dates(title))
    if dates and not found.has("date"):
        value, begin, stop = dates[-1]
        found.fields.append(Found("date", value.isoformat(), title[begin:stop], start + begin, start + stop))
    broker = _TITLE_BROKER.match(title)
    if broker and not found.has("broker"):
        _add_broker(broker["broker"], start + broker.start("broker"), found)
