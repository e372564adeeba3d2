"""What ``python -m eval sides`` asks: invented reports, and comparisons of them in many words."""

from __future__ import annotations

# The reports that may be cited for a side, and words that the cited statement holds.
Fact = tuple[frozenset[str], str]
Filling = tuple[dict[str, str], tuple[Fact, ...]]

# stem: (title, broker, day, statements)
REPORTS: dict[str, tuple[str, str, str, tuple[str, ...]]] = {
    "orvane-a": ("Orvane Glass (ORVG): furnaces full", "TARN & WELD", "2032-03-11", (
        'Orvane Glass is rated "Buy" with a target price of GBP 12.40', "Revenue for 2031 was GBP 644 million, up 6%",
        "The gross margin for 2031 was 33.8%", "Capital expenditure for 2031 came to GBP 58 million",
        "At the end of 2031 Orvane employed 5,210 people", "We forecast 2032 revenue of GBP 690 million",
        "Revenue for 2030 was GBP 608 million", "Energy costs are the main risk")),
    "orvane-b": ("Orvane Glass (ORVG): a cooler autumn", "TARN & WELD", "2032-10-20", (
        'We cut the rating to "Hold" and the target price to GBP 10.10', "Revenue in the first half of 2032 was GBP 331 million",
        "The order book stood at GBP 402 million at the end of September 2032", "We forecast 2032 revenue of GBP 668 million",
        "Net debt was GBP 121 million at the end of June 2032")),
    "orvane-c": ("Orvane Glass (ORVG): steady hands", "HEXHAM PARTNERS", "2032-10-27", (
        'Orvane Glass is rated "Outperform" with a target price of GBP 13.00', "We forecast 2032 revenue of GBP 702 million",
        "Hexham expects a dividend of 31 pence per share for 2032")),
    "petrel-a": ("Petrel Locks (PTRL): keyless", "HEXHAM PARTNERS", "2032-03-15", (
        'Petrel Locks is rated "Neutral" with a target price of GBP 7.20', "Revenue for 2031 was GBP 212 million, up 11%",
        "The gross margin for 2031 was 41.5%", "Capital expenditure for 2031 came to GBP 19 million",
        "At the end of 2031 Petrel employed 1,870 people", "Smart locks made up 37% of sales in 2031",
        "Competition from Asia is the main risk")),
    "sable-a": ("Sable Freight (SBLF): longer routes", "TARN & WELD", "2032-04-02", (
        'Sable Freight is rated "Sell" with a target price of GBP 3.05', "Revenue for 2031 was GBP 1,120 million, down 3%",
        "The gross margin for 2031 was 14.2%", "Capital expenditure for 2031 came to GBP 133 million",
        "At the end of 2031 Sable employed 9,440 people")),
    "lanchuan-a": ("岚川电机(603991):订单饱满", "望湖证券", "2032-04-18", (
        "维持“买入”评级,目标价26.5元", "2031年营业收入为84.2亿元,同比增长13.5%", "2031年毛利率为28.4%", "2031年研发费用为6.3亿元",
        "2031年末员工总数为8,120人", "预计2032年归母净利润为9.8亿元", "2030年营业收入为74.2亿元")),
    "lanchuan-b": ("岚川电机(603991):海外放缓", "临溪证券", "2032-04-25", (
        "给予“中性”评级,目标价21元", "预计2032年归母净利润为8.6亿元", "海外收入占比为31%")),
    "lanchuan-c": ("岚川电机(603991):三季报点评", "望湖证券", "2032-10-28", (
        "下调评级至“增持”,目标价下调至23元", "2032年前三季度营业收入为66.9亿元", "预计2032年归母净利润为9.1亿元")),
    "songyu-a": ("松屿食品(605992):渠道下沉", "临溪证券", "2032-04-20", (
        "维持“增持”评级,目标价38元", "2031年营业收入为51.7亿元,同比增长4.2%", "2031年毛利率为36.9%", "2031年研发费用为0.8亿元",
        "2031年末员工总数为5,530人")),
}  # fmt: skip


def _one(stem: str, value: str, *more: str) -> Fact:
    return frozenset({stem, *more}), value


