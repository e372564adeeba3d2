"""Follow-up questions: completed from the earlier ones before anything is searched. History never becomes evidence.

Rules only. The earlier question and the new one are read into the same frame: whom it is of, which things, what is asked,
when (``frame``). Then, in this order:

- the same again, put right, or arithmetic on what was asked (``again``, ``sides``, ``figure``): written out at once;
- pointers (`its`, `that`, `the second one`) become what they mean (``listed``, ``point``);
- a few words that only name something take the place of their kind in the earlier question (``swap``);
- a question with a verb of its own takes over whom and when it leaves out, or stands alone (``carry``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rag.followup.again import agreeing_house, asked_again, put_right
from rag.followup.carry import carried, of_a_sector, starts_anew
from rag.followup.figure import of_the_figure
from rag.followup.frame import Frame
from rag.followup.house import its_forecast, with_houses
from rag.followup.listed import by_name
from rag.followup.marks import FORMER, OPENER, asked_plainly
from rag.followup.point import figured, of_then, pointed
from rag.followup.shelf import Holds, Recall, Shelf
from rag.followup.sides import compared, set_beside
from rag.followup.swap import in_place
from rag.followup.time import step_of, with_year
from rag.followup.write import swapped, upper, with_unit, with_words
from rag.question.turn import Turn
from rag.types import Report

_WORD = re.compile(r"\w")
_FIRST = re.compile(
    r"(?P<zhof>[^,，?？]{1,12}呢)[,，?？]\s*(?P<zhasks>\S.+)|(?P<of>(?:and |so )?(?:what|how) about [^,?]{2,30})[,?]\s*(?P<asks>\S.+)",
    re.IGNORECASE,
)
_PROBE = "What was Qorvath's EPS in 2024?"  # a question that others may lean on
MOST = 8  # earlier questions looked at


def is_follow_up(question: str, reports: Sequence[Report] = ()) -> bool:
    """Whether a question leans on what was asked before: it opens like one, points back, or has no subject of its own."""
    return resolve(question, [_PROBE], reports) != question


def resolve(
    question: str,
    history: Sequence[str],
    reports: Sequence[Report] = (),
    today: date | None = None,
    holds: Holds | None = None,
    recall: Recall | None = None,
) -> str:
    """The question as one that can stand alone, as ``completed`` does it."""
    return completed(question, history, reports, today, holds, recall)[0]


def completed(
    question: str,
    history: Sequence[str],
    reports: Sequence[Report] = (),
    today: date | None = None,
    holds: Holds | None = None,
    recall: Recall | None = None,
) -> tuple[str, Turn | None]:
    """The question as one that can stand alone, and the follow-up it was completed from; unchanged when it is one already.

    Signs alone (`?!`) ask the last one again.

    ``history``: the earlier questions as they were asked, oldest first. ``reports``: those of the library, so that their
    companies and brokers are known as names. ``today``: from when `last week` counts in an earlier question.
    ``holds``: which words stand in a report, by which a change of the subject is known. ``recall``: what an earlier
    question was answered with, asked only where `the second one` of a list or `they` of a report is meant.
    """
    if not history:
        return question, None
    shelf = Shelf(reports, today or date.today(), holds, recall)
    turns = [*history[-MOST:], question]
    turns = [piece for turn in turns if _WORD.search(turn) for piece in _in_turn(turn)] or turns
    wholes = [shelf.whole(turns[0])]
    leans: Turn | None = None
    for turn in turns[1:]:
        made = _completed(turn, wholes, shelf)
        made = made if made == turn else _with_years(made, wholes[-1], shelf)
        leans = Turn(wholes[-1].text, turn) if made != turn else None
        wholes.append(shelf.whole(made))
        if FORMER.fullmatch(turn) and turn is not turns[-1]:
            wholes.append(wholes[-2])  # `and Foo?` behind `what was it before?` asks for what holds now
    return (question, None) if wholes[-1].text == question else (upper(wholes[-1].text), leans)


def _in_turn(turn: str) -> tuple[str, ...]:
    """A follow-up that first says of what it is as two: 六氟呢,涨了多少? as 六氟呢? and 涨了多少?"""
    match = _FIRST.fullmatch(turn.strip())
    return (f"{match['of'] or match['zhof']}?", match["asks"] or match["zhasks"]) if match else (turn,)


def _completed(turn: str, wholes: Sequence[Frame], shelf: Shelf) -> str:
    """A question completed from those before it, each of which stands alone."""
    old = wholes[-1]
    if made := put_right(turn, wholes, shelf) or set_beside(turn, wholes, shelf):
        return made
    turn = agreeing_house(with_houses(asked_plainly(turn), wholes, shelf), shelf)
    if made := asked_again(turn, old) or of_the_figure(turn, old) or its_forecast(turn, old, shelf):
        return made
    if step_of(turn):
        old = _dated(old, wholes, shelf)
    turn = with_unit(turn, old)
    if of_a_sector(turn, old, shelf):
        return turn
    if starts_anew(OPENER.sub("", turn), shelf.read(turn), old):
        return pointed(turn, old, shelf)
    turn = of_then(turn, old)
    named = by_name(turn, wholes, shelf)
    if named == turn and (made := compared(turn, old, shelf)):
        return made
    if (made := figured(named, old, shelf)) != named:
        made = pointed(made, old, shelf)
        return made if shelf.read(made).firms or not old.firms else carried(made, old, shelf, True)
    if named == turn and (made := in_place(turn, [*wholes[:-1], old], shelf)):
        return made
    named = named if named != turn else pointed(turn, old, shelf)
    made = carried(named, old, shelf, named != turn)
    return made if made == turn or made.endswith(("?", "？", ".")) else f"{made}?"


def _with_years(made: str, old: Frame, shelf: Shelf) -> str:
    """A completed question with the year that was asked about where it names a quarter, half or month of none."""
    own = shelf.read(made)
    years = [(spot, with_year(spot.text, old.periods, own.chinese)) for spot in own.periods]
    return swapped(made, years) if len(years) == 1 else made


def _dated(old: Frame, wholes: Sequence[Frame], shelf: Shelf) -> Frame:
    """The last question of the time that was named further back, where it names none itself."""
    when = next((frame.periods[-1].text for frame in reversed(wholes) if frame.periods), "")
    return old if old.periods or not when else shelf.read(with_words(old.text, [when], old.chinese))
