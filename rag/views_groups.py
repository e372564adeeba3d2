"""Which reports are on the same company, and by the same broker, whatever names and scripts they use."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rag import lexicon
from rag.names import broker_keys, key, names_of
from rag.tickers import find_tickers, normalise_ticker
from rag.types import Report


@dataclass(frozen=True, slots=True)
class Group:
    """The reports on one company. ``ids``: everything that names it, to compare by.

    ``by_broker``: the reports of each broker, oldest first; each report without a broker is alone.
    """

    name: str
    ids: frozenset[str]
    reports: tuple[Report, ...]
    by_broker: tuple[tuple[Report, ...], ...]


def groups(reports: Sequence[Report]) -> list[Group]:
    """Reports by company, in order of name."""
    found = []
    for ids, members in _joined(reports, company_ids):
        dated = sorted(members, key=lambda report: report.date or date.min)
        found.append(Group(_name(dated), ids, tuple(dated), _by_broker(dated)))
    return sorted(found, key=lambda group: group.name)


def company_ids(report: Report) -> frozenset[str]:
    """What names the first company of a report: its tickers, its lexicon name, its name without legal suffix."""
    ids = {f"code {normalise_ticker(ticker)}" for ticker in report.tickers[:1]}
    for name in report.companies[:1]:
        ids |= _ids_of(name)
    for ticker in report.tickers[:1]:
        if concept := lexicon.by_ticker(normalise_ticker(ticker)):
            ids.add(f"known {concept.canonical}")
    return frozenset(ids)


def _ids_of(name: str) -> set[str]:
    known = [entity.name for entity in lexicon.entities(name) if entity.kind == "company"]
    ids = {f"known {known[0]}"} if known else set()
    bare = Report("", "", "", "text", "en", companies=(name,))
    return ids | {f"name {found}" for found in names_of(bare).about | {key(name)} if found}


def is_meant(asked: str, group: Group) -> bool:
    """Whether a name, an alias or a ticker in any script means the company of a group."""
    ids = _ids_of(asked) | {f"code {code.ticker}" for code in find_tickers(f"({asked.strip()})")}
    ids |= {f"known {concept.canonical}" for concept in lexicon.lookup(asked) if concept.kind == "company"}
    ids.add(f"code {normalise_ticker(asked)}")
    if ids & group.ids:
        return True
    wanted = key(asked)
    return len(wanted) >= 2 and any(wanted in id_.removeprefix("name ") for id_ in group.ids if id_.startswith("name "))


def broker_ids(report: Report) -> frozenset[str]:
    """What names the broker of a report; its own id where none is known."""
    return broker_keys(report.broker or "") or frozenset({f"report {report.id}"})


def _by_broker(dated: Sequence[Report]) -> tuple[tuple[Report, ...], ...]:
    return tuple(tuple(members) for _, members in _joined(dated, broker_ids))


def _joined(
    reports: Iterable[Report], ids_of: Callable[[Report], frozenset[str]]
) -> list[tuple[frozenset[str], list[Report]]]:
    """Reports that share an id, or are joined by others that do, in the order given."""
    parts: list[tuple[frozenset[str], list[tuple[int, Report]]]] = []
    for index, report in enumerate(reports):
        ids = ids_of(report)
        if not ids:
            continue
        same = [part for part in parts if part[0] & ids]
        parts = [part for part in parts if not part[0] & ids]
        members = [pair for _, pairs in same for pair in pairs] + [(index, report)]
        parts.append((ids.union(*(part[0] for part in same)), sorted(members, key=lambda pair: pair[0])))
    return [(ids, [report for _, report in pairs]) for ids, pairs in parts]


def _name(dated: Sequence[Report]) -> str:
    """The name that most reports use, the newest among equals."""
    names = [report.companies[0] if report.companies else report.tickers[0] for report in reversed(dated)]
    return Counter(names).most_common(1)[0][0]
