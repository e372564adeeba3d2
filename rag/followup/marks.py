"""The words by which a follow-up is known: what opens it, what points back, what asks for the same again."""

from __future__ import annotations

import re

AUX = r"(?:did|does|do|is|are|was|were|will|would|should|has|have|had|can|could)"
OPENER = re.compile(
    r"^\s*(?:(?:and|but|so|also|then|ok(?:ay)?|now|well|of which|sorry|no(?=[\s,]+(?:sorry|i\b|not)|,)|actually|(?:i )?(?:meant|mean|need|wanted|was asking (?:about|for)|asked (?:about|for))|(?:oops|whoops|wait|my mistake|correction)(?=[\s,.:])|i (?:said|want)|wrong \w+(?=[,.:])|(?:let me rephrase|i(?:['’]ll)? rephrase)(?=[:,.])|make (?:that|it)|rather(?= than\b|(?: the| its)? \w+\W*$)"
    r"|what about|how about|what else about|(?:the )?same (?:question )?for|now for)\b[\s,:.!]*)+"
    r"|^\s*(?:(?:不是?(?=[,，\s]|我)|不对|(?:我?[说问打搞弄写记看])?错了|口误|更正(?:一下)?|(?:抱歉|不好意思)(?=[,，\s])|应该是|(?<=[,，])是(?!不是|否)|我(?:问|说|指|想问)的?是|我是说|再问(?:一下)?|那么|那|还有|另外|以及|其中|然后|同样|至于|再看看?|又|换成|换作|换到|改成|改为|如果是|要是|对于|单看|只看|就看|再问一下|好的?[,，])[,，\s]*)+",
    re.IGNORECASE,
)
_MORE_ON = re.compile(
    r"^\W*(?:(?:can you |could you |please )*(?:(?:give|tell|show) (?:me|us) )?(?:some |any )?(?:more(?: details?| information| about)?|details?|elaborate)\s+(?:(?:on|about|of|for)\s+)+(?:the\s+)?(?=\w)|(?:请)?(?:再)?(?:详细|具体)?(?:说说|讲讲|谈谈|介绍一下|展开讲讲|展开说说)(?=[^\s,，。]{2}))",
    re.IGNORECASE,
)
CLOSER = re.compile(
    r"(?:(?<=[^\s在去今明上下])[那这]一?[个笔款块项单](?=呢))?(?:[\s,]*(?:呢|吗|嘛|怎么样|怎样|如何|then|as well|too|instead|i meant?|rather|though))?\s*[?？。.!！]*\s*$",
    re.IGNORECASE,
)
POINTER = re.compile(
    r"\b(?:it|its|they|their|theirs|them|this(?!\s+(?:week|month|quarter|half|year|time)\b)|that|these|those|the same|which ones|former|latter|he|she|his|her|there"
    r"|the (?:company|firm|bank|report|note|stock|shares?|broker|issuer|group|author|analysts?)(?! of\b)(?:['’]s)?)\b"
    r"|它们?|他们?|她|其(?!中|他|它|实|余|次)|该(?:公司|股|行|报告|券商|机构)?|这[家份个只]|那[家份个只]|上述|此|公司(?=的)",
    re.IGNORECASE,
)
# `the ratings that Foo gave` points at nothing
OF_WHOM = re.compile(r"(\b(?:the|all|any|both) (?:[\w-]+ ){1,3})that(?= [A-Z])")
OWNER = re.compile(
    r"\b(?:its|their|his|her|the (?:company|firm|bank|group|stock)['’]s)\b|它们?的|[他她]们的|其(?!中|他|它|实|余|次)|该公司的?|公司的",
    re.IGNORECASE,
)
IT = re.compile(
    r"\b(?:it|they|(?:that|this) one|the (?:company|firm|bank|group|issuer))\b(?!['’]| of\b)|它们?|该公司",
    re.IGNORECASE,
)
SHARES = re.compile(r"\bthe (?:shares?|stock|name)\b|该股|这只股票?", re.IGNORECASE)
# Views hold as of the day of their report, whatever time was asked about before.
VIEW = re.compile(
    r"\b(?:cautious|bullish|bearish|optimistic|pessimistic|upbeat|downbeat|sceptical|skeptical)\b|看[好多空淡]|看法|观点|谨慎|[乐悲]观",
    re.IGNORECASE,
)
AGAIN = re.compile(
    r"^\W*(?:(?:can you |could you |please )*(?:(?:give me |tell me |show me |any )?(?:some )?more(?: details?| information| about (?:that|this|it))?|details?|elaborate(?: on that| please)?|go on|continue|explain(?: that| further| more)?"
    r"|(?:say (?:it|that) |answer |reply )?in (?:chinese|english|mandarin)(?: please)?|(?:now )?(?:say|repeat|give|tell me) (?:it|that|this|the answer)(?: again)? in (?:chinese|english|mandarin)|translate(?: (?:it|that))?(?: (?:in)?to (?:chinese|english))?)|(?:on |from )?(?:which|what) (?:page|report|document|source|section)s?(?: (?:is|was|are|were) (?:that|this|it|those)(?: (?:on|in|from))?| (?:says?|said|states?|mentions?) (?:that|this|it|so)| does (?:that|this|it) (?:come|stand) (?:from|on|in))?|where (?:does it say (?:that|this|so)|is (?:that|this|it) (?:from|stated|said|written|mentioned)|(?:did|do) you (?:get|find|read) (?:that|this))|(?:what(?:['’]s| is) (?:the|your) )?source|says who|who (?:says|said|gave|set|wrote) (?:so|that|it|this)|according to whom|(?:by|from) (?:whom|which (?:broker|house|analyst))|which (?:broker|house)|whose (?:\w+ )?(?:is|are|was) (?:that|this|it|those)|please|thanks?|(?:这|那)?是?(?:谁|哪[家个](?:券商|机构|投行)?)(?:给|说|写|定|预测|发布|做)的|(?:这是?|它|那)?(?:在|出自)?哪一?(?:页|份报告|篇报告)(?:里|上)?(?:提到|写|说)?的?|(?:出处|来源|依据)(?:在哪里?|是什么|是哪里?)?|详细(?:点|一点|些|说说|说明|讲讲)?|具体(?:点|一点|呢|说说)?|展开(?:讲讲|说说)?|继续|更多(?:细节|信息|内容)?"
    r"|(?:请)?(?:用|翻译成|换成|说|译成|改用)(?:中文|英文|英语|汉语)(?:回答|说|再说一遍|重复一遍)?|再?(?:说|讲)?(?:详细|具体)(?:点|一点|些)?)[\s,.!?。!?呢吧please]*$",
    re.IGNORECASE,
)
FORMER = re.compile(
    r"\W*(?:and |so )?(?:(?:what|which) (?:was|were) (?:it|that|they|the (?:old|former|previous|earlier) one) (?:before|previously|earlier)(?: that)?|(?:and )?before(?: that)?|(?:what was )?the (?:previous|former|old|earlier) one)\W*"
    r"|\W*(?:那)?(?:之前|此前|原来|原先|上次|以前|前次)(?:呢|的呢|是多少|是什么|的是多少)?\W*",
    re.IGNORECASE,
)
WHY = re.compile(
    r"^\W*(?:but |and |so )?(?:why(?: is that| so| not| was that| did that happen)?|how come|(?:what(?:'s| is| was| were) )?the reasons?(?: (?:for|behind) (?:that|this|it))?|为什么(?:呢|会这样)?|为何|(?:主要)?原因(?:呢|是什么|在哪里?)?|怎么会这样|怎么回事|(?:这是)?怎么做到的|什么原因|(?:是)?(?:因为)?什么(?:原因|因素)?(?:带动|推动|导致|造成|引起|拉动|驱动)的)\W*$",
    re.IGNORECASE,
)
COMPARE = re.compile(
    r"\b(?:compare[ds]?|comparison|versus|vs\.?|relative to)\b|相比|对比|比较|(?:^|[,，])(?:和|与|跟|同).{1,20}比",
    re.IGNORECASE,
)
# What brokers think of a name is asked of all that they say of it.
THINKS = re.compile(
    r"\b(?:brokers?|analysts?|houses?|banks|the (?:street|market))\b.{0,40}?\b(?:think|say|see|view|rate|recommend)\b|\bthe (?:views?|opinions?) (?:on|of|about)\b"
    r"|(?:券商|机构|分析师|各家|市场|大行).{0,12}(?:怎么看|如何看|怎么评价|看法|观点|意见)",
    re.IGNORECASE,
)
NTH = re.compile(
    r"\b(?P<en>first|second|third|former|latter|last)(?:\s+(?:one|of (?:those|these|them)))?\b(?!\s+(?:quarter|half|year|week|month))|第(?P<zh>[一二三四])[个家份](?!季)|(?P<late>后者)|(?P<early>前者)",
    re.IGNORECASE,
)
PLACES = {
    "first": 0,
    "former": 0,
    "second": 1,
    "third": 2,
    "一": 0,
    "二": 1,
    "三": 2,
    "四": 3,
    "latter": -1,
    "last": -1,
}
ASKS = re.compile(
    r"\b(?:what|which|who|how|when|where|why|is|are|was|were|do|does|did|has|have|had|will|can|could|would|should|might|list|name|give|summari[sz]e|tell)\b",
    re.IGNORECASE,
)
RELATIVE = re.compile(
    r"\b(?:last|this|next|previous|prior|current|today|yesterday)\b|[上本下]个?(?:周|月|季|年)|[今去明昨]|目前|近期",
    re.IGNORECASE,
)
DATELESS = re.compile(
    r"\b(?:target|rating|recommend|risk|analyst|author)|目标价|评级|风险|分析师|作者|建议", re.IGNORECASE
)


