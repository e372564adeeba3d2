"""From an answer to scores and problems: which metrics apply to a case, and what went wrong in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from eval import metrics
from eval.cases import Case, Place
from eval.metrics import Hit

if TYPE_CHECKING:
    from rag import Answer, Evidence, Library

DEPTH = 10  # passages that metrics look at


def worst_scores(case: Case) -> dict[str, float]:
    """The scores of a case about which nothing came back."""
    if not case.answerable:
        return {"refusal_recall": 0.0, "passed": 0.0}
    scores = dict.fromkeys(retrieval_scores([], case) | search_scores([], [], case), 0.0) if case.places else {}
    if case.places:
        scores |= {"citation_precision": 0.0, "citation_recall": 0.0}
    if case.must or case.must_not:
        scores["must_contain"] = 0.0
    return scores | {"false_refusal": 1.0, "passed": 0.0}


def retrieval_scores(hits: Sequence[Hit], case: Case) -> dict[str, float]:
    """Ranking metrics of one answerable case: over passages, over places (pages or marks), over reports."""
    units = case.units
    places = metrics.distinct(hits)
    reports = metrics.distinct([Hit(hit.stem, frozenset()) for hit in hits])
    whole = [[Place(place.stem, frozenset()) for place in unit] for unit in units]
    return {
        **_levels("", hits, units, (1, 3, 5)),
        **_levels("place_", places, units, (1, 5, 10)),
        **_levels("report_", reports, whole, (1, 5)),
    }


def search_scores(evidence: Sequence[Evidence], hits: Sequence[Hit], case: Case) -> dict[str, float]:
    """What each search brought in by itself: hit rate of the evidence in order of its score alone.

    The final ranking can make up for a search that broke; these cannot, so that the gate sees it at once.
    """
    scores = {}
    for name in ("dense", "lexical"):
        rated = sorted(
            (-value, place) for place, item in enumerate(evidence) if (value := float(getattr(item, name))) > 0
        )
        scores[f"{name}_hit@5"] = metrics.hit_at([hits[place] for _, place in rated], case.units, 5)
    return scores


def _levels(level: str, hits: Sequence[Hit], units: metrics.Units, cuts: Sequence[int]) -> dict[str, float]:
    return {
        **{f"{level}hit@{k}": metrics.hit_at(hits, units, k) for k in cuts},
        f"{level}recall@10": metrics.recall_at(hits, units, 10),
        f"{level}mrr": metrics.reciprocal_rank(hits, units),
        f"{level}ndcg@10": metrics.ndcg_at(hits, units, 10),
    }


def score(
    case: Case, answer: Answer, evidence: Sequence[Evidence], known: dict[str, str], problems: Sequence[str]
) -> tuple[dict[str, float], list[str]]:
    """Scores and problems of one answer. ``known``: report id by stem; ``problems``: what is known to be wrong."""
    stems = {report_id: stem for stem, report_id in known.items()}
    retrieved = [_hit(stems, item.report.id, item.passage.locator.numbers) for item in evidence]
    cited = [_hit(stems, item.report.id, item.locator.numbers) for item in answer.citations]
    found = [*problems]
    scores: dict[str, float] = {}
    if case.answerable:
        scores |= _answerable_scores(case, answer, retrieved, cited)
        scores |= search_scores(evidence, retrieved, case) if case.places else {}
        found += _answerable_problems(case, answer, retrieved, cited, scores)
    else:
        scores["refusal_recall"] = float(answer.refused)
        if not answer.refused:
            found.append("wrongly answered")
        found += [f"must not contain {p!r}" for p in metrics.present(case.must_not, _words(answer))]
    scores["passed"] = float(not found)
    return scores, found


def figure_scores(answer: Answer, library: Library) -> dict[str, float]:
    """``figure_verification``, by this project's own check and by a stricter one that knows only digits.

    ``figures_found``: what the engine's check found of all figures of the answer; ``figure_verification``: share of the
    numbers of each sentence that stand, digit by digit, in the passages it cites or in their reports' dates.
    """
    scores = {}
    if answer.diagnostics.figures:
        scores["figures_found"] = answer.diagnostics.figures_found / answer.diagnostics.figures
    pairs = []
    for sentence in answer.sentences:
        texts = []
        for index in sentence.citations:
            citation = answer.citations[index]
            texts += [p.text for p in library.passages(citation.report.id) if p.id == citation.passage_id]
            texts.append(f"{citation.report.title} {citation.report.date or ''}")
        pairs.append((metrics.without_markers(sentence.text), "\n".join(texts)))
    share = metrics.figure_verification(pairs)
    return scores if share is None else scores | {"figure_verification": share}


def _answerable_scores(case: Case, answer: Answer, retrieved: list[Hit], cited: list[Hit]) -> dict[str, float]:
    scores: dict[str, float] = {}
    if case.places:
        scores |= retrieval_scores(retrieved, case)
        if not answer.refused:
            scores["citation_precision"] = metrics.citation_precision(cited, case.units)
        scores["citation_recall"] = metrics.citation_recall(cited, case.units)
    if case.must or case.must_not:
        text = _words(answer)
        wrong = metrics.missing(case.must, text) or metrics.present(case.must_not, text)
        scores["must_contain"] = float(not answer.refused and not wrong)
    scores["false_refusal"] = float(answer.refused)
    return scores


def _answerable_problems(
    case: Case, answer: Answer, retrieved: list[Hit], cited: list[Hit], scores: dict[str, float]
) -> list[str]:
    """What went wrong, in words: the first thing that explains the rest comes first."""
    problems = []
    if case.places and metrics.recall_at(retrieved, case.units, DEPTH) < 1:
        problems.append("not retrieved")
    if answer.refused:
        return ["wrongly refused", *problems]
    if case.places and scores["citation_recall"] < 1:
        if not problems:
            problems.append("retrieved but not used")
        if cited:
            problems.append("wrong citation")
    text = _words(answer)
    problems += [f"lacks {pattern!r}" for pattern in metrics.missing(case.must, text)]
    problems += [f"must not contain {pattern!r}" for pattern in metrics.present(case.must_not, text)]
    # A place that search ranked low is no fault of an answer that cites it and says what it must.
    return [] if problems == ["not retrieved"] and scores.get("citation_recall") == 1 else problems


def contract_problems(answer: Answer, library: Library) -> list[str]:
    """Breaches of the citation contract: quotes that are no slice, sentences whose markers are not their citations'."""
    problems = []
    for citation in answer.citations:
        texts = {passage.id: passage.text for passage in library.passages(citation.report.id)}
        if not citation.quote or texts.get(citation.passage_id, "")[citation.start : citation.end] != citation.quote:
            problems.append(f"contract: the quote of {citation.marker} is no slice of its passage")
        if not all(f"{number}]" in citation.marker for number in citation.locator.numbers):
            problems.append(f"contract: {citation.marker} does not show its locator {citation.locator.numbers}")
    for sentence in answer.sentences:
        markers = [answer.citations[index].marker for index in sentence.citations]
        if sentence.status == "supported" and not markers:
            problems.append(f"contract: a supported sentence cites nothing: {sentence.text[:60]!r}")
        problems += [f"contract: {m} is not in its sentence" for m in markers if m not in sentence.text]
    return problems


def with_stems(case: Case, names: dict[str, str]) -> Case:
    """The case with file names in its places turned into stems."""
    return replace(case, places=tuple(replace(p, stem=names.get(p.stem, p.stem)) for p in case.places))


def _hit(stems: dict[str, str], report_id: str, numbers: Sequence[int]) -> Hit:
    return Hit(stems.get(report_id, report_id), frozenset(numbers))


def _words(answer: Answer) -> str:
    return metrics.without_markers(answer.text)
