"""`What is X?`, `X是什么药？`: of statements that all name X the one that says what it is goes before those on its sales.

A text says so by a verb (`X is a …`), beside the name (`X, an oral inhibitor`, `the antibody X`, 双特异性抗体X), or in brackets.
"""

from __future__ import annotations

import re

from rag.answer.statement import Statement, promoted
from rag.answer.wanted import Wanted

INTRODUCES = 0.4  # share of the best score from which a statement that says what something is goes in front
_ASKS = re.compile(
    r"(?:so\s+)?(?:what|who)(?:['’]s|\s+(?:exactly\s+)?(?:is|are)|\s+does)\s+(?:meant\s+by\s+|an?\s+|the\s+)?(?P<en>[^?,]{2,40}?)(?:\s+mean|\s+stand\s+for)?[\s?.]*"
    r"|(?P<zh>[^?？,，的]{2,24}?)(?:是|指的?是)(?:一[种款个家])?(?:什么|啥)(?:意思|药物?|产品|公司|技术|东西|概念)?[?？]?|什么(?:是|叫)(?P<zh2>[^?？,，的]{2,24}?)[?？]?",
    re.IGNORECASE,
)
_NO_NOUN = r"(?<![因对由于的和与在将把被给让使为])(?<!预计)(?<!其中)(?<!包括)"


def introduced_first(wanted: Wanted, statements: list[Statement]) -> list[Statement]:
    """The statements with the surest of those in front that say what the one thing is that a question names."""
    match = _ASKS.fullmatch(wanted.question.strip())
    if match is None or wanted.periods or wanted.aspects or any(piece.kind == "metric" for piece in wanted.focus):
        return statements
    name = (match["en"] or match["zh"] or match["zh2"]).strip()
    says = _says(name)
    return promoted(statements, INTRODUCES, lambda other: bool(says.search(other.text)))


def _says(name: str) -> re.Pattern[str]:
    """How a text says what a thing of this name is."""
    own = re.escape(name)
    return re.compile(
        rf"\b{own}(?:\s*\([^)]*\))?,?\s+(?:is|are|was|were|refers?\s+to|means?)\s+(?:an?|the|one\s+of|our|its)\b"
        rf"|\b{own},\s+(?:an?|the|our|its|which\s+(?:is|are))\s|\b(?:an?|the)\s+(?:[a-z-]+\s+){{1,3}}{own}\b(?!['’])"
        rf"|{own}\s*(?:[(（][^()（）]{{2,40}}[)）])?(?:是(?:一|指|公司|国内|全球|首)|指的?是|[,，]一[种款])|[\u4e00-\u9fff]{{2}}{_NO_NOUN}{own}(?![\u4e00-\u9fff]*(?:的|费用|收入))",
        re.IGNORECASE,
    )
