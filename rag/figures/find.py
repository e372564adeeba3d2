"""Every figure of a text, with its exact characters and its value in plain units, English and Chinese.

``27.5bn`` and ``275亿`` are both 27,500,000,000; ``0.5 pct pts`` and ``50bp`` are both 0.5 points; ``(1,577)`` is -1577.
Values are ``Decimal``, so equal figures are equal. Nothing here says whether a figure is right: see ``rag.verify.sentence``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from rag.figures import words
from rag.figures.dates import BETWEEN_RANGE, as_year, find_dates
from rag.figures.figure import Figure, Kind, written
from rag.figures.parts import parts_in
from rag.language.analysis import CJK, HALF_WIDTH, small_letters

_HALF_WIDTH = HALF_WIDTH | {0x2212: 0x2D, 0x2010: 0x2D, 0x2011: 0x2D}
# A negative amount whose scale stands behind its brackets: `$(7.7) billion`.
_IN_BRACKETS = re.compile(r"\((\d{1,3}(?:,\d{3})*(?:\.\d+)?)\)(?=\s(?:billion|million|trillion|thousand|bn|mn)\b)")
_WIDE = re.compile(f"[{''.join(map(chr, _HALF_WIDTH))}]")
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?|(?<!\d)\.\d+)"
_CHINESE = "零〇一二两三四五六七八九十百千"
_WORD = "|".join(sorted(words.NUMBER_WORDS, key=len, reverse=True))
_RATIO = rf"(?<![\d:.A-Za-z]){_NUMBER}\s?:\s?{_NUMBER}(?![\d:])"
_CHINESE_CORE = (  # 三十五, 三点五, 三亿五千万, 两万四千
    rf"(?P<percent>百分之)?(?P<chinese>(?<![第数几{_CHINESE}])[{_CHINESE}]+"
    rf"(?:点[{_CHINESE}]+|亿[{_CHINESE}]+万|万零?[一二两三四五六七八九][千百十][{_CHINESE}]*(?![亿万]))?)"
)
_WORDED = rf"(?<![\w-])(?:(?P<word>{_WORD})|(?P<ordinal>{'|'.join(words.ORDINALS)}))\b(?!-(?!percentage|per-?cent|basis|point|day|week|month)[a-z])"
_CORE = re.compile(rf"(?P<ratio>{_RATIO})|(?P<number>{_NUMBER})|{_CHINESE_CORE}|{_WORDED}")
# The same for text without Chinese characters: each alternative is tried at every character.
_PLAIN_CORE = re.compile(
    rf"(?=[\d.])(?:(?P<ratio>{_RATIO})|(?P<number>{_NUMBER}))|{_WORDED}|(?P<percent>(?!))(?P<chinese>(?!))"
)
_LEADING = words.either(
    each
    for each in words.CURRENCIES
    if each not in ("元", "rs", "分钱", "港仙", "won", "yen", "pence", "便士")
    and "cent" not in each
    and "dollars" not in each
)
_BEFORE = re.compile(
    rf"(?P<open>\()?\s?(?P<sign>[-+–—]\s?)?(?:(?<![A-Za-z])(?P<currency>{_LEADING})\s{{0,2}})?(?P<inner>[-+])?\Z"
)
_BEFORE_ENDS = tuple("( - + – —".split()) + tuple(form for form in words.CURRENCIES)
_BEFORE_LABEL = frozenset(".-–")
_ATTACHED = words.either(each for each in words.SCALES if each in ("k", "m", "b", "t", "tr"))
_SPACED = words.either(each for each in words.SCALES if each not in ("k", "m", "b", "t", "tr"))
_UNITS: dict[str, tuple[Kind, str, Decimal]] = {
    **{each: ("number", "count", Decimal(1)) for each in words.COUNTS},
    **{each: ("number", unit, Decimal(factor)) for each, (unit, factor) in words.MEASURES.items()},
    **{each: ("multiple", "", Decimal(1)) for each in words.MULTIPLES},
    **{each: ("percent", "", Decimal(1)) for each in words.PERCENT},
    **{each: ("percent", "pct", Decimal(1)) for each in words.LOOSE_PERCENT},
    **{each: ("points", "", Decimal(1)) for each in words.POINTS},
    **{each: ("points", "", Decimal("0.01")) for each in words.BASIS_POINTS},
}
_CURRENCIES = words.CURRENCIES | {"p": "pence"}  # `2.6p a share`
_NO_UNIT: tuple[Kind, str, Decimal] = ("number", "", Decimal(1))
_POWERS = {scale: Decimal(10) ** power for scale, power in words.SCALES.items()}
_NOTHING = _BEFORE.search("")  # for a number with neither sign nor currency before it
_AFTER = re.compile(
    rf"(?:(?P<letter>{_ATTACHED})|\s{{0,2}}-?(?P<scale>{_SPACED}))?"
    rf"(?:(?:\s|-(?=cent|pence|dollar|euro|yuan))?(?P<currency>{words.either(words.CURRENCIES)}|p(?![a-z\d]))(?!\s?[-+]?\d)|(?:\s?-?\s?)(?P<unit>{words.either(_UNITS)}))?"
)
_NO_UNIT_BEGINS = tuple(",;.):|")  # no scale, currency or unit does
_LABEL_BEFORE = re.compile(r"(?<![A-Za-z])[A-Za-z][A-Za-z0-9.]{0,9}[-–.]?$")
_LABEL_AFTER = re.compile(r"(?!-strong\b)[.\-]?[A-Za-z][\w.\-]{0,9}(?![A-Za-z])", re.ASCII)
_ORDINAL_ENDS = ("st", "nd", "rd", "th")
_CJK = re.compile(rf"[{CJK}]")
_WHOLE = 10_000  # a number in characters from here on counts something, with or without a unit
_UNIT_BEFORE = re.compile(r"单位\s?(?:均?[为是]|:)?\s?(?:人民币)?$")
_SAYS_PERCENT = ("%", "percent", "per cent")
_BOUND_BEHIND = re.compile(r"(?P<over>以上| or (?:more|above)\b)|(?P<under>以[下内]| or (?:less|fewer|below)\b)")
_ZH_VERB = re.compile(
    r"成[为本交立功长果员份品分熟都]|[年日]初|年[终末]|倍[增受感数]|个性|部[分门署]|位[于居列置]|条件|项目|名[列义单]"
)


def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a text in order, without overlaps; periods and dates among them (kind ``period``)."""
    return _figures(text)


