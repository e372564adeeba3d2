"""How English writing names periods, and the short forms (``2Q24``, ``25H1``, ``2025E``) that both languages use."""

from __future__ import annotations

import re

from rag.language import calendar_spans as cal
from rag.language import period_spans_en as spans
from rag.language.period_rules import MONTHS, Build, Rule, groups_of, to_date

_MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_ORD = r"(?P<ord>first|second|third|fourth|1st|2nd|3rd|4th)"
_Y = r"(?:19[5-9]\d|20[0-7]\d)"
_Y2 = rf"(?:{_Y}|\d\d)"
_FY = r"(?P<fy>FY|fiscal(?:\s+year)?|financial\s+year)?\s*['’]?"
_REL = r"(?P<rel>last|previous|prior|this|current|next)\s+(?P<relfy>fiscal\s+|financial\s+)?year"
_B, _E = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_CALC = r"(?<![A-Za-z0-9.,$€£¥%])"
_EST = r"(?P<est>[EFef](?![A-Za-z]))?"


def _rule(
    needs: str, pattern: str, build: Build, *,
    case: bool = False,
) -> Rule:  # fmt: skip
    # Several times faster than to try both cases of each letter.
    small = pattern if case else pattern.lower().replace("(?p<", "(?P<")
    return groups_of(needs), re.compile(small), not case, build


_OF = r"\s*(?:,|of|in|for)?\s*(?:the\s+)?"
_COUNT = r"(?P<n>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DASH = r"\s*(?:-|–|—|~|to|through|until)\s*"
_PLAIN_YEAR = rf"(?P<year>{_Y})"
_OF_MAY = r"May (?:report|note|update|review|preview|edition|issue|weekly|outlook|survey|data|figures|sales|reading)\b"

# Words of which one must be there, in small letters and with every digit as a 0.
_Q_IN = "0q q0"
_ORD_IN = "first second third fourth 0st 0nd 0rd 0th"
_YEAR_OF_IN = "0000 last previous prior this current next"
_QUARTER_IN = f"quarter & {_ORD_IN}"
_H_IN = "0h h0"
_HALF_IN = f"half & {_ORD_IN}"
_M_IN = "0m"
_FIRST_IN = "first"
_THREE_IN = "first 0q"
_SLASH_IN = "0/0"
_FY_IN = "fy"
_YEAR_IN = "0000"
_YEARS_IN = "0000 & - – — ~ to through until"
_BETWEEN_IN = "between"
_SHORT_IN = "00-0"
_FISCAL_IN = "fy fiscal financial & 0000"
_CALENDAR_IN = "cy calendar"
_MARKED_IN = "00e 00f"
_NUMERIC_IN = "0000-0 0000/0 0000.0 0-0000 0/0000 0.0000"
_COMPACT_IN = "00000000"
_MONTH_IN = MONTHS
_DAY_IN = f"{MONTHS} & 0"
_MONTH_DAY_YEAR_IN = f"{MONTHS} & 0 & 0000"
_DASH_IN = f"{MONTHS} & 0 & - – — ~ to through until"
_WEEK_IN = "week"
_SINCE_IN = "since"
_RELATIVE_IN = "last past prior previous this current next coming following"
_RELATIVE_UNIT_IN = f"{_RELATIVE_IN} & year quarter month week day"
_AGO_IN = "ago"
_DAYWORD_IN = "yesterday today"
_DATE_IN = "ytd date far"
_TRAILING_IN = "ttm ltm trailing"

