"""Questions that ask two things in two clauses: each is searched and judged on its own, so that one does not hide the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from rag.answer.judge import Judgement, judge
from rag.answer.wanted import titled_by
from rag.followup.complete import is_follow_up, resolve
from rag.followup.frame import frame_of
from rag.language.analysis import terms
from rag.language.embeddings import Encoder
from rag.llm.planted_hits import heard
from rag.question.idle import without_unit
from rag.question.reference import told_once
from rag.question.turn import Turn
from rag.reports.names import has_cjk
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Hits, Index, search
from rag.types import Report

MOST = 3  # clauses
NEAR = 1  # pages between the answers to two clauses on one thing
_ASKS = r"(?:by )?(?:how|what|which|who|whom|whose|when|where|why)\b"
_YES_NO = r"(?:do|does|did|is|are|was|were|has|have|had|will|can)\b"
_SEAM = re.compile(
    rf"(?:[,;]\s*(?:and|but|while)|\s(?:and|but|while)|[;?])\s+(?:also\s+|then\s+)?(?=(?:in|for|at|from|on) (?:which|what)\b|{_ASKS}|{_YES_NO})",
    re.IGNORECASE,
)
_ASKING = re.compile(rf"\b{_ASKS}|^\s*{_YES_NO}", re.IGNORECASE)
_ASKING_ZH = re.compile(r"多少|什么|哪|谁|何时|为何|如何|怎么|怎样|是否|几(?:个|家|条|年|倍|名|座)|多[大高久快]")
_SEAM_ZH = re.compile(r"[,，;；?？]\s*(?:以及|并且|同时|那么|而且|另外|又|还)?")
_COMPARES = re.compile(
    r"\b(?:compar\w*|versus|vs\.?|differ\w*|apart|than|respectively|both|each of the two)\b|对比|比较|相比|差异|不同|分别",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"gr[eo]w\w*|chang\w*|ris\w*|rose|increas\w*|fall\w*|fell|declin\w*|forecasts?|expects?|estimates?|guid\w+|增长|增速|变化|下降|上升",
    re.IGNORECASE,
)
MOST_LISTED = 8  # things in a row behind a colon
_LONG_THING = 4  # words of one of them
# `Tell me everything about Alder: rating, market share and dividend`.
_ROW = re.compile(
    r"(?P<name>(?:(?:please |can you |could you )?(?:tell|give|show|list|get)(?: me| us)?\b|everything\b|all\b|what\b|for\b|on\b|about\b|请|告诉我|关于|介绍|列出).{1,80}?)\s*[:：]\s*(?P<row>[^:：]+?)[\s?？.。]*",
    re.IGNORECASE,
)
_THINGS_OF = re.compile(
    r"(?:what\s+(?:is|are|was|were)|give\s+me|tell\s+me|show\s+me)\s+(?:(?:the\s+)?(?P<name>(?:[\w&.-]+\s+){0,3}?[\w&.-]+)['’]s?\s+(?P<row>.+?)|the\s+(?P<row2>.+?)\s+(?:of|for)\s+(?P<name2>[^,]+?))[\s?.]*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:[,;、，；]\s*(?:and\s+|以及|和)?|\s+and\s+|以及|(?<=[\u4e00-\u9fff])[和及])\s*")
_ARTICLE = re.compile(r"^(?:its|the|their)\s+", re.IGNORECASE)
_OF_NAME = re.compile(
    r"^(?:please |can you |could you )?(?:tell|give|show|list|get)?\s*(?:me|us)?\s*(?:everything|all|what|the following|the facts|the key figures|a summary|an overview|data)?\s*(?:that\s+)?(?:(?:you|we)\s+(?:know|have))?\s*(?:there\s+is)?\s*(?:about|on|for|of)?\s+|^(?:请|告诉我|给我|列出|介绍)*(?:一下)?(?:关于)?|的(?:所有|全部|以下)?(?:信息|情况|内容|数据)$",
    re.IGNORECASE,
)
MOST_TITLED = 12  # reports on one sector that are searched on their own
BARE = 1  # words beside names and times up to which a clause says too little of what it asks for
_SHORT = 3  # words that a clause must have


def clauses(question: str, reports: Sequence[Report] = ()) -> tuple[str, ...]:
    """The questions in a question, each so that it can stand alone; empty where it is only one, or sets things side by side."""
    if _COMPARES.search(question):
        return ()
    if listed := _listed(question):
        return listed
    pieces = _pieces(question)
    if not 2 <= len(pieces) <= MOST:
        return ()
    whole: list[str] = [pieces[0]]
    for piece in pieces[1:]:
        whole.append(_carried(resolve(piece, [whole[-1]], reports), whole[0], reports))
    return tuple(whole) if len(set(whole)) == len(whole) else ()


def _listed(question: str) -> tuple[str, ...]:
    """A question for each of the things that stand in a row behind a colon: `everything on Alder: rating, dividend`."""
    match = _ROW.fullmatch(question.strip())
    if match is None or _ASKING.search(match["row"]) or _ASKING_ZH.search(match["row"]):
        return ()
    chinese = has_cjk(match["row"])
    name = _OF_NAME.sub("", match["name"]).strip()
    things = _things(match["row"], 2)
    return tuple(f"{name}的{thing}是什么?" if chinese else f"What is the {thing} of {name}?" for thing in things)


def in_a_row(question: str) -> tuple[str, ...]:
    """A question for each of three or more things that one asks for at once: `What are Alder's sales, margin and tax rate?`."""
    match = _THINGS_OF.fullmatch(question.strip())
    if match is None or _COMPARES.search(question):
        return ()
    name = (match["name"] or match["name2"]).strip()
    return tuple(f"What is the {thing} of {name}?" for thing in _things(match["row"] or match["row2"], 3))


def _things(row: str, least: int) -> list[str]:
    """The things in a row, without their articles; empty where they are fewer, too many, or no names of things."""
    things = [thing for part in _BETWEEN.split(row) if (thing := _ARTICLE.sub("", part.strip()))]
    named = least <= len(things) <= MOST_LISTED and all(len(thing.split()) <= _LONG_THING for thing in things)
    return things if named else []


def _carried(clause: str, first: str, reports: Sequence[Report]) -> str:
    """A later clause with the company, the thing asked for and the time of the first, as far as it has none of its own."""
    own, old = frame_of(clause, reports), frame_of(first, reports)
    more: list[str] = []
    if not any(spot.kind in ("company", "name", "index") for spot in own.names):
        more += [spot.text for spot in old.names if spot.kind in ("company", "name", "index")]
    topics = [spot for spot in own.topics if not _CHANGE.fullmatch(spot.text)]
    bare = not topics and not own.subjects and len(own.words) <= BARE
    if bare:
        more += [spot.text for spot in old.topics]
    if not own.periods:
        more += [spot.period.surface if spot.period else spot.text for spot in old.periods]
    more = [text.strip() for text in dict.fromkeys(more) if text.strip().lower() not in clause.lower()]
    if not more:
        return clause
    joint = "、" if _ASKING_ZH.search(clause) else ", "
    return f"{clause.rstrip('?？')} ({joint.join(more)})?"


def _pieces(question: str) -> list[str]:
    """The clauses that ask something, as they are written; what stands before the first of them goes with it."""
    if _ASKING_ZH.search(question):
        parts = [part.strip() for part in _SEAM_ZH.split(question) if part.strip()]
        asking = [bool(_ASKING_ZH.search(part)) for part in parts]
        joint = ","
    else:
        parts = [part.strip(" ,;?") for part in _SEAM.split(question)]
        asking = [bool(_ASKING.search(part)) and len(part.split()) >= _SHORT for part in parts]
        joint = " and "
    out: list[str] = []
    held = ""
    for part, asks in zip(parts, asking, strict=True):
        text = f"{held}{joint}{part}" if held else part
        held = "" if asks else text
        if asks:
            out.append(f"{text.rstrip('?？。')}?")
    if held and out:
        out[-1] = f"{out[-1][:-1]}{joint}{held.rstrip('?？。')}?"
    return out


Told = tuple[Hits, Judgement]
"""What is found for a clause, and whether that answers."""


def judged(
    index: Index,
    encoder: Encoder,
    question: str,
    *,
    limit: int,
    scope: frozenset[str] | None = None,
    turn: Turn | None = None,
) -> tuple[Hits, Hits, Judgement]:
    """What is found for a question, the same without words to a language model, and whether that answers.

    Each clause is searched and judged apart where there are several. ``turn``: the follow-up it was completed from; clauses are read without it.
    """
    question = without_unit(told_once(question, lambda name: _is_held(index, name)))
    raw = _on_topic(index, encoder, question, search(index, encoder, question, limit=limit, scope=scope), scope)
    hits = heard(raw, question)
    whole = judge(index, question, hits, turn)
    parts = clauses(question, [*index.reports().values()]) if not whole.facts else ()
    if not parts and not (whole.answerable or whole.facts):
        parts = in_a_row(question)
    if not parts:
        return raw, hits, whole

    def told(part: str) -> Told:
        own = heard(search(index, encoder, part, limit=limit, scope=scope), part)
        return own, judge(index, part, own)

    found = _as_written(question, parts, told)
    verdicts = tuple(verdict for _, verdict in found)
    if not verdicts[0].answerable:  # what leans on a question without an answer has none either
        leans = [is_follow_up(piece) for piece in _pieces(question)]
        leans = leans if len(leans) == len(verdicts) else [False] * len(verdicts)  # of things in a row, none leans
        verdicts = tuple(
            replace(verdict, answerable=verdict.answerable and not leaning)
            for verdict, leaning in zip(verdicts, leans, strict=True)
        )
    if not any(verdict.answerable for verdict in verdicts) or _strays(verdicts):
        return raw, hits, whole
    return raw, _merged([own for own, _ in found], hits), _together(whole, verdicts)


def _as_written(question: str, parts: Sequence[str], told: Callable[[str], Told]) -> list[Told]:
    """What each clause is told; one that is surer as it is written, in the report of the first, is asked so.

    What it was given of the first clause may be no matter of its own: `why did chips fall? how far is the Dow down?`
    """
    found = [told(part) for part in parts]
    pieces, first = _pieces(question), found[0][1]
    if len(pieces) != len(found) or not (first.answerable and first.statements):
        return found
    for at, (piece, part) in enumerate(zip(pieces, parts, strict=True)):
        if not at or piece == part or is_follow_up(piece):
            continue
        carried, bare = found[at][1], told(piece)
        surer = bare[1].answerable and not (carried.answerable and carried.score >= bare[1].score)
        there = bare[1].statements[0].evidence.report.id if bare[1].statements else ""
        if surer and there == first.statements[0].evidence.report.id:
            found[at] = bare
    return found


def _strays(verdicts: Sequence[Judgement]) -> bool:
    """Whether the clauses of a Chinese question are answered at different places of one long report, or only some are.

    Their words are few and stand everywhere in it; a second clause goes on with the thing of the first.
    """
    firsts = [verdict.statements[0] for verdict in verdicts if verdict.answerable and verdict.statements]
    if not any(
        first.evidence.report.passages > SHORT_REPORT and first.evidence.passage.language == "zh" for first in firsts
    ):
        return False
    pages = [first.evidence.passage.page or 0 for first in firsts]
    return len(firsts) < len(verdicts) or max(pages) - min(pages) > NEAR


def _is_held(index: Index, name: str) -> bool:
    """Whether some passage of the library has every word of a name."""
    own = frozenset(terms(name))
    counts = index.document_frequency(own)
    return bool(own) and all(counts.get(term, 0) for term in own)


def _on_topic(index: Index, encoder: Encoder, question: str, hits: Hits, scope: frozenset[str] | None) -> Hits:
    """The evidence, and behind it what the reports say that are titled by the sector which the question is about.

    A weekly on a metal need not name the metal in each of its lines.
    """
    titled = frozenset(id_ for id_ in titled_by(index, question) if scope is None or id_ in scope)
    if not titled or len(titled) > MOST_TITLED:
        return hits
    more = search(index, encoder, question, limit=len(hits.evidence), scope=titled)
    known = {item.passage.id for item in hits.evidence}
    rows = [i for i, item in enumerate(more.evidence) if item.passage.id not in known]
    return replace(
        hits,
        evidence=(*hits.evidence, *(more.evidence[i] for i in rows)),
        cover=(*hits.cover, *(more.cover[i] for i in rows)),
        own=(*hits.own, *(more.own[i] for i in rows)),
    )


def _together(whole: Judgement, parts: tuple[Judgement, ...]) -> Judgement:
    """One verdict of several: answerable when one part is; what the others lack is missing."""
    missing = tuple(dict.fromkeys(piece for part in parts for piece in part.missing))
    best = max(part.score for part in parts if part.answerable)
    return replace(whole, answerable=True, score=best, missing=missing, parts=parts, section=(), arguable=True)


def _merged(found: Sequence[Hits], whole: Hits) -> Hits:
    """The evidence of all parts, the best of each first, in turn; what only the whole question brought comes last."""
    queues = [list(hits.evidence) for hits in found]
    turns = [queue[turn] for turn in range(max(map(len, queues))) for queue in queues if turn < len(queue)]
    evidence = list({item.passage.id: item for item in reversed((*turns, *whole.evidence))}.values())[::-1]
    cover = {item.passage.id: (row, own) for item, row, own in zip(whole.evidence, whole.cover, whole.own, strict=True)}
    nothing = ((0.0,) * len(whole.concepts),) * 2
    rows = [cover.get(item.passage.id, nothing) for item in evidence]
    return replace(
        whole, evidence=tuple(evidence), cover=tuple(row for row, _ in rows), own=tuple(own for _, own in rows)
    )
