"""Which reports are on the same company, and by the same broker, whatever names and scripts they use."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise

from rag.language import lexicon
from rag.reports.kept import kept
from rag.reports.names import broker_keys, key, names_of
from rag.reports.tickers import find_tickers, normalise_ticker
from rag.types import Report

KEPT = 8  # groupings kept at a time: of the whole library, and of the scopes asked lately
_FORMS = frozenset(
    "the inc incorporated corp corporation company co limited ltd plc llc lp ag se sa nv asa ab oyj group holding holdings class adr com"
    " international technologies technology platforms motors".split()
)


@dataclass(frozen=True, slots=True)
class Group:
    """The reports on one company. ``ids``: everything that names it, to compare by.

    ``by_broker``: the reports of each broker, oldest first; each report without a broker is alone.
    """

    name: str
    ids: frozenset[str]
    reports: tuple[Report, ...]
    by_broker: tuple[tuple[Report, ...], ...]


@kept(KEPT)
def groups(reports: tuple[Report, ...]) -> tuple[Group, ...]:
    """Reports by company, in order of name."""
    found = []
    longer = _longer_names(reports)
    for ids, members in _joined(
        reports, lambda report: company_ids(report) | longer.get(company_ids(report), frozenset())
    ):
        dated = sorted(members, key=lambda report: report.date or date.min)
        found.append(Group(_name(dated), ids, tuple(dated), _by_broker(dated)))
    return tuple(sorted(found, key=lambda group: group.name))


def _longer_names(reports: Sequence[Report]) -> dict[frozenset[str], frozenset[str]]:
    """For the ids of a company those of the one whose name goes on from its own: 北风泵业 and 北风泵业股份有限公司.

    Not where stock codes or the lexicon tell them apart.
    """
    names = sorted(
        {(id_, ids) for ids in map(company_ids, reports) for id_ in ids if id_.startswith("name ")},
        key=lambda item: item[0],
    )
    found: dict[frozenset[str], frozenset[str]] = {}
    for (short, ids), (long, others) in pairwise(names):
        name = short.removeprefix("name ")
        enough = len(name) >= 4 if not name.isascii() else " " in name
        if enough and ids != others and long.startswith(short) and not _apart(ids, others):
            found[ids] = found.get(ids, frozenset()) | {long}
    return found


def _apart(ids: frozenset[str], others: frozenset[str]) -> bool:
    """Whether both have a code, or a lexicon name, and not the same."""
    for kind in ("code ", "known "):
        here = {id_ for id_ in ids if id_.startswith(kind)}
        there = {id_ for id_ in others if id_.startswith(kind)}
        if here and there and not here & there:
            return True
    return False


def company_ids(report: Report) -> frozenset[str]:
    """What names the first company of a report: its tickers, its lexicon name, its name without legal suffix."""
    return _company_ids(report.companies[:1], report.tickers[:1])


@lru_cache(maxsize=20_000)
def _company_ids(companies: tuple[str, ...], tickers: tuple[str, ...]) -> frozenset[str]:
    codes = [normalise_ticker(ticker) for ticker in tickers]
    ids = {f"code {code}" for code in codes}
    ids |= {f"known {concept.canonical}" for code in codes if (concept := lexicon.by_ticker(code))}
    return frozenset(ids.union(*map(_ids_of, companies)))


def _ids_of(name: str) -> set[str]:
    known = next((entity for entity in lexicon.entities(name) if entity.kind == "company"), None)
    ids = {f"known {known.name}"} if known and _is_whole(name, known.start, known.end) else set()
    bare = Report("", "", "", "text", "en", companies=(name,))
    return ids | {f"name {found}" for found in names_of(bare).about | {key(name)} if found}


def _is_whole(name: str, start: int, end: int) -> bool:
    """Whether a known name within a name is all of it but for words such as ``Holdings``: ``Vale`` is not ``Vale Tea``."""
    rest = f"{name[:start]} {name[end:]}"
    if not rest.isascii():
        return name[:start].strip() == "" or len(name[start:end]) * 2 >= len(name)
    words = [word for word in re.findall(r"[A-Za-z]+", rest) if len(word) > 1]
    return all(word.lower() in _FORMS for word in words)


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
    part_of: dict[str, int] = {}
    parts: dict[int, tuple[set[str], list[int]]] = {}
    listed = list(reports)
    for index, report in enumerate(listed):
        ids = set(ids_of(report))
        if not ids:
            continue
        members = [index]
        for part in sorted({part_of[id_] for id_ in ids if id_ in part_of}):
            known, others = parts.pop(part)
            ids |= known
            members += others
        parts[index] = (ids, members)
        part_of.update(dict.fromkeys(ids, index))
    in_order = sorted(parts.values(), key=lambda part: min(part[1]))
    return [(frozenset(ids), [listed[i] for i in sorted(members)]) for ids, members in in_order]


def _name(dated: Sequence[Report]) -> str:
    """The name that most reports use, the newest among equals."""
    names = [report.companies[0] if report.companies else report.tickers[0] for report in reversed(dated)]
    return Counter(names).most_common(1)[0][0]
