"""Digests of reports: statements, each followed by numbers in brackets that point into the full report.

A digest is often one long line, so its structure is read from three signs: marks end a statement, bullets begin one,
and what stands between a mark and a bullet is a heading.
"""

from __future__ import annotations

import re

from rag.language.analysis import CJK
from rag.readers.bullets import (
    AFTER_MARK,
    BOLD_ONLY,
    BULLET,
    FIRST_BULLET,
    LIST_NUMBER,
    SPACED_HEAD,
    STOPPED,
    heading_tail,
    is_bullet,
    read_style,
)
from rag.readers.front import Line, look_around, split_lines
from rag.readers.headings import Heading, is_heading, known_heading, known_prefix, split_headings, titled_prefix
from rag.readers.marks import mark_runs
from rag.readers.outline import Outline
from rag.readers.units import Unit, is_heading_line, is_source, numbering, units
from rag.types import Parsed

_FIRST_OF_LIST = re.compile(r"\s(?:1\s?[)）]|[(（]1[)）]|①)")
_SECOND_OF_LIST = re.compile(r"[.。;；,，]?\s*(?:[-•*]\s*)?(?:2\s?[)）]|[(（]2[)）]|②)")
_BOLD = re.compile(r"\s*\*\*(?P<name>[^*\n]{1,100}?)\s?[:：]?\*\*\s*[:：]?[^\S\n]*")
_GAP = re.compile(r"(?:[.!?;][\"”’)]*\s+|[。！？；][\"”’)）]*\s*)(?=\S)")
_CHINESE = re.compile(rf"[{CJK}]")
_LEAD_IN = 120


def parse(text: str) -> Parsed:
    """Read the text of a digest. Its blocks tile every character that is not white space."""
    lines = split_lines(text)
    around = look_around(text, lines)
    body = lines[around.first : around.last]
    begin = body[0].start if body else len(text)
    outline = Outline(text)
    outline.blocks.extend(around.blocks(0, begin))
    _Reader(text, outline, body).read()
    outline.blocks.extend(around.blocks(begin, len(text)))
    return Parsed("digest", text, tuple(outline.blocks), (), tuple(around.fields))


