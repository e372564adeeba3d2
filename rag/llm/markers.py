"""The brackets in a model's output, read as it streams: known evidence ids, unknown ones, and ordinary text.

A known id becomes a citation; an unknown one is removed and counted; anything else, such as ``[2024]`` or ``[sic]``, is
text and stays. Accepted: ``[1]``, ``[1, 2]``, ``[1、2]``, ``[1-3]``, ``[[1]]``, ``【1】``, ``［1］``, ``〔1〕``, ``[ref 1]``,
``【1†source】``, and the same with opaque ids, those with words beside them, too (``[k3f7m: p. 4]``). Time is linear in the
length of the text, and what is held back is bounded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

_LONGEST = 160  # characters inside one bracket; a longer one is text
_WIDEST_RANGE = 50
_SQUARE = "[【［〔〖﹝⟦❲⁅"  # and what looks like one: a reader would take `〔67〕` for a citation
_ROUND = "(（"
_CLOSE = "]】］〕〗﹞⟧❳⁆)）"
_SPECIAL = re.compile(rf"[{re.escape(_SQUARE + _ROUND)}`\n \t]")
_SPLIT = re.compile(r"\s*[,、;|&]\s*|\s+and\s+|\s*和\s*|\s+")
_PREFIX = re.compile(
    r"\b(?:see|ids?|refs?|references?|sources?|docs?|passages?|evidence|citations?)\b[\s:#.=]*[\"'“]?|[\^#]"
    r"|(?:资料来源|来源|出处|参见|见|引用|参考|依据|证据|段落)\s*[:.]?\s*"
)
_DAGGER = re.compile(r"(\w+(?::\w+)?)\s*†\s*\w.*")  # `4:0†source`, as some models were taught to cite
_WORD = re.compile(r"(?<![a-z0-9])[a-z0-9]+(?![a-z0-9])")
_RANGE = re.compile(r"(\w+)\s*(?:[-–—~]|\bto\b|至)\s*(\w+)")
_LOOKS_LIKE_A_MARKER = re.compile(r"\d{1,3}|(?!(?:q[1-4]|h[12]|fy\d+)$)[a-z]{1,2}\d{1,3}")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")


@dataclass(frozen=True, slots=True)
class Text:
    """Ordinary output."""

    text: str


@dataclass(frozen=True, slots=True)
class Cited:
    """Evidence ids of one bracket, as the caller spells them, without repeats."""

    ids: tuple[str, ...]


Event = Text | Cited


class MarkerParser:
    """Reads one reply chunk by chunk: ``feed`` each, then ``finish``. ``dropped`` counts unknown ids.

    However the reply is cut into chunks, the joined text and the citations in it are the same. Spaces before a citation
    or a removed marker go with it. In code, only ids with a letter in them are citations, and nothing is removed.
    Round brackets are citations only when they hold nothing but such ids.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._ids = _Ids(known)
        self._spaces = ""  # white space that a following marker takes with it
        self._pending = ""  # a bracket that has not been decided, from its opening on
        self._ticks = 0  # length of the run of backticks being read
        self._code = 0  # length of the run that opened the code we are in; 0 outside
        self._cut = False  # a marker was just taken out: the words around it must not grow together
        self.dropped = 0

    def feed(self, chunk: str) -> list[Event]:
        """The events that are certain after this chunk."""
        events: list[Event] = []
        position = 0
        while position < len(chunk):
            if not self._pending and not self._ticks:
                special = _SPECIAL.search(chunk, position)
                end = special.start() if special else len(chunk)
                if end > position:
                    self._say(events, chunk[position:end])
                    position = end
                    continue
            self._read(events, chunk[position])
            position += 1
        return merged(events)

    def finish(self) -> list[Event]:
        """What was held back; a bracket that never closed is text."""
        events: list[Event] = []
        if _opened(self._pending) == 2 and self._pending[-1] in _CLOSE:
            self._single(events)
        self._flush(events)
        self._say(events, "")
        return merged(events)

    def _read(self, events: list[Event], char: str) -> None:
        """One character that may matter."""
        if self._pending:
            self._inside(events, char)
            return
        if char == "`":
            self._ticks += 1
            self._say(events, char)
            return
        if self._ticks:
            self._code = 0 if self._code == self._ticks else self._code or self._ticks
            self._ticks = 0
        if char in " \t":
            self._spaces += char
        elif char in _SQUARE or char in _ROUND:
            self._pending = char
        else:
            if char == "\n" and self._code < 3:
                self._code = 0  # inline code ends with its line
            self._say(events, char)

    def _inside(self, events: list[Event], char: str) -> None:
        """One character after an opening bracket."""
        opened = _opened(self._pending)
        if opened == 2 and len(self._pending) > 2 and self._pending[-1] in _CLOSE and char not in _CLOSE:
            self._single(events)
            self._read(events, char)
        elif char in _CLOSE:
            self._pending += char
            if opened == 1 or self._pending[-2] in _CLOSE:
                self._decide(events, self._pending[opened:-opened])
        elif char in _SQUARE and opened == len(self._pending) and self._pending[0] in _SQUARE:
            if opened == 2:  # [[[: only the last two may belong to a marker
                self._say(events, self._pending[0])
                self._pending = self._pending[1]
            self._pending += char
        elif char in _SQUARE or char in _ROUND or char in "`\n" or len(self._pending) > _LONGEST:
            self._flush(events)
            self._read(events, char)
        else:
            self._pending += char

    def _single(self, events: list[Event]) -> None:
        """``[[1]`` with no second closing bracket: the first one is text, the rest is a bracket of its own."""
        outer, self._pending = self._pending[0], self._pending[1:]
        self._say(events, outer)
        self._decide(events, self._pending[1:-1])

    def _decide(self, events: list[Event], content: str) -> None:
        """The pending bracket is complete: a citation, a marker to remove, or text."""
        found = self._ids.resolve(content)
        if found is None or ((self._code or self._pending[0] in _ROUND) and not found.certain):
            self._flush(events)
            return
        ids, unknown = found.ids, found.unknown
        self.dropped += unknown
        self._pending = self._spaces = ""
        self._cut = True
        if ids:
            events.append(Cited(ids))

    def _flush(self, events: list[Event]) -> None:
        """The pending bracket is text."""
        if self._pending:
            text, self._pending = self._pending, ""
            self._say(events, text)

    def _say(self, events: list[Event], text: str) -> None:
        text, self._spaces = self._spaces + text, ""
        if not text:
            return
        if self._cut and text[0].isascii() and text[0].isalnum():
            text = " " + text
        self._cut = False
        events.append(Text(text))