@lru_cache(maxsize=4096)
def times_in(text: str) -> tuple[Figure, ...]:
    """The periods and dates of ``figures(text)``, in a third of its time."""
    plain = _half_width(text)
    found = list(find_dates(plain))
    taken = {place for figure in found for place in range(figure.start, figure.end)}
    for match in _YEAR_ALONE.finditer(plain) if "19" in plain or "20" in plain else ():
        if taken.isdisjoint(range(*match.span())):
            year = as_year(plain, Figure("number", match[0], *match.span()), found)
            found += [year] if year.kind == "period" else []
    return _as_written(found, text)


def _as_written(found: Iterable[Figure], text: str) -> tuple[Figure, ...]:
    """Figures in order, each with the characters that it has in the text."""
    return tuple(
        figure if figure.text == (shown := text[figure.start : figure.end]) else written(figure, shown)
        for figure in sorted(found, key=lambda figure: figure.start)
    )


_YEAR_ALONE = re.compile(r"(?<![\w.,$€£¥%+-])(?:19|20)\d\d(?:\s?年)?(?![\d.,]*\d|\s?[a-z%])")


def _half_width(text: str) -> str:
    return text.translate(_HALF_WIDTH) if not text.isascii() and _WIDE.search(text) else text


@lru_cache(maxsize=4096)
def _figures(text: str) -> tuple[Figure, ...]:
    plain = _half_width(text)
    if ")" in plain and "(" in plain:
        plain = _IN_BRACKETS.sub(r"-\1 ", plain)
    small = small_letters(plain)
    found = list(find_dates(plain))
    taken = {place for figure in found for place in range(figure.start, figure.end)}
    for part in parts_in(small):
        if taken.isdisjoint(range(part.start, part.end)):
            found.append(part)
            taken.update(range(part.start, part.end))
    numbers: list[Figure] = []
    for match in _cores(small, found):
        if numbers and match.start() < numbers[-1].end:
            continue  # the scale of the number before: 百万 in 6.58百万
        if taken.isdisjoint(range(*match.span())):
            figure = _number(small, text, match, numbers[-1].end if numbers else -1)
            if figure and (not numbers or figure.start >= numbers[-1].end):
                numbers.append(figure)
    found.extend(_inherited(plain, [as_year(plain, number, found) for number in numbers]))
    return _as_written(found, text)


