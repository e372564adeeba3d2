"""The way of a question: completed, searched, judged, answered, checked. One function, used by page, CLI and eval."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rag.answer.citations import Draft, cite
from rag.answer.extractive import drafts
from rag.answer.judge import Judgement
from rag.answer.refusal import left_out, refusal_text
from rag.answer.scoring import PRESENT
from rag.catalogue.answer import Listed, catalogue
from rag.catalogue.question import names_nothing
from rag.compare.calls import calls
from rag.compare.comparison import Comparison, compare
from rag.compare.conflicts import remarks
from rag.compare.opinions import Opinions, opinions
from rag.errors import ProviderError
from rag.language import analysis
from rag.language.wording import in_chinese
from rag.llm.answer import NoAnswer, write
from rag.llm.planted_hits import note_on, quotable
from rag.llm.rewrite import complete
from rag.llm.session import Session, Signal
from rag.lookup.answer import Found, lookup
from rag.question.compound import judged
from rag.question.concepts import Asked
from rag.question.followup import resolve
from rag.question.small_talk import small_talk
from rag.question.spelled import in_characters
from rag.search.retrieve import Hits
from rag.types import Answer, Citation, Diagnostics, Evidence, Sentence

if TYPE_CHECKING:
    from rag.library import Library

SEARCHED = 20  # passages taken from retrieval
SHOWN = 10  # passages that an answer carries as its evidence


def ask(library: Library, question: str, *, history: Sequence[str] = (), scope: frozenset[str] | None = None) -> Answer:
    """The answer to a clean question; ``history``: earlier questions, oldest first; ``scope``: report ids or None."""
    *_, answer = stream(library, question, history=history, scope=scope, stepwise=False)
    return answer


def stream(
    library: Library,
    question: str,
    *,
    history: Sequence[str] = (),
    scope: frozenset[str] | None = None,
    stepwise: bool = True,
) -> Iterator[Answer]:
    """The same as growing answers, a sentence more each time; the last one is final, and may replace what came before.

    While a model is silent the same answer comes again a few times a second; closing the iterator stops the model.
    ``stepwise``: give the sentences of an extractive answer one by one.
    """
    if reply := small_talk(question):
        yield Answer(question, reply)
        return
    yield from _searching(library, question, history, scope, stepwise)


def _searching(
    library: Library, question: str, history: Sequence[str], scope: frozenset[str] | None, stepwise: bool
) -> Iterator[Answer]:
    """The same for a question that asks something of the reports."""
    watch = _Watch()
    session, failure = _session(library)
    failure = in_chinese(failure) if analysis.language(question) == "zh" else failure
    history = [earlier for earlier in history if not (names_nothing(earlier) or small_talk(earlier))]
    reports = [*library.index.reports().values()] if history else []
    full = resolve(question, history, reports)
    if session is not None:
        completing = complete(session, question, history, reports)
        full = yield from _beats(completing, Answer(question, "", answerer="llm"))
    full = in_characters(full, library.index.reports().values())
    watch.lap("resolve")
    listed = catalogue(library.index, full, scope)
    if listed is not None and listed.drafts:
        base = Answer(question, "", evidence=listed.evidence, notes=listed.notes)
        base = replace(base, resolved=full if full != question else None)
        watch.lap("list")
        yield from _ended(_cited(base, listed.drafts), watch, session, stepwise)
        return
    with library.index.steady():  # the library stays as it is for one question, and is not asked again and again
        there = _searched(library, full, scope, listed, watch)
    hits, verdict = there.hits, there.verdict
    near = quotable(hits.evidence, full)[:SHOWN]
    base = Answer(question, "", evidence=near, resolved=full if full != question else None)
    base = replace(base, notes=(failure, *hits.notes) if failure and verdict.answerable else hits.notes)
    answer: Answer | None = None
    answers = not there.nothing and (verdict.answerable or there.known is not None)
    if not (answers or (session is not None and verdict.arguable and not there.nothing)):
        answer = _refuse(library, hits, verdict, base, scope, (listed.topic,) if listed and listed.topic else ())
    elif session is not None:
        # What only speaks to a model goes along at the end, to be left out there, and told.
        outcome = yield from write(session, full, _with(hits.evidence, there.raw.evidence), base)
        watch.lap("model")
        if isinstance(outcome, Answer):
            answer = replace(outcome, evidence=_shown(full, hits, outcome.citations))
        elif isinstance(outcome, NoAnswer):
            answer = replace(_refuse(library, hits, verdict, base, scope, outcome.missing), answerer="llm")
        else:
            base = replace(base, notes=(*base.notes, outcome.why))
    if answer is None and answers:
        spoken = note_on(there.raw.evidence[:SHOWN], full, analysis.language(question) == "zh")
        base = replace(base, notes=(*base.notes, *spoken))
        with library.index.steady():
            answer = _extract(library, full, hits, base, verdict, there.known)
    elif answer is None:
        answer = _refuse(library, hits, verdict, base, scope)
    if answer.citations:
        with library.index.steady():
            known = remarks(library.index, library.encoder, full, answer.citations)
        answer = replace(answer, notes=(*answer.notes, *known))
    watch.lap("answer")
    yield from _ended(answer, watch, session, stepwise)


@dataclass(frozen=True, slots=True)
class _Searched:
    """What is found before anything is written. ``raw``: the hits with what only speaks to a model.

    ``known``: figures looked up, views or a comparison, which answer as they are; ``nothing``: it is certain that no
    report says what is asked.
    """

    raw: Hits
    hits: Hits
    verdict: Judgement
    known: Comparison | Opinions | Found | None
    nothing: bool


def _searched(
    library: Library, question: str, scope: frozenset[str] | None, listed: Listed | None, watch: _Watch
) -> _Searched:
    index, encoder = library.index, library.encoder
    raw, hits, verdict = judged(index, encoder, question, limit=SEARCHED, scope=scope)
    watch.lap("judge")
    views = opinions(index, question, scope) or calls(index, question, scope)
    nothing = listed is not None or (views is not None and not views.drafts)
    found = None if views or nothing or verdict.parts else lookup(index, question, hits)
    known: Comparison | Opinions | Found | None = found or views
    if not (nothing or known or verdict.parts or _why(verdict)):
        table = compare(index, encoder, question, scope)
        known = table if table and table.complete and not _told_at_once(verdict, table) else None
        known = known or calls(index, question, scope, side_by_side=True)
    watch.lap("compare")
    return _Searched(raw, _in_front(hits, known), verdict, known, nothing)


def _ended(answer: Answer, watch: _Watch, session: Session | None, stepwise: bool) -> Iterator[Answer]:
    """The whole answer with what it took; its sentences one by one before it where they were not shown yet."""
    answer = _spent(replace(answer, diagnostics=replace(answer.diagnostics, seconds=watch.seconds())), session)
    if stepwise and answer.answerer == "extractive":
        yield from _steps(answer)
    yield answer


def warm(library: Library) -> None:
    """Go the way of a question without a model, so that the first one finds everything loaded."""
    for question in ("What is the target price?", "目标价是多少？"):
        _, hits, verdict = judged(library.index, library.encoder, question, limit=SEARCHED)
        lookup(library.index, question, hits)
        _extract(library, question, hits, Answer(question, ""), verdict, None)


def _session(library: Library) -> tuple[Session | None, str]:
    """What a question needs of the model, if there is one; else why there is none although one was asked for."""
    try:
        model = library.model
    except ProviderError as error:
        return None, str(error)
    return (None if model is None else Session(model, library.settings)), ""


def _beats(completing: Generator[Signal, None, str], waiting: Answer) -> Generator[Answer, None, str]:
    try:
        while True:
            next(completing)
            yield waiting
    except StopIteration as end:
        return str(end.value)
    finally:
        completing.close()


def _steps(answer: Answer) -> Iterator[Answer]:
    """The sentences of a whole answer, one more each time, without the last step."""
    for count in range(1, len(answer.sentences)):
        shown = answer.sentences[:count]
        used = max((index for sentence in shown for index in sentence.citations), default=-1) + 1
        yield replace(answer, sentences=shown, text=joined(shown), citations=answer.citations[:used])


def _spent(answer: Answer, session: Session | None) -> Answer:
    """The answer with what the model cost and what happened on the way; nothing where no model was asked."""
    if session is None or not (session.spoke or session.notes):
        return answer
    spoke = session.spoke
    return replace(
        answer,
        diagnostics=replace(
            answer.diagnostics,
            model=session.model.name,
            tokens_in=session.tokens_in if spoke else None,
            tokens_out=session.tokens_out if spoke else None,
            cost=session.cost if spoke else None,
            notes=(*answer.diagnostics.notes, *session.notes),
        ),
    )


def joined(sentences: Sequence[Sentence]) -> str:
    """Sentences as the text of an answer, one a line."""
    return "\n".join(sentence.text for sentence in sentences)


def _in_front(hits: Hits, known: Comparison | Opinions | Found | None) -> Hits:
    """The evidence with that of each side of a comparison, or of each figure, in front, so that none goes without."""
    if known is None:
        return hits
    cover = {item.passage.id: (row, own) for item, row, own in zip(hits.evidence, hits.cover, hits.own, strict=True)}
    nothing = (0.0,) * len(hits.concepts)
    first = {item.passage.id: item for item in known.evidence}
    evidence = (*first.values(), *(item for item in hits.evidence if item.passage.id not in first))
    rows = [cover.get(item.passage.id, (nothing, nothing)) for item in evidence]
    return replace(hits, evidence=evidence, cover=tuple(row for row, _ in rows), own=tuple(own for _, own in rows))


def _with(evidence: Sequence[Evidence], others: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence, and behind it those others that are not among it."""
    return tuple({item.passage.id: item for item in (*evidence, *others)}.values())


