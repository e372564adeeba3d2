"""Words in a report that speak to a language model instead of a reader: they are kept from the model.

This is the outer fence only, made of general patterns, and somebody will find a way around it. What holds is behind it:
ids that cannot be guessed, the check of every sentence, and plain text on the way out.
"""

from __future__ import annotations

import re

from rag.sentences import sentences

# (words of which one must be there, the pattern): most texts hold none of the words, and cost next to nothing.
_PATTERNS = (
    (
        ("ignore", "disregard", "forget", "override", "bypass", "do not follow"),
        r"\b(?:ignore|disregard|forget|override|bypass|do not follow)\b[^.\n]{0,30}\b(?:previous|prior|above|earlier|preceding|other|all|your|these|any|system)\b"
        r"[^.\n]{0,30}\b(?:instructions?|prompts?|messages?|rules?|directions?|guidelines?|context)\b",
    ),
    (("you are",), r"\byou are (?:now )?(?:an?|the) (?:\w+ ){0,2}(?:ai|assistant|chat ?bot|language model|llm)\b"),
    (("as a",), r"\bas an? (?:ai|llm|(?:large )?language model|ai (?:assistant|model))\s*[,:]"),
    (
        ("dear", "attention", "note to", "instruction", "message", "if you are"),
        r"\b(?:dear|attention|note to|instructions? (?:for|to)|message (?:for|to)|if you are)\b (?:an?y? |the |all |any )?(?:\w+ )?"
        r"(?:llms?|chat ?bots?|language models?|ai (?:assistants?|models?|agents?|systems?)|ai\s*[,:])",
    ),
    (
        ("answer", "response", "reply", "output", "summary", "message"),
        r"\b(?:reply|respond|answer|output|print|write|say|include|repeat|add|insert|append)\b[^.\n]{0,40}\b(?:in|to|at the end of|with|into) (?:your|every|each|the) (?:answer|response|reply|output|summary|message)s?\b",
    ),
    (
        ("reply", "respond", "answer", "output", "print", "repeat"),
        r"\b(?:reply|respond|answer|output|print) (?:only|just|exactly|solely)\b|\b(?:only|just|exactly) (?:reply|respond|output|print)\b|\b(?:print|output|repeat) [^.\n]{1,60}(?:nothing else|word for word|verbatim)",
    ),
    (
        (":",),
        r"(?:^|\n|[.!?。]\s|<!--)\s*(?:#+\s*)?(?:system|assistant|developer|ai|user|instructions?)(?: prompt| message| note| override)?\s*:\s",
    ),
    (
        ("<", "[inst", "[/inst"),
        r"<\|(?:im_start|im_end|system|user|assistant|endoftext)|\[/?inst\]|<</?sys>>|</?(?:system|passage|data|evidence|context|instructions?)(?:[\s-][^<>\n]{0,80})?>",
    ),
    (("prompt", "instruction"), r"\bnew (?:system )?(?:instructions?|prompt)\b[^.\n]{0,30}:|\bsystem prompt\b"),
    (
        ("tell the user", "when asked", "when answering", "when summari"),
        r"\btell the user\b|\bwhen (?:asked|answering|summari[sz]ing)\b[^.\n]{0,60}\b(?:say|reply|answer|include|always|never|must)\b",
    ),
    (
        ("忽略", "无视", "忘", "不要"),
        r"(?:忽略|无视|忘记|忘掉|不要(?:理会|遵守|遵循))[^。\n]{0,12}(?:指示|指令|提示词?|要求|规则|上文|上下文|以上|之前|说明)",
    ),
    (("系统", "助手", "开发者"), r"(?:系统|助手|开发者)(?:提示|消息|指令|通知)?\s*[::：]"),
    (
        ("输出", "回复", "打印", "重复", "复述"),
        r"(?:只|仅|只能|仅能|必须)(?:需)?(?:输出|回复|打印)|(?:请|务必)[^。\n]{0,10}(?:输出|重复|复述)[^。\n]{0,20}[“\"「]",
    ),
    (
        ("回答", "回复", "输出", "答案", "总结"),
        r"在?(?:你|您)?的?(?:回答|回复|输出|答案|总结)(?:的?(?:末尾|开头|最后|结尾|中|里))[^。\n]{0,6}(?:加上|加入|插入|写上|附上|包含)",
    ),
    (
        ("作为", "你是", "您是", "致", "给"),
        r"(?:作为|你是|您是)(?:一个|一名|个)?(?:ai|人工智能|大型?|有用的)?(?:语言模型|聊天机器人|助手)|(?:致|给)(?:ai|语言模型|大模型)",
    ),
    (("告诉用户", "当被问", "当用户问"), r"告诉用户|当(?:被问|用户问)"),
)
_COMPILED = tuple((words, re.compile(pattern)) for words, pattern in _PATTERNS)
_AFTER = 1  # sentences behind an instruction that usually are its wording


def without_planted(text: str) -> tuple[str, bool]:
    """The text without sentences that speak to a language model, and whether there were any."""
    if not speaks(text):
        return text, False
    spans = sentences(text)
    hit = [index for index, (start, end) in enumerate(spans) if speaks(text[start:end])]
    if not hit:
        return "", True  # it goes across sentences
    out = {index + step for index in hit for step in range(_AFTER + 1)}
    return " ".join(text[start:end] for index, (start, end) in enumerate(spans) if index not in out), True


def speaks(text: str) -> bool:
    """Whether a text holds words to a language model."""
    low = text.lower()
    return any(pattern.search(low) for words, pattern in _COMPILED if any(word in low for word in words))
