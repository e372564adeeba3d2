"""Wordings by which research reports give a rating and the rating before, English and Chinese.

Groups: ``new`` and ``old`` ratings. Only wordings that make a word a rating are here (``maintain Buy``, ``维持“买入”评级``), so
that "buy" in running text is none.
"""

from __future__ import annotations

import re

_I = re.IGNORECASE
EN = (
    r"(?:(?:Strong(?:ly)?|Conviction|Speculative|Trading|Long[- ]term)\s+Buy|Buy|Overweight|(?:Sector|Market|Industry)[- ]?Outperform"
    r"|Outperform|Accumulate|Add|Hold|Neutral|(?:Equal|Market|Sector)[- ]?weight|(?:Market|Sector|Peer|Industry)[- ]?perform|In[- ]?line"
    r"|Underweight|(?:Sector|Market|Industry)[- ]?Underperform|Underperform|Reduce|Strong\s+Sell|Sell)"
)
EN_CAPITAL = (
    r"(?-i:STRONG BUY|BUY|OVERWEIGHT|OUTPERFORM|ACCUMULATE|ADD|HOLD|NEUTRAL|UNDERWEIGHT|UNDERPERFORM|REDUCE|SELL"
    r"|(?:Strong )?Buy|Overweight|Outperform|Accumulate|Hold|Neutral|Equal[- ]?[Ww]eight|Market[- ]?[Pp]erform|In[- ]?[Ll]ine"
    r"|Underweight|Underperform|Reduce|Sell)"
)
ZH = (
    r"(?:强烈推荐|强烈买入|强推|审慎推荐|谨慎推荐|审慎增持|谨慎增持|审慎买入|谨慎买入|推荐|买入|增持|收集|优于大市|优于大盘|优于市场|强于大市|强于市场|跑赢行业|跑赢大市|跑赢大盘"
    r"|跑赢市场|领先大市|超配|标配|低配|中性|持有|同步大市|大市同步|与大市同步|跟随大市|区间操作|减持|卖出|沽售|沽出|弱于大市|弱于市场|落后大市"
    r"|逊于大市|跑输行业|跑输大市|回避)"
)
_OPEN = r"[“\"‘'「『《【]?\s*"
_SHUT = r"\s*[”\"’'」』》】]?"


def _named(words: str, group: str) -> str:
    return rf"{_OPEN}(?P<{group}>{words}){_SHUT}"


# `买入-A`: some houses add a letter for the risk. The look-ahead: `买入：预期未来6个月...` explains a scale.
_GRADE = r"(?:\s?[-－—]?\s?[AB](?![A-Za-z股]))?[”\"’'」』》】]?"
_SCALE = r"(?!\s*[:：|]?\s*(?:是?指|表示|意味|预期|预计|未来|相对|相较|股价|行业指数|投资收益|报告(?:发布|日)|超越|优于|强于|\d+\s?个月))"
ZH_MOVED = r"(?:上调|下调|调高|调低|调升|调降|提升|提高|升级|降级|升|降)(?:评级)?(?:至|为|到)"
_ZH_GIVEN = rf"(?:维持|首次覆盖[，,]?\s*(?:并\s*)?给予|首次给予|首予|给予|予以|重申|强调|建议|{ZH_MOVED})"
_EN_MOVED = r"\b(?:upgrad|downgrad|rais|lift|cut|lower|mov)\w*\s[^.;\n]{0,50}?"
_EN_GIVEN = (
    r"\b(?:(?:maintain|reiterat|retain|keep|remain|stay|assign|reaffirm|repeat|restor|rat)(?:e|s|es|ed|ing)?|kept|stays\s+at"
    r"|(?:initiat|resum|start)(?:e|s|es|ed|ing)?\b[^.;\n]{0,60}?\b(?:at|with|on)|(?:up|down)grad(?:e|es|ed|ing)\b[^.;\n]{0,50}?\bto)"
)
_ENDS = (
    r"(?=\s*(?:rating|recommendation|call|stance|[,.;:\[(（，。]"
    r"|(?:with|within|in|and|on|for|as|since|because|given|after|ahead|until|despite|but|while)\b|$))"
)

