"""What a question compares, told from the words it compares with: what a sentence of a side has to hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from rag.compare.asked.side import COMPARE, Side
from rag.language import analysis
from rag.language.words import terms_of
from rag.question.concepts import Asked
from rag.question.coverage import covered
from rag.question.rise_fall import direction
from rag.types import Report

SIDE_WORDS = frozenset(
    "filing filings 10-q 10-qs 10-k 10-ks recent most compare comparison versus vs differ difference apart both each respectively two three change changed gap broker brokers analyst "
    "analysts house houses report reports note notes company companies higher lower more less larger smaller wider than agree disagree give gives "
    "gave forecast forecasts estimate estimates expect expects expected estimated predicted projected say says see sees "
    "contrast contrasts rank ranks ranking tabulate table show display put puts set lay line stack stacks up beside alongside next juxtapose "
    "measure measures weigh benchmark deviate diverge divergence distance exceed exceeds exceeded surpass surpasses outstrip outpace ahead behind above "
    "below against beat beats bigger biggest largest greater greatest highest lowest smallest faster slower narrower better worse move moves moved "
    "movement shift shifted evolve evolved develop developed development revise revised revises revision adjust adjusted alter trend progress among "
    "side sides either view views stand stance later earlier latest previous new newer old older first second initiation original bullish bearish optimistic pessimistic judging whose match separate set out "
    "times cautious conservative aggressive upbeat constructive one ones figure figures number numbers value values please year years actual actually published disclosed set piece pieces quarter quarters quarterly annual annually yearly monthly weekly daily week weeks month months regard fare".split()
)
_SIDE_CHINESE = re.compile(
    r"(?:对比|比较|相比|差异|不同|区别|分别|各自?|变化|差距|券商|机构|[两几三]?家|[两三]?[份篇]|报告|研报|公司|预[测计期]|给予?|认为|更|高|低|何|有|什么|多少"
    r"|怎样|如何|谁|哪|是|和|与|及|对|的|在|从|到|间|之|变动|一致|分歧|放在|放|把|请|列出|并列|一起|看看|看法|中|里|同|就|而言|来看|实际|公布|披露|相差|差|多|少|大|小|快|慢|排名|排序|调整|修正|孰|还)+"
)
_OF_A_TIME = re.compile(
    r"\b(?:end|beginning|start|close)\s+of\s+(?:the\s+)?(?:(?:fiscal|financial|calendar)\s+)?(?:year|quarter|month|half|first|second|third|fourth|FY|Q|\d|(?:Jan|Febr)uary|March|April|May|June|July|August|(?:Septem|Octo|Novem|Decem)ber)",
    re.IGNORECASE,
)
# How well something did, whatever it did: `which was stronger`, 谁的业绩更好.
_EVALUATES = re.compile(
    r"(?:strong|weak|rich|poor|tight|loose|healthi|heavi|light|deep|shallow|steep|safe|high|low|soft|firm|clos|near|quick|fast|hard|gloomi|bright)(?:e?r|e?st)"
    r"|good|bad|best|worst|perform\w*|well|result|results|更?[好差强弱优劣稳]|业绩|表现|情况|状况|走势|盈亏|怎么?样|如何",
    re.IGNORECASE,
)
# That a forecast is asked for is heard by the tense of the statement.
OUTLOOK = re.compile(
    r"outlooks?|guidance|forecasts?|estimates?|expectations?|projections?|预[测期计]|指引|展望", re.IGNORECASE
)
_PLACED = re.compile(r"\b(?:in|from|within|at|among)\s+(?:the\s+|its\s+|their\s+)?$", re.IGNORECASE)
# `Cloud switching at Foo and Bar: whose sales …`
_TOPIC = re.compile(
    r"(?!(?:what|which|who|whose|how|did|does|do|is|are|was|were|between|compare|show|rank|give|list)\b)((?:[\w&-]+ ){0,3}[\w&-]+) (?:at|of|for)\b(?=.*[:,])",
    re.IGNORECASE,
)
_RIGHT_BEFORE = re.compile(r"\s*(?:(?!(?:to|on|in|of|for|by|the|and|or)\b)[a-z-]+\s+)?|的?")
_RIGHT_BEHIND = re.compile(r"\s+(?:from|of|in|for|by|on|at|with)\s+(?:[\w'’&-]+\s+){0,3}")


@dataclass(frozen=True, slots=True)
class Aspect:
    """One thing that is compared. ``label``: as a column head; ``question``: words of the question that ask for others
    are left out of it by ``without``. ``metric``: it wants a figure."""

    label: str
    forms: tuple[str, ...] = ()
    metric: bool = False
    without: tuple[str, ...] = ()


def of_asking(words: str) -> bool:
    """Whether words only ask for a comparison, and nothing that a statement would say."""
    small = words.lower()
    return small in SIDE_WORDS or bool(_SIDE_CHINESE.fullmatch(words) or _EVALUATES.fullmatch(small))


def wanted_of(concepts: Sequence[Asked], side: Side, report: Report, metric: Collection[str] = ()) -> list[Asked]:
    """What a sentence must hold: without the words of comparing, and what the report itself is known by: its
    names, and terms of its title where anything else is asked for.

    ``metric``: the forms of what is compared, which stay even where the title has them.
    """
    called = side.name if side.period is None and side.kind != "segment" else ""
    names = [name for name in (report.broker, *report.companies, called) if name]
    own = terms_of(" ".join([report.title, *report.tickers, *names]))
    kept: list[Asked] = []
    titled: list[Asked] = []
    for concept in concepts:
        if of_asking(concept.surface):
            continue
        if concept.kind == "period" and side.kind == "report" and concept.surface == side.name:
            continue
        if concept.kind in ("name", "word", "term") and concept.surface.lower() not in metric:
            if covered(concept, own) == 1.0:
                if concept.kind == "term" and covered(concept, terms_of(" ".join(names))) < 1.0:
                    titled.append(concept)
                continue
            if concept.kind == "word" and not concept.surface.isascii():
                concept = _bare(concept, names)
        if concept.surface:
            kept.append(concept)
    return kept if any(each.kind not in ("name", "period") for each in kept) else [*titled, *kept]


def counts(concept: Asked, question: str, aspect: Aspect) -> bool:
    """Whether a piece of a question is a part of what is compared, and not of how it is asked.

    Where a metric is compared that is itself, the words right beside it (`robot revenue`, `revenue from robots`), and
    where (`in robots`).
    """
    if concept.kind not in ("word", "term"):
        return True
    if (
        COMPARE.fullmatch(concept.surface)
        or (aspect.metric and OUTLOOK.fullmatch(concept.surface))
        or (aspect.metric and direction(concept.surface))
    ):
        return False
    if concept.surface.lower() in ("end", "beginning", "start", "close") and _OF_A_TIME.search(question):
        return False
    if concept.kind == "term" or not aspect.metric or not aspect.label:
        return True
    metric = question.lower().find(aspect.label.lower())
    word = question.lower().find(concept.surface.lower())
    if metric < 0 or word < 0 or _PLACED.search(question, max(0, word - 16), word):
        return True
    topic = _TOPIC.match(question)
    if topic and topic.end() <= metric and word + len(concept.surface) <= topic.end(1):
        return True
    if word < metric:
        return bool(_RIGHT_BEFORE.fullmatch(question[word + len(concept.surface) : metric]))
    between = question[metric + len(aspect.label) : word]
    return concept.surface.isascii() and bool(_RIGHT_BEHIND.fullmatch(between))


def _bare(concept: Asked, names: Sequence[str]) -> Asked:
    """A run of Chinese without the names and the words of comparing in it; an empty surface where nothing is left."""
    rest = concept.surface
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(name, " ")
    rest = max(_SIDE_CHINESE.sub(" ", rest).split(), key=len, default="")
    if len(rest) < 2 or any(rest in name for name in names):
        return replace(concept, surface="")
    if rest == concept.surface:
        return concept
    return replace(concept, surface=rest, forms=(tuple(analysis.terms(rest)),))
