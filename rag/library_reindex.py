"""Embedding a library anew: beside the old vectors, then in their place."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from rag.ingest.pipeline import embed
from rag.types import Progress, Report

if TYPE_CHECKING:
    from rag.library import Library


def reindex(library: Library, on_progress: Callable[[Progress], None] | None = None) -> int:
    """Embed every report that has no vectors of the configured model (all, when it is the active one); see Library."""
    model = library.encoder.fingerprint
    ledger = library.ledger
    resume = ledger.get("model") != model
    done = ledger.embedded(model) if resume else set()
    reports = library.reports()
    started, passages = time.monotonic(), 0
    for number, report in enumerate(reports, 1):
        if report.id not in done:
            passages += _embed(library, report, model)
        if on_progress is not None:
            seconds = time.monotonic() - started
            on_progress(Progress(number, len(reports), report.file, passages=passages, seconds=seconds))
    with library.lock.hold():
        missing = set(library.index.reports()) - ledger.embedded(model)  # added by others in the meantime
        passages += sum(_embed(library, library.index.reports()[id_], model) for id_ in sorted(missing))
        ledger.activate(model)
        library.index.catch_up(anew=True)
    return passages


def _embed(library: Library, report: Report, model: str) -> int:
    passages = library.index.report_passages(report.id)
    vectors = embed(report, passages, library.encoder)
    with library.lock.hold():
        current = library.index.reports().get(report.id)
        if current is not None:
            if current != report:  # corrected by others in the meantime
                vectors = embed(current, passages, library.encoder)
            library.ledger.put_vectors(report.id, model, passages, vectors)
    return len(vectors)
