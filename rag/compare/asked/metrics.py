"""Which words of a question name something that figures are given of."""

from __future__ import annotations

import re

from rag.language import lexicon
from rag.language.lexicon import Expansion

# Words that make no part of a metric, where they stand beside one.
WHOLE = frozenset(
    "total net gross group company consolidated overall our its their the this that annual yearly quarterly monthly full half year quarter "
    "reported adjusted basic diluted operating record organic underlying core consensus forecast expected estimated guided fiscal financial "
    "and or of in for on to by with from at as is was were are be been had has have more less higher lower than about roughly approximately "
    "models model modelled assumes assume projects project has have expects expect forecasts estimate estimates sees see gives put puts puts first second third fourth research development general "
    "number average actual parent attributable shareholders shareholder ifrs gaap non-ifrs non-gaap up down while whose where when".split()
)

_EARNS = re.compile(
    r"\b(?:earns?|earned) (?:more|less|the most|the least|most|least)(?: money)?\b(?! (?:per|from|of)\b| in (?!fiscal|FY|Q[1-4]|H[12]|(?:19|20)\d\d))",
    re.IGNORECASE,
)

# `which airline has the higher load factor, A or B`, 哪家航司的客座率更高: the sort of the sides, which no statement says.
_SORT = re.compile(
    r"(?<=\bwhich) (?!of\b|one\b|has\b|had\b)(?P<en>[a-z-]+(?: [a-z-]+){0,2})(?= (?:ha[sd]|have|posted|reports|reported|shows|showed|carries|trades|earns|earned|offers|pays|gr[eo]ws?|raised|cut|spent|spends|hedged|lost|made|sold|expects|plans|guides)\b)"
    r"|[两三四五六七八几]个(?:品类|业务|产品|板块|分部)[中里]?"
    r"|(?<=哪[家个只])(?P<zh>[\u4e00-\u9fff]{2,4}?)(?=的)",
    re.IGNORECASE,
)
_GROWTH = re.compile(r"(.+?)\s*(growth|增速|增长率|增幅)", re.IGNORECASE)

# Metrics that are asked for with a verb: `who employs more people`, 谁更赚钱.
_BY_VERB = (
    (
        re.compile(
            r"\b(?:employ(?:s|ed)?|has|have|had)\s+(?:more|fewer|less|the most|the fewest|how many)\s+(?:people|workers)\b"
            r"|\bmore people (?:are )?employed\b",
            re.IGNORECASE,
        ),
        "has the larger headcount",
    ),
    (re.compile(r"\bhow many (?:people|workers)\b", re.IGNORECASE), "what headcount"),
    (
        re.compile(
            r"\b((?:(?:pre-?tax|operating|net|gross|trading) )?(?:EPS|earnings|profit)) (forecasts?|estimates?)\b",
            re.IGNORECASE,
        ),
        r"\2 \1",
    ),
    (
        re.compile(
            r"(?:这)?[两三几]家(?:[^,，。?？谁哪家]{0,6}(?:公司|企业|厂商|银行)(?:的|中)?|(?!券商|机构|投行|大行|研究)[\u4e00-\u9fff]{1,4}?的)"
        ),
        "",
    ),
    (
        re.compile(
            r"^(?:please )?(?:place|put|set|lay)\b(?=.*\b(?:beside|alongside|next to|against|side)\b)", re.IGNORECASE
        ),
        "compare",
    ),
    (
        re.compile(
            r"\bat home\b(?=.*\b(?:abroad|overseas)\b)|(?<=\babroad or )at home\b|(?<=\boverseas or )at home\b",
            re.IGNORECASE,
        ),
        "domestic",
    ),
    (re.compile(r"\boutgr(?:ow|ows|ew|owing)\b", re.IGNORECASE), "grow faster than"),
    (re.compile(r"(?<=['’]s )calls(?= on\b)", re.IGNORECASE), "ratings"),
    (
        re.compile(
            r"\b(?:more|fewer|the most|the fewest|most|fewest) (?:employees|staff|workers|colleagues)\b", re.IGNORECASE
        ),
        "the larger headcount",
    ),
    (
        re.compile(
            r"\b(?:brings?|brought|takes?|took|pulls?|pulled)\s+in\s+(?:more|less|the most|the least|most)(?:\s+money)?\b",
            re.IGNORECASE,
        ),
        "has the larger revenue",
    ),
    (
        re.compile(
            r"\bcash (?:positions?|balances?|piles?|on hand|holdings)\b|(?<=['’]s )cash(?= (?:at|in|on)\b|\s*[,;?]|\s*$)|\bcash(?= at the (?:end|close|beginning)| at year[- ]end)",
            re.IGNORECASE,
        ),
        "cash and cash equivalents",
    ),
    (re.compile(r"(?:谁|哪家)更(?:赚钱|能赚)|(?:赚|挣)得更多"), "谁的净利润更高"),
    (re.compile(r"(?:谁|哪家)(?:的)?亏(?:损|得)?(?:更|最)?[多大]|亏(?:损)?得?更[多大]"), "谁的净亏损更大"),
    (
        re.compile(
            r"\b(?:lost|loses|lose) (?:more|most|the most)(?: money)?\b|\bmade the (?:bigger|biggest) loss\b",
            re.IGNORECASE,
        ),
        "had the larger net loss",
    ),
    (re.compile(r"(?:员工|雇员|人手)(?:谁|哪家)?更?[多少](?!少)"), "员工人数更多"),
)


def metrics_named(question: str, of_parts: bool = False) -> str:
    """The question with metrics by name that it asks for with a verb; ``of_parts``: of a company, which have no net income."""
    question = _EARNS.sub(f"has the higher {'operating profit' if of_parts else 'net income'}", question)
    for pattern, named in _BY_VERB:
        question = pattern.sub(named, question)
    return question


def growth_apart(question: str) -> str:
    """The question with the growth of a metric in two words, as statements tell it: 净利润的增速 is in 净利润同比下降9.9%."""
    for item in sorted(lexicon.expand(question), key=lambda each: -each.start):
        match = _GROWTH.fullmatch(item.surface)
        if match and any(is_metric(each) and each.surface == match[1] for each in lexicon.expand(match[1])):
            apart = f"growth of {match[1]}" if match[2].isascii() else f"{match[1]}的{match[2]}"
            question = question[: item.start] + apart + question[item.end :]
    return question


def without_sort(question: str) -> str:
    """The question without what it calls its sides by their sort: `which airline has the higher margin, A or B`."""

    def left(match: re.Match[str]) -> str:
        return match[0] if any(map(is_metric, lexicon.expand(match[0]))) else ""

    return _SORT.sub(left, question)


def is_metric(item: Expansion) -> bool:
    """Whether an entry of the lexicon is something that figures are given of: `advertising revenue` as much as `revenue`."""
    if item.kind in ("metric", "line_item"):
        return True
    if item.kind not in ("sector", "product", "term"):
        return False
    last = item.surface.split()[-1]
    ends = [last] if item.surface.isascii() else [item.surface[-length:] for length in (2, 3, 4)]
    return any(is_metric(each) for end in ends if end != item.surface for each in lexicon.expand(end))


def asks_figure(text: str) -> bool:
    """Whether a metric, a rating or a target is asked for: of each of several names, then."""
    kinds = {item.kind for item in lexicon.expand(text)}
    return bool(kinds & {"metric", "line_item"}) or bool(
        re.search(r"\b(?:ratings?|target)\b|评级|目标价", text, re.IGNORECASE)
    )