def _extract(
    library: Library,
    question: str,
    hits: Hits,
    base: Answer,
    verdict: Judgement,
    known: Comparison | Opinions | Found | None,
) -> Answer:
    made = known.drafts if known else drafts(library.index, question, hits, verdict)
    note = "" if known else left_out(verdict.missing, chinese=analysis.language(base.question) == "zh")
    told = known.notes if isinstance(known, Comparison | Opinions) else ()
    answer = _cited(replace(base, notes=(*base.notes, *([note] if note else []), *told)), made)
    text = "\n".join([answer.text, note]).strip()
    return replace(answer, text=text, evidence=_shown(question, hits, answer.citations))


def _cited(base: Answer, made: Sequence[Draft]) -> Answer:
    """The answer with these sentences and their citations."""
    sentences, citations = cite(made)
    found = sum(len(citation.figures) for citation in citations)
    missed = sum(len(sentence.unverified_figures) for sentence in sentences)
    return replace(
        base,
        text=joined(sentences),
        sentences=sentences,
        citations=citations,
        diagnostics=Diagnostics(figures=found + missed, figures_found=found),
    )


def _shown(question: str, hits: Hits, citations: Sequence[Citation]) -> tuple[Evidence, ...]:
    """The evidence that an answer carries: all that it cites, and the best of the rest, best first."""
    cited = {citation.passage_id for citation in citations}
    nearest = [item for item in hits.evidence if item.passage.id in cited]
    others = [item for item in quotable(hits.evidence, question) if item.passage.id not in cited]
    return tuple(sorted((nearest + others)[: max(SHOWN, len(nearest))], key=lambda item: -item.score))