MOVES = (
    re.compile(rf"(?:由|从|自)\s*{_named(ZH, 'old')}\s*(?:评级)?\s*{ZH_MOVED}\s*{_named(ZH, 'new')}"),
    re.compile(rf"{_EN_MOVED}from\s+(?:an?\s+)?{_named(EN, 'old')}\s+to\s+(?:an?\s+)?{_named(EN, 'new')}(?!\w)", _I),
    re.compile(
        rf"{_EN_MOVED}to\s+(?:an?\s+)?{_named(EN, 'new')}(?:\s+rating)?\s*[,(]?\s*"
        rf"(?:from|previously|prev\.?|was)\s+(?:an?\s+)?{_named(EN, 'old')}(?!\w)",
        _I,
    ),
)
RATINGS = (
    re.compile(
        rf"{_ZH_GIVEN}(?:公司股票|公司|其|对其|本公司|[AH](?:\s*[/、]?\s*H)?\s*股)?(?:的)?\s*{_named(ZH, 'new')}{_GRADE}{_SCALE}"
        r"(?:的?\s*(?:投资)?评级|[，,。；;！\s\[（(]|$)"
    ),
    re.compile(
        rf"(?<!上次)(?<!前次)(?<!此前)(?<!原)(?<!原投资)(?<!前次投资)(?:投资|股票|公司|最新)?评级(?:\s*[:：|为]\s*(?:\|\s*)?|\s+){_named(ZH, 'new')}{_GRADE}{_SCALE}(?![\u4e00-\u9fff])"
    ),
    re.compile(rf"{_named(ZH, 'new')}{_GRADE}\s*[（(](?:维持|首次|上调|下调|调高|调低|重申|不变)[^）)]{{0,8}}[）)]"),
    re.compile(rf"{_ZH_GIVEN}[^。；;\n]{{0,24}}?{_named(ZH, 'new')}{_GRADE}\s*的?(?:投资)?评级"),
    re.compile(rf"[，,。；;]\s*{_named(ZH, 'new')}{_GRADE}\s*的?(?:投资)?评级(?=\s*(?:[，,。；;\[（(]|风险|$))"),
    re.compile(rf"{_EN_GIVEN}\s+(?:at\s+|it\s+)?(?:our|its|an?|the)?\s*{_named(EN, 'new')}{_ENDS}", _I),
    re.compile(
        rf"\b(?:rating|recommendation)\s*(?:[:：|]|is|of|at|to|-)\s*(?:[\w ]{{0,30}}?(?:at|to|is)\s+(?:an?\s+)?)?"
        rf"{_named(EN, 'new')}(?!\w)",
        _I,
    ),
    re.compile(rf"\b[Ww]e\s+(?:are|remain|stay|turn)\s+(?P<new>{EN_CAPITAL})\s+on\b"),
    re.compile(rf"\brating\s+(?P<new>{EN_CAPITAL})(?=\s*(?:$|[|(\n]))", _I),
    re.compile(
        r"\b[Rr]ate[sd]?\s+(?:(?:the\s+)?(?:shares|stock|company|name)|[A-Z][\w&.’'-]*(?:\s[A-Z][\w&.’'-]*){0,3})\s+"
        rf"(?:as\s+|at\s+)?(?:an?\s+)?{_OPEN}(?P<new>{EN_CAPITAL})(?!\w)"
    ),
    re.compile(
        rf"^\s*{_named(EN, 'new')}\s*[(（]\s*(?:from|prev|was|maintain|unchanged|reiterat|upgrade|downgrade|initiat)",
        _I | re.M,
    ),
    re.compile(rf"[“\"](?P<new>{EN})[,.]?[”\"]\s+(?:rating|recommendation)", _I),
    re.compile(rf"\b(?:an?|our|its|the)\s+(?P<new>{EN_CAPITAL})\s+(?:rating|recommendation)\b"),
)
CODED = re.compile(rf"^[A-Z0-9.]{{1,9}}(?:\s[A-Z]{{2}})?\s*\|\s*{_named(EN, 'new')}\s*$", _I | re.M)
"""A row of the box on a front page that gives the code and its rating: ``CSCO | Neutral``."""
ALONE = re.compile(rf"^\s*{_named(EN, 'new')}\s*$", _I | re.M)
"""A rating that is a whole line: the badge on a front page, or one of several in the explanation of a scale."""
OLD_RATINGS = (
    re.compile(
        rf"(?:^|[|\[(（]|\|\s*{EN}\s)\s*(?:from|prev(?:ious(?:ly)?)?\.?|prior|old|was)\s*[:：|]?\s*{_named(EN, 'old')}\s*(?:\(\d\)\s*)?(?=$|[|\])）])",
        _I | re.M,
    ),
    re.compile(
        rf"\brating\s*\|[^|\n]{{1,24}}\|\s*(?:from|prev(?:ious)?\.?|prior|old|was)\s*\|?\s*{_named(EN, 'old')}(?!\w)",
        _I,
    ),
    re.compile(rf"(?:前次|上次|此前|原|前)(?:的)?(?:投资)?评级[\s:：为|]*{_named(ZH, 'old')}"),
    re.compile(rf"[（(]\s*(?:原为?|前次|前值)\s*[:：]?\s*{_named(ZH, 'old')}\s*[）)]"),
    re.compile(rf"[(（]\s*(?:from|prev(?:ious|iously|\.)?:?|was)\s+{_named(EN, 'old')}\s*[)）]", _I),
    re.compile(rf"\b(?:previous|prior|old)\s+rating\s*(?:[:：|]|was|is)?\s*{_named(EN, 'old')}(?!\w)", _I),
)
LABEL = re.compile(r"[^。.]{0,14}(?:ratings?|recommendation|评级)", _I)
UNDER_LABEL = re.compile(
    rf"(?<!\w){_named(EN + '|Positive|Negative|Attractive|Cautious|' + ZH + '|看好|看淡|谨慎', 'new')}(?![A-Za-z])",
    _I,
)
INDUSTRY = re.compile(r"行业|板块|\b(?:industry|sector)\b", _I)
"""Words beside a rating that make it one of a sector, not of a company."""
