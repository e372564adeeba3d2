"""Whether a question asks for figures of a report's tables, and which: the lines, the times, what is to be worked out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from rag.language import analysis, lexicon
from rag.language.lexicon import Expansion
from rag.language.periods import Period, periods
from rag.lookup.formula import Formula
from rag.lookup.labels_zh import DEDUCTED, DEDUCTED_TERMS, as_holders, in_full, is_parent
from rag.lookup.operations import GROWTH_OF, OVER_YEARS, PERCENT_OF, Operation, operation_of
from rag.lookup.ratios import RATIOS, Unit
from rag.lookup.talk import by_name
from rag.lookup.times import SINCE, THE_QUARTER, first_year, newest_years, times_of, undated_in, years_of

MOST_ITEMS, MOST_YEARS = 3, 6
_ASKS = re.compile(
    r"\b(?:what|which|how|by how)\b|^(?:please )?(?:calculate|compute|determine|work out)\b|多少|几何|如何|怎样|怎么样|是什么|水平|[?？]",
    re.IGNORECASE,
)
_NOT_FOR_ROWS = re.compile(
    r"\bwhy\b|\bwho\b|\bwhen\b|\bwhere\b|\breasons?\b|\bdr[io]ve[rs]?\b|\bexplain|\bcaused?\b|\blargest\b|\bbiggest\b|\bhighest\b|\blowest\b|\bsmallest\b|\bmost\b|\babout\W*$"
    r"|\bexpect\w*|\bforecast\w*|\bguidance\b|\btarget\w*|\bestimate[ds]?\b|为什么|为何|原因|哪些|谁|最大|最高|最低|预计|预测|预期|目标|指引",
    re.IGNORECASE,
)
# Several rows, and not their total.
_EACH_OF_ZH = re.compile(r"各(?:个|项|类|主要)?(?:业务|产品|地区|区域|条线|类别|品类|渠道)")
_NOT_FOR_LINES = re.compile(
    r"\bsegments?\b|\bby (?:region|product|business|country|quarter)\b|分部|板块|[分按](?:业务|产品|地区|区域|行业)",
    re.IGNORECASE,
)
# What is a ratio of two figures: no amount answers it.
RATE = re.compile(
    r"%|\bratios?\b|\bmultiple\b|\bper ?cent|\bshare of\b|\bproportion\b|\b(?:assets?|inventory|inventories|stock|receivables?|payables?|capital|staff|employee|portfolio) turnover\b|\bmargins?\b|\brates?\b|\byield\b|率|占比|比例|比重|倍数|占了?多少[?？]?$",
    re.IGNORECASE,
)
AMOUNT = re.compile(r"\bhow (?:much|many)\b(?! of\b)|\bin (?:us )?dollars\b", re.IGNORECASE)  # no percentage answers it
_OF_REVENUE = re.compile(r"\bof (?:revenues?|(?:net )?sales)\b|占(?:营业)?收入", re.IGNORECASE)
_MEASURED = re.compile(
    r"\b(?:value|amount|how (?:much|many|large|big|high)|number of|total|percentage|growth|change|difference|balance|what (?:is|was|are|were))\b|多少|金额|总额",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\b(?:value|amount|how (?:much|many|large|big|high)|number of|totals?|growth|change|difference|balance)\b|多少|金额|总额",
    re.IGNORECASE,
)
COST = frozenset(analysis.terms("costs expenses expenditures"))  # one says the other
_MONEY = re.compile(r"\b(?:dollar|renminbi|euro|yen|pound|won|franc|rupee|real|ruble|pataca)$")  # and no bitcoin
_VERBS = frozenset({"hold", "buy", "sell", "add"})  # that are ratings, too
_DID = re.compile(r"\b(?:did|does|do)\b(?!.*\brat(?:e[ds]?|ings?)\b)", re.IGNORECASE)
_SIGNS = frozenset({"positive", "negative"})  # of a figure, where one is named: no rating
_SENTENCE = re.compile(r"(?<=[?？])|(?<=[。！；])|(?<=[.!;])(?<!\b[A-Z]\.)\s+(?=[A-Z])")
_LEAD = re.compile(r"^.*?[,:，：]\s*(?=(?:what|how)\b)", re.IGNORECASE)
_LEAVES_OUT = re.compile(
    r"(?:excluding|without|leaving out|not counting|apart from|if (?:you|we|one) (?:exclude|remove))\b", re.IGNORECASE
)
_ASIDE = re.compile(r"[(（][^()（）]*[)）]")
# The report that is meant, behind what is asked of it: its year is no time of a figure.
_BY_REPORT = re.compile(
    r",? (?:as (?:shown|told|given|stated|reported|disclosed) in|according to|per|based on) (?:the|its|their)(?: fiscal)?(?: year)? 20\d\d"
    r" (?:form )?(?:10-?k|(?:annual )?report|filing|proxy(?: statement)?)(?=\W*$)",
    re.IGNORECASE,
)
# `Block (formerly known as Square)`: the report has one of the names; the other is said by no row of it.
_RENAMED = re.compile(
    r"\b[A-Z][\w.&-]*(?: [A-Z][\w.&-]*)*(?:['’]s)?\s*\((?:formerly|previously)(?: known as| called)? ([^()]+)\)"
)
# `How many times has it sold its inventory? Calculate the inventory turnover ratio`: the metric stands in the second part.
_WORK_OUT = re.compile(r"^(?:please )?(?:calculate|compute|work out)\b", re.IGNORECASE)
_BASED_ON = re.compile(r"\b(?:based on|judged by|in terms of|as measured by)\b", re.IGNORECASE)
GLUE = frozenset("a an and at by for from in of on our the their to with".split())  # between the words of a line
# Forms that name a part of what they stand for: where there are several, each has a line of its own.
_PARTS = frozenset({"cost of services", "cost of products sold"})
OF_THE_ASKING = frozenset({"proportion", "average", "growth", "increase", "decrease", "decline", "change"})
DONE_TO = frozenset({"year-over-year", "quarter-over-quarter", "compound annual growth rate"})
# Words that say nothing of which figure is meant; whatever else a question says must stand at the figure.
IDLE = frozenset(
    analysis.terms(
        "amount total year fiscal end value million billion thousand unit percent percentage report reported company average rate level figure "
        "number overall consolidated group firm annual full basis based using data information statement period quarter generate generated make made "
        "earn earned spend spent record recorded post posted achieve achieved stand stood reach reached come came much many large big high low ratio "
        "considering according exact line item calculate compute determine worth size change changed growth grow grew grown increase increased decrease "
        "decreased rise rose fall fell decline declined mean compound over between from to year-over-year yoy financial results result key metric metrics "
        "formerly known as shown show ended ending during books share proportion fraction usd dollars dollar value level compare compared approximately "
        "go goes went put puts into work works incur hold carry owe book get got take took bring brought larger smaller greater fewer fast quickly "
        "unadjusted healthy reasonably positive negative strong weak good stable useful business improve improved improving worsen worsening widen narrow profile respectively "
        "sum combined cumulative altogether up down higher lower better worse bigger smaller trend trending trended upward downward moving moved heading headed edging gone getting gotten become "
        "becoming been since being like time years recent recently last past few three two over expand expanding shrink shrinking shrunk contract "
        "rising falling growing declining widening narrowing increasing decreasing deteriorating deteriorate "
        "was were what which how did does do has have had it its their the of in for at by and per"
    )
)
_ZH_IDLE = re.compile(
    "公司|全年|年度|年[末底初终]|[期年]末|末|底|余额|母公司|账面价值|账面|口径|合并|分别|各自|各|总额|金额|合计|情况|水平|期间|数据|增长|同比|增速|增幅|变化|变动|比例|比重|占|为|了|到|至|多少|几何|怎么样|如何|怎样|是什么|相比|较|比"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A line or a ratio that is asked for. ``said``: as the question has it; ``forms``: each way to say it, as terms.

    ``only``: a row of this label is meant, in a table whose title or headings have one of ``forms``, if there are any.
    ``formula``: how the question says that it is worked out, and ``unit`` what it is then given in.
    """

    name: str
    said: str
    forms: tuple[frozenset[str], ...]
    statement: str = ""
    only: frozenset[str] = frozenset()
    formula: Formula | None = None
    unit: Unit = ""


