"""What an answer may say of a passage in its own words, and the same with one thing wrong: tables in words, differences that
are shown, bases named behind a figure, ranges of months, lists in another order."""

from __future__ import annotations

SEGMENTS = """Revenue by segment, EUR million
Segment | 2024 | 2023 | Change
Harbour cranes | 412.6 | 371.2 | 11.2%
Conveyor belts | 198.3 | 214.9 | (7.7)%
Services | 88.1 | 80.4 | 9.6%
Total | 699.0 | 666.5 | 4.9%"""
YIELDS = """Forecasts
| | Q3 2027 | Q4 2027 | Q1 2028 |
|---|---|---|---|
| Policy rate, % | 4.25 | 4.00 | 3.75 |
| Five-year yield, % | 4.60 | 4.45 | 4.35 |"""
BALANCE = """Financial position (USD million)
At the end of | June 2026 | December 2025
Ferries and terminals | 1,310.5 | 1,284.0
Cash and cash equivalents | 96.2 | 118.7
Interest-bearing debt | 640.4 | 602.9"""
FLOWS = """现金流量表(单位:百万元)
项目 | 2026年度 | 2025年度
经营活动产生的现金流量净额 | 812.4 | 705.6
投资活动产生的现金流量净额 | (934.7) | (618.2)"""