def _refuse(
    library: Library,
    hits: Hits,
    verdict: Judgement,
    base: Answer,
    scope: frozenset[str] | None,
    named: Sequence[str] = (),
) -> Answer:
    """Say what was searched and what is missing; the nearest passages go along as evidence, uncited."""
    reports = library.index.reports()
    searched = [report for id_, report in reports.items() if scope is None or id_ in scope]
    missing: Sequence[Asked | str] = named or verdict.missing
    chinese = analysis.language(base.question) == "zh"
    against = verdict.otherwise
    text = refusal_text(
        searched,
        missing,
        chinese=chinese,
        nearest=bool(hits.evidence),
        held=len(reports),
        otherwise=against.text if against else "",
    )
    return replace(_led_by(base, against.evidence) if against else base, refused=True, text=text)


def _led_by(base: Answer, first: Evidence) -> Answer:
    """The answer with this passage in front of its evidence."""
    rest = [item for item in base.evidence if item.passage.id != first.passage.id]
    return replace(base, evidence=(first, *rest[: SHOWN - 1]))


def _why(verdict: Judgement) -> bool:
    """Whether the question asks for a reason: `why were sales lower in May than in April` wants no table, found or not."""
    return verdict.wanted is not None and verdict.wanted.shape == "why"


def _told_at_once(verdict: Judgement, compared: Comparison) -> bool:
    """Whether one statement says all that is asked of every time: a table of times would only take it apart."""
    if not (verdict.answerable and verdict.statements) or any(side.kind != "period" for side in compared.sides):
        return False
    best = verdict.statements[0]
    return len(best.periods) > 1 and min(best.periods) >= 1.0 and min(best.holds, default=1.0) >= PRESENT


class _Watch:
    """Wall time by stage, in seconds."""

    def __init__(self) -> None:
        self._start = self._last = time.perf_counter()
        self._laps: dict[str, float] = {}

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self._laps[stage] = now - self._last
        self._last = now

    def seconds(self) -> dict[str, float]:
        return {**self._laps, "total": self._last - self._start}
