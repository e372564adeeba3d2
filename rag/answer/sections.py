"""Questions that ask for a section of a report by its heading."""

from __future__ import annotations

from rag.answer.scoring import SHORT_REPORT
from rag.answer.wanted import Wanted
from rag.language import analysis
from rag.language.words import terms_of
from rag.llm.planted import is_planted
from rag.question.concepts import covered
from rag.search.retrieve import Hits, Index
from rag.types import Evidence


def named_section(index: Index, hits: Hits, wanted: Wanted) -> tuple[Evidence, ...]:
    """All statements of the section that the question asks for by its heading; empty when it names none.

    A heading is named when every word of it is in the question and hardly anything else is asked, or when the words of
    the question, names and times left out, are all in it and are most of it.
    """
    if wanted.shape == "compare" or wanted.apart:
        return ()
    asked = [piece for piece in wanted.focus if piece.kind != "number"]
    for item in hits.evidence[:5]:
        if wanted.kind == "number" and item.report.passages > SHORT_REPORT:
            continue  # `what was revenue` asks for no chapter of a filing
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
