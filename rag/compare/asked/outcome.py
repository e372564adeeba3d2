"""What was expected of a time and what came: `did Q2 revenue beat the guidance?`, 三季度实际收入与预测相比.

The one is told by a report from before the time was over, the other by one from after it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.compare.asked.metrics import asks_figure
from rag.compare.asked.names import held_companies, named_brokers, named_companies
from rag.compare.asked.side import Side, without
from rag.compare.asked.spelled_out import spelled_out
from rag.compare.asked.when import times_in
from rag.figures.find import figures
from rag.language.analysis import language
from rag.types import Report

_EXPECTED = re.compile(r"\b(?:guidance|guided|forecasts?|estimates?|projections?)\b|指引|预测|预计|预告", re.IGNORECASE)
_CAME = re.compile(
    r"\b(?:actual(?:ly|s)?|beat|beats?|miss(?:ed|es)?|met|meet|exceed(?:s|ed)?|top(?:s|ped)?|reported|turn(?:ed)? out|c[ao]me (?:in|out)|land(?:ed)?|(?:better|worse|higher|lower|more|less) than(?= .*\bguid)|made|achieved?|delivered|live up to)\b"
    r"|实际|兑现|超过|超出|低于|高于|不及|达到|落在|完成",
    re.IGNORECASE,
)
_ITS = re.compile(r"\b(?:its|their|the|own|what|it|they|had)\b", re.IGNORECASE)


def outcome(question: str, shelf: Sequence[Report]) -> tuple[Side, ...]:
    """What was expected and what came, as sides; empty where a question does not set the two side by side."""
    text = spelled_out(question)
    expected, came = _EXPECTED.search(text), _CAME.search(text)
    when = times_in(text, shelf)
    if not (expected and came and when and asks_figure(text)):
        return ()
    period = max(when, key=lambda time: time.end)
    named = [n for n in named_companies(text, held_companies(shelf)) if n[2]]
    if len(named) != 1 or named[0][2] is None:
        return ()
    own = list(named[0][2].reports)
    houses = named_brokers(text, own)
    by = list(houses[0][2]) if len(houses) == 1 else own
    before = [report for report in by if report.date is None or report.date <= period.end]
    after = [report for report in own if report.date is None or report.date > period.end]
    if not before or not after:
        return ()
    earlier = [(at, at + len(time.surface)) for time in when if time != period if (at := text.find(time.surface)) >= 0]
    given = [(figure.start, figure.end) for figure in figures(text) if figure.kind in ("percent", "money")]
    bare = _ITS.sub(" ", without(text, [*earlier, *given, *(span for _, span, _ in houses)]))
    ahead = " ".join(_CAME.sub(" ", bare).split())
    done = " ".join(_EXPECTED.sub(" ", _CAME.sub(" ", bare)).split())
    chinese = language(text) == "zh"
    labels = (
        (f"{period.surface}{expected[0]}", f"{period.surface}实际")
        if chinese
        else (f"{expected[0].lower()} for {period.surface}", f"actual {period.surface}")
    )
    return tuple(
        Side("period", label, alone, (frozenset(report.id for report in reports),), label, period)
        for label, alone, reports in zip(labels, (ahead, done), (before, after), strict=True)
    )
