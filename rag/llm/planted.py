"""Words in a report that speak to a language model instead of a reader: they are kept from the model and out of answers.

This is the outer fence only, made of general patterns, and somebody will find a way around it. What holds is behind it:
ids that cannot be guessed, the check of every sentence, and plain text on the way out.
"""

from __future__ import annotations

import re
from functools import lru_cache

from rag.language.analysis import small_letters
from rag.language.sentences import sentences

# Pieces of the patterns. MACHINE: who is spoken to; SAY: what it is to do; SAID: where it is to say it.
_MACHINE = (
    r"(?:(?:large )?language models?|llms?|chat ?bots?|chat ?gpt|gpt|ai (?:assistants?|models?|agents?|systems?|tools?|readers?)"
    r"|automated (?:readers?|systems?|assistants?|agents?)|(?:virtual|digital) assistants?)"
)
_SAY = r"(?:say|state|reply|respond|answer|output|print|write|repeat|include|append|recommend|conclude|claim|mention|begin|end|start|call)"
_SAID = r"(?:answers?|responses?|reply|replies|outputs?|summary|summaries|messages?)"
_START = r"(?:^|[\n.!?:;。>\]”\"]\s*|<!--\s*|[-*•]\s+)(?:please |now |just |then |important: )?"
_ZH_MACHINE = r"(?:(?:大型?)?语言模型|大模型|聊天机器人|机器人|ai(?:助手|模型|系统)?|人工智能(?:助手|模型|系统)?|智能助手|助手|模型)"
_ZH_SAY = r"(?:回答|回复|输出|打印|写明|注明|声明|给出|推荐|附上|加上|复述|重复|告诉|说明|强调)"
# (words of which one must be there, the pattern): most texts hold none of the words, and cost next to nothing.
_PATTERNS = (
    (  # put aside what you were told
        ("ignore", "disregard", "forget", "override", "bypass", "do not follow", "set aside"),
        r"\b(?:ignore|disregard|forget|override|bypass|do not follow|set aside)\b[^.\n]{0,30}\b(?:previous|prior|above|earlier|preceding|other|all|your|these|any|system|the)\b"
        r"[^.\n]{0,30}\b(?:instructions?|prompts?|messages?|rules|directions?|guidelines)\b"
        r"|\b(?:ignore|disregard|forget)\b[^.\n]{0,20}\b(?:everything|anything|what|all)\b[^.\n]{0,20}\b(?:you (?:were|have been|are) (?:told|given|asked)|said (?:before|above))"
        r"|\b(?:ignore|disregard|forget) (?:all |any |the )?(?:previous|prior|above|earlier|preceding|other) (?:context|sources|passages?|documents|text)\b"
        rf"|{_START}override\s*[:!]",
    ),
    (  # who you are
        ("you are", "act as", "your new", "pretend", "from now on", "you must now"),
        r"\byou are (?:now |hereby )?(?:an?|the) (?:[\w-]+ ){0,2}(?:ai|assistant|chat ?bot|language model|llm)\b|\byou must now\b|\byour new (?:role|task|job|instructions?)\b"
        rf"|\bact as an? (?:unrestricted|unfiltered|different|helpful|new)\b|{_START}pretend (?:that|to be|you)\b"
        rf"|\bfrom now on,? (?:you (?:must |will |shall |should |always |only |can only )*)?{_SAY}\b",
    ),
    (("as a", "as the"), r"\bas (?:an?|the) (?:ai|llm|(?:large )?language model|ai (?:assistant|model))(?:\s*[,:]| (?:reading|processing|answering|summari[sz]ing))"),
    (  # spoken to by name
        ("model", "llm", "bot", "gpt", "ai ", "assistant", "automated"),
        rf"\b(?:dear|attention|note (?:for|to)|instructions? (?:for|to)|messages? (?:for|to)|if you are|to|hey|hello|hi)\b,? (?:an?y? |the |all |any )?(?:\w+ )?{_MACHINE}(?:\s*[,:]|\s+(?:reading|processing|summari[sz]ing|answering)|[^.\n]{{0,40}}:)"
        r"|\b(?:the|this|any|every|each) (?:model|ai|bot)(?: (?:reading|processing|that reads|summari[sz]ing)[^.\n]{0,40})? (?:must|should|shall|is required to)(?:[^.\n]{0,16}\b(?:reply|respond|answer|say|output|print|repeat)\b| (?:never|always) (?:mention|quote|recommend|tell)\b)"
        rf"|\bif (?:an?|any|the) {_MACHINE} (?:reads?|sees?|processes|summari[sz]es|is reading)\b"
        r"|\b(?:dear|attention|if you are) (?:an? )?ai\b\s*[,:]?",
    ),
    (  # what to put into the answer
        ("answer", "respon", "repl", "output", "summar", "message"),
        r"\b(?:every|each|any) (?:answer|response|reply) (?:you|that you)\b|\bwhoever summari[sz]es\b[^.\n]{0,12}\b(?:must|should|shall)\b|\balways (?:respond|reply|answer) with\b|(?:^|\n)\s*(?:reply|respond|answer) in [\w-]+ only\b|"
        rf"{_START}(?:{_SAY}|add|insert|put|attach)\b(?:[^.\n]|\.\w){{0,60}}\b(?:in|to|at the end of|with|into|of) (?:all )?(?:of )?(?:every|each|any|all of your|all your) {_SAID}\b"
        rf"|\b(?:{_SAY}|add|insert|put)\b[^\n]{{0,20}}(?:[\"“'‘]|https?:|\b(?:sentence|phrase|words?|link|line|token|code)\b)[^\n]{{0,60}}\b(?:in|to|at the end of|into) (?:all )?your {_SAID}\b"
        r"|\b(?:reply|respond|answer|output|print|repeat|say|write|add|include|insert|append)\b[^.\n]{0,40}\b(?:in|to|at the end of|with|into) (?:the) (?:answer|response|reply|output|summary|message)s?\b",
    ),
    (
        ("reply", "respond", "answer", "output", "print", "repeat", "say"),
        r"\b(?:reply|respond|answer|output|print) (?:only|just|exactly|solely)\b|\b(?:only|just|exactly) (?:reply|respond|output|print)\b"
        r"|\b(?:print|output|repeat) [^.\n]{1,60}(?:nothing else|word for word|verbatim)"
        rf"|{_START}(?:stop reading[^.\n]{{0,24}})?(?:reply|respond|answer)\b[^.\n]{{0,30}}(?:\bwith\b|[\"“'‘])"
        rf"|{_START}(?:print|output|reveal|show|repeat) (?:the |your |all |any )?(?:contents? of |hidden |secret |system )?(?:your |the )?(?:prompts?|instructions?|pass(?:word|phrase|code)s?|api keys?|tokens?|secrets?|code word)\b"
        rf"|{_START}(?:repeat after me|repeat the following|say instead)\b|; (?:say|reply|answer|respond) instead\b"
        r"|\b(?:output|print|say|repeat|reply|respond|answer)(?: with)? the (?:token|code|code ?word|pass(?:word|phrase)|phrase|string|word)\b"
        r"|\b(?:reply|respond|answer)\b[^.\n]{0,30}\bto (?:every|any|all|each) (?:question|query|queries|prompt)|\bno matter what\b[^.\n]{0,20}\bask",
    ),
    (("correct answer", "right answer", "only answer"), r"\b(?:correct|right|only) answer (?:to (?:every|any|all|each)|is always)\b|\bonly (?:correct|right) answer\b"),
    (
        (":", "[", "#"),
        r"(?:^|\n|[.!?。]\s|<!--|[【\[])\s*(?:#+\s*)?(?:system|assistant|developer|admin(?:istrator)?|ai|llm|chatbot|user)(?: prompt| message| note| override| instructions?)?\s*[:\]】]"
        r"|#+\s*instructions?\s*:|(?:^|\n|[.!?。]\s)new (?:task|instructions?|prompt|role)\s*:",
    ),
    (("end of", "</"), r"\bend of (?:the )?(?:passages?|context|input|prompt|system messages?)\b"),
    (
        ("<", "[inst", "[/inst"),
        r"<\|(?:im_start|im_end|system|user|assistant|endoftext)|\[/?inst\]|<</?sys>>|</?(?:system|passage|data|evidence|context|instructions?)(?:[\s-][^<>\n]{0,80})?>",
    ),
    (("prompt", "instruction", "system message"), r"\b(?:begin|end|start) (?:of )?system (?:messages?|prompt)\b|\bnew (?:system )?(?:instructions?|prompt)\b[^.\n]{0,30}:|\bsystem prompt\b"),
    (  # the reader, as a model calls him, and what is to be kept from him
        ("tell", "when asked", "when answering", "when summari", "before answering", "do not", "don't", "never", "conversation", "use only"),
        r"\btell (?:the )?(?:user|(?:who|any|every)(?:ever|one|body)? (?:who )?asks?)\b|\b(?:when|before) (?:asked|answering|summari[sz]ing)\b[^.\n]{0,60}\b(?:say|reply|answer|include|always|never|must|begin|end|start|send|output|print|state)\b"
        r"|\b(?:do not|don't|never) (?:tell|inform|warn) (?:the )?users?\b"
        r"|\b(?:do not|don't|never) (?:mention|reveal|repeat|quote|show|disclose)\b[^.\n]{0,24}\b(?:this|these) (?:sentence|instruction|line|note|message|passage|prompt|text)s?\b"
        r"|\b(?:send|forward|email|post|upload) (?:the |this |your )?(?:whole |entire |full )?(?:conversation|chat|dialogue|system prompt)\b"
        rf"|{_START}use only (?:this|the (?:following|text below)) (?:passage|text|paragraph|sentence|document)?",
    ),
    (
        ("忽略", "无视", "忘", "不要", "不理会", "不必理会", "抛开", "放弃"),
        r"(?<!不[应要能可会])(?:忽略|无视|忘记|忘掉|抛开|放弃|不必?理会|不要(?:理会|遵守|遵循))[^。\n]{0,16}(?:指示|指令|(?<!风险)提示词?|规则|上文|上下文|以上(?:所有|全部|内容)|之前的|设定|前面的?(?:内容|话|文字)|其他(?:资料|来源|段落|内容))",
    ),
    (("系统", "助手", "开发者", "管理员"), r"(?:^|[。\n！!；;])\s*(?:系统|助手|开发者|管理员)(?:提示词?|消息|指令|通知)?\s*[::：]|[【\[](?:系统|助手|开发者|管理员)(?:提示|消息|指令)?[】\]]|系统提示词"),
    (
        ("输出", "回复", "回答", "打印", "重复", "复述", "泄露"),
        r"(?:只|仅)(?:需|能|可)?(?:输出|打印)|(?:你|您)(?:只|仅)(?:需|能|可)?回复|(?:请|务必|直接|先)[^。\n]{0,10}(?:输出|重复|复述|回答)[^。\n]{0,20}[“\"「]|请(?:重复|复述)(?:以下|下面|这)"
        r"|(?:输出|回复|说出)(?:口令|暗号|密码|密钥)|(?:泄露|透露|公开|显示)(?:你|您)的|无论(?:用户|谁|问)[^。\n]{0,12}(?:回答|回复|输出|说)|照此(?:回复|回答)|(?:回答|回复)(?:任何|所有|每个)问题(?:前|时|都)?[^。\n]{0,6}(?:必须|务必|先|请)",
    ),
    (
        ("回答", "回复", "输出", "答案", "总结", "结尾"),
        r"在?(?:你|您)?的?(?:回答|回复|输出|答案|总结)(?:的?(?:末尾|开头|最后|结尾|中|里|时))[^。\n]{0,10}(?:加上|加入|插入|写上|附上|包含|必须|务必|写明|推荐)|请在(?:结尾|末尾|开头)(?:附上|加上|写上|注明)"
        r"|正确答案(?:永远|总是|始终)|(?:请|务必|都要)[^。\n]{0,4}(?:在)?每次(?:回复|回答|输出)|把(?:用户|提问者)的(?:问题|对话|消息)(?:发送|转发|发)",
    ),
    (
        ("模型", "机器人", "智能", "ai", "助手", "你", "您"),
        rf"(?:作为|你是|您是|你现在是|若你是|如果你是|假如你是)(?:一个|一名|个)?(?:不受限制的)?(?:有用的)?(?:大型?)?(?:ai(?:助手|模型)?|人工智能(?:助手|模型)?|语言模型|聊天机器人|机器人|助手)(?!龙头|公司|企业|行业|产业)|(?:致|写给|告知)(?:所有|各位)?{_ZH_MACHINE}"
        rf"|{_ZH_MACHINE}请注意|(?:任何|所有|凡是?)[^。\n]{{0,12}}{_ZH_MACHINE}[^。\n]{{0,6}}(?:都|均)?(?:应当?|必须|需要?|请){_ZH_SAY}"
        rf"|{_ZH_MACHINE}[^。，,\n]{{0,10}}(?:本文|本报告|本段|此文|此报告)[^。，,\n]{{0,4}}(?:时|后)[^。\n]{{0,4}}(?:应|必须|请|务必){_ZH_SAY}?"
        r"|从现在(?:开始|起)[^。\n]{0,4}(?:你|您)(?:只能|必须|要|将|是|需|得)|你现在是|(?:你|您)的新(?:任务|角色|身份)|假装(?:你|您|自己)是|(?:读者|阅读者|读到此处者)(?:若|如果|如)(?:为|是)(?:ai|人工智能|模型|机器人)",
    ),
    (("用户", "被问", "提及", "提到"), r"(?:^|[。,，;；\n请并]|不要|别|勿)(?:告诉|告知)用户(?!何时|如何|怎)|当(?:被问|用户问)[^。\n]{0,20}(?:请|必须|务必|都要|一律|回答|回复|说)|(?:不要|请勿|不得|别)(?:提及|提到|透露|引用)(?:本|这|此)(?:句|段|条|话)"),
    (  # what came before does not count
        ("above", "overrid", "other ", "orders"),
        r"\b(?:ignore|disregard|forget|skip) (?:all |everything )?(?:of )?(?:the )?above\b(?=\s*(?:[.,;:!]|and\b|$))|\boverrid(?:es?|ing) (?:anything|everything|all (?:that|other|earlier))\b"
        r"|\b(?:everything|all|the text) above (?:was|is) (?:only |just )?(?:an? )?(?:test|fake|false|void|placeholder|draft to be ignored)\b"
        r"|\b(?:do not|don't|never) (?:use|read|consider|cite|quote) (?:any )?other (?:passages?|sources?|documents?|texts?)\b|\bnew orders?\s*:",
    ),
    (  # what you are to say, and when
        ("your ", "whatever", "if you ", "when", "before you", "instead of"),
        r"\byour (?:only |sole |new |next |final |single )*(?:reply|answer|response|output|job|task) (?:now |here |then )?(?:is|must|should|shall|has to|will be)\b"
        r"|\bwhatever (?:(?:the|an?) )?(?:analyst|user|reader|client|question|anyone|anybody|they|you)\b[^.\n]{0,20}\bask"
        r"|\bif you (?:summari[sz]e|process|translate|paraphrase|analy[sz]e|answer)\b[^.\n]{0,40}[,:]?\s*(?:please )?(?:finish|end|begin|start|say|add|append|include|mention|write|state|answer|reply)\b"
        r"|\bwhen(?:ever)? (?:you )?(?:generat|writ|produc|compos)(?:e|ing) (?:an? |the |your )?(?:responses?|answers?|repl(?:y|ies)|summar(?:y|ies))\b"
        rf"|\bbefore you (?:answer|reply|respond)\b|\b{_SAY}\b[^.\n]{{0,40}}\binstead of (?:an )?(?:answering|answer|summari[sz]ing|the answer|the summary)\b",
    ),
    (  # spoken to as what it is
        ("assistant", "model", "bot", "automated", "machine", "ai ", "summari", "gpt", "{{", "developer", "administrator", "operator"),
        rf"\b(?:important|notice|warning|message|notes?|dear|hey|hello|hi|attention)(?: (?:for|to))?(?: the| all| any| an)? (?:{_MACHINE}|summari[sz](?:er|ers|ation (?:engine|tool|system|model|bot)))\b\s*[:,]"
        r"|\bhey,? (?:chat ?)?gpt\b|\byou,? (?:the |an? )?(?:assistant|(?:language )?model|ai|chat ?bot)\b,"
        r"|\bas an? (?:automated|ai|machine|digital|virtual) (?:reader|system|agent|assistant|tool|model)\b,? you\b|\{\{\s*(?:user|assistant|system)\s*\}\}"
        r"|\bi am (?:the|your) (?:developer|administrator|creator|operator)\b[^.\n]{0,40}\byou\b",
    ),
    (
        ("前文", "上文", "前面", "之前", "作废", "无效", "停止"),
        r"(?<!不[应要能可会])(?:忽视|忽略|无视|不要管|别管|抛开)(?:前文|上文|前面|之前)|(?:以上|前文|前面)(?:的)?(?:内容|文字|报告|说法)?(?:全部|都|均|一律)?(?:作废|无效|不算数)|请?停止(?:总结|摘要|回答)[,，、]?(?:改|转|而)",
    ),
    (
        ("问", "回答", "回复", "答", "输出", "写成"),
        r"(?:有人|谁|用户|客户)(?:若|要是|如果)?(?:来)?问[^。\n]{0,12}[,，]?(?:就|都|请|一律)(?:说|答|回|写|输出)|(?:无论|不管)(?:谁|怎么|问|别人|他们)[^。\n]{0,10}[都就](?:说|答|回|写|输出)"
        r"|(?:接下来|之后|往后|以后)的?(?:回答|回复|输出|答案)[里中]?[^。\n]{0,4}(?:请|要|须|必须|务必)|以[^。，,\n]{1,20}(?:作为|为)(?:你的)?(?:答案|回答|回复)|(?:你|您)(?:必须|务必|要|应该?|需要?)在?(?:每个|每次|所有|任何)?(?:回答|回复)"
        r"|(?:请|就|都|直接|改为|应当?|必须|务必)(?:直接|先|把[^。\n]{1,8})?(?:说|答|写|回答|回复|输出)(?:成|为|出)?\s*[“\"「]?[a-z]{3,}[-_]?\d{2,}",
    ),
    (
        ("模型", "程序", "系统", "开发者", "ai", "助手", "机器"),
        r"(?:自动(?:化)?(?:阅读|摘要|总结)(?:程序|系统|工具|器)|(?:读取|阅读|处理|总结)(?:本|此|该)(?:报告|文|文档|文件)的(?:程序|系统|模型|机器|工具))[^。\n]{0,4}(?:请|应|须|必须|务必|需)"
        r"|对(?:大?(?:语言)?模型|ai|机器人|助手)说|系统指令\s*[:：]|(?:以下|下面)[为是]系统(?:指令|提示|消息)|亲爱的(?:大?(?:语言)?模型|ai|助手|机器人)|我是(?:你的)?(?:开发者|管理员)|授权你",
    ),
)  # fmt: skip
_COMPILED = tuple((words, re.compile(pattern)) for words, pattern in _PATTERNS)
_AFTER = 1  # sentences behind an instruction that usually are its wording
# What announces a wording of any length: all that stands behind it belongs to it.
_OPENS = re.compile(r"\b(?:following|below)\b|[:：<“「]\s*$|以下|如下|下面", re.IGNORECASE)


