"""A model's reply as it streams: brackets read, sentences told apart, each one checked as soon as it is complete."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from rag.answer.citations import slot
from rag.language import analysis
from rag.language.sentences import sentences
from rag.llm.check import SLOT, Said, check
from rag.llm.markers import Cited, Event, MarkerParser
from rag.llm.plain import plain, visible
from rag.llm.prompt import NO_ANSWER, NOT_COVERED
from rag.llm.thoughts import Thoughts, is_chatter
from rag.types import Evidence

_AHEAD = 32  # characters after a stop that decide whether it ends a sentence
_OFTEN = 8  # a sentence is looked for again when it has grown by an eighth: the time stays linear in its length
_BULLET = re.compile(r"\s*(?:[-*•·]|\d{1,2}[.)、])\s+")
_HEADING = re.compile(r"\s*(?:#{1,6}\s|\*\*[^*\n]{1,120}\*\*\s*[:：]?\s*$)")
_FENCE = re.compile(r"\s*(?:```|~~~|---+\s*$|\*\*\*+\s*$)")
_STOPPED = re.compile("[.!?。！？;；…][\"'”’」)\\]*_\\s]*$")
_DENIAL = re.compile(
    r"\b(?:passages?|reports?|sources?|excerpts?|evidence|information|context|documents?)\b[^.\n]{0,60}\b(?:do|does|did|is|are|was)\s?(?:not|n['’]t)\b"
    r"|\b(?:not|no|n['’]t)\b[^.\n]{0,40}\b(?:mention(?:ed|s)?|provide[ds]?|contain(?:ed|s)?|found|stated?|disclosed?|available|information|covered|specified)\b"
    r"|\b(?:cannot|can['’]t|unable to)\b[^.\n]{0,20}\b(?:answer|determine|find|say)\b"
    r"|(?:未|没有|无法|并未|不)[^。\n]{0,12}(?:提及|提到|提供|披露|包含|说明|涉及|找到|回答|确定|给出|涵盖)|无相关|没有相关",
    re.IGNORECASE,
)
# A list of sources that nobody asked for; every sentence has its own.
_SOURCES = re.compile(
    r"[\s*_#>-]*(?:sources?|references?|citations?|bibliography|cited (?:sources|passages)|来源|资料来源|参考(?:资料|文献)|引用(?:来源)?)[\s*_]*(?:[:：](?P<rest>.*))?$",
    re.IGNORECASE | re.DOTALL,
)
_LONGEST_NOTE = 200
_FEW = 8  # words of a line that is a heading when a list follows


@dataclass(slots=True)
class _Line:
    """The line that is being read: its text without markers, and (place, ids) of each marker in it."""

    text: str = ""
    cites: list[tuple[int, tuple[str, ...]]] = field(default_factory=list)
    begin: int | None = None  # where its words begin, behind a bullet
    done: int = 0  # characters that have become sentences
    used: int = 0  # markers that belong to those
    looked: int = 0  # characters there were when sentences were last looked for


class Reader:
    """``feed`` chunks, then ``finish``; ``said`` grows. However a reply is cut into chunks, ``said`` ends the same.

    ``missing``: what the reply says the passages do not cover. ``dropped``: unknown ids. ``refused``: it has no answer.
    """

    def __init__(self, ids: Mapping[str, Evidence]) -> None:
        self._ids = ids
        self._thinking = Thoughts()
        self._begin()

    def _begin(self) -> None:
        """Nothing has been read: at first, and when what came turns out to have been thoughts."""
        self._parser = MarkerParser(self._ids)
        self._line = _Line()
        self._held = ""  # words that belong to the next sentence: a lead-in, or the beginning of a wrapped line
        self._held_lead = ""
        self._rows: list[str] = []  # a table being read
        self._cells: list[Evidence] = []
        self._lead = ""
        self._no_answer = False
        self._over = False  # a list of sources follows
        self.raw = ""
        self.said: list[Said] = []
        self.missing: list[str] = []

    @property
    def dropped(self) -> int:
        """Ids in brackets that were never given to the model."""
        return self._parser.dropped

    @property
    def refused(self) -> bool:
        """Whether the reply says that there is no answer, and says nothing else that it cites."""
        cited = any(said.draft.evidence for said in self.said)
        return not cited and (self._no_answer or (bool(self.missing) and not self.said))

    def feed(self, chunk: str) -> None:
        """Read on; complete sentences are checked and added to ``said``."""
        words, were_thoughts = self._thinking.without(visible(chunk))
        if were_thoughts:
            self._begin()
        self.raw += words
        self._take(self._parser.feed(words))
        self._early()

    def finish(self, *, cut: bool = False) -> None:
        """The reply has ended; ``cut``: in the middle, so that an unfinished last sentence is left out."""
        self._take(self._parser.feed(self._thinking.rest()))
        self._take(self._parser.finish())
        if cut:
            self._drop_unfinished()
        self._end_line()
        self._end_table()
        self._flush()

    def _drop_unfinished(self) -> None:
        """Leave out the last sentence of a reply that was cut, unless it is complete."""
        spans = self._spans()
        if spans and not _STOPPED.search(self._line.text[spans[-1][0] : spans[-1][1]]):
            self._line.text = self._line.text[: spans[-1][0]]
        self._held = ""

    def _take(self, events: list[Event]) -> None:
        for event in events:
            if isinstance(event, Cited):
                self._line.cites.append((len(self._line.text), event.ids))
                continue
            *whole, rest = event.text.split("\n")
            for part in whole:
                self._line.text += part
                self._end_line()
            self._line.text += rest

    def _early(self) -> None:
        """Sentences of the unfinished line that nothing to come can change."""
        line = self._line
        size = len(line.text)
        if self._over or size - line.done <= _AHEAD or size - line.looked < (size - line.done) // _OFTEN:
            return
        line.looked = size
        if _structured(line.text):
            return
        self._end_table()
        for start, end in self._spans():
            if end + _AHEAD <= len(line.text):
                self._sentence(start, end)

    def _spans(self) -> list[tuple[int, int]]:
        """The sentences of the line that were not taken yet."""
        line = self._line
        if line.begin is None:
            bullet = _BULLET.match(line.text)
            line.begin = line.done = bullet.end() if bullet else 0
            if bullet and not self._is_lead_in():
                self._flush(before_list=True)
                self._lead = "\n- "
        return sentences(line.text, line.done)

    def _end_line(self) -> None:
        line, bare = self._line, self._line.text.strip()
        sources = _SOURCES.match(bare)
        self._over = self._over or (sources is not None and not (sources["rest"] or "").strip(" *_,;，；、."))
        if self._over or (sources and not line.done):
            pass
        elif line.text[line.done :].strip():
            if bare.startswith("|"):
                self._held = "" if self._is_lead_in() else self._held
                self._rows.append(self._slotted(0, len(line.text), len(line.text), self._cells))
            elif not (_FENCE.match(line.text) or (not line.done and self._special(bare))):
                self._end_table()
                spans = self._spans()
                for index, (start, end) in enumerate(spans):
                    self._sentence(start, end, hold=index == len(spans) - 1)
        elif line.cites and not bare and (self.said or self._held):
            self._late([self._ids[name] for _, ids in line.cites for name in ids])
        elif not bare:
            self._end_table()
            if not self._is_lead_in():
                self._flush()
        self._line = _Line()
        self._lead = "\n"

    def _special(self, bare: str) -> bool:
        """Lines that are no statement: a refusal, what is not covered, a heading."""
        words = bare.strip("*_`#\"'. 。-").upper()
        if words == NO_ANSWER:
            self._no_answer = True
        elif words.startswith((NOT_COVERED, f"{NO_ANSWER}:")):
            self._no_answer = self._no_answer or words.startswith(NO_ANSWER)
            self._miss(bare.split(":", 1)[1])
        else:
            return bool(_HEADING.match(bare) and not self._line.cites)
        return True

    def _sentence(self, start: int, end: int, *, hold: bool = False) -> None:
        """One sentence of the line is complete; an unfinished last one of a line may go on in the next."""
        line = self._line
        after = line.text[end:]
        cited: list[Evidence] = []
        text = self._slotted(start, end, end + len(after) - len(after.lstrip()), cited)
        line.done = end
        if not cited and is_chatter(text):
            return
        if hold and not cited and not _STOPPED.search(text):
            self._hold(text.strip())
            return
        if self._held:
            text, self._held, self._lead = f"{self._held}{text}", "", self._held_lead
        self._emit(text, cited)

    def _hold(self, text: str) -> None:
        if not self._held:
            self._held_lead = self._lead
        gap = "" if analysis.language(text) == "zh" else " "
        self._held = f"{self._held}{text}{gap}"

    def _is_lead_in(self) -> bool:
        return self._held.rstrip().endswith((":", "："))

    def _flush(self, *, before_list: bool = False) -> None:
        """What was held stands alone after all; a short line before a list is its heading."""
        text, self._held = self._held.strip(), ""
        if text and not (before_list and len(text.split()) <= _FEW and not any(map(str.isdigit, text))):
            lead, self._lead = self._lead, self._held_lead
            self._emit(text, [])
            self._lead = lead

    def _slotted(self, start: int, end: int, reach: int, cited: list[Evidence]) -> str:
        """Characters of the line with a slot for each id up to ``reach``, those behind the end included; fills ``cited``."""
        line = self._line
        out, at = [], start
        while line.used < len(line.cites) and line.cites[line.used][0] <= reach:
            place, ids = line.cites[line.used]
            line.used += 1
            place = min(max(place, start), end)
            out.append(line.text[at:place])
            at = place
            for name in ids:
                out.append(slot(len(cited)))
                cited.append(self._ids[name])
        return "".join([*out, line.text[at:end]])

    def _late(self, cited: list[Evidence]) -> None:
        """Ids that stand without words belong to the sentence before, which may still be held."""
        if self._held:
            text, self._held, self._lead = self._held.rstrip(), "", self._held_lead
            self._emit(text, cited)
            return
        last = self.said.pop()
        draft = check(last.draft.text, [*last.draft.evidence, *cited])
        self.said.append(Said(draft or last.draft, last.lead))

    def _end_table(self) -> None:
        rows, cells = self._rows, self._cells
        self._rows, self._cells = [], []
        if rows:
            self._flush()
            self._lead = "\n\n"
            self._emit("\n".join(rows), cells)
            self._lead = "\n\n"

    def _emit(self, text: str, cited: list[Evidence]) -> None:
        if not cited and _DENIAL.search(text):
            self._miss(text)
            return
        if cited and self.said and not any(map(str.isalnum, SLOT.sub("", text))):
            self._late(cited)
            return
        draft = check(text, cited)
        if draft is not None:
            self.said.append(Said(draft, self._lead if self.said else self._lead.lstrip("\n")))
            self._lead = "" if analysis.language(text) == "zh" else " "

    def _miss(self, text: str) -> None:
        words = " ".join(plain(SLOT.sub("", text)).split())[:_LONGEST_NOTE]
        if words:
            self.missing.append(words)


def _structured(text: str) -> bool:
    """Lines that are read as a whole: table rows, headings, what is not covered."""
    bare = text.lstrip(" *_#-`")
    return (
        text.lstrip().startswith(("|", "#"))
        or _SOURCES.match(text) is not None
        or bare.upper().startswith((NOT_COVERED, NO_ANSWER))
    )
