"""Questions that ask for a section of a report by its heading."""

from __future__ import annotations

from rag.answer.kinds import NUMBERS
from rag.answer.scoring import FRONT
from rag.answer.statement import PRESENT, Statement
from rag.answer.wanted import Wanted
from rag.language import analysis
from rag.language.words import terms_of
from rag.llm.planted import is_planted
from rag.question.coverage import covered
from rag.search.rank import SHORT_REPORT
from rag.search.retrieve import Hits, Index
from rag.types import Evidence

MOST = 8  # statements of a section that an aspect is answered with; a longer one is a report of its own
SHORT = 900  # characters of a section that is given whole
READ = 5  # passages of the evidence whose reports are looked through


def aspect_section(index: Index, hits: Hits, wanted: Wanted) -> tuple[Evidence, ...]:
    """The section of each report on what is named that is headed by the aspect asked for; empty where more is asked.

    `What are the risks to X?` wants what stands under Risks, all of it, whether or not it says the word.
    """
    if len(wanted.aspects) != 1 or wanted.periods or wanted.shape in ("compare", "why") or not wanted.names:
        return ()
    (surface, aspect), *_ = wanted.aspects.items()
    others = [piece for piece in wanted.focus if piece.surface != surface]
    found: list[Evidence] = []
    for item in {item.report.id: item for item in reversed(hits.evidence[:READ])}.values():
        whole = sorted(index.report_passages(item.report.id), key=lambda passage: passage.ordinal)
        about = terms_of(f"{item.report.title} {item.report.broker or ''} {item.report.stem.replace('_', ' ')}")
        about |= terms_of(" ".join(passage.text for passage in whole[:FRONT]))
        if any(covered(piece, about) < 1.0 for piece in wanted.names):
            continue
        own = [
            Evidence(passage, item.report, item.score)
            for passage in whole
            if passage.searchable
            and passage.section
            and aspect.heading.search(passage.section[-1])
            and not is_planted(passage.text, 0, len(passage.text))
        ]
        said = terms_of(" ".join(f"{e.passage.section[-1]} {e.passage.text}" for e in own))
        if 0 < len(own) <= MOST and all(covered(piece, said) >= PRESENT for piece in others):
            found += own
    return tuple(found)


def under_one_heading(index: Index, first: Statement, wanted: Wanted) -> list[Evidence]:
    """All statements of the section of one that answers by its heading alone: none of them is more to the point.

    Empty where the statement says some of what is asked itself, or the section is a long one.
    """
    section = first.evidence.passage.section
    held = [(own, near) for own, near in zip(first.own, first.near, strict=True) if near >= PRESENT]
    if not section or not held or wanted.kind is not None or any(own >= PRESENT for own, _ in held):
        return []
    row = [
        passage
        for passage in sorted(index.report_passages(first.evidence.report.id), key=lambda passage: passage.ordinal)
        if passage.section == section and passage.searchable and not is_planted(passage.text, 0, len(passage.text))
    ]
    short = sum(len(passage.text) for passage in row) <= SHORT and all(passage.kind != "table" for passage in row)
    return [Evidence(passage, first.evidence.report, first.evidence.score) for passage in row] if short else []


def named_section(index: Index, hits: Hits, wanted: Wanted) -> tuple[Evidence, ...]:
    """All statements of the section that the question asks for by its heading; empty when it names none.

    A heading is named when every word of it is in the question and hardly anything else is asked, or when the words of
    the question, names and times left out, are all in it and are most of it.
    """
    if wanted.shape == "compare" or wanted.apart:
        return ()
    asked = [piece for piece in wanted.focus if piece.kind != "number"]
    # `What was revenue` asks for no chapter of a filing, `how many shops` for no heading but that of the best passage.
    for item in hits.evidence[: 1 if wanted.kind else 5]:
        if wanted.kind in NUMBERS and item.report.passages > SHORT_REPORT:
            continue
        about = terms_of(f"{item.report.title} {item.report.broker or ''} {' '.join(item.report.companies)}")
        whole = about | terms_of(item.passage.text)
        strange = [piece for piece in wanted.names if covered(piece, whole) < 1.0]  # words of a heading look like names
        terms = {term for piece in (*asked, *strange) for term in piece.forms[0]}
        rest = terms - about
        if not rest:
            continue
        for depth, heading in enumerate(item.passage.section):
            words = {term for term in terms_of(heading) if term not in analysis.STOP_TERMS and not term.isdigit()}
            named = bool(words) and rest <= words and len(rest) * 2 >= len(words)
            if named and (wanted.shape == "list" or depth + 1 == len(item.passage.section) or terms <= words):
                prefix = item.passage.section[: depth + 1]
                return tuple(
                    Evidence(passage, item.report, item.score)
                    for passage in index.report_passages(item.report.id)
                    if passage.section[: depth + 1] == prefix
                    and passage.searchable
                    and not is_planted(passage.text, 0, len(passage.text))
                )
    return ()