def without_planted(text: str) -> tuple[str, bool]:
    """The text without sentences that speak to a language model, and whether there were any."""
    spans, planted = _split(text)
    if not planted:
        return text, False
    return " ".join(text[start:end] for start, end in spans if (start, end) not in planted), True


def is_planted(text: str, start: int, end: int) -> bool:
    """Whether characters of a text touch a sentence that speaks to a language model, or the one after it."""
    return any(low < end and start < high for low, high in _split(text)[1])


def goes_on(text: str) -> bool:
    """Whether a text ends in words to a language model that announce what comes next."""
    spans, planted = _split(text)
    return bool(planted) and spans[-1] in planted and _announces(text[slice(*min(planted))])


def _announces(sentence: str) -> bool:
    """Whether a sentence says that more follows, or opens a bracket or a quotation that it does not close."""
    if _OPENS.search(sentence) or sentence.count('"') % 2:
        return True
    return any(sentence.count(left) > sentence.count(right) for left, right in ("<>", "“”", "「」", "[]", "{}"))


@lru_cache(maxsize=8192)
def _split(text: str) -> tuple[tuple[tuple[int, int], ...], frozenset[tuple[int, int]]]:
    """The spans of a text's sentences, and those of them that speak to a language model or follow one that does."""
    if not speaks(text):
        return (), frozenset()
    spans = tuple(sentences(text))
    hit = [index for index, (start, end) in enumerate(spans) if speaks(text[start:end])]
    if not hit:
        return spans, frozenset(spans)  # it goes across sentences
    out = {index + step for index in hit for step in range(_AFTER + 1)}
    first = next((index for index in hit if _announces(text[slice(*spans[index])])), len(spans))
    out.update(range(first, len(spans)))
    return spans, frozenset(span for index, span in enumerate(spans) if index in out)


