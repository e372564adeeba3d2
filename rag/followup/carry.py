"""What a question of a conversation that has a verb of its own takes over: whom it is of, when, and the figure where it says none.

A question that names nobody and asks for no several ones is of whom the question before asked about. One with a subject of
its own (`copper`, `the unemployment rate`) may begin something new: it stays with the company only where that company's
reports speak of it, and no report is about the subject itself.
"""

from __future__ import annotations

import re

from rag.catalogue.question import request as catalogued
from rag.followup.figure import own_times
from rag.followup.frame import Frame, Spot
from rag.followup.marks import COMPARE, DATELESS, OF_WHOM, OPENER, POINTER, SAYS, THINKS, UNDATED
from rag.followup.meant import ASKED_OF, figure_span, kinds
from rag.followup.shelf import Shelf, forms_of, is_of, word_of
from rag.followup.time import moved_on, step_of
from rag.followup.write import AHEAD, STOP, bracketed, with_words
from rag.overview.question import request
from rag.question.rise_fall import says

THINKS_OF = re.compile(r"\bthinks?\b|怎么看|如何看", re.IGNORECASE)
_SEVERAL = re.compile(
    r"\b(?:compan(?:y|ies)|stocks|names|firms|sectors?|industr(?:y|ies)|brokers?|houses|analysts|reports?|notes?|library|documents?|filings?)\b(?!['’]s)"
    r"|哪[些几个只家](?:公司|企业|股票|个股|标的|报告|研报|券商|机构|行业)|所有|全部|个股|各家|行业",
    re.IGNORECASE,
)
_EVERY = re.compile(r"\b(?:reports|notes|documents|filings|everything|library)\b|所有|全部|各份|这些", re.IGNORECASE)
_OF_A_COMPANY = re.compile(r"\btarget|\brating|目标价|评级", re.IGNORECASE)
_ANEW = re.compile(r"^\W*(?:tell me about|talk about|let['’]?s talk about|换个话题|说说|介绍)", re.IGNORECASE)
_OF_ALL = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?(?:who|which)\b(?!\s+of\s+(?:them|the|these|those)\b).*\b(?:most|least|\w{2,12}est)\b|[谁哪].*最[^近新后终初]",
    re.IGNORECASE,
)
_UNCLEAR = re.compile(
    r"\b(?:that|those|these|this|ones|of (?:it|them))\b(?!\s+(?:year|quarter|month|week|day|half|time))", re.IGNORECASE
)
_MANY = re.compile(
    r"\b(?:how\s+(?:much|many|large|big|fast|far|high)|what\s+(?:share|percentage|proportion))\b|多少|多[大高快]|几[个家]|占",
    re.IGNORECASE,
)
_OF_VIEW = re.compile(
    rf"{AHEAD.pattern}|\b(?:recommend|expect|valu|thesis|case|scenario|catalyst|upside)\w*|看好|预期|估值|市盈率|逻辑",
    re.IGNORECASE,
)


def carried(turn: str, old: Frame, shelf: Shelf, pointed: bool) -> str:
    """The question with what it leaves out; unchanged where it stands alone. ``pointed``: a pointer in it is already named."""
    own = shelf.read(turn)
    if own.names and not _things_of(own, old, shelf):
        elsewhere = bool(own.subjects) and not (len(old.firms) == 1 and not _something_else(own, old.firms[0], shelf))
        return _of_somebody(turn, own, old, pointed, elsewhere)
    if _stands_alone(turn, own, old, shelf):
        return turn
    if request(turn):  # a summary is of all of somebody
        return bracketed(turn, old.names or old.subjects)
    if _OF_ALL.search(turn) and not own.subjects:  # who has most is no question on the one before
        start, end = figure_span(old)
        figure = [Spot(start, end, old.text[start:end], "topic")] if end and not own.topics else []
        return bracketed(turn, [*figure, *own_times(own, old)])
    whom = _whom(turn, own, old)
    said = own.topics or own.words or own.subjects or own.changes
    what = [] if said and not _unclear(turn) else _figure(old)
    if not (whom or own.subjects):  # of a thing, which is all that there is to lean on
        rest = what or ([] if old.subjects else old.words)
        what = [*dict.fromkeys((*old.subjects, *rest))]
    step = step_of(turn)
    moved = moved_on(old, step) if step and not own.periods else None
    whole = bracketed(STOP.sub("", OPENER.sub("", turn)) + "?", [*whom, *what, *_times(turn, own, old)])
    return with_words(whole, [moved[1]], own.chinese) if moved else whole


def _of_somebody(turn: str, own: Frame, old: Frame, pointed: bool, elsewhere: bool) -> str:
    """A question that names somebody: a house's figure with the company that it is of, a figure with the time before.

    ``elsewhere``: it is of a subject that the company before has nothing to do with."""
    asks = (
        bool(own.topics or _OF_VIEW.search(turn) or SAYS.search(turn))
        and not own.firms
        and not (elsewhere or own.of_kind("index"))
    )
    firms = old.firms if own.houses and asks and not _SEVERAL.search(turn) else ()
    bare = not (own.topics or own.words or own.subjects)
    what = (
        _figure(old)
        if bare
        and (len(own.firms) > 1 or "比" in turn or (own.houses and not own.firms and not THINKS_OF.search(turn)))
        else []
    )
    times = _times(turn, own, old) if what or (own.topics and (pointed or OPENER.search(turn))) else []
    if own.chinese and firms:
        house = own.houses[-1].text
        turn = turn.replace(house, f"{house}对{'和'.join(spot.text for spot in firms)}", 1)
        firms = ()
    return bracketed(OPENER.sub("", turn), [*firms, *what, *times]) if firms or what or times or pointed else turn


