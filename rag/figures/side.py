"""Which side of zero a figure without a sign is on, by the noun it is of: a profit or a loss, an inflow or an outflow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from rag.figures.tense import bilingual, has_chinese

Side = Literal["", "profit", "loss", "inflow", "outflow", "surplus", "deficit", "purchase", "sale", "credit", "charge"]
Noun = tuple[int, int, Side]
OPPOSITE: dict[Side, Side] = {
    "profit": "loss", "loss": "profit", "inflow": "outflow", "outflow": "inflow", "surplus": "deficit", "deficit": "surplus",
    "purchase": "sale", "sale": "purchase", "credit": "charge", "charge": "credit",
}  # fmt: skip
MINUS: tuple[Side, ...] = ("loss", "outflow", "deficit")
_BELOW: dict[Side, Side] = {
    "profit": "loss",
    "inflow": "outflow",
    "surplus": "deficit",
    "credit": "charge",
}  # what the same is with a minus
# Nouns of a side, and nouns of something else, behind which a figure is no longer of that side. All in small letters.
# Words of Latin letters stand behind one mark of a word's beginning: that is tried faster.
_NOUNS = bilingual(
    r"\b(?:"
    r"(?P<credit>(?:income )?tax (?:benefits?|credits?)\b(?!/| \()|credits? of\b)|(?P<charge>(?:income )?tax (?:expenses?|charges?)\b(?!/| \()|charges? of\b)"
    r"|(?P<purchase>net (?:(?!sell)\w+ )?(?:purchas(?:es?|ing)|buy(?:ing|ers?)|bought)\b|bought (?:a )?net\b)|(?P<sale>net (?:(?!bu|purch)\w+ )?(?:sell(?:ing|ers?)|sold)\b|sold (?:a )?net\b)"
    r"|(?P<other>(?:(?:net|operating|pre-?tax|comprehensive) )?(?:profits?|income|earnings|gains?)\s*/?\s*\((?:loss(?:es)?|deficit)\)"
    r"|(?:credit|loan|impairment|exchange|(?<!pre-)(?<!before )tax|actuarial|fair value|hedging|insurance) loss(?:es)?\b|loss(?:es)? (?:ratio|rate|on|allowance|reserve|carry)|profits? (?:margin|warning|shar)"
    r"|(?:profits? (?:and|or) loss(?:es)?|gains? (?:and|or|/) ?loss(?:es)?|income tax(?:es)?|(?:interest|rental|fee|other) income|earnings per|cash (?:and|balance)|revenues?|sales|turnover|assets|equity|debt|costs?|expenses?"
    r"|capex|dividends?|margins?|orders?|shares?|price|deposits|inventor\w+)\b)"
    r"|(?P<loss>loss(?:es)?\b|los(?:t|ing)\b)"
    r"|(?P<profit>(?:profits?|earned|earns?(?! per)|earnings|gains?|(?:net|operating|pre-?tax|comprehensive) income|income (?:before|from operations|attributable))\b)"
    r"|(?P<inflow>inflows?\b)|(?P<outflow>outflows?\b)|(?P<surplus>surplus(?:es)?\b)|(?P<deficit>deficits?\b))"
    r"|(?P<others>\b(?:turn(?:s|ed|ing)? positive|break(?:s|ing)?[ -]even|broke even)\b|\((?:loss(?:es)?)\)\s*/?\s*(?:profits?|income|earnings|gains?)\b)",
    r"(?P<otherzh>减亏|扭亏(?:为盈)?|转正|转亏|转盈|亏转盈|盈转亏|盈亏|利润[率表分]|盈利[能预水质]|减值损失|信用损失"
    r"|营收|收入|成本|费用|资产|负债|现金(?!净?流)|存货|股息|分红|订单)"
    r"|(?P<inflownet>现金流量?净额)|(?P<purchasezh>净买入|增持)|(?P<salezh>净卖出|减持)|(?P<losszh>亏损|净亏|(?<![扭减转])亏(?=约?\d))|(?P<profitzh>盈利|净利|利润)|(?P<inflowzh>净?流入)|(?P<outflowzh>净?流出)"
    r"|(?P<surpluszh>顺差|盈余)|(?P<deficitzh>逆差|赤字)",
)
_ANY = re.compile(
    r"tax |credit|charge|net |bought|sold|买入|卖出|[增减]持|loss|lost|profit|income|earn|gain|flow|surplus|deficit|亏|利|流[入出]|[顺逆]差|盈|赤字"
)
_BEHIND = re.compile(
    r"\s*(?:的|(?:of|in)\s+)?(?:(?:net|operating|pre-?tax|quarterly|annual|full-year|净|经营|营业|税前)\s*)*(?P<noun>loss(?:es)?\b|profits?\b|inflows?\b|outflows?\b|surplus\b|deficit\b|亏损|利润|盈利|流入|流出|顺差|逆差)"
)
_REACH = 90  # characters before a figure in which its noun is looked for


def nouns_in(small: str) -> tuple[Noun, ...]:
    """The nouns of a text of small letters that say a side, or of something else: start, end and side of each."""
    if not _ANY.search(small):
        return ()
    return tuple(
        (match.start(), match.end(), _named(match.lastgroup)) for match in _NOUNS[has_chinese(small)].finditer(small)
    )


def side_of(small: str, nouns: Sequence[Noun], start: int, figure: tuple[int, int], *, negative: bool) -> Side:
    """The side of the figure at ``figure`` (start, end) in a text of small letters whose clause begins at ``start``.

    ``nouns``: those of the text; ``negative``: the figure has a minus, or stands in accounting brackets.
    """
    side: Side = ""
    low = max(start, figure[0] - _REACH)
    for begin, end, named in nouns:
        if low <= begin and end <= figure[0]:
            side = named
    if nouns and nouns[-1][0] >= figure[1] and (behind := _BEHIND.match(small, figure[1], figure[1] + 40)):
        side = next((named for begin, _, named in nouns if begin == behind.start("noun")), side)
    return _BELOW.get(side, side) if negative else side


def side_of_row(label: str, *, negative: bool) -> Side:
    """The side of a figure by the label of its row, what stands in brackets left out: ``Net income (loss)``."""
    side: Side = next((named for *_, named in nouns_in(label.lower()) if named), "")
    return _BELOW.get(side, side) if negative else side


@lru_cache(maxsize=64)
def _named(group: str | None) -> Side:
    side = (group or "").removesuffix("zh").removesuffix("net")
    return next((each for each in OPPOSITE if each == side), "")
