"""Equations that a sentence shows: ``1,001,425 / 577,464 = 1.73``, worked out again."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, localcontext

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d++(?:\.\d+)?"
_TERM = rf"[(（\s]{{0,6}}[-−]?(?:{_NUMBER})(?![\d,.]*\d)(?:\s?%)?[)）\s]{{0,6}}"
_EQUATION = re.compile(
    rf"(?<![\d.,])(?P<left>{_TERM}(?:[-+−×*/÷^]{_TERM}){{1,16}})[=＝≈]\s*(?P<result>[-−]?(?:{_NUMBER}))(?P<percent>\s?%)?"
)
_BRACKETS = re.compile(r"[(（](?P<left>[^()（）=＝≈]{5,80})[)）]")
_IN_WORDS = re.compile(r"\b(?:plus|minus|less|times|divided by|over)\b|[加减乘]|除以", re.IGNORECASE)
_SIGNS = {"plus": "+", "minus": "-", "less": "-", "times": "*", "divided by": "/", "over": "/", "加": "+", "减": "-", "乘": "*", "除以": "/"}  # fmt: skip
_OPERATION = re.compile(rf"(?:{_NUMBER})\s?%?\s*[+−×*/÷]\s*(?:{_NUMBER})|(?:{_NUMBER})\s+-\s+(?:{_NUMBER})")
_GROWTH = re.compile(rf"[(（]\s?(?:{_NUMBER})\s?[-−]\s?(?:{_NUMBER})\s?[)）]\s?[/÷]|[/÷]\s?(?:{_NUMBER})\s?[-−]\s?1\b")
_MINUS = re.compile(rf"[(（]?\s*(?P<one>{_NUMBER})(?:\s?%)?\s*[-−–]\s*(?P<two>{_NUMBER})(?:\s?%)?\s*")
_PLAIN = str.maketrans({"−": "-", "–": "-", "×": "*", "÷": "/", "（": "(", "）": ")", ",": "", "%": " "})
CONSTANTS = frozenset(map(Decimal, (*range(1, 13), 52, 100, 360, 365)))  # counts of years, months, days
_GROWN = re.compile(rf"(?<![\d.,])1\s*(?P<sign>[+\-−–])\s*(?P<rate>{_NUMBER})\s?%")  # 33.1 / (1 + 40.8%)
_MOST_NODES = 60
_STEPS: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclass(frozen=True, slots=True)
class Equation:
    """``inputs``: start and end of each number on the left; ``span``: of the result; ``right``: whether it follows.

    ``result``: its value without its sign; ``percent``: whether it is given in percent. ``way``: 1 or -1 where the equation
    is a growth, ``(b - a) / a``, or gives less than nothing; else 0. ``minus``: it is a difference, of two terms. ``open``: it
    stands without a result, which is told elsewhere, in percent or not.
    """

    inputs: tuple[tuple[int, int], ...]
    span: tuple[int, int]
    result: Decimal
    right: bool
    percent: bool = False
    way: int = 0
    minus: bool = False
    open: bool = False


def equations(text: str) -> Iterator[Equation]:
    """The equations of a text; a result may be rounded to the digits it shows, and be given in percent.

    What stands in brackets without its result, ``(1,126.4 - 318.0)``, has what it gives as its exact result.
    """
    whole = list(_EQUATION.finditer(text)) if any(sign in text for sign in "=＝≈") else []
    yield from (each for each in _bracketed(text) if not any(m.start() <= each.span[0] < m.end() for m in whole))
    for match in whole:
        left = match["left"]
        value = _worked_out(left)
        at = match.start("left")
        inputs = tuple((at + m.start(), at + m.end()) for m in re.finditer(_NUMBER, left))
        shown = Decimal(match["result"].replace(",", "").replace("−", "-"))
        if value is not None and match["percent"] and "%" not in left:
            value *= 100
        step = Decimal(1).scaleb(int(shown.as_tuple().exponent))
        right = value is not None and abs(value - shown) * 2 <= step
        way = -1 if shown < 0 else 1 if _GROWTH.search(left) else 0
        yield Equation(
            inputs,
            match.span("result"),
            abs(shown),
            right,
            bool(match["percent"]),
            way,
            _MINUS.fullmatch(left.strip()) is not None,
        )


def _bracketed(text: str) -> Iterator[Equation]:
    for match in _BRACKETS.finditer(text):
        left = _IN_WORDS.sub(lambda word: _SIGNS[word[0].lower()], match["left"])
        plain = re.sub(r"[^\d.,%()（）\s+\-−–×*/÷]", " ", left)
        minus = _MINUS.fullmatch(plain.strip())
        if not _OPERATION.search(plain) and not (minus and _falls(minus)):
            continue
        value = _worked_out(re.sub(r"([+\-−×*/÷])(?:\s*[+\-−×*/÷])+", r"\1", plain))
        if value is None:
            continue
        if "%" in _GROWN.sub("", plain) and re.search(r"[×*]", plain):
            value /= 100
        at = match.start("left")
        inputs = tuple((at + m.start(), at + m.end()) for m in re.finditer(_NUMBER, match["left"]))
        yield Equation(inputs, match.span("left"), abs(value), right=True, minus=minus is not None, open=True)


def _falls(minus: re.Match[str]) -> bool:
    """Whether the first of two numbers about a dash is the greater one, which that of a range is not."""
    one, two = (Decimal(each.replace(",", "")) for each in minus.group("one", "two"))
    return one > two


def numbers_in(text: str) -> Iterator[Decimal]:
    """The numbers of a text as they stand there, without signs."""
    return (Decimal(match[0].replace(",", "")) for match in re.finditer(_NUMBER, text))


def _worked_out(left: str) -> Decimal | None:
    """The value of an expression of numbers; None for anything else, and for what has no value."""
    plain = _GROWN.sub(r"1\g<sign>\g<rate>/100", left).translate(_PLAIN).replace("^", "**").strip()
    if plain.startswith("(") and plain.count("(") == plain.count(")") + 1:
        plain = plain[1:].lstrip()  # the bracket that holds the whole equation
    try:
        tree = ast.parse(plain, mode="eval")
        if sum(1 for _ in ast.walk(tree)) > _MOST_NODES:
            return None
        with localcontext() as context:
            context.prec = 28
            return _value(tree.body)
    except (SyntaxError, ValueError, ArithmeticError, InvalidOperation, RecursionError):
        return None


def _value(node: ast.expr) -> Decimal:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float):
        return Decimal(str(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return -_value(node.operand)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        base, power = _value(node.left), _value(node.right)
        if base <= 0 or abs(power) > 12:
            raise ValueError("no root or power of this is asked for")
        return base**power
    if isinstance(node, ast.BinOp) and type(node.op) in _STEPS:
        return _STEPS[type(node.op)](_value(node.left), _value(node.right))
    raise ValueError("not an expression of numbers")
