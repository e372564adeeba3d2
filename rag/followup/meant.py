"""Whom and what the pointers of a follow-up can mean: the company, the house and the figure of the question before.

Where that question asks who (`which bank is the top pick?`), the company and the house are those of its answer. Only names
are taken from an answer; it never becomes evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rag.followup.frame import Frame, Spot
from rag.followup.marks import ASKS, AUX
from rag.followup.shelf import Shelf
from rag.followup.write import ARTICLE
from rag.language.lexicon import expand
from rag.question.rise_fall import beside
from rag.readers.pdf_hyphens import vocabulary
from rag.types import Answer

_ASKS_WHO = re.compile(
    r"^\W*(?:who|which|whose|what (?:company|bank|stock|firm)|(?P<what>what(?:['’]s| is| are) (?:the|a)\b))|谁|哪[家个只些]",
    re.IGNORECASE,
)
_ASKS_HOUSE = re.compile(
    r"^\W*(?:who(?:se)?|(?:which|what) (?:\w+ )?(?:brokers?|houses?|analysts?|firms?|research\w*))\b.*\b(?:rat|recommend|target|think|say|see|expect|forecast|believ|cover|upgrad|downgrad|bull|bear|cautious|optimis|positive|negative)"
    r"|哪[家个](?:券商|机构|投行|研究)|谁.{0,6}(?:认为|给|看|说|预测|评级)",
    re.IGNORECASE,
)
_EVENT = re.compile(
    r"^(?:did|has|have|had)\s+(?P<whom>[^?,]+?)\s+(?P<verb>cut|rise|drop|fall|gain|increase|decrease|decline|raise|jump|slip|slump|upgrade|downgrade|miss|beat|loss|launch|buyback|merge)\s+(?P<what>[^?,]+?)\s*\?*$",
    re.IGNORECASE,
)  # verbs that are nouns, too
_GUIDED = re.compile(
    rf"^\W*(?:what|how much)\s+{AUX}\s+(?P<whom>(?!the\b)[^?,]+?)(?<!['’]s)\s+(?P<verb>guide|forecast|plan|target|promise)\s+(?:for\s+)?(?P<what>[^?,]+?)\s*\?*$",
    re.IGNORECASE,
)
_GUIDES = re.compile(r"\bguide[sd]?\b", re.IGNORECASE)
_DONE = re.compile(
    r"^\W*(?:when|where|why|how)\s+(?:will|would|was|were|is|are|has|have)\s+(?P<what>(?:the|an?)\s[^?,]+?)\s+(?:be\s+|been\s+|being\s+)?\w+(?:ed|wn|lt|en)\b",
    re.IGNORECASE,
)
ASKED_OF = {"metric", "line_item", "rating", "statement"}
_NOUN = {"guide": "guidance", "promise": "promise"}
WHO = re.compile(
    r"^\W*who(?:['’]s|\s+(?:is|was|are|were))\s+(?!\w+ing\b)(?P<whom>[^?,;]{3,80}?)\s*\?*\s*$", re.IGNORECASE
)
_OF = re.compile(r"\s+(?:of|to|on)\s+(?:the\s+)?(?=\w)|的(?=.)")
_SAID = re.compile(r"expect\w*|see[ns]?|给|给出|预计", re.IGNORECASE)  # what a house does, no figure


@dataclass(frozen=True, slots=True)
class Meant:
    """What a question that stands alone was about. ``firm``: the company or thing; ``house``: whose word is asked for;
    ``figure``: the figure or event, without whose it is; ``told``: the firm is of the answer. Empty where there is none,
    or where there are several of a kind."""

    firm: str = ""
    house: str = ""
    figure: str = ""
    told: bool = False


def meant_by(old: Frame, shelf: Shelf, asks: bool, opines: bool = False) -> Meant:
    """What pointers behind a question can mean. ``asks``: look at what it was answered with, where that may say whom;
    ``opines``: or whose report it was, as the pointer thinks or rates."""
    firm, house = (found[0].text if len(found) == 1 else "" for found in (old.firms, old.houses))
    told = False
    if (asked := WHO.match(old.text)) and not old.chinese and " and " not in asked["whom"]:
        firm = asked["whom"]
    elif shelf.recall and asks and not old.of_kind("company") and _asks_who(old):
        named = _answered(shelf.recall(old.text), old.text, shelf)
        firm, told = named or firm, bool(named)
    if shelf.recall and asks and not old.houses and (opines or _ASKS_HOUSE.search(old.text)):
        said = {citation.report.broker for citation in shelf.recall(old.text).citations}
        house = said.pop() or "" if len(said) == 1 else ""
    thing = "" if old.names or (_asks_who(old) and not old.chinese) else _thing(old)
    return Meant(firm or thing, house, _figure(old), told)


def _asks_who(old: Frame) -> bool:
    """Whether a question asks for somebody: `which bank`, `what is the dark horse`, but not `what is the price`."""
    match = _ASKS_WHO.search(old.text)
    return match is not None and not (match["what"] and figure_span(old)[1] and old.subjects)


def _thing(old: Frame) -> str:
    """What a question that names nobody is of: its only subject; in Chinese, the one that it begins with."""
    if not old.chinese:
        of = of_which(old, old)
        return old.subjects[0].text if len(old.subjects) == 1 else of.text if of else ""
    first = next((spot for spot in old.subjects if spot.start == 0), None)
    return old.text[: run_behind(first.end, (*old.subjects, *old.words))] if first else ""


def _answered(answer: Answer, before: str, shelf: Shelf) -> str:
    """Whom an answer names that the question does not: in what it quotes, else in the heading over its first place."""
    quoted = [found for citation in answer.citations if (found := _who(citation.quote, before, shelf))]
    if quoted or not answer.citations:
        return quoted[0] if len(set(quoted)) == 1 else ""
    first = next((item for item in answer.evidence if item.passage.id == answer.citations[0].passage_id), None)
    heading = (first.passage.section or ("",))[-1] if first else ""
    if not first or not heading or _who(heading, before, shelf) != heading:
        return ""
    named = re.compile(rf"\b{re.escape(heading.split()[0])}['’]s\b|[a-z,] {re.escape(heading.split()[0])}\b")
    told = (item.passage.text for item in answer.evidence if item.report.id == first.report.id)
    return heading if any(map(named.search, told)) else ""


def _who(text: str, before: str, shelf: Shelf) -> str:
    """The first company or unknown name of a text that the question does not say; empty for none."""
    spots = shelf.read(f"of {text}").names  # so that its first word is read as any other
    names = [spot.text for spot in spots if spot.kind in ("company", "name") and spot.text[:1].isupper()]
    known = (name for name in names if not (name.isalpha() and name.lower() in vocabulary()))
    return next((name for name in known if name.lower() not in before.lower()), "")


def _figure(old: Frame) -> str:
    """The figure or event that a question asks for, in its words, without whose it is: `share of prescriptions`."""
    if event := _EVENT.match(old.text):
        return f"{ARTICLE.sub('', event['what'])} {event['verb'].lower()}"
    if guided := _GUIDED.match(old.text):
        verb = guided["verb"].lower()
        return f"{_NOUN.get(verb, verb)} for {guided['what']}"
    start, end = figure_span(old)
    if (done := _DONE.match(old.text)) and not any(kinds(spot.text) & ASKED_OF for spot in old.topics):
        return ARTICLE.sub("", done["what"])
    return f"{old.text[start:end]} guidance" if end and _GUIDES.search(old.text) else old.text[start:end]


def figure_span(old: Frame) -> tuple[int, int]:
    """Where the figure of a question stands, with what it is of: `cargo revenue`, `share of US prescriptions`; (0, 0) for none."""
    topics = [spot for spot in old.topics if not _SAID.fullmatch(spot.text)]
    topics = [spot for spot in topics if beside(spot.text)] or topics
    if not topics:
        return 0, 0
    spots = (*old.subjects, *old.words, *topics)
    start, end = run_before(topics[0].start, spots), run_behind(topics[0].end, topics)
    while joint := _OF.match(old.text, end):
        behind = next((spot for spot in spots if spot.start == joint.end()), None)
        if behind is None:
            break
        end = run_behind(behind.end, spots)
    return start, end


def run_before(start: int, spots: Sequence[Spot]) -> int:
    """Where the words begin that stand right in front of character ``start``, each beside the next."""
    for spot in sorted(spots, key=lambda each: -each.start):
        if 0 <= start - spot.end <= 1:
            start = spot.start
    return start


def run_behind(end: int, spots: Sequence[Spot]) -> int:
    """Where the words end that stand right behind character ``end``, each beside the next."""
    for spot in sorted(spots, key=lambda each: each.start):
        if 0 <= spot.start - end <= 1:
            end = spot.end
    return end


def kinds(text: str) -> set[str]:
    """What a text is by the lexicon: product, place, macro, metric, ..."""
    return {found.kind for found in expand(text)}


def is_place(spot: Spot) -> bool:
    """Whether a piece of a question is a place."""
    return "place" in kinds(spot.text)


def alike(new: Sequence[Spot], old: Frame) -> list[Spot]:
    """The subjects of a question that are of the kind of a new one: a place for a place."""
    of = set[str]().union(*(kinds(spot.text) for spot in new))
    return [spot for spot in old.subjects if kinds(spot.text) & of]


def acts(spot: Spot, before: str) -> bool:
    """Whether a thing is what a question with `did` or `is` is of, and not only the first word of it: `Wegovy sell`."""
    if before[spot.end :][:2] in ("'s", "’s") or (spot.start == 0 and not ASKS.search(before)):
        return True
    if spot.text[:1].isupper() and re.search(r"\bof\s+(?:the\s+)?$", before[: spot.start], re.IGNORECASE):
        return True
    lead = re.search(rf"\b{AUX}\s+(?:the\s+)?$", before[: spot.start], re.IGNORECASE)
    verb = re.match(r"(?:['’]s)?\s+[a-z]+|\W*$", before[spot.end :])
    return bool(lead and verb) and (
        spot.text[:1].isupper() or bool(re.search(r"\b(?:did|does)\s+(?:the\s+)?$", before[: spot.start]))
    )


def of_which(own: Frame, old: Frame) -> Spot | None:
    """The thing that a question is of: what stands behind `did` or `is`, else the only subject of one that names nobody."""
    things = [*(spot for spot in old.names if spot.kind in ("name", "index")), *old.subjects]
    things += [spot for spot in (*old.topics, *old.words) if not kinds(spot.text) & ASKED_OF]
    acting = [spot for spot in things if acts(spot, old.text)]
    if not acting and not old.firms and old.subjects:
        first, last = old.subjects[0], old.subjects[-1]
        run = all(0 <= b.start - a.end <= 1 for a, b in zip(old.subjects, old.subjects[1:], strict=False))
        return Spot(first.start, last.end, old.text[first.start : last.end], "subject") if run else None
    return acting[0] if acting else None
