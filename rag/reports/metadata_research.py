"""What a broker's report says about its view: rating and the one before, target price and the one before, currency.

Rules for both languages. A rating counts only where the wording makes it one (``maintain Buy``, ``维持“买入”评级``,
``评级：增持``), so that "buy" in running text is none. Where a sector and a company are rated, a report on a company has
the company's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.llm.planted import speaks
from rag.reports.front_matter import Piece, found, matches, pieces
from rag.reports.metadata_changes import changes, currency, written
from rag.reports.rating_rules import ALONE, CODED, INDUSTRY, LABEL, MOVES, OLD_RATINGS, RATINGS, UNDER_LABEL
from rag.reports.target_rules import NOT_PRICE, OLD_TARGETS, TARGETS
from rag.types import Found, Parsed

_CLAUSE = re.compile(r"[。.；;！!？?\n,，]")
_CLAUSE_ZH = re.compile(r"[。;；!！?？\n]|[.]\s")
_PICKED = re.compile(r"\s*(?:on\s+)?[A-Z][\w&’'. -]{1,40}\((?:[^()]{0,20}\b)?(?:PT|TP|OW|UW|EW|target)\b")
_BEFORE = 24  # characters before a rating that may say of what it is
_YEARS = range(1990, 2101)


def research_fields(parsed: Parsed, *, on_company: bool, named: bool) -> list[Found]:
    """Rating, previous rating, what is rated, target prices and currency, as far as the front says them.

    ``on_company``: the front names a listed company as the subject; ``named``: any company.
    """
    parts = tuple(part for part in pieces(parsed) if not speaks(part.text))
    changed = changes(parts)
    have = {field.name for field in changed}
    rating = [] if "rating" in have else _rating(parts, on_company, named or on_company)
    target = [] if "target_price" in have else _target(parts, named or on_company)
    return [*changed, *rating, *target]


def _rating(parts: tuple[Piece, ...], on_company: bool, named: bool) -> list[Found]:
    """The first rating; of a sector only where the report is on no company or rates none."""
    sector: list[Found] = []
    for match, part in _candidates(parts):
        if not named and _of_another(match, part):
            continue
        label = _of_industry(match, part)
        fields = [found("rating", written(match["new"]), match, part)]
        if old := match.groupdict().get("old"):
            fields.append(found("previous_rating", written(old), match, part))
        else:
            fields += _previous(parts)
        if label is None or (on_company and LABEL.fullmatch(part.heading) and INDUSTRY.search(part.heading)):
            return fields  # a site's template may call any rating one of the industry
        sector = sector or [*fields, label]
        if not on_company:
            break
    return sector


def _candidates(parts: tuple[Piece, ...]) -> Iterator[tuple[re.Match[str], Piece]]:
    """Ratings in order of trust: moved from one to another, under a heading that says so, in the wordings of both languages."""
    for pattern in MOVES:
        yield from matches(pattern, parts)
    for part in parts:
        if LABEL.fullmatch(part.heading) and part.kind != "heading" and (under := UNDER_LABEL.search(part.text)):
            yield under, part
    for pattern in RATINGS:
        yield from matches(pattern, parts)
    yield from matches(CODED, parts)
    alone = list(matches(ALONE, parts))
    if len({written(match["new"]) for match, _ in alone}) == 1:  # several explain a scale
        yield alone[0]


def _of_industry(match: re.Match[str], part: Piece) -> Found | None:
    """The word that makes a rating one of a sector: in its clause, or in the heading above it."""
    left = part.text[max(0, match.start() - _BEFORE) : match.start()]
    clause = _CLAUSE.split(left)[-1] + match[0] + _CLAUSE.split(part.text[match.end() : match.end() + _BEFORE])[0]
    if (said := INDUSTRY.search(clause)) and not re.search(
        "跑[赢输]行业|[Ss]ector [Oo]ut|[Ss]ector [Pp]er", said[0] + clause
    ):
        return found("rating_of", "industry", match, part)
    if LABEL.fullmatch(part.heading) and INDUSTRY.search(part.heading):
        return found("rating_of", "industry", match, part)
    return None


def _of_another(match: re.Match[str], part: Piece) -> bool:
    """Whether a rating or target is of a company that a report on none names in passing: ``Foo (OW, PT 1,240p)``."""
    before = _CLAUSE_ZH.split(part.text[max(0, match.start() - 2 * _BEFORE) : match.start()])[-1]
    opened = max(map(before.rfind, "(（")) > max(map(before.rfind, ")）"))
    return opened or _PICKED.match(part.text, match.end()) is not None


def _previous(parts: tuple[Piece, ...]) -> list[Found]:
    for pattern in OLD_RATINGS:
        for match, part in matches(pattern, parts):
            return [found("previous_rating", written(match["old"]), match, part)]
    return []


def _target(parts: tuple[Piece, ...], named: bool) -> list[Found]:
    for pattern in TARGETS:
        for match, part in matches(pattern, parts):
            if not named and _of_another(match, part):
                continue
            value = _price(match, part, "value", match["cur"] or match["unit"])
            if value is None:
                continue
            groups = match.groupdict()
            fields = [found("target_price", value, match, part)]
            money = currency(match["cur"] or groups.get("oldcur"), match["unit"], groups.get("head"), part.text)
            if money:
                fields.append(found("currency", money, match, part))
            if groups.get("old") and float(groups["old"].replace(",", "")) > 0:
                return [*fields, found("previous_target_price", groups["old"].replace(",", ""), match, part)]
            return [*fields, *_old_target(parts)]
    return []


def _price(match: re.Match[str], part: Piece, group: str, money: str | None) -> str | None:
    """A price as digits; None for a year, a percentage, a multiple, a sum, or the start of a range."""
    value = match[group].replace(",", "")
    if float(value) == 0 or (value.isdecimal() and int(value) in _YEARS and not money):
        return None
    end = match.end(group)
    after = part.text[match.end() if match.end() > end else end :][:12]
    return None if NOT_PRICE.match(part.text[end : end + 12]) or NOT_PRICE.match(after) else value


def _old_target(parts: tuple[Piece, ...]) -> list[Found]:
    for pattern in OLD_TARGETS:
        for match, part in matches(pattern, parts):
            if value := _price(match, part, "old", match["oldcur"] or match["oldunit"]):
                return [found("previous_target_price", value, match, part)]
    return []
