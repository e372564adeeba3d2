"""Bringing a projection up to the ledger: what it missed, or all of it anew where it cannot be trusted."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from rag.errors import StoreError
from rag.store.folder import State
from rag.store.ledger import Ledger
from rag.types import Report

_log = logging.getLogger(__name__)
Feed = Callable[[Iterable[str]], Iterator[Any]]


class Projection(Protocol):
    """What the store needs of an index that is built from the ledger."""

    name: str

    def may_wait(self, passages: int) -> bool: ...
    def problem(self, model: str) -> str | None: ...
    def state(self) -> State | None: ...
    def exists(self) -> bool: ...
    def worn(self) -> bool: ...
    def update(self, gone: Iterable[str], added: Iterable[Any], sequence: int, model: str) -> None: ...
    def rebuild(self, added: Iterable[Any], sequence: int, model: str) -> None: ...


@dataclass(frozen=True, slots=True)
class Target:
    """What the ledger holds now, as this process has seen it under the write lock."""

    ledger: Ledger
    reports: Mapping[str, Report]
    sequence: int
    model: str


def behind(index: Projection, target: Target) -> bool:
    """Whether an index lacks something or cannot be trusted. Opens nothing; looks at sizes and times of its files."""
    try:
        state = index.state()
        if state is None or index.problem(target.model) is not None or state.sequence > target.sequence:
            return True
        return state.sequence != target.sequence and not _waits(index, target, state.sequence)
    except StoreError:
        return True  # a server that does not answer; bringing it up will say so


def bring_up(index: Projection, feed: Feed, target: Target) -> str:
    """Update or rebuild an index as needed; what was repaired, in one sentence, or nothing.

    An index that cannot be written never undoes what the ledger has taken in: that is logged and told, searches go
    on with what is sound, and the next writer or start tries again.
    """
    try:
        state = index.state()
        problem = index.problem(target.model)
        if state is None or problem is not None or state.sequence > target.sequence:
            return _rebuild(index, feed, target, problem or "it is ahead of the ledger")
        if state.sequence == target.sequence or _waits(index, target, state.sequence):
            return ""
        try:
            notice = _update(index, feed, target, state.sequence)
            if index.worn():
                rebuild(index, feed, target, "much was taken out of it")
            return notice
        except StoreError as error:
            return _rebuild(index, feed, target, str(error).rstrip("."))
    except StoreError as error:
        notice = f"{error} The {index.name} is behind until then; no report is lost."
        _log.warning("%s", notice)
        return notice


def _waits(index: Projection, target: Target, since: int) -> bool:
    """Whether what an index lacks is so little that it is written later, with more; searches have it from the ledger."""
    if not index.may_wait(0):
        return False
    changed: set[str] = set()
    for change in target.ledger.changes(since):
        if change.kind == "move" or change.report_id is None:
            continue
        if change.kind != "add":
            return False  # what was taken out would crowd the nearest passages until then
        changed.add(change.report_id)
    return index.may_wait(sum(target.reports[id_].passages for id_ in changed if id_ in target.reports))


def _update(index: Projection, feed: Feed, target: Target, since: int) -> str:
    first_change: dict[str, str] = {}
    for change in target.ledger.changes(since):
        if change.report_id is not None and change.kind != "move":
            first_change.setdefault(change.report_id, change.kind)
    gone = [id_ for id_, kind in first_change.items() if kind != "add"]
    present = [id_ for id_ in first_change if id_ in target.reports]
    index.update(gone, feed(present), target.sequence, target.model)
    count = len(first_change)
    if not count:
        return ""  # a report's file was seen elsewhere, which no index holds
    return f"The {index.name} took in {count} changed report{'' if count == 1 else 's'} that it had missed."


def _rebuild(index: Projection, feed: Feed, target: Target, reason: str) -> str:
    if index.exists():
        _log.warning("Rebuilding the %s from the ledger: %s.", index.name, reason)
    index.rebuild(feed(target.reports), target.sequence, target.model)
    return f"The {index.name} was rebuilt from the ledger: {reason}."


def rebuild(index: Projection, feed: Feed, target: Target, reason: str) -> None:
    """Build a sound index anew. Raises StoreError."""
    _log.info("Rebuilding the %s of %d reports: %s.", index.name, len(target.reports), reason)
    index.rebuild(feed(target.reports), target.sequence, target.model)
