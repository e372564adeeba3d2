"""Does a question ask what a report says as a whole (`What is this note about?`, `总结一下这篇报告`)?

Only where it asks for nothing else: `Summarise the risks` asks for the risks, and `What is the outlook about?` is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LONGEST = 300  # characters of a question for a summary; the patterns take their time over more
Wanted = Literal["whole", "performance", "business"]
_DOC = (
    r"(?:(?:research|broker|brokerage|analyst|annual|quarterly|interim|weekly|daily|monthly|equity|earnings|call|morning|initiation)\s+)*"
    r"(?:reports?|notes?|documents?|filings?|files?|papers?|publications?|weekly|weeklies|monthly|monthlies|daily|dailies|digests?|briefs?|briefings?|wraps?|round-?ups?|newsletters?|bulletins?|calls?|transcripts?|prospectus(?:es)?|pdfs?|previews?|reviews?|10-[kq]s?|letter|initiation)"
)
_MANY = (
    r"(?:(?:a\s+|the\s+)?(?:few|handful\s+of|couple\s+of|several|two|three|four|five|six|seven|eight|ten|\d{1,2})\s+)?"
)
_HOW = (
    rf"(?:\s*,?\s*(?:please|briefly|in\s+short|in\s+brief|overall|for\s+me|as\s+a\s+whole|in\s+a\s+nutshell|quickly|in\s+general"
    rf"|(?:in|as)\s+{_MANY}(?:short\s+|bullet\s+|key\s+|main\s+)?(?:points|bullets|sentences|words|lines|paragraphs?)))*"
)
_POLITE = r"(?:please\s+|(?:can|could|would)\s+you\s+(?:please\s+)?)?"
_SUMMARY = r"(?:summar(?:y|ies)|overview|rundown|gist|recap|synopsis|outline|tl;?dr|abstract)"
_MAIN = r"(?:main|key|core|central|most\s+important|biggest|principal|major|overall|chief|top)"
_POINTS = r"(?:points?|takeaways?|messages?|findings?|conclusions?|insights?|ideas?|arguments?|highlights?|views?|theses|thesis|claims?|content|contents|story|themes?|topics?|numbers|facts)"
_OF = r"(?:\s+(?:of|in|from|for|on|across|among|made\s+in|made\s+by)\s+(?P<rest>.+?))?"
_THERE = r"(?:\s+(?:here|mentioned|made|covered|discussed|presented))?"
_PATTERNS = (
    rf"{_POLITE}(?:summari[sz]e|sum\s+up|recap|outline|give\s+(?:me\s+)?the\s+gist\s+of|walk\s+me\s+through|(?:briefly\s+)?describe|brief\s+me\s+on|tell\s+me\s+about)(?:\s+(?P<rest>.+?))?",
    rf"{_POLITE}(?:(?:give|write|provide|show)\s+(?:me\s+|us\s+)?)?(?:an?\s+|the\s+)?(?:(?:short|brief|quick|concise|executive|one-paragraph|general|high-level)\s+)*{_SUMMARY}{_OF}",
    rf"(?:what(?:['’]s|\s+is|\s+are|\s+were)|{_POLITE}(?:give|tell|list|show)\s+(?:me\s+)?)\s*(?:the\s+|its\s+|their\s+)?{_MANY}(?:{_MAIN}\s+)+{_POINTS}{_THERE}{_OF}",
    rf"(?:the\s+)?{_MAIN}\s+{_POINTS}{_OF}",
    rf"what\s+(?:is|are|were)\s+(?P<rest>.*?\b{_DOC})['’]s?\s+(?:{_MAIN}\s+)*{_POINTS}",
    rf"what(?:['’]s|\s+is|\s+are|\s+were)\s+(?:the\s+)?(?:takeaways?|gist|bottom\s+line|summary|highlights){_OF}",
    rf"what(?:['’]s|\s+is|\s+are|\s+was)\s+(?P<rest>.*?\b{_DOC}(?:\s+(?:on|by|from|of|dated)\s+.+?)?)\s+(?:all\s+|mainly\s+|mostly\s+)?about",
    rf"what\s+(?:does|do|did)\s+(?P<rest>.*?\b{_DOC}(?:\s+(?:on|by|from|of|dated)\s+.+?)?)\s+(?:mainly\s+|mostly\s+)?(?:say|cover|discuss|conclude|argue|talk\s+about|deal\s+with|contain)",
    rf"what(?:['’]s|\s+is)\s+in\s+(?P<rest>.*?\b{_DOC}(?:\s+(?:on|by|from|of|dated)\s+.+?)?)",
)
# What is new on something: the main points of the newest report on it.
_NEWS = (
    r"(?:(?:is|are|was)\s+there\s+|do\s+(?:you|we)\s+have\s+|(?:have\s+you\s+)?got\s+|what(?:['’]s|\s+is|\s+are)\s+|give\s+me\s+|show\s+me\s+)?(?:any(?:thing)?\s+|the\s+|some\s+)?(?:(?:latest|recent|new|newest|more|further)\s+)*"
    r"(?:news(?:flow)?|updates?|developments?|headlines)\s+(?:on|about|for|from|at|with|regarding|concerning|around|out\s+of|in)\s+(?P<rest>.+?)(?:\s+(?:lately|recently|please))?",
    r"(?:what(?:['’]s|\s+is|\s+has\s+been|\s+have\s+been)\s+(?:the\s+latest|new|happening|going\s+on|up)|(?:the\s+)?latest|anything\s+new|what\s+happened(?=.+(?:lately|recently)))\s+(?:on|with|at|for|about|from|to|in)\s+(?P<rest>.+?)(?:\s+(?:lately|recently|please|these\s+days))?",
)
_ENGLISH = tuple(re.compile(pattern + _HOW, re.IGNORECASE) for pattern in (*_PATTERNS, *_NEWS))
_ANY_DOC = re.compile(rf"\b{_DOC}\b", re.IGNORECASE)
_ASKED_DOC = re.compile(r"\b(?:this|that|these|those|it|they|above)\b", re.IGNORECASE)
_FILLERS = re.compile(
    rf"\b(?:the|a|an|of|in|from|by|on|for|about|all|this|that|these|those|it|its|them|our|your|my|library|covers?|covered|covering|here|uploaded|attached|above|following|given|whole|entire|full|what|says?|'s)\b|['’]s\b|\b{_DOC}\b",
    re.IGNORECASE,
)

_ZH_DOC = "(?:全文|研究报告|调研报告|年度报告|季度报告|分析报告|公告|报告|研报|文件|文档|文章|资料|纪要|双周报|周报|日报|月报|晨报|早报|晚报|简报|快报|晨会纪要|年报|半年报|季报|中报|点评|招股书|招股说明书|材料)"
_ZH_THIS = "(?:[这该那本此](?:[一几]?[份篇个])?|上述|所有)?的?"
_ZH_POINTS = "(?:(?:主要|核心|关键|重要|中心|总体)(?:的)?(?:观点|内容|要点|结论|信息|思想|看点|发现|意思|论点|逻辑)|要点|摘要|概要|大意|梗概|重点|亮点|中心思想)"
_ZH_HOW = (
    r"(?:一下|下|简要|简单|简短|概括|地|用[一二两三四五六七八九十几\d]+[句段]话|分[一二两三四五六七八九十几\d]*点)*"
)
_ZH_PATTERNS = (
    rf"(?:请|麻烦|帮我|帮忙|能否|能不能|可以)*(?:用[一二两三四五六七八九十几\d]+[句段]话)?(?:简要|简单|简短)?地?(?:总结|概括|概述|归纳|介绍|梳理|提炼|说说|讲讲){_ZH_HOW}(?P<rest>.{{0,40}}?)(?:的?(?:{_ZH_POINTS}|内容))?吗?",
    rf"(?P<rest>.{{0,40}}?)的?{_ZH_POINTS}(?:都|主要|分别)?(?:是|有|为|包括)?(?:什么|哪些|啥)?",
    r"(?P<rest>.{0,40}?)(?:主要|大致|都|究竟|到底)?(?:讲|说|写|谈|讨论|介绍|阐述)了?(?:的?(?:是)?)?(?:些)?(?:什么|哪些|啥)(?:内容|东西)?",
    r"(?P<rest>.{0,40}?)(?:是)?关于什么的?",
    r"(?P<rest>.{0,40}?)的?(?:总结|摘要|概要|概述)",
    r"(?P<rest>.{1,40}?)有(?:什么|哪些|啥)(?:主要|核心|投资|新)?的?(?:看点|亮点|要点)",
    r"(?:最近|近期)?(?:有没有|有)?(?:关于)?(?P<rest>.{1,30}?)的?(?:最新|最近|近期|近来|有(?=什么|哪些|啥))(?:有|的|又有)*(?:什么|哪些|啥)?新?的?(?:消息|新闻|动态|动向|资讯)(?:吗|么|呢|是什么|如何|怎么样)?",
)
_CHINESE = tuple(re.compile(pattern) for pattern in _ZH_PATTERNS)
_ZH_ANY = re.compile(_ZH_DOC)
_ZH_ON = re.compile(r"^(?:关于|有关|对于?|就)|[对就]|(?:里|中|的)?关于")
_ZH_ON_DOC = re.compile(rf"(?:关于|有关|对).{{1,20}}?的(?:[^的]{{0,4}}){_ZH_DOC}")
_ZH_FILLERS = re.compile(rf"{_ZH_THIS}{_ZH_DOC}|^[这该那本此](?:[一几]?[份篇个])|[《》“”\"的]|关于|[里中内]$")
_DOING = r"(?:doing|do|performing|perform(?:ed)?|far(?:e|ed|ing)|getting\s+on|going)(?:\s+(?:well|financially|overall|so\s+far|lately))?"
_PERFORMANCE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:and\s+|so\s+)?how(?:['’]s|\s+(?:is|are|was|were|did|does|do|has|have))\s+(?P<rest>.+?)\s+(?:been\s+)?{_DOING}(?P<after>\s+\(.+\)|\s+(?:in|during|over|for|since|last|this)\s+.+)?",
        r"is\s+(?P<rest>the\s+(?:company|business|group|firm))\s+(?:doing\s+well|growing|profitable|healthy)(?P<after>\s+\(.+\))?",
        r"(?P<rest>.{0,30}?)的?(?:最近|近期|目前)?(?:业绩|财务|经营)(?:表现|状况|情况)?(?:怎么样|怎样|如何|好吗|好不好)(?P<after>\s*[（(].+[)）])?",
    )
)
_BUSINESS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"what\s+(?:products?\s+)?(?:does|do)\s+(?P<rest>.+?)\s+(?:actually\s+|mainly\s+)?(?:do|make|sell|produce|manufacture|offer)(?:\s+for\s+a\s+living)?(?P<after>\s+\(.+\))?",
        r"what\s+(?:is|are|line\s+of|kind\s+of)\s+(?:business\s+is\s+)?(?P<rest>.+?)(?:['’]s?\s+(?:main\s+|core\s+|primary\s+)?business(?:\s+model)?|\s+in)(?P<after>\s+\(.+\))?",
        r"(?:describe|explain)\s+(?P<rest>.+?)['’]s?\s+(?:main\s+|core\s+)?business(?:\s+model)?(?P<after>\s+\(.+\))?",
        r"(?P<rest>.{0,30}?)(?:主要)?(?:是)?(?:做|干|从事)(?:些)?(?:什么|啥|哪些)(?:业务|行业|生意|工作)?的?(?P<after>\s*[（(].+[)）])?",
        r"(?P<rest>.{0,30}?)的?(?:主营|主要|核心)业务(?:主要|都)?(?:是|有|包括)(?:什么|啥|哪些)(?P<after>\s*[（(].+[)）])?",
        r"介绍(?:一下)?(?P<rest>.{0,30}?)的?(?:主营|主要|核心)?业务(?P<after>\s*[（(].+[)）])?",
    )
)
# What someone means to do with something, or does as well, is not what a company's business is: 募资打算干什么.
_DEED = re.compile(r"[,，;；]|(?:打算|准备|计划|想|要|会|拿|用|能|都|在)(?:来|去|它|钱|资金)*$|\bplan|\bwant")
_WHOEVER = re.compile(
    r"\b(?:the|its|their|this)\s+(?:company|business|group|firm|issuer|bank|operations|results)\b|\b(?:it|they|things)\b|(?:这家|该|本)?(?:公司|企业|集团)$|^[它其]",
    re.IGNORECASE,
)
_OF_BUSINESS: tuple[tuple[Wanted, tuple[re.Pattern[str], ...]], ...] = (
    ("performance", _PERFORMANCE),
    ("business", _BUSINESS),
)
_ASIDE = re.compile(r"[?？]\s*(?=[(（])")  # `How is it doing? (Alder)`, as a follow-up is written out
_ENDS = " \t\n?？。.!！:："


@dataclass(frozen=True, slots=True)
class Request:
    """``topic``: by what the reports are called, empty for those at hand; ``document``: a report is spoken of as such.

    ``wanted``: all that is said, only how the business is doing, or only what the business is.
    """

    topic: str
    document: bool
    wanted: Wanted = "whole"


def request(question: str) -> Request | None:
    """Which reports a question wants summed up; None where it asks for anything else."""
    if len(question) > LONGEST:
        return None
    text = _ASIDE.sub(" ", question).strip(_ENDS)
    for wanted, patterns in _OF_BUSINESS:
        for pattern in patterns:
            if (match := pattern.fullmatch(text)) and not _DEED.search(match["rest"]):
                topic = f"{_WHOEVER.sub(' ', match['rest'])} {(match['after'] or '').strip(' ()（）')}".strip()
                return Request(topic, not topic, wanted)
    for pattern in _ENGLISH:
        if match := pattern.fullmatch(text):
            rest = match["rest"] or ""
            spoken = bool(_ANY_DOC.search(rest)) or not rest or bool(_ASKED_DOC.fullmatch(rest.strip()))
            return Request(" ".join(_FILLERS.sub(" ", rest).split()), spoken)
    for pattern in _CHINESE:
        if match := pattern.fullmatch(text):
            rest = match["rest"]
            if _ZH_ON.search(_ZH_ON_DOC.sub("", rest)):  # what it says of one thing
                return None
            spoken = bool(_ZH_ANY.search(rest)) or not rest.strip()
            return Request(" ".join(_ZH_FILLERS.sub(" ", rest).split()), spoken)
    return None