@dataclass(frozen=True, slots=True)
class Sought:
    """``when``: the times asked for, the earliest first; empty for the newest. ``rest``: other words that were asked.

    ``companies``: the canonical names of those that are named, with their terms. ``quarter``: the newest quarter is meant.
    ``parent``: figures of the parent company alone are meant.
    ``since``: from the first of ``when`` to the newest. ``last``: so many of the newest years.
    """

    items: tuple[Item, ...]
    when: tuple[Period, ...]
    operation: Operation
    rest: frozenset[str]
    companies: tuple[tuple[str, frozenset[str]], ...]
    chinese: bool
    quarter: bool = False
    parent: bool = False
    since: bool = False
    last: int = 0


def sought(question: str, today: date | None = None) -> Sought | None:
    """What figures a question asks for; None where it asks for something else, or names no line of a statement."""
    clause = clause_of(question)
    if any(pattern.search(clause) for pattern in (_NOT_FOR_ROWS, _NOT_FOR_LINES, _EACH_OF_ZH)):
        return None
    found = [e for e in lexicon.expand(clause) if not clause[: e.start].endswith("扣除")]
    items = [(e, item) for e in found if (item := _item(e)) is not None]
    if not _asks(clause, items):
        return None
    over = [e for e in found if e.canonical == "proportion" and _OF_REVENUE.search(e.surface)]
    if over and (revenue := item_of("revenue")):
        items = [(over[0], revenue), *items] if len(items) == 1 else []
    items = _based_on(clause, items)
    if len(items) > MOST_ITEMS or _rated(clause, found, bool(items)):
        return None
    named = times_of(clause, today)
    if undated_in(found, named):
        return None  # a time that is not known to be one: `the first half` of no year
    operation = operation_of(clause, [e for e, _ in items])
    if over or (operation == "share" and PERCENT_OF.search(clause[: items[0][0].start])):
        operation = "mean" if operation == "mean" else "share"
        items.reverse()
    since = bool(SINCE.search(clause))
    if since:  # `since 2018` is its first year here: the last is the newest that the tables have
        named = tuple(first_year(period) for period in named)
    times = years_of(named)
    if len(times) > MOST_YEARS or any(period.estimate for period in times):
        return None
    kept = tuple(dict.fromkeys(item for _, item in items))
    companies = tuple((e.canonical, frozenset(analysis.terms(e.surface))) for e in found if e.kind == "company")
    rest = _rest(clause, found, named)
    kept, rest = _deducted(kept, rest)
    rest = rest - COST if any(form & COST for item in kept for form in item.forms) else rest
    if not kept and not (times and rest and _MEASURED.search(clause)):
        return None
    chinese = analysis.language(question) == "zh"
    return _of_newest(
        Sought(kept, times, operation, rest, companies, chinese, parent=is_parent(question), since=since), clause
    )


