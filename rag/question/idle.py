"""Words of the asking, not of what is asked: no statement has to hold them."""

from __future__ import annotations

import itertools
import re

from rag.language import dictionary, lexicon, thesaurus
from rag.language.analysis import blanked
from rag.question.head import sorts_asked

_IDLE = re.compile(
    r"\b(?:the|this|that) (?:company|firm|issuer)(?='s\b|’s\b| (?:perform|do|doing|expect|plan|say|said|have|has|is|was|earn|make|made|sell|sold|pay|paid|spend|report|face)\w*\b|\W*$)|\bin (?:usd |us )?(?:thousand|million|billion|trillion)s?\b(?! of)|\bin (?:us )?(?:cents|pence|per ?cent)\b(?! of)|\bcompar(?:ed|ing|es?) (?:with|to|against)\b|\b(?:what|which) (?:percentage|per ?cent|proportion|fraction)\b|\banalysts?\b|\b(?:concerning|regarding|with (?:regard|respect) to|in (?:connection|relation|regard) (?:with|to)|as opposed to|rather than|instead of|as far as|by way of)\b|\b(?:do|does|did|has|have)\s+(?:the\s+)?(?:management|company|executives?|group|firm)\b|\bmanagement(?: team)?\b(?= (?:say|said|says|comment|commented|mention|mentioned|tell|told|guide|guided|think|thinks|see|sees|expect|expects|explain|explains|explained|attribute|attributes|attributed|is|was|has|had|worried|concerned|saying|guiding|expecting)\b)|\bshould (?:an? |the )?(?:investors?|holders?|shareholders?)\b|\binvestors? (?:should|need to|ought to)\b|\b(?:do|are|the|which|what|by|of|among|from|all|other) (?:brokers?|brokerages?)\b|\bhow (?:many|much|large|big|high|low|long|far|fast|quickly|steep|wide|old|well|badly|strong|weak|confident|important)\b"
    r"|\b(?:what|which \w+)(?: is| are| was| were| has been| have been)? (?:driv(?:es?|ing)|drove|pushing|fuell?ing|lifting|propping up)\b"
    r"|\bacross (?:all |the |these |those |our )*(?:reports?|notes?|filings?|library|documents?|brokers?|research)\b"
    r"|\bwhat(?:['’]s| is| was)? (?:(?:so |gone |going )?wrong|the (?:matter|problems?|trouble|issues?)|up)(?= with\b)|\bmeans?(?= for\b)"
    r"|\bhow [a-z]{3,}ly\b|\b(?:roughly|approximately|about|around|nearly|almost|against|sharply|steeply|heavily|anyone|somebody|someone|desk|team)\b|(?<=illion )(?:us )?(?:dollars?|yuan|euros?|pounds?|renminbi)\b|\b(?:in|many) (?:us )?(?:dollars?|yuan|euros?|pounds?|renminbi)\b|(?<=[a-z0-9] )business(?:es)?(?='s|s')?\b(?! (?:development|line|model|unit|segment))|\bwhat (?:has |have )?changed\b|\b(?:compare[ds]?|comparison|comparing|versus|relative to|differ(?:s|ed|ence|ent)?|earlier|later|ago|according|extent|every(?:thing)?"
    r"|say|says|said|state[sd]?|mention(?:s|ed)?|describe[ds]?|expect(?:s|ed)? to|current(?:ly)?|now|latest|each|several|respectively|go through"
    r"|(?:chinese|english)(?=(?:-language)? (?:[\w-]+ ){0,4}(?:report|note|review|preview|weekly|monthly|digest))"
    r"|(?:research |annual |quarterly |interim |weekly |monthly |daily |broker )?(?:report|note|review|preview|weekly|monthly|digest|filing|initiation|publication)s?"
    r"|spen[dt]|mak(?:es?|ing)|made|bec(?:a|o)me|gets?|go(?:es|ing|ne)?|went|com(?:es?|ing)|came|happen(?:s|ed|ing)?|helps?|helped|let|lets|tak(?:es?|en|ing)(?: over)?|took(?: over)?|br(?:ing|ings|ought)"
    r"|(?:previous|prior|last|past)(?= (?:week|month|quarter|year|day|session|period|half))|points?|reasons?|arguments?|individual|need(?:s|ed)?|chang(?:e|es|ed)|develop(?:s|ed)?|perform(?:s|ed)?|far(?:e|es|ed|ing)|stands?|achieved?|headed|phase|particular|doing|faring|keep(?:s|ing)?|kept|sits?|sitting|lies|lying|remain(?:s|ed)?|hangs?(?: over)?|found|holding up|so far|think|thinks|thought|behind|worth(?=\s*\?*$)|exactly|(?<=the )rest(?= of (?:the year|20\d\d|this year))|actually|really|still|badly|ever|yet|currently|right now|at (?:the )?moment|these days|today"
    r"|might|(?:end(?:s|ed)?|turn(?:s|ed)?) (?:up|out)(?= \w+ing\b)|manage[sd]? to|as much as|publish(?:ed|es)?|issued?|wr(?:o|i)tes?|writing|written|give[sn]?|gave|point(?:s|ed)? out|list(?:s|ed)?(?! (?:on|in|its shares)\b)(?![\s?.]*$)|name[sd]?|set[s]?|put[s]?)\b"
    r"|大家|自己|越来越|一下子|会[受被]|跟着|随之|(?<=月)[底末初]|解释|归因|对(?:这家|该|本)?公司(?=的)|券商研报|研究报告|研报|报告|周报|月报|日报|年报|半年报|中报|季报|一季报|三季报|点评|发布|公布|给出|列出|提示|披露|撰写|介绍|总结"
    r"|(?:^|(?<=[,，]))(?:这家|该|本)?公司(?=的?(?:值得|业绩|经营|财务|表现|情况|目前|现在|去年|今年|未来|盈利|估值|前景|怎么|如何))|第[一二三四五六七八九十]大(?=客户|供应商|股东)|最近一[年期]|有(?:什么|何|哪些)(?:样的)?(?:背景|经历)"
    r"|(?<=多少)(?:[十百千]?[万亿]|百万|千)(?=(?:美|港|欧|日)?元|人民币|吨|台|辆)|这一?个?(?:周|星期|季度?)(?!期)|哪一?[年月日天季](?!度)|哪一?季度|里?最(?=看好|推荐|受益)|从哪里?来|(?<=[\d一二三四五六七八九十]月)份|从(?=多少)|(?:[升降增减]至|[升降增减涨跌]到)(?=多少)|能(?=[涨跌升降赚卖到达撑])|怎么说|怎么看(?:待)?|(?:会|将)?(?:怎么|如何|怎样)(?:变化?|变动|演变)|预测(?=值?(?:是|为|有|多少))|可以|应该|应当|能够|哪[款类座种支部届]|成为了?|(?:什么|何种|多大|怎样的?)程度|时候|进展(?=如何|怎么样|怎样|情况|顺利)|(?:比例|数量|金额)(?=是多少|为多少|多少|有多)|怎么调整的?|还是|能否|会不会|是不是|到底|究竟|大概|大约|观点|态度|有(?:什么|何|没有|无)?(?:变化|改善|好转|变动)|(?:变化|改善)(?:如何|怎么样|怎样|情况)|(?<=哪些)(?:公司|标的|个股|股票)|(?<=哪家)(?:公司|企业)|(?:公司|标的|个股|股票)(?=[?？]?$)|这么|那么(?!=)|[这本][轮波次](?!融资)|现在|背后|哪[一二两三四五六七八九十几]?[件个种项点类]事?情?上?|做(?:了|出)?(?=什么|哪)|以[前后来]|之[前后]|定义|含义|走势|依据|以[上下]|如果|那么|(?:情况|状况)下|预计|预期(?!差)|规模|[上中下]旬|相比|对比|比较|如何|怎样|情况|表现|水平|分别|各自|各主要|主要|(?:变动|变化|波动)(?=的?(?:主要)?原因)|目前|当前|最新|提到|指出|认为|有多(?!少)",
    re.IGNORECASE,
)
# What is done to a figure, not what is said of it: `the percentage increase in`, `the net change of`, `growth rate in`.
_DONE = re.compile(
    r"\b(?:(?:net|total|overall|percent(?:age)?|%)\s+)+(?=(?:change|increase|decrease|growth|difference|decline|rise|drop|reduction)\b)"
    r"|(?<=growth )rate\b(?= (?:in|of)\b)",
    re.IGNORECASE,
)
_COUNTER = re.compile(
    r"(?:(?<=多少)|(?<=几))[名位个家辆台张座架条项款份篇只间所次](?=[\u4e00-\u9fff])"
)  # 多少名员工, 几条产线
_MORE = re.compile(r"[哪谁].{1,14}?(?P<more>(?:更|比较)[高低大小多少快慢强弱好差贵](?:一些|一点|些)?)(?=[?？]?$)")
_CJK = re.compile(r"[\u3400-\u9fff]")
_UNIT = r"[一每](?:公斤|千克|平方?米?|[斤吨克股瓶台辆个只头度箱张桶片])"
_PER_UNIT = re.compile(rf"(?<=多少钱){_UNIT}|{_UNIT}(?=(?:要|卖)?多少钱)")  # a price is asked for by it: 多少钱一斤
_BALANCE = re.compile(r"的?(?:期末)?(?:账面)?(?:余额|价值|金额)")  # what every item of a balance sheet is
# What a change is told against: `up on the year`, `more than a year ago`.
_BASIS = re.compile(
    r"\b(?:on|over|from|against|than|with) (?:the|a|one) (?:year|quarter|month|week)(?: (?:ago|earlier|before))?\b(?! (?:of|to|from|ending|ended))|\b(?:compare[sd]? (?:with|to)|against|than|from|on) (?:last|the (?:previous|prior)) (?:year|quarter|month|week)\b",
    re.IGNORECASE,
)

