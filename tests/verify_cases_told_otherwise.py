"""Right sentences that name periods, units and rates otherwise than their passage does, each group with wrong ones like them."""

from __future__ import annotations

TOLLGATE = (
    "For the six months ended 30 June 2025 Tollgate Freight reported revenue of £412.6m (H1 2024: £388.9m) and adjusted operating "
    "profit of £31.4m (H1 2024: £34.0m). Like-for-like sales fell 2.4%, compared with growth of 1.1% in the same period of 2024."
)
SHENGYUAN = "公司2025年上半年实现营业收入42.38亿元，同比增长18.6%。二季度单季收入23.05亿元，环比增长19.2%。上半年毛利率24.3%，同比下降1.9个百分点。"
RATES = (
    "The current-account deficit widened to 2.9% of GDP in 2025. Growth is expected to slow to 1.8% in 2026 from 2.4% this year. "
    "The bank lowered its 2027 growth projection to 2.7% from 3.0%. Inflation was 2.0% y/y in December, after 2.1% in November."
)
PRICES = "品种 | 单位 | 2月6日 | 1月30日 | 周涨跌幅\n电池级碳酸锂 | 万元/吨 | 13.6 | 14.2 | -4.2%\n氢氧化锂 | 万元/吨 | 12.9 | 13.3 | -3.0%"
PORTS = "港口 | 11月吞吐量（万TEU） | 同比 | 1-11月累计（万TEU） | 累计同比\n东港 | 428.6 | 5.3% | 4,702 | 6.1%\n南港 | 276.1 | -1.8% | 3,015 | 2.4%"
LEDGER = "Three months ended September 30 | 2025 | 2024\n(in millions)\nTotal revenues | $ 1,874 | $ 2,015\nOperating income | 472 | 517"

