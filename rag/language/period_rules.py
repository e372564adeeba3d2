"""What the rules for periods have in common in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from rag.language.calendar_spans import Span

# What must stand somewhere in a text for the rule to be worth trying, one of each group (words, or MONTHS for the name of
# a month); how the period is written, and whether in a text of small letters; what it means.
Build = Callable[[re.Match[str], date | None], Span | None]
Rule = tuple[tuple[frozenset[str], ...], re.Pattern[str], bool, Build]

IMPLIED_YEAR = 2000
MONTHS = "<month>"


def groups_of(needs: str) -> tuple[frozenset[str], ...]:
    """``a b & c`` -> a or b, and c."""
    return tuple(frozenset(group.split()) for group in needs.split("&"))


def to_date(match: re.Match[str], today: date | None) -> Span | None:
    """``year to date``: from the first of January to today."""
    return Span(date(today.year, 1, 1), today, "range") if today else None
