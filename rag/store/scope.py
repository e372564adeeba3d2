"""Filters and corrections as people give them: report ids or stems, brokers, dates, lists, amounts."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from rag.errors import InputError
from rag.language.analysis import fold
from rag.store.rows import EDITABLE
from rag.types import Report

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_LEGAL = r"(?:Inc|Incorporated|Corp|Co|Ltd|Limited|LLC|LP|PLC|plc|AG|SE|SA|N\.V|S\.A)\b"  # never a name of its own
FILTERS = ("reports", "broker", "since", "until")
_LEAST_PREFIX = 6  # characters of an id that stand for the whole of it


def known_filters(filters: Mapping[str, Any]) -> dict[str, Any]:
    """The same filters. Raises InputError for a name that is none, before anything is asked."""
    for name in filters:
        if name not in FILTERS:
            raise InputError(f"{name!r} is no filter of the library: expected {', '.join(FILTERS)}.")
    return dict(filters)


def find(reports: Mapping[str, Report], name: str | Report) -> list[Report]:
    """The reports meant by an id, the beginning of an id, a file's stem or name. Raises InputError for none."""
    wanted = name.id if isinstance(name, Report) else str(name).strip()
    if wanted in reports:
        return [reports[wanted]]
    matches = [r for r in reports.values() if wanted and wanted in (r.stem, r.file, r.file_name)]
    if not matches and len(wanted) >= _LEAST_PREFIX:
        matches = [report for id_, report in reports.items() if id_.startswith(wanted.lower())]
    if not matches:
        if near := _near(reports, wanted):
            raise InputError(f"No report {wanted!r} in the library; did you mean {', '.join(near)}?")
        raise InputError(
            f"No report {wanted!r} in the library: expected an id or a file's stem; see `python -m rag list`."
        )
    return matches


def _near(reports: Mapping[str, Report], wanted: str) -> list[str]:
    """Up to three file stems that hold what was typed, else that are spelt much like it."""
    stems = {fold(report.stem): report.stem for report in reports.values()}
    typed = fold(wanted)
    close = [stem for stem in stems if len(typed) > 2 and typed in stem] or get_close_matches(typed, stems)
    return [stems[stem] for stem in close[:3]]


def find_one(reports: Mapping[str, Report], name: str) -> Report:
    """The one report meant. Raises InputError for none or several."""
    matches = find(reports, name)
    if len(matches) > 1:
        ids = ", ".join(report.id[:12] for report in matches)
        raise InputError(f"{name!r} stands for {len(matches)} reports ({ids}): expected one; give its id.")
    return matches[0]


def scope(
    reports: Mapping[str, Report],
    names: Iterable[str | Report] | None = (),
    broker: str | None = None,
    since: date | str | None = None,
    until: date | str | None = None,
) -> frozenset[str] | None:
    """Ids of the reports that pass all filters; None when no filter is given. Undated reports fail a date filter."""
    if not isinstance(names, Iterable | Report | None):
        raise InputError(f"reports is of type {type(names).__name__}: expected ids or file stems, as text.")
    names = (names,) if isinstance(names, str | Report) else tuple(names or ())
    if not names and not broker and since is None and until is None:
        return None
    chosen = {report.id: report for name in names for report in find(reports, name)} if names else dict(reports)
    if broker:
        if not isinstance(broker, str):
            raise InputError(f"broker is of type {type(broker).__name__}: expected a name or a part of it, as text.")
        part = fold(broker).strip()
        chosen = {id_: report for id_, report in chosen.items() if part in fold(report.broker or "")}
    if since is not None or until is not None:
        first = parse_date(since, "since") if since is not None else date.min
        last = parse_date(until, "until", last=True) if until is not None else date.max
        if first > last:
            raise InputError(f"since {first} is after until {last}: expected the earlier date first.")
        chosen = {id_: report for id_, report in chosen.items() if report.date and first <= report.date <= last}
    return frozenset(chosen)


def parse_date(value: date | str, name: str, last: bool = False) -> date:
    """A date from ISO text; a year or a month stands for its first (or with ``last`` its last) day."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    match = _DATE.fullmatch(str(value).strip())
    if match:
        year, month, day = (int(part) if part else None for part in match.groups())
        try:
            return _day(year or 0, month, day, last)
        except ValueError:
            pass
    raise InputError(f"{name} is {value!r}, which is no date: expected YYYY-MM-DD, YYYY-MM or YYYY.")


def _day(year: int, month: int | None, day: int | None, last: bool) -> date:
    if month is None:
        return date(year, 12, 31) if last else date(year, 1, 1)
    if day is None:
        date(year, month, 1)
        return date(year, month, calendar.monthrange(year, month)[1] if last else 1)
    return date(year, month, day)


def corrections(fields: Mapping[str, Any]) -> dict[str, Any]:
    """A user's corrections as JSON values by field name; empty text means "not stated". Raises InputError."""
    if not fields:
        raise InputError(f"No field to correct was given: expected at least one of {', '.join(EDITABLE)}.")
    unknown = [name for name in fields if name not in EDITABLE]
    if unknown:
        raise InputError(f"{unknown[0]!r} cannot be corrected: expected one of {', '.join(EDITABLE)}.")
    return {name: _parse(name, value) for name, value in fields.items()}


def _parse(name: str, value: Any) -> Any:
    parser: Callable[[str, Any], Any] = _PARSERS.get(name, _text)
    return parser(name, value)


def _text(name: str, value: Any) -> str | None:
    text = " ".join(str(value).split()) if value is not None else ""
    if name == "title" and not text:
        raise InputError("The title is empty: expected the report's title.")
    return text or None


def _list(name: str, value: Any) -> list[str]:
    """Names parted by semicolons, else by commas; ``Northwind, Inc.`` stays one name."""
    if not isinstance(value, str):
        parts = [str(part) for part in value or ()]
    elif re.search("[;；]", value):
        parts = re.split("[;；]", value)
    else:
        parts = re.split(rf"[,，、](?!\s*{_LEGAL})", value)
    return [text for part in parts if (text := " ".join(part.split()))]


def _isodate(name: str, value: Any) -> str | None:
    return parse_date(value, name).isoformat() if value not in (None, "") else None


def _number(name: str, value: Any) -> float | None:
    if value in (None, ""):
        return None
    try:
        number = float(str(value).replace(",", ""))
    except ValueError:
        number = float("nan")
    if not 0 <= number < 1e15:
        raise InputError(f"{name} is {value!r}: expected a number such as 185.50.")
    return number


def _language(name: str, value: Any) -> str:
    if value not in ("en", "zh"):
        raise InputError(f"{name} is {value!r}: expected en or zh.")
    return str(value)


def _currency(name: str, value: Any) -> str | None:
    code = str(value or "").strip().upper()
    if code and not re.fullmatch("[A-Z]{3}", code):
        raise InputError(f"{name} is {value!r}: expected a code of three letters such as USD, HKD or CNY.")
    return code or None


def _rating_of(name: str, value: Any) -> str | None:
    if value in (None, ""):
        return None
    if value not in ("company", "industry"):
        raise InputError(f"{name} is {value!r}: expected company or industry.")
    return str(value)


_PARSERS: dict[str, Callable[[str, Any], Any]] = {
    "authors": _list,
    "companies": _list,
    "tickers": _list,
    "date": _isodate,
    "target_price": _number,
    "previous_target_price": _number,
    "currency": _currency,
    "rating_of": _rating_of,
    "language": _language,
}
