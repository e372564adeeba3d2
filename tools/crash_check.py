"""What ``crash.py`` looks at after each kill: every report, passage and vector, against the writer's notes."""

from __future__ import annotations

import contextlib
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
from crash_writer import HashEncoder, encoder_of, open_library


def expected(journal: Path) -> tuple[set[str], set[str], dict[str, str]]:
    """Ids that must be there, ids that may be there, and brokers that must be shown, by the writer's notes."""
    must: set[str] = set()
    may: set[str] = set()
    brokers: dict[str, str] = {}
    for line in journal.read_text("utf-8").splitlines() if journal.exists() else []:
        with contextlib.suppress(json.JSONDecodeError):  # the last line, when it was cut
            note = json.loads(line)
            ids, replaced = set(note.get("ids", ())), {note["replaces"]} - {None} if "replaces" in note else set()
            if note.get("step") == "add":
                may |= ids | replaced
                must -= replaced
            elif note.get("done") == "add":
                must |= ids
                may -= replaced
                brokers.update((new, brokers[old]) for old in replaced if old in brokers for new in ids)
            elif note.get("step") == "remove":
                may |= ids
                must -= ids
            elif note.get("done") == "remove":
                may -= ids
            elif note.get("step") == "edit":
                brokers.pop(note["ids"][0], None)
            elif note.get("done") == "edit":
                brokers[note["ids"][0]] = note["broker"]
    return must, may | must, brokers


def check(home: Path) -> dict[str, Any]:
    """Open the library as the next process would, and look at everything; problems are sentences."""
    import rag.store.vector_index as vector_index

    vector_index.OPEN_AFTER, vector_index.WAIT = 0, 120.0  # ask Chroma, and wait for it
    encoder = encoder_of(home)
    library = open_library(home, encoder)
    problems: list[str] = []
    must, may, brokers = expected(home.parent / "journal")
    ids = {report.id for report in library.reports()}
    problems += [f"{id_[:12]} was added, and is gone" for id_ in must - ids]
    problems += [f"{id_[:12]} is there, and must not be" for id_ in ids - may]
    passages = 0
    for report in library.reports():
        if report.id in brokers and report.broker != brokers[report.id]:
            problems.append(f"{report.id[:12]} has lost the correction {brokers[report.id]}")
        problems += [f"{report.id[:12]}: {problem}" for problem in check_report(library, encoder, report)]
        passages += library.index.stored()[report.id].searchable
    vectors, words = library.index.vectors_index.state(), library.index.lexical_index.state()
    for name, state in (("vector", vectors), ("lexical", words)):
        if passages and (state is None or not state.clean or state.count != passages):
            problems.append(f"the {name} index has {state}, the ledger {passages} passages")
    kept = {path.name for path in library.files.iterdir()} if library.files.is_dir() else set()
    wanted = {id_ + item.suffix for id_, item in library.index.stored().items()}
    problems += [f"the file {name} is left over" for name in kept - wanted]
    result = {"notices": list(library.notices), "problems": problems, "reports": len(ids), "passages": passages}
    library.close()
    return result


def check_report(library: Any, encoder: HashEncoder, report: Any) -> list[str]:
    """Everything about one report: the kept file, text, passages, spans, vectors, and whether both indexes find each."""
    from rag.ingest.pipeline import embed
    from rag.language.analysis import terms
    from rag.readers import read_bytes
    from rag.reports.passages import make_passages

    problems = []
    data = library.source(report.id).read_bytes()
    if hashlib.sha256(data).hexdigest() != report.id:
        problems.append("the kept file has other bytes")
    parsed = read_bytes(data, report.file)
    text, passages = library.text(report.id), library.passages(report.id)
    if text != parsed.text or list(passages) != list(make_passages(parsed, report.id)):
        problems.append("text or passages are not those of the file")
    problems += [f"{p.id} is not its slice" for p in passages if text[p.start : p.end] != p.text]
    searchable = [passage for passage in passages if passage.searchable]
    stored = library.index.vectors([passage.id for passage in searchable])
    for passage, right in zip(searchable, embed(report, passages, encoder), strict=True):
        mine = stored.get(passage.id)
        if mine is None or not np.allclose(mine, right, atol=1e-6):
            problems.append(f"{passage.id} has no vector, or a wrong one, in the ledger")
            continue
        near = library.index.vectors_index.search(mine, 5, encoder.fingerprint)
        if near is None or passage.id not in near or abs(near[passage.id] - 1) > 1e-3:
            problems.append(f"{passage.id} is not found by its own vector in Chroma: {near}")
        found = library.index.lexical_index.search(dict.fromkeys(terms(passage.text), 1.0), 3, None)
        if passage.id not in found:
            problems.append(f"{passage.id} is not found by its words")
    return problems
