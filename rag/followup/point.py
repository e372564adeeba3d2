"""The pointers of a follow-up with whom and what they mean in their place: `its`, `they`, `that`, 它, 该公司, `both`, `the second one`.

`Which bank is the top pick?` `How fast are its loans growing?` is of the bank that was the answer.
"""

from __future__ import annotations

import re

from rag.followup.frame import Frame, Spot
from rag.followup.marks import AGAIN, ASKS, DATELESS, FORMER, OPENER, OWNER, SHARES
from rag.followup.meant import WHO, Meant, acts, figure_span, is_place, meant_by
from rag.followup.shelf import Shelf
from rag.followup.time import step_of
from rag.followup.write import agreeing, elliptic, placed, upper

_THEY = re.compile(r"\b(?:they|them)\b", re.IGNORECASE)
_IT = re.compile(r"\b(?:it|he|she|him|this one|that one)\b(?!['’])", re.IGNORECASE)
_FIRM = re.compile(
    r"\b(?:the|this|that) (?:company|firm|bank|group|issuer|miner|maker|insurer|brewer)\b(?!['’]| of\b)",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"\bit\b(?=\s+(?:true|likely|possible|clear|fair|correct|safe|too\s+(?:late|early)|matters?|take|takes|took)\b)",
    re.IGNORECASE,
)
_OF_A_HOUSE = re.compile(
    r"\b(?:targets?|ratings?|views?|forecasts?|estimates?|stance|reasons?|arguments?|bull|bear|scenarios?|assumptions?)\b",
    re.IGNORECASE,
)
_HOUSE_DOES = re.compile(
    r"\b(?:they|them|it|he|she|(?:the|that|this) (?:report|note|weekly|author|broker|house|analysts?))\s+(?:\w+ly\s+|also\s+|still\s+)?(?:like|recommend|prefer|say|said|think|thought|argue|write|rate|raise|cut|lift|lower|upgrade|downgrade|expect|forecast|see|set|value|model|assume|believe|give|advise|warn|call|stay|keep|change|get|arrive|come|use|apply|(?:so |more |less |still )?(?:cautious|bullish|bearish|optimistic|positive|negative|sceptical|skeptical|upbeat))",
    re.IGNORECASE,
)
_OPINES = re.compile(r"\b(?:say|think|see|like|recommend|prefer|rate)\b", re.IGNORECASE)
# What a figure does or is, and what is done to one; all else is done by somebody.
_MOVES = r"(?:(?:go|goes|gone|going|went|comes?|came|moved?)\s+(?:up|down|higher|lower)|r[io]s|rose|f[ae]ll|gr[eo]w|increas|decreas|declin|dropp?|chang|improv|worsen|widen|narrow|expand|shr[aiu]nk|slow|accelerat|recover|rebound|jump|slip|hold|held|last|continu|persist|compar|stack|differ)\w*"
_STANDS = r"(?:(?:so|very|too|that|much|still|really|any|a\s+lot|even|again|expected\s+to|going\s+to|likely\s+to|to|be|been|being)\s+)*(?:the\s+same|unchanged|high|low|strong|weak|good|bad|big|small|large|great|fast|slow|more|less|fewer|better|worse|above|below|up|down|ahead|in\s+line|sustainable|realistic|enough|right|peak|deriv|calculat|comput|worked\s+out|based|defin|measur|made|compos|split|broken|com(?:e|es|ing)\s+from|driven|caused|due|spent|blamed|explained|helped|hurt|lifted|boosted|held|raised|cut|lowered|reduced|revised|upgraded|downgraded|approved|announced|launched|signed|completed|agreed|paid|reached|achieved|met|beaten|missed)\w*"
_SUBJECT = re.compile(
    rf"\b(?P<it>it|that|this|they|those|these)\b(?=\s+(?:(?:still|also|only|just|now|ever|not|\w+ly|will|would|can|could|may|might|should|did|does|has|have|had|is|was|are|were|be|been|to|going|expected)\s+)*(?:{_MOVES}|{_STANDS})\b)",
    re.IGNORECASE,
)
_OBJECT = re.compile(
    r"\b(?:drove|drives?|driving|caus\w+|lift\w*|hurt\w*|help\w*|boost\w*|explain\w*|behind|beat\w*|miss\w*|meet|met|reach\w*|rais\w+|cut|lower\w*|chang\w+|keep|kept|achiev\w+|arriv\w+ at|get to|got to|calculat\w+|deriv\w+|affect\w*|weigh\w* on|than|for|of|to|with|about)\s+(?P<it>it|that|this)\b(?=\s*(?:[?,.]|$)|\s+(?:up|down|so|in|by|from|to|at|after|since|again|then|much|last|this|for)\b)",
    re.IGNORECASE,
)
_LOOSE = re.compile(r"\b(?:than|for|of|to|with|about)\s+it\b", re.IGNORECASE)
_NOUN = r"(?:numbers?|figures?|levels?|values?|amounts?|sums?|results?)"
_NAMED = re.compile(
    rf"\b(?P<it>the(?=\s+(?:growth|increase|rise|drop|decline|fall|improvement|gain|change|gap)\s*(?:[?.]|$))|that|this|those|these)\s+(?:{_NOUN}\b|(?=(?P<noun>growth|increase|rise|drop|decline|fall|improvement|gain|cut|guidance|target|forecast|rating|change|gap)\b))",
    re.IGNORECASE,
)
_PORTION = re.compile(
    r"\b(?:how much|what (?:share|percentage|proportion|part)|most|half|any) of (?P<it>it|that|this)\b", re.IGNORECASE
)
_BARE = re.compile(
    r"\b(?P<it>that|this)\b(?=\s*(?:[?.]|$)|\s+(?:is|was|has|had|will|can|could|would|should|may|might|mean|happen|imply|on|in|at|by|than|as|mostly|mainly|because)\b)",
    re.IGNORECASE,
)
_IS_THAT = re.compile(
    r"\b(?:is|was|are|were|does|did|has|will|would)\s+(?P<it>that|this)\b(?!\s+(?:[a-z]+(?:['’]s)?\s+)?[A-Z]|\s+\w+ing\b)"
)
_AGAINST = re.compile(r"\b(?:than|compar\w+|from|versus|vs|against|over)\b", re.IGNORECASE)
_TIMELESS = re.compile(
    r"\b(?:last|can|could|will|would|sustain\w*|continue|hold|think|expect|believe)\b", re.IGNORECASE
)
_THERE = re.compile(
    r"\bthere\b(?!\s+(?:is|are|was|were|any|a|an|be|been|has|have|will)\b)|那里|当地|那边|该厂|该工厂|那个工厂",
    re.IGNORECASE,
)
_EXISTS = re.compile(r"\b(?:is|are|was|were) there\b", re.IGNORECASE)
_ZH_FIRM = re.compile(
    r"它们?(?P<of>的)?|其(?!中|他|它|实|余|次)|(?:该|这家|那家)(?:公司|企业)(?P<of2>的)?|(?:该|这只?)股票?|(?<![家个类些他份的])公司(?=的)"
)
_ZH_HOUSE = re.compile(
    r"(?:[他她]们?|(?:这|该|那)(?:份|篇)?(?:报告|研报|周报))(?=.{0,4}(?:看|认为|预测|预计|说|给|建议|评))|(?:该|这家|那家)(?:行|券商|机构|投行)"
)
_ZH_FOLK = re.compile(r"[他她]们(?P<of>的)?")
_OF_THEN = re.compile(
    r"(?P<of>\s+of(?=\s))?,?\s+(?P<prep>(?:in|at|for|during|on|over)\s+)?(?:that|the\s+same)\s+(?:year|quarter|half|period|month|date|time|day|point)\b(?!\s+(?:of|last|a))|(?:那一?年|当年|同一?年|当时)(?:的)?",
    re.IGNORECASE,
)


