"""Follow-up questions: completed from the earlier ones before anything is searched. History never becomes evidence.

Rules only: a question that leans on the one before takes over what it leaves out (name, period, what is asked), and is
written as a question that can stand alone. A question with a subject of its own is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from rag.catalogue.question import request as catalogued
from rag.followup.again import another_way, like_for_like, plainly, put_right, told_further
from rag.followup.growth import of_each, of_growth, of_share, of_split
from rag.followup.listed import Recall, of_report, with_item
from rag.followup.marks import (
    AGAIN,
    ASKS,
    COMPARE,
    FORMER,
    IT,
    OF_WHOM,
    OPENER,
    OWNER,
    POINTER,
    SHARES,
    THAT_TIME,
    THINKS,
    WHY,
    asked_plainly,
    core,
)
from rag.followup.owner import Holds, kept, of_a_sector
from rag.followup.pair import both, on_it, with_unit
from rag.followup.part import about, of_part
from rag.followup.parts import Parts, parts_of
from rag.followup.points import (
    alike,
    at_broker,
    bound,
    of_its_own,
    on_the_shares,
    owned,
    what_rose,
    whom,
)
from rag.followup.refer import referred
from rag.followup.sides import set_beside, with_nth
from rag.followup.text import swapped, upper, with_words
from rag.followup.time import step_of
from rag.followup.write import because, compared, earlier_value, in_time, moved, nth, with_topic
from rag.language.analysis import language
from rag.overview.question import request
from rag.question.aspects import GENERAL
from rag.types import Report

_EVERY = re.compile(r"\b(?:reports|notes|documents|filings|everything|library)\b|所有|全部|各份|这些", re.IGNORECASE)
_WORD = re.compile(r"\w")
MOST = 8  # earlier questions looked at
_OF_ITS_OWN = re.compile(
    r"\b(?:think|thinks|thought|views?|opinions?|stances?|takes?|say|says|said)\s+(?:of|on|about)\s+(?!(?:it|that|this|them|these|those)\b)\S",
    re.IGNORECASE,
)


def is_follow_up(question: str, reports: Sequence[Report] = ()) -> bool:
    """Whether a question leans on what was asked before: it opens like one, points back, or has no subject of its own."""
    return _leans(question, parts_of(core(question), reports))


def resolve(
    question: str,
    history: Sequence[str],
    reports: Sequence[Report] = (),
    today: date | None = None,
    holds: Holds | None = None,
    recall: Recall | None = None,
) -> str:
    """The question as one that can stand alone; unchanged when it is one already. Signs alone (`?!`) ask the last one again.

    ``history``: the earlier questions as they were asked, oldest first. ``reports``: those of the library, so that their
    companies and brokers are known as names. ``today``: from when `last week` counts in an earlier question.
    ``holds``: which words stand in a report, by which a change of the subject is known. ``recall``: what an earlier
    question was answered with, asked only where `the second one` of a list or `they` of a report is meant.
    """
    if not history:
        return question
    day = today or date.today()
    turns = [*history[-MOST:], question]
    turns = [turn for turn in turns if _WORD.search(turn)] or turns
    whole = turns[0]
    when = parts_of(whole, reports, day).periods
    wholes = [whole]
    for turn in turns[1:]:
        if beside := put_right(turn, wholes, reports, day) or set_beside(turn, wholes, reports, day):
            whole = beside
            wholes.append(whole)
            continue
        turn = plainly(asked_plainly(turn), reports, day)
        turn = with_item(with_nth(turn, wholes, reports, day), wholes, reports, recall)
        turn = referred(of_report(turn, whole, reports, recall), whole, reports, recall, day)
        if other := about(core(turn), wholes, reports):
            whole = other
            wholes.append(whole)
            continue
        if step_of(turn) and when and not parts_of(whole, reports, day).periods:
            whole = with_words(whole, [when[-1].text], language(whole) == "zh")  # of a time that was named further back
        named = both(turn, wholes, reports, day)
        if of_a_sector(turn, whole, reports, holds):
            whole = turn
        elif named == turn:
            whole = kept(_completed(turn, whole, reports, day), whole, reports, holds)
        else:
            whole = in_time(named, parts_of(named, reports, day), parts_of(whole, reports, day))
        wholes.append(whole)
        if FORMER.fullmatch(turn) and turn is not turns[-1]:
            whole = wholes[-2]  # `and Foo?` behind `what was it before?` asks for what holds now
        when = parts_of(whole, reports, day).periods or when
    return question if whole == question else upper(whole)


def _leans(question: str, own: Parts) -> bool:
    if AGAIN.search(question) or WHY.search(question) or FORMER.fullmatch(question) or step_of(question):
        return True
    says = own.topics or own.words or own.changes
    if own.names:
        if (
            request(question)
            or catalogued(question)
            or (THINKS.search(question) and any(spot.kind != "broker" for spot in own.names))
        ):
            return False
        points = IT.search(question) or OWNER.search(question) or SHARES.search(question)
        if points and all(spot.kind == "broker" for spot in own.names):
            return True  # `what target price does Foo Securities have on it?`
        if not says and _OF_ITS_OWN.search(question) and len((*own.names, *own.subjects)) > 1:
            return False  # `what is Foo's view on India`: whose view, and of what
        return not says or bool(COMPARE.search(question) and POINTER.search(OF_WHOM.sub(r"\1", question)))
    if (POINTER.search(question) and not bound(question, own)) or OPENER.search(question):
        return True
    if own.subjects:  # a bare one asks nothing by itself: `Mexico?`
        return not (own.topics or own.words or own.changes or ASKS.search(question))
    if not own.words:
        return True
    return len(own.words) + len(own.topics) <= 2 and not (len(own.words) > 1 and ASKS.match(question.strip()))


def _completed(question: str, before: str, reports: Sequence[Report], today: date) -> str:
    """A question completed from the one before it, which stands alone."""
    old = parts_of(before, reports, today)
    if other := _of_the_figure(question, before, old):
        return other
    if old.periods:
        question = THAT_TIME.sub(lambda match: _of_then(match, old), question)
    question = with_unit(whom(question, before), old)
    question = on_it(question, parts_of(core(question), reports, today), old)
    question = on_the_shares(question, parts_of(core(question), reports, today), old)
    question = what_rose(question, parts_of(core(question), reports, today), old)
    own = owned(question, parts_of(core(question), reports, today), old)
    if _sets_out(question, own, old) or of_its_own(question, own, old):
        return question
    if asks_of_all(question) and not (own.names or own.topics):
        return _of_all(question, old)
    if part := like_for_like(core(question), before, own, old) or _part(question, before, own, old):
        return part
    if not _leans(question, own):
        alone = in_time(question, own, old) if OPENER.search(question) else question
        return at_broker(question, own, old) or alone
    return _leaning(question, before, own, old)


def _of_the_figure(question: str, before: str, old: Parts) -> str:
    """The question before for the growth, the share or the split of its figure, or with another question word; else empty."""
    growth = of_growth(question, before, old) or of_share(question, before, old)
    split = growth or of_split(question, before, old) or of_each(question, before, old)
    return split or another_way(question, before, old) or told_further(question, before)


def _of_then(match: re.Match[str], old: Parts) -> str:
    """The time that `that quarter` means, where it stands behind `of`; nothing elsewhere, as it goes along anyhow."""
    period = old.periods[-1].period
    return f" of {period.surface.strip()}" if match["of"] and period else ""


def _part(question: str, before: str, own: Parts, old: Parts) -> str:
    """The question before for a part alone, where the follow-up only names one; a thing takes the place of one of its kind."""
    again = AGAIN.search(question) or FORMER.fullmatch(question) or step_of(question)
    if again or (own.subjects and (old.subjects or alike(own.subjects, old))):
        return ""
    return of_part(core(question), before, own, old)


def _leaning(question: str, before: str, own: Parts, old: Parts) -> str:
    """A question that leans on the one before, completed."""
    said = core(question)
    if AGAIN.search(question):
        return before
    if WHY.search(question):
        return because(question, before)
    if former := earlier_value(question, old, before):
        return former
    if COMPARE.search(question):
        return compared(question, before, own, old)
    one = nth(question, old)
    if one is not None and not own.topics:
        return swapped(before, [(spot, one.text if spot is old.names[0] else "") for spot in old.names])
    return moved(question, said, before, own, old) or with_topic(question, said, before, own, old)


def _of_all(question: str, old: Parts) -> str:
    """A question for all of something with whom it is of, and nothing that was asked of it; of every report as it is."""
    spots = () if _EVERY.search(question) else old.names or old.subjects
    return with_words(question, [spot.text for spot in spots], language(question) == "zh") if spots else question


def asks_of_all(question: str) -> bool:
    """Whether a question asks how all of something stands: a summary, how it is doing, whether to buy it."""
    whole = request(question)
    return (whole is not None and not whole.topic) or any(aspect.asked.search(question) for aspect in GENERAL)


def _sets_out(question: str, own: Parts, old: Parts) -> bool:
    """Whether a question compares things of which the one before named none: it starts anew."""
    if len(own.names) < 2 or not COMPARE.search(question) or POINTER.search(question) or OPENER.search(question):
        return False
    before = {spot.text.lower() for spot in old.names}
    return before.isdisjoint(spot.text.lower() for spot in own.names)