SAYS = re.compile(
    r"\b(?:like|recommend|prefer|say|says|said|think|thinks|thought|makes? of|argue[sd]?|write|writes|wrote)\b|怎么[看说]|如何看",
    re.IGNORECASE,
)
# What has a time of its own, or asks for one: `when will they break even`.
UNDATED = re.compile(
    r"\b(?:when|who|whom|will|going to|next|now|latest|current(?:ly)?)\b|什么时候|何时|哪天|谁|[将会]|最新|现在|目前",
    re.IGNORECASE,
)


_POLITE = re.compile(
    r"^\s*(?:(?:ok(?:ay)?|great|perfect|good|nice|got it|i see|thanks(?: a lot)?|thank you(?: very much)?|cheers|please|by the way|btw|scrap that|forget (?:that|it)|never mind|(?:one )?(?:different|another|next|new|other) (?:question|topic)|哦?对了|换(?:个|一[个家])(?:话题|问题|公司|股票)?|另一个问题|谢谢(?:你|您)?|多谢|好的?|明白了?|收到|请)[\s,.!:，。！：]+)+"
    r"(?=\S)(?:(?:one more (?:question|thing)|another question|next question|再问(?:你)?(?:一下|一个问题)?|还有一个问题|再来一个)[\s:：,，]*)?",
    re.IGNORECASE,
)


_SO_HIGH = re.compile(r"^\W*(?P<why>why|how come) (?P<so>(?:so|that|too) \w+\W*)$", re.IGNORECASE)
_SPOKEN = (("为啥", "为什么"), ("咋样", "怎么样"), ("咋", "怎么"), ("啥", "什么"))


def asked_plainly(question: str) -> str:
    """A question without thanks and the like in front of it, and in written Chinese: 为什么 for 为啥."""
    for spoken, plain in _SPOKEN:
        question = question.replace(spoken, plain)
    question = _SO_HIGH.sub(r"\g<why> is it \g<so>", question)
    return _POLITE.sub("", question) or question


def core(question: str) -> str:
    """A question without the words that only join it to the one before."""
    return CLOSER.sub("", _MORE_ON.sub("", OPENER.sub("", question))).strip(" ,，")
