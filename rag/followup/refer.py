"""Whom and what the pronouns of a follow-up mean: the company and the house of the question before, or of what it was
answered with, and the figure or the event that it asked for.

`Which bank is the top pick?` `How fast are its loans growing?` is of the bank that was the answer. Only names are taken
from an answer; it never becomes evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.followup.listed import Recall
from rag.followup.marks import AGAIN, ASKS, AUX, COMPARE, DATELESS, FORMER, IT, OPENER, OWNER
from rag.followup.part import run_before
from rag.followup.parts import Parts, Spot, parts_of
from rag.followup.points import what_rose
from rag.followup.text import ARTICLE, STOP, agreeing, elliptic, placed, upper
from rag.language.analysis import language
from rag.question.rise_fall import beside
from rag.readers.pdf_hyphens import vocabulary
from rag.types import Answer, Report

_ASKS_WHO = re.compile(
    r"^\W*(?:who|which|whose|what (?:company|bank|stock|firm)|what(?:['’]s| is| are) (?:the|a)\b)|谁|哪[家个只些]",
    re.IGNORECASE,
)
_ASKS_HOUSE = re.compile(
    r"^\W*(?:who(?:se)?|(?:which|what) (?:\w+ )?(?:brokers?|houses?|analysts?|firms?|research\w*))\b.*\b(?:rat|recommend|target|think|say|see|expect|forecast|believ|cover|upgrad|downgrad|bull|bear|cautious|optimis|positive|negative)"
    r"|哪[家个](?:券商|机构|投行|研究)|谁.{0,6}(?:认为|给|看|说|预测|评级)",
    re.IGNORECASE,
)  # fmt: skip
_THEY = re.compile(r"\b(?:they|them)\b", re.IGNORECASE)
_OF_A_HOUSE = re.compile(
    r"\b(?:targets?|ratings?|views?|forecasts?|estimates?|stance|reasons?|arguments?|bull|bear|scenarios?|assumptions?)\b",
    re.IGNORECASE,
)
_HOUSE_DOES = re.compile(
    r"\b(?:they|them)\s+(?:\w+ly\s+|also\s+)?(?:like|recommend|prefer|say|said|think|thought|argue|write|rate|raise|cut|lift|lower|upgrade|downgrade|expect|forecast|see|set|value|model|assume|believe|give|advise|warn|call|stay|keep|change)",
    re.IGNORECASE,
)
_FIRM = re.compile(r"\bthe (?:company|firm|bank|group|issuer|miner|maker)\b(?!['’]| of\b)|该公司", re.IGNORECASE)
_THAT = re.compile(
    r"\b(?:that|this)\b(?=\s*(?:[?,.]|$)|\s+(?:is|was|has|had|will|can|could|would|should|may|might|last|hold|continue|persist|change|mean|happen|come|go|"
    r"on|in|at|for|from|by|due|\w+ed|based|driven|sustainable|spent|came|comes|made|above|below|up|down|because|imply|mostly|mainly)\b)",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"^(?:did|has|have|had)\s+(?P<whom>[^?,]+?)\s+(?P<verb>cut|rise|drop|fall|gain|increase|decrease|decline|raise|jump|slip|slump|upgrade|downgrade|miss|beat|loss|launch|buyback|merge)\s+(?P<what>[^?,]+?)\s*\?*$",
    re.IGNORECASE,
)  # verbs that are nouns, too
_GUIDED = re.compile(
    rf"^\W*(?:what|how much)\s+{AUX}\s+(?P<whom>[^?,]+?)(?<!['’]s)\s+(?P<verb>guide|forecast|plan|target|promise)\s+(?:for\s+)?(?P<what>[^?,]+?)\s*\?*$",
    re.IGNORECASE,
)
_NOUN = {"guide": "guidance", "promise": "promise"}
MOST_ZH = 8  # characters of a name
_ZH_IT = re.compile(r"它们?(?P<of>的)?|该公司")
_IT = re.compile(r"\bit\b(?!['’])", re.IGNORECASE)
_BEATS = re.compile(
    r"\b(?:beat|beaten|miss|missed|meet|met|reach|reached|raise|raised|cut|lower|lowered|lift|lifted|change|changed|keep|kept|achieve)\s+it\b",
    re.IGNORECASE,
)
_TIMELESS = re.compile(r"\b(?:last|can|could|will|would|sustain\w*|continue|think|expect|believe)\b", re.IGNORECASE)
_DONE_WITH = re.compile(
    r"\b(?:is|was|are|were)\s+it\s+(?:\w+ly\s+)?(?:spent|due|for|about|worth|made|put|driven|caused|blamed|explained|helped|hurt|held|lifted|boosted)\b",
    re.IGNORECASE,
)
_OF = re.compile(r"\s+(?:of|to|on)\s+(?:the\s+)?(?=\w)")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a question that stands alone was about. ``firm``: the company or thing, ``house``: whose word is asked for,
    ``thing``: the figure or event, without its owner; each empty where there is none."""

    firm: str
    house: str
    thing: str


