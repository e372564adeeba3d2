"""The figures of a sentence against the passages it cites: which stand there as the sentence has them, which do not."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from rag.figures.columns import column_problem, row_problem
from rag.figures.context import Fact, Reading, ranges, read
from rag.figures.figure import Figure
from rag.figures.lost import copies_lost
from rag.figures.match import NOT_THERE, OTHER, TURNED, Problem, problem
from rag.figures.value import readings, same_measure, same_value, slack, values_of
from rag.language.periods import periods
from rag.verify.alignment import Slot, changed
from rag.verify.carried import place_problem
from rag.verify.cells import cell_problem, currency_of
from rag.verify.course import course_problem, told_for
from rag.verify.labels import label_problem
from rag.verify.lists import other_order
from rag.verify.owner import check_owners
from rag.verify.share import summed
from rag.verify.shown import in_equations
from rag.verify.source import Source, Values, in_order
from rag.verify.times import dated
from rag.verify.wording import names_in
from rag.verify.worked import worked_out


def check_figures(
    wanted: Reading, sources: Sequence[Source]
) -> tuple[dict[str, Fact], dict[str, str], list[dict[str, None]]]:
    """Figures found, by their text; what is wrong with the others; and the figures of each source."""
    found: dict[str, Fact] = {}
    problems: dict[str, str] = {}
    where: list[dict[str, None]] = [{} for _ in sources]
    missing: list[tuple[Fact, bool]] = []
    metrics = frozenset().union(*(source.reading.metrics for source in sources))
    for fact in wanted.facts:
        shown = fact.figure.text.strip()
        results = [_look(fact, source, wanted, metrics) for source in sources]
        good = [index for index, result in enumerate(results) if result is None]
        for index in good:
            where[index][shown] = None
        if good:
            found[shown] = fact
            continue
        nearest = min((result for result in results if result), key=lambda result: result.rank)
        if not fact.figure.soft or nearest.rank <= TURNED or _contradicted(fact, wanted, sources):
            problems[shown] = nearest.text
            if nearest.rank > TURNED:
                missing.append((fact, nearest.rank > OTHER or not _stands_there(fact, sources)))
    problems.update(other_order(wanted, [source.reading for source in sources], found))
    owned = check_owners(wanted, [source.reading for source in sources if not source.table])
    problems.update({shown: reason for shown, reason in owned.items() if shown in found})
    right, denied = in_equations(wanted, found, [(source.reading, source.scale) for source in sources])
    for shown, fact in right.items():
        problems.pop(shown, None)
        found.setdefault(shown, fact)
    for fact, free in (*missing, *(each for each in missing if each[1])):  # one may follow from another
        shown = fact.figure.text.strip()
        if (
            shown in problems
            and shown not in denied
            and (
                _is_name(fact, wanted, sources)
                or any(_look(each, source, wanted, metrics) is None for each in _as_growth(fact) for source in sources)
                or _works_out(fact, found, wanted, sources, free)
            )
        ):
            problems.pop(shown, None)
            found[shown] = fact
    return found, problems, where


def _stands_there(fact: Fact, sources: Sequence[Source]) -> bool:
    """Whether a source has the very value of a figure, not one that it may be rounded of."""
    return any(
        fact.figure.value in values_of(found, source.scale)
        for source in sources
        for found, _ in _candidates(fact.figure, source)
    )


def _look(fact: Fact, source: Source, wanted: Reading, metrics: frozenset[str]) -> Problem | None:
    """None when the source has the figure as the sentence has it; else the nearest miss."""
    fact = dated(fact, wanted) if source.table else fact
    figure = fact.figure
    best = Problem(NOT_THERE, f"{figure.text.strip()} is not in the cited passages")
    if figure.kind in ("label", "ratio"):
        return None if _has_label(figure, wanted.text, source) else best
    for own in (*readings(figure), *_in_unit_of_table(figure, source)):
        for found, other in _candidates(own, source):
            if own.part and own.sign and not other.way:
                continue  # `halved` is a change
            if found.value != other.figure.value and other.row is not None and _sized_alike(own, other.figure):
                continue  # 1,730 tonnes is not the 1,730 of a row in kt
            if _end(figure, wanted) * _end(other.figure, source.reading) < 0:
                continue  # 905 of 905-915 is not that of 890-905
            miss = _miss(fact, own, other, found, source, wanted, metrics)
            if miss is None:
                return None
            best = min(best, miss, key=lambda each: each.rank)
    return best


def _sized_alike(one: Figure, two: Figure) -> bool:
    """Whether two amounts have a measure or a currency each, which is then no matter of the table alone."""
    return bool((one.unit and one.unit == two.unit) or (one.currency and two.currency and not one.scaled))


def _end(figure: Figure, reading: Reading) -> int:
    """1 for the upper end of a range, -1 for the lower one, 0 for a figure that is none."""
    for low, high in ranges(reading):
        if figure.start in (low.start, high.start):
            return 1 if figure.start == high.start else -1
    return 0


def _miss(
    fact: Fact, own: Figure, other: Fact, found: Figure, source: Source, wanted: Reading, metrics: frozenset[str]
) -> Problem | None:
    """What is said differently of a figure of the sentence, read as ``own``, and one of a source, read as ``found``."""
    if not same_measure(own, found, source.reading.text, currency_of(other, source)) and not _spread(own, other):
        return Problem(6, f"the cited passage has {other.figure.text.strip()}, not {fact.figure.text.strip()}")
    return _unlike(fact, other, wanted, source, metrics)


def _unlike(fact: Fact, other: Fact, wanted: Reading, source: Source, metrics: frozenset[str]) -> Problem | None:
    """What is said differently of a figure of the sentence in its place of a source: first what the figures tell."""
    miss = problem(fact, other, wanted, source.reading, metrics)
    if miss is None and other.row is None:
        miss = place_problem(fact, other, wanted, source.reading)
    elif miss is None:
        miss = (
            column_problem(fact, other, wanted, source.shift)
            or row_problem(fact, other, wanted, source.rows)
            or cell_problem(fact, other, wanted, source)
        )
    return (
        miss
        or course_problem(fact, other, wanted, source)
        or told_for(fact, other, wanted, source)
        or label_problem(fact, other, wanted, source)
    )


def _in_unit_of_table(figure: Figure, source: Source) -> Iterator[Figure]:
    """`15.3 years` as the bare 15.3 of a table that names the unit over its column."""
    if source.table and figure.unit == "month" and figure.factor != 1:
        named = re.split(r"[\s-]", figure.text)[-1].lower()
        if named in source.everything.lower():
            one = figure.factor
            yield replace(
                figure, kind="number", unit="", value=figure.value / one, step=figure.step / one, factor=Decimal(1)
            )


def _readings_of(fact: Fact) -> Iterator[Fact]:
    """A figure as it may be read: with the unit of its list or without, index points as points of a rate."""
    yield from (fact if own is fact.figure else replace(fact, figure=own) for own in readings(fact.figure))
    if fact.figure.kind == "number" and fact.figure.text.endswith(("point", "points")):
        yield replace(fact, figure=replace(fact.figure, kind="points"))


def _as_growth(fact: Fact) -> Iterator[Fact]:
    """A multiple as the change in percent that it stands for: 增长1.33倍 is +133%, `2.7 times the level` is +170%."""
    figure = fact.figure
    if figure.kind == "multiple":
        value = (figure.value if fact.worded > 0 else figure.value - 1) * 100
        if value > 0:
            percent = replace(
                figure, kind="percent", value=value, step=figure.step * 100, factor=Decimal(100), about=True
            )
            yield replace(fact, figure=percent, way=1, worded=1)


_NAME_BEFORE = re.compile(r"[A-Z][A-Za-z&]*$")


def _is_name(fact: Fact, wanted: Reading, sources: Sequence[Source]) -> bool:
    """Whether a bare number is part of a name that a passage has: `CSI 300` for CSI300, 沪深300 for either."""
    figure = fact.figure
    if figure.kind != "number" or figure.unit or figure.scaled or not figure.text.strip().replace(",", "").isdigit():
        return False
    before = wanted.text[: figure.start].rstrip()
    name = _NAME_BEFORE.search(before)
    joined = f"{name[0]}{figure.text.strip()}".lower() if name else ""
    if joined and any(joined in source.reading.text.lower().replace(" ", "") for source in sources):
        return True
    if len(number := figure.text.strip().replace(",", "")) > 2 and any(
        each.figure.kind == "label" and re.sub(r"\D", "", each.figure.unit) == number
        for source in sources
        for each in source.reading.facts
    ):
        return True  # 5,500 of a coal called Q5500
    names = {each.name for each in names_in(wanted.text) if each.start <= figure.start < each.end}
    return any(each.name in names for source in sources for each in names_in(source.reading.text)) if names else False


def _spread(figure: Figure, other: Fact) -> bool:
    """`75 basis points` for a spread of 0.75%, which is no change."""
    return (
        figure.kind == "points"
        and figure.factor < 1
        and other.figure.kind == "percent"
        and (not other.way or other.level)
    )


def _works_out(fact: Fact, found: Mapping[str, Fact], wanted: Reading, sources: Sequence[Source], free: bool) -> bool:
    """Whether a figure follows from the passages though the sentence does not show how; ``free``: they do not have it for
    another period, metric or tense."""

    def locate(known: Fact) -> Iterator[tuple[Source, Fact]]:
        for source in sources:
            for own in readings(known.figure):
                for _, other in _candidates(own, source):
                    if _bears(known, own, other, source, wanted):
                        yield source, other

    known = list(found.values())
    return summed(fact, wanted, sources) or any(
        worked_out(each, known, wanted, sources if free else (), locate) for each in _readings_of(fact)
    )


def _bears(fact: Fact, own: Figure, other: Fact, source: Source, wanted: Reading) -> bool:
    if not same_measure(own, other.figure, source.reading.text, currency_of(other, source)):
        return False
    if problem(fact, other, wanted, source.reading, source.reading.metrics):
        return False
    return other.row is None or not (
        column_problem(fact, other, wanted, source.shift) or row_problem(fact, other, wanted, source.rows)
    )


def _candidates(figure: Figure, source: Source) -> Iterator[tuple[Figure, Fact]]:
    """The figures of a source that have the value of one of the sentence, each once; of a text that lost its points those
    with points first."""
    reach = slack(figure)
    seen: set[int] = set()
    for values, valued in _in_order(source):
        for other, fact in valued[
            bisect_left(values, figure.value - reach) : bisect_right(values, figure.value + reach)
        ]:
            if id(other) not in seen and same_value(figure, other, source.scale):
                seen.add(id(other))
                yield other, fact


def _in_order(source: Source) -> Iterator[Values]:
    yield source.values, source.valued
    if source.as_it_is:
        yield in_order(read(source.as_it_is), source.scale)


def _has_label(figure: Figure, sentence: str, source: Source) -> bool:
    if figure.kind == "ratio":
        return any(fact.figure.unit == figure.unit for fact in source.reading.facts)
    tail = _TAIL.match(sentence, figure.end)  # the B of TR-35B, which is no billion
    names = {figure.unit + (tail[0].lower() if tail else ""), _PLURAL.sub("", figure.unit)}
    texts = [text.lower().replace("\u2011", "-") for text in (source.reading.text, source.context)]
    return any(_stands_in(name, text) for name in names for text in texts)


def _stands_in(name: str, text: str) -> bool:
    """Whether a name stands in a text of small letters, not inside a longer word or number."""
    at = text.find(name)
    while at >= 0:
        if not _IN_WORD.match(text, at + len(name)) and not (at and _IN_WORD.match(text, at - 1)):
            return True
        at = text.find(name, at + 1)
    return False


_TIMES = ("month", "week", "day", "hour")
_TAIL = re.compile(r"[A-Za-z]{1,3}(?![A-Za-z0-9])")
_PLURAL = re.compile(r"(?<=\d)s$")
_IN_WORD = re.compile("[a-z0-9]")
_NEXT_WORD = re.compile(r"\s*([A-Za-z]{3,}|[\u4e00-\u9fff]{2})")


def _contradicted(fact: Fact, wanted: Reading, sources: Sequence[Source]) -> bool:
    """Whether the sources give another number of the very thing that a small number word counts."""
    if fact.figure.unit in _TIMES:
        word = re.split(r"[\s-]", fact.figure.text)[-1].rstrip("s")
        same = [
            f.figure for source in sources for f in source.reading.facts if f.figure.text.rstrip("s").endswith(word)
        ]
        return any(other.unit == fact.figure.unit and other.soft for other in same)
    thing = _NEXT_WORD.match(wanted.text, fact.figure.end)
    if thing is None:
        return False
    name = thing[1].lower()[:5]
    for source in sources:
        for other in source.reading.facts:
            said = _NEXT_WORD.match(source.reading.text, other.figure.end)
            if said and said[1].lower()[:5] == name and other.figure.value != fact.figure.value:
                return True
    return False


def _part_of(slot: Slot, other: Slot, wanted: Reading, passages: Sequence[Reading]) -> bool:
    """Whether the period of a sentence is one of those that the passage has in its place: 2026 of 2025-2027."""
    own = [each.period for each in wanted.periods if each.text.strip() == slot.text and each.period]
    there = [each.period for one in passages for each in one.periods if each.text.strip() == other.text and each.period]
    return any(a.start <= b.start and b.end <= a.end and a.kind == "range" for a in there for b in own)


def _told_by_day(slot: Slot, other: Slot, wanted: Reading, sources: Sequence[Source]) -> bool:
    """Whether a year of a sentence is what the passage tells from its report's date in that place: 2022年, of 明年."""
    own = [each.period for each in wanted.periods if each.text.strip() == slot.text and each.period]
    there = [each for source in sources if source.day for each in periods(other.text, source.day)]
    return any((a.start, a.end) == (b.start, b.end) for a in own for b in there)


def check_places(wanted: Reading, sources: Sequence[Source], problems: dict[str, str]) -> str:
    """Add figures that the same words surround another figure for; say which word of direction was turned."""
    turned = ""
    passages = [source.reading for source in sources if not source.table]
    if copies_lost(wanted.text):
        passages += [read(source.as_it_is) for source in sources if source.as_it_is]
    for slot, other in changed(wanted, passages):
        if slot.kind == "move":
            turned = f"It says {slot.text} where the cited passage says {other.text}."
        elif slot.text not in problems and not (
            slot.kind == "period"
            and (_part_of(slot, other, wanted, passages) or _told_by_day(slot, other, wanted, sources))
        ):
            problems[slot.text] = f"the cited passage has {other.text}, not {slot.text}, in that place"
    return turned
