"""The names of a comparison as the statements of reports write them: `cloud switching or services`, 工业制品及绿色能源."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.compare.asked.joined import EDGE_ZH, JOINT, JOINT_ZH, LONGEST_ZH, WEIGHS, Span
from rag.compare.asked.metrics import is_metric
from rag.compare.asked.names import overlap
from rag.compare.asked.side import COMPARE
from rag.language import lexicon
from rag.language.analysis import STOP_TERMS, terms
from rag.language.periods import periods
from rag.question.rise_fall import direction
from rag.reports.names import has_cjk

_UNIT = re.compile(r"[\u4e00-\u9fff]|[A-Za-z\d][\w-]*")
_PHRASE = 3  # words
_LEAST = 2  # names of a comparison


def as_written(text: str, said: Sequence[str], taken: Sequence[Span]) -> list[Span]:
    """What a text joins, each as it stands in a statement: `cloud switching or services`, 天启新能 of `和天启新能三家`.

    ``said``: the statements, in small letters.
    """
    items = lexicon.expand(text)
    metrics = [(item.start, item.end) for item in items if item.kind in ("metric", "line_item")]
    fixed = [
        *taken,
        *((item.start, item.end) for item in items if is_metric(item) or item.kind == "time"),
        *(period.span for period in periods(text)),
    ]
    runs: list[list[Span]] = []
    for match in sorted((*JOINT.finditer(text), *JOINT_ZH.finditer(text)), key=lambda each: each.span()):
        last = runs[-1][-1] if runs else None
        stop = next((a for a, b in metrics if b == match.start()), match.start())  # `implants revenue than robotics`
        left = last if last and last[1] == match.start() else _phrase(text, stop, said, fixed, -1)
        right = _phrase(text, match.end(), said, fixed, 1)
        if left and right and left == last:
            runs[-1].append(right)
        elif left and right:
            runs.append([left, right])
    best = max(runs, key=len, default=[])
    best = _without_shared(text, best)
    return best if len({text[slice(*span)].lower() for span in best}) == len(best) else []


def grown(text: str, spans: Sequence[Span], begun: Sequence[str], taken: Sequence[Span]) -> list[Span]:
    """The names as statements begin with them: `building technology` of `technology`, 工业制品及绿色能源 of its two parts.

    ``begun``: statements and headings, in small letters. A list is left as it is, and so are names of which none but one
    would remain.
    """
    kept = list(spans)
    for one, other in pairwise(spans):
        listed = re.search("[,，、]", text[spans[0][1] : spans[-1][0]])
        if not listed and len(kept) > _LEAST and _begins((one[0], other[1]), text, begun):
            kept = [(one[0], other[1]), *(span for span in kept if span not in (one, other))]
    found = []
    for start, end in sorted(kept):
        words = [match.span() for match in _UNIT.finditer(text[:start])][-_PHRASE + 1 :]
        others = [*taken, *(span for span in spans if not start <= span[0] < end)]
        longer = (
            (a, end)
            for a, b in words
            if not (has_cjk(text[a:b]) or set(terms(text[a:b])) <= STOP_TERMS)
            and not any(overlap((a, end), other) for other in others)
        )
        found.append(next((span for span in longer if _begins(span, text, begun)), (start, end)))
    return found


def _begins(span: Span, text: str, begun: Sequence[str]) -> bool:
    words = text[slice(*span)].lower()
    return any(re.match(rf"{re.escape(words)}(?![a-z])", each) for each in begun)


def _without_shared(text: str, spans: Sequence[Span]) -> list[Span]:
    """Phrases without the word that also stands behind the last of them: `copper view` of `the copper view and the zinc view`."""
    behind = re.match(r"\s+([a-z-]+)", text[spans[-1][1] :]) if spans else None
    tail = behind[0].lower() if behind else ""
    return [(a, b - len(tail)) if tail and text[a:b].lower().endswith(tail) else (a, b) for a, b in spans]


def _phrase(text: str, at: int, said: Sequence[str], fixed: Sequence[Span], way: int) -> Span | None:
    """The longest run of words, or of Chinese characters, that ends (-1) or begins (1) there and stands in a statement."""
    units = [match.span() for match in _UNIT.finditer(text)]
    near = [unit for unit in units if (unit[0] >= at if way > 0 else unit[1] <= at)][::way]
    if not near or text[min(at, near[0][1]) : max(at, near[0][0])].strip("'’s "):
        return None
    chinese = has_cjk(text[slice(*near[0])])
    near = near[: LONGEST_ZH if chinese else _PHRASE]
    spans = [(near[0][0], unit[1]) if way > 0 else (unit[0], near[0][1]) for unit in near[1 if chinese else 0 :]]
    return next((span for span in reversed(spans) if _is_phrase(text, span, said, fixed)), None)


def _is_phrase(text: str, span: Span, said: Sequence[str], fixed: Sequence[Span]) -> bool:
    words = text[slice(*span)].lower()
    if (
        any(overlap(span, other) for other in fixed)
        or COMPARE.search(words)
        or direction(words)
        or WEIGHS.search(words)
    ):
        return False
    if has_cjk(words):  # a name may have 和 in it
        return not EDGE_ZH.search(re.sub("[和与及跟]", "", words)) and any(words in each for each in said)
    ends = (words.split()[:1], words.split()[-1:])
    if any(set(terms(" ".join(end))) <= STOP_TERMS for end in ends):
        return False
    return any(re.search(rf"\b{re.escape(words)}\b", each) for each in said)
