"""What the words of a sentence turn round, figures apart: ``bought`` for sold, what is done for what is to come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.figures.context import Reading
from rag.language.analysis import small_letters
from rag.verify.deeds import misdone
from rag.verify.ratings import other_rating

# Words that exclude each other where they are said of one thing; and parts of them, one of which is looked for first.
_OPPOSITES = tuple(
    (re.compile(one), re.compile(two), tuple(parts.split()))
    for one, two, parts in (
        (r"增持", r"减持", "增持 减持"),
        (r"买入|购金|净买|\b(?:bought|buys?|acquire[sd]?|purchase[sd]?)\b", r"卖出|净卖|抛售|\b(?:sold|sells?|divest(?:s|ed)?|dispose[sd]?)\b", "买 购 卖 抛 bought buy acquire purchase sold sell divest dispose"),
        (r"\btax (?:expense|charge)\b", r"\btax (?:benefit|credit)\b", "tax"),
        (r"收购|购入", r"出售|剥离", "收购 购入 出售 剥离"),
        (r"进口", r"出口", "进口 出口"),
        (r"[降跌减增涨]幅[^,，;；。]{0,12}(?:收窄|缩小)", r"[降跌减增涨]幅[^,，;；。]{0,12}(?:扩大|走阔)", "收窄 缩小 扩大 走阔"),
        (r"\bnet cash\b(?! (?:flow|provided|used|from|generated|in?flow|outflow))|净现金(?!流)", r"\bnet debt\b|净负债|净债务", "cash debt 净现金 净负债 净债务"),
        (r"支持|赞成", r"反对", "支持 赞成 反对"),
        (r"启动|恢复", r"终止|暂停|中止", "启动 恢复 终止 暂停 中止"),
        (r"\bimports?\b", r"\bexports?\b", "import export"),
        (r"\b(?:sooner|earlier|faster) than (?:planned|expected|scheduled)|\bahead of (?:schedule|plan)", r"\b(?:later|slower) than (?:planned|expected|scheduled)|\bbehind (?:schedule|plan)", "planned expected schedule plan"),
        (r"\b(?:get|gets|getting|do|does|become|becomes)? ?(?:better)\b|\bimprov(?:e|es|ed|ing)\b", r"\bworse\b|\bworsen(?:s|ed|ing)?\b|\bdeteriorat(?:e|es|ed|ing)\b", "better improv worse deteriorat"),
        (r"\bopen(?:s|ed)\b", r"\bclos(?:es|ed) (?:down|stores|plants)", "open clos"),
        (r"\bshort-term\b|短期", r"\blong-term\b|长期", "short-term long-term 短期 长期"),
        (r"\bupstream\b|上游", r"\bdownstream\b|下游", "upstream downstream 上游 下游"),
        (r"\bdomestic(?:ally)?\b|国内|境内", r"\b(?:overseas|abroad)\b|海外|境外", "domestic overseas abroad 国内 境内 海外 境外"),
        (r"\b(?:kept|keeps?|retain(?:s|ed)?|maintain(?:s|ed)?|reiterate[sd]?|confirm(?:s|ed)?)\b", r"\b(?:withdr[ae]ws?|withdrawn|abandon(?:s|ed)?|scrap(?:s|ped)?|drops? (?:its|the|their|our) (?:\w+ )?(?:rating|guidance|target))\b", "keep kept retain maintain reiterat confirm withdr abandon scrap drop"),
        (r"\baccept(?:s|ed)?\b", r"\b(?:reject(?:s|ed)?|refuse[sd]?|turn(?:s|ed)? down)\b", "accept reject refuse turn"),
        (r"\b(?:continu(?:e|es|ed|ing)|ongoing|goes ahead|going ahead|remains? in place)\b", r"\b(?:suspend(?:s|ed)?|halt(?:s|ed)?|cancel(?:s|led)?|terminate[sd]?|ceased?|discontinued?)\b", "continu ongoing ahead remain suspend halt cancel terminat ceas discontinu"),
        (r"\bapprove[sd]?\b|批准|获批", r"\breject(?:s|ed)?\b|否决|驳回", "approve reject 批准 获批 否决 驳回"),
    )
)  # fmt: skip
_PROFIT = re.compile(
    r"\b(?P<kind>net|gross|operating|pre-?tax)\s+(?P<noun>profits?|margins?|loss(?:es)?)\b|(?P<zh>净利润?率?|毛利润?率?|(?:营业|经营)利润率?|归母净利润?)"
)
_SAYS_PROFIT = ("profit", "margin", "loss", "利", "净")
_BARE_PROFIT = re.compile(r"\b(?:profits?|earnings|income|loss(?:es)?)\b|利润|盈利|亏损|业绩")


def contrast(wanted: Reading, passages: Sequence[Reading], derived: bool) -> str:
    """Why the words contradict the passages, empty when nothing is seen; ``derived``: a figure, so perhaps a margin, was worked
    out, which they need not name."""
    small = small_letters(wanted.text)
    texts = [small_letters(passage.text) for passage in passages]
    return (
        _opposite(small, texts)
        or ("" if derived else _profit(small, texts))
        or misdone(wanted.text, [passage.text for passage in passages])
        or other_rating(small, texts)
    )


def _opposite(sentence: str, passages: Sequence[str]) -> str:
    """A word whose opposite the passages have, and not the word itself."""
    for first, second, parts in _OPPOSITES:
        for one, two in ((first, second), (second, first)) if any(map(sentence.__contains__, parts)) else ():
            said = one.search(sentence)
            if said is None or two.search(sentence) or any(one.search(text) for text in passages):
                continue
            there = next((match for text in passages if (match := two.search(text))), None)
            if there is not None:
                return f"it says {said[0].strip()} where the cited passage says {there[0].strip()}"
    return ""


def _profit(sentence: str, passages: Sequence[str]) -> str:
    """Net for gross or operating, where the passages name that kind of profit alone."""
    there = {each for text in passages for each in _profits(text)}
    for noun, kind, words in sorted(_profits(sentence)):
        others = {other: said for what, other, said in sorted(there) if what == noun}
        if not others or kind in others:
            continue
        if not any(_BARE_PROFIT.search(_PROFIT.sub(" ", text)) for text in passages):
            return f"the cited passage says {min(others.values())}, not {words}"
    return ""


@lru_cache(maxsize=2048)
def _profits(small: str) -> frozenset[tuple[str, str, str]]:
    """Profit or margin, of which kind, in which words."""
    found = set()
    for match in _PROFIT.finditer(small) if any(map(small.__contains__, _SAYS_PROFIT)) else ():
        if match["zh"]:
            word = match["zh"]
            kind = "net" if "净" in word else "gross" if "毛" in word else "operating"
            noun = "margin" if word.endswith("率") else "profit"
        else:
            kind, noun = match["kind"].replace("-", ""), match["noun"].rstrip("s").replace("losse", "loss")
            noun = "profit" if noun.startswith("los") else noun
        found.add((noun, kind, match[0]))
    return frozenset(found)
