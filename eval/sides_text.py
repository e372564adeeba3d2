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

# (what is compared, language): phrasings, and what they are filled with. Written in three rounds; of those of the second and
# the third 0.73 and 0.87 cited every side when they were first asked.
ASKED: dict[tuple[str, str], tuple[tuple[str, ...], list[Filling]]] = {
    ("companies", "en"): ((
        "Put the {t} {m} of {a} next to that of {b}.", "{a} or {b}: whose {m} was larger in {t}?",
        "How does {a}'s {m} in {t} stack up against {b}'s?", "Give me {m} for {t}, {a} versus {b}.",
        "What was the {m} of {a} and of {b} in {t}?", "Between {a} and {b}, which reported the bigger {m} for {t}?",
        "Contrast {a} with {b} on {m} in {t}.", "By how much did the {t} {m} of {a} exceed {b}'s?",
        "Show {m} in {t} side by side for {a} and {b}.", "I need the {m} of both {a} and {b} for {t}.",
        "Did {a} have a higher {m} than {b} in {t}?", "{t} {m}: {a} vs {b}?",
        "Tabulate the {m} of {a} and {b} in {t}.", "Rank {a} and {b} by {m} in {t}.",
        "Is {a} ahead of {b} in {m} for {t}?", "{a}'s {t} {m} relative to {b}'s, please.",
        "Line up the {t} {m} figures for {a} and {b}.", "How many times larger is {a}'s {m} than {b}'s in {t}?",
        "State the {m} that {a} and {b} each had in {t}.", "Of {a} and {b}, who had less {m} in {t}?",
        "What are the {t} {m} numbers for {a} and also for {b}?", "{a} and {b}, {m}, {t}.",
        "Looking at {t}, what separates {a} from {b} in {m}?", "Could you match {a}'s {t} {m} with {b}'s?",
        "In {t}, did {b} or {a} post more {m}?", "Give a table with the {t} {m} for {a} and {b}.",
        "Which had the better {m} in {t}: {a} or {b}?", "{a} against {b}: {t} {m}.",
        "Tell me the {t} {m} for {a}, then for {b}.", "Please compare {a} and {b} by their {t} {m}.",
        "How wide was the difference in {t} {m} between {a} and {b}?", "For {t}, list {m}: {a}; {b}.",
        "What {m} did {a} record in {t} compared to {b}?", "Does {b}'s {m} beat {a}'s for {t}?",
        "With regard to {m} in {t}, how do {a} and {b} fare?", "I'd like to see {a}'s and {b}'s {m} of {t}.",
        "Was the {t} {m} at {a} greater or smaller than at {b}?", "{b} and {a} - who reported what {m} for {t}?",
    ), _COMPANIES_EN),
    ("brokers", "en"): ((
        "Where do {a} and {b} stand on the {m} of {c}?", "What {m} do {a} and {b} each put on {c}?",
        "How far apart are {a} and {b} in their {m} for {c}?", "Contrast the {m} of {a} with that of {b} for {c}.",
        "Do {a} and {b} agree on the {m} of {c}?", "{c}: {m} of {a} against {b}?",
        "Who is more bullish on {c}, {a} or {b}, judging by the {m}?",
        "Set out the {m} for {c} from {a} and from {b}.", "Which {m} does {a} give {c}, and which does {b}?",
        "Is the {m} of {a} for {c} different from {b}'s?",
        "{a}'s {m} for {c} compared with the one from {b}, please.", "What do {a} and {b} say about the {m} of {c}?",
        "Which of {a} and {b} has the higher {m} for {c}?", "On {c}, does {b} share {a}'s {m}?",
        "What is {c}'s {m} according to {a}, and according to {b}?", "Summarise the {m} for {c} by {a} and by {b}.",
        "How does {b}'s {m} on {c} differ from what {a} has?", "Is {a} or {b} the more cautious one on {c} by {m}?",
        "What are the {m}s of {a} and {b} for {c}?", "Does {a} see {c}'s {m} higher than {b} does?",
        "Tell me the {m} on {c} at {a} versus {b}.", "How do the two brokers, {a} and {b}, view the {m} of {c}?",
        "{a}'s and {b}'s {m} for {c}?", "Is there a gap between {a} and {b} on {c}'s {m}?",
        "Between {a} and {b}, whose {m} for {c} is lower?",
    ), _BROKERS_EN),
    ("periods", "en"): ((
        "How did the {m} of {c} move from {a} to {b}?", "What was {c}'s {m} in {a} and in {b}?",
        "{c} {m}, {a} versus {b}?", "Compare {c}'s {m} for {a} with {b}.", "Was {c}'s {m} in {b} above that of {a}?",
        "Set {c}'s {m} of {a} beside that of {b}.", "By how much did {c}'s {m} change between {a} and {b}?",
        "What happened to {c}'s {m} between {a} and {b}?", "{m} of {c} in {a} compared with {b}, please.",
        "Did {c} make more {m} in {a} or in {b}?", "How much {m} did {c} have in {a}, and how much in {b}?",
        "Give the {m} of {c} for {a} and {b}.", "Trace {c}'s {m} from {a} through {b}.", "{c}: {m} for {a} and {b}?",
        "Did {c}'s {m} rise or fall from {a} to {b}?", "In which year was {c}'s {m} higher, {a} or {b}?",
        "How does {c}'s {m} of {b} look against {a}?", "Show {c}'s {m} in {a} alongside {b}.",
        "What is the difference between {c}'s {m} in {a} and {b}?",
    ), _PERIODS_EN),
    ("reports", "en"): ((
        "How did {w} change its {m} for {c} between {a} and {b}?",
        "What was {w}'s {m} for {c} in its {a} note, and what is it in the {b} note?",
        "Compare the {m} for {c} in {w}'s notes of {a} and {b}.",
        "Between {w}'s {a} and {b} reports on {c}, how did the {m} move?",
        "Did {w} revise the {m} for {c} from its {a} report to the one of {b}?",
        "What {m} did {w} have for {c} in {a} and what does it have since {b}?",
        "{w} on {c}: {m} in {a} versus {b}?",
        "How has {w}'s {m} on {c} shifted since its {a} note, going by the one of {b}?",
        "Is the {m} for {c} in {w}'s {b} report lower than in the {a} report?",
        "What did {w} say about {c}'s {m} in its {a} report versus its {b} report?",
        "{w} had which {m} for {c} in {a}, and which in {b}?",
        "How different is the {m} for {c} in {w}'s {b} note from that in its {a} note?",
        "Has {w} raised or cut the {m} for {c} between {a} and {b}?",
    ), _REPORTS_EN),
    ("companies", "zh"): ((
        "{t}{a}与{b}的{m}各是多少?", "{a}和{b}谁的{t}{m}更高?", "把{a}、{b}{t}的{m}放在一起看看。", "{t}{m},{a}对比{b}如何?",
        "{a}的{t}{m}比{b}高多少?", "请列出{a}和{b}{t}的{m}。", "就{t}{m}而言,{a}与{b}差多少?", "{a}同{b}相比,{t}{m}哪家更高?",
        "{a}、{b}{t}的{m}孰高孰低?", "{t}{a}的{m}是多少,{b}呢?", "请给出{a}以及{b}在{t}的{m}。", "{b}{t}的{m}是不是低于{a}?",
        "{a}和{b}之间{t}{m}的差距有多大?", "从{t}{m}看,{a}与{b}哪一个占优?", "{t}{a}的{m}和{b}的{m}分别为多少?", "{a}与{b}在{t}{m}上有何差异?",
        "{t}谁的{m}更大,{a}还是{b}?", "{a}{t}{m}是否高于{b}?", "帮我对比一下{a}和{b}的{t}{m}。", "{t}{m}:{a} vs {b}",
        "想知道{a}跟{b}{t}的{m}差距。",
    ), _COMPANIES_ZH),
    ("brokers", "zh"): ((
        "{a}与{b}对{c}的{m}有什么不同?", "{a}和{b}分别给{c}什么{m}?", "对{c},{a}的{m}和{b}的{m}差多少?", "{c}的{m},{a}和{b}看法一致吗?",
        "列出{a}、{b}对{c}的{m}。", "{a}给{c}的{m}比{b}高还是低?", "关于{c}的{m},{a}和{b}各持什么观点?", "{b}和{a}哪一家给{c}的{m}更乐观?",
        "{c}:{a}与{b}的{m}。", "{a}对{c}的{m}是多少,{b}又是多少?", "{a}和{b}给{c}的{m}差别大吗?", "{c}的{m}在{a}和{b}那里各是多少?",
        "哪家给{c}的{m}更高,{a}还是{b}?", "请比较{a}及{b}对{c}的{m}。", "{b}对{c}的{m}与{a}不同吗?",
    ), _BROKERS_ZH),
    ("periods", "zh"): ((
        "{c}{a}和{b}的{m}分别是多少?", "{c}的{m}从{a}到{b}有什么变化?", "对比{c}{a}与{b}的{m}。", "{c}{b}的{m}比{a}多多少?",
        "{a}到{b},{c}的{m}变化了多少?", "{c}在{a}的{m}和{b}的{m}。", "{c}{a}{m}是多少?{b}呢?", "{c}{b}{m}较{a}增加多少?",
        "{a}与{b}相比,{c}的{m}如何变化?", "{c}{a}、{b}{m}各多少?", "列出{c}{a}和{b}的{m}。",
    ), _PERIODS_ZH),
    ("reports", "zh"): ((
        "{w}对{c}的{m}在{a}和{b}的报告中有何变化?", "{w}{a}和{b}两份报告给{c}的{m}分别是多少?", "比较{w}{a}与{b}报告中{c}的{m}。",
        "{w}{b}报告中{c}的{m}与{a}报告相比如何?", "{w}对{c}的{m}从{a}到{b}调整了吗?", "{w}在{a}给{c}的{m}是多少,{b}又是多少?",
        "{c}的{m},{w}{a}报告与{b}报告有何不同?",
    ), _REPORTS_ZH),
}  # fmt: skip

# Comparisons of what no report says: each has to be refused.
ABSENT: tuple[str, ...] = (
    "Compare the water consumption of Orvane Glass and Petrel Locks in 2031.",
    "Which has the larger patent portfolio, Orvane or Sable?",
    "Compare the revenue from mirrors of Orvane Glass and Petrel Locks in 2031.",
    "How does Petrel's revenue in Portugal compare with Sable's for 2031?",
    "What tax rate did Orvane and Sable have in 2031?",
    "Do Tarn & Weld and Hexham agree on the credit rating of Orvane?",
    "How did Orvane's water consumption change from 2030 to 2031?",
    "Contrast Orvane with Sable on customer complaints in 2031.",
    "比较岚川电机和松屿食品2031年的专利数量。",
    "岚川电机和松屿食品2031年的碳排放量各是多少?",
    "望湖证券和临溪证券对岚川电机的信用评级有何分歧?",
    "岚川电机2030年和2031年的用水量分别是多少?",
)