# A passage, right sentences, wrong ones.
SHOWN: list[tuple[str, list[str], list[str]]] = [
    (
        SEGMENTS,
        [
            "Harbour cranes grew 11.2% to EUR 412.6 million in 2024.",
            "Conveyor belts declined 7.7% to EUR 198.3 million in 2024.",
            "Services made up 12.6% of revenue in 2024 (88.1 / 699.0 = 12.6%).",
        ],
        [
            "Harbour cranes grew 9.6% to EUR 412.6 million in 2024.",
            "Conveyor belts grew 7.7% to EUR 198.3 million in 2024.",
            "Harbour cranes grew 11.2% to USD 412.6 million in 2024.",
            "Harbour cranes made EUR 412.6 billion in 2024.",
            "Conveyor belts declined 7.7% to EUR 198.3 million in 2023.",
            "Harbour cranes shrank 11.2% in 2024.",
            "Services made up 12.6% of revenue in 2023 (88.1 / 699.0 = 12.6%).",
        ],
    ),
    (
        YIELDS,
        [
            "The five-year yield is seen easing from 4.60% in Q3 2027 to 4.35% in Q1 2028, or by 25 basis points.",
            "The policy rate is forecast at 4.00% in Q4 2027.",
        ],
        [
            "The five-year yield is seen easing from 4.60% in Q3 2027 to 4.35% in Q1 2028, or by 35 basis points.",
            "The five-year yield is seen climbing from 4.60% in Q3 2027 to 4.35% in Q1 2028.",
            "The policy rate is forecast at 4.00% in Q1 2028.",
        ],
    ),
    (
        BALANCE,
        [
            "Debt rose to USD 640.4 million at the end of June 2026 from USD 602.9 million, while cash fell to USD 96.2 million from USD 118.7 million.",
            "Net debt was USD 544.2 million (640.4 - 96.2 = 544.2).",
            "Debt rose by USD 37.5 million (640.4 - 602.9 = 37.5).",
        ],
        [
            "Debt fell to USD 640.4 million at the end of June 2026 from USD 602.9 million.",
            "Net debt was USD 554.2 million (640.4 - 96.2 = 554.2).",
            "Debt fell by USD 37.5 million (640.4 - 602.9 = 37.5).",
        ],
    ),
    (
        FLOWS,
        ["2026年经营活动现金净流入8.124亿元,投资活动现金净流出9.347亿元。"],
        ["2026年投资活动现金净流入9.347亿元。", "2025年投资活动现金净流出9.347亿元。"],
    ),
    (
        "Cash provided by (used in) investing activities was $(6.3) billion and $(8.8) billion in 2024 and 2025.",
        ["Investing activities used $8.8 billion of cash in 2025, compared with $6.3 billion in 2024."],
        ["Investing activities provided $8.8 billion of cash in 2025.", "Investing activities used $6.3 billion in 2025."],
    ),
    (
        "IFRS profit for 2026 is put at EUR 31.4 million and non-IFRS profit at EUR 37.9 million.",
        ["The 2026 forecasts are EUR 31.4 million for IFRS profit and EUR 37.9 million for non-IFRS profit."],
        ["The 2026 forecasts are EUR 37.9 million for IFRS profit and EUR 31.4 million for non-IFRS profit."],
    ),
    (
        "Gross margin was 41%, better by 3.2 percentage points on the year and 0.9 on the quarter. Sales of EUR 81.5 million were short of the EUR 84.0 million consensus.",
        [
            "毛利率41%,同比提升3.2个百分点,环比提升0.9个百分点。",
            "Sales of EUR 81.5 million were EUR 2.5 million below the consensus of EUR 84.0 million.",
        ],
        [
            "毛利率41%,同比提升3.2个百分点,环比下降0.9个百分点。",
            "Sales of EUR 81.5 million were EUR 2.5 million above the consensus of EUR 84.0 million.",
            "收入8150万欧元,高于8400万欧元的一致预期。",
        ],
    ),
    (
        "The January to May total was 86,000 tractors, 9% more on the year. The May dip is put down to the weather.",
        ["1-5月拖拉机累计销量8.6万台,同比增长9%。", "From January to May 86,000 tractors were sold, up 9%."],
        ["1-6月拖拉机累计销量8.6万台,同比增长9%。", "From January to May 86,000 tractors were sold, down 9%."],
    ),
    (
        "Stocks at the port fell by 4,200 tonnes to 61,800 tonnes, and mills held 17,300 tonnes, 600 tonnes fewer than the week before.",
        ["Port stocks fell 4,200 tonnes to 61,800 tonnes and mill stocks 600 tonnes to 17,300 tonnes."],
        [
            "Port stocks fell 600 tonnes to 61,800 tonnes.",
            "Port stocks rose 4,200 tonnes to 61,800 tonnes.",
        ],
    ),
    (
        "预计三年净利润为4.11亿元/5.26亿元/6.48亿元,增18.4%/28.0%/23.2%。产品为4纳米制程,出货与预期一致,新增门店26家。",
        [
            "预计三年净利润分别为4.11亿元、5.26亿元和6.48亿元,增速分别为18.4%、28.0%和23.2%。",
            "The product is made on a 4-nanometer process.",
            "新增门店26家。",
        ],
        [
            "预计三年净利润分别为4.11亿元、5.26亿元和6.48亿元,增速分别为18.4%、23.2%和28.0%。",
            "The product is made on a 5-nanometer process.",
            "门店减少26家。",
            "出货低于预期。",
        ],
    ),
    (
        "As of June 30, 2026, there were 120,450,000 shares of Class A common stock and 31,870,000 shares of Class B common stock outstanding. On adoption the company recognized $41.0 million of right-of-use assets and $44.6 million of lease liabilities. An interim dividend of 3.4 pence per share will be paid.",
        [
            "There were 120,450,000 Class A and 31,870,000 Class B shares.",
            "The company recorded $41.0 million of right-of-use assets and $44.6 million of lease liabilities.",
            "The interim dividend is 3.4p a share.",
        ],
        [
            "The company recorded $44.6 million of right-of-use assets and $41.0 million of lease liabilities.",
            "The interim dividend is 4.3p a share.",
        ],
    ),
    (
        "The order book ratio recovered to 1.21 from 0.97 three months earlier. Operating income was $8.4 billion in 2025 and $9.6 billion in 2026.",
        ["订单比由三个月前的0.97回升至1.21。", "2026年营业利润96亿美元,高于2025年的84亿美元。"],
        [
            "订单比由三个月前的0.97回落至1.21。",
            "2026年营业利润96亿美元,低于2025年的84亿美元。",
            "The order book ratio recovered to 1.21 from 0.97 six months earlier.",
        ],
    ),
    (
        "Debt was $5.8 billion, of which $0.7 billion was short-term. The 2031 Notes bear interest at 1.250% payable semi-annually on March 1 and the 2033 Notes at 2.500% payable semi-annually on May 15.",
        ["Debt was $5.8 billion, $0.7 billion of it short-term.", "The 2031 Notes pay 1.250% and the 2033 Notes 2.500%."],
        ["Debt was $5.8 billion, $0.7 billion of it long-term.", "The 2031 Notes pay 2.500% and the 2033 Notes 1.250%."],
    ),
    (
        "Over the past twelve months revenue climbed to $5.2 billion, which was short of estimates. Prices follow after two quarters.",
        [
            "Trailing twelve-month revenue was $5.2 billion.",
            "Revenue over twelve months came to $5.2 billion, trailing estimates.",
            "Prices follow with a lag of two quarters.",
        ],
        ["Revenue over twelve months came to $5.2 billion, beating estimates.", "Revenue fell to $5.2 billion over the past twelve months."],
    ),
    (
        "Returns lagged the sector by 3.4 points and growth outpaced that of peers by 1.2 points.",
        ["Growth was ahead of peers by 1.2 points, while returns were 3.4 points behind the sector."],
        ["Returns outpaced the sector by 3.4 points.", "Growth lagged that of peers by 1.2 points."],
    ),
]  # fmt: skip
