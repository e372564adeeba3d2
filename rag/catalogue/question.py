"""Does a question ask which reports there are (`Which reports cover Tencent?`, `有哪些关于黄金的报告？`)?

Only where it asks for nothing else: `Which reports expect rates to fall?` asks what reports say, and `How many notes were
issued in 2019?` asks a filing about its debt.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

Wanted = Literal["list", "count", "latest", "brokers", "companies"]

_SORT = r"(?:(?:research|broker|brokers['’]?|analyst|equity|other|different|available|recent|new)\s+)*"
_NOUN = r"(?:reports|notes|documents|filings|files|papers|publications|research|coverage)"
_BEFORE = r"(?P<before>(?:(?!of\b|in\b|from\b)[\w&'’.-]+\s+){0,4}?)" + _SORT
_OF = _BEFORE + _NOUN
_ONE = _BEFORE + r"(?:reports?|notes?|documents?|filings?|files?|papers?|publications?|research)"
_HOLD = (
    r"do(?:es)?\s+(?:you|we|i|it|the\s+library)\s+(?:have|hold|contain)|have\s+(?:you|we|i)(?:\s+got)?"
    r"|(?:is|are)\s+(?:there|available|in\s+(?:the|this|my|our|your)\s+library)|in\s+(?:the|this|my|our|your)\s+library"
    r"|were\s+(?:published|released)|(?:was|were|is|are)\s+dated|did(?=\s.{2,40}\b(?:publish|write|release)\b)"
)
_ABOUT = (
    r"(?:(?:is|are)\s+)?(?:on|about|regarding|concerning|from|by|covering|mentioning|discussing|dated|published|released|written)"
    r"|(?:(?:that|which)\s+)?(?:cover|mention|discuss|concern|deal\s+with|talk\s+about|refer\s+to)s?"
)
_TIME = r"(?P<time>(?=\s+(?:(?:since|after|before|until|during)\b|(?:in|for)\s+\S*\d)))?"
_REST = rf"(?P<held>(?:\s+(?:{_HOLD}))*)(?P<link>(?:\s+(?:{_ABOUT})\b)*){_TIME}(?P<rest>(?:\s+\S+){{0,10}})"
_POLITE = r"(?:please\s+|(?:can|could)\s+you\s+(?:please\s+)?)?"
_PATTERNS: tuple[tuple[Wanted, str], ...] = (
    ("count", rf"how\s+many\s+{_OF}{_REST}"),
    (
        "latest",
        rf"(?:(?:what|which)(?:['’]s|\s+is|\s+was)\s+(?:the\s+|our\s+|your\s+)?|{_POLITE}(?:show|find|give)\s+(?:me\s+)?the\s+)"
        rf"(?:latest|newest|most\s+recent)\s+{_ONE}{_REST}",
    ),
    ("list", rf"(?:which|what)\s+{_OF}{_REST}"),
    ("list", rf"{_POLITE}(?:list|show|find|name)\s+(?:me\s+)?(?:all\s+)?(?:of\s+)?(?:the\s+|our\s+|your\s+|any\s+)?{_OF}{_REST}"),
    ("list", rf"(?:do|have)\s+(?:you|we|i)\s+(?:have\s+|got\s+)?(?:any\s+|some\s+)?{_OF}{_REST}"),
    ("list", rf"(?:is|are)\s+there\s+(?:any\s+|a\s+)?{_OF}{_REST}"),
    ("list", rf"(?:any|got\s+any|are\s+any)\s+{_OF}{_REST}"),
    ("list", rf"(?:anything|something)(?P<link>\s+(?:{_ABOUT}))(?P<rest>(?:\s+\S+){{1,10}})"),
    ("list", rf"(?:do|have)\s+(?:you|we|i)\s+(?:have\s+|got\s+)?(?:anything|something)(?P<link>\s+(?:{_ABOUT}))(?P<rest>(?:\s+\S+){{1,10}})"),
    ("list", r"what(?:['’]s|\s+is)?\s+(?:do\s+(?:you|we)\s+have\s+)?in\s+(?:the|this|my|our|your)\s+library"),
    ("list", rf"{_POLITE}(?:show|tell)\s+me\s+(?:what\s+is\s+|what['’]s\s+)?in\s+(?:the|this|my|our|your)\s+library"),
    ("list", r"what(?:['’]s|\s+is)\s+new(?:\s+(?:in\s+the\s+library|here|today))?(?P<rest>(?:\s+(?:this|last)\s+(?:week|month))?)"),
    ("list", r"what\s+(?:do|have)\s+(?:you|we)\s+(?:have|got)(?P<link>\s+(?:on|about))(?P<rest>(?:\s+\S+){1,10})"),
)  # fmt: skip
_ENGLISH = tuple((wanted, re.compile(pattern, re.IGNORECASE)) for wanted, pattern in _PATTERNS)
_COVERED = r"(?:\s+(?:are|do|does|is)\s+(?:covered|included|represented|there|in\s+the\s+library|(?:we|you|the\s+reports|the\s+library)\s+(?:have|cover|include|hold)))"
_GROUPS = re.compile(
    rf"(?:(?:which|what)\s+(?P<one>brokers?|brokerages|companies|stocks)(?:{_COVERED})+"
    rf"|{_POLITE}list\s+(?:all\s+)?(?:the\s+)?(?P<two>brokers|brokerages|companies|stocks)(?:\s+(?:covered|in\s+the\s+library|(?:we|you)\s+(?:have|cover)))?)",
    re.IGNORECASE,
)
_COVERS = re.compile(
    r"(?:(?:which|what)\s+(?:brokers?|brokerages|houses|analysts|banks|firms)|who(?:\s+else)?)\s+(?:covers?|follows?|has\s+(?:a\s+)?(?:coverage|notes?|reports?)\s+on|have\s+(?:coverage|notes?|reports?)\s+on|writes?\s+about|initiated(?:\s+coverage)?\s+(?:on|of))\s+(?P<topic>\S+(?:\s+\S+){0,5})",
    re.IGNORECASE,
)
_ZH_COVERS = re.compile(
    r"(?:哪些|哪家|哪几家)(?:券商|机构|分析师)(?:覆盖|跟踪|研究|写)了?(?P<topic>.{2,14}?)(?:的(?:报告|研报))?"
)
# What makes a question one about what reports say, or about something else that `notes` and `papers` are.
_SAYS = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|should|can|could|did|does|do|must|(?-i:may)|might|which|what|how|who|why|when|where"
    r"|sa(?:y|ys|id)|rates?|rated|expect\w*|recommend\w*|think\w*|see|sees|rais\w+|cut|cuts|upgrad\w+|downgrad\w+|forecast\w*|predict\w*"
    r"|highest|lowest|most|least|best|worst|more|less|higher|lower|than|not|without|payable|receivable|outstanding|due|and\s+its?)\b",
    re.IGNORECASE,
)
_MADE = re.compile(r"\b(?:publish(?:ed)?|wr(?:i|o)te|written|releas(?:ed|e))\b", re.IGNORECASE)
_FILLERS = re.compile(
    r"\b(?:the|a|an|any|all|of|our|your|my|these|those|this|library|in\s+total|please)\b", re.IGNORECASE
)
_BARE_NOUN = re.compile(r"\b(?:reports?|research|coverage)\b", re.IGNORECASE)

_DOC = "(?:研究报告|报告|研报|文件|文档|资料|纪要)"
_HOW_MANY = "几[份篇]|多少[份篇]?"
_ZH_PATTERNS: tuple[tuple[Wanted, str], ...] = (
    ("list", rf"请?(?:列出|列举|展示|找出|查找)(?:一下)?(?P<a>.{{0,20}}?){_DOC}(?:列表|清单|名单)?"),
    ("latest", rf"(?P<a>.{{0,20}}?)(?:最新|最近)的?(?:一[份篇])?(?P<b>.{{0,14}}?){_DOC}(?:是(?:哪一?[份篇个]|什么时候(?:发布的?)?|何时(?:发布的?)?|什么))"),
    ("count", rf"(?P<a>.{{0,20}}?)(?:一共|总共|现在|目前)?(?:共?有|收录了?|包含)(?:{_HOW_MANY})(?P<b>.{{0,20}}?){_DOC}(?P<c>(?:提到|提及|涉及|讨论|覆盖|关于).{{1,16}})?"),
    ("count", rf"(?P<a>.{{0,20}}?){_DOC}(?:一共|总共)?(?:共?有)(?:{_HOW_MANY})"),
    ("list", rf"(?P<a>.{{0,20}}?)(?:一共|总共|现在|目前|最近)?(?:共?有|收录了?|包含)(?:哪些|什么|哪几[份篇]|没有)(?P<b>.{{0,20}}?){_DOC}(?P<c>(?:提到|提及|涉及|讨论|覆盖|关于).{{1,16}})?[吗呢]?"),
    ("list", rf"(?:哪些|哪几[份篇]){_DOC}(?:有)?(?:提到|提及|涉及|讨论|覆盖|是?关于|来自)了?(?P<a>.{{1,20}}?)"),
    ("list", rf"(?P<a>.{{0,20}}?){_DOC}(?:都|一共)?有哪些"),
)  # fmt: skip
_CHINESE = tuple((wanted, re.compile(pattern)) for wanted, pattern in _ZH_PATTERNS)
_ZH_GROUPS = re.compile(
    r"(?:资料库|报告库|库)?[里中内]?(?:一共|总共)?(?:都)?(?:有|覆盖|收录|涉及|包含)了?(?:哪些|什么)(?P<one>券商|机构|公司|企业|上市公司)(?:的?(?:报告|研报))?|(?:哪些)(?P<two>券商|机构|公司|企业|上市公司)(?:有(?:报告|研报)|被覆盖)"
)
_ZH_SAYS = re.compile("认为|预计|预期|预测|怎么看|说|给予|上调|下调|维持|评级|目标价|如何|为什么|最高|最低|哪家|谁")
_ZH_FILLERS = re.compile(
    "关于|有关|相关|方面|提到|提及|涉及|讨论|覆盖|资料库|报告库|里面|所有|全部|我们|你们|一共|总共|现在|目前|最近|^[请对]|[的了里中内]+$"
)
_MENTIONS = re.compile(r"\b(?:mention|discuss|talk|refer)|提到|提及|涉及|讨论", re.IGNORECASE)
_ENDS = " \t\n?？。.!！"


@dataclass(frozen=True, slots=True)
class Request:
    """``topic``: what the reports have to be about, from, or of; empty for all of them.

    ``mentions``: it is enough that they name it somewhere.
    """

    wanted: Wanted
    topic: str = ""
    mentions: bool = False


def request(question: str) -> Request | None:
    """What list a question asks for; None for a question about what the reports say."""
    text = question.strip(_ENDS)
    return _english(text) or _chinese(text)


def names_nothing(question: str) -> bool:
    """Whether a question asks for all reports, brokers or companies: it names nothing that a later one could be about."""
    asked = request(question)
    return asked is not None and not asked.topic


def _english(text: str) -> Request | None:
    if group := _GROUPS.fullmatch(text):
        return Request("companies" if (group["one"] or group["two"])[0] in "cCsS" else "brokers")
    if (covers := _COVERS.fullmatch(text)) and not _SAYS.search(covers["topic"]) and "," not in covers["topic"]:
        return Request("brokers", _FILLERS.sub(" ", covers["topic"]).strip())
    for wanted, pattern in _ENGLISH:
        match = pattern.fullmatch(text)
        if match is None:
            continue
        parts = match.groupdict()
        before, rest = parts.get("before") or "", (parts.get("rest") or "").strip()
        linked = bool(parts.get("link") or parts.get("held")) or parts.get("time") is not None
        if rest and not linked:
            return None
        if not (linked or rest) and "before" in parts and not _stands_alone(text, wanted):
            return None
        topic = f"{before} {rest}"
        if _SAYS.search(topic):
            return None
        topic = _FILLERS.sub(" ", _MADE.sub(" ", topic))
        return Request(wanted, " ".join(topic.split()), bool(_MENTIONS.search(parts.get("link") or "")))
    return None


def _stands_alone(text: str, wanted: Wanted) -> bool:
    """Whether a bare `list all Northwind reports` can only mean reports: not `what notes` or `how many papers`."""
    return (
        bool(_BARE_NOUN.search(text)) and not re.match(r"(?:which|what|how)\b", text, re.IGNORECASE)
    ) or wanted == "latest"


def _chinese(text: str) -> Request | None:
    if group := _ZH_GROUPS.fullmatch(text):
        return Request("brokers" if (group["one"] or group["two"]) in ("券商", "机构") else "companies")
    if (covers := _ZH_COVERS.fullmatch(text)) and not _ZH_SAYS.search(covers["topic"]):
        return Request("brokers", covers["topic"])
    for wanted, pattern in _CHINESE:
        if match := pattern.fullmatch(text):
            parts = [part for part in match.groups() if part]
            if any(map(_ZH_SAYS.search, parts)):
                return None
            topic = " ".join(_ZH_FILLERS.sub(" ", _ZH_FILLERS.sub(" ", part).strip()) for part in parts)
            return Request(wanted, " ".join(topic.split()), bool(_MENTIONS.search(text)))
    return None
