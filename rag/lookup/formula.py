"""Definitions that a question gives in words: ``DPO is defined as 365 * average payables / (COGS + change in inventory)``.

Only the form is read here: which numbers and lines are added, divided, averaged. What a line is called in a report, and
what stands there, is looked up elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Operator = Literal["+", "-", "*", "/"]
Function = Literal["mean", "change"]

_LONGEST = 400  # characters of a formula
_DEFINED = re.compile(
    r"(?:\bdefin(?:e|ing)\s+(?:the\s+)?(?P<named>[^.?!;:]{2,80}?)\s+as\b"
    r"|(?P<before>[^.?!;:,(]{2,80}?)[,(]?\s*(?:\b(?:which|that)\s+)?(?:\b(?:is|are|was|being)\s+)?\b(?:defined|calculated|computed|measured)\s+as\b"
    r"|(?P<zh>[\u3400-\u9fffA-Za-z]{2,20}?)(?:的)?(?:被?定义为|计算(?:公式|方法|方式)(?:为|是|[:：])|按))"
    r"\s*[:：]?\s*(?P<body>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_END = re.compile(r"[?？!。；;，]|\.(?=\s|$)")
_ZH_STEP = re.compile(r"除以|乘以|加上|减去|平均")
_TOKEN = re.compile(
    r"\s*(?:(?P<open>[(（])|(?P<close>[)）])|(?P<plus>\+|＋|\bplus\b|加上?)|(?P<times>[*×]|\bx(?=\s)|\btimes\b|\bmultiplied by\b|乘以?)"
    r"|(?P<over>÷|／|/|\bdivided by\b|除以)|(?P<minus>[−－]|(?<=[\s)）])[-–](?=[\s(（])|\bminus\b|\bless\b|减去?)"
    r"|(?P<number>\d[\d,]*(?:\.\d+)?(?![\w.%]))|(?P<mean>(?:the )?(?:mean|average)\b(?: of\b)?|平均)|(?P<change>(?:the )?(?:net )?change (?:in|of)\b)"
    r"|(?P<word>[^\s()（）+*×÷/−－＋／]+))",
    re.IGNORECASE,
)
_RATIO_OF = re.compile(r"^\s*(?:the )?ratio of (.+?) to (.+)$", re.IGNORECASE | re.DOTALL)
_SHARE_OF = re.compile(r"^(.+?)\s+as an? (?:%|per ?cent(?:age)?|share|proportion) of (.+)$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Number:
    """A number of the formula itself, such as 365."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Line:
    """A line by the words of the question, with its time where it has one: ``FY2018 revenue``."""

    text: str


@dataclass(frozen=True, slots=True)
class Applied:
    """The mean of a line over its times, or its change from the first to the last of them."""

    function: Function
    of: Formula


@dataclass(frozen=True, slots=True)
class Step:
    """Two parts and what is done to them."""

    operator: Operator
    left: Formula
    right: Formula


Formula = Number | Line | Applied | Step


@dataclass(frozen=True, slots=True)
class Definition:
    """``name``: what is defined, as the question has it; ``span``: the characters of the question that say how."""

    name: str
    formula: Formula
    span: tuple[int, int]


def definition(question: str) -> Definition | None:
    """The formula that a question gives for what it asks; None where it gives none, or none that can be read."""
    match = _DEFINED.search(question)
    if match is None:
        return None
    body = _body(match["body"])
    formula = formula_of(body)
    if not isinstance(formula, Step):  # a name for a line is no formula
        return None
    name = next(part for part in (match["named"], match["before"], match["zh"]) if part)
    end = match.start("body") + len(body)
    start = match.start() if match["named"] else match.start() + len(match["before"] or match["zh"] or "")
    return Definition(name.strip(), formula, (start, end))


def lines(formula: Formula) -> Iterator[Line]:
    """The lines of a formula in order."""
    if isinstance(formula, Line):
        yield formula
    elif isinstance(formula, Applied):
        yield from lines(formula.of)
    elif isinstance(formula, Step):
        yield from lines(formula.left)
        yield from lines(formula.right)


def _body(text: str) -> str:
    """The text up to the end of its sentence, or to a bracket that was opened before it."""
    depth = 0
    for at, char in enumerate(text[:_LONGEST]):
        if char in "(（":
            depth += 1
        elif char in ")）":
            depth -= 1
            if depth < 0:
                return text[:at]
        elif depth == 0 and _END.match(text, at):
            return text[:at]
    return text[:_LONGEST]


def formula_of(body: str) -> Formula | None:
    """A formula as it is written; None where it cannot be read."""
    for pattern in (_RATIO_OF, _SHARE_OF):
        if match := pattern.match(body):
            over, under = formula_of(match[1]), formula_of(match[2])
            return Step("/", over, under) if over is not None and under is not None else None
    body = _ZH_STEP.sub(r" \g<0> ", body)
    tokens = [(match.lastgroup or "", match[0].strip()) for match in _TOKEN.finditer(body)]
    try:
        reader = _Reader(tokens)
        formula = reader.sum()
        return formula if reader.at == len(tokens) else None
    except ValueError:
        return None


class _Reader:
    """Reads tokens by precedence: sums of products of factors."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = tokens
        self.at = 0

    def sum(self) -> Formula:
        made = self._product()
        while (kind := self._kind()) in ("plus", "minus"):
            self.at += 1
            made = Step("+" if kind == "plus" else "-", made, self._product())
        return made

    def _product(self) -> Formula:
        made = self._factor()
        while (kind := self._kind()) in ("times", "over"):
            self.at += 1
            made = Step("*" if kind == "times" else "/", made, self._factor())
        return made

    def _factor(self) -> Formula:
        kind = self._kind()
        if kind == "open":
            self.at += 1
            made = self.sum()
            if self._kind() != "close":
                raise ValueError("a bracket is not closed")
            self.at += 1
            return made
        if kind in ("mean", "change"):
            self.at += 1
            return Applied("mean" if kind == "mean" else "change", self._factor())
        if kind == "number" and self._kind(1) != "word":
            self.at += 1
            return Number(Decimal(self._tokens[self.at - 1][1].replace(",", "")))
        return self._line()

    def _line(self) -> Formula:
        words: list[str] = []
        while self._kind() in ("word", "number"):
            words.append(self._tokens[self.at][1])
            self.at += 1
        if not words:
            raise ValueError("a line is missing")
        return Line(" ".join(words))

    def _kind(self, ahead: int = 0) -> str:
        at = self.at + ahead
        return self._tokens[at][0] if at < len(self._tokens) else ""
