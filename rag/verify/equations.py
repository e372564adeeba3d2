"""Equations that a sentence shows: ``1,001,425 / 577,464 = 1.73``, worked out again."""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation, localcontext

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_TERM = rf"[(（\s]{{0,3}}[-−]?(?:{_NUMBER})(?![\d,.]*\d)(?:\s?%)?[)）\s]{{0,3}}"
_EQUATION = re.compile(
    rf"(?<![\d.,])(?P<left>{_TERM}(?:[-+−×*/÷^]{_TERM}){{1,12}})[=＝≈]\s*(?P<result>[-−]?(?:{_NUMBER}))(?P<percent>\s?%)?"
)
_GROWTH = re.compile(rf"[(（]\s?{_NUMBER}\s?[-−]\s?{_NUMBER}\s?[)）]\s?[/÷]|[/÷]\s?{_NUMBER}\s?[-−]\s?1\b")
_MINUS = re.compile(rf"[(（]?\s*(?:{_NUMBER})(?:\s?%)?\s*[-−–]\s*(?:{_NUMBER})(?:\s?%)?\s*")
_PLAIN = str.maketrans({"−": "-", "×": "*", "÷": "/", "（": "(", "）": ")", ",": "", "%": " "})
CONSTANTS = frozenset(map(Decimal, (*range(1, 13), 52, 100, 360, 365)))  # counts of years, months, days
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
    is a growth, ``(b - a) / a``, or gives less than nothing; else 0. ``minus``: it is a difference, of two terms.
    """

    inputs: tuple[tuple[int, int], ...]
    span: tuple[int, int]
    result: Decimal
    right: bool
    percent: bool = False
    way: int = 0
    minus: bool = False


def equations(text: str) -> Iterator[Equation]:
    """The equations of a text; a result may be rounded to the digits it shows, and be given in percent."""
    for match in _EQUATION.finditer(text) if any(sign in text for sign in "=＝≈") else ():
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


def numbers_in(text: str) -> Iterator[Decimal]:
    """The numbers of a text as they stand there, without signs."""
    return (Decimal(match[0].replace(",", "")) for match in re.finditer(_NUMBER, text))


def _worked_out(left: str) -> Decimal | None:
    """The value of an expression of numbers; None for anything else, and for what has no value."""
    plain = left.translate(_PLAIN).replace("^", "**").strip()
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
