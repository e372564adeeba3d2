"""The turns of a transcript: who spoke which passages, what office they hold, and which question they answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.readers.speakers import Person, person_in, speaker_of
from rag.types import Passage

LEAST = 4  # turns, or lines of those who take part, that make a transcript
SPREAD = 40  # passages for each of them, at the most: in a filing such lines are few
_OUTSIDE = ("analyst", "operator", "moderator")


@dataclass(frozen=True, slots=True)
class Turn:
    """One passage of a transcript. ``start``: where the words begin, behind the name; ``asks``: it puts a question.

    ``answers``: position of the passage with the question that it answers, -1 for none.
    """

    passage: Passage
    speaker: str
    start: int
    asks: bool
    answers: int = -1


@dataclass(frozen=True, slots=True)
class Talk:
    """``people``: those that it lists, with the passage that does."""

    turns: tuple[Turn, ...]
    people: tuple[tuple[Person, Passage], ...] = ()

    def role_of(self, speaker: str) -> str:
        """The office of a speaker, lower case; empty where none is listed."""
        return next((person.role.lower() for person, _ in self.people if person.name == speaker), "")


def talk_of(passages: Sequence[Passage]) -> Talk | None:
    """A report's passages as turns, in order; None for a report that is no transcript."""
    people: list[tuple[Person, Passage]] = []
    turns: list[Turn] = []
    opens: Counter[str] = Counter()
    speaker, asked = "", -1
    for passage in passages:
        if listed := person_in(passage.text):
            people.append((listed, passage))
            speaker = listed.name
            continue
        opened = speaker_of(passage.text)
        before, speaker = speaker, opened[0] if opened else speaker
        opens.update([speaker] if opened else [])
        if not speaker:
            continue
        asks = passage.text.rstrip(' "”’)').endswith(("?", "？"))
        if asks:
            asked = len(turns)
        elif asked >= 0 and speaker != before and turns[asked].speaker == speaker:
            asked = -1  # the one who asked goes on with something else
        elif speaker in ("Operator", "Moderator"):
            asked = -1
        turns.append(Turn(passage, speaker, opened[1] if opened else 0, asks, -1 if asks else asked))
    if (
        not turns
        or (len(people) < LEAST and not _is_talk(opens))
        or len(passages) > SPREAD * (opens.total() + len(people))
    ):
        return None
    return Talk(tuple(turns), tuple(people))


def _is_talk(opens: Counter[str]) -> bool:
    """Whether those who open passages speak in turn: labels (`Outlook: …`, `风险: …`) open one each, or are all the same."""
    return opens.total() >= LEAST and len(opens) > 1 and max(opens.values()) > 1


def is_outside(talk: Talk, speaker: str) -> bool:
    """Whether a speaker is none of the company: an analyst, or who leads through the call."""
    return speaker.lower() in _OUTSIDE or any(word in talk.role_of(speaker) for word in _OUTSIDE)
