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
    (
        "Per share (EUR) and million shares\n2024 | 2023\nDiluted earnings per share | 3.41 | 2.96\nBasic | 480 | 487\nDiluted | 493 | 500",
        ["Diluted EPS was EUR 3.41 in 2024, up from EUR 2.96 in 2023."],
        ["Diluted EPS was EUR 3.41 in 2023.", "Diluted EPS was EUR 3.41 in 2024, down from EUR 2.96 in 2023."],
    ),
    (
        "In millions | Gross | Net | Average life (years)\nPatents | 412 | 380 | 12.5\nLicences | 96 | 71 | 4.0",
        ["Patents have an average life of 12.5 years."],
        ["Patents have an average life of 15.2 years.", "Patents have an average life of 4.0 years."],
    ),
    (
        "USD million\n2024 | 2023\nOther income (expense), net | 41 | (57)\nNet loss | (19.3) | (31.4)\nLoss per share | (0.19) | (0.31)",
        [
            "Other income (expense) was a net expense of USD 57 million in 2023.",
            "The net loss was about USD 19 million in 2024, or USD 0.19 per share.",
            "2024年净亏损为1930万美元,较上年的3140万美元有所收窄。",
        ],
        [
            "Other income (expense) was a net income of USD 57 million in 2023.",
            "The net loss was about USD 19 million in 2024, or USD 0.31 per share.",
            "2024年净亏损为1930万美元,较上年的3140万美元有所扩大。",
        ],
    ),
    (
        "The base rent for May 2021 through March 2023 is $18,500 per month.",
        ["Rent is $18,500 per month from May 2021 to March 2023.", "The lease ran from May 2021 to March 2023."],
        ["Rent is $18,500 per month from May 2021 to March 2024."],
    ),
    (
        "As of March 2025, borrowings by maturity are $2.41 billion in 2027 and $80 million in 2028.",
        ["Borrowings maturing in 2027 amounted to $2.41 billion as of March 2025."],
        ["Borrowings maturing in 2028 amounted to $2.41 billion as of March 2025."],
    ),
    (
        "2024年3月5日,新华财经电,股东沈某计划减持不超过1280000股,不超过公司股份总数的1.30%,减持日期至2024年09月20日",
        [
            "Shareholder Shen plans to sell up to 1,280,000 shares by 20 September 2024.",
            "拟减持不超过股份总数的1.30%。",
        ],
        ["Shareholder Shen plans to sell up to 1,280,000 shares by 20 November 2024.", "拟减持不低于股份总数的1.30%。"],
    ),
    (
        "Coal averaged 638 RMB/ton, 14 RMB/ton (-2.18%) under the week before, after a strike of eleven days.",
        [
            "Coal averaged RMB 638 a ton, down RMB 14 (2.18%) from the previous week.",
            "An eleven-day strike came before.",
        ],
        ["Coal averaged RMB 638 a ton, up RMB 14 (2.18%) from the previous week.", "A twelve-day strike came before."],
    ),
    (
        "Games abroad reached 3.6 billion yuan, a 43.4% surge that topped expectations by 14.8%; the forecast is raised to 9.1 billion, that is by 4.0%.",
        ["海外游戏收入36亿元,同比大增43.4%,超预期14.8%。", "预测上调4.0%至91亿元。"],
        ["海外游戏收入36亿元,同比大减43.4%,超预期14.8%。", "预测下调4.0%至91亿元。"],
    ),
    (
        "营收/净利润12.0/3.4亿元,同比增长5%/6%。维持2025-2027年净利润4.1、4.6、5.2亿元的预测。",
        ["净利润3.4亿元,同比增长6%。", "报告维持2025-2027年净利润4.1亿、4.6亿和5.2亿元的预测。"],
        ["净利润3.4亿元,同比下降6%。", "报告上调2025-2027年净利润4.1亿、4.6亿和5.2亿元的预测。"],
    ),
    (
        "一季度客房均价205.5元,超过2019年一季度203.9元。前三季收入20.4亿元。",
        ["客房均价为205.5元,高于2019年同期的203.9元。", "前三季度收入20.4亿元。"],
        ["客房均价为205.5元,高于2018年同期的203.9元。", "三季度收入20.4亿元。"],
    ),
    (
        "Revenue by region (USD million)\nRegion | 2024 | 2023 | Change\nEurope | 595.9 | 578.9 | 2.9%\nAsia | 595.8 | 638.7 | (6.7)%",
        ["European revenue grew 2.9% to $595.9 million in 2024, slightly larger than Asia at $595.8 million."],
        ["Revenue in Asia grew 2.9% to $595.9 million in 2024."],
    ),
    (
        "Debt (USD million)\nAt 31 December | 2024 | 2023\n4.25% notes due 2027 | 400.0 | 400.0\nTerm loan due 2028 | 388.3 | 290.2\nNet income | 254.9 | 183.4\nNet cash used in investing activities | (442.1) | (402.1)",
        [
            "The debt consists of $400.0 million of 4.25% notes due 2027 and a $388.3 million term loan due 2028.",
            "Net income for 2024 was $254.9 million, up from $183.4 million.",
        ],
        [
            "The debt consists of $400.0 million of 4.25% notes due 2027 and a $383.8 million term loan due 2028.",
            "Net income for 2024 was $254.9 million, down from $183.4 million.",
        ],
    ),
    (
        "Balance (in millions)\nYears ended December 31, 2024 | 2023\nReserve balance at January 1 | 926 | 1,138\nReserve balance at December 31 | 1,037 | 926",
        ["The reserve balance rose to 1,037 million at the end of 2024 from 926 million at its beginning."],
        ["The reserve balance rose to 1,037 million at the end of 2023."],
    ),
    (
        "Demo stock was $0.4 million. Amortization was $0.5 million and $0.6 million for the years ended March 31, 2024 and 2023.",
        ["Amortization was $0.5 million in fiscal 2024 and $0.6 million in fiscal 2023."],
        ["Amortization was $0.6 million in fiscal 2024."],
    ),
    (
        "(In millions) | Rates | December 31, 2023 | June 30, 2024\n2021 Notes issuance of $18.5 billion | 0.45% - 3.25% | 18,500 | 17,500",
        ["The 2021 Notes had $17.5 billion outstanding at June 30, 2024."],
        ["The 2021 Notes had $17.5 billion outstanding at December 31, 2023."],
    ),
    (
        "Year Ended December 31, 2024 Third Quarter | Fourth Quarter\nNet sales | $ 565.8 | $ 723.9",
        ["Net sales were $723.9 in the fourth quarter of 2024."],
        ["Net sales were $723.9 in the third quarter of 2024."],
    ),
    (
        "公告显示,沈某累计减持819 32万股，占总股本的1 9896 ，持股比例从10 4994 下降至8 5098 。同比增长4 10 ，毛利率30 15 。",
        ["沈某累计减持819.32万股,占总股本的1.9896%,持股比例由10.4994%降至8.5098%。"],
        ["沈某累计减持819.32万股,占总股本的1.9986%。"],
    ),
]