def _cores(small: str, times: Sequence[Figure]) -> Iterator[re.Match[str]]:
    """Where numbers stand in a text of small letters; of `Q4 2023: 78` that behind the period, which are no ratio."""
    pattern = _PLAIN_CORE if small.isascii() else _CORE
    at = 0
    while match := pattern.search(small, at):
        at = match.end()
        if match["ratio"] and (cut := next((each.end for each in times if match.start() < each.end < at), 0)):
            at = cut
            continue
        yield match


def _number(text: str, shown: str, core: re.Match[str], previous_end: int) -> Figure | None:
    """One number with what stands before and after it; None for a numeral that is part of a word.

    ``text`` is of small letters, ``shown`` as it was: that is many times faster than to try both cases of each.
    """
    if core["ratio"]:
        start, end = core.span()
        return Figure("ratio", shown[start:end], start, end, unit=re.sub(r"\s", "", core[0]))
    window = max(previous_end, core.start() - 14, 0)
    lead = text[window : core.start()]
    if not core["number"] and _UNIT_BEFORE.search(lead):
        return None  # 单位:百万元 is a scale and no million
    before = _BEFORE.search(lead) if lead.rstrip().endswith(_BEFORE_ENDS) else _NOTHING
    end = core.end()
    after = _AFTER.match(text, end, end if text[end : end + 1] in _NO_UNIT_BEGINS else len(text))
    assert before is not None and after is not None  # every part of the patterns is optional
    if core["number"] and not before["currency"]:
        label = _label(text, shown, core, after)
        if label:
            return label
    value = _value(core)
    if value is None or not _is_figure(text, core, after, value):
        return None
    if after["unit"] and text[after.end() : after.end() + 1] == "半":
        value += Decimal("0.5")  # 两成半
    kind, unit, currency, factor, scaled = _measure(text, core, before, after)
    sign, unsure, start, end = (
        (0, False, core.start(), after.end())
        if before is _NOTHING
        else _sign(text, before, window, previous_end, after, kind)
    )
    if text.endswith(("negative ", "minus "), 0, start) and not text.endswith(("or minus ", "/minus "), 0, start):
        sign, unsure = -1, False
    about, bound = _hedge(text, start, after.end())
    about = about or (after["unit"] == "成" and not bound)  # it is round by nature
    numbered = text.endswith(("no. ", "no."), 0, core.start())  # No. 2 of something
    worded = not core["number"] and not core["percent"] and kind == "number"
    return Figure(
        kind,
        shown[start:end],
        start,
        end,
        value=value * factor,
        sign=sign,
        unsure=unsure,
        unit=unit,
        currency=currency,
        scaled=scaled,
        factor=factor,
        step=factor.scaleb(int(value.as_tuple().exponent)),
        about=about,
        bound=bound,
        soft=(worded or numbered) and not scaled and value < _WHOLE and unit in ("", "count", "month", "week", "day"),
    )


def _measure(
    text: str, core: re.Match[str], before: re.Match[str], after: re.Match[str]
) -> tuple[Kind, str, str, Decimal, bool]:
    """Kind, unit, currency, what the shown number is multiplied with, and whether it has a scale of its own."""
    named = after["unit"]
    kind, unit, factor = _UNITS[" ".join(named.split())] if named else _NO_UNIT
    if core["percent"]:  # 百分之三十
        kind, unit, factor = "percent", "", Decimal(1)
    if unit == "percent":  # 三成
        kind, unit = "percent", ""
    if unit == "pct" and _CJK.search(text):
        kind, unit = "points", ""  # Chinese writers mean percentage points by it
    if named in ("points", "point") and not any(map(text.__contains__, _SAYS_PERCENT)):
        kind, unit, factor = _NO_UNIT  # of an index
    scale = after["letter"] or after["scale"] or ""
    if scale == "t" and not before["currency"]:
        unit, scale = "ton", ""
    currency, behind = (_CURRENCIES.get(each or "", "") for each in (before["currency"], after["currency"]))
    if currency and behind and not words.alike(currency, behind):
        currency = f"{currency}/{behind}"  # it contradicts itself, and agrees with nothing
    currency = currency or behind
    if currency in words.HUNDREDTHS:
        factor = factor / 100
    if currency and kind == "number":
        kind = "money"
    return kind, unit, currency, factor * _POWERS[scale] if scale else factor, bool(scale)