TOLD_OTHERWISE = [
    (
        TOLLGATE,
        [
            "Tollgate's first-half 2025 revenue rose about 6% to £412.6m, while adjusted operating profit slipped from £34.0m to £31.4m.",
            "Like-for-like sales declined by 2.4% in the first half of 2025, having grown by 1.1% in the first half of 2024.",
            "Revenue came to £412.6m in the half that ended June 2025.",
        ],
        [
            "Adjusted operating profit was £31.4m in H1 2024.",
            "Like-for-like sales grew by 1.1% in the first half of 2025.",
            "Revenue came to £412.6m in June 2025.",
        ],
    ),
    (
        SHENGYUAN,
        [
            "一季度收入约为19.33亿元（42.38亿元-23.05亿元）。",
            "H1 2025 gross margin was 24.3%, or 1.9 percentage points lower than in the same period of 2024.",
        ],
        [
            "三季度收入约为19.33亿元（42.38亿元-23.05亿元）。",
            "一季度收入约为19.83亿元（42.38亿元-23.05亿元）。",
            "2024年二季度收入为23.05亿元。",
        ],
    ),
    (
        RATES,
        [
            "GDP growth of 1.8% is forecast for 2026, 0.6 points below the 2.4% expected for 2025.",
            "The bank projects growth of 2.7% in 2027, 0.3 points less than before.",
            "Inflation eased by 0.1 percentage point to 2.0% in December.",
        ],
        [
            "Growth is expected to pick up to 1.8% in 2026 from 2.4%.",
            "The bank raised its 2027 growth projection to 2.7%.",
            "There was a current-account surplus of 2.9% of GDP in 2025.",
            "Inflation rose by 0.1 percentage point to 2.0% in December.",
        ],
    ),
    (
        PRICES,
        ["截至2月6日当周，电池级碳酸锂价格下跌4.2%，从每吨14.2万元降至13.6万元。"],
        ["2月6日电池级碳酸锂价格为每吨13.6亿元。", "2月6日电池级碳酸锂价格为每吨14.2万元。"],
    ),
    (
        PORTS,
        ["11月东港吞吐量为428.6万TEU，同比增长5.3%。", "南港11月吞吐量同比下降1.8%，但前11个月累计仍增长2.4%。"],
        ["11月东港吞吐量为428.6亿TEU。", "南港前10个月吞吐量累计增长2.4%。"],
    ),
    (
        LEDGER,
        ["Revenues fell 7% to $1.87 billion in the third quarter of 2025."],
        [
            "Revenues fell 8% to $1.87 billion in the third quarter of 2025.",
            "Revenues rose 7% to $1.87 billion in the third quarter of 2025.",
        ],
    ),
    (
        "Capex intensity was 14.8% of sales versus 16.2%. FY26 revenue guidance was raised to US$905-915m from US$890-905m. "
        "Catastrophe losses added 7.2 points to the combined ratio of 94.6%.",
        [
            "Capex as a share of sales fell by 1.4 percentage points to 14.8%.",
            "FY26 revenue guidance went from US$890-905m to US$905-915m.",
            "Excluding catastrophe losses the combined ratio would have been 87.4%.",
        ],
        [
            "FY26 revenue guidance was cut to US$905-915m.",
            "Excluding catastrophe losses the combined ratio would have been 101.8%.",
        ],
    ),
    (
        "上周10年期国债收益率上行6.7个基点至1.73%，30年期国债收益率上行8.2个基点至1.95%。",
        ["30年期与10年期国债的利差为22个基点（1.95%-1.73%）。"],
        ["30年期与10年期国债的利差为32个基点（1.95%-1.73%）。"],
    ),
    (
        "2025年第四季度，信诺物流快递业务量18.6亿件。全年业务量68.3亿件，市场份额提升0.4个百分点至3.5%。",
        ["2025年信诺物流的市场份额为3.5%。"],
        ["2025年快递业务量为18.6亿件。", "2024年信诺物流的市场份额为3.5%。"],
    ),
    (
        "Adjusted EBITDA fell to EUR 402m (3Q24: EUR 447m), a margin of 12.5%. TP EUR 31 (EUR 34). Organic sales rose 6% in the fourth "
        "quarter, twice the 3% of the third. The operating margin was 19.5%, 60 basis points less than in 2024.",
        [
            "Adjusted EBITDA was EUR 402m, a margin of 12.5%.",
            "The price target is cut by EUR 3 to EUR 31.",
            "Organic growth doubled to 6% from 3% in the third quarter.",
            "The operating margin slipped by 60bp to 19.5% in 2025.",
        ],
        [
            "The margin was 12.5% in 3Q23.",
            "The price target is cut by EUR 4 to EUR 31.",
            "Organic sales rose 3% in the second quarter.",
            "The operating margin was 19.5% in 2024.",
        ],
    ),
    (
        "Kestrel handled 7.84m passengers in September, 3.2% more than a year earlier. In the first nine months, passengers totalled 61.3m (+2.7%). "
        "The operator now expects 80-81m passengers this year. It proposes a dividend of EUR 0.28. Funds of the group saw outflows of EUR 11.8bn.",
        [
            "September passenger numbers rose 3.2% year on year to 7.84 million.",
            "Kestrel carried 61.3 million passengers in the first nine months, up 2.7%.",
            "Kestrel expects between 80 million and 81 million passengers.",
            "Passengers reached 61.3 million, and the dividend is EUR 0.28.",
            "Funds lost EUR 11.8bn.",
        ],
        [
            "Kestrel carried 61.3 million passengers in the first eight months.",
            "Funds gained inflows of EUR 11.8bn.",
        ],
    ),
    (
        "11月1-16日，乘用车零售86.9万辆，同比下降14%。集装箱吞吐量1,024万TEU。",
        ["截至11月16日，乘用车零售86.9万辆。", "集装箱吞吐量突破1,000万TEU。"],
        ["截至11月26日，乘用车零售86.9万辆。", "集装箱吞吐量突破1,100万TEU。"],
    ),
    (
        "$ million | 2Q25 | 2Q24\nProduct revenue | 412.5 | 371.0\nServices revenue | 188.2 | 160.4\nTotal revenue | 600.7 | 531.4\nOperating income | 92.3 | 61.7",
        [
            "The operating margin was 15.4% in 2Q25, against 11.6% a year before.",
            "Services revenue was $188.2 million in the second quarter of 2025.",
        ],
        [
            "The operating margin was 15.4% in 2Q25, against 12.6% a year before.",
            "Product revenue was $188.2 million in the second quarter of 2025.",
        ],
    ),
    (
        "Net sales for January-June 2025 were SEK 14,320m (15,010). EBITDA was SEK 1,866m (2,214), a margin of 13.0% (14.8). The net "
        "gearing ratio rose to 42% (35). Attributable profit was EUR 612m, 8% above consensus and 11% higher y/y. The NPL ratio fell "
        "10bp q/q to 3.2%. Credit spreads tightened 6bp to 84bp.",
        [
            "EBITDA declined from SEK 2,214m to SEK 1,866m, and the EBITDA margin from 14.8% to 13.0%.",
            "Gearing increased by seven percentage points to 42%.",
            "Attributable profit rose 11% to EUR 612m and was 8% better than consensus.",
            "NPLs fell to 3.2% from 3.3% in the quarter before.",
        ],
        [
            "EBITDA declined from SEK 2,214bn to SEK 1,866m.",
            "Gearing increased by eight percentage points to 42%.",
            "NPLs fell to 3.2% from 3.1% in the quarter before.",
            "Credit spreads widened 6bp to 84bp.",
        ],
    ),
    (
        "Battery capacity reached 102.4GWh in September. Year to date the total is 768GWh. Haoneng has a share of 37.9%, Bexa one of 18.0%.",
        [
            "9月装机量为102.4GWh，1-9月累计768GWh。",
            "Haoneng and Bexa together have 55.9%.",
            "Year to date the total is 768GWh.",
        ],
        ["1-8月累计768GWh。", "Haoneng and Bexa together have 56.9%."],
    ),
    (
        "报告期（2025年7-9月）营业收入9.34亿元。年初至报告期末，营业收入29.1亿元。2025-2027年归母净利润分别为8.6亿元、11.2亿元和14.1亿元。"
        "研发投入3.7亿元，占收入11.8%。库存周转天数由去年末的96天降至88天。管理层预计毛利率在33%-34%之间。",
        [
            "前三季度营业收入29.1亿元。",
            "2026年归母净利润为11.2亿元。",
            "研发投入3.7亿元，据此推算收入约31亿元。",
            "库存周转天数减少8天至88天。",
            "毛利率预期中值为33.5%。",
        ],
        [
            "第三季度营业收入29.1亿元。",
            "研发投入3.7亿元，据此推算收入约35亿元。",
            "库存周转天数减少9天至88天。",
            "毛利率预期中值为33.8%。",
        ],
    ),
    (
        "EUR m | Q3 25 | Q2 25 | Q3 24\nNet result | -24 | 15 | -3\nShipments (kt) | 1,730 | 1,815 | 1,860",
        ["The net loss widened to EUR 24m from EUR 3m a year ago, after a profit of EUR 15m in the second quarter."],
        ["Shipments came to 1,730 tonnes in Q3 2025."],
    ),
    (
        "Segment | FY24 | FY25\nUSD million\nBakery | 1,105 | 1,188\nDrinks | 388 | 452",
        ["Bakery revenue was USD 1,188 million in FY25."],
        ["Bakery revenue was USD 1,188 billion in FY25."],
    ),
    (
        "二季度箱量674万TEU，一季度为648万TEU，单箱收入1,082美元。",
        ["二季度箱量674万TEU，高于一季度的648万TEU，单箱收入为1,082美元。"],
        ["三季度单箱收入为1,082美元。"],
    ),
    (
        "2025年归母净利润19.2亿元，同比-4.1%。上半年收入42.38亿元，二季度23.05亿元。",
        ["2024年归母净利润约为20.0亿元。", "一季度收入为19.33亿元（42.38亿元-23.05亿元）。"],
        ["2025年归母净利润约为20.0亿元。", "一季度收入为19.33亿元（42.38万元-23.05亿元）。"],
    ),
    (
        "The backlog was US$23.7bn at 30 June 2025, against US$20.9bn a year before. Book-to-bill was 1.4x. The margin was 19.5%, 60 basis "
        "points less than in 2024.",
        [
            "The backlog grew by US$2.8bn over the year to US$23.7bn.",
            "The margin slipped by 60bp to 19.5% from 20.1% in 2024.",
        ],
        [
            "The backlog shrank by US$2.8bn over the year to US$23.7bn.",
        ],
    ),
]