# Characters between words that need not be said again: 道路很拥堵, 道路拥堵后.
LITTLE_WORDS = frozenset(
    "很更最太被将把已曾仍还再又会能要可应该不没未所其各每等些着过得地从向于以由让使给至到来去后前中时间上下内外里"
)
# ... and between which a single one, such as a verb (能停, 没人玩, 越来越少), says nothing that can be looked for.
_TALK = LITTLE_WORDS | frozenset("越少多人了一两几个家部位点起呀嘛吧么啥咋就才都也只光挺蛮真好")
_OF_TIME = frozenset("年季月周日天")


def is_talk(run: str) -> bool:
    """Whether a run of Chinese has no two characters side by side that are a word: it names nothing.

    One with a unit of time is the name of a row or a column: 年以内, 年以上.
    """
    if run.isascii() or _OF_TIME.intersection(run):
        return False
    known = [run[word.start : word.end] for word in dictionary.words_in(run)]
    known += [word for each in thesaurus.chinese(run) if _names(word := run[each.start : each.end])]
    if not all(map(_TALK.issuperset, known)):
        return False
    return all(one in _TALK or other in _TALK for one, other in itertools.pairwise(run))


def _names(word: str) -> bool:
    """Whether a word of the asking is more than one character with words of talk: 涨到 names nothing, 涨价 does."""
    return sum(one not in _TALK for one in word) > 1


