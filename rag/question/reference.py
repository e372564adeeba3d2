"""The words of a question that only say which report is meant, or give a name a second time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from rag.language import lexicon
from rag.question.concepts import METRICS, Asked

Span = tuple[int, int]

KEPT = 0.35  # share of a question's characters that has to be left without its reference
LEFT = 2  # pieces, names left out, that a question still asks for without what it takes for granted

_REPORT = r"(?:note|report|review|preview|weekly|monthly|daily|digest|initiation|update|filing|commentary|piece)"
# In front: `The July note on Alder with a target of 90: what …`, `The note that keeps Buy - what …`, `根据…的研报,…`.
_FRONT = re.compile(
    r"^\W*(?:(?:according to|under|in|per|from|by|on|as for)\s+)?[^?:,]*?"
    rf"\b{_REPORT}\b[^?:]{{0,80}}?(?:[:,]|\s[-\u2013\u2014])\s+(?=\S)"
    r"|^(?:根据|按照|按|在|据)?[^?？:：,，]{0,40}(?:研报|报告|周报|月报|日报|点评|深度|首次覆盖|晨报)[^?？:：,，]{0,20}[:：,，]",
    re.IGNORECASE,
)
# What is taken for granted before the question itself: `If tariffs rise again, how much does Alder sell in America?`
_GIVEN = re.compile(
    r"^\W*(?:if|since|given(?: that)?|assuming|suppos(?:e|ing)|now that|with|even though|although)\b[^?,]{3,90},\s+(?:then |so )?(?=(?:how|what|which|who|when|where|why|is|are|was|were|does|do|did|will|would|could|can|has|have)\b)"
    r"|^(?:如果|要是|假如|既然|虽然|尽管|鉴于)[^?？,，]{2,40}[,，]",
    re.IGNORECASE,
)
# Behind: `… in the note that rates it Overweight?`
_BEHIND = re.compile(
    rf"\b(?:in|from|by|of|according to|per)\s+(?:the|that|this)\s+(?:[\w'’.-]+\s+){{0,4}}?{_REPORT}\s+(?:that|which|with|dated|of|from|by)\b[^?,:;]*\??\s*$",
    re.IGNORECASE,
)
# `Alder Foods (AF)`, `柏林食品（Alder Foods）`: one name, then the same in other words.
_TWICE = re.compile(
    r"(?P<name>(?:[A-Z][\w&.'’-]*\s+){0,3}[A-Z][\w&.'’-]*|[\u3400-\u9fff]{2,12})\s*[(（](?P<other>[^()（）]{2,40})[)）]"
)

_TWO_SCRIPTS = re.compile(
    r"(?P<latin>[A-Z][\w&.'’-]*(?:\s+[\w&.'’-]+){0,2})\s*[(（](?P<in_cjk>[\u3400-\u9fff]{2,12})[)）]"
    r"|(?P<cjk>[\u3400-\u9fff]{2,8})\s*[(（](?P<in_latin>[A-Za-z][\w&.'’ -]{1,39})[)）]"
)


# ... and in fewer words, which is no report of its own: `… according to Alder's 2023 annual report?`, `… in its 2023 filing?`
_TAIL = re.compile(
    r",?\s(?:according to|as per|per|in|from|by)\s+(?:[^\s?,:;]+\s+){0,6}?(?:report|note|filing|weekly|digest|10-?[kq])[\s?]*$",
    re.IGNORECASE,
)


def without_reference(question: str) -> str:
    """The question without the words that only say which report is meant; all of it where hardly anything else is left."""
    spans = reference_spans(question)
    tail = _TAIL.search(question)
    spans += [tail.span()] if tail else []
    left = question
    for start, end in sorted(spans, reverse=True):
        left = f"{left[:start]} {left[end:]}"
    return left.strip() if len(left.strip()) >= KEPT * len(question) else question


def reference_spans(question: str) -> list[Span]:
    """Where the words stand that only say which report is meant."""
    return [match.span() for match in (_FRONT.match(question), _BEHIND.search(question)) if match]


def without_given(question: str, pieces: Sequence[Asked], known: Sequence[Span]) -> list[Asked]:
    """The pieces without those that only say what is taken for granted; all of them where hardly anything else is asked.

    ``known``: where names stand that the library has reports on.
    """
    match = _GIVEN.match(question)
    spans = [match.span()] if match else []
    called = {question[start:end] for start, end in known}
    left = [piece for piece in pieces if piece.surface in called or not only_there(question, piece.surface, spans)]
    return left if sum(piece.surface not in called for piece in left) >= LEFT else list(pieces)


def only_there(question: str, surface: str, spans: Sequence[Span]) -> bool:
    """Whether a piece stands in these spans of the question and nowhere else."""
    if not spans:
        return False
    low, surface = question.lower(), surface.lower()
    places = [match.start() for match in re.finditer(re.escape(surface), low)]
    return bool(places) and all(any(start <= at < end for start, end in spans) for at in places)


def reference(question: str, focus: Sequence[Asked]) -> frozenset[str]:
    """Those pieces of the focus that only say which report is meant; none where nothing else is asked."""
    spans = reference_spans(question)
    found = {piece.surface for piece in focus if only_there(question, piece.surface, spans)}
    return frozenset(found) if len(found) < len(focus) else frozenset()


def told_once(question: str, held: Callable[[str], bool]) -> str:
    """The question with a name that it gives in two scripts, `Baichuan (百川)`, only in the one that the library has.

    ``held``: whether the library has a name; where it has both or neither, the question stays as it is.
    """
    for match in reversed([*_TWO_SCRIPTS.finditer(question)]):
        if any(found.kind in METRICS for found in lexicon.expand(match[0])):  # 息税前利润(EBIT)
            continue
        names = [match[group] for group in ("latin", "cjk", "in_latin", "in_cjk") if match[group]]
        there = [name for name in names if held(name)]
        if len(there) == 1:
            question = f"{question[: match.start()]}{there[0]}{question[match.end() :]}"
    return question


def told_twice(question: str, known: Sequence[Span]) -> list[Span]:
    """Where a name stands that is also given in other words, in or before brackets, of which ``known`` has the others."""
    found: list[Span] = []
    for match in _TWICE.finditer(question):
        name, other = match.span("name"), match.span("other")
        for one, rest in ((other, name), (name, other)):
            inside = any(one[0] <= start and end <= one[1] for start, end in known)
            if inside and not any(start < rest[1] and rest[0] < end for start, end in known):
                found.append(rest)
                break
    return found