@dataclass(frozen=True, slots=True)
class _Found:
    """What a bracket names: known ids, the number of unknown ones, and whether there are ordinary words beside them."""

    ids: tuple[str, ...]
    unknown: int
    ordinary: bool

    @property
    def certain(self) -> bool:
        """Whether it can be nothing but a citation: opaque known ids alone."""
        return bool(self.ids) and not (self.unknown or self.ordinary or any(each.isdigit() for each in self.ids))


class _Ids:
    """The ids a model was given, and what else looks like one."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = {_fold(each): each for each in known}
        self._opaque = {each for each in self._known if not each.isdigit()}
        self._order = list(self._known)
        self._rank = {each: rank for rank, each in enumerate(self._order)}
        self._shapes = {_shape(each) for each in self._opaque}

    def resolve(self, content: str) -> _Found | None:
        """What a bracket names; None when it is ordinary text."""
        text = _fold(content).strip(" *_\"'“”\\")
        dagger = _DAGGER.fullmatch(text)
        text = dagger[1] if dagger else text
        if not text or (_GROUPED.fullmatch(text) and not all(part in self._known for part in text.split(","))):
            return None
        found: dict[str, None] = {}
        unknown = 0
        ordinary = False
        for part in _SPLIT.split(_join_ranges(_PREFIX.sub("", text).strip())):
            members = self._members(part)
            if members is None and not dagger:
                ordinary = True
                members = [each for each in _WORD.findall(part) if each in self._opaque]
            members = members or ([part] if dagger else [])
            found.update((self._known[each], None) for each in members if each in self._known)
            unknown += sum(each not in self._known for each in members)
        unknown = 0 if ordinary else unknown  # `[k3f7m: p. 4]`
        if ordinary and not any(not each.isdigit() for each in found):
            return None  # `[1 January 2024]` has an id in it only by accident
        return _Found(tuple(found), unknown, ordinary)

    def _members(self, part: str) -> list[str] | None:
        """The ids that one part of a bracket names; None when it is ordinary text."""
        if part in self._known or self._is_marker(part):
            return [part]
        match = _RANGE.fullmatch(part)
        if match is None:
            return None
        first, last = match[1], match[2]
        if first in self._rank and last in self._rank and not first.isdigit():
            low, high = sorted((self._rank[first], self._rank[last]))
            return self._order[low : high + 1]
        if not all(each in self._known or self._is_marker(each) for each in (first, last)):
            return None
        if first.isdigit() and last.isdigit() and 0 <= int(last) - int(first) <= _WIDEST_RANGE:
            return [str(number) for number in range(int(first), int(last) + 1)]
        return [first, last]

    def _is_marker(self, part: str) -> bool:
        if _LOOKS_LIKE_A_MARKER.fullmatch(part):
            return True
        return any(char.isdigit() for char in part) and _shape(part) in self._shapes


def parse(text: str, known: Iterable[str]) -> tuple[list[Event], int]:
    """A whole reply at once: its events, and the number of unknown ids that were removed."""
    parser = MarkerParser(known)
    return merged([*parser.feed(text), *parser.finish()]), parser.dropped


def merged(events: Iterable[Event]) -> list[Event]:
    """The same events with neighbouring texts joined."""
    out: list[Event] = []
    texts: list[str] = []
    for event in events:
        if isinstance(event, Text):
            texts.append(event.text)
            continue
        if texts:
            out.append(Text("".join(texts)))
            texts = []
        out.append(event)
    return [*out, Text("".join(texts))] if texts else out


def _opened(pending: str) -> int:
    """How many square brackets a pending bracket begins with, at most two; one for a round one."""
    return 2 if pending[:1] in _SQUARE and pending[1:2] and pending[1] in _SQUARE else 1


def _join_ranges(text: str) -> str:
    return re.sub(r"\s*([-–—~]|\bto\b|至)\s*", r"\1", text)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _shape(text: str) -> str:
    """``k3f`` and ``m8x`` have the same shape: ``a9a``."""
    return "".join("9" if char.isdigit() else "a" if char.isalpha() else char for char in text)
