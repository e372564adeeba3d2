"""Digests of reports: statements, each followed by numbers in brackets that point into the full report.

A digest is often one long line, so its structure is read from three signs: marks end a statement, bullets begin one,
and what stands between a mark and a bullet is a heading. A dash is also a minus, a range or a hyphen
(``- 15.1%``, ``2016 - 2023``, ``10 - year``); ``_Reader._is_bullet`` tells them apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.analysis import CJK
from rag.readers.front import Line, look_around, split_lines
from rag.readers.headings import Heading, is_heading, known_heading, known_prefix, split_headings, titled_prefix
from rag.readers.marks import mark_runs
from rag.readers.outline import Outline
from rag.sentences import sentences
from rag.types import Block, Parsed

_ROUND = "•●◆◇▪■□◦‣○►➢✓√"
_DASHES = r"\-–—−"
_BULLET = re.compile(rf"(?<!\S)[{_DASHES}*·+](?=\s)|[{_ROUND}]|−")
_FIRST_BULLET = re.compile(
    rf"\s*(?:(?:[{_DASHES}*·{_ROUND}]|>)(?=\s)|[{_ROUND}]|[{_DASHES}](?=[^\s\d{_DASHES}.])|\+(?=\s\D))\s*"
)
_NUMBER = re.compile(
    r"\s*(?:\d{1,2}\s?[)）]|[(（]\d{1,2}[)）]|[①-⑳]|\d{1,2}[.．、](?![\d.])|[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十]{1,3}[)）])\s*(?=\S)"
)
_FIRST_OF_LIST = re.compile(r"\s(?:1\s?[)）]|[(（]1[)）]|①)")
_SECOND_OF_LIST = re.compile(r"[.。;；,，]?\s*(?:[-•*]\s*)?(?:2\s?[)）]|[(（]2[)）]|②)")
_NEGATIVE = re.compile(
    r"\d[\d.,]*\s?(?:%|％|‰|pct|ppts?|pp|bps?|个?百分点|[元倍亿万]|x)?\s*(?:[),，、;；。.\]）/至~]|$|[-–]\s)", re.I
)
_NUMBER_AT_END = re.compile(r"\d[A-Za-z%％]{0,2}$")
_AFTER_MARK = re.compile(r"[.。．,，;；、:：!！?？…)）】」』”’]+")
_BOLD = re.compile(r"\s*\*\*(?P<name>[^*\n]{1,100}?)\s?[:：]?\*\*\s*[:：]?[^\S\n]*")
_BOLD_ONLY = re.compile(r"\s*(?:\*\*|__)[^*\n]{1,150}(?:\*\*|__)\s*[:：]?\s*")
_LINE_HEAD = re.compile(
    rf"[{_DASHES}*•{_ROUND}|#>]|\*\*|\d{{1,2}}\s?[.)）、]|[(（][\d一二三四五六七八九十]|[①-⑳]|[一二三四五六七八九十]{{1,3}}、"
)
_STOPPED = re.compile(r"[.。!！?？;；:：…][\"”’)）》」]*$")
_SENTENCE_GAP = re.compile(r"[.。!！?？;；][\"”’)）]*\s+(?=\S)")
_CHINESE = re.compile(rf"[{CJK}]")
_NEAR = 300


@dataclass(frozen=True, slots=True)
class _Style:
    """Habits of one digest. ``bulleted``: bullets follow its marks; ``leading``: marks stand before their statement;
    ``hyphens``: how hyphens inside words and ranges are set, which tells what a dash between spaces can be."""

    bulleted: bool
    leading: bool
    hyphens: str  # "spaced", "tight" or "unknown"
    width: int  # of hard-wrapped lines, 0 when lines are not wrapped


def parse(text: str) -> Parsed:
    """Read the text of a digest. Its blocks tile every character that is not white space."""
    lines = split_lines(text)
    around = look_around(text, lines)
    outline = Outline(text)
    body = lines[around.first : around.last]
    begin = next((line.start for line in body if not line.empty), len(text))
    edges = [(start, end, "chrome") for start, end in around.chrome]
    if around.title:
        edges.append((*around.title, "heading"))
    edges.sort()
    for start, end, kind in edges:
        if start < begin:
            outline.blocks.append(Block("heading" if kind == "heading" else "chrome", start, end))
    _Reader(text, outline, _style(text, body)).read(body)
    for start, end, kind in edges:
        if start >= begin:
            outline.blocks.append(Block("heading" if kind == "heading" else "chrome", start, end))
    return Parsed("digest", text, tuple(outline.blocks), (), around.fields)


def _style(text: str, body: list[Line]) -> _Style:
    runs = bullets = opening = closing = marked = 0
    widest = 0
    for line in body:
        if line.empty:
            continue
        widest = max(widest, line.end - line.start)
        found = list(mark_runs(text, line.start, line.end))
        runs += len(found)
        bulleted = _FIRST_BULLET.match(text, line.start, line.end)
        bullets += bool(bulleted)
        for run in found:
            stop = _AFTER_MARK.match(text, run.end, line.end)
            bullets += _FIRST_BULLET.match(text, stop.end() if stop else run.end, line.end) is not None
        if found:
            marked += 1
            opening += found[0].start == (bulleted.end() if bulleted else line.start)
            closing += not text[found[-1].end : line.end].strip(" .。;；")
    spaced = len(re.findall(r"[a-z] - [a-z]|\d - \d|\d - [a-z]", text))
    tight = len(re.findall(r"\d-\d|[A-Za-z]-[A-Za-z]", text))
    hyphens = "spaced" if spaced else "tight" if tight else "unknown"
    leading = opening >= 2 and opening * 10 >= marked * 6 and closing * 10 < marked * 3
    return _Style(bullets * 10 >= runs * 3, leading, hyphens, widest if widest <= 130 else 0)


def _all_headings(text: str, *, loose: bool) -> bool:
    """Whether ``text`` is nothing but headings, one after another."""
    parts = split_headings(text)
    return bool(parts) and all(is_heading(text[part.start : part.end], loose=loose) for part in parts)


class _Reader:
    """Reads a body line by line into an outline."""

    def __init__(self, text: str, outline: Outline, style: _Style) -> None:
        self.text = text
        self.out = outline
        self.style = style
        self.label = ""  # "bullet": holds for this bullet; "group": until the next mark
        self.group: list[int] = []  # statements of a group that wait for its mark
        self.said: int | None = None  # the last statement, if only marks and stops came since
        self.parents: list[tuple[int, int]] = []  # (indent, statement) of the bullets above

    def read(self, body: list[Line]) -> None:
        """Append the blocks of all body lines."""
        for start, end in self._units(body):
            self._unit(start, end)

    def _units(self, body: list[Line]) -> list[tuple[int, int]]:
        """Lines, with the pieces of hard-wrapped ones put together."""
        units: list[tuple[int, int]] = []
        previous: Line | None = None
        for line in body:
            if line.empty:
                previous = None
                continue
            if previous is not None and self._goes_on(previous, line):
                units[-1] = (units[-1][0], line.end)
            else:
                units.append((line.start, line.end))
            previous = line
        return units

    def _goes_on(self, line: Line, following: Line) -> bool:
        """Whether ``following`` continues the sentence that ``line`` leaves open."""
        text = self.text
        tail = text[max(line.start, line.end - 60) : line.end]
        if _LINE_HEAD.match(text, following.start) or _STOPPED.search(tail) or tail.endswith(("]", "】", "|", "］")):
            return False
        if text.startswith("#", line.start) or _BOLD_ONLY.fullmatch(text, line.start, min(line.end, line.start + 200)):
            return False
        if known_heading(text[line.start : min(line.end, line.start + 120)]):
            return False
        if text[following.start].islower():
            return True
        return self.style.width >= 30 and (line.end - line.start) * 4 >= self.style.width * 3

    def _unit(self, start: int, end: int) -> None:
        self.said = None
        if not any(char.isalnum() for char in self.text[start : min(end, start + 500)]):
            self.out.add("bullet", start, end)
            return
        before, at, first = len(self.out.blocks), start, True
        carried: tuple[int, ...] = ()
        for run in mark_runs(self.text, start, end):
            numbers = carried if self.style.leading else run.numbers
            self._segment(at, run.start, numbers, run.end, first)
            stop = _AFTER_MARK.match(self.text, run.end, end)
            at, first, carried = (stop.end() if stop else run.end), False, run.numbers
            self.out.add("mark", run.start, at)
            self._end_group(numbers)
        self._segment(at, end, carried if self.style.leading else (), end, first)
        self._inherit(start, before)

    def _inherit(self, start: int, before: int) -> None:
        """A bullet set in below a statement that has marks, itself without any, stands under those marks."""
        indent = start - (self.text.rfind("\n", 0, start) + 1)
        while self.parents and self.parents[-1][0] >= indent:
            self.parents.pop()
        blocks = self.out.blocks
        said = [at for at in range(before, len(blocks)) if blocks[at].kind == "statement"]
        if not said or blocks[before].kind != "bullet":
            return
        if self.parents and not any(blocks[at].marks for at in said) and not self.group:
            for at in said:
                self.out.give_marks(at, blocks[self.parents[-1][1]].marks)
        if blocks[said[0]].marks:
            self.parents.append((indent, said[0]))

    def _end_group(self, numbers: tuple[int, ...]) -> None:
        for at in self.group:
            self.out.give_marks(at, numbers)
        self.group = []
        if self.label == "group" and numbers:
            self.out.close_label()
            self.label = ""

    def _segment(self, start: int, end: int, marks: tuple[int, ...], after: int, first: bool) -> None:
        """The text between two runs of marks: headings, bullets, statements; the last statement has ``marks``."""
        if not self.text[start:end].strip():
            if marks and self.said is not None and not self.style.leading:
                self.out.give_marks(self.said, marks)
            return
        at, opened = start, True
        lead = _FIRST_BULLET.match(self.text, start, end)
        if lead and lead.end() < end:
            self._bullet(start, lead.end())
            at, opened = lead.end(), False
        for match in _BULLET.finditer(self.text, at, end):
            if match.start() < at or not self._is_bullet(at, match, end, opened):
                continue
            self._before_bullet(at, match.start(), opened, first and at == start)
            self._bullet(match.start(), match.end())
            at, opened = match.end(), False
        self._last(at, end, marks, after, opened, first and at == start)

    def _bullet(self, start: int, end: int) -> None:
        if self.label == "bullet":
            self.out.close_label()
            self.label = ""
        self.out.add("bullet", start, end)

    def _is_bullet(self, at: int, match: re.Match[str], end: int, opened: bool) -> bool:
        """Whether a bullet sign begins a statement. ``text[at:match.start()]`` is what came since the last one."""
        text, sign = self.text, match[0]
        left = text[max(at, match.start() - _NEAR) : match.start()].strip()
        right = text[match.end() : min(end, match.end() + 80)].lstrip()
        if not right or left.endswith("|") or right.startswith("|"):
            return False
        if sign in _ROUND or not left:
            return True
        if sign in "·+" or not (
            right[0].isupper() or right[0].isdigit() or right[0] in "\"“‘'*(（《「$¥€£~约<>" or _CHINESE.match(right)
        ):
            return sign not in "·+" and opened and known_heading(left)
        if right[0].isdigit() and (_NUMBER_AT_END.search(left) or _NEGATIVE.match(right)):
            return False
        if _STOPPED.search(left) and not (left.endswith(".") and len(sentences(left + " A")) == len(sentences(left))):
            return sign != "−" or text[match.start() - 1].isspace()
        if not opened and _BOLD_ONLY.fullmatch(left):
            return True
        if self._heading_tail(left, opened and match.start() - at <= _NEAR) is not None:
            return True
        return self._is_next_statement(left, right, sign, match.start())

    def _is_next_statement(self, left: str, right: str, sign: str, at: int) -> bool:
        """Whether a dash after an unmarked statement, with no stop between them, is a bullet and not a dash in a sentence."""
        if not self.text[at - 1].isspace() or self.style.hyphens == "spaced":
            return False
        if _CHINESE.search(left[-20:]):
            return (sign == "*" or self.style.hyphens == "tight") and len(left) >= 8 and len(right) >= 8
        return len(left.split()) >= 5 and len(right.split()) >= 4 and right[0].isupper()

    def _before_bullet(self, start: int, end: int, opened: bool, first: bool) -> None:
        """What stands before a bullet: an unmarked statement, a heading, or the one and then the other."""
        text = self.text
        start, end = self.out.trim(start, end)
        if start >= end:
            return
        content = text[start:end]
        if not opened and _BOLD_ONLY.fullmatch(content):
            self._headings(start, end, [Heading(0, end - start, "bold")])
            return
        if not opened and content.endswith((":", "：")) and len(content) <= 120:
            self.out.label(start, end)
            self.label = "group"
            return
        tail = self._heading_tail(content, opened)
        if tail is None:
            self._say(start, end, (), opened)
            return
        if tail:
            self._say(start, start + tail, (), opened)
        self._headings(start + tail, end, split_headings(content[tail:]))

    def _heading_tail(self, content: str, opened: bool) -> int | None:
        """Where headings begin that ``content`` ends in: 0 when it holds nothing else, None when it has none."""
        if opened and _all_headings(content, loose=self.style.bulleted):
            return 0
        spans = sentences(content[-_NEAR:])
        shift = max(0, len(content) - _NEAR)
        for begin, _ in spans[-2:]:  # the last but one ends in a list number: `… given. Summary 1. Demand`
            if begin + shift and begin != spans[0][0] and _all_headings(content[begin + shift :], loose=False):
                return begin + shift
        return None

    def _headings(self, start: int, end: int, found: list[Heading]) -> None:
        self.label = ""
        self.said = None
        self.out.headings(start, end, found)

    def _last(self, start: int, end: int, marks: tuple[int, ...], after: int, opened: bool, first: bool) -> None:
        """What stands before a run of marks (or at the end of a line, with no marks)."""
        content = self.text[start:end]
        if not content.strip():
            return
        if not marks and self._is_heading_line(content, opened, first):
            shift = len(content) - len(content.lstrip())
            self._headings(start + shift, end, split_headings(content[shift:]))
            return
        if not marks and not opened and content.rstrip().endswith((":", "：")) and len(content) <= 120:
            self.out.label(start, end)
            self.label = "group"
            return
        if opened:
            item = _FIRST_OF_LIST.search(content[:120])
            if item and _SECOND_OF_LIST.match(self.text, after) and is_heading(content[: item.start()], loose=True):
                self._headings(start, start + item.start(), split_headings(content[: item.start()]))
                start, opened = start + item.start(), False
        self._say(start, end, marks, opened)

    def _is_heading_line(self, content: str, opened: bool, first: bool) -> bool:
        plain = content.strip()
        if not opened:
            return bool(_BOLD_ONLY.fullmatch(plain))
        if not first and not known_heading(plain):
            return is_heading(plain, loose=False) and len(plain.split()) > 1
        if plain.startswith("#") or _BOLD_ONLY.fullmatch(plain) or known_heading(plain):
            return len(plain) <= 200
        if len(plain.split()) <= 14 and plain.endswith((":", "：")) and len(plain) <= 80:
            return True
        return is_heading(plain, loose=False)

    def _say(self, start: int, end: int, marks: tuple[int, ...], opened: bool) -> None:
        """Append statements: peel off list numbers, bold labels and listed headings that stand before them."""
        start, end = self.out.trim(start, end)
        if opened:
            start = self._peel_headings(start, end)
        number = _NUMBER.match(self.text, start, end)
        if number:
            self._bullet(start, number.end())
            start = number.end()
        bold = _BOLD.match(self.text, start, end)
        if bold and (
            len(self.text[bold.end() : end].split()) >= 5 or len(_CHINESE.findall(self.text, bold.end(), end)) >= 12
        ):
            if self.label:
                self.out.close_label()
            self.out.label(start, bold.end())
            self.label, start = "bullet", bold.end()
        for gap in _SENTENCE_GAP.finditer(self.text, start, end):
            length = known_prefix(self.text[gap.end() : min(end, gap.end() + 200)]) if gap.end() > start else 0
            if length:
                self._state(start, gap.end(), ())
                self._headings(gap.end(), gap.end() + length, split_headings(self.text[gap.end() : gap.end() + length]))
                start = gap.end() + length
        self._state(start, end, marks)

    def _peel_headings(self, start: int, end: int) -> int:
        near = self.text[start : min(end, start + 200)]
        length = known_prefix(near) or (
            titled_prefix(near) if self.style.bulleted is False or near[:1].isupper() else 0
        )
        if length and start + length < end:
            self._headings(start, start + length, split_headings(near[:length]))
            return start + length
        return start

    def _state(self, start: int, end: int, marks: tuple[int, ...]) -> None:
        """Append one statement. The rest of a sentence that goes on after its mark keeps that mark."""
        start, end = self.out.trim(start, end)
        if start >= end:
            return
        if not marks and self.said is not None and self.text[start].islower() and self.text[start - 1] in " ]":
            marks = self.out.blocks[self.said].marks
        content = self.text[start:end]
        if not any(char.isalnum() for char in content):
            self.out.add("bullet", start, end)
            return
        kind = "table" if content.count("|") >= 3 else "statement"
        at = self.out.add("table" if kind == "table" else "statement", start, end, marks)
        self.said = at
        if at is not None and self.label == "group" and not marks:
            self.group.append(at)
