"""Lines of a digest put together where a sentence or a table goes on, with what their setting says about nesting."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.readers.bullets import BOLD_ONLY, FIRST_BULLET, LIST_NUMBER, STOPPED, Style
from rag.readers.front import Line
from rag.readers.headings import is_heading, known_heading, known_prefix
from rag.readers.marks import mark_runs

_HEAD = re.compile(
    r"[\[［【]\d|[-–—−*•●◆◇▪■□◦‣○►➢✓√|#>]|\*\*|\d{1,2}\s?[.)）、]|[(（][\d一二三四五六七八九十]|[①-⑳【]|[一二三四五六七八九十]{1,3}、"
)
_NARROWEST_WRAP = 30
_SHORT_LINE = 60
_LONGEST_HEADING = 200
_SOURCE_LINE = 600


@dataclass(frozen=True, slots=True)
class Unit:
    """A line, or several that belong together. ``indent``: characters before it on its line.

    ``before_item``: a bullet or list number begins the next unit; ``before_nested``: and it is set in deeper.
    """

    start: int
    end: int
    indent: int
    before_item: bool = False
    before_nested: bool = False


def units(text: str, body: list[Line], style: Style) -> list[Unit]:
    """The units of the body lines, in order; an empty line parts them."""
    spans: list[tuple[int, int]] = []
    for at, line in enumerate(body):
        if at and not line.gap and _goes_on(text, body[at - 1], line, style):
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
    found: list[Unit] = []
    item, inner = False, 0
    for start, end in reversed(spans):
        indent = start - (text.rfind("\n", 0, start) + 1)
        found.append(Unit(start, end, indent, item, item and inner > indent))
        item, inner = (FIRST_BULLET.match(text, start) or LIST_NUMBER.match(text, start)) is not None, indent
    return found[::-1]


def _goes_on(text: str, line: Line, following: Line, style: Style) -> bool:
    """Whether ``following`` continues the sentence or table that ``line`` leaves open."""
    tail = text[max(line.start, line.end - 60) : line.end]
    if text.startswith("|", line.start) and text.startswith("|", following.start):
        return tail.endswith("|")
    if _HEAD.match(text, following.start) or STOPPED.search(tail) or tail.endswith(("]", "】", "|", "］")):
        return False
    if text.startswith("#", line.start) or BOLD_ONLY.fullmatch(text, line.start, min(line.end, line.start + 200)):
        return False
    if known_heading(text[line.start : min(line.end, line.start + 200)]):
        return False
    if text[following.start].islower():
        return True
    return style.width >= _NARROWEST_WRAP and (line.end - line.start) * 4 >= style.width * 3


def numbering(text: str, unit: Unit) -> str:
    """How a unit is numbered, its number left out: ``0.`` or ``(0)``; "" when it is not."""
    number = LIST_NUMBER.match(text, unit.start, unit.end)
    return re.sub(r"\w+", "0", number[0].strip()) if number else ""


def is_heading_line(text: str, unit: Unit, listed: str) -> bool:
    """Whether a unit without marks is a heading. ``listed``: the ``numbering`` of the statement above it, if any."""
    plain = text[unit.start : min(unit.end, unit.start + _LONGEST_HEADING + 1)]
    if len(plain) > _LONGEST_HEADING or FIRST_BULLET.match(plain) or not any(char.isalnum() for char in plain):
        return False
    if plain.startswith("#") or BOLD_ONLY.fullmatch(plain) or known_heading(plain):
        return True
    if plain.endswith((":", "：")) and len(plain) <= 80 and len(plain.split()) <= 14:
        return True
    if listed and listed == numbering(text, unit):
        return False
    if plain[: known_prefix(plain)].rstrip().endswith((":", "：")):  # `风险提示：…` is a heading and a statement
        return False
    return is_heading(plain, loose=unit.before_item and len(plain) <= _SHORT_LINE)


def is_source(text: str, unit: Unit) -> bool:
    """Whether a unit is the entry of a list of sources: one run of marks, which stands before its words."""
    if unit.end - unit.start > _SOURCE_LINE:
        return False
    runs = list(mark_runs(text, unit.start, unit.end))
    bullet = FIRST_BULLET.match(text, unit.start, unit.end)
    if len(runs) != 1 or runs[0].start != (bullet.end() if bullet else unit.start):
        return False
    rest = text[runs[0].end : unit.end].strip()
    return any(char.isalnum() for char in rest) and not known_heading(rest)
