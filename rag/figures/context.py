"""What a figure says where it stands: which way it moved, for which period, as a fact or a forecast.

All of this is read from the words around the figure by rules, for a sentence of an answer and for the passage it cites
alike, so that the two can be compared. A rule that sees nothing says nothing: 0 or None.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from rag.figures.basis import Accounting, Against, accounting, bind_against, names_accounting, per, steady
from rag.figures.figure import Figure, Row
from rag.figures.find import figures
from rag.figures.metrics import bind_metrics
from rag.figures.moves import NEAR, Move, moves_in, way_of
from rag.figures.periods import bind_periods
from rag.figures.side import Noun, Side, nouns_in, side_of
from rag.figures.tense import past_of, plans_before, plans_only, tense_of
from rag.language.analysis import small_letters
from rag.language.sentences import sentences

_LOSS = re.compile(
    r"(?:(?<!credit )(?<!loan )(?<!impairment )(?<!exchange )(?<!tax )\bloss(?:es)?\b(?:\s+(?:of|was|were|at|to|came to|reached|narrowed to|widened to))?|\blost|\blosing"
    r"|(?:亏损|净亏|(?<!减值)(?<!信用)(?<!汇兑)损失)(?:收窄至|扩大至|缩小至|为|约|达)?)\s*$",
    re.IGNORECASE,
)
_LOSS_NEAR = re.compile(
    r"(?:\bloss(?:es)?\b|\blost\b|\bdeficit|亏损|净亏|由盈转亏|(?<!减值)(?<!信用)(?<!汇兑)损失)[^,，;；]*$",
    re.IGNORECASE,
)
_LOSES = re.compile(r"loss|lost|losing|deficit|亏|损失")
_LEVEL = re.compile(
    r"(?:\b(?:to|at|of|was|is|were|reached|stands?|stood at)(?:\s(?:about|around|roughly|nearly|almost|some|just))?|[至到为达][约近]?)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure (never a period) with what is said of it.

    ``way``: 1 up, -1 down, 0 unknown; ``worded``: the same by words alone, whatever the sign; ``sure``: the word stands
    beside the figure, or the figure has a sign; ``signed``: the figure itself is negative (a minus, brackets, a loss). ``metrics``: those it may be of. ``periods``: what it is for, () when unknown.
    ``tense``: 1 forecast, -1 reported, 0 unknown. ``sentence``: characters of the sentence it stands in.
    ``denied``: its clause says `not` before it; ``denies``: its sentence says `not` anywhere, or is of what is un-done. ``row``: where it stands in a table; its ``periods`` are then those of the
    column, its ``bases`` those of the row. ``side``: a profit or a loss, an inflow or an outflow, by the noun that an amount
    is of. ``loss``: 2 where a word for a loss stands right before a figure of any kind, 1 where one stands in its clause, else
    0; it explains a minus, or that there is none, and need not be that of the amount.
    ``against``, ``per``, ``accounting``: see ``rag.figures.basis``. ``past``: its sentence has a verb in the past; None
    where that cannot be told. ``steady``: it is said to stay what it was. ``column``: the words over its column of a table.
    """

    figure: Figure
    way: int
    worded: int
    sure: bool
    signed: bool
    loss: int
    level: bool
    negated: bool
    periods: tuple[Figure, ...]
    bases: tuple[Figure, ...]
    metrics: frozenset[str]
    tense: int
    sentence: tuple[int, int]
    denied: bool = False
    denies: bool = False
    row: Row | None = None
    side: Side = ""
    against: Against = ""
    per: str = ""
    accounting: Accounting = ""
    past: bool | None = None
    steady: bool = False
    column: str = ""


@dataclass(frozen=True, slots=True, eq=False)  # equal only to itself: one is made per text, and hashing is then free
class Reading:
    """Everything that is compared of one text."""

    text: str
    facts: tuple[Fact, ...]
    periods: tuple[Figure, ...]
    moves: tuple[Move, ...]
    spans: tuple[tuple[int, int], ...]
    metrics: frozenset[str]


@lru_cache(maxsize=2048)
def read(text: str) -> Reading:
    """The figures of a text in their context."""
    found = figures(text)
    spans = tuple(_clauses(text, sentences(text))) or ((0, len(text)),)
    moves = tuple(moves_in(text, found))
    facts: list[Fact] = []
    starts, places = [start for start, _ in spans], [move.start for move in moves]
    bound, bases = bind_periods(text, found, spans)
    metrics, named = bind_metrics(text, found, spans)
    small = small_letters(text)
    nouns = nouns_in(small)
    against, by_accounts = bind_against(small, found), names_accounting(small)
    span, tense, past, planned, unsaid = (0, 0), 0, None, False, False
    loses, denies = _LOSES.search(small) is not None, _DENIAL.search(small) is not None
    undone = denies or _UNDONE.search(small) is not None
    for index, figure in enumerate(found):
        if figure.kind == "period":
            continue
        if spans[max(0, bisect_right(starts, figure.start) - 1)] != span:
            span = spans[max(0, bisect_right(starts, figure.start) - 1)]
            tense, past = tense_of(text[span[0] : span[1]]), past_of(text[span[0] : span[1]])
            planned = tense > 0 and plans_only(text[span[0] : span[1]])
            unsaid = undone and bool(_DENIAL.search(small, *span) or _UNDONE.search(small, *span))
        near = moves[bisect_left(places, figure.start - NEAR) : bisect_right(places, figure.end + NEAR)]
        worded, sure, negated = way_of(text, figure, found, near, span, facts[-1] if facts else None)
        marked = figure.sign if not figure.unsure else 0
        lead = text[max(span[0], figure.start - 24) : figure.start]
        fact = Fact(
            figure,
            way=marked or worded,
            worded=worded,
            sure=sure or bool(marked),
            signed=marked < 0,
            loss=_loss(text, span, figure) if loses else 0,
            level=bool(_LEVEL.search(lead)),
            negated=negated,
            periods=bound[index],
            bases=bases[index],
            metrics=metrics[index],
            tense=_tense_of(bound[index], 0 if planned and not plans_before(text, span[0], figure.start) else tense),
            sentence=span,
            denied=denies and _denied(small, span, figure),
            denies=unsaid,
            side=_side(small, nouns, span[0], figure, marked),
            against=against[index],
            per=per(small, figure),
            accounting=accounting(small, span[0], figure) if by_accounts else "",
            past=past,
            steady=not worded and steady(small, span[0], figure),
        )
        facts.append(fact)
    times = tuple(each for each in found if each.kind == "period")
    return Reading(text, tuple(facts), times, moves, spans, named)