def _hedge(text: str, start: int, end: int) -> tuple[bool, int]:
    """Whether a number is approximate, and whether it is a lower (1) or an upper (-1) bound."""
    before = text[max(0, start - 16) : start]
    maybe = before.rstrip().endswith(words.HEDGE_ENDS) or "exceed" in before
    hedge = words.HEDGE.search(before) if maybe else None
    if hedge is None or hedge["about"]:
        if hedge is None and (behind := _BOUND_BEHIND.match(text, end)):
            return False, 1 if behind["over"] else -1
        return hedge is not None or text.startswith("左右", end), 0
    return False, 1 if hedge["over"] or hedge["under"].lower() == "no less than" else -1


def _value(core: re.Match[str]) -> Decimal | None:
    if core["number"]:
        return Decimal(core["number"].replace(",", ""))
    if core["ordinal"]:
        return Decimal(words.ORDINALS[core["ordinal"].lower()])
    if core["word"]:
        return Decimal(words.NUMBER_WORDS[core["word"].lower()])
    return words.chinese_number(core["chinese"])


def _is_figure(text: str, core: re.Match[str], after: re.Match[str], value: Decimal) -> bool:
    """Whether a numeral in words or characters counts something: 三成, 五年, `two million`, `three`; not 一般 or `one`."""
    if core["number"] or core["percent"]:
        return True
    if core["ordinal"]:
        return True
    if core["word"]:
        return value > 1 or bool(after["scale"]) or (after["unit"] or "") in words.POINTS | words.PERCENT
    if value >= _WHOLE:  # 三亿五千万
        return True
    if not (after["unit"] or after["scale"] or after["currency"]) or _ZH_VERB.match(text, max(after.start("unit"), 0)):
        return False
    return value > 1 or bool(after["scale"]) or (after["unit"] or "") in ("成", "倍")


def _label(text: str, shown: str, core: re.Match[str], after: re.Match[str]) -> Figure | None:
    """A number that is part of a name or a code: `GPT-4`, `5G`, `300014.SZ`, `00700`."""
    last = text[core.start() - 1 : core.start()]
    joined = last.isalnum() or last in _BEFORE_LABEL
    before = _LABEL_BEFORE.search(text, max(0, core.start() - 16), core.start()) if joined else None
    end = core.end()
    tail = _LABEL_AFTER.match(text, end) if after.end() == end or (before and last.isalpha()) else None  # `AI2B`
    if tail and tail[0] in _ORDINAL_ENDS:
        tail = None  # `16th of 31`
    if before and (before[0][-1] in "-–." and (tail is None and text[end : end + 1] == "%")):
        before = None  # `sales-5%` is no name
    code = len(core[0]) > 1 and core[0].isdigit() and core[0][0] == "0" and after.end() == end
    if before is None and tail is None and not code:
        return None
    start = before.start() if before else core.start()
    end = tail.end() if tail else end
    return Figure("label", shown[start:end], start, end, unit=text[start:end].rstrip(".-").lower())


_ON_YEAR = ("yoy", "qoq", "mom", "wow", "y/y", "q/q", "m/m")  # `yoy-2%` has a minus


def _sign(
    text: str, before: re.Match[str], window: int, previous_end: int, after: re.Match[str], kind: Kind
) -> tuple[int, bool, int, int]:
    """Sign, whether it is unsure, and the figure's span, with its sign, currency and accounting brackets."""
    first = next((before.start(name) for name in ("sign", "currency", "inner") if before[name]), before.end())
    start, end = window + first, after.end()
    mark = (before["inner"] or before["sign"] or "").strip()
    if mark and not before["inner"]:
        left = text[max(0, start - 1) : start]
        # After a figure it is a range (10-15), after a Latin word a hyphen; both leave the number alone.
        compared = text[max(0, start - 3) : start] in _ON_YEAR
        if left and not compared and (previous_end >= start or (left.isascii() and (left.isalnum() or left in "%)"))):
            return 0, False, start + len(before["sign"]), end
    if mark:
        spaced = before["sign"] is not None and before["sign"] != before["sign"].rstrip()
        return (1, False, start, end) if mark == "+" else (-1, spaced or mark == "—", start, end)
    if before["open"] and text[end : end + 1] == ")":
        # (1,234) is a negative amount; ($3.1bn), (5.2%) may as well be an aside or last year's figure.
        bare = kind == "number" and text[end - 1 : end].isdigit() and not before["currency"]
        if not bare or "," in text[start:end] or "." in text[start:end]:
            return -1, not bare, window + before.start("open"), end + 1
    return 0, False, start, end