def referred(question: str, before: str, reports: Sequence[Report], recall: Recall | None, today: date | None) -> str:
    """The question with whom and what its pronouns mean; unchanged where they are clear or nothing is known.

    ``before``: the question in front, which stands alone.
    """
    own, old = parts_of(question, reports, today), parts_of(before, reports, today)
    if language(question) == "zh":
        return _of_lead(question, before, own, old)
    if COMPARE.search(question) or AGAIN.search(question) or FORMER.fullmatch(question):
        return question
    frame = frame_of(before, old, reports, recall if _points(question) else None)
    made = _of_house(question, own, frame)
    made = _of_firm(made, own, old, frame)
    made = _of_thing(made, question, old, frame)
    return made if made == question else upper(made)


def _of_lead(question: str, before: str, own: Parts, old: Parts) -> str:
    """A Chinese question with what the one before begins with in the place of 它, where that names nobody that is known."""
    match = _ZH_IT.search(question)
    spots = sorted((*old.words, *old.subjects), key=lambda spot: spot.start)
    if match is None or own.names or old.names or language(before) != "zh" or not spots or spots[0].start:
        return question
    end = spots[0].end
    for spot in spots[1:]:
        end = spot.end if spot.start == end else end
    if not 2 <= end <= MOST_ZH:
        return question
    return OPENER.sub("", f"{question[: match.start()]}{before[:end]}{match['of'] or ''}{question[match.end() :]}")


def _points(question: str) -> bool:
    return bool(IT.search(question) or OWNER.search(question) or _THEY.search(question))


def frame_of(before: str, old: Parts, reports: Sequence[Report], recall: Recall | None) -> Frame:
    """What a question was about; ``recall``: what it was answered with, where that may say whom it asked for."""
    firms = [spot.text for spot in old.names if spot.kind == "company"] or [
        spot.text for spot in old.names if spot.kind == "name"
    ]
    houses = [spot.text for spot in old.names if spot.kind == "broker"]
    firm, house = (found[0] if len(found) == 1 else "" for found in (firms, houses))
    if recall and not any(spot.kind == "company" for spot in old.names) and _ASKS_WHO.search(before):
        firm = _answered(recall(before), before, reports) or firm
    if recall and not houses and _ASKS_HOUSE.search(before):
        said = {citation.report.broker for citation in recall(before).citations}
        house = said.pop() or "" if len(said) == 1 else ""
    return Frame(firm, house, _thing(before, old))


def _answered(answer: Answer, before: str, reports: Sequence[Report]) -> str:
    """Whom an answer names that the question does not: in what it quotes, else in the heading over its first place."""
    quoted = [found for citation in answer.citations if (found := _who(citation.quote, before, reports))]
    if quoted or not answer.citations:
        return quoted[0] if len(set(quoted)) == 1 else ""
    first = next((item for item in answer.evidence if item.passage.id == answer.citations[0].passage_id), None)
    heading = (first.passage.section or ("",))[-1] if first else ""
    if not first or not heading or _who(heading, before, reports) != heading:
        return ""
    named = re.compile(rf"\b{re.escape(heading.split()[0])}['’]s\b|[a-z,] {re.escape(heading.split()[0])}\b")
    told = (item.passage.text for item in answer.evidence if item.report.id == first.report.id)
    return heading if any(map(named.search, told)) else ""


def _who(text: str, before: str, reports: Sequence[Report]) -> str:
    """The first company or unknown name of a text that the question does not say; empty for none."""
    spots = parts_of(f"of {text}", reports).names  # so that its first word is read as any other
    names = [spot.text for spot in spots if spot.kind in ("company", "name") and spot.text[:1].isupper()]
    return next(
        (n for n in names if n.lower() not in before.lower() and not (n.isalpha() and n.lower() in vocabulary())), ""
    )


