"""Invented statements and tables with right sentences that say their figures otherwise, and the like of those made false."""

from __future__ import annotations

ROWS = """Income statement (EUR million)
2024 | 2023
Revenue | 1,240.0 | 1,055.3
Gross profit | 520.8 | 410.5
Operating profit | 186.0 | 212.6
Net loss | (19.3) | (31.4)"""
SHARES = """分地区收入(单位:百万元)
地区 | 2024年 | 2023年
华东 | 3,120.0 | 2,610.0
西南 | 1,480.0 | 1,615.0
东北 | 900.0 | 890.0"""
NOTES = """(In millions) | 2024 | 2023
3.4% notes due May 2029 | 5,000 | —
2.1% notes due June 2031 | 1,250 | 1,250"""
FEES = """Fiscal 2024 | Fiscal 2023
Audit Fees | $ 2,431,500 | $ 2,612,900
Tax Fees | 312,400 | 118,300
Other Fees | 56,000 | 49,000
Total | $ 2,799,900 | $ 2,780,200"""
LOST = "公司2023年收入131 40亿元，同比增长5 20  归母净利润12 85亿元，同比下降3 64 。毛利率30 15 ，同比提升1 20pct。维持 买入 评级。"

DERIVED: list[tuple[str, list[str], list[str]]] = [
    (
        ROWS,
        [
            "Revenue rose 17.5% to EUR 1,240.0 million in 2024.",
            "Revenue grew by EUR 184.7 million to EUR 1,240.0 million.",
            "The gross margin improved to 42.0% from 38.9%.",
            "Operating profit of EUR 186.0 million was 15% of revenue in 2024.",
            "The net loss narrowed to EUR 19.3 million from EUR 31.4 million.",
            "Revenue came to EUR 1.2 billion in 2024.",
        ],
        [
            "Revenue fell 17.5% to EUR 1,240.0 million in 2024.",
            "Revenue rose 15.7% to EUR 1,240.0 million in 2024.",
            "Revenue grew by USD 184.7 million to EUR 1,240.0 million.",
            "Revenue grew by EUR 148.7 million to EUR 1,240.0 million.",
            "The gross margin improved to 43.0% from 38.9%.",
            "The gross margin worsened to 42.0% from 38.9%.",
            "The net loss widened to EUR 19.3 million from EUR 31.4 million.",
            "Revenue came to EUR 1.3 billion in 2024.",
        ],
    ),
    (
        SHARES,
        [
            "2024年华东收入31.2亿元,同比增长19.5%,占总收入的56.7%。",
            "2024年三个地区收入合计55亿元。",
            "西南收入由16.15亿元降至14.8亿元,下降8.4%。",
        ],
        [
            "2024年华东收入31.2亿元,同比下降19.5%。",
            "2024年华东收入31.2亿元,占总收入的65.7%。",
            "2024年三个地区收入合计56亿元。",
            "西南收入由16.15亿元降至14.8亿元,下降4.8%。",
        ],
    ),
    (
        NOTES,
        ["The 3.4% notes due May 2029 stood at $5.0 billion."],
        ["The 3.4% notes due May 2029 stood at $5.0 million."],
    ),
    (
        FEES,
        ["Tax fees more than doubled, from $118,300 to $312,400.", "Fees came to $2.8 million in fiscal 2024."],
        [
            "Tax fees more than tripled, from $118,300 to $312,400.",
            "Tax fees halved, from $118,300 to $312,400.",
            "Fees came to $2.6 million in fiscal 2024.",
        ],
    ),
    (
        LOST,
        [
            "2023年收入131.40亿元,同比增长5.20%;归母净利润12.85亿元,同比下降3.64%。",
            "毛利率30.15%,同比提升1.20个百分点。",
        ],
        [
            "2023年收入131.40亿元,同比下降5.20%。",
            "2023年收入131.40亿元,同比增长2.50%。",
            "2023年收入131.40万元,同比增长5.20%。",
        ],
    ),
    (
        "Exports were 34.6% up on the year at 62,300 units; Brazil took 49% of them, 21% went to Chile.",
        [
            "Exports grew by about a third to 62,300 units.",
            "Nearly half of the exports went to Brazil and about a fifth to Chile.",
            "Exports reached about 62,000 units.",
        ],
        [
            "Exports shrank by about a third to 62,300 units.",
            "Exports grew by about two-thirds to 62,300 units.",
            "Nearly three-quarters of the exports went to Brazil.",
            "Exports reached about 66,000 units.",
        ],
    ),
    (
        "订单同比增长104%,海外占比52.3%,毛利率19.2%,库存下降33.8%。",
        ["订单同比翻番,海外占比过半。", "毛利率近两成,库存减少三分之一。"],
        ["订单同比翻两番。", "毛利率近三成。", "库存增加三分之一。", "库存减少三分之二。"],
    ),
    (
        "The share of renewables slipped from 43% in 2023 to 38% in 2024.",
        ["The share of renewables fell 5 percentage points to 38% in 2024."],
        [
            "The share of renewables rose 5 percentage points to 38% in 2024.",
            "The share of renewables fell 8 percentage points to 38% in 2024.",
        ],
    ),
    (
        "The loan bears interest at the base rate plus 0.85% and matures in March 2027. The spread was 0.60% before.",
        ["The loan pays 85 basis points over the base rate."],
        ["The loan pays 85 percentage points over the base rate.", "The loan pays 58 basis points over the base rate."],
    ),
    (
        "Debt was $1,482.5 million and cash $396.1 million at the end of June 2024.",
        ["Net debt was about $1,086 million (1,482.5 - 396.1).", "Net debt was $1.09 billion (1,482.5 minus 396.1)."],
        ["Net debt was about $1,186 million (1,482.5 - 396.1).", "Net debt was $1.09 million (1,482.5 minus 396.1)."],
    ),
    (
        "Buybacks were $740 million in the quarter against $905 million a year before.",
        ["Buybacks were $740 million, less than the $905 million of a year before."],
        ["Buybacks were $740 million, more than the $905 million of a year before."],
    ),
    (
        "Shipments in July were 2,140 units, 183% more than a year ago.",
        ["Shipments in July were 2,140 units, 2.8 times the level of a year ago.", "7月出货2140台,同比增长1.83倍。"],
        ["Shipments in July were 2,140 units, 1.8 times the level of a year ago.", "7月出货2140台,同比增长2.83倍。"],
    ),
    (
        "The plant made 41,600 tonnes in the quarter ended June 2024.",
        ["The plant made 41,600 tonnes in the June 2024 quarter."],
        ["The plant made 41,600 tonnes in the March 2024 quarter."],
    ),
    (
        ROWS,
        [
            "In short: Income statement (EUR million) 2024 | 2023 Revenue | 1,240.0 | 1,055.3 Gross profit | 520.8 | 410.5 Operating profit | 186.0 | 212.6.",
            "Income statement 2024 | 2023 Revenue | 1240.0 | 1055.3 Gross profit | 520.8 | 410.5 Operating profit | 186.0 | 212.6 Net loss | (19.3) | (31.4)",
        ],
        [
            "Income statement 2024 | 2023 Revenue | 1,240.0 | 1,055.3 Gross profit | 528.0 | 410.5 Operating profit | 186.0 | 212.6.",
            "Income statement 2024 | 2023 Revenue | 1,240.0 | 1,055.3 Gross profit | 410.5 | 520.8 Operating profit | 186.0 | 212.6.",
            "Income statement 2023 | 2024 Revenue | 1,240.0 | 1,055.3 Gross profit | 520.8 | 410.5 Operating profit | 186.0 | 212.6.",
            "Income statement 2024 | 2023 Operating profit | 1,240.0 | 1,055.3 Gross profit | 520.8 | 410.5 Revenue | 186.0 | 212.6.",
            "Income statement 2024 | 2023 Revenue | 1,240.0 | 1,055.3 Gross profit | 520.8 | 410.5 Net loss | 19.3 | (31.4).",
        ],
    ),
    (
        "We keep our Buy rating on Ostwald Gears and lift the target price to EUR 41. 维持“买入”评级。",
        ["Ostwald Gears keeps its Buy rating.", "维持买入评级。"],
        ["Ostwald Gears keeps its Sell rating.", "维持中性评级。"],
    ),
    ("维持谨慎推荐评级。", ["维持增持评级。"], ["It keeps its Sell rating."]),
    (
        "Exports were 23.4% of sales in 2024.",
        ["Over a fifth of sales was exported in 2024."],
        ["Over a tenth of sales was exported in 2024."],
    ),
    (
        "Orders rose 4.1% in June. In July, orders fell 3.2%.",
        ["Orders rose 4.1% in June and, in July, fell 3.2%."],
        ["Orders rose 4.1% in June and, in July, 3.2%."],
    ),
    (
        "The rating is cut from Overweight to Neutral.",
        ["The previous Overweight rating is gone.", "It is downgraded to Neutral."],
        ["It is downgraded to Underweight."],
    ),
    (
        "Six trams were ordered for EUR 21.6 million. The company plans to buy two depots.",
        ["Six trams were ordered for EUR 21.6 million, or EUR 3.6 million a tram."],
        ["Six trams were ordered for EUR 21.6 million, or EUR 6.3 million a tram."],
    ),
    (
        "公司拟收购两家门店,两家门店去年实现净利润640万元。",
        ["公司拟收购两家门店,其净利润为640万元。"],
        ["公司拟收购两家门店,其净利润为460万元。"],
    ),
]