RULES: tuple[Rule, ...] = (
    # quarters
    _rule(_Q_IN, rf"{_B}(?P<q>[1-4])Q[\s\-'’]?{_FY}(?P<year>{_Y2}){_EST}{_E}", spans.quarter),
    _rule(_Q_IN, rf"{_B}Q(?P<q>[1-4])(?:{_OF}{_FY}|[\-'’/])(?P<year>{_Y}|(?<=['’Yy/\-\s])\d\d){_EST}{_E}", spans.quarter),
    _rule(_Q_IN, rf"{_B}{_FY}(?P<year>{_Y2})[\s\-/,]*Q(?P<q>[1-4]){_EST}{_E}", spans.quarter),
    _rule(f"{_Q_IN} & year", rf"{_B}Q(?P<q>[1-4]){_OF}{_REL}{_E}", spans.quarter),
    _rule(f"{_Q_IN} & year", rf"{_B}{_REL}(?:['’]s)?\s+Q(?P<q>[1-4]){_E}", spans.quarter),
    _rule(f"{_QUARTER_IN} & {_YEAR_OF_IN}", rf"{_B}{_ORD}[\s\-]+(?:fiscal\s+)?quarter{_OF}(?:{_FY}{_PLAIN_YEAR}|{_REL}){_E}", spans.worded_quarter),
    _rule(f"{_QUARTER_IN} & {_YEAR_OF_IN}", rf"{_B}(?:{_FY}{_PLAIN_YEAR}|{_REL})(?:['’]s)?\s+{_ORD}[\s\-]+quarter{_E}", spans.worded_quarter),
    _rule(_Q_IN, rf"{_B}(?:Q(?P<q>[1-4])|(?P<q0>[1-4])Q){_E}", spans.part(lambda y, m: cal.quarter(y, int(m["q"] or m["q0"])))),
    _rule(_QUARTER_IN, rf"{_B}{_ORD}[\s\-]+(?:fiscal\s+)?quarter{_E}", spans.worded_quarter),
    # halves and the first months
    _rule(_H_IN, rf"{_B}(?P<h>[12])H[\s\-'’]?{_FY}(?P<year>{_Y2}){_EST}{_E}", spans.half),
    _rule(_H_IN, rf"{_B}H(?P<h>[12])(?:{_OF}{_FY}|[\-'’/])(?P<year>{_Y}|(?<=['’Yy/\-\s])\d\d){_EST}{_E}", spans.half),
    _rule(_H_IN, rf"{_B}{_FY}(?P<year>{_Y2})[\s\-/]*H(?P<h>[12]){_EST}{_E}", spans.half),
    _rule(_H_IN, rf"{_B}(?P<h>[12])H{_E}|{_B}H(?P<h2>[12]){_E}", spans.part(lambda y, m: cal.half(y, int(m["h"] or m["h2"])))),
    _rule(f"{_HALF_IN} & {_YEAR_OF_IN}", rf"{_B}(?P<ord>first|second|1st|2nd)[\s\-]+half{_OF}(?:{_FY}{_PLAIN_YEAR}|{_REL}){_E}", spans.worded_half),
    _rule(_HALF_IN, rf"{_B}(?P<ord>first|second|1st|2nd)[\s\-]+half(?:[\s\-]+(?:of\s+)?(?:the\s+)?year)?{_E}", spans.worded_half),
    _rule(_M_IN, rf"{_B}(?P<n>3|6|9)M[\s\-'’]?{_FY}(?P<year>{_Y2}){_EST}{_E}", spans.first_months),
    _rule(_FIRST_IN, rf"{_B}first\s+{_COUNT}\s+months{_OF}(?:{_FY}{_PLAIN_YEAR}|{_REL}){_E}", spans.first_months),
    _rule(_FIRST_IN, rf"{_B}first\s+(?!one\b){_COUNT}\s+months(?!\s+(?:of|after|in|since)\b){_E}", spans.first_months),
    _rule(_THREE_IN,
        rf"{_B}(?:first\s+three\s+quarters{_OF}(?:{_FY}{_PLAIN_YEAR}|{_REL})|1-3Q[\s'’]?(?P<year2>{_Y2})){_E}",
        spans.three_quarters,
    ),
    # years
    _rule(_SLASH_IN, rf"{_B}(?P<fy>FY|fiscal(?:\s+year)?)?\s*(?P<y1>{_Y})/(?P<y2>\d\d|{_Y}){_EST}{_E}", spans.split_year),
    _rule(_FY_IN, rf"{_CALC}(?P<fy>FY)\s?['’]?(?P<y1>{_Y2}){_DASH}(?:FY\s?)?(?P<y2>{_Y2}){_EST}{_E}", spans.years),
    _rule(_YEARS_IN, rf"(?P<y1>{_Y})(?<![A-Za-z0-9.,$€£¥%]\d{{4}})[EAF]?{_DASH}(?P<y2>{_Y}|\d\d(?=[EF]\b)|\d\d(?![\d\-–]|[.,]\d|\s*%|\s[mb]illion)){_EST}{_E}(?!\s*[%年月日])", spans.years),
    _rule(_BETWEEN_IN, rf"{_B}between\s+(?P<fy>FY|fiscal\s+)?(?P<y1>{_Y})\s+and\s+(?:FY|fiscal\s+)?(?P<y2>{_Y}){_E}", spans.years),
    _rule(_SHORT_IN, rf"{_B}(?P<y1>2\d)-(?P<y2>2\d)(?P<est>E){_E}", spans.years, case=True),
    _rule(_FISCAL_IN, rf"{_B}(?P<fy>FY|fiscal(?:\s+year)?|financial\s+year)[\s\-]*['’]?(?P<year>{_Y}){_EST}{_E}", spans.year),
    _rule(_FY_IN, rf"{_B}(?P<fy>FY)\s?['’]?(?P<year>\d\d){_EST}{_E}", spans.year),
    _rule(_CALENDAR_IN, rf"{_B}(?:CY\s?|calendar\s+(?:year\s+)?)(?P<year>{_Y2}){_EST}{_E}", spans.year),
    _rule("fiscal financial & year & 0000", rf"{_CALC}(?P<year>{_Y})\s+(?P<fy>fiscal|financial)\s+year{_E}", spans.year),
    _rule(_MARKED_IN, rf"{_CALC}(?P<year>{_Y2})(?P<est>[EF]){_E}", spans.year, case=True),
    _rule(_YEAR_IN,
        rf"(?P<year>{_Y})(?<![A-Za-z0-9.,$€£¥%-]\d{{4}})(?<!(?<!in )2000)A?(?![A-Za-z0-9%])(?!,\d|\.\d)"
        r"(?!\s*(?:million|billion|thousand|units|people|employees|stores|shares|yuan|dollars|points|bps|[年元亿万千名家人户台辆吨点股个]))",
        spans.year,
    ),
    # months and days
    _rule(_NUMERIC_IN, rf"{_B}(?P<y>{_Y})[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<d>0?[1-9]|[12]\d|3[01]){_E}", spans.numeric_day),
    _rule(_NUMERIC_IN, rf"{_B}(?P<d>0?[1-9]|[12]\d|3[01])[-/.](?P<m>0?[1-9]|1[0-2])[-/.](?P<y>{_Y}){_E}", spans.numeric_day),
    _rule(_COMPACT_IN, r"(?<!\d)(?P<y>20[0-7]\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?!\d)", spans.numeric_day),
    _rule(_NUMERIC_IN, rf"{_CALC}(?P<y>{_Y})[-/](?P<m>0[1-9]|1[0-2])(?![\d\-/E]){_E}", spans.numeric_month),
    _rule(_MONTH_DAY_YEAR_IN, rf"{_B}(?P<month>{_MONTH})\s+{_DAY},?\s+{_PLAIN_YEAR}{_E}", spans.day),
    _rule(_MONTH_DAY_YEAR_IN, rf"{_B}{_DAY}(?:\s+of)?[\s\-](?P<month>{_MONTH}),?[\s\-]{_PLAIN_YEAR}{_E}", spans.day),
    _rule(_DAY_IN, rf"{_B}(?P<month>{_MONTH})\s+{_DAY}{_E}(?!\s*[%-])", spans.day, case=True),
    _rule(_DAY_IN, rf"{_B}{_DAY}(?:\s+of)?\s+(?P<month>{_MONTH}){_E}", spans.day, case=True),
    _rule(_DASH_IN,
        rf"{_B}(?P<month>{_MONTH})\s+{_DAY}{_DASH}(?:(?P<month2>{_MONTH})\s+)?(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+{_PLAIN_YEAR})?{_E}",
        spans.part(spans.days),
    ),
    _rule(f"{MONTHS} & - – — ~ to through until",
        rf"{_B}(?P<month>{_MONTH}){_DASH}(?P<month2>{_MONTH})(?:,?\s+(?:of\s+)?{_PLAIN_YEAR})?{_E}(?!\s*\d)",
        spans.part(spans.months_from_to), case=True,
    ),
    _rule(f"week & {_DASH_IN}",
        rf"{_B}(?P<week>(?:the\s+)?week\s+(?:of|from)\s+)(?P<month>{_MONTH})\s+{_DAY}{_DASH}(?:(?P<month2>{_MONTH})\s+)?"
        rf"(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+{_PLAIN_YEAR})?{_E}",
        spans.part(spans.days),
    ),
    _rule(_DASH_IN, rf"{_B}{_DAY}{_DASH}(?P<day2>\d{{1,2}})\s+(?P<month>{_MONTH})(?:,?\s+{_PLAIN_YEAR})?{_E}", spans.part(spans.days)),
    _rule(_WEEK_IN,
        rf"{_B}(?P<week>week\s+(?:of|ended|ending|beginning|starting))\s+(?P<month>{_MONTH})\s+{_DAY}(?:,?\s+{_PLAIN_YEAR})?{_E}",
        spans.part(spans.week_of),
    ),
    _rule(f"{MONTHS} & 00",
        rf"{_B}(?P<month>{_MONTH})(?:\s*,?\s*(?:of\s+)?|[-'’])(?P<year>{_Y}|(?<=['’\-])\d\d){_E}",
        spans.month,
    ),
    _rule(f"{MONTHS} & 00 & early mid late end beginning middle",
        rf"{_B}(?P<part>early|mid|late|end|beginning|middle)(?:[\s\-]+(?:of\s+)?)?(?P<month>{_MONTH})(?:\s*,?\s*(?:of\s+)?|[-'’])"
        rf"(?P<year>{_Y}|(?<=['’\-])\d\d){_E}",
        spans.month,
    ),
    _rule(f"{MONTHS} & last past previous this next", rf"{_B}(?P<rel>last|past|previous|this|next)\s+(?P<month>{_MONTH}){_E}(?!\s+\d)", spans.relative_month),
    _rule(f"{MONTHS} & early mid late", rf"{_B}(?P<part>[Ee]arly|[Mm]id|[Ll]ate)[\s\-](?P<month>{_MONTH}){_E}", spans.month, case=True),
    _rule(_MONTH_IN, rf"{_B}(?!May|Mar|Jan|Dec|Sep)(?P<month>{_MONTH}){_E}(?!\s*\d)", spans.month, case=True),
    _rule(_MONTH_IN, rf"{_B}(?P<month>January|March|September|December){_E}(?!\s*\d)", spans.month, case=True),
    _rule("may", rf"(?:(?<=in )|(?<=from )|(?<=than )|(?<=since )|(?<=for )|(?<=of )|(?<=by )|(?<=[\w’'] )(?={_OF_MAY}))(?P<month>May){_E}(?!\s*\d)", spans.month, case=True),
    # relative
    _rule(_SINCE_IN, rf"{_B}since\s+(?:(?P<month>{_MONTH})\s+)?{_PLAIN_YEAR}{_E}", spans.since),
    _rule(_RELATIVE_UNIT_IN,
        rf"{_B}(?P<rel>last|previous|prior|this|current|next|coming)\s+(?P<relfy>fiscal\s+|financial\s+)?(?P<unit>year|quarter|month|week){_E}",
        spans.relative,
    ),
    _rule(_RELATIVE_UNIT_IN, rf"{_B}(?P<rel>last|past|previous|next|coming|following)\s+{_COUNT}\s+(?:fiscal\s+)?(?P<unit>years|quarters|months|weeks|days){_E}", spans.several),
    _rule(_AGO_IN, rf"{_B}(?P<n>an?|\d{{1,2}}|one|two|three|four|five|six)\s+(?P<unit>years?|quarters?|months?|weeks?)\s+ago{_E}", spans.ago),
    _rule(_DAYWORD_IN, rf"{_B}(?:yesterday|today){_E}", spans.near_day),
    _rule(_DATE_IN, rf"{_B}(?:year[\s\-]to[\s\-]date|YTD|so\s+far\s+this\s+year){_E}", to_date),
    _rule(_TRAILING_IN, rf"{_B}(?:TTM|LTM|trailing\s+(?:twelve|12)\s+months){_E}", spans.trailing),
)  # fmt: skip