class _Reader:
    """Reads the body lines of a digest into an outline."""

    def __init__(self, text: str, outline: Outline, body: list[Line]) -> None:
        self.text = text
        self.out = outline
        self.body = body
        self.style = read_style(text, body)
        self.leading = False  # whether the marks of the line at hand stand before their statement
        self.label = ""  # an open label: "bullet" holds for this bullet, "group" until the next mark
        self.grouped = False  # after a lead-in, until its first mark
        self.group: list[int] = []  # statements of a group that wait for its mark
        self.group_indent = -1  # lines set in no deeper than this are outside the group
        self.leads = False  # whether the line at hand heads lines that are set in deeper
        self.listed = ""  # how the last line was numbered, if it was a statement
        self.said: int | None = None  # the last statement, while no heading or bullet has come since
        self.parents: list[tuple[int, int]] = []  # (indent, block) of the marked bullets above

    def read(self) -> None:
        """Append the blocks of all body lines."""
        for unit in units(self.text, self.body, self.style):
            self._unit(unit)

    def _unit(self, unit: Unit) -> None:
        """One line (or what was put together from several)."""
        self.said = None
        if unit.indent <= self.group_indent:
            self._end_group()
        self.leading = self.style.leading or (is_source(self.text, unit) and not self._waits())
        first_block, at, first = len(self.out.blocks), unit.start, True
        carried: tuple[int, ...] = ()
        for run in mark_runs(self.text, unit.start, unit.end):
            numbers = carried if self.leading else run.numbers
            self._segment(at, run.start, numbers, run.end, first)
            stop = AFTER_MARK.match(self.text, run.end, unit.end)
            at, first, carried = (stop.end() if stop else run.end), False, run.numbers
            self.out.add("mark", run.start, at)
            if numbers and self.grouped:
                self._mark_group(numbers)
        if first and is_heading_line(self.text, unit, self.listed):
            self._headings(unit.start, unit.end)
            return
        self.listed = numbering(self.text, unit)
        self.leads = first and unit.before_nested
        if self.leads:
            self._end_group()
            self.grouped, self.group_indent = True, unit.indent
        self._segment(at, unit.end, carried if self.leading else (), unit.end, first)
        self.leads = False
        self._stand_under(unit, first_block)

    def _waits(self) -> bool:
        """Whether the last statement has no mark yet, which the next line may begin with."""
        before = next((block for block in reversed(self.out.blocks) if block.kind != "bullet"), None)
        return before is not None and before.kind == "statement" and not before.marks

    def _stand_under(self, unit: Unit, first_block: int) -> None:
        """A bullet set in below a statement that has marks, itself without any, stands under those marks."""
        while self.parents and self.parents[-1][0] >= unit.indent:
            self.parents.pop()
        blocks = self.out.blocks
        said = [at for at in range(first_block, len(blocks)) if blocks[at].kind == "statement"]
        if not said or blocks[first_block].kind != "bullet":
            return
        if self.parents and not self.group and not any(blocks[at].marks for at in said):
            for at in said:
                self.out.give_marks(at, blocks[self.parents[-1][1]].marks)
        elif blocks[said[0]].marks:
            self.parents.append((unit.indent, said[0]))

    def _mark_group(self, marks: tuple[int, ...]) -> None:
        """The first mark after a lead-in is that of its group: the statements without marks stand under it."""
        for at in self.group:
            self.out.give_marks(at, marks)
        self.group, self.grouped = [], False
        if self.group_indent < 0:  # on one line, nothing else shows where the group ends
            self._end_group()

    def _end_group(self) -> None:
        self.group, self.grouped, self.group_indent = [], False, -1
        if self.label == "group":
            self._close_label()

    def _close_label(self) -> None:
        self.out.close_label()
        self.label = ""

    def _segment(self, start: int, end: int, marks: tuple[int, ...], after: int, first: bool) -> None:
        """The text between two runs of marks: headings, bullets, statements; the last statement has ``marks``.

        ``after``: where the text goes on behind those marks; ``first``: the segment begins the line.
        """
        if not any(char.isalnum() for char in self.text[start:end]):
            self._no_words(start, end, marks)
            return
        at, opened = start, True
        lead = FIRST_BULLET.match(self.text, start, end)
        if lead:
            self._bullet(start, lead.end())
            at, opened = lead.end(), False
        for match in BULLET.finditer(self.text, at, end):
            if is_bullet(self.text, at, match, end, self.style, opened=opened, grouped=self.grouped):
                self._before_bullet(at, match.start(), opened, marks if self.leading else ())
                self._bullet(match.start(), match.end())
                at, opened = match.end(), False
        self._last(at, end, marks, after, opened, first)

    def _no_words(self, start: int, end: int, marks: tuple[int, ...]) -> None:
        """Marks without words belong to the statement before them, if only marks and signs stand between."""
        self.out.add("bullet", start, end)
        if self.leading:
            return
        for at in range(len(self.out.blocks) - 1, max(-1, len(self.out.blocks) - 8), -1):
            kind = self.out.blocks[at].kind
            if kind in ("statement", "table"):
                self.out.give_marks(at, marks)
            if kind not in ("bullet", "mark"):
                return

    def _bullet(self, start: int, end: int) -> None:
        if self.label == "bullet":
            self._close_label()
        self.said = None
        self.out.add("bullet", start, end)

    def _headings(self, start: int, end: int, found: list[Heading] | None = None) -> None:
        start, end = self.out.trim(start, end)
        self._end_group()
        self.label = ""
        self.said = None
        self.out.headings(start, end, split_headings(self.text[start:end]) if found is None else found)

    def _bold_head(self, start: int, end: int) -> bool:
        """Take ``**Costs**`` at the head of nested bullets as their heading."""
        start, end = self.out.trim(start, end)
        if not BOLD_ONLY.fullmatch(self.text, start, end):
            return False
        self._headings(start, end, [Heading(0, end - start, "bold")])
        self.grouped = True
        return True

    def _lead_in(self, start: int, end: int) -> bool:
        """Take ``Sales by region:`` at the head of nested bullets as their label; set in deeper, they need no colon."""
        content = self.text[start:end].strip()
        leads = self.leads and not STOPPED.search(content)
        if len(content) > _LEAD_IN or not (leads or content.endswith((":", "："))):
            return False
        if self.label:
            self._close_label()
        self.out.label(start, end)
        self.label, self.grouped = "group", True
        return True

    def _before_bullet(self, start: int, end: int, opened: bool, marks: tuple[int, ...]) -> None:
        """What stands before a bullet: a heading, an unmarked statement, or that and then a heading."""
        start, end = self.out.trim(start, end)
        if start >= end:
            return
        content = self.text[start:end]
        if not opened and (self._bold_head(start, end) or self._lead_in(start, end)):
            return
        tail = heading_tail(content, self.style, opened=opened)
        self._say(start, end if tail is None else start + tail, marks, opened)
        if tail is not None:
            self._headings(start + tail, end)

    def _last(self, start: int, end: int, marks: tuple[int, ...], after: int, opened: bool, first: bool) -> None:
        """What stands before a run of marks or, with no marks, at the end of a line."""
        content = self.text[start:end]
        if not marks and not opened and (self._bold_head(start, end) or self._lead_in(start, end)):
            return
        if opened and (known_heading(content) if marks else not first and self._is_heading_after_mark(content)):
            self._headings(start, end)
            return
        if opened:
            item = _FIRST_OF_LIST.search(content[:_LEAD_IN])
            if item and _SECOND_OF_LIST.match(self.text, after) and is_heading(content[: item.start()], loose=True):
                self._headings(start, start + item.start())
                start, opened = start + item.start(), False
        self._say(start, end, marks, opened)

    def _is_heading_after_mark(self, content: str) -> bool:
        """Whether the rest of a line after its last mark is the heading of the next line."""
        plain = content.strip()
        return known_heading(plain) or (is_heading(plain, loose=False) and len(plain.split()) > 1)

    def _say(self, start: int, end: int, marks: tuple[int, ...], opened: bool) -> None:
        """Append statements, after the headings, list numbers and bold labels that stand before them."""
        start, end = self.out.trim(start, end)
        if opened:
            start = self._peel_headings(start, end)
        number = LIST_NUMBER.match(self.text, start, end)
        if number:
            self._bullet(start, number.end())
            start = number.end()
        start = self._peel_label(start, end)
        early = marks if self.leading else ()
        for gap in _GAP.finditer(self.text, start, end):
            length = known_prefix(self.text[gap.end() : min(end, gap.end() + 200)]) if gap.end() > start else 0
            if length:
                self._state(start, gap.end(), early)
                self._headings(gap.end(), gap.end() + length)
                start = gap.end() + length
        self._state(start, end, marks)

    def _peel_headings(self, start: int, end: int) -> int:
        near = self.text[start : min(end, start + 200)]
        length = known_prefix(near) or titled_prefix(near)
        if not length and self.style.spaced_heads and (head := SPACED_HEAD.match(near)):
            length = head.end()
        bar = near.find("|")
        if not length and bar > 0 and near.count("|") >= 3 and is_heading(near[:bar], loose=True):
            length = bar
        if not length or start + length >= end:
            return start
        self._headings(start, start + length)
        return start + length

    def _peel_label(self, start: int, end: int) -> int:
        """``**Costs**: they fell …``: the bold words head this bullet, if a statement that stands by itself follows."""
        bold = _BOLD.match(self.text, start, end)
        if bold is None:
            return start
        rest = self.text[bold.end() : min(end, bold.end() + 200)]
        if len(rest.split()) < 5 and len(_CHINESE.findall(rest)) < 12:
            return start
        if self.label:
            self._close_label()
        self.out.label(start, bold.end())
        self.label = "bullet"
        return bold.end()

    def _state(self, start: int, end: int, marks: tuple[int, ...]) -> None:
        """Append one statement. A sentence that goes on after its mark keeps that mark."""
        start, end = self.out.trim(start, end)
        if start >= end:
            return
        content = self.text[start:end]
        if not any(char.isalnum() for char in content):
            self._no_words(start, end, marks)
            return
        if (
            not marks
            and self.said is not None
            and (content[0].islower() or content[0] in "'’")
            and self.text[max(0, start - 3) : start].rstrip()[-1:] in "]］】"
        ):
            marks = self.out.blocks[self.said].marks
        self.said = self.out.add("table" if content.count("|") >= 3 else "statement", start, end, marks)
        if self.said is not None and self.grouped and not marks:
            self.group.append(self.said)