def _stands_alone(turn: str, own: Frame, old: Frame, shelf: Shelf) -> bool:
    """Whether a question that names nobody asks for several ones, for a list of reports, or of something else."""
    if _unclear(turn) and (not own.subjects or re.search(r"\bthan\b", turn)):
        return False
    whom = old.firms or old.houses
    if THINKS.search(turn) and old.firms and not own.subjects:
        return False  # `what do brokers think?`
    if (overview := request(turn)) and not own.subjects:
        return bool(overview.topic) or bool(_EVERY.search(turn)) or not whom
    if _ANEW.search(turn) or catalogued(turn):
        return True
    known = old.of_kind("company") or old.houses
    figures = any(kinds(spot.text) & ASKED_OF for spot in own.topics)
    if _SEVERAL.search(turn) and (figures or own.subjects or ((own.topics or own.words) and known)):
        return True
    if not own.subjects:
        return not whom and len(own.words) > 1 and not OPENER.search(turn)
    if len(whom) != 1:
        return not OPENER.search(turn) or bool(own.topics or own.words)
    if whom[0].kind == "broker":
        return len((*own.subjects, *own.topics, *own.words)) > 1
    return _something_else(own, whom[0], shelf)


def _unclear(turn: str) -> bool:
    return bool(_UNCLEAR.search(OF_WHOM.sub(r"\1", turn)))


def _whom(turn: str, own: Frame, old: Frame) -> list[Spot]:
    """Whom the earlier question asked about; its house only where a house says such things, or nobody else is there."""
    if own.names and own.firms:
        return []
    firms = [*old.firms]
    houses = [*old.houses] if not firms or _OF_VIEW.search(turn) else []
    if firms and own.topics and not any(AHEAD.search(spot.text) or DATELESS.search(spot.text) for spot in own.topics):
        houses = []
    return [spot for spot in old.names if spot in firms or spot in houses]


def _figure(old: Frame) -> list[Spot]:
    start, end = figure_span(old)
    if end:
        return [Spot(start, end, old.text[start:end], "topic")]
    return [*old.subjects, *old.topics, *old.words]


def _times(turn: str, own: Frame, old: Frame) -> list[Spot]:
    """The times that hold for what is newly asked: of quantities and of what rose or fell, not of views and people."""
    if step_of(turn) or UNDATED.search(turn):
        return []
    counts = own.topics or _unclear(turn) or _MANY.search(turn) or says(turn, 1) or says(turn, -1)
    return own_times(own, old) if counts or not (own.words or own.subjects) else []


# ---------------------------------------------------------------- something else


def of_a_sector(turn: str, old: Frame, shelf: Shelf) -> bool:
    """Whether a question is of a subject that a report on no company is titled by, and that the reports of the company
    asked about before say nothing of: `what about copper stocks?` behind a chip maker's sales."""
    own = shelf.read(turn)
    firms = old.of_kind("company")
    if shelf.holds is None or len(firms) != 1 or own.names or not own.subjects or old.subjects:
        return False
    if POINTER.search(turn) or COMPARE.search(turn):
        return False
    of_owner = shelf.reports_of(firms[0].text)
    forms = [form for spot in own.subjects for form in forms_of(spot.text)]
    titled = any(word_of(form).search(r.title) for form in forms for r in shelf.reports if not r.companies)
    return bool(of_owner) and titled and not any(shelf.says(form, of_owner) for form in forms)


def starts_anew(turn: str, own: Frame, old: Frame) -> bool:
    """Whether a question is whole: it asks for views or a list, or compares things of which the one before named none."""
    if own.names and (
        catalogued(turn) or request(turn) or (THINKS.search(turn) and any(s.kind != "broker" for s in own.names))
    ):
        return True
    if (
        len(own.names) < 2
        or not COMPARE.search(turn)
        or POINTER.search(OF_WHOM.sub(r"\1", turn))
        or OPENER.search(turn)
    ):
        return False
    before = {spot.text.lower() for spot in old.names}
    return before.isdisjoint(spot.text.lower() for spot in own.names)


def _something_else(own: Frame, owner: Spot, shelf: Shelf) -> bool:
    """Whether the subject of a question is none that the owner's reports speak of, or one that a report is about."""
    of_company = any(_OF_A_COMPANY.search(spot.text) for spot in own.topics)
    of_owner = shelf.reports_of(owner.text)
    if shelf.holds is None or not of_owner:
        return True
    forms = [forms_of(spot.text) for spot in own.subjects]
    told = [word_of(form) for said in forms for form in said]
    in_own = any(word.search(report.title) for report in of_owner for word in told)
    if not in_own and any(word.search(r.title) for r in shelf.reports if not r.companies for word in told):
        return True
    return not of_company and not all(any(shelf.says(form, of_owner) for form in said) for said in forms)


def _things_of(own: Frame, old: Frame, shelf: Shelf) -> bool:
    """Whether all that a question names are things that the owner's reports speak of, and nobody that a report is of."""
    firms = old.of_kind("company")
    if shelf.holds is None or len(firms) != 1 or any(spot.kind != "name" for spot in own.names):
        return False
    of_owner = shelf.reports_of(firms[0].text)
    for spot in own.names:
        whose = own.text[spot.end :][:2] in ("'s", "’s")
        if whose or any(is_of(report, spot.text) for report in shelf.reports if report not in of_owner):
            return False
        if not shelf.says(spot.text, of_owner):
            return False
    return True