def _based_on(clause: str, items: list[tuple[Expansion, Item]]) -> list[tuple[Expansion, Item]]:
    """The lines asked for: `healthy liquidity based on its quick ratio` asks for the ratio alone."""
    based = _BASED_ON.search(clause)
    return [(e, item) for e, item in items if based and e.start > based.end()] or items


def _rated(clause: str, found: Sequence[Expansion], figure: bool) -> bool:
    """Whether a rating is asked for; `positive` beside a figure is its sign, `what did they hold` is about no rating."""
    rated = [e for e in found if e.kind == "rating" and not (figure and e.surface.lower() in _SIGNS)]
    return any(not (e.surface in _VERBS and _DID.search(clause[: e.start])) for e in rated)


def row_sought(question: str, today: date | None = None) -> Sought | None:
    """The same for a row of whatever table, which is not known by name; None where no figure is asked for."""
    clause = clause_of(question)
    found = lexicon.expand(clause)
    named = times_of(clause, today)
    times = years_of(named)
    if not _ASKS.search(clause) or _NOT_FOR_ROWS.search(clause) or _EACH_OF_ZH.search(clause):
        return None
    if not (times or _COUNTED.search(clause) or THE_QUARTER.search(clause)):
        return None
    quarter = not times and bool(THE_QUARTER.search(clause))
    if (
        (undated_in(found, named) and not quarter)
        or len(times) > MOST_YEARS
        or any(period.estimate for period in times)
    ):
        return None
    if PERCENT_OF.search(clause) or _rated(clause, found, False):
        return None
    operation = operation_of(clause, ())
    if RATE.search(clause) and len({item.name for e in found if (item := _item(e))}) > 1:
        return None  # a ratio of two lines, none of which is known for sure
    item = Item("row", clause, (), unit="%" if operation in ("value", "sum") and RATE.search(clause) else "")
    asked = Sought((item,), times, operation, frozenset(), (), analysis.language(question) == "zh", quarter)
    return _of_newest(asked, clause)


def _of_newest(asked: Sought, clause: str) -> Sought:
    """The same for `the past three years`, which are those of the report and not of the day on which it is asked."""
    last = newest_years(clause) if asked.operation in OVER_YEARS else 0
    return replace(asked, when=(), last=last) if last else asked


def narrowed(asked: Sought, known: frozenset[str]) -> Sought | None:
    """The same for a line that the lexicon does not know: what else was said, but for ``known``, is its label.

    None where nothing else was said, or more than one line was asked for.
    """
    label = asked.rest - known
    if not label or len(asked.items) > 1:
        return None
    said = asked.items[0].said if asked.items else ""
    item = Item(" ".join((said, *sorted(label))), said, asked.items[0].forms if asked.items else (), only=label)
    return replace(asked, items=(item,), rest=frozenset())


