"""The way of a question: completed, searched, judged, answered, checked. One function, used by page, CLI and eval."""

from __future__ import annotations

import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from rag.catalogue.answer import catalogue
from rag.catalogue.question import names_nothing
from rag.errors import ProviderError
from rag.followup.complete import completed
from rag.language import analysis
from rag.language.wording import in_chinese
from rag.llm.answer import NoAnswer, write
from rag.llm.planted_hits import note_on, quotable
from rag.llm.rewrite import complete
from rag.llm.session import Session, Signal
from rag.lookup.answer import lookup
from rag.overview.answer import Overview, context
from rag.overview.events import events
from rag.question.compound import judged
from rag.question.small_talk import small_talk
from rag.question.spelled import in_characters
from rag.question.turn import Turn
from rag.recall import recalled
from rag.searched import SEARCHED, Searched, searched
from rag.types import Answer, Evidence
from rag.views.conflicts import apart, remarks
from rag.written import SHOWN, cited, extract, refuse, shown, steps

if TYPE_CHECKING:
    from rag.library import Library


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
    past = cache(lambda earlier: recalled(library, earlier, scope))
    full, turn = completed(question, history, reports, holds=library.index.report_terms, recall=past)
    if session is not None:
        completing = complete(session, question, history, full, reports)
        full = yield from _beats(completing, Answer(question, "", answerer="llm"))
        turn = turn if full != question else None
    full, turn = _in_characters(library, full, turn)
    watch.lap("resolve")
    with library.index.steady():
        listed = events(library.index, full, scope) or catalogue(library.index, full, scope)
    if listed is not None and listed.drafts:
        base = Answer(question, "", evidence=listed.evidence, notes=listed.notes)
        base = replace(base, resolved=full if full != question else None)
        watch.lap("list")
        yield from _ended(cited(base, listed.drafts), watch, session, stepwise)
        return
    with library.index.steady():  # the library stays as it is for one question, and is not asked again and again
        there = searched(library, full, scope, listed, watch.lap, turn)
    hits, verdict = there.hits, there.verdict
    near = quotable(hits.evidence, full)[:SHOWN]
    base = Answer(question, "", evidence=near, resolved=full if full != question else None)
    base = replace(base, notes=(failure, *hits.notes) if failure and verdict.answerable else hits.notes)
    answer: Answer | None = None
    answers = not there.nothing and (verdict.answerable or there.known is not None)
    if not (answers or (session is not None and verdict.arguable and not there.nothing)):
        answer = refuse(library, hits, verdict, base, scope, (listed.topic,) if listed and listed.topic else ())
    elif session is not None:
        # What only speaks to a model goes along at the end, to be left out there, and told.
        outcome = yield from write(session, full, _for_model(library, there), base)
        watch.lap("model")
        if isinstance(outcome, Answer):
            answer = replace(outcome, evidence=shown(full, hits, outcome.citations))
        elif isinstance(outcome, NoAnswer):
            answer = replace(refuse(library, hits, verdict, base, scope, outcome.missing), answerer="llm")
        else:
            base = replace(base, notes=(*base.notes, outcome.why))
    if answer is None and answers:
        spoken = note_on(there.raw.evidence[:SHOWN], full, analysis.language(question) == "zh")
        base = replace(base, notes=(*base.notes, *spoken))
        with library.index.steady():
            answer = extract(library, full, hits, base, verdict, there.known)
    elif answer is None:
        answer = refuse(library, hits, verdict, base, scope)
    answer = _remarked(library, full, answer)
    watch.lap("answer")
    yield from _ended(answer, watch, session, stepwise)


def _in_characters(library: Library, full: str, turn: Turn | None) -> tuple[str, Turn | None]:
    """A question, and what it was completed from, with Chinese names that are written in Latin letters as the reports have them."""
    reports = library.index.reports().values()
    read = Turn(in_characters(turn.before, reports), in_characters(turn.typed, reports)) if turn else None
    return in_characters(full, reports), read


def _remarked(library: Library, question: str, answer: Answer) -> Answer:
    """The answer with what a reader must know of its reports: newer ones, and where brokers do not agree."""
    if not answer.citations:
        return answer
    with library.index.steady():
        known = remarks(library.index, library.encoder, question, answer.citations)
        if "\n|" not in f"\n{answer.text}":  # a table says itself where its sides do not agree
            known = (*known, *apart(library.index, question, answer.citations))
    return replace(answer, notes=(*answer.notes, *known))


def _ended(answer: Answer, watch: _Watch, session: Session | None, stepwise: bool) -> Iterator[Answer]:
    """The whole answer with what it took; its sentences one by one before it where they were not shown yet."""
    answer = _spent(replace(answer, diagnostics=replace(answer.diagnostics, seconds=watch.seconds())), session)
    if stepwise and answer.answerer == "extractive":
        yield from steps(answer)
    yield answer


def warm(library: Library) -> None:
    """Go the way of a question without a model, so that the first one finds everything loaded."""
    in_characters("Haichuan", library.index.reports().values())  # what reads Chinese names in Latin letters
    for question in ("What is the target price?", "目标价是多少？"):
        _, hits, verdict = judged(library.index, library.encoder, question, limit=SEARCHED)
        lookup(library.index, question, hits)
        extract(library, question, hits, Answer(question, ""), verdict, None)


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


def _for_model(library: Library, there: Searched) -> tuple[Evidence, ...]:
    """What a model is given; of a summary only what its own reports say."""
    if not isinstance(there.known, Overview):
        return _with(there.hits.evidence, there.raw.evidence)
    meant = {item.report.id for item in there.known.evidence}
    raw = [item for item in there.raw.evidence if item.report.id in meant]
    return _with(context(library.index, there.known), raw)


def _with(evidence: Sequence[Evidence], others: Sequence[Evidence]) -> tuple[Evidence, ...]:
    """The evidence, and behind it those others that are not among it."""
    return tuple({item.passage.id: item for item in (*evidence, *others)}.values())


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
