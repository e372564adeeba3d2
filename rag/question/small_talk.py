"""Thanks, greetings and the like: they ask nothing of the reports, and are answered without a search."""

from __future__ import annotations

import re

from rag.language.analysis import language

_POLITE = r"(?:\s*(?:so much|very much|a lot|a bunch|again|there|everyone|everybody|all|team|then|now|for (?:that|this|now|the help|your help|all that)|that(?:['’]s| is) (?:all|it|helpful|great|enough)(?: for now)?|very helpful))*"
_ENDS = r"[\s,.!?~。,！？～:)\U0001f300-\U0001faff]*"
_KINDS: tuple[tuple[str, str], ...] = (
    (
        "thanks",
        rf"(?:(?:ok(?:ay)?|great|perfect|nice|cool|super|got it|good|alright|well|no|yes)[\s,.!]+)*(?:many thanks|thanks|thank you|thx|ty|cheers|much appreciated){_POLITE}"
        r"|(?:(?:好的?|行|嗯|哦|明白|知道了?|了解了?|收到|太好了|不用了?)[\s,，。!！]*)*(?:谢谢|多谢|感谢|辛苦)(?:你们?|您|啦|了|啊|哈|帮忙|你的帮助)*",
    ),
    (
        "noted",
        r"(?:(?:ok(?:ay)?|great|perfect|nice|cool|super|got it|good|alright|i see|understood|makes sense|fine|noted|very good|well done|good job)[\s,.!]*)+"
        r"|(?:(?:好的?|行|嗯|哦|明白了?|知道了|了解了?|收到|懂了|太好了|不错|厉害)[\s,，。!！]*)+",
    ),
    ("hello", rf"(?:hi|hello|hey|good (?:morning|afternoon|evening|day)|greetings){_POLITE}|how are you(?: (?:doing|today))*|how(?:['’]s| is) it going|你好吗|你好|您好|大家好|早上?好|下午好|晚上好|嗨|哈喽|在吗"),
    ("bye", rf"(?:bye|good ?bye|see you|see you later|good night|bye bye){_POLITE}|再见|拜拜|晚安"),
    ("advice", r"(?:so )?what (?:should|shall|do) (?:i|we) (?:buy|sell|invest in|do)(?: (?:now|today|next))?|what(?:['’]s| is) (?:a )?good (?:stock|investment)(?: to buy)?(?: now| today)?|should (?:i|we) (?:buy|sell)|(?:我)?(?:该|应该)?(?:买|卖)什么(?:股票)?(?:好)?"),
    ("who", r"(?:who|what) are you(?: exactly)?|who (?:made|built|created|wrote) (?:you|this)|are you (?:an? )?(?:ai|robot|bot|human|chatbot|chatgpt|person)|what is this|what can (?:you|i) (?:do|ask)(?: (?:for me|you|here))?|how (?:does this|do you) work|help|你是谁|你能(?:做|干)什么|你会什么|(?:我)?可以问(?:你)?什么|怎么用"),
)  # fmt: skip
_ASKED = tuple((kind, re.compile(rf"{_ENDS}(?:{words}){_ENDS}", re.IGNORECASE)) for kind, words in _KINDS)
_REPLIES = {
    "advice": (
        "I give no advice of my own, only what the reports say. Ask, for example: Which stocks are rated Buy?",
        "我不提供投资建议,只回答报告的观点。例如可以问:哪些股票的评级是买入?",
    ),
    "thanks": ("You're welcome. Ask on whenever you like.", "不客气,欢迎继续提问。"),
    "noted": ("Good. Ask on whenever you like.", "好的,欢迎继续提问。"),
    "hello": ("Hello. Ask a question about the reports in this library.", "你好,请就资料库中的报告提问。"),
    "bye": ("Goodbye.", "再见。"),
    "who": (
        "I answer questions from the reports in this library and cite the place of every statement. What they do not say, I do not answer.",
        "我根据资料库中的报告回答问题,每句话都注明出处;报告没有写到的,我不回答。",
    ),
}


def small_talk(question: str) -> str:
    """The reply to words that ask nothing of the reports, in their language; empty for a question."""
    for kind, asked in _ASKED:
        if asked.fullmatch(question):
            return _REPLIES[kind][language(question) == "zh"]
    return ""