def of_then(turn: str, old: Frame) -> str:
    """The question with the time that `that quarter`, `the same period` or 当年 means."""
    return _OF_THEN.sub(lambda match: _of_then(match, old), turn) if old.periods else turn


def figured(turn: str, old: Frame, shelf: Shelf) -> str:
    """The question with the figure that `it` or `that` means, where it does what figures do; else unchanged."""
    own = shelf.read(turn)
    if own.chinese or AGAIN.search(turn) or FORMER.fullmatch(turn):
        return turn
    does = _HOUSE_DOES.search(turn)
    opines = bool(does and does[0][:2].lower() in ("it", "th") and _OPINES.search(does[0]) and not WHO.match(old.text))
    meant = meant_by(old, shelf, opines or bool(_THEY.search(turn)), opines)
    named = _house(turn, own, old, meant)
    made = _figure(named, own, old, meant)
    return turn if made == turn else upper(OPENER.sub("", made))


def pointed(turn: str, old: Frame, shelf: Shelf) -> str:
    """The question with whom its pointers mean; unchanged where it has none, or nothing is known."""
    own = shelf.read(turn)
    if own.chinese:
        house = bool(_ZH_HOUSE.search(turn))
        asks = house or bool(_ZH_FIRM.search(turn) or _ZH_FOLK.search(turn))
        return _in_chinese(own, old, meant_by(old, shelf, asks, house))
    asks = bool(OWNER.search(turn) or _THEY.search(turn) or _IT.search(turn) or _FIRM.search(turn))
    meant = meant_by(old, shelf, asks)
    made = _house(turn, own, old, meant)
    made = _firm(made, own, old, meant)
    made = _place(made, own, old, meant)
    return made if made == turn else upper(OPENER.sub("", made))