_ORVANE, _PETREL, _SABLE = "Orvane Glass", "Petrel Locks", "Sable Freight"
_LANCHUAN, _SONGYU = "岚川电机", "松屿食品"
_COMPANIES_EN: list[Filling] = [
    ({"a": _ORVANE, "b": _PETREL, "m": "revenue", "t": "2031"}, (_one("orvane-a", "644"), _one("petrel-a", "212"))),
    ({"a": "Petrel", "b": "Sable", "m": "gross margin", "t": "2031"}, (_one("petrel-a", "41.5"), _one("sable-a", "14.2"))),
    ({"a": _SABLE, "b": _ORVANE, "m": "capital expenditure", "t": "2031"}, (_one("sable-a", "133"), _one("orvane-a", "58"))),
    ({"a": "Orvane", "b": "Sable", "m": "headcount", "t": "2031"}, (_one("orvane-a", "5,210"), _one("sable-a", "9,440"))),
]  # fmt: skip
_BROKERS_EN: list[Filling] = [
    ({"a": "Tarn & Weld", "b": "Hexham Partners", "c": _ORVANE, "m": "target price"}, (_one("orvane-b", "10.10", "orvane-a"), _one("orvane-c", "13.00"))),
    ({"a": "Hexham", "b": "Tarn & Weld", "c": "Orvane", "m": "rating"}, (_one("orvane-c", "Outperform"), _one("orvane-b", "Hold"))),
    ({"a": "Tarn & Weld", "b": "Hexham", "c": "Orvane", "m": "2032 revenue forecast"}, (_one("orvane-b", "668"), _one("orvane-c", "702"))),
]  # fmt: skip
_PERIODS_EN: list[Filling] = [
    ({"a": "2030", "b": "2031", "c": _ORVANE, "m": "revenue"}, (_one("orvane-a", "608"), _one("orvane-a", "644"))),
    ({"a": "2031", "b": "2030", "c": "Orvane", "m": "revenue"}, (_one("orvane-a", "644"), _one("orvane-a", "608"))),
]  # fmt: skip
_REPORTS_EN: list[Filling] = [
    ({"a": "March 2032", "b": "October 2032", "w": "Tarn & Weld", "c": _ORVANE, "m": "target price"}, (_one("orvane-a", "12.40"), _one("orvane-b", "10.10"))),
    ({"a": "March 2032", "b": "October 2032", "w": "Tarn & Weld", "c": "Orvane", "m": "2032 revenue forecast"}, (_one("orvane-a", "690"), _one("orvane-b", "668"))),
    ({"a": "March 2032", "b": "October 2032", "w": "Tarn & Weld", "c": "Orvane", "m": "rating"}, (_one("orvane-a", "Buy"), _one("orvane-b", "Hold"))),
]  # fmt: skip
_COMPANIES_ZH: list[Filling] = [
    ({"a": _LANCHUAN, "b": _SONGYU, "m": "营业收入", "t": "2031年"}, (_one("lanchuan-a", "84.2"), _one("songyu-a", "51.7"))),
    ({"a": _SONGYU, "b": _LANCHUAN, "m": "毛利率", "t": "2031年"}, (_one("songyu-a", "36.9"), _one("lanchuan-a", "28.4"))),
    ({"a": _LANCHUAN, "b": _SONGYU, "m": "研发费用", "t": "2031年"}, (_one("lanchuan-a", "6.3"), _one("songyu-a", "0.8"))),
]  # fmt: skip
_BROKERS_ZH: list[Filling] = [
    ({"a": "望湖证券", "b": "临溪证券", "c": _LANCHUAN, "m": "目标价"}, (_one("lanchuan-c", "23", "lanchuan-a"), _one("lanchuan-b", "21"))),
    ({"a": "临溪证券", "b": "望湖证券", "c": _LANCHUAN, "m": "评级"}, (_one("lanchuan-b", "中性"), _one("lanchuan-c", "增持"))),
    ({"a": "望湖证券", "b": "临溪证券", "c": _LANCHUAN, "m": "2032年归母净利润预测"}, (_one("lanchuan-c", "9.1", "lanchuan-a"), _one("lanchuan-b", "8.6"))),
]  # fmt: skip
_PERIODS_ZH: list[Filling] = [
    ({"a": "2030年", "b": "2031年", "c": _LANCHUAN, "m": "营业收入"}, (_one("lanchuan-a", "74.2"), _one("lanchuan-a", "84.2"))),
]  # fmt: skip
_REPORTS_ZH: list[Filling] = [
    ({"a": "2032年4月", "b": "2032年10月", "w": "望湖证券", "c": _LANCHUAN, "m": "目标价"}, (_one("lanchuan-a", "26.5"), _one("lanchuan-c", "23"))),
    ({"a": "2032年4月", "b": "2032年10月", "w": "望湖证券", "c": _LANCHUAN, "m": "2032年归母净利润预测"}, (_one("lanchuan-a", "9.8"), _one("lanchuan-c", "9.1"))),
]  # fmt: skip

