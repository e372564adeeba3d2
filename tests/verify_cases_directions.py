"""Faults of direction, period, unit and of what was expected that other words than the passage's may hide."""

from __future__ import annotations

# A passage, right sentences, wrong ones.
DIRECTIONS: list[tuple[str, list[str], list[str]]] = [
    (
        "Q3 2024 gross margin was 41.2%, 2.3 percentage points better than a year earlier and 0.6 percentage points better on the quarter. Domestic sales were EUR 310m.",
        [
            "The Q3 2024 gross margin of 41.2% was 2.3 percentage points wider than in the previous year.",
            "It was 0.6 percentage points wider than in the preceding quarter.",
        ],
        ["The Q3 2024 gross margin of 41.2% was 2.3 percentage points wider than in the preceding quarter."],
    ),
    (
        "US gasoline stocks drew by 3.1 million barrels to 228.4 million in the week of 6 June.",
        ["US gasoline stocks fell to 228.4 million barrels from 231.5 million a week before."],
        ["US gasoline stocks rose to 228.4 million barrels from 231.5 million a week before."],
    ),
    (
        "6月末生猪存栏421.3万头,较3月末减少6.2万头。",
        ["生猪存栏由3月末的427.5万头降至6月末的421.3万头。"],
        ["生猪存栏由3月末的427.5万头增至6月末的421.3万头。"],
    ),
    (
        "11月参加车牌拍卖的人数为58240人,比上月减少了3115人。",
        ["11月参加车牌拍卖的有58240人,较上月少了3115人。"],
        ["11月参加车牌拍卖的有58240人,较上月多了3115人。"],
    ),
    (
        "公司拟向全体股东每10股派发现金红利4.6元(含税)。",
        ["公司拟每10股派现4.6元(含税)。", "公司拟10派4.6元。"],
        ["公司拟每股派现4.6元(含税)。"],
    ),
    (
        "For fiscal 2026 we project capital expenditure will be approximately $3.4 billion, most of it for stores.",
        ["Capital expenditure is projected at $3.4 billion for fiscal 2026."],
        ["Capital expenditure in fiscal 2026 turned out at $3.4 billion."],
    ),
    (
        "港口 | 10月吞吐量(万吨) | 同比 | 1-10月累计(万吨) | 累计同比\n东港 | 512.4 | 6.1% | 5,020 | 4.4%\n西港 | 233.8 | -2.7% | 2,406 | 1.5%",
        ["东港10月吞吐量为512.4万吨,同比增长6.1%。"],
        ["东港10月吞吐量为512.4万吨,环比增长6.1%。"],
    ),
    (
        "3Q25, EUR m | Actual | Our est. | Consensus | 3Q24\nSales | 842 | 815 | 826 | 790\nAdjusted EBIT | 71 | 78 | 75 | 80",
        [
            "Adjusted EBIT came to EUR 71m in the third quarter.",
            "We had estimated adjusted EBIT of EUR 78m for the third quarter.",
            "Sales of EUR 842m were EUR 16m ahead of consensus.",
        ],
        [
            "The company reported adjusted EBIT of EUR 78m for the third quarter.",
            "Sales of EUR 842m were EUR 16m below the consensus figure.",
        ],
    ),
    (
        "Adjusted EPS was $2.10; GAAP EPS, which holds the gain on the sale of the depot, was $2.35.",
        ["Adjusted EPS of $2.10 was 25 cents below the GAAP figure."],
        ["Adjusted EPS of $2.10 was 25 cents above the GAAP figure."],
    ),
    (
        "Exports made up 48% and 52% of sales for the first quarter and first half of fiscal 2024, respectively, and 61% and 63% of sales for the first quarter and first half of fiscal 2023, respectively.",
        [
            "Exports made up 52% of sales in the first half of fiscal 2024.",
        ],
        [
            "Exports made up 52% of sales in the first quarter of fiscal 2024.",
        ],
    ),
    (
        "Charges in 2023 included the ferry programme ($640 million) and the signalling contract ($210 million). These were partly offset by charges on the tram ($95 million), the depot ($61 million), and the ferry programme ($120 million) recognized in 2022.",
        ["The tram cost a charge of $95 million in 2022."],
        ["The tram cost a charge of $95 million in 2023."],
    ),
    (
        "公司上半年开工面积同比下降24 至365万平方米，开工金额同比下降6 至147亿元，均价同比增长24 至4027元。",
        ["公司上半年开工面积同比下降24%。"],
        ["公司上半年开工面积同比上升24%。"],
    ),
    (
        "Price realisation was weak in the year. Freight rates are expected to continue to increase as customers ship more of their parcels by air, and we reduce our list prices. 排除补贴后,公司单店收入、单店毛利率、单店净利率均在提升当中。",
        ["Freight rates should go on increasing.", "剔除补贴影响,单店收入与单店毛利率均在提升。"],
        [
            "Freight rates are expected to continue to decrease as customers ship more.",
            "剔除补贴影响,单店收入与单店毛利率均在下降。",
        ],
    ),
    (
        "目前甜菊糖与赤藓糖醇价格均处于历史低位,公司逆势扩产。",
        ["甜菊糖与赤藓糖醇价格都在历史低位。"],
        ["甜菊糖与赤藓糖醇价格都在历史高位。"],
    ),
    (
        "Management fees dropped 4% on significantly lower incentive fees, while trading revenues gained.",
        ["Management fees fell 4%, mostly on much lower incentive fees."],
        ["Management fees fell 4%, mostly on much higher incentive fees."],
    ),
    (
        "- 2025年10月17日煤炭指数市盈率11.4倍,低于3年/5年/10年30%分位 [2] - 经调整净利率6.4%,去年同期7.9% [3] - 三季度新增用地总价升2.8%,规划面积 - 12.3% [4]",
        [
            "煤炭指数市盈率为11.4倍,低于近3年、5年和10年的30%分位。",
            "经调整净利率6.4%,低于去年同期。",
            "规划面积下降12.3%。",
        ],
        [
            "煤炭指数市盈率为11.4倍,高于近3年、5年和10年的30%分位。",
            "经调整净利率6.4%,高于去年同期。",
            "规划面积增长12.3%。",
        ],
    ),
    (
        "- Operating margin got better, to 17.4%, through lower freight costs; sales rose 6%",
        ["经营利润率升至17.4%。"],
        ["经营利润率降至17.4%。"],
    ),
    (
        "Management kept the FY26 dividend guidance at $0.90 per share. We estimate $0.94 for FY26.",
        [
            "Management has guided to a dividend of $0.90 per share for FY26.",
            "The house estimates a dividend of $0.94 for FY26.",
        ],
        ["Management has guided to a dividend of $0.94 per share for FY26."],
    ),
    (
        "Net debt fell to EUR 212 million in June 2025 from EUR 318 million in December 2024. The forecast of the gross margin is now 28.5% (previously 31.0%).",
        [
            "The company cut its net debt by EUR 106 million, about 33%, in the first half of 2025.",
            "毛利率预测比之前低2.5个百分点,为28.5%。",
        ],
        [
            "The company raised its net debt by EUR 106 million, about 33%, in the first half of 2025.",
            "毛利率预测比之前高2.5个百分点,为28.5%。",
        ],
    ),
    (
        "公司预计前三季度实现净利润8.2亿元至8.6亿元,同比增长37.12%至37.86%。",
        ["The company expects nine-month net profit to be up by at least 37% year on year."],
        ["The company expects nine-month net profit to be down by at least 37% year on year."],
    ),
    (
        "2025Q1基金持仓2.15%,2021Q2高点为9.40%。The central bank raised\nits target rate for deposits of commercial banks at the May meeting to a range of 1.25% to 1.50%.",
        [
            "2025年一季度基金持仓2.15%,远低于2021年二季度9.40%的高点。",
            "The central bank lifted its target rate to 1.25%-1.50%.",
        ],
        [
            "2025年一季度基金持仓2.15%,远超过2021年二季度9.40%的高点。",
            "The central bank lowered its target rate to 1.25%-1.50%.",
        ],
    ),
]
