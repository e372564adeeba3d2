"""The columns of a table without bars, by the lines above its rows: spans, days and years over several lines, changes and shares
beside them (``Three Months Ended Nine Months Ended``, ``June 25,``, ``2022``, ``Change``)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_YEAR = r"(?:(?:FY|YTD)\s?)?(?:19|20)\d\d(?:[AE]|年)?|[1-4]Q\d\d(?:\d\d)?[AE]?|Q[1-4]\s(?:19|20)\d\d"
_TOKEN = re.compile(
    r"(?P<versus>(?:19|20)\d\d\s(?:vs?\.?|versus|to|over|from|against|compared (?:to|with))\s(?:19|20)\d\d)"
    r"|(?P<span>\b(?:[Ff]or the )?(?:(?!Change|Increase|Variance|Growth)[A-Z][a-z]+[ -]){0,2}(?:[Mm]onths?|[Ww]eeks?|[Qq]uarters?|[Yy]ears?|YEARS?|MONTHS?)(?:\s[Pp]eriods?)?\s(?:[Ee]nd(?:ed|ing)|ENDED)\b|\b[Aa]s [Oo]f\b|\bAt\b)"
    r"|(?P<share>(?:%|\bPercent(?:age)?|\b[Aa]s a %)\s[Oo]f\s(?:[Tt]otal\s|[Nn]et\s)?[A-Z]?[a-z]+)"
    r"|(?P<change>(?:[$%]\s|\bPercent(?:age)?\s|\bDollar\s)?\b(?:Change|CHANGE|Increase|Growth|Variance|Inc)\b\.?\*?(?:\s?/?\s?\((?:Decrease|[Dd]ecline|%|\$)\))?)"
    r"|(?P<day>\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?\s\d{1,2}\b,?)"
    rf"|(?P<year>\b(?:{_YEAR})(?![\d,-]))"
    r"|(?P<amount>\bAmounts?\b)"
    r"|(?P<sign>(?<!\S)[$%](?!\S| in\b))"
)
_WIDER = re.compile(r"^(?!.*\b(?:19|20)\d\d).*\b(?:[Ee]nd(?:ed|ing)|ENDED|[A-Z][a-z]+\s\d{1,2},?|Fiscal Years?)(?!\w)")
_YEARS = re.compile(
    rf"[^\n|]{{0,90}}?(?:(?:^|\s+)(?:{_YEAR})){{2,}}[\s%A-Za-z.]{{0,40}}"
)  # whatever stands before them
_ASIDE = re.compile(r"\([^()]*\)")
_TOLD = re.compile(
    r"\b(?:the|to|and|of|for|by|in|was|were|is|are|as|compared|with|from|follow\w*|our|we|this|that)\b|[.;]\s*$|\d"
)
_SHORT = 45  # characters of what stands in a line of heads beside them
_WORD = 20  # characters of a line of heads that names no period
_MOST = 14  # lines of heads
_LABELS = 2  # lines between the heads and the first row


@dataclass(frozen=True, slots=True)
class Heads:
    """``lines``: how many above the first row belong to them; ``labels``: those that name none of them; ``stub``: what is said of all columns; ``columns``: the head of
    each; ``changes``: which are changes."""

    lines: int
    labels: tuple[str, ...]
    stub: str
    columns: tuple[str, ...]
    changes: tuple[int, ...]


def heads_above(lines: Sequence[str], cells: Sequence[str]) -> Heads | None:
    """The heads of the columns of the cells of a row by the lines right above it; None where they do not name as many."""
    labels = 0
    while labels < min(_LABELS, len(lines)) and _is_label(lines[-1 - labels]):
        labels += 1
    end = len(lines) - labels
    found = None
    for first in range(end - 1, max(-1, end - _MOST), -1):
        if not _is_head(lines[first]):
            break
        wider = _columns(" ".join(lines[first:end]), ["%" in cell for cell in cells])
        if wider and (not found or _WIDER.search(lines[first])):
            found = Heads(len(lines) - first, tuple(lines[end:]), *wider)
        elif found:
            break
    return found


def _is_label(line: str) -> bool:
    if _ASIDE.fullmatch(line.strip()):
        return True
    return len(line) <= _SHORT and not _TOKEN.search(line) and not re.search(r"\d|[.。]\s*$", line)


def _is_head(line: str) -> bool:
    rest = _ASIDE.sub("", _TOKEN.sub(" ", line)).strip()
    if len(line) <= _WORD and not re.search(r"\d", rest):
        return True
    return bool(_TOKEN.search(line)) and (
        (len(rest) <= _SHORT and not _TOLD.search(rest)) or bool(_YEARS.fullmatch(line))
    )


def _columns(text: str, shares: Sequence[bool]) -> tuple[str, tuple[str, ...], tuple[int, ...]] | None:
    """What is said of all columns, the head of each, and which are changes."""
    text = " ".join(text.split())
    tokens = [(str(match.lastgroup), match[0]) for match in _TOKEN.finditer(_ASIDE.sub(_kept, text))]
    years = _dated(tokens)
    if not years:
        return None
    stub, names = years
    if len({*names}) < len(names):
        return None  # what tells them apart is not known
    placed = _placed([(kind, told) for kind, told in tokens if kind not in ("span", "day")], shares)
    if placed is None:
        return None
    rest = " ".join(_TOKEN.sub(" ", text).split())
    columns = tuple(f"Change {names[year]}" if changed else names[year] for changed, year in placed)
    return f"{rest} {stub}".strip(), columns, tuple(index for index, (changed, _) in enumerate(placed) if changed)


def _kept(match: re.Match[str]) -> str:
    """An aside without what it may say of columns, but for that of a change: `Increase (Decrease)`."""
    return match[0] if re.fullmatch(r"\((?:Decrease|[Dd]ecline|%|\$)\)", match[0]) else " "


def _dated(tokens: Sequence[tuple[str, str]]) -> tuple[str, list[str]] | None:
    """What is said of all years, and each year with the day and the span over it; None where days or spans do not fit them."""
    spans, days, years = ([told for kind, told in tokens if kind == each] for each in ("span", "day", "year"))
    if not years or any(each and len(years) % len(each) for each in (spans, days)):
        return None
    if len(spans) < 2 and len(days) < 2:
        return " ".join((*spans, *days)), years
    names = []
    for index, year in enumerate(years):
        over = [each[index * len(each) // len(years)] for each in (spans, days) if each]
        names.append(" ".join((*(each.rstrip(",") for each in over[:-1]), f"{over[-1].rstrip(',')}, {year}")))
    return "", names


def _placed(leaves: Sequence[tuple[str, str]], shares: Sequence[bool]) -> list[tuple[bool, int]] | None:
    """For each column whether it is one of changes, and the number of its year; None where the heads do not tell that.

    ``shares``: which columns are in per cent."""
    told = [word for kind, word in leaves if kind == "year"]
    before = [kind for kind, _ in leaves].index("year")
    leaves = [each for at, each in enumerate(leaves) if at >= before or each[0] == "change"]
    if any(kind == "versus" for kind, _ in leaves):
        leaves = [each for each in leaves if each[0] != "change"]
    changes = [word for kind, word in leaves if kind in ("change", "versus")]
    ahead = leaves[0][0] == "change"
    if not changes or ahead or all(kind != "year" for kind, _ in leaves[-len(changes) :]):
        signs, under = (sum(kind in each for kind, _ in leaves) for each in (("sign",), ("amount", "share", "sign")))
        placed = _behind(changes, told, shares, signs, under)
        if placed:
            return placed
    return None if ahead or len(leaves) != len(shares) else _grouped(leaves, told)


def _behind(
    changes: Sequence[str], told: Sequence[str], shares: Sequence[bool], signs: int, under: int
) -> list[tuple[bool, int]] | None:
    """Columns of years with the changes behind them; ``signs``, ``under``: how many signs and how many words for an amount or a
    share stand below the heads."""
    more = len(shares) - len(told)
    if more == len(changes) and not under:
        return _in_blocks(changes, told, 1)
    if changes and more == signs == under and not signs % len(changes):  # `Change` over `$ %`
        return _in_blocks(changes, told, signs // len(changes))
    if (
        len(told) > 1 and under and under + len(changes) == len(shares) and not under % len(told)
    ):  # `Amount` and `%` below each
        years = [(False, index * len(told) // under) for index in range(under)]
        return [*years, *((True, each) for each in _changed(changes, told, range(len(told))))]
    if changes and more == 2 * len(changes) and under in (0, len(changes)) and not shares[_block(told)]:
        return _in_blocks(changes, told, 2)  # an amount and per cent below each
    if not under and 0 < more < len(told) and all(shares[len(told) :]):  # as many as years are shares of a total
        return _in_blocks(["%"] * more, told, 1)
    return None


def _block(told: Sequence[str]) -> int:
    """How many years stand before they are told again: 2 of 2022, 2021, 2022, 2021."""
    count = len(told)
    return next((each for each in range(1, count) if [*told[:each]] * (count // each) == [*told]), count)


def _in_blocks(changes: Sequence[str], told: Sequence[str], times: int) -> list[tuple[bool, int]] | None:
    """Columns of which the changes stand behind the years of each block, ``times`` for each change."""
    length = _block(told)
    each_has, left = divmod(len(changes), len(told) // length)
    if left:
        return None
    out: list[tuple[bool, int]] = []
    for start in range(0, len(told), length):
        group = range(start, start + length)
        own = changes[start // length * each_has :][:each_has]
        out += [(False, year) for year in group]
        out += [(True, year) for year in _changed(own, told, group) for _ in range(times)]
    return out


def _changed(changes: Sequence[str], told: Sequence[str], group: Sequence[int]) -> list[int]:
    """For each change the number of the year that it leads to: the later one that it names, else the latest of a group; a second
    of the same words is of the year before, if that has one before it, too."""
    latest = sorted(group, key=lambda each: told[each][-2:], reverse=True)
    last = max(len(latest) - 2, 0) if len({told[each] for each in group}) == len(group) else 0
    out = []
    for at, word in enumerate(changes):
        later = max(re.findall(r"(?:19|20)\d\d", word), default="")
        named = [each for each in group if told[each] == later]
        out.append(named[0] if named else latest[min(changes[:at].count(word), last)])
    return out


def _grouped(leaves: Sequence[tuple[str, str]], told: Sequence[str]) -> list[tuple[bool, int]]:
    """Columns as they are told: changes are of the latest of the years right before them, shares of the year before them."""
    out: list[tuple[bool, int]] = []
    group: list[int] = []
    changes: list[str] = []
    year = 0
    for kind, word in leaves:
        if kind == "year":
            group = [year] if changes else [*group, year]
            year, changes = year + 1, []
        elif kind in ("change", "versus"):
            changes.append(word)
        changed = kind in ("change", "versus")
        out.append((changed, _changed(changes, told, group or [0])[-1] if changed else max(year - 1, 0)))
    return out