# (what is compared, language): phrasings, and what they are filled with
ASKED: dict[tuple[str, str], tuple[tuple[str, ...], list[Filling]]] = {
    ("companies", "en"): ((
        "Put the {t} {m} of {a} next to that of {b}.", "{a} or {b}: whose {m} was larger in {t}?", "How does {a}'s {m} in {t} stack up against {b}'s?",
        "Give me {m} for {t}, {a} versus {b}.", "What was the {m} of {a} and of {b} in {t}?", "Between {a} and {b}, which reported the bigger {m} for {t}?",
        "Contrast {a} with {b} on {m} in {t}.", "By how much did the {t} {m} of {a} exceed {b}'s?", "Show {m} in {t} side by side for {a} and {b}.",
        "I need the {m} of both {a} and {b} for {t}.", "Did {a} have a higher {m} than {b} in {t}?", "{t} {m}: {a} vs {b}?",
        "Tabulate the {m} of {a} and {b} in {t}.", "Rank {a} and {b} by {m} in {t}."), _COMPANIES_EN),
    ("brokers", "en"): ((
        "Where do {a} and {b} stand on the {m} of {c}?", "What {m} do {a} and {b} each put on {c}?", "How far apart are {a} and {b} in their {m} for {c}?",
        "Contrast the {m} of {a} with that of {b} for {c}.", "Do {a} and {b} agree on the {m} of {c}?", "{c}: {m} of {a} against {b}?",
        "Who is more bullish on {c}, {a} or {b}, judging by the {m}?", "Set out the {m} for {c} from {a} and from {b}.",
        "Which {m} does {a} give {c}, and which does {b}?", "Is the {m} of {a} for {c} different from {b}'s?"), _BROKERS_EN),
    ("periods", "en"): ((
        "How did the {m} of {c} move from {a} to {b}?", "What was {c}'s {m} in {a} and in {b}?", "{c} {m}, {a} versus {b}?", "Compare {c}'s {m} for {a} with {b}.",
        "Was {c}'s {m} in {b} above that of {a}?", "Set {c}'s {m} of {a} beside that of {b}.", "By how much did {c}'s {m} change between {a} and {b}?"), _PERIODS_EN),
    ("reports", "en"): ((
        "How did {w} change its {m} for {c} between {a} and {b}?", "What was {w}'s {m} for {c} in its {a} note, and what is it in the {b} note?",
        "Compare the {m} for {c} in {w}'s notes of {a} and {b}.", "Between {w}'s {a} and {b} reports on {c}, how did the {m} move?",
        "Did {w} revise the {m} for {c} from its {a} report to the one of {b}?"), _REPORTS_EN),
    ("companies", "zh"): ((
        "{t}{a}与{b}的{m}各是多少?", "{a}和{b}谁的{t}{m}更高?", "把{a}、{b}{t}的{m}放在一起看看。", "{t}{m},{a}对比{b}如何?", "{a}的{t}{m}比{b}高多少?",
        "请列出{a}和{b}{t}的{m}。", "就{t}{m}而言,{a}与{b}差多少?", "{a}同{b}相比,{t}{m}哪家更高?"), _COMPANIES_ZH),
    ("brokers", "zh"): ((
        "{a}与{b}对{c}的{m}有什么不同?", "{a}和{b}分别给{c}什么{m}?", "对{c},{a}的{m}和{b}的{m}差多少?", "{c}的{m},{a}和{b}看法一致吗?",
        "列出{a}、{b}对{c}的{m}。", "{a}给{c}的{m}比{b}高还是低?"), _BROKERS_ZH),
    ("periods", "zh"): ((
        "{c}{a}和{b}的{m}分别是多少?", "{c}的{m}从{a}到{b}有什么变化?", "对比{c}{a}与{b}的{m}。", "{c}{b}的{m}比{a}多多少?"), _PERIODS_ZH),
    ("reports", "zh"): ((
        "{w}对{c}的{m}在{a}和{b}的报告中有何变化?", "{w}{a}和{b}两份报告给{c}的{m}分别是多少?", "比较{w}{a}与{b}报告中{c}的{m}。"), _REPORTS_ZH),
}  # fmt: skip
