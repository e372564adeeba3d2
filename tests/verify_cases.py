"""Statements of invented reports, each with right sentences about it: reworded, shortened, translated in their figures."""

from __future__ import annotations

from verify_cases_one import CASES as ONE
from verify_cases_three import CASES as THREE
from verify_cases_two import CASES as TWO

CASES = [*ONE, *TWO, *THREE]

WRONG: list[tuple[str, str, str]] = [
    ("Revenue rose 12% in 2024.", "Revenue did not rise 12% in 2024.", "denied"),
    ("The merger would not close before March 2026.", "The merger would close before March 2026.", "denies"),
    ("The board approved the buyback.", "The board never approved the buyback.", "denies"),
    (
        "Net profit is forecast at RMB 5.2bn for 2025.",
        "The company reported net profit of RMB5.2bn for 2025.",
        "forecast",
    ),
    ("The company recorded sales of $4.1bn.", "Sales are expected to be $4.1bn.", "reported"),
    ("Sales of more than 5 million units.", "Sales of less than 5 million units.", "bound"),
    ("Orders came to 3,310 in May and 2,870 in June.", "Orders came to 2,870 in May.", "June"),
    ("收入2023年为310亿元，2024年为287亿元。", "2023年收入287亿元。", "2024"),
    ("Quarnex Holdings grew sales by 8%.", "It was acquired for nothing in particular by a rival bank.", "wording"),
    ("Margins improved in every region.", "Margins deteriorated in every region.", "deteriorated"),
    ("公司毛利率明显改善。", "公司毛利率明显恶化。", "相反"),
    ("Revenue was $5bn and costs were $4bn.", "Revenue of $5bn and costs of $4bn leave a difference of $2bn.", "2bn"),
    ("Revenue rose from $40m to $50m.", "Revenue rose 20%, from $40m to $50m.", "20%"),
    ("Cover has only reached 55%, against 71% last year.", "Cover is at 71%, up from 55%.", "other way round"),
    ("负债率由38.2%降至33.5%。", "负债率由33.5%至38.2%。", "先后相反"),
    ("Growth was 12.3%.", "Growth was 2.3%.", "2.3%"),
    ("Units sold: 12 34.", "1234 units were sold.", "1234"),
]

# A passage, a right sentence, the same with the figure on the other side of zero or of another period, and a word of the
# reason.
SIDES: list[tuple[str, str, str, str]] = [
    (
        "The loss before interest and tax narrowed to EUR 6 million from EUR 19 million.",
        "The loss before interest and tax shrank from EUR 19 million to EUR 6 million.",
        "The profit before interest and tax shrank from EUR 19 million to EUR 6 million.",
        "loss",
    ),
    (
        "Net income attributable to shareholders came to $35 million in the quarter.",
        "The profit attributable to shareholders was $35 million.",
        "The net loss attributable to shareholders came to $35 million in the quarter.",
        "profit",
    ),
    (
        "Free cash outflow reached $12 million in 2024.",
        "The free cash outflow was $12 million in 2024.",
        "Free cash inflow reached $12 million in 2024.",
        "outflow",
    ),
    (
        "The trade surplus reached $90 billion in May.",
        "The surplus was $90 billion in May.",
        "The trade deficit reached $90 billion in May.",
        "surplus",
    ),
    (
        "2024年净亏损由上年的5.1亿元收窄至2.3亿元。",
        "2024年净亏损收窄至2.3亿元。",
        "2024年净利润由上年的5.1亿元降至2.3亿元。",
        "亏损",
    ),
    ("经营活动现金净流出2.1亿元。", "经营活动现金净流出2.1亿元。", "经营活动现金净流入2.1亿元。", "流出"),
    ("5月贸易顺差为900亿美元。", "5月贸易顺差900亿美元。", "5月贸易逆差为900亿美元。", "盈余"),
    (
        "Item | 2024 | 2023\nTotal other comprehensive income/(loss) | (464) | 120",
        "Total other comprehensive income/(loss) came to -464 in 2024.",
        "Total other comprehensive income was 464 in 2024.",
        "sign",
    ),
    ("YTD 2023 revenue was $410 million.", "Revenue was $410 million YTD 2023.", "YTD 2022 revenue was $410 million.", "2023"),
    (
        "Item | YTD 2023 | YTD 2022\nRevenue | 410.2 | 380.4\nCosts | 300.1 | 290.7",
        "Revenue was 410.2 YTD 2023.",
        "Revenue was 410.2 YTD 2022.",
        "YTD 2023",
    ),
    (
        "In 2019 and 2018, 14% of revenue came from one customer.",
        "One customer brought 14% of revenue in 2018 and 2019.",
        "One customer brought 14% of revenue in 2018 and 2020.",
        "2020",
    ),
]  # fmt: skip
