"""A library's reports by what they can be called, so that a question finds the few it names among thousands."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator

from rag.language.periods import Period
from rag.reports.names import Haystack, Names, has_cjk, names_of
from rag.types import Report

KEPT = 8  # shelves kept at a time: the whole library, and the scopes asked lately
LONG_RANGE = 30  # years; a longer period fits nearly everything


class Shelf:
    """Built once for the same reports; ``likely`` then takes time by the question's length, not by the library's size."""

    def __init__(self, reports: tuple[Report, ...]) -> None:
        self.reports = reports
        self._keys: dict[str, list[int]] = defaultdict(list)
        self._concepts: dict[str, list[int]] = defaultdict(list)
        self._tickers: dict[str, list[int]] = defaultdict(list)
        self._years: dict[int, list[int]] = defaultdict(list)
        for place, report in enumerate(reports):
            self._file(place, report, names_of(report))
        self._words = max((name.count(" ") + 1 for name in self._keys if not has_cjk(name)), default=0)
        self._lengths = sorted({len(name) for name in self._keys if has_cjk(name)})

    def _file(self, place: int, report: Report, names: Names) -> None:
        for name in names.about | names.likely | names.broker:
            self._keys[name].append(place)
        for concept in names.concepts:
            self._concepts[concept].append(place)
        for ticker in names.tickers:
            self._tickers[ticker].append(place)
        years = {year for period in names.periods for year in period.years[:LONG_RANGE]}
        # A report is also about the year that its own follows, and its period's figures stand in the next year's report.
        years |= {report.date.year, report.date.year - 1} if report.date else set()
        for year in years | {year - 1 for year in years}:
            self._years[year].append(place)

    def likely(
        self,
        hay: Haystack,
        concepts: Iterable[str],
        tickers: Iterable[str],
        brokers: Iterable[str],
        when: Iterable[Period],
    ) -> Iterator[Report]:
        """The reports that may fit, in shelf order: named in the question, or near one of its periods."""
        found: set[int] = set()
        for name in self._named(hay):
            found.update(self._keys[name])
        for name in brokers:
            found.update(self._keys.get(name, ()))
        for concept in concepts:
            found.update(self._concepts.get(concept, ()))
        for ticker in tickers:
            found.update(self._tickers.get(ticker, ()))
        for period in when:
            for year in period.years[:LONG_RANGE]:
                found.update(self._years.get(year, ()))
        return (self.reports[place] for place in sorted(found))

    def _named(self, hay: Haystack) -> Iterator[str]:
        """The keys of this shelf that occur in the question."""
        words = hay.words.split()
        for start in range(len(words)):
            for end in range(start + 1, min(start + self._words, len(words)) + 1):
                name = " ".join(words[start:end])
                if name in self._keys:
                    yield name
        for length in self._lengths:
            for start in range(len(hay.run) - length + 1):
                name = hay.run[start : start + length]
                if name in self._keys:
                    yield name


_shelves: OrderedDict[tuple[int, ...], Shelf] = OrderedDict()
_lock = threading.Lock()


def shelf_of(reports: Iterable[Report]) -> Shelf:
    """The shelf of these very reports. Reports are frozen, so the same objects make the same shelf."""
    held = tuple(reports)
    made_of = tuple(map(id, held))  # a kept shelf holds its reports, so that their ids stay theirs
    with _lock:
        shelf = _shelves.get(made_of)
        if shelf is not None:
            _shelves.move_to_end(made_of)
            return shelf
    shelf = Shelf(held)
    with _lock:
        _shelves[made_of] = shelf
        while len(_shelves) > KEPT:
            _shelves.popitem(last=False)
    return shelf
