"""Questions that ask for a side of a subject rather than for a fact: its outlook, its risks, what drives it, what to buy.

No report answers `What is the outlook for copper?` with the word outlook. It has a section of that kind, or a sentence
that looks ahead. An aspect knows the words it is asked in, the headings it stands under, and how a sentence of it speaks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from rag.language import analysis
from rag.question.concepts import Asked
from rag.question.rise_fall import MOVES

WEIGHT = 0.8  # least weight of an aspect beside the other pieces of a question
SAID = 0.9  # coverage by a sentence that speaks like one


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


NEVER = re.compile(r"(?!)")
_SEVERAL = r"(?-i:[A-Z][\w&'’-]*(?: [A-Z][\w&'’-]*)*(?:, | and | & )[A-Z])"  # names in a row


@dataclass(frozen=True, slots=True)
class Aspect:
    """``asked``: the words of a question; ``heading``: of a section; ``said``: of a sentence that speaks of it."""

    name: str
    asked: re.Pattern[str]
    heading: re.Pattern[str]
    said: re.Pattern[str]


ASPECTS: tuple[Aspect, ...] = (
    Aspect(
        "regulation",
        _pattern(r"\b(?P<lead>regulat(?:ions?|ory changes?)|(?:new )?(?:rules?|laws?))\b[^?]{0,30}\b(?P<trail>hurt|hit|affect|threaten|matter|weigh on)\b|\bregulations?\b|\bregulatory (?:risks?|changes?|issues?|environment)\b|监管(?:政策|风险|变化|环境)"),
        _pattern(r"\bregulat\w+|\bpolicy\b|监管|政策"),
        _pattern(r"\bregulat\w+|\b(?:rules?|laws?|legislation|directive|ban|cap) (?:on|in|for|against|of)\b|\bnew rules?\b|\bwould ban\b|监管|新规|政策"),
    ),
    Aspect(
        "upside",
        _pattern(
            r"\b(?:chang\w+ (?:your|their|its|his|her) (?:mind|view)|(?:more|turn|become) (?:positive|bullish|constructive|optimistic)|be proved wrong|upside risks?|(?P<lead>(?:what|which \w+) (?:could|would|might|may|can) (?:drive|push|send|lift|take|help|boost))\b[^?]{0,40}(?P<trail>higher|up|further))\b|(?<=prov)(?:e|ing)\b[^?]{0,60}\bwrong\b|上行风险|(?:更|转向?)乐观"
        ),
        _pattern(r"\bupside\b|\bwould change\b|\bcatalysts?\b|\brisks? to (?:our|the) (?:view|call|rating)|上行风险|催化"),
        _pattern(r"\bupside\b|\bcatalysts?\b|催化"),
    ),
    Aspect(
        "risks",
        _pattern(
            r"\b(?:downside )?(?:risks?(?: factors?| points?)?|threats?|dangers?|concern(?:s|ed)|worr(?:y|ies|ied)|fears)\b|\b(?:go|goes|went) wrong\b|\b(?:what|which \w+) (?:could|would|might|may|can) (?:hurt|derail|spoil|threaten|weigh on|hold back)\b|\b(?P<lead>(?:what|which \w+) (?:could|would|might|may|can) (?:drive|push|send|drag|bring|pull|knock|take))\b[^?]{0,40}\b(?P<trail>lower|down|off)\b|风险(?:点|因素|提示)?|担[心忧]|隐忧"
        ),
        _pattern(r"\brisks?\b|\bthreats?\b|风险"),
        _pattern(r"\brisks?\b|\bthreat\w*\b|\b(?:could|may|might|would) (?:well )?(?:hurt|slow|take|weigh|hit|derail|knock|drag|push|hold back|bypass)\b|风险|若.{0,20}(?:不及|低于)预期"),
    ),
    Aspect(
        "outlook",
        _pattern(
            r"\b(?:outlook|prospects?|(?:next|future) (?:move|direction)|headed|heading|going next|what lies ahead|expected path)\b"
            r"|后市|展望|前景|未来走势|后续走势|后续怎么走|怎么走|何去何从"
        ),
        _pattern(r"\b(?:outlook|prospects?|projections?|what next)\b|展望|后市|前景|判断|预判|预测"),
        _pattern(
            r"\b(?:(?:is|are) (?:expected|likely|set|seen|forecast|projected)|(?:we|management|it) (?:now )?(?:look|expect|see|forecast|think|believe)s?\b|looks? for|should|likely|will|would|by (?:the )?(?:year-end|end of)"
            r"|in (?:the )?(?:first|second) half of 20\d\d|outlook)\b|预计|预期将|有望|或将|将会|展望|料将|判断|后续|明年|可能"
        ),
    ),
    Aspect(
        "drivers",
        _pattern(r"\b(?:drivers?|driving forces?|growth engines?|tailwinds?|headwinds?)\b|驱动(?:力|因素)?|推动(?:力|因素)|动力(?!煤|电池|总成|学)|催化因素"),
        _pattern(r"\bdrivers?\b|\bgrowth engines?\b|驱动|动力|原因"),
        _pattern(
            r"\b(?:driv\w+|drove|because|due to|owing to|thanks to|led by|on the back of|helped by|hurt by|as|since|fuel\w*|reflect\w*)\b|因|由于|受益于|得益于|来自|带动|拉动|驱动|推动|源于|主要是|系"
        ),
    ),
    Aspect(
        "watch",
        _pattern(r"\b(?:keep (?:an )?eyes? on|watch(?: for| out for)?|look out for|monitor|pay attention to|catalysts?)\b|(?:需要?|应|值得)关注(?:什么|哪些|的)|催化剂?|看点"),
        _pattern(r"\bwatch\b|\bcatalysts?\b|\bwhat next\b|\bevents?\b|关注|催化|看点|跟踪"),
        _pattern(r"\bwatch\b|\bkey (?:event|date|data)s?\b|\bcatalysts?\b|关注|催化|看点"),
    ),
    Aspect(
        "names",  # a rating of the sector names none
        _pattern(
            r"\b(?:which|what) (?:\w+ )?(?:stocks|names|companies|shares|tickers)\b(?P<lead> )[^?]{0,60}?\b(?P<trail>(?:recommend(?:ed|s)?|favou?r(?:ed|s)?|(?:top )?picks?|picked|prefer(?:red|s)?|likes?|liked|to (?:buy|watch|own)))\b|(?:推荐|看好|首选|建议关注)(?:了|的)?(?:哪[些几][家只个]?|什么)(?:公司|标的|个股|股票)"
        ),
        _pattern(r"\b(?:recommendations?|picks?|ideas?|names to)\b|投资建议|选股|标的"),
        _pattern(
            rf"\b(?:names|stocks|companies|shares) to (?:watch|own|buy|like|hold)\b|\b(?:picks?|choices?|favou?rites?|beneficiaries)\b(?: \w+){{0,3}}?(?: (?:is|are|remain|include)|:| -) (?-i:[A-Z])|\b(?:recommend\w*|favou?r\w*|prefer\w*|like|likes|buy|cover\w*)\b[^.;]{{0,40}}?{_SEVERAL}|首[选推]|推荐[^。;；级]{{2,30}}[、,，]|建议关注|看好[^。;；]{{2,30}}、|优选|受益标的"
        ),
    ),
    Aspect(
        "picks",
        _pattern(
            r"\b(?:recommend(?:s|ed|ation)?s?|favou?rs?|favou?red|favou?rites?|(?:top )?picks?|prefers?|preferred|likes?|avoid(?:ed)?)\b|推荐|首选|首推|看好(?=哪|什么|的)|优选|买(?=哪|什么)"
        ),
        _pattern(r"\b(?:recommendations?|preferences?|picks?|strategy|ideas?)\b|投资建议|建议|选股|标的|策略"),
        _pattern(r"\b(?:recommend\w*|favou?r\w*|prefer\w*|top picks?|we like|overweight|buy|sell|avoid|cover)\b|首选|首推|推荐|建议关注|关注|看好|优选|受益标的"),
    ),
    Aspect(
        "rivals",
        _pattern(
            r"\b(?:(?:main|biggest|closest|key|chief|direct|top) )?(?:competitors?|rivals?)\b(?! (?:in|with|of)? ?\d)|\bcompet(?:e|es|ing|ed) (?:with|against)\b|\bup against\b|(?:主要)?竞争对手|竞争者"
        ),
        _pattern(r"\bcompetit\w+\b|\brivals?\b|\bmarket share\b|竞争"),
        _pattern(
            r"\b(?:rivals?|rivalry|competit\w+|compet(?:e|es|ed|ing))\b|\b(?:behind|ahead of|against) (?-i:[A-Z])[^.;]{0,40}\d\s?%|竞争|对手"
        ),
    ),
    Aspect(
        "one-offs",
        _pattern(r"\b(?:one-?offs?(?: items?)?|non-?recurring(?: items?)?|exceptional (?:items?|gains?|charges?))\b|一次性(?:因素|损益|收益|费用)?|非经常性(?:因素|损益)?"),
        _pattern(r"\bone-?offs?\b|\bexceptional|一次性|非经常性"),
        _pattern(
            r"\b(?:one-?off|gains? (?:of|on|from)|write-?(?:down|off)s?|impairments?|restructuring|disposals?|sale of (?:its|the|a)|fine of|settlement|incentive)\b|一次性|减值|处置|非经常|股权激励|计提"
        ),
    ),
    Aspect(
        "valuation",
        _pattern(r"\b(?P<lead>(?:target price|price target|price objective|fair value))\b[^?]{0,50}\b(?P<trail>(?:derived?|based on|calculated|arrived at|worked out|justified|set))\b|\bvaluation methods?\b|\bvaluations?\b|\b(?:expensive|cheap|dear|pricey|overvalued|undervalued)\b|估值|贵不贵|便宜"),
        _pattern(r"\bvaluations?\b|\bmultiples?\b|估值"),
        _pattern(
            r"\bDCF\b|\bdiscounted\b|\bWACC\b|\bsum[- ]of[- ]the[- ]parts\b|\b\d[\d.]* ?(?:times|x)\b|\bP/?[EB]\b|\bEV/\w+|\b(?:multiples?|premium|discount|valu\w+)\b|[\d.]+ ?倍|市盈率|市净率|估值|溢价|折价"
        ),
    ),
    Aspect(
        "performance",
        _pattern(
            r"\b(?:company|business|group|firm|it) (?:still )?(?:growing|grow|profitable|healthy|in good shape)\b|\b(?:company|business|group|firm) (?:doing|do|performing|perform|faring|fare)\b"
            r"|\b(?:financial|operating|business|overall) (?:performance|health|shape|condition)\b|(?:业绩|财务)(?:表现|状况|情况)?(?=怎么样|怎样|如何|好不好|好吗|$)|经营(?:情况|业绩|状况|表现)"
        ),
        _pattern(r"\b(?:financial (?:performance|results|summary|highlights)|results|earnings|performance)\b|业绩|财务|经营"),
        _pattern(
            r"\b(?:revenues?|sales|turnover)\b|\b(?:profits?|earnings|net income)\b(?=[^.;]{0,60}\d)|(?:营收|收入|利润|业绩)(?=[^。;；]{0,30}\d)"
        ),
    ),
    Aspect(
        "call",
        _pattern(
            r"\b(?:should|shall|would|can|could) (?:i|we|you|one|an? investor|investors) (?:still )?(?:buy|sell|hold|own|invest|add)\b(?: (?:in )?(?:the |this |its )?(?:stock|shares?|company|it))?|\bworth (?:buying|owning|investing|a buy)\b|\bgood (?:buy|investment)\b"
            r"|(?:(?:这|该)?(?:公司|股票|只股票))?(?:值得|能不能|可不可以|应不应该|该不该|能|可以|应该|适合)(?:现在)?(?:买入?|投资|配置|入手|持有|卖出?)(?:吗|么)?"
        ),
        _pattern(r"\b(?:ratings?|recommendations?)\b|评级|投资建议"),
        _pattern(
            r"[\"“](?:buy|overweight|outperform|hold|neutral|sell|underweight|add|accumulate|reduce)[\"”]|\b(?:rat(?:ed|es?|ings?)|target price|price target|recommend\w*)\b|\bwe (?:would|do|see) (?:not |no reason )?(?:to )?(?:buy|sell|own|chase|avoid|wait|subscribe|hurry)\b|\bwould not chase\b|评级|目标价|投资建议"
        ),
    ),
    Aspect(
        "insiders",
        _pattern(r"\binsiders?\b|\b(?:directors?|executives?|managers?|management) (?:sold|sell|selling|bought|buy|buying)\b|内部人|高管(?:增持|减持)"),
        _pattern(r"\binsiders?\b|\bshareholders?\b|增减持|股东"),
        _pattern(
            r"\b(?:chief executive|chief financial officer|CEO|CFO|directors?|chair\w*|founder|insiders?|executives?)\b[^.;]{0,60}\b(?:sold|bought|sells?|buys?|purchased)\b[^.;]{0,40}\b(?:shares|stock)\b|增持|减持"
        ),
    ),
    Aspect(
        "upgrade",
        _pattern(r"(?:被)?(?:上调|调高)了?(?:投资)?评级|评级(?:被|获)?(?:上调|调高)"),
        _pattern(r"评级"),
        _pattern(r"(?:上调|调高)[^。;；]{0,12}(?:评级|买入|增持|推荐)|评级[^。;；]{0,8}(?:上调|调高)"),
    ),
    Aspect(
        "downgrade",
        _pattern(r"(?:被)?(?:下调|调低)了?(?:投资)?评级|评级(?:被)?(?:下调|调低)"),
        _pattern(r"评级"),
        _pattern(r"(?:下调|调低)[^。;；]{0,12}(?:评级|中性|持有|减持|卖出|增持)|评级[^。;；]{0,8}(?:下调|调低)"),
    ),
    Aspect(
        "calendar",
        _pattern(
            r"\b(?:next|upcoming) (?:(?:quarterly|fiscal|half-year|full-year) )?(?:earnings|results|report|trading update|numbers)(?: (?:date|release|report|call))?\b|\b(?:earnings|results|reporting) (?:date|calendar|release date)\b"
            r"|^\W*when (?:does|do|is|are|will)\b(?=[^?]*\b(?:report|reports|reporting|results|earnings|numbers)\b(?! (?:of|say|by)\b))|\breports? (?:its )?(?:next|(?:q[1-4]|quarterly|full-year) (?:results|earnings))\b|(?:什么时候|何时)(?:发布|公布|披露)(?:财报|业绩|年报|中报|[一二三四]?季报)|下(?:次|一次|期)(?:财报|业绩)"
        ),
        _pattern(r"\b(?:next|upcoming) events?\b|\bcalendar\b|\bwhat next\b|\bnext week\b|日历|日程"),
        _pattern(
            r"\b(?:results|earnings|report|trading update|numbers|figures)\b[^.;]{0,30}\b(?:due|released|published|announced|scheduled|expected|out)\b[^.;]{0,20}\b(?:on|in)\b|\breports? (?:[\w-]+ ){0,4}(?:results|earnings|numbers)? ?on\b|(?:将于|定于|预计于?)[^。;；]{0,16}(?:发布|公布|披露)"
        ),
    ),
    Aspect(
        "against the market",
        _pattern(r"\b(?:(?:out|under)perform\w*|beat(?:en)?|lag(?:ged|ging)?|trail(?:ed|ing)?)\s+(?:the )?(?:broader |wider |whole )?(?:market|index|benchmark)\b|跑[赢输]了?(?:大盘|市场|指数)"),
        NEVER,
        _pattern(
            r"\b(?:(?:out|under)perform\w*|beat(?:s|en|ing)?|ahead of|behind|lagg?\w*|trail\w*|than|versus|against)\b[^.;]{0,30}\b(?:market|index|benchmark|composite|CSI|S&P|Nasdaq|Nikkei|TOPIX|Hang Seng|DAX|FTSE)\b|跑[赢输]|(?:强|弱|高|低|好|领先|落后)于?[^。;；\d]{0,6}(?:大盘|市场|指数|沪深|上证|创业板|恒生)"
        ),
    ),
    Aspect(
        "change",  # `Was July better than June?`: what went the other way answers as well
        _pattern(
            r"^\W*(?:was|were|is|are|did|do|does|has|have)\b[^?]*?\b(?P<lead>better|worse|stronger|weaker|higher|lower)\b than (?P<trail>(?:in |the |a |its )*(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)\w*|(?:in |the |a |its )*(?:last|previous|prior|year|quarter|month|week|q[1-4]|h[12]|[12]h|20\d\d)\b)|(?<![占环同])比(?=[^,，?？]{0,4}[年月周季度半\d])(?![例重率])[^,，?？]{1,12}?(?P<lead_zh>更?[好强高低差弱])(?=了?[吗没不?？]|$)"
        ),
        NEVER,
        MOVES,
    ),
    Aspect(
        "market share",
        _pattern(r"\bmarket shares?\b|\bshares? of (?:the|its|their) (?:\w+ )?market\b|市占率|市场(?:份额|占有率)"),
        _pattern(r"\bmarket shares?\b|市占率|市场份额"),
        _pattern(
            r"\bmarket shares?\b|\d\s?% of (?:the|its) (?:[\w-]+ ){0,4}market\b|\bshare (?:has |have )?(?:in|of|is|was|slipped|rose|fell|stood|reached)\b[^.;]{0,40}\d\s?%|市占率|市场份额|市场占有率"
        ),
    ),
    Aspect(
        "control",
        _pattern(r"^\W*who (?:really )?(?:controls?|owns?)\b|控股股东|实际控制人"),
        _pattern(r"\bshareholders?\b|\bownership\b|股东|治理"),
        _pattern(
            r"\b(?:holds?|owns?|controls?|hold|keeps?)\b[^.;]{0,50}\d\s?% (?:of (?:the )?)?(?:[\w-]+ ){0,2}(?:shares|votes|voting|stock|stake|capital|company)\b|持有.{0,20}[%％]|控股股东|实际控制人"
        ),
    ),
    Aspect(
        "proceeds",
        _pattern(r"\buse of (?:the )?proceeds\b|\b(?P<lead>use|spend|do with)\b[^?]{0,30}\b(?P<trail>(?:(?:ipo|offer|issue) )?(?:money|proceeds|funds))\b|募集资金(?:的)?(?:用途|投向)"),
        _pattern(r"\buse of (?:the )?proceeds\b|募集资金"),
        _pattern(r"\bproceeds\b|\bwill (?:repay|fund|finance|build|be used|go to)\b|募集资金|募投"),
    ),
    Aspect(
        "climate",
        _pattern(r"\bclimate (?:targets?|goals?|ambitions?|plans?)\b|\bnet[- ]zero (?:targets?|goals?)\b|\bdecarboni[sz]ation (?:targets?|goals?)?\b|(?:碳中和|减排)目标"),
        _pattern(r"\bclimate\b|\benvironment\w*\b|\bemissions?\b|环境|气候|减排"),
        _pattern(r"\bnet[- ]zero\b|\bemissions?\b[^.;]{0,60}\b20[3-9]\d\b|\bcarbon[- ]neutral\b|碳中和|碳达峰|减排"),
    ),
)  # fmt: skip
GENERAL = tuple(aspect for aspect in ASPECTS if aspect.name in ("performance", "call"))  # of all that is named


def aspects_in(question: str, focus: Sequence[Asked]) -> tuple[tuple[Asked, ...], dict[str, Aspect]]:
    """The focus with the words of each aspect as one piece, and the aspect of each such piece by its surface.

    The earlier aspect of two that are asked in the same words.
    """
    low = question.lower()
    found: dict[str, Aspect] = {}
    pieces = list(focus)
    taken: list[tuple[int, int]] = []
    for aspect in ASPECTS:
        match = aspect.asked.search(question)
        if match is None or any(start < match.end() and match.start() < end for start, end in taken):
            continue
        ends = match.groupdict()
        spans = [match.span("lead"), match.span("trail")] if ends.get("lead") else [match.span()]
        spans = [match.span("lead_zh")] if ends.get("lead_zh") else spans
        inside = [p for p in pieces if (at := low.find(p.surface.lower())) >= 0 and _overlap(at, p, spans)]
        whole = _piece(ends.get("lead") or match[0], inside)
        whole = replace(whole, kin=()) if aspect.name == "names" else whole  # `likely` is no liking
        taken.append(match.span())
        pieces = [p for p in pieces if p not in inside]
        pieces.append(whole)
        found[whole.surface] = aspect
    return tuple(pieces), found


def _overlap(at: int, piece: Asked, spans: Sequence[tuple[int, int]]) -> bool:
    over = any(at < end and start < at + len(piece.surface) for start, end in spans)
    return over and piece.kind not in ("name", "number")


def _piece(words: str, inside: Sequence[Asked]) -> Asked:
    """One piece for the words of an aspect: the one that stands there, or all of them joined."""
    if len(inside) == 1:
        return replace(inside[0], weight=max(inside[0].weight, WEIGHT))
    form = tuple(term for piece in inside for term in piece.forms[0]) or tuple(analysis.terms(words))
    return Asked(words, "term", (form,), WEIGHT)