def _of_house(question: str, own: Parts, frame: Frame) -> str:
    """`What is their target?` of a house, for the company asked about; `why did they raise it?`."""
    if not frame.house or any(spot.kind == "broker" for spot in own.names):
        return question
    if (their := OWNER.search(question)) and _OF_A_HOUSE.search(question):
        made = f"{question[: their.start()]}{frame.house}'s{question[their.end() :]}"
        names = (
            frame.firm and not any(spot.kind in ("company", "name") for spot in own.names) and not _IT.search(question)
        )
        return f"{STOP.sub('', made)} for {frame.firm}?" if names else made
    if (they := _THEY.search(question)) and _HOUSE_DOES.search(question):
        return f"{agreeing(question[: they.start()], they[0])}{frame.house}{question[they.end() :]}"
    return question


def _of_firm(question: str, own: Parts, old: Parts, frame: Frame) -> str:
    """The question with whom the answer named in the place of `its`, `they`, `the company`, `it`."""
    new = frame.firm and (frame.house or not any(spot.text == frame.firm for spot in old.names))
    if not new or any(spot.kind != "broker" for spot in own.names) or frame.firm in question:
        return question
    if what_rose(question, own, old) != question:
        return question  # the figure, not whose it is: `why was it cut?`
    does = frame.thing and (frame.house in question if frame.house else False) and _BEATS.search(question)
    for pattern in (OWNER, _THEY, _FIRM, *(() if does else (_IT,))):
        if match := pattern.search(question):
            mark = "'s" if pattern is OWNER else ""
            rest = question[match.end() :].strip(" ?.")
            if mark and not ASKS.search(question) and len(OPENER.sub("", question[: match.start()]).strip()) == 0:
                return elliptic(rest, Spot(0, 0, frame.firm, "company"), [], False)
            return f"{agreeing(question[: match.start()], match[0])}{frame.firm}{mark}{question[match.end() :]}"
    return question


def _of_thing(made: str, question: str, old: Parts, frame: Frame) -> str:
    """The question with the figure or event that `that` means, or `it` where somebody else is named: `did they beat it?`."""
    beats = _BEATS.search(made) or _DONE_WITH.search(made)
    match = _THAT.search(made) or (beats and _IT.search(made))
    if (
        not match
        or not frame.thing
        or re.search(r"\bthan\b", made, re.IGNORECASE)
        or what_rose(made, parts_of(made), old) != made
    ):
        return made
    left = [spot.text for spot in (*old.subjects, *old.words) if spot.text not in f"{frame.thing} {frame.firm}"]
    if left and not beats and frame.thing in {spot.text for spot in old.topics}:
        return made  # the figure alone is not all that was asked about
    they = _THEY.search(made)
    if they and frame.firm:
        made = f"{agreeing(made[: they.start()], they[0])}{frame.firm}{made[they.end() :]}"
        match = _THAT.search(made) or _IT.search(made)
    if match is None:
        return made
    owner = frame.house if DATELESS.search(frame.thing) and frame.house in made else frame.firm or frame.house
    head = made[: match.start()]
    whose = "its " if owner and owner in head else f"{owner}'s " if owner else "the "
    of = f" for {frame.firm}" if owner == frame.house and frame.firm and frame.firm not in made else ""
    one = len(old.periods) == 1 and not _TIMELESS.search(question) and old.periods[0].text not in frame.thing
    when = f" {placed(old.periods[0])}" if one and old.periods[0].period else ""
    return f"{head}{whose}{frame.thing}{of}{when}{made[match.end() :]}"


def _thing(before: str, old: Parts) -> str:
    """The figure or event that a question asks for, in its words, without whose it is: `share of prescriptions`."""
    if event := _EVENT.match(before):
        return f"{ARTICLE.sub('', event['what'])} {event['verb'].lower()}"
    if guided := _GUIDED.match(before):
        verb = guided["verb"].lower()
        return f"{_NOUN.get(verb, verb)} for {guided['what']}"
    topics = [spot for spot in old.topics if beside(spot.text)] or [*old.topics]
    if not topics:
        return ""
    spots = (*old.subjects, *old.words, *topics)
    start, end = run_before(topics[0].start, spots), topics[0].end
    while joint := _OF.match(before, end):
        behind = next((spot for spot in spots if spot.start == joint.end()), None)
        if behind is None:
            break
        end = behind.end
    return before[start:end]
