"""The library that a conversation is held over: it reads questions, and knows what is said of whom."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rag.followup.frame import Frame, Spot, frame_of
from rag.language import analysis, lexicon
from rag.types import Answer, Report

MOST_ZH = 8  # characters of a name that no list knows
Holds = Callable[[str, frozenset[str]], frozenset[str]]  # (report id, terms) -> those of the terms that stand in it
Recall = Callable[[str], Answer]  # a question that stands alone -> what it was answered with


@dataclass(frozen=True, slots=True)
class Shelf:
    """What a conversation is held over. ``reports``: those of the library; ``today``: from when `last week` counts;
    ``holds``: which words stand in a report; ``recall``: what a question was answered with; None where not known."""

    reports: Sequence[Report] = ()
    today: date | None = None
    holds: Holds | None = None
    recall: Recall | None = None

    def read(self, question: str) -> Frame:
        """A question by its pieces."""
        return frame_of(question, self.reports, self.today)

    def whole(self, question: str) -> Frame:
        """A question that stands alone; one in Chinese that names nobody is of what it begins with, if no list knows it."""
        read = self.read(question)
        lead = [spot for spot in read.words if spot.start == 0]
        if read.names or not read.chinese or not lead:
            return read
        name = lead[0]
        for spot in sorted((*read.words, *read.subjects), key=lambda spot: spot.start):
            name = Spot(0, spot.end, question[: spot.end], "name") if spot.start == name.end else name
        if not 2 <= len(name.text) <= MOST_ZH:
            return read
        words = tuple(spot for spot in read.words if spot.start >= name.end)
        return replace(read, names=(replace(name, kind="name"),), words=words)

    def reports_of(self, name: str) -> list[Report]:
        """The reports of a company or house."""
        return [report for report in self.reports if is_of(report, name)]

    def says(self, form: str, reports: Sequence[Report]) -> bool:
        """Whether one of the reports has all words of a name in it."""
        holds, terms = self.holds, frozenset(analysis.terms(form))
        return holds is not None and bool(terms) and any(len(holds(r.id, terms)) == len(terms) for r in reports)


def word_of(name: str) -> re.Pattern[str]:
    """A pattern for a name as a word of its own."""
    return re.compile(rf"(?<![a-z]){re.escape(name)}(?![a-z])" if name.isascii() else re.escape(name), re.IGNORECASE)


def is_of(report: Report, name: str) -> bool:
    """Whether a report is of a company or house of this name, by its title, its file or what is known of it."""
    said = [word_of(each) for each in re.split(r"\s*[(（)）]", name) if each]  # `Dongli (东篱证券)`
    known = (*report.companies, report.title, report.stem, report.broker or "")
    return any(word.search(each.replace("_", " ")) for word in said for each in known)


def forms_of(text: str) -> tuple[str, ...]:
    """A word with what it is called elsewhere."""
    return (text, *(other for found in lexicon.expand(text) for other in found.others))