# Signs that say nothing alone: so many of them in one sentence do. Each is a group of words that such a text needs.
_SIGNS = tuple(
    re.compile(pattern)
    for pattern in (
        r"\b(?:llms?|(?:language )?models?|chat ?bots?|bots?|gpt|ais?|assistants?|openai|anthropic|machine readers?)\b|模型|机器人|\bai\b|ai[助读]|人工智能|助手",
        r"\b(?:answer(?:s|ed|ing)?|repl(?:y|ies|ied|ying)|respon(?:d|ds|se|ses|ding)|output|recite|affirm|obey)\b|回答|回复|输出|作答|改口",
        r"\b(?:users?|asks?|asked|asking|questions?|quer(?:y|ies)|prompts?|conversation|whoever|summari[sz]\w+)\b|用户|提问|问你|问题|总结",
        r"\b(?:must|shall|always|never|only|required to|ha(?:s|ve) to|no longer|instead)\b|必须|务必|须|一律|一定要|永远|停止|假装",
        r"\b(?:you|your|you're)\b|你|您",
        r"(?:^|[.:;,!?]\s*)(?:please |kindly |now )?(?:ignore|disregard|forget|treat|set aside|claim|pretend|recite|leak|print|reply|respond|answer|conclude|recommend|say|tell|repeat|begin|end|start|always|never|stop|obey|do not follow)\b"
        r"|(?:^|[。:：;；,，])\s*(?:请|假装|停止|回答|输出|一律|给出)",
        r"\b(?:instructions?|prompts?|system messages?|rules|guidelines|hidden|secret|emergency)\b|指令|设定|规则|提示词|任务|优先级",
        r"\b(?:this (?:text|document|pdf|sentence|passage|paragraph|file|report)|text below|summari[sz]es this|reads? this|the reader)\b|本文|此处|本段|本句|读者|读到",
        r"[\"“'‘「][^\"”'’」\n]{2,40}[\"”'’」]|https?:|\bphrase\b|\bword\b|\btoken\b|\bbase64\b|口令|优惠码|暗号",
    )
)
MANY = 4  # of the signs, from which a sentence speaks to a language model