def bases(question: str) -> list[tuple[int, int]]:
    """Where a time stands that the question only sets a change against."""
    return [match.span() for match in _BASIS.finditer(question)]


def without_unit(question: str) -> str:
    """A Chinese question for a price without the unit that it asks it by, which a report may give another price by."""
    return _PER_UNIT.sub("", question)


def idle_spans(question: str) -> list[tuple[int, int]]:
    """Where the words of the asking stand."""
    spans = [match.span() for pattern in (_IDLE, _DONE) for match in pattern.finditer(question)]
    spans += [match.span("more") for match in _MORE.finditer(question)]
    return spans + sorts_asked(question)


def without_idle(question: str) -> str:
    """A Chinese question without its words of asking, which would run into their neighbours; terms of the lexicon stay."""
    found = lexicon.expand(question)
    known = [(item.start, item.end) for item in found]
    held = (_BALANCE.match(question, item.end) for item in found if item.concept.statement == "balance_sheet")
    question = blanked(question, (match.span() for match in held if match))
    question = _COUNTER.sub(" ", question)
    idle = [match.span() for match in _IDLE.finditer(question) if _CJK.match(match[0])]
    idle += [match.span("more") for match in _MORE.finditer(question)]
    return blanked(question, (span for span in idle if not any(a < span[1] and span[0] < b for a, b in known)))