def _of_then(match: re.Match[str], old: Frame) -> str:
    """The time that `that quarter` means: `of Q2`, `in Q2`, or Q2 alone where it is what the question is of."""
    period, behind = old.periods[-1].period, match.string[match.end() :]
    if period is None:
        return match[0]
    if not match[0].isascii():
        return f"{period.surface.strip()}的"
    if match["of"]:
        return f" of {period.surface.strip()}"
    return (
        f" {period.surface.strip()}"
        if not match["prep"] and re.match(r"\s+\w", behind)
        else f" {placed(old.periods[-1])}"
    )


def _in_chinese(own: Frame, old: Frame, meant: Meant) -> str:
    text = own.text
    if meant.house and not own.houses and (match := _ZH_HOUSE.search(text)):
        return f"{text[: match.start()]}{meant.house}{text[match.end() :]}"
    firm = meant.firm or "和".join(spot.text for spot in old.firms)
    match = _ZH_FIRM.search(text) or (_ZH_FOLK.search(text) if firm else None)
    if match and meant.house and not own.houses and own.firms:
        firm = meant.house  # 它关于澜屿的核心观点
    if match is None or not firm or any(spot.text in firm for spot in own.firms):
        return _place(text, own, old, meant)
    of = "的" if match[0].endswith("的") or match[0] == "其" else ""
    return OPENER.sub("", f"{text[: match.start()]}{firm}{of}{text[match.end() :]}")


def _house(turn: str, own: Frame, old: Frame, meant: Meant) -> str:
    """`What is their target?` of a house, for the company asked about; `why did they raise it?`."""
    if not meant.house or own.houses or len(old.firms) > 1:
        return turn
    if (their := OWNER.search(turn)) and _OF_A_HOUSE.search(turn) and (meant.told or not own.firms):
        if their[0].lower() != "their" and meant.firm:
            return turn
        made = f"{turn[: their.start()]}{meant.house}'s{turn[their.end() :]}"
        return f"{made.rstrip(' ?')} for {meant.firm}?" if meant.firm and not (own.firms or _IT.search(turn)) else made
    does = _HOUSE_DOES.search(turn)
    if does and (does[0].lower().startswith("the") or _OPINES.search(does[0]) or not meant.firm):
        pronoun = re.match(r"(?:the|that|this) \w+|\w+", does[0], re.IGNORECASE)[0]  # type: ignore[index]
        return f"{agreeing(turn[: does.start()], pronoun)}{meant.house}{turn[does.start() + len(pronoun) :]}"
    return turn


def _figure(turn: str, own: Frame, old: Frame, meant: Meant) -> str:
    """The question with the figure or event in the place of `that`, or of `it` where it is what a figure does: `did it rise?`."""
    if not meant.figure:
        return turn
    match = (
        _PORTION.search(turn)
        or _NAMED.search(turn)
        or _SUBJECT.search(turn)
        or _OBJECT.search(turn)
        or _BARE.search(turn)
        or _IS_THAT.search(turn)
    )
    step = step_of(turn)
    if match is None or (match.re is _OBJECT and _LOOSE.search(match[0])):
        return turn
    if step and step[0] <= match.start("it") < step[1]:
        return turn  # `the quarter before that`
    noun = match.groupdict().get("noun") or ""
    end = match.end("it") if noun and noun.lower() not in meant.figure.lower() else match.end() + len(noun)
    end = end if match.re is _NAMED else match.end("it")
    house = meant.house if meant.house and (DATELESS.search(meant.figure) or not meant.firm) else ""
    head, tail = turn[: match.start("it")], turn[end:]
    if (they := _THEY.search(head)) and meant.firm:
        head = f"{agreeing(head[: they.start()], they[0])}{meant.firm}{head[they.end() :]}"
    owner = house if house and house in head else meant.firm or meant.house
    whose = (
        "the "
        if owner and owner in meant.figure
        else "its "
        if owner and owner in head
        else f"{owner}'s "
        if owner
        else "the "
    )
    what = f"{whose}{meant.figure}" if not (owner and meant.figure.startswith(f"{owner}'s")) else meant.figure
    if owner == house and meant.firm and meant.firm not in turn:
        what += f" for {meant.firm}"
    when = _when(turn, own, old, meant)
    if _AGAINST.search(tail):
        return f"{head}{what}{when}{tail}"
    stem = tail.rstrip(" ?.!")
    return f"{head}{what}{stem}{when}?" if when else f"{head}{what}{tail}"


