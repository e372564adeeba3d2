"""The names that a text joins with one another: `Novo and Lilly`, `growth at A compared with that of B`, 榆林和大同坑口价."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from rag.compare.asked.names import overlap
from rag.compare.asked.side import COMPARE
from rag.language import analysis, lexicon
from rag.language.analysis import STOP_TERMS, terms
from rag.language.periods import periods
from rag.question.rise_fall import direction
from rag.readers.pdf_hyphens import vocabulary
from rag.reports.names import has_cjk

Span = tuple[int, int]
ANY_DAY = date(2000, 1, 1)  # where times stand in a text is the same on any day
NAMES = frozenset(
    {"company", "index", "sector", "product", "macro", "place", "currency"}
)  # kinds of the lexicon that are names
_WORD = r"[A-Z][\w&.’'-]*"
_CAPITALS = re.compile(rf"{_WORD}(?:\s+{_WORD})*")
_OWNS = re.compile(r"['’]s?$|['’]s?\s+[A-Z][A-Z\d&.-]+\b.*$")  # `Foo's`, `Foo's EPS`
_FIRST = re.compile(
    r"^(?:compare|contrast|and|or|both|between|please|show|set|does|did|is|are|was|were|has|have)$", re.IGNORECASE
)
_SMALL = r"(?:\s+(?:that|those|what|the|one|it|is|its|on|in|at|of|from|for|by|to|does|did|do|was|were|are|has|with))*"
JOINT = re.compile(
    r"(?:['’]s?)?(?:\s*,?\s+(?:and|or|vs\.?|versus|than|against|relative to|unlike|next to|alongside|(?:above|below|ahead of|behind)(?= that)|(?:compar\w+|contrast\w*) (?:with|to|against))"
    rf"(?=[\s])|\s*[,&])(?:\s+(?:and|or))?{_SMALL}\s+",
    re.IGNORECASE,
)
_WITH = re.compile(rf"(?:['’]s?)?\s+(?:with|to|from){_SMALL}\s+", re.IGNORECASE)  # `compare A's growth with B's`
_APART = re.compile(
    rf"(?:^|\s)(?:differ\w* from|out(?:grow|pace|perform|sell|number)\w*|exceed\w*|surpass\w*|beat\w*|trail\w*|vs\.?|versus|than|against|relative to|unlike|next to|alongside|above|below|ahead of|behind|(?:compar\w+|contrast\w*) (?:with|to|against)){_SMALL}\s+",
    re.IGNORECASE,
)
_OR = re.compile(r"\s+(?:and|or|vs\.?|versus)\s+(?:the\s+)?", re.IGNORECASE)
WEIGHS = re.compile(
    r"\b(?:more|less|better|worse|higher|lower|faster|slower|larger|smaller|bigger|greater|fewer|cheaper|dearer|stronger|weaker|the same|or)\b|更|谁|哪",
    re.IGNORECASE,
)
_GENERAL = frozenset("share shares stock stocks equity equities bond bonds price prices".split())
JOINT_ZH = re.compile(
    r"\s*(?:和|与|及|跟|、|或|还是|相比于?|对比|(?<![同环占对相])比(?![例重率较])|[高低多少大小优]于|超过|不及)\s*"
)
EDGE_ZH = re.compile(
    r"的|在|对比|比较|相比|一下|分别|[请给]|[对是谁哪更将差吗呢何怎]|多少|(?<![同环占对相])比(?![例重率较])|[,，。.?？:：;；、]|还是|和|与|及|跟|或|[高低多少大小优]于|超过|不及|(?<!\d)年|\d*月|本周|上周|之间"
)
_NUMBER = re.compile(r"\d+")
_GIVEN = frozenset({"metric", "line_item"})  # kinds of the lexicon that figures are given of
_LEAD = 4  # words that may stand before each of two names
LONGEST_ZH = 8  # characters of a name without a boundary in it


def side_by_side(text: str, taken: Sequence[Span]) -> list[Span]:
    """Where the names stand that a text sets side by side, in its order; ``taken``: characters that are other names."""
    spans = _chinese(text, taken) if has_cjk(text) else _english(text, taken)
    unlike = list(dict.fromkeys(text[slice(*span)].lower() for span in spans))
    return spans if len(unlike) == len(spans) > 1 else []


def _english(text: str, taken: Sequence[Span]) -> list[Span]:
    names = [span for span in _names(text) if not any(overlap(span, other) for other in taken)]
    names = sorted({*names, *_beside_a_name(text, names)})
    return _run(text, _said_once(text, names)) or _run(text, names)


def _said_once(text: str, names: Sequence[Span]) -> list[Span]:
    """The names without those that stand before several others: `Shanghai to Europe or Shanghai to the West Coast`."""
    times = Counter(text[slice(*span)].lower() for span in names)
    return [span for span in names if times[text[slice(*span)].lower()] == 1]


def _run(text: str, names: Sequence[Span]) -> list[Span]:
    """The names that a text joins, in its order; none where it joins no two."""
    runs: list[list[Span]] = [[span] for span in names[:1]]
    for before, after in pairwise(names):
        listed = text[before[1] : after[0]].strip() != "," or _alike(text, before, after)
        between = _between(text, before, after)
        if listed and (JOINT.fullmatch(between) or (_WITH.fullmatch(between) and COMPARE.search(text, 0, before[0]))):
            runs[-1].append(after)
        else:
            runs.append([after])
    best = max(runs, key=len, default=[])
    if len(best) > 1:
        return [*_set_against(text, names, best), *best]
    for match in _APART.finditer(text):  # `compared with A, how much did B`, `growth at A compare with that of B`
        second = next((span for span in names if span[0] == match.end()), None)
        others = [span for span in names if second and span != second]
        others = [span for span in others if second and _alike(text, span, second)] or others
        if second and others:
            nearest = min(others, key=lambda span: (span[0] > second[0], abs(span[0] - second[0])))
            return sorted((nearest, second))
    return []


def _set_against(text: str, names: Sequence[Span], run: Sequence[Span]) -> list[Span]:
    """The name in front that a text sets against several joined ones: A of `how does A's yield compare with B's and C's`."""
    sets = any(match.end() == run[0][0] for match in _APART.finditer(text))
    before = [span for span in names if span[1] <= run[0][0]]
    return before[-1:] if sets else []


def _alike(text: str, one: Span, other: Span) -> bool:
    """Whether two names are written alike: both with a capital, or both without."""
    return text[one[0]].isupper() == text[other[0]].isupper()


def _between(text: str, before: Span, after: Span) -> str:
    """What joins two names, without a metric of the first and without what stands before both: `a month of A and a month of B`."""
    between = text[before[1] : after[0]]
    for item in sorted(lexicon.expand(between), key=lambda item: -item.start):
        if item.kind in _GIVEN:
            between = f"{between[: item.start].rstrip()} {between[item.end :].lstrip()}"
    words = between.split()
    lead = text[: before[0]].split()
    for count in range(min(len(words), len(lead), _LEAD), 0, -1):
        if words[-count:] == lead[-count:]:
            return f"{between[: between.rfind(words[-count])].rstrip()} "
    return between


def _beside_a_name(text: str, names: Sequence[Span]) -> list[Span]:
    """Words without a capital that the lexicon does not know, and that an `or` sets beside a name or that own something
    which is compared: `A or orforglipron`, `does orforglipron's yield compare with A's`."""
    compares = COMPARE.search(text)
    owners = re.finditer(r"\b[a-z][\w-]+(?=['’]s\b)", text) if compares else ()
    owning = [match.span() for match in owners if match[0] not in vocabulary()]
    found = list(owning)
    for match in _OR.finditer(text):
        after, before = (
            re.match(r"[a-z][\w-]+", text[match.end() :]),
            re.search(r"\b[a-z][\w-]+$", text[: match.start()]),
        )
        if after and any(end == match.start() for _, end in names):
            found.append((match.end(), match.end() + after.end()))
        elif before and any(start == match.end() for start, _ in names):
            found.append(before.span())
    ordinary = vocabulary()
    known = [(i.start, i.end) for i in lexicon.expand(text) if i.kind != "term" or i.surface.lower() in ordinary]
    return [
        span
        for span in found
        if not any(overlap(span, other) for other in (*names, *known))
        and not (set(terms(text[slice(*span)])) <= STOP_TERMS or COMPARE.fullmatch(text[slice(*span)]))
        and not direction(text[slice(*span)])
    ]


def _names(text: str) -> list[Span]:
    """The names of a text: words with capitals and what the lexicon knows as one; those that touch are one."""
    times = [period.span for period in periods(text)]
    known = list(lexicon.expand(text))
    across = [
        item for item in known if re.search(r"['’]s?\s", item.surface)
    ]  # `State's capital` of `Granite State's capital`
    others = [(item.start, item.end) for item in known if item.kind not in NAMES and item not in across]
    spans = [(i.start, i.end) for i in known if i.kind in NAMES and i.surface.lower() not in _GENERAL]
    for match in _CAPITALS.finditer(text):
        start, end = match.span()
        for word in re.finditer(r"\S+", match[0]):
            small = set(terms(word[0])) <= STOP_TERMS or _FIRST.match(word[0]) or COMPARE.fullmatch(word[0])
            if not (small and not word[0].isupper()):
                break
            start = match.start() + word.end() + 1
        if start < end:
            spans.append((start, start + len(_OWNS.sub("", text[start:end].rstrip(".,’'")))))
    spans = [span for span in spans if not any(overlap(span, other) for other in (*times, *others))]
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and (span[0] <= merged[-1][1] or not text[merged[-1][1] : span[0]].strip(" -")):
            merged[-1] = (merged[-1][0], max(merged[-1][1], span[1]))
        else:
            merged.append(span)
    return [span for span in merged if not direction(text[slice(*span)])]


def _chinese(text: str, taken: Sequence[Span]) -> list[Span]:
    """What stands to both sides of a joining word, up to the next boundary, metric or time."""
    fixed = [period.span for period in periods(text, ANY_DAY)]
    behind = {match.end() for match in JOINT_ZH.finditer(text)}  # 冰淇淋、奶酪: what is listed, whatever it is
    fixed += [
        (item.start, item.end)
        for item in lexicon.expand(text)
        if item.kind not in NAMES and not (item.kind == "term" and item.start in behind)
    ]
    edges = [*taken, *fixed, *(match.span() for match in EDGE_ZH.finditer(text))]
    starts, ends = [a for a, _ in edges] + [len(text)], [b for _, b in edges] + [0]
    best: list[Span] = []
    for match in JOINT_ZH.finditer(text):
        if any(overlap(match.span(), span) for span in taken):
            continue
        stop = _without_metric(text[: match.start()])  # A价和B价
        left = (max(end for end in ends if end <= stop), stop)
        right = (match.end(), _before_metric(text, match.end(), min(s for s in starts if s >= match.end())))
        spans = [(a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in (left, right)]
        if not all(
            2 <= len(_NUMBER.sub("1", text[a:b].strip())) <= LONGEST_ZH or _is_name(text[a:b]) for a, b in spans
        ):
            continue
        best = [*best, spans[1]] if best and best[-1] == spans[0] else best if best else spans
    return best


def _without_metric(text: str) -> int:
    """Where a text ends without the metric at its end."""
    metrics = [item for item in lexicon.expand(text) if item.kind in _GIVEN]
    last = max(metrics, key=lambda item: item.end, default=None)
    return len(text[: last.start].removesuffix("的")) if last and last.end == len(text) else len(text)


def _before_metric(text: str, start: int, end: int) -> int:
    """Where a name ends that a metric is written to: 30年期国债 of 30年期国债收益率."""
    ends = (end - length for length in (4, 3, 2) if end - length - start > 1)
    return next((at for at in ends if any(c.kind in {*_GIVEN, "macro"} for c in lexicon.lookup(text[at:end]))), end)


def _is_name(text: str) -> bool:
    return any(item.kind in NAMES and item.surface == text.strip() for item in lexicon.expand(text)) or (
        text.isascii() and len(analysis.terms(text)) > 0
    )
