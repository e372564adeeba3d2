"""Full dates as reports print them, English and Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<{0}>Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DATE = re.compile(
    r"(?<!\d)(?P<y1>(?:19|20)\d{2})\s?(?:(?P<sep>[-/.])(?P<m1>\d{1,2})(?P=sep)(?P<d1>\d{1,2})"
    r"|年\s?(?P<m2>\d{1,2})\s?月\s?(?P<d2>\d{1,2})\s?日)(?!\d)"
    r"|(?<!\d)(?P<y3>(?:19|20)\d{2})(?P<m3>[01]\d)(?P<d3>[0-3]\d)(?!\d)"
    rf"|\b{_MONTH.format('n4')}\s(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<y4>(?:19|20)\d{{2}})\b"
    r"|(?<![\d.])(?P<d6>\d{1,2})\.(?P<m6>\d{1,2})\.(?P<y6>(?:19|20)\d{2})(?![\d.]\d)"
    rf"|\b(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?\s{_MONTH.format('n5')},?\s(?P<y5>(?:19|20)\d{{2}})\b"
)


def find_dates(text: str) -> Iterator[tuple[date, int, int]]:
    """The dates in ``text`` with their spans: ``2026-02-10``, ``20260210``, ``2026年2月10日``, ``Feb 10, 2026``, ``10.02.2026``."""
    for match in _DATE.finditer(text):
        value = _date(match)
        if value is not None:
            yield value, match.start(), match.end()


def _date(match: re.Match[str]) -> date | None:
    part = {name: value for name, value in match.groupdict().items() if value is not None}
    kind = next(name[1] for name in part if name[0] == "y")
    year = int(part[f"y{kind}"])
    day = int(part.get(f"d{kind}") or part["d2"])
    named = part.get(f"n{kind}")
    month = _MONTHS.index(named[:3].lower()) + 1 if named else int(part.get(f"m{kind}") or part["m2"])
    try:
        return date(year, month, day)
    except ValueError:
        return None