_AND = re.compile(r"[^.;\d]{0,24}\b(?:and|but|yet)\s(?:by\s)?", re.IGNORECASE)
_ON_THE = re.compile(
    r"\s(?:on the (?:year|quarter|month|week)|yoy|qoq|year[- ]on[- ]year|quarter[- ]on[- ]quarter)\b", re.IGNORECASE
)
_BETWEEN_LIST = re.compile(r"\s*(?:[/、,]|,?\s*(?:and|or)\b|和|及|与)\s*", re.IGNORECASE)


_ASIDE = re.compile(r"\s?[(（][\d,.]+[)）]")


_CAME_FROM = re.compile(r",?\s(?:up\s|down\s)?(?:from|versus|vs\.?|against|compared\s(?:with|to))\s", re.IGNORECASE)
_NO_UNIT_BEHIND = re.compile(r"\s*(?:[,;)\n]|\.(?!\d)|$)|\s(?:in|at|a|the|last|on|before|previously)\b", re.IGNORECASE)


def _set_beside(here: Figure, last: Figure, text: str) -> bool:
    """Whether a bare number stands alone in brackets or behind `from` after a figure, as what that was before: `11.0% (13.8)`,
    `SEK 14,320m (15,010)`, `78 basis points from 61`; the number of a note is a small one."""
    if here.kind != "number" or here.unit or here.scaled or here.currency:
        return False
    if last.kind not in ("percent", "points", "money", "multiple") or not last.value:
        return False
    alone = any(_ASIDE.fullmatch(text, last.end, end) for end in (here.end, here.end + 1)) or (
        last.kind in ("percent", "points")
        and _CAME_FROM.fullmatch(text, last.end, here.start)
        and _NO_UNIT_BEHIND.match(text, here.end)
    )
    return bool(alone) and 1 <= 5 * here.value / (last.value / last.factor) <= 25


def _inherited(text: str, numbers: list[Figure]) -> list[Figure]:
    """Bare numbers take scale and unit from the next one in a range or list: `10-15%`, `1.2, 1.4 and 1.6 billion`."""
    out = list(numbers)
    for index in range(1, len(out)):
        here, last = out[index], out[index - 1]
        rate = last.kind in ("percent", "points") and here.kind == "number" and not here.unit and not here.scaled
        if rate and _AND.fullmatch(text, last.end, here.start) and _ON_THE.match(text, here.end):
            out[index] = _like(here, last, True)  # `5.8 points on the year and 0.7 on the quarter`
        if _set_beside(here, last, text):
            out[index] = replace(_like(here, last, rate), sign=0)
    for index in range(len(out) - 2, -1, -1):
        here, following = out[index], out[index + 1]
        between = text[here.end : following.start]
        bare = here.kind in ("number", "money") and not here.scaled and not here.unit and not here.soft
        if not bare or following.kind in ("label", "ratio") or len(between) > 8:
            continue
        certain = bool(BETWEEN_RANGE.fullmatch(between))
        if not certain and not _BETWEEN_LIST.fullmatch(between):
            continue
        if here.currency and (
            following.currency not in ("", here.currency) or following.kind not in ("number", "money")
        ):
            continue
        if here.value >= 1000 and here.value > 100 * (following.value / following.factor):
            continue  # `by 41,000 to 5.308 million`
        if following.kind == "number" and not following.scaled and not following.unit and not following.currency:
            continue
        out[index] = _like(here, following, certain)
    return out


def _like(here: Figure, following: Figure, certain: bool) -> Figure:
    return replace(
        here,
        kind="money" if here.currency and following.kind == "number" else following.kind,
        value=here.value * following.factor,
        factor=following.factor,
        step=here.step * following.factor,
        unit=following.unit,
        currency=here.currency or following.currency,
        scaled=following.scaled,
        bare=None if certain else here.value,
    )
