"""Fit the weights by which ``rag.answer.statement_model`` rates statements, and show how they do on sets left out.

    python tools/fit_scoring.py [CORPUS QUESTIONS]...

Each pair is a folder of reports with a question file in the form of ``eval/questions.jsonl``; without any, the shipped
sets are used (run it in the project's folder). For an answerable question the surest statement at its place is an example of an answer, and the three
surest statements elsewhere are examples of none; for an unanswerable one the three surest are. Which statements are the
surest depends on the weights, so choice and fit take turns. Every set is also judged by weights fitted on the others.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from eval.cases import Case, load_cases  # noqa: E402
from eval.metrics import missing  # noqa: E402
from eval.runner import open_library  # noqa: E402
from rag.answer.scoring import weigh  # noqa: E402
from rag.answer.statement import Statement  # noqa: E402
from rag.answer.statement_model import FEATURES, WEIGHTS  # noqa: E402
from rag.answer.wanted import want  # noqa: E402
from rag.search.retrieve import search  # noqa: E402

SHIPPED = (
    (Path("eval/corpus"), Path("eval/questions-corpus.jsonl")),
    (Path("seeds"), Path("eval/questions.jsonl")),
)
RIDGE = 0.5  # on every weight but the last, which is the bias
ROUNDS = 4  # of choosing examples and fitting
OTHERS = (0.6, 0.25, 0.15)  # weight of the surest statements that do not answer
UNANSWERABLE = 3.0  # ... times this where the whole question has no answer

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Question:
    """``features``: a row per statement; ``right``: it stands at the place and says what it must; ``near``: one of these."""

    name: str
    answerable: bool
    features: Floats
    right: NDArray[np.bool_]
    near: NDArray[np.bool_]


def main(arguments: Sequence[str]) -> int:
    """Print the weights of all sets together, and for each set what the weights of the others make of it."""
    if len(arguments) % 2:
        print("Give pairs of a folder of reports and a question file, or nothing for the shipped sets.")
        return 2
    given = [Path(argument) for argument in arguments]
    pairs = list(zip(given[::2], given[1::2], strict=True)) or list(SHIPPED)
    sets = [(str(corpus), read(corpus, file)) for corpus, file in pairs]
    for name, questions in sets:
        others = [question for other, many in sets if other != name for question in many]
        show(f"{name}, in use", questions, np.array(WEIGHTS))
        if others:
            show(f"{name}, left out", questions, fit(others))
    weights = fit([question for _, many in sets for question in many])
    print("rag.answer.statement_model: WEIGHTS = (" + ", ".join(f"{weight:.2f}" for weight in weights) + ")")
    for feature, weight in zip(FEATURES, weights, strict=True):
        print(f"  {feature:16} {weight:6.2f}")
    return 0


def read(corpus: Path, file: Path) -> list[Question]:
    """The statements that retrieval brings for every question of a set. Follow-ups and comparisons are left out."""
    questions = []
    with open_library([corpus]) as (library, _):
        for case in load_cases(file):
            if case.history or case.each or case.filters or (case.answerable and not case.places):
                continue
            hits = search(library.index, library.encoder, case.question, limit=20)
            wanted = want(library.index, case.question)
            statements = weigh(library.index, wanted, hits)
            if statements:
                questions.append(_question(case, statements))
    return questions


def _question(case: Case, statements: Sequence[Statement]) -> Question:
    at = np.array([_stands(case, statement) for statement in statements])
    said = np.array([not missing(case.must, statement.text) for statement in statements])
    right = at & said if (at & said).any() else at
    rows = np.array([statement.features for statement in statements], dtype=np.float64)
    return Question(case.id, case.answerable, rows, right, at | (said if case.must else at))


def _stands(case: Case, statement: Statement) -> bool:
    passage, stem = statement.evidence.passage, statement.evidence.report.stem
    return any(
        place.stem in (stem, statement.evidence.report.file) and not place.numbers.isdisjoint(passage.locator.numbers)
        for place in case.places
    )


def fit(questions: Sequence[Question]) -> Floats:
    """Weights by logistic regression on examples that are chosen anew with each round's weights."""
    weights = np.array(WEIGHTS)
    for _ in range(ROUNDS):
        rows, labels, counts = [], [], []
        for question in questions:
            scores = question.features @ weights
            if question.answerable and question.right.any():
                rows.append(question.features[np.where(question.right, scores, -np.inf).argmax()])
                labels.append(1.0)
                counts.append(1.0)
            others = np.flatnonzero(~question.near) if question.answerable else np.arange(len(scores))
            for share, place in zip(OTHERS, others[np.argsort(-scores[others])], strict=False):
                rows.append(question.features[place])
                labels.append(0.0)
                counts.append(share * (1.0 if question.answerable else UNANSWERABLE))
        weights = logistic(np.array(rows), np.array(labels), np.array(counts))
    return weights


def logistic(rows: Floats, labels: Floats, counts: Floats) -> Floats:
    """Newton's method for L2-regularised logistic regression (Hastie et al., Elements of Statistical Learning, 4.4)."""
    ridge = np.full(rows.shape[1], RIDGE)
    ridge[-1] = 1e-6
    weights = np.zeros(rows.shape[1])
    for _ in range(60):
        likely = 1.0 / (1.0 + np.exp(-rows @ weights))
        slope = rows.T @ (counts * (likely - labels)) + ridge * weights
        bend = (rows * (counts * likely * (1.0 - likely))[:, None]).T @ rows + np.diag(ridge)
        step = np.linalg.solve(bend, slope)
        weights = weights - step
        if float(np.abs(step).max()) < 1e-7:
            break
    return weights


def show(name: str, questions: Sequence[Question], weights: Floats) -> None:
    """How often the surest statement is right."""
    told = [float(q.right[(q.features @ weights).argmax()]) for q in questions if q.answerable]
    print(f"{name}: {len(told)} answerable; the surest statement is right in {np.mean(told):.3f}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
