"""Follow-up questions as they are written out: an earlier question with more words, or with others in their place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.followup.frame import Frame, Spot, in_chinese
from rag.language.analysis import language
from rag.language.lexicon import expand

STOP = re.compile(r"\s*[?？。.!！]*\s*$")
ARTICLE = re.compile(r"^(?:(?:and|any|some|other|more|the|an?|its|their|your|our)\s+)+", re.IGNORECASE)
OF_A_VIEW = re.compile(
    r"\b(?:targets?|ratings?|guidance|estimates?|forecasts?|outlook|recommendations?|risks?)\b", re.IGNORECASE
)
_PRICE = re.compile(r"\s+(?:spot\s+)?(?:prices?|futures)$|(?<=.)(?:现货)?价格?$", re.IGNORECASE)
_THE = re.compile(
    r"(?:US|UK|EU|UAE|USA|United|euro(?:\s?(?:zone|area))?|Fed|ECB|BO[EJ]|PBOC|IMF|Bank of|Netherlands|Philippines|Gulf|Middle|dollar|yen|yuan|pound)\b"
)
_VERB = re.compile(
    r"\b(?:who|what|how|why|when|where|which|is|are|was|were|do|does|did|has|have|had|will|can|could)\b", re.IGNORECASE
)
_SAYS = re.compile(
    r"\b(?:say|says|said|thinks?|bullish|bearish|cautious|optimistic|positive|negative)\b", re.IGNORECASE
)
_FIGURES = frozenset({"metric", "line_item", "rating"})
_NO_FIGURE = re.compile(r"^(?:why|how|who|any|as|per|in|of)\b|\b(?:by|and)\b", re.IGNORECASE)
_AT = re.compile(r"\s+(?:in|at|for|as of)\s.*$")
_PLURAL = re.compile(r"[a-z]{3}(?<![sui])s$")
AHEAD = re.compile(
    r"\b(?:targets?|ratings?|guidance|outlook|forecasts?|estimates?)\b|20[2-9]\de\b|目标|评级|预测|预计|展望|风险|观点",
    re.IGNORECASE,
)
_WHOLE_ZH = re.compile(r"[谁哪吗怎何什多几]|为什么|是|呢$")
OWNER_ZH = re.compile(r"^(?:[他她它]们?的|其|该公司的?)")
_BARE_ZH = re.compile(r"[^吗了为怎如何什谁哪多几有是给对]{1,10}呢?")


def with_words(question: str, words: Sequence[str], chinese: bool) -> str:
    """A question with more words before its question mark."""
    words = [word.strip() for word in words if word.strip()]
    if not words:
        return question
    return f"{STOP.sub('', question)} ({('、' if chinese else ', ').join(words)})?"


def with_spots(question: str, spots: Sequence[Spot]) -> str:
    """A question with whom and when it asks about, in words: `… for Foo in 2024?`; anything else in brackets behind it."""
    spots = [spot for spot in spots if _carried(spot).lower() not in question.lower()]
    chinese = in_chinese(question)
    brokers = [spot.text for spot in spots if spot.kind == "broker"]
    others = [spot.text for spot in spots if spot.kind in ("company", "name", "index")]
    times = [spot for spot in spots if spot.kind == "period"]
    rest = [spot.text for spot in spots if spot.kind not in ("broker", "company", "name", "index", "period")]
    stem = STOP.sub("", question)
    if chinese:
        whom = "和".join(brokers) + ("对" if brokers and others else "") + "和".join(others)
        when = "和".join(dict.fromkeys(_carried(spot) for spot in times))
        stem = OWNER_ZH.sub("", stem) if whom else stem
        of = "的" if whom and not when and _BARE_ZH.fullmatch(stem) else ""
        stem = joined(joined(whom, when) + of, stem.removesuffix("呢"))
    else:
        stem += f" from {' and '.join(brokers)}" if brokers else ""
        if others:
            stem += f" {'on' if brokers or _SAYS.search(question) else 'for' if OF_A_VIEW.search(question) or not _VERB.search(question) else 'at'} {' and '.join(others)}"
        if times:
            stem += f" {placed(times[0])}" + "".join(f" and {_carried(spot)}" for spot in times[1:])
    return upper(with_words(f"{stem}?", rest, chinese))


def swapped(question: str, swaps: Sequence[tuple[Spot, str]]) -> str:
    """A question with other words in the place of some of its pieces; a piece left out takes its joint with it."""
    out = question
    for spot, words in sorted(swaps, key=lambda swap: -swap[0].start):
        head, tail = out[: spot.start], out[spot.end :]
        if words:
            lead = re.match(r"(?:in|for|during|of|on)\s+(?:the\s+)?", spot.text, re.IGNORECASE)
            keeps = (
                spot.kind == "period"
                and lead
                and not re.match(
                    r"(?:in|for|during|of|on|before|after|since|until|by|from|at|as)\b", words, re.IGNORECASE
                )
            )
            words = lead[0] + words if keeps and lead else words
            if spot.kind in ("subject", "name", "word"):
                words = _with_price(spot.text, words)
                head, words = _with_article(head, spot.text, words)
        else:
            head = re.sub(
                r"\s*(?:,|、|&|\band\b|\bor\b|\bwith\b|\bversus\b|\bvs\.?|和|与|及|跟|对比)\s*$",
                "",
                head,
                flags=re.IGNORECASE,
            )
        out = head + words + tail
    return out


def _with_price(old: str, new: str) -> str:
    """A new thing with the word for its price where that belongs to the old one: `copper price`, 铜价."""
    price = _PRICE.search(old)
    return new if price is None or _PRICE.search(new) or language(old) != language(new) else new + price[0]


def _with_article(head: str, old: str, new: str) -> tuple[str, str]:
    """What stands in front and a new name, with `the` where it takes one: `the Fed`, `China`."""
    behind = re.search(r"\bthe\s+$", head, re.IGNORECASE)
    if _THE.match(new):
        return head, new if behind or re.search(r"\ban?\s+$|['’]s?\s+$", head) else f"the {new}"
    return (head[: behind.start()] if behind and _THE.match(old) else head), new


def elliptic(topic: str, name: Spot, period: Sequence[Spot], chinese: bool, asks: str = "") -> str:
    """`capex` as `What was Foo's capex in FY2023?`; what is no figure, as `What about Foo's strategy?`."""
    topic = ARTICLE.sub("", topic)
    when = period[0].text.strip() if period else ""
    when = re.sub(
        r"^(?:fiscal|financial|quarter|half|year|three|six|nine|twelve)\b", r"the \g<0>", when, flags=re.IGNORECASE
    )
    kinds = {found.kind for found in expand(topic)}
    if chinese:
        figure = kinds & _FIGURES and not _WHOLE_ZH.search(topic)
        asks = asks or ("是什么" if "rating" in kinds or topic.endswith("评级") else "是多少" if figure else "")
        time = period[0].period.surface.strip() if period and period[0].period else when
        return f"{joined(name.text, time)}的{topic}{asks}?"
    joint = "" if not when or (" " in when and when.split()[0].islower() and when.split()[0] != "the") else "in "
    asks = "What about"
    if kinds & _FIGURES and not _NO_FIGURE.search(topic):
        verb = ("were", "are") if _PLURAL.search(_AT.sub("", topic)) else ("was", "is")
        asks = f"What {verb[0] if when and not AHEAD.search(f'{topic} {when}') else verb[1]}"
    return f"{asks} {name.text}'s {topic}{' ' if when else ''}{joint}{when}?"


def bracketed(question: str, carried: Sequence[Spot], more: Sequence[str] = ()) -> str:
    """A question with what it takes over."""
    spots = list({_carried(spot).lower(): spot for spot in carried}.values())
    whole = with_spots(question, spots) if spots else question
    more = [word for word in more if word.lower() not in whole.lower()]
    return with_words(whole, more, in_chinese(question)) if more else whole


def _carried(spot: Spot) -> str:
    """A piece as it is taken over: of a time its own words, with how long it is where only its last day is named."""
    if spot.period is None:
        return spot.text
    if re.search(r"\bend(?:ed|ing)\b", spot.text, re.IGNORECASE):
        return re.sub(r"^(?:in|for|during|of|on)\s+(?:the\s+)?", "", spot.text.strip(), flags=re.IGNORECASE)
    return spot.period.surface.strip()


def placed(spot: Spot) -> str:
    """A time with the small word that places it: what was so at the end of a year is asked of the year."""
    when = re.sub(r"^(?:in|for|during|of|on)\s+(?:the\s+)?", "", _carried(spot).strip(), flags=re.IGNORECASE)
    lead = re.match(r"(?:in|for|during|on)\s+(?:the\s+)?", spot.text, re.IGNORECASE)
    if re.match(r"(?:last|this|next|before|after|since|until|by)\b|.*\b(?:ago|earlier|later)$", when, re.IGNORECASE):
        return when
    if re.search(r"\bend(?:ed|ing)\b", when, re.IGNORECASE):
        return f"in the {when}"
    return f"{lead[0] if lead else 'on ' if spot.period and spot.period.kind == 'day' else 'in '}{when}"


def upper(question: str) -> str:
    """A question with a capital letter at its beginning."""
    return question[:1].upper() + question[1:]


def agreeing(head: str, pronoun: str) -> str:
    """What stands in front of `they`, where one name takes its place: `when do`, `when does`."""
    if pronoun.lower() != "they":
        return head
    one = {"do": "does", "are": "is", "were": "was", "have": "has"}
    return re.sub(
        r"\b(do|are|were|have)(\s+)$", lambda match: one[match[1].lower()] + match[2], head, flags=re.IGNORECASE
    )


def joined(*pieces: str) -> str:
    """Pieces of a Chinese question side by side, with a space between Latin letters or figures of two."""
    whole = ""
    for piece in pieces:
        whole += (" " if whole[-1:].isascii() and whole and piece[:1].isascii() and piece else "") + piece
    return whole


_ORDINAL = re.compile(
    r"^\W*(?:(?:and|what about|how about|so|then)\s+)*(?:(?:in|for|during|of)\s+)?(?:the\s+)?(?P<nth>first|second|third|fourth)\W*$",
    re.IGNORECASE,
)
_YEAR_END = re.compile(
    r"^\W*(?:(?:and|what about|how about|so)\s+)*(?:(?:at|by|for|in)\s+)?(?:the\s+)?(?:(?P<at>end|middle)\s+of\s+the\s+year|year[- ]end)\W*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_THE_ONE = re.compile(r"\bthe one (?P<way>before|after)\b", re.IGNORECASE)


def with_unit(question: str, old: Frame) -> str:
    """`And in the third?` after a question on the first quarter asks for the third quarter, `end of the year?` for that of
    its year."""
    if (closing := _YEAR_END.match(question)) and old.periods and (year := _YEAR.search(old.periods[-1].text)):
        return f"{closing['at'] or 'end'} of {year[0]}?"
    match, one = _ORDINAL.match(question), _THE_ONE.search(question)
    kinds = [spot.period.kind for spot in old.periods if spot.period]
    if one and kinds and kinds[-1] in ("quarter", "half", "year", "month", "week"):
        return f"{question[: one.start()]}the {kinds[-1]} {one['way']}{question[one.end() :]}"
    if match is None or len(old.names) > 1 or not kinds or kinds[-1] not in ("quarter", "half"):
        return question
    return f"{question[: match.end('nth')]} {kinds[-1]}{question[match.end('nth') :]}"