def speaks(text: str) -> bool:
    """Whether a text holds words to a language model: a pattern of them, or one sentence with many of their signs."""
    low = small_letters(text)
    if any(pattern.search(low) for words, pattern in _COMPILED if any(word in low for word in words)):
        return True
    if not _TALK.search(low) or not _TO_SOMEBODY.search(low):
        return False
    return any(
        sum(sign.search(low, start, end) is not None for sign in _SIGNS) >= MANY for start, end in sentences(text)
    )


# Without a word for an answer, and one to somebody or for what is spoken to, the signs are those of ordinary reports.
_TALK = re.compile(
    r"\b(?:answer|repl(?:y|ies|ying)|respon[ds]|output|recite|print|mention|claim|say|summari[sz]|recommend|obey|prompt)|回答|回复|输出|作答|改口|说成|给出|发送"
)
_TO_SOMEBODY = re.compile(
    r"\byou|\b(?:llms?|models?|ais?|bots?|chat ?bots?|assistants?|users?|whoever|instructions?)\b|[你您]|模型|机器人|助手|\bai|用户|读者|指令"
)


_ASKS_OF_THEM = re.compile(
    r"\bprompts?\b|\bprompt injection|\b(?:hidden|planted|embedded|injected) (?:instructions?|text|messages?)|\binstructions? (?:to|for) (?:an? |the )?(?:ai|models?|llms?|language|assistants?|chat ?bots?)"
    r"|提示词|注入|(?:给|对)(?:ai|模型|大模型|语言模型|助手)的(?:指令|指示)|隐藏的?(?:指令|文字)",
    re.IGNORECASE,
)


def asks_of_them(question: str) -> bool:
    """Whether a question is about words to a language model: then they are what it asks for, and are quoted."""
    return bool(_ASKS_OF_THEM.search(question))
