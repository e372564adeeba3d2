"""Claims to check: sentences on the corpus, each true or with one thing wrong, put to the engine's own verification.

An extractive answer quotes, so its figures are right by construction; a model's are not. This shows, with no model, what
the check between a model and the reader is worth. A line of ``claims.jsonl``: ``id``, ``lang``, ``sentence``, ``marks``
(``[["stem", [numbers]]]``: the passages it cites), ``supported``, and ``what`` is wrong with it where it is not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.cases import Case, UsageError, parse_case
from eval.runner import Result

if TYPE_CHECKING:
    from rag import Evidence, Library


@dataclass(frozen=True, slots=True)
class Claim:
    """``case`` names the sentence (as its question) and the places it cites; ``what``: the planted fault, or empty."""

    case: Case
    supported: bool
    what: str = ""


def load_claims(path: Path) -> tuple[Claim, ...]:
    """Read a file of claims. Raises UsageError when it or a line of it cannot be used."""
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        return tuple(_claim(row) for row in rows)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path} is not a usable file of claims ({error!r}); see eval/claims.jsonl.") from None


def _claim(row: dict[str, Any]) -> Claim:
    case = parse_case(json.dumps(row | {"question": row["sentence"], "kind": "claim"}))
    return Claim(case, bool(row["supported"]), str(row.get("what", "")))


def check_claims(library: Library, claims: Iterable[Claim], suite: str) -> list[Result]:
    """Put every claim to the check, in order. Scores: ``claims_kept`` of the true ones, ``claims_flagged`` of the others."""
    from rag.verify.sentence import verify_sentence

    results = []
    for claim in claims:
        verdict = verify_sentence(claim.case.question, cited(library, claim.case))
        right = (verdict.status == "supported") == claim.supported
        metric = "claims_kept" if claim.supported else "claims_flagged"
        wrong = f"true claim doubted: {verdict.reason}" if claim.supported else f"false claim passed: {claim.what}"
        answer = {"refused": False, "text": f"{verdict.status}: {verdict.reason}", "citations": []}
        scores = {metric: float(right), "passed": float(right)}
        case = replace(claim.case, suite=suite)
        results.append(Result(case, scores, () if right else (wrong,), answer))
    return results


def cited(library: Library, case: Case) -> list[Evidence]:
    """The passages at the places of a claim, as the evidence that a sentence would cite."""
    from rag import Evidence

    found = []
    for place in case.places:
        report = library.report(place.stem)
        for passage in library.passages(report.id):
            if place.numbers.intersection(passage.locator.numbers):
                found.append(Evidence(passage, report, 1.0))
    return found