def _when(turn: str, own: Frame, old: Frame, meant: Meant) -> str:
    """The time of the figure, as it is written behind it."""
    if len(old.periods) != 1 or not old.periods[0].period or _TIMELESS.search(turn):
        return ""
    if (own.periods or step_of(turn)) and not _AGAINST.search(turn):
        return ""
    return "" if old.periods[0].text.strip() in meant.figure else f" {placed(old.periods[0])}"


def _firm(turn: str, own: Frame, old: Frame, meant: Meant) -> str:
    """The question with whom it means in the place of `its`, `they`, `the company`, `the stock`, `it`."""
    several = len(old.firms or old.houses) > 1 and not meant.told
    if several and not re.search(r"\b(?:they|them|their)\b", turn, re.IGNORECASE):
        return turn
    firm = " and ".join(spot.text for spot in old.firms or old.houses) if several else meant.firm or meant.house
    rest = OPENER.sub("", turn).strip()
    if not firm or firm in turn:
        return turn
    if (
        not several
        and own.firms
        and (
            others := re.search(r"\b(?:or|than|with|to|against)\s+(it|them)\b|\b(it|they)\s+or\b", turn, re.IGNORECASE)
        )
    ):
        at = others.span(1) if others[1] else others.span(2)
        return f"{turn[: at[0]]}{firm}{turn[at[1] :]}"
    if own.firms:
        on = re.search(r"\b(?:on|of|for|in|about)\s+(it|that|this)\b(?!\s+\w+ly\b)", turn, re.IGNORECASE)
        figure = old.text[slice(*figure_span(old))]
        return f"{turn[: on.start(1)]}{figure}{turn[on.end(1) :]}" if on and figure and not own.topics else turn
    acting = [spot.end for spot in own.subjects if spot.text[:1].isupper() and acts(spot, turn)]
    for pattern in (OWNER, _FIRM, SHARES, _THEY, *(() if several else (_IT,))):
        match = pattern.search(turn)
        if match and pattern is OWNER and acting and match.start() > acting[0]:
            return turn  # `should the Bank of Japan raise its rate?`
        if match is None or _NOBODY.search(turn) or (pattern is SHARES and not (own.houses or ASKS.search(rest))):
            continue
        mark = "'s" if pattern is OWNER else ""
        if pattern is OWNER and not ASKS.search(rest):
            fragment = rest.lower().startswith(match[0].lower())
            if not (fragment and (meant.told or not old.firms)):
                return turn  # a figure alone takes the place of the one before
            return elliptic(rest[len(match[0]) :].strip(" ?."), Spot(0, 0, firm, "company"), [], False)
        head = turn[: match.start()] if several else agreeing(turn[: match.start()], match[0])
        return f"{head}{firm}{mark}{turn[match.end() :]}"
    return turn


def _place(turn: str, own: Frame, old: Frame, meant: Meant) -> str:
    """`How many people work there?` with the place, or the company, that was asked about."""
    match = _THERE.search(turn)
    if match is None or _EXISTS.search(turn):
        return turn
    places = [spot for spot in old.subjects if is_place(spot)]
    if not places:
        firm = old.firms[0].text if len(old.firms) == 1 else ""
        if own.chinese or not firm or (own.firms and firm not in turn):
            return turn
        return f"{turn[: match.start()]}at {firm}{turn[match.end() :]}"
    behind = next((word for word in old.words if 0 <= word.start - places[0].end <= 1), places[0])
    place = old.text[places[0].start : behind.end]
    if own.chinese:
        return f"{turn[: match.start()]}{place}{turn[match.end() :]}"
    owner = f"{meant.firm}'s " if meant.firm else "the " if " " in place else ""
    return f"{turn[: match.start()]}{'at' if owner else 'in'} {owner}{place}{turn[match.end() :]}"
