"""Which period a figure is for, read from where the two stand: lists of equal length, `5% in 2024`, `2024: 5%`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from rag.figures.figure import Figure
from rag.figures.metrics import TURN
from rag.figures.tense import tense_of

_LIST_GAP = re.compile(
    r"\s*(?:[,，、/&]|,?\s*(?:and|or)\b|和|及|与|[-–~至])\s*(?:(?:about|approximately|around|roughly|nearly|over|some|约|大约|and|和)\s*)?",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"\s*(?:/[A-Za-z]+)?\s*(?:\(|（)?\s*(?:per share\s?[)）]\s)?(?:(?!(?:and|to|from|than|while|after|before|but|versus|vs|since|or|is|was|are|were|with|payable|paid|due|repayable|mature|matures|maturing|expire|expires|expiring|above|below|under)\b)[a-z-]+\s+){0,3}?"
    r"(?:(?:in|for|by|during|as\s+of|at|of|over)\s+)?(?:the\s+)?(?:end\s+of\s+|year-end\s+|whole\s+of\s+)?",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s*(?:[-–~至到]|to|through|until)\s*")
_DATELINE = re.compile(r"[,，]?\s?[\u4e00-\u9fffA-Za-z]{0,8}(?:[电讯][,，]|\s[-–—]{1,2}\s)")
_UNTIL = re.compile(r"(?:\b(?:by|until|before|no later than)|[至于]|截[至止]|之前)\s*(?:the\s)?$", re.IGNORECASE)
_WAS = re.compile(
    r"(?:\b(?:up|down|higher|lower|increased|decreased|rose|fell|grew|declined|compared|recovered|improved|narrowed|widened)\s(?:sharply\s|slightly\s)?(?:from|with|to a)\s(?:a\s)?|\b(?:versus|vs\.?|against)\s)"
    r"(?:(?:a|an)?\s?(?:net\s)?(?:loss|profit|gain|outflow|inflow)\sof\s)?(?:about\s|around\s|roughly\s|nearly\s)?$",
    re.IGNORECASE,
)
_CAME = re.compile(r"\bfrom\s(?:about\s|around\s)?$", re.IGNORECASE)
_EARLIER = re.compile(r"(?:\s[a-z]+){0,2}?\s(?:a|one|the) (?:year|quarter|month|week) (?:before|earlier)\b")
_AS_OF = re.compile(r"\b(?:as of|at)\b[a-z\s]*$")
_OR = re.compile(r"\s*,?\s*(?:or|that is|[(（]|即)\s*", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:between|from)\s*$", re.IGNORECASE)
_HEADS = re.compile(r"\s*[:：]|\s?[-+]?\d")  # `(9M24: 2,205m)`: the period belongs to what follows
_OWN = re.compile(r"\s*(?:末|底|年末|年底)?的\s*|['’]s?\s+")  # 2008财年末的5.691亿美元
_CHANGED = re.compile(r"(?:同比|环比)?(?:增长|上升|上涨|下降|下跌|下滑|回落|增加|减少)")
_TO = re.compile(r"\s*(?:to|at|,?\s*reaching|至|到)\s*", re.IGNORECASE)
_BASE = re.compile(
    r"(?:\b(?:from|than|versus|vs\.?|against|compared\s+(?:with|to)|relative\s+to|over|since|on|than\s+in|than\s+(?:a|the)|above|below)\s*(?:in\s+|at\s+)?(?:the\s+)?(?:end\s+of\s+)?"
    r"|[较比自对由从]|相比|相较于?)\s*$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\s*(?:以来|来(?!自))")


_RESPECTIVELY = re.compile(r"\s?,?\s?respectively\b", re.IGNORECASE)


_NEXT_OF_LIST = re.compile(r"\s?[,;]\s(?:and\s)?[^().;,]{1,64}")
Bound = list[tuple[Figure, ...]]


def bind_periods(text: str, found: Sequence[Figure], spans: Sequence[tuple[int, int]]) -> tuple[Bound, Bound]:
    """For each figure, the periods it is for and those it is compared with; () when unknown."""
    bound: Bound = [()] * len(found)
    bases: Bound = [()] * len(found)
    for start, end in spans:
        inside = [index for index, figure in enumerate(found) if start <= figure.start < end]
        times = [index for index in inside if found[index].kind == "period" and not found[index].soft]
        if not times:
            continue
        lasting = {each for each in times if each + 1 in times and _DASH.fullmatch(text, *_gap(found, each))}
        against = {each for each in times if each not in lasting and is_base(text, found[each])}
        done = _aligned(text, found, inside, bound)
        used = _attached(text, found, inside, bound, done)
        apart = {each for each in times if _is_apart(text, start, found[each]) or _of_a_debt(text, found, inside, each)}
        _governed(text, found, inside, bound, (done, used), used | against | apart)
        _compared(text, found, inside, bases, against - used)
        for each in inside[1:]:  # `5 million in 2024, or 1.20 per share`
            if not bound[each] and found[each].kind != "period":
                last = next((i for i in range(each - 1, inside[0] - 1, -1) if found[i].kind != "period"), None)
                if last is not None and _OR.fullmatch(text, found[each - 1].end, found[each].start):
                    bound[each] = bound[last]
    return bound, bases


def _gap(found: Sequence[Figure], index: int) -> tuple[int, int]:
    """The characters between a figure and the next one."""
    return found[index].end, found[index + 1].start


def _is_apart(text: str, start: int, time: Figure) -> bool:
    """Whether a day is that of the news itself (`6 July, Reuters -`, 7月6日电), or the end of what is planned."""
    if time.period is None or time.period.kind != "day":
        return False
    if _DATELINE.match(text, time.end) and time.start - start < 24:
        return True
    return bool(_UNTIL.search(text, max(start, time.start - 16), time.start)) and tense_of(text[start:]) > 0


def _is_day(time: Figure) -> bool:
    return time.period is not None and time.period.kind == "day"


def _of_a_debt(text: str, found: Sequence[Figure], inside: Sequence[int], time: int) -> bool:
    """Whether a period tells when what an earlier amount is of falls due: `5 million of notes due 2027 and a loan of 3 million`."""
    earlier = any(found[each].kind in ("money", "number") for each in inside if each < time)
    return earlier and _MATURES.search(text, max(0, found[time].start - 18), found[time].start) is not None


def is_base(text: str, time: Figure) -> bool:
    """Whether a period is one that something is compared with; `over 2026-2030` and `on 3 May` tell when it is."""
    if text.endswith("以来", 0, time.end) or _SINCE.match(text, time.end):
        return True  # 为2005年以来首次
    match = _BASE.search(text[max(0, time.start - 20) : time.start])
    kind = time.period.kind if time.period else ""
    when = {"over": "range", "on": "day", "since": "day"}
    return match is not None and when.get(match[0].split()[0].lower()) != kind


_MATURES = re.compile(r"\b(?:matur\w+|due|expir\w+|repayable|payable)\s+(?:(?:in|on|by|until)\s+)?$", re.IGNORECASE)
_ASIDE = re.compile(r"\s?[(（](?:the\s)?(?:[a-z]+\s)?", re.IGNORECASE)  # fiscal Q3 2025 (quarter ended June 2025)
_ZH_CLAUSE = re.compile(r"[\u4e00-\u9fff元%)）][,，;；](?=[^,，]*$|[^\d]*\d)")
_FROM = re.compile(r"\bfrom\s*$", re.IGNORECASE)
_COMMA = re.compile(r"[,，;；](?!\d)")
_CLOSE = re.compile("[)）]")


def _elsewhere(text: str, found: Sequence[Figure], index: int, behind: int) -> bool:
    """Whether a period behind a figure is not that of the figure: that of what it rose from, of what stands behind `while`,
    or of the next figure (`0.34 (2023: 0.32)`)."""
    figure, time = found[index], found[behind]
    if behind < index and _in_closed_brackets(text, found, behind, index):
        return True
    if behind > index and _HEADS.match(text, time.end) and behind + 1 < len(found):
        return True
    if _MATURES.search(text, max(0, time.start - 18), time.start):
        return True
    if behind > index and time.text.endswith("同期"):
        return True  # 亏损25.9亿元,去年同期亏损18.4亿元
    if behind > index and _ZH_CLAUSE.search(text, figure.end, time.start):
        return True
    return bool(_FROM.search(text, max(0, figure.start - 6), figure.start) or TURN.search(text, figure.end, time.start))


def _compared(text: str, found: Sequence[Figure], inside: Sequence[int], bases: Bound, against: set[int]) -> None:
    """`5% more than in 2023`, 较2023年增加5%: the figure next to a base of comparison."""
    for each in against:
        if text[: found[each].start].rstrip()[-1:] in ("由", "从"):
            continue  # its own figure stands behind it: 由6月的4.1%升至4.2%
        chinese = text[: found[each].start].rstrip()[-1:] in "较比于对"
        near = each + 1 if chinese else each - 1
        if near in inside and found[near].kind != "period":
            bases[near] = (found[each],)


def _runs(text: str, found: Sequence[Figure], inside: Sequence[int], *, times: bool) -> list[list[int]]:
    """Runs of neighbouring figures of one kind with only list separators between them."""
    runs: list[list[int]] = []
    for index in inside:
        if (found[index].kind == "period") != times or found[index].kind in ("label", "ratio"):
            continue
        follows = bool(runs) and runs[-1][-1] == index - 1 and _of_one_list(found[index - 1], found[index])
        if follows and _LIST_GAP.fullmatch(text[found[index - 1].end : found[index].start]):
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _of_one_list(one: Figure, two: Figure) -> bool:
    """`50.9 billion, 62.6 billion and 74.4 billion yuan`: the currency of the last is that of all."""
    return one.kind == two.kind or {one.kind, two.kind} == {"number", "money"}


def _years(found: Sequence[Figure], run: Sequence[int]) -> list[tuple[Figure, ...]]:
    """The periods of a run one by one; `2025-2027` stands for its years."""
    out: list[tuple[Figure, ...]] = []
    for index in run:
        period = found[index].period
        if period is not None and period.kind == "range" and (period.start.month, period.end.month) == (1, 12):
            years = [
                replace(period, start=date(year, 1, 1), end=date(year, 12, 31), kind="year") for year in period.years
            ]
            out.extend((replace(found[index], unit=each.label, period=each),) for each in years)
        else:
            out.append((found[index],))
    return out


def _span_of(text: str, found: Sequence[Figure], run: Sequence[int]) -> list[tuple[Figure, ...]]:
    """The years from one to another: `2024 - 2026年`."""
    first, last = found[run[0]], found[run[1]]
    a, b = first.period, last.period
    if a is None or b is None or a.kind != "year" or b.kind != "year" or not 1 < b.start.year - a.start.year < 9:
        return []
    if not _DASH.fullmatch(text, first.end, last.start):
        return []
    years = [replace(a, start=date(y, 1, 1), end=date(y, 12, 31)) for y in range(a.start.year, b.start.year + 1)]
    return [(replace(first, unit=each.label, period=each),) for each in years]


def _aligned(text: str, found: Sequence[Figure], inside: Sequence[int], bound: Bound) -> set[int]:
    """Lists of values beside lists of periods of the same length: the first for the first."""
    done: set[int] = set()
    runs = _runs(text, found, inside, times=True)
    lists = [(run, _years(found, run)) for run in runs]
    lists += [(run, [(found[index],) for index in run]) for run in runs]  # ranges of years, each one period
    lists += [(run, _span_of(text, found, run)) for run in runs if len(run) == 2]
    lists = [(run, each) for run, each in lists if len(each) > 1]
    for run in _runs(text, found, inside, times=False):
        fitting = [(abs(there[0] - run[-1]), each) for there, each in lists if len(each) == len(run)]
        if len(run) > 1 and fitting:
            for index, period in zip(run, min(fitting, key=lambda each: each[0])[1], strict=True):
                bound[index] = period
                done.add(index)
    for run, each in lists:
        free = [index for index in inside if index not in done]
        for index, period in _respectively(text, found, free, run, each):
            bound[index] = period
            done.add(index)
    return done


def _respectively(
    text: str, found: Sequence[Figure], inside: Sequence[int], run: Sequence[int], times: Sequence[tuple[Figure, ...]]
) -> Iterator[tuple[int, tuple[Figure, ...]]]:
    """`fell 0.7 billion or 0.6% and rose 2.8 billion or 2.3% in 2020 and 2019, respectively`: the figures before the periods, in
    as many groups as there are periods, alike in their kinds."""
    if not _RESPECTIVELY.match(text, found[run[-1]].end):
        return
    before = [index for index in inside if index < run[0] and found[index].kind not in ("period", "label", "ratio")]
    size, rest = divmod(len(before), len(times))
    kinds = [found[index].kind for index in before]
    if not size or rest or any(kinds[place] != kinds[place % size] for place in range(len(kinds))):
        return
    for place, index in enumerate(before):
        yield index, times[place // size]


def _attached(text: str, found: Sequence[Figure], inside: Sequence[int], bound: Bound, done: set[int]) -> set[int]:
    """`19.4% for 2024`, `5bn (2025E)`: a period right behind its figure. Returns the periods so used."""
    used: set[int] = set()
    for index in inside:
        following = index + 1
        if (
            found[index].kind in ("period", "label")
            or index in done
            or following not in inside
            or found[following].kind != "period"
            or found[following].soft
        ):
            continue
        between = text[found[index].end : found[following].start]
        if _heads(text, found, following) or len(between) > 36:
            continue
        last = following + 1
        both = bool(_FIRST.search(between)) and last in inside and found[last].kind == "period"
        if between.strip() and _FOR.fullmatch(_FIRST.sub("", between) if both else between):
            bound[index] = (found[following], found[last]) if both else (found[following],)
            if _AS_OF.search(between) and (falls_due := _falls_due(text, found, inside, index)):
                bound[index] = (*falls_due, *bound[index])
            done.add(index)
            used.add(following)
            for each in _in_brackets_before(text, found, inside, index):  # `A (5 million) and B (3 million) in 2021`
                if each not in done:
                    bound[each] = bound[index]
                    done.add(each)
    return used


def _in_brackets_before(text: str, found: Sequence[Figure], inside: Sequence[int], index: int) -> Iterator[int]:
    """The figures before one in brackets that stand in brackets of the same list."""
    last = index
    for each in range(index - 1, inside[0] - 1, -1):
        if found[each].kind == "label":
            continue
        bracketed = found[last].text.startswith("(") and found[each].text.startswith("(")
        if not bracketed or not _NEXT_OF_LIST.fullmatch(text, found[each].end, found[last].start):
            return
        yield each
        last = each


def _falls_due(text: str, found: Sequence[Figure], inside: Sequence[int], index: int) -> tuple[Figure, ...]:
    """When what a figure is of falls due, where that is told before it: `debt maturing in 2018 was 5 million as of 2016`."""
    times = [found[each] for each in inside if each < index and found[each].kind == "period"]
    return tuple(each for each in times[-1:] if _MATURES.search(text, max(0, each.start - 18), each.start))


def _is_joined(text: str, start: int, end: int) -> bool:
    """Whether two periods are of one list, or the ends of a longer one."""
    return bool(_LIST_GAP.fullmatch(text, start, end) or _DASH.fullmatch(text, start, end))


def _heads(text: str, found: Sequence[Figure], period: int) -> bool:
    """Whether a period stands at the head of the figure after it."""
    return _HEADS.match(text, found[period].end) is not None and period + 1 < len(found)


def _in_closed_brackets(text: str, found: Sequence[Figure], time: int, index: int) -> bool:
    """Whether a period stands with another figure in brackets that a later one is not in: `5 (2024: 4) and 7`."""
    opened = max(text.rfind(each, 0, found[time].start) for each in "(（")
    if opened < 0 or _CLOSE.search(text, opened, found[time].start):
        return False
    closed = _CLOSE.search(text, found[time].end, found[index].start)
    return closed is not None and any(
        opened < each.start < closed.start() for each in found[max(0, time - 4) : index] if each.kind != "period"
    )


def _is_own(text: str, time: Figure, figure: Figure) -> bool:
    """Whether a period right before a figure is that of the figure: 2008财年末的5.691亿, 由上月增长21.6%转为下降5.5%."""
    between = text[time.end : figure.start]
    return bool(_OWN.fullmatch(between)) or (
        text.endswith(("由", "从"), 0, time.start) and _CHANGED.fullmatch(between) is not None
    )


def _governed(
    text: str,
    found: Sequence[Figure],
    inside: Sequence[int],
    bound: Bound,
    told: tuple[set[int], set[int]],
    used: set[int],
) -> None:
    """Otherwise the period before the figure; else the one behind the next figure; else the only one of the sentence. ``told``:
    figures that have theirs, and the periods of these."""
    done, behind = told
    times = [index for index in inside if found[index].kind == "period" and not found[index].soft and index not in used]
    for index in reversed(inside):
        if index in done or found[index].kind == "period" or _EARLIER.match(text, found[index].end):
            continue
        if found[index].kind in ("number", "money", "percent") and (
            _WAS.search(text, max(0, found[index].start - 32), found[index].start)
            or _CAME.search(text, max(0, found[index].start - 10), found[index].start)
        ):
            continue  # `in 2024 it was 8 million, up from 5 million`
        before = [each for each in times if each < index and not _in_closed_brackets(text, found, each, index)]
        last = found[index - 1] if index - 1 in inside else None
        if last is not None and last.kind == "period" and _is_own(text, last, found[index]):
            bound[index] = (last,)
        elif before:
            group = [before[-1]]
            while group[0] - 1 in before and (
                _is_joined(text, *_gap(found, group[0] - 1)) or _ASIDE.fullmatch(text, *_gap(found, group[0] - 1))
            ):
                group.insert(0, group[0] - 1)
            if last is not None and last.kind != "period" and _COMMA.search(text, last.end, found[index].start):
                group = before  # of a clause without a period: any of those before it may lead it
            days = [each for each in behind if group[-1] < each < index and _is_day(found[each])]
            group += days  # `crude for May lost 2% on 3 June to close at 63`
            bound[index] = tuple(found[each] for each in group)
        elif (
            index + 1 in inside
            and bound[index + 1]
            and _TO.fullmatch(text[found[index].end : found[index + 1].start])
            and not _FROM.search(text, max(0, found[index].start - 6), found[index].start)
        ):
            bound[index] = bound[index + 1]
        elif len(times) == 1 and not used and not _elsewhere(text, found, index, times[0]):
            bound[index] = (found[times[0]],)