def line_of(text: str, today: date | None = None) -> tuple[Item, tuple[Period, ...]]:
    """The line that words such as ``FY2018 revenue`` name, with its times. Raises LookupError where they name none."""
    found = lexicon.expand(text)
    named = times_of(text, today)
    items = tuple(dict.fromkeys(item for e in found if (item := _item(e)) is not None))
    rest = _rest(text, found, named)
    if len(items) == 1 and not rest:
        return items[0], years_of(named)
    words = frozenset(analysis.terms(" ".join(item.said for item in items))) - GLUE
    if not (rest | words):
        raise LookupError(text)
    return Item(text, text, (), only=rest | words), years_of(named)


def item_of(name: str) -> Item | None:
    """The line item with this canonical name."""
    concept = next((c for c in lexicon.lookup(name) if c.canonical == name), None)
    if concept is None:
        return None
    return Item(name, name, _with_loss(name, _forms((name, *concept.forms))), concept.statement)


def _asks(clause: str, items: Sequence[tuple[Expansion, Item]]) -> bool:
    """Whether a clause asks, or is, in Chinese, no more than the name of a figure: `2021年末的货币资金余额`."""
    if _ASKS.search(clause):
        return True
    return (
        bool(items)
        and analysis.language(clause) == "zh"
        and not _ZH_IDLE.sub("", clause[items[-1][0].end :]).strip(" 。.的")
    )


def _deducted(items: tuple[Item, ...], rest: frozenset[str]) -> tuple[tuple[Item, ...], frozenset[str]]:
    """Items and other words of a question; a profit without what does not recur is a line of its own."""
    if not rest >= DEDUCTED_TERMS:
        return items, rest
    made = (replace(i, name=DEDUCTED + i.name, forms=tuple(form | DEDUCTED_TERMS for form in i.forms)) for i in items)
    return tuple(made), rest - DEDUCTED_TERMS


def _with_loss(name: str, forms: tuple[frozenset[str], ...]) -> tuple[frozenset[str], ...]:
    """The forms of a profit with those of the loss that stands in its place in a bad year."""
    loss = next((c for c in lexicon.lookup("net loss") if c.canonical == "net loss"), None)
    return forms if name != "net income" or loss is None else (*forms, *_forms(loss.forms))


def _item(found: Expansion) -> Item | None:
    if found.kind not in ("line_item", "metric") or found.canonical in DONE_TO:
        return None
    if found.canonical in GROWTH_OF:
        return item_of(GROWTH_OF[found.canonical])
    if found.kind == "metric" and found.canonical not in RATIOS:
        return Item(found.canonical, found.surface, _forms((found.surface, *found.others)))
    forms = _with_loss(found.canonical, _forms((found.surface, *found.others)))
    return Item(found.canonical, found.surface, forms, found.concept.statement)


def _forms(surfaces: Sequence[str]) -> tuple[frozenset[str], ...]:
    made = (frozenset(analysis.terms(as_holders(surface))) - GLUE for surface in surfaces if surface not in _PARTS)
    return tuple(dict.fromkeys(form for form in made if form))


@lru_cache(maxsize=64)  # every way to look a question up begins with it
def clause_of(question: str) -> str:
    """The part that asks: without definitions, instructions and remarks in brackets."""
    parts = [part.strip() for part in _SENTENCE.split(question) if part.strip()]
    asking = next((part for part in parts if part[-1] in "?？"), parts[0] if parts else "")
    told = (part for part in parts if _WORK_OUT.match(part))
    for part in told:
        if any(e.canonical in RATIOS for e in lexicon.expand(part)):
            asking = _WORK_OUT.sub("What is", part.partition(";")[0])
    asking = _BY_REPORT.sub("", asking)
    asking = by_name(in_full(_ASIDE.sub(" ", _RENAMED.sub(r"\1", asking))))
    lead = _LEAD.match(asking)
    says_something = lead and (
        _LEAVES_OUT.match(lead[0]) or periods(lead[0]) or any(_item(found) for found in lexicon.expand(lead[0]))
    )
    return asking if lead is None or says_something else asking[lead.end() :]


def _rest(clause: str, found: Sequence[Expansion], named: Sequence[Period]) -> frozenset[str]:
    """Terms of the clause that are no part of a line, time, company, statement, unit, nor words that any question has."""
    spans = [
        (e.start, e.end)
        for e in found
        if e.kind in ("line_item", "metric", "company", "statement", "unit", "time")
        or (e.kind == "currency" and _MONEY.search(e.canonical))
    ]
    spans += [(e.start, e.end) for e in found if e.canonical in OF_THE_ASKING]
    spans += [period.span for period in named]
    clause = _ZH_IDLE.sub(" ", analysis.blanked(clause, spans))
    return analysis.content_words(clause) - IDLE
