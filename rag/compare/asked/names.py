"""Which companies and brokers of the library a question names, and where in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from rag.language import lexicon
from rag.reports.kept import kept
from rag.reports.names import Haystack, broker_keys, key, names_of, without_tail
from rag.types import Report
from rag.views.groups import KEPT, Group, groups

MOST = 8  # sides
BROKERS = re.compile(
    r"\b(?:two|three|both|all|each|every|different|various|several|which|what)\s+(?:of\s+)?(?:the\s+|these\s+)?(?:brokers?|houses?|analysts?|banks|firms|research houses)\b"
    r"|\b(?:between|across|among) (?:the |all )?(?:different |various )?(?:reports|notes|brokers|houses)\b|\bbrokers?['’]|\bthe brokers\b|\bamong (?:the )?(?:brokers|analysts)\b"
    r"|[两三几各]家?(?:券商|机构|投行|大行|研究机构)|券商们|不同(?:券商|机构)|哪些(?:券商|机构)|哪家(?:券商|机构)",
    re.IGNORECASE,
)
# A question asks for the rating of a share, not of a debt; for a target price.
ASKS_RATING = re.compile(
    r"(?<!credit )(?<!debt )(?<!bond )(?<!issuer )(?<!esg )\bratings?\b|\brated\b|\brecommendations?\b|\b(?:do|does|did)\b[^?]{0,60}\brate\b(?! (?:moves?|cuts?|hikes?|rises?|paths?|decisions?|changes?|outlooks?|of|on|for|in)\b)"
    r"|(?<!信用)(?<!主体)(?<!债项)(?<!债券)评级",
    re.IGNORECASE,
)
ASKS_TARGET = re.compile(r"\b(?:target\s+prices?|price\s+targets?|targets?|PTs?|TPs?)\b|目标价|合理价值", re.IGNORECASE)

_HOUSE = re.compile(r"(?:证券|期货|国际|研究所|资本)+$")  # what a broker is called without: 青岚 for 青岚证券
_LATIN = r"[^\W\u4e00-\u9fff]"  # a name ends where Chinese begins: Northwind的目标价

Named = tuple[str, tuple[int, int], Group | None]


def named_companies(text: str, held: Sequence[Group]) -> list[Named]:
    """Companies of the library, and of the lexicon, that the text names: label, span of the name, reports on it."""
    found: dict[str, Named] = {}
    known = [entity for entity in lexicon.entities(text) if entity.kind == "company"]
    short = _short_names(held)
    for group in held:
        names = [id_.removeprefix("name ") for id_ in group.ids if id_.startswith("name ")]
        span = find_name(text, names) or next(((e.start, e.end) for e in known if f"known {e.name}" in group.ids), None)
        span = span or find_name(text, short.get(group.name, []))
        if span:
            found[group.name] = (group.name, span, group)
    for entity in known:
        taken = any(overlap(span, (entity.start, entity.end)) for _, span, _ in found.values())
        if entity.certain and not taken and not any(f"known {entity.name}" in group.ids for group in held):
            found.setdefault(entity.name, (entity.surface, (entity.start, entity.end), None))
    return _apart(found.values())


@kept(KEPT)
def held_companies(reports: tuple[Report, ...]) -> tuple[Group, ...]:
    """The reports by company; one that names none is on the company with whose name its title begins."""
    known = groups([report for report in reports if report.companies or report.tickers])
    by_name = {id_.removeprefix("name "): group for group in known for id_ in group.ids if id_.startswith("name ")}
    titled = []
    for report in reports:
        own = frozenset() if report.companies or report.tickers else names_of(report).likely & by_name.keys()
        titled += [
            replace(report, companies=(by_name[name].name,)) for name in own if key(report.title).startswith(name)
        ][:1]
    return groups([*(r for r in reports if r.companies or r.tickers), *titled]) if titled else known


def one_company(text: str, reports: Iterable[Report]) -> tuple[tuple[int, int], Group] | None:
    """Where the one company stands that a text names, and the reports on it; None for none, several, or an unknown one."""
    named = named_companies(text, held_companies(reports))
    if len(named) != 1:
        return None
    _, span, group = named[0]
    return None if group is None else (span, group)


@kept(KEPT)
def _short_names(held: tuple[Group, ...]) -> dict[str, list[str]]:
    """The first word or two (in Chinese the first two characters) of each name, where it is no word and names no other."""
    firsts: dict[str, set[str]] = {}
    for group in held:
        for name in _names_of(group):
            words = name.removeprefix("the ").split()
            starts = [name[:2]] if not name.isascii() else [" ".join(words[:2]), words[0]]
            for first in starts:
                if first != name and len(first) >= (2 if not first.isascii() else 4) and _is_name(first, name):
                    firsts.setdefault(first, set()).add(group.name)
    return {name: [f for f, names in firsts.items() if names == {name}] for name in {g.name for g in held}}


def _names_of(group: Group) -> Iterator[str]:
    """What the reports of a company call it, and its Chinese names in the lexicon."""
    for id_ in group.ids:
        if id_.startswith("name "):
            yield id_.removeprefix("name ")
        elif id_.startswith("known "):
            known = (entry for entry in lexicon.lookup(id_.removeprefix("known ")) if entry.kind == "company")
            yield from (name for entry in known for name in entry.chinese)


def _is_name(short: str, name: str) -> bool:
    """Whether the start of a name is no word, and no name of anyone but a house that is called so in full."""
    bare = name.removeprefix("the ")
    return all(
        concept.kind == "broker" and any(bare.startswith(key(form)) for form in concept.forms if " " in form)
        for concept in lexicon.lookup(short)
    )


def called_so(name: str, held: Sequence[Group]) -> Group | None:
    """The one company whose name in the lexicon begins with a word that is also an everyday one: `Block` of Block Inc."""
    start = f"known {name} ".lower()
    found = [group for group in held if any(f"{id_} ".lower().startswith(start) for id_ in group.ids)]
    return found[0] if len(found) == 1 else None


def named_brokers(
    text: str, about: Sequence[Report], as_such: bool = False
) -> list[tuple[str, tuple[int, int], tuple[Report, ...]]]:
    """Brokers of these reports that the text names; all of them where it speaks of the brokers as such (``as_such``)."""
    houses = _houses(about)
    listed = [(broker_keys(e.surface), (e.start, e.end)) for e in lexicon.entities(text) if e.kind == "broker"]
    found = []
    for keys, names, members in houses:
        span = next((span for known, span in listed if known & keys), None) or find_name(text, names)
        if span:
            found.append((members[-1].broker or "", span, members))
    if as_such and len(found) < 2 and BROKERS.search(text) and 2 <= len(houses) <= MOST:
        return [(members[-1].broker or "", (0, 0), members) for _, _, members in houses]
    return sorted(found, key=lambda item: item[1])


@kept(KEPT)
def _houses(about: tuple[Report, ...]) -> list[tuple[frozenset[str], list[str], tuple[Report, ...]]]:
    """The brokers of reports: the keys of each, the names that a question may call it by, and its reports."""
    held: list[tuple[frozenset[str], list[Report]]] = []
    for report in about:
        keys = broker_keys(report.broker or "")
        if not keys:
            continue
        same = next((members for known, members in held if known & keys), None)
        if same is None:
            held.append((keys, [report]))
        else:
            same.append(report)
    firsts = [{key_.split()[0] for key_ in keys if key_.isascii() and len(key_.split()[0]) > 3} for keys, _ in held]
    found = []
    for number, (keys, members) in enumerate(held):
        others = set().union(*(first for i, first in enumerate(firsts) if i != number))
        short = [first for first in firsts[number] - others if not lexicon.lookup(first)]
        bare = {_HOUSE.sub("", key_) for key_ in keys if not key_.isascii()}
        short += [name for each in keys if " " in (name := without_tail(each)) and name not in keys]
        short += [name for name in bare if len(name) > 1 and not lexicon.lookup(name)]
        found.append((keys, [*(k for k in keys if len(k) > 3 or not k.isascii()), *short], tuple(members)))
    return found


def find_name(text: str, keys: Iterable[str]) -> tuple[int, int] | None:
    """Where one of the keys stands in a text, the longest first."""
    hay = _haystack(text)
    for wanted in sorted(set(keys), key=len, reverse=True):
        if not wanted or not hay.has(wanted):
            continue
        # Case is left to the words alone: over all of Chinese it would take most of the time that a new name takes.
        words = r"\W+".join(rf"(?i:{re.escape(word.removesuffix('y'))}){_LATIN}{{0,3}}" for word in wanted.split())
        pattern = rf"(?<!{_LATIN}){words}(?!{_LATIN})" if wanted.isascii() else rf"(?i:{re.escape(wanted)})"
        match = re.search(pattern, text)
        return match.span() if match else (0, 0)
    return None


_haystack = lru_cache(maxsize=64)(Haystack)


def _apart(found: Iterable[Named]) -> list[Named]:
    """Names in the order of the text; of names within one another the longer."""
    kept: list[Named] = []
    for name in sorted(found, key=lambda item: item[1][0] - item[1][1]):
        if not any(overlap(name[1], other[1]) for other in kept):
            kept.append(name)
    return sorted(kept, key=lambda item: item[1])


def overlap(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return a[0] < b[1] and b[0] < a[1]