def _side(small: str, nouns: Sequence[Noun], start: int, figure: Figure, sign: int) -> Side:
    """The side of an amount; of a percentage only that of a surplus or a deficit: 2.9% of GDP."""
    if figure.kind not in ("money", "number", "percent"):
        return ""
    side = side_of(small, nouns, start, (figure.start, figure.end), negative=sign < 0)
    return side if figure.kind != "percent" or side in ("surplus", "deficit") else ""


def _loss(text: str, span: tuple[int, int], figure: Figure) -> int:
    """2 where a figure is said to be a loss, 1 where a loss is named in its clause, else 0."""
    if _LOSS.search(text[max(span[0], figure.start - 24) : figure.start]):
        return 2
    return int(bool(_LOSS_NEAR.search(text[max(span[0], figure.start - 72) : figure.start])))


_SEMICOLON = re.compile(r";\s+")


def _clauses(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Sentences, cut at semicolons: what stands behind one is a statement of its own."""
    for start, end in spans:
        for match in _SEMICOLON.finditer(text, start, end):
            yield start, match.end()
            start = match.end()
        yield start, end


_DENIAL = re.compile(
    r"\b(?:not|never|cannot|neither|nor|without)\b|n['’]t\b|\bno\b(?!\s+(?:more|less|fewer|later|earlier|change|doubt)\b|\.)|未(?!来)|没有|没能|并非|并不|不再|不会|无法|尚未"
)
_UNDONE = re.compile(
    r"\bun(?!der|til|it|ion|iv|ique|ch|less)[a-z]{4,}|\b(?:fail|lack|exclud)\w*|\bnon-[a-z]{4,}|非|不(?!断|仅|同|过|足|及|到|变)"
)
_NOT_UNTIL = re.compile(r"(?:\bnot|n['’]t)\b[^,;]{0,60}\buntil\b")  # `does not reach 1% until 2027`
_NO_DENIAL = re.compile(r"not (?:only|just|least|yet)|不仅|不断|不只|不但|会不会|是否|未经")
_CLAUSE = re.compile(
    r"[,，;；。:：()（）]|\.\s|\b(?:and|but|while|whereas|although|though|because|which|that|as|if|when|since|of which|despite|given)\b|而|但|尽管|虽然"
)


def _denied(small: str, span: tuple[int, int], figure: Figure) -> bool:
    """Whether the clause of a text of small letters that a figure stands in says `not`."""
    low, high = max(span[0], figure.start - 90), min(span[1], figure.end + 60)
    if not _DENIAL.search(small, low, high):
        return False
    joints = [match.end() for match in _CLAUSE.finditer(small, low, figure.start)]
    after = _CLAUSE.search(small, figure.end, high)
    clause = small[joints[-1] if joints else low : after.start() if after else high]
    if _NOT_UNTIL.search(small, low, min(span[1], figure.end + 40)):
        return False
    return bool(_DENIAL.search(_NO_DENIAL.sub(" ", clause)))


_DASHES = ("-", "–", "—", "~")
_CHANGE_BEFORE = re.compile(r"(?:\b(?:from|by)|[从由])\s*$", re.IGNORECASE)
_RANGE_GAP = re.compile(r"\s*(?:[-–—~至到]|to)\s*", re.IGNORECASE)


@lru_cache(maxsize=2048)
def ranges(reading: Reading) -> tuple[tuple[Figure, Figure], ...]:
    """Pairs of figures that are the ends of one range: `10-15%`; not `from 10 to 15` or `up 5 to 20`, which are changes."""
    pairs: list[tuple[Figure, Figure]] = []
    for one, two in pairwise(reading.facts):
        a, b = one.figure, two.figure
        between = reading.text[a.end : b.start]
        changes = one.worded or _CHANGE_BEFORE.search(reading.text[max(0, a.start - 8) : a.start])
        if pairs and pairs[-1][1] is a:
            continue  # from 890-905 to 905-915
        alike = a.kind == b.kind or {a.kind, b.kind} == {"number", "money"}
        if not alike or a.kind in ("label", "ratio") or not _RANGE_GAP.fullmatch(between):
            continue
        if between.strip() in _DASHES or not changes:
            pairs.append((a, b))
    return tuple(pairs)


def _tense_of(bound: Sequence[Figure], tense: int) -> int:
    """Forecast (1) or reported (-1): by the mark of the figure's period (`2025E`, `2024A`), else that of its sentence."""
    if any(period.estimate for period in bound):
        return 1
    return -1 if any(period.actual for period in bound) else tense
