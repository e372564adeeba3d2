"""Two or more lines of one table that a question sets against each other: a share, a ratio, a sum, a difference.

``What portion of total debt is due within a year`` asks for one figure over another, both of one table. Only the form is
read here; which rows and columns are meant is looked for in the tables themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from rag.language.periods import Period
from rag.lookup.question import clause_of
from rag.lookup.times import times_of, years_of

Kind = Literal["share", "multiple", "sum", "difference", "margin"]

MOST_PARTS = 4
LONGEST = 110  # characters of the words for a line

PORTION = r"(?:percentage|percent|per cent|percents|portion|part|slice|chunk|share|proportion|fraction|%|how much)"
_IS = r"(?:ran|runs|went|goes|flow(?:s|ed)|pass(?:es|ed)|landed|fell|sat|stemmed|arose|originated|belong(?:s|ed)|pertain(?:s|ed)|is|are|was|were|did|does|do|comes?|came|relates?|related|consists?|consisted|has|have|had)"
# What stands between a whole and its part: `.. of total debt is *comprised of* notes`.
_BY = (
    r"(?:(?:it |they |been |be )?(?:compris\w+ (?:of|by)|compos\w+ of|made (?:up )?(?:of|by|from)|consist\w* of|represented by|accounted for by|contributed by|backed by|held (?:by|in)|derived from"
    r"|generated (?:by|from|in)|attribut\w+ to|allocated to|due (?:to|from)|related to|relat\w* to|owed (?:to|by)|invested in|spent on|earned (?:from|by|in)|from|in|on|by|for|to|of|through|via|under|within|into|with|the result of)\s+)?"
)
_DID = (
    r"(?:accounts?(?: for)?|represents?|make up|makes up|contributes?|comprises?|constitutes?|came from|come from|form)"
)
_SHARES = (
    rf"\b{PORTION} of (?P<under>.+?) (?:did|does|do|is|are|was|were) (?P<over>.+?) {_DID}\b",
    rf"\b{PORTION} of (?P<under>.+?) {_IS} {_BY}(?P<over>.+)$",
    rf"\b{PORTION} of (?P<under>.+?) {_DID} (?P<over>.+)$",
    r"^(?:.*?\b(?:what|which|how much) (?:is|was|were|are|did|does|do)\s+)?(?P<over>.+?)(?:\s+(?:account(?:s|ed)?(?: for)?|(?:amount|come|work out)(?: to)?|represent))?,? as an? (?:%|percentage|percent|per cent|share|portion|proportion|fraction) of (?P<under>.+)$",
    r"^(?P<over>.+?) (?:is|was|were|are|represents?|represented) what (?:percentage|percent|per cent|portion|share|proportion|fraction) of (?P<under>.+)$",
)
_MULTIPLES = (
    r"^(?P<over>.+?) (?:is|was|were|are) what multiple of (?P<under>.+)$",
    r"\bratio of (?P<over>.+?) to (?P<under>.+)$",
    r"\bthe (?P<over>[\w ]+?)[- ]to[- ](?P<under>[\w ]+?) ratio\b",
    r"\bhow many times (?:larger |greater |bigger |higher )?(?:is|was|were|are) (?P<over>.+?) (?:than|the size of|of|as large as) (?P<under>.+)$",
)
_SUMS = (
    r"\b(?:sum|combined (?:total|amount|value)|combination|total(?: amount| value)?) of (?:the )?(?P<all>.+\band\b.+)$"
)
# `The combined revenue of A and B`: that of each. A name may have an `and` of its own: then no rows are found.
_TOGETHER = re.compile(
    r"\b(?:combined|joint|added) (?P<what>(?!total\b|amount\b|value\b)[a-z][a-z -]{2,30}?) (?:of|from|for|in) (?P<all>.{2,80}? and .{2,80})$",
    re.IGNORECASE,
)
_DIFFERENCES = (
    r"\bdifference(?: in [\w ]+)? between (?:the )?(?P<over>.+?) and (?:the )?(?P<under>.+)$",
    r"\bhow much (?:higher|more|larger|greater|bigger|lower|less|smaller) (?:is|was|were|are) (?P<over>.+?) (?:than|compared (?:to|with)) (?P<under>.+)$",
)
_OUT = r"(?:without|excluding|not counting|leaving out|other than|outside(?: of)?|apart from|minus|if (?:you |we |one )?(?:exclude|remove|leave out|strip out|take out))"
# `What would net sales be without X`: the whole less a part of it.
_WITHOUT = (
    rf"\b(?:what|how (?:much|large|high)) would (?P<over>.+?) (?:be|have been|come to|amount to),? {_OUT} (?P<under>.+)$",
    rf"^(?:(?:and|so) )?{_OUT} (?P<under>.+?),? (?:what|how much) (?:is|are|was|were|would|did) (?P<over>.+?)(?: (?:be|have been|come to))?$",
    rf"\b(?:what|how much) (?:is|are|was|were) (?P<over>.+?),? {_OUT} (?P<under>.+)$",
)
_LEAD = re.compile(r"^.*?\b(?:what|how much|which)\b\s*(?:is|was|were|are)?\s*(?:the\s+)?", re.IGNORECASE)
_EDGES = re.compile(
    r"^(?:[\s,;]|\b(?:the|a|an|its|their|our|total amount of|amount of|of|in|for)\b)+|(?:[\s,;.?]|\b(?:as of|as at|at|in|for|during|of|on|the|and|from|by|to|end|year|years|fiscal|year ended|ended|respectively|currently held)\b)+$",
    re.IGNORECASE,
)
_NOT_THAT = re.compile(r",?\s+(?:rather than|instead of|as opposed to)\b.*$", re.IGNORECASE)
_WITHIN = re.compile(
    r"\b(?:within|in|over|during|less than|in less than)(?: the)?(?: next| first| coming| following)? (?:a|one|1|12|twelve) (?:years?|months?)\b|\bless than (?:1|one|a) year\b"
    r"|\b(?:currently|in the short[- ]term|short[- ]term|(?:in )?the (?:next|first) (?:year|twelve months|12 months))\b",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"\b(?:after|beyond|more than|over|later than)(?: the next)? (?P<n>one|two|three|four|five|\d{1,2}) years?\b"
    r"|\b(?:after|beyond)(?: fiscal)?(?: year)? (?P<year>20\d\d)\b|\b(?P<then>thereafter)\b",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"\b(?:due(?! to\b| from\b)|payable|maturing|matures?|expir\w+|to be (?:paid|recogni[sz]ed|settled)|falls? due|vest\w*)\b",
    re.IGNORECASE,
)
_FALLS = r"\b(?:occurs?|happens?|takes? place|falls?(?: due)?|comes? due|matures?|expires?|vests?|(?<!year[- ])ends?(?! of\b))\b"
_AVERAGED = re.compile(r"(?<!weighted )(?<!weighted-)\baverage\b", re.IGNORECASE)
_ASIDE = re.compile(
    r",?\s*\b(?:in|\(in) (?:thousands|millions|billions)\b(?: of (?:us )?dollars)?\)?,?|,?\s*\bin the (?:[\w-]+ ){1,5}table\b|\brespectively\b",
    re.IGNORECASE,
)
_BEFORE_A_TIME = re.compile(
    r"(?:\b(?:(?:as of|as at|at|in|for|during|by)?(?: the)? (?:end of|year-?end)|(?:as of|as at|at|in|for|during|on|from|to|between|through|by)(?: the)?(?: fiscal| calendar)?(?: years?| quarter)?(?: ended| ending)?"
    r"|fiscal(?: year)?|year(?: ended| ending)?|and|both)|[\s,])+$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b20\d\d\b")
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5}


@dataclass(frozen=True, slots=True)
class Bucket:
    """When something falls due, as a column or a row of a schedule has it: in a year, within one, after so many."""

    kind: Literal["first", "year", "after"]
    number: int = 0

    def fits(self, head: str, first: bool) -> bool:
        """Whether a head or label is this time; ``first``: it is the first year of its schedule."""
        text = " ".join(head.lower().split())
        if self.kind == "year":
            return text in (str(self.number), f"fiscal {self.number}", f"fy{self.number}")
        if self.kind == "first":
            return first or bool(
                re.search(
                    r"less than (?:1|one) year|within (?:1|one|a) year|(?:1|one) year or less|<\s?1 year|next (?:12|twelve)|current",
                    text,
                )
            )
        return "thereafter" in text or "beyond" in text or bool(re.search(rf"(?:after|more than|over|>)\s?{self.number}\b", text))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Relation:
    """``parts``: the words for each line; for a share or multiple, the upper one and then the lower one.

    ``bucket``: the upper one is the lower one's part that falls due then. ``when``: the times, the earliest first.
    """

    kind: Kind
    parts: tuple[str, ...]
    when: tuple[Period, ...]
    bucket: Bucket | None = None


def relation(question: str, today: date | None = None) -> Relation | None:
    """What lines a question sets against each other; None where it does not, or not in a way that is known."""
    clause = " ".join(clause_of(question).split())
    if not clause.isascii():
        clause = clause.replace("’", "'").replace("–", "-")
    if _AVERAGED.search(clause):
        return None
    if bucket := _bucket(clause):
        return _due(clause, bucket, today)
    plain, when = _untimed(clause, today)
    for found in _read(plain):
        parts = tuple(_trimmed(part) for part in found.parts)
        if all(0 < len(part) <= LONGEST and re.search(r"[A-Za-z]{2}", part) for part in parts) and len(
            set(parts)
        ) == len(parts):
            return replace(found, parts=parts, when=when)
    return None


_MARGIN = re.compile(
    r"\b(?:what (?:is|was|were) (?:the )?)?(?P<of>operating|gross|net)(?: profit| income)? margins? (?:of|for|in|at) (?P<who>.+)$"
    r"|\bwhat (?:is|was|were) (?P<whose>.+?)(?:'s)? (?P<its>operating|gross|net)(?: profit| income)? margin\b",
    re.IGNORECASE,
)
_LEFT = (
    r"\bgross margin\b.*?\b(?:on|from|with) (?P<who>.+)$",
    r"\bwhat (?:(?:is|was|were) (?:the )?)?(?P<who>.+?) gross margin\b",
    r"\bgross margin (?:of|for) (?P<who>.+)$",
)
_AS_SHARE = re.compile(r",? as a (?:percentage|percent|share|proportion) of .*$", re.IGNORECASE)
_PROFITS = {"operating": "operating income", "gross": "gross profit", "net": "net income"}


def margin(question: str, today: date | None = None) -> Relation | None:
    """The margin of a part of a company as its profit over its revenue; None where none is asked for."""
    plain, when = _untimed(" ".join(clause_of(question).split()), today)
    match = _MARGIN.search(plain)
    who = _trimmed(match["who"] or match["whose"]) if match else ""
    if match is None or not 0 < len(who) <= LONGEST:
        return None
    profit = _PROFITS[(match["of"] or match["its"]).lower()]
    return Relation("share", (f"{who} {profit}", f"{who} revenue"), when)


def left_of(question: str, today: date | None = None) -> Relation | None:
    """The gross margin of what is sold, of which a statement prints what it brings and what it costs; None for others."""
    plain, when = _untimed(" ".join(clause_of(question).split()), today)
    plain = _AS_SHARE.sub("", plain)
    match = next((match for pattern in _LEFT if (match := re.search(pattern, plain, re.IGNORECASE))), None)
    who = _trimmed(match["who"]) if match else ""
    return Relation("margin", (f"{who} revenue", f"{who} costs"), when) if 0 < len(who) <= LONGEST else None


def _read(plain: str) -> Iterator[Relation]:
    kinds: tuple[tuple[Kind, tuple[str, ...]], ...] = (("share", _SHARES), ("multiple", _MULTIPLES))
    for kind, patterns in kinds:
        for pattern in patterns:
            if match := re.search(pattern, plain, re.IGNORECASE):
                yield Relation(kind, (_LEAD.sub("", match["over"]), match["under"]), ())
    for pattern in (*_WITHOUT, *_DIFFERENCES):
        if match := re.search(pattern, plain, re.IGNORECASE):
            yield Relation("difference", _spelt_out((match["over"], match["under"])), ())
    if match := _TOGETHER.search(plain):
        parts = re.split(r"\s+and\s+", match["all"])
        yield Relation("sum", tuple(f"{part} {match['what']}" for part in parts), ())
    if match := re.search(_SUMS, plain, re.IGNORECASE):
        listed = [part for part in re.split(r"\s*,\s*(?:and\s+)?|\s+and\s+(?:the\s+)?", match["all"]) if part.strip()]
        if 2 <= len(listed) <= MOST_PARTS:
            yield Relation("sum", _spelt_out(tuple(listed)), ())


def _spelt_out(parts: tuple[str, ...]) -> tuple[str, ...]:
    """`basic`, `diluted shares outstanding` with what they share said of each: `basic shares outstanding`."""
    *before, last = (part.split() for part in parts)
    return (
        *(" ".join(words if len(words) > 1 or len(last) < 2 else [*words, *last[1:]]) for words in before),
        " ".join(last),
    )


def _bucket(clause: str) -> Bucket | None:
    due = _DUE.search(clause) or re.search(_FALLS, clause, re.IGNORECASE)
    if due is None or not re.search(rf"\b{PORTION} of\b", clause, re.IGNORECASE):
        return None
    if after := _AFTER.search(clause):
        number = after["n"] or after["year"] or "0"
        return Bucket("after", _NUMBERS.get(number.lower(), 0) or int(number) if number != "0" else 0)
    if _WITHIN.search(clause):
        return Bucket("first")
    year = _YEAR.search(clause, due.end())
    return Bucket("year", int(year[0])) if year else None


def _due(clause: str, bucket: Bucket, today: date | None) -> Relation | None:
    """`What portion of total debt is due in 2019`: the whole is the line, and the part a time of it."""
    match = re.search(
        rf"\b{PORTION} of (?P<under>.+?) (?:(?:{_IS}|will|that|which) .*?{_DUE.pattern}|{_FALLS})",
        clause,
        re.IGNORECASE,
    )
    if match is None:
        return None
    under, _ = _untimed(match["under"], today)
    under = _trimmed(under)
    return Relation("share", (under, under), (), bucket) if 0 < len(under) <= LONGEST else None


def _untimed(clause: str, today: date | None) -> tuple[str, tuple[Period, ...]]:
    """A clause without its times, and these."""
    named = times_of(clause, today)
    for period in sorted(named, key=lambda each: -each.span[0]):
        start, end = period.span
        clause = f"{_BEFORE_A_TIME.sub(' ', clause[:start])} {clause[end:]}"
    return " ".join(_ASIDE.sub(" ", clause).split()), years_of(named)


def _trimmed(part: str) -> str:
    return _EDGES.sub("", _EDGES.sub("", _NOT_THAT.sub("", part))).strip(" '\"")
