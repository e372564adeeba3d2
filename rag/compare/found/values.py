"""Whether a text gives a value at all, and whether it is one of the kind that is compared: an amount, or a rate."""

from __future__ import annotations

import re

from rag.compare.asked.wanted import Aspect
from rag.figures.figure import VALUES, Figure
from rag.figures.find import figures
from rag.language import lexicon

_DIGIT = re.compile(r"\d|[一二三四五六七八九十百千万亿]+(?:倍|成|%|个百分点)")
# `Lot 16`, `Model 3`, `Phase 2`: the number belongs to a name. A sentence may begin with `About 40`.
_NAMED = re.compile(
    r"(?<=[a-z,;] )[A-Z][a-z]+\s$|\b(?:Lot|Block|Model|Phase|Note|Item|Level|Tier|Series|Class|Part|Section|Chapter|No\.)\s$"
)
_RATE = re.compile(
    r"%|\bratios?\b|\bmultiples?\b|\bper ?cent|\bshare\b(?! price)|\bproportion\b|\bturnover\b|\bmargins?\b|\brates?\b|\byields?\b|\bcover(?:age)?\b|\bRO[AEI]C?\b|\bP/?[EBS]\b|率|占比|比例|比重|份额|倍",
    re.IGNORECASE,
)
_IN_PERCENT = re.compile(
    r"%|\bper ?cent|\bmargins?\b|\brates?\b|\byields?\b|\bshare\b(?! price)|\bproportion\b|\bRO[AEI]C?\b|率|占比|比例|比重|份额",
    re.IGNORECASE,
)
_PER_SHARE = re.compile(r"\bper share\b|每股", re.IGNORECASE)
_CHANGE = re.compile(
    r"\b(?:growth|gr[eo]w\w*|chang\w*|increas\w*|decreas\w*|rise|rose|fall|fell|declin\w*|faster|slower|move[ds]?|develop\w*)\b|增长|增速|[涨跌]得?|同比|环比|增幅|降幅|[涨跌]幅|变动|变化|快|慢",
    re.IGNORECASE,
)
_BY = re.compile(
    r"\b(?:increased?|decreased?|increase of|decrease of|rose|fell|grew|declined|dropped|climbed|up|down|higher|lower|gained|lost)\s+(?:by\s+)?(?:(?:about|approximately|roughly|some|around|nearly)\s+)?$"
    r"|(?:增加|减少|增长|下降|上升|多|少)了?约?$",
    re.IGNORECASE,
)
SMALL = 10  # a bare number below it counts things, and is no value


def is_loss(aspect: Aspect) -> bool:
    """Whether a loss is compared, and not the profit that stands in the same line."""
    return any(concept.canonical == "net loss" for form in aspect.forms for concept in lexicon.lookup(form))


def has_value(text: str) -> bool:
    """Whether a text gives a value: a figure that is no date, no year, no part of a name, and no mere number of a list."""
    return bool(_DIGIT.search(text)) and any(is_value(figure, text) for figure in figures(text))


def gives_amount(text: str) -> bool:
    """Whether a text gives an amount: of money, or of things; a percentage and a multiple are none."""
    return any(
        figure.kind in ("money", "number") and is_value(figure, text) and not is_change(figure, text)
        for figure in figures(text)
    )


def is_amount(aspect: Aspect, question: str) -> bool:
    """Whether an amount is compared: a metric that is no rate, and not how it has changed."""
    if not (aspect.metric and aspect.label) or _CHANGE.search(question):
        return False
    return bool(_PER_SHARE.search(aspect.label)) or not _RATE.search(aspect.label)


def gives_rate(aspect: Aspect) -> bool:
    """Whether what is compared is given in percent: a margin, a share of something, a return."""
    return bool(_IN_PERCENT.search(aspect.label)) and not _PER_SHARE.search(aspect.label)


def asks_change(question: str) -> bool:
    """Whether it is asked how something has changed, and not how much it is."""
    return bool(_CHANGE.search(question))


def is_value(figure: Figure, text: str) -> bool:
    """Whether a figure gives the value of something: no small count, and no number of a name."""
    if figure.kind not in VALUES or figure.soft:
        return False
    if figure.kind != "number":
        return True
    return (figure.value >= SMALL or figure.scaled) and not _NAMED.search(
        text[max(0, figure.start - 24) : figure.start]
    )


def is_change(figure: Figure, text: str) -> bool:
    """Whether an amount is that of a change: `sales increased $1.9 billion`; `rose to $118 billion` gives the level."""
    return bool(_BY.search(text[max(0, figure.start - 40) : figure.start]))
