"""What a careful writer gets wrong beside the digits: which way a level went, whose it is, whether it has come about."""

from __future__ import annotations

# A passage, right sentences, wrong ones.
TOLD: list[tuple[str, list[str], list[str]]] = [
    (
        "Revenue for the six months ended 30 June 2025 was HK$5,214 million (2024: HK$4,876 million). Gross profit was HK$902 million (2024: HK$1,015 million). Inventories stood at HK$1,420 million at 30 June 2025 (31 December 2024: HK$1,208 million). The dividend was held at HK$0.12.",
        [
            "Gross profit dropped to HK$902 million in the first half of 2025.",
            "Inventories built up to HK$1,420 million.",
            "上半年收入增至52.14亿港元。",
        ],
        [
            "Gross profit rose to HK$902 million in the first half of 2025.",
            "Inventories fell to HK$1,420 million at 30 June 2025.",
            "上半年收入降至52.14亿港元。",
            "The dividend was raised to HK$0.12.",
        ],
    ),
    (
        "Segment results (EUR million)\n | 2024 | 2023\nAutomotive revenue | 1,842 | 1,967\nAerospace revenue | 1,105 | 988\nNet debt | 872 | 940",
        [
            "Aerospace revenue rose to EUR 1,105 million in 2024.",
            "Net debt came down to EUR 872 million.",
        ],
        [
            "Automotive revenue increased to EUR 1,842 million in 2024.",
            "Net debt rose to EUR 872 million in 2024.",
        ],
    ),
    (
        "琼泉酒业25Q3营收21.4亿元，去年同期为24.9亿元；毛利率24.6%，同比提升1.8个百分点，环比下降0.7个百分点；不良率1.18%，较年初下降4个基点。均价51元/千克，环比持平。",
        ["25Q3营收降至21.4亿元。", "毛利率同比升至24.6%。", "毛利率环比降至24.6%。"],
        ["25Q3营收增长至21.4亿元。", "毛利率同比降至24.6%。", "The NPL ratio rose to 1.18%.", "均价上涨至51元/千克。"],
    ),
    (
        "Halden's Q1 2025 net sales were SEK 8.4 billion, up 3.1% y/y; Sweden grew 1.2% while Norway fell 4.5%, and premium beer volumes rose 6.4% while mainstream volumes lost 2.9%.",
        [
            "Norway was the weak spot, down 4.5%, against growth of 1.2% in Sweden.",
            "Net sales rose 3.1% and premium volumes 6.4%.",
            "Halden在挪威的销售额下降4.5%。",
        ],
        [
            "Net sales in Sweden fell 4.5%.",
            "Mainstream volumes rose 6.4%.",
            "Halden Retail 2025年一季度挪威销售额增长1.2%。",
        ],
    ),
    (
        "Serious adverse events occurred in 3.2% of patients in the VRD-114 arm and 4.1% in the placebo arm. Line 1 ran at 92% of capacity, while line 2 is expected to run at 60%.",
        ["Serious adverse events were seen in 4.1% of those on placebo.", "Line 1 ran at 92% of capacity."],
        ["Placebo patients had serious adverse events in 3.2% of cases.", "Line 2 ran at 92% of capacity."],
    ),
    (
        "Endpoint | Drug A 200 mg | Drug A 400 mg | Placebo\nResponse rate | 34.7% | 46.3% | 11.7%\nMedian PFS (months) | 7.4 | 9.1 | 3.2",
        ["The response rate was 46.3% on 400 mg of Drug A against 11.7% on placebo."],
        ["The placebo group had a response rate of 34.7%.", "Median PFS was 9.1 months on placebo."],
    ),
    (
        "USD million | Q4 2024 | Q3 2024\nDomestic | 512.4 | 498.0\nOverseas | 287.1 | 301.6\nAutomotive revenue | 184.2 | 196.7\nAerospace revenue | 110.5 | 98.8",
        ["四季度国内收入5.124亿美元。", "Aerospace brought in USD 110.5 million in Q4 2024."],
        [
            "四季度海外收入5.124亿美元。",
            "Overseas revenue was USD 512.4 million in Q4 2024.",
            "Automotive revenue reached USD 110.5 million in Q4 2024.",
        ],
    ),
    (
        "中岳保险上半年承保亏损8.7亿元，综合成本率102.3%，同比上升1.6个百分点。平海保险承保利润5.5亿元，综合成本率97.1%，同比下降0.9个百分点。风驰汽车销量18.2万辆，同比增长21%；云帆汽车9.6万辆，同比下降7%。",
        ["平海保险的综合成本率为97.1%，承保利润5.5亿元。", "云帆汽车销量9.6万辆，同比下滑7%。"],
        ["中岳保险综合成本率为97.1%。", "平海保险综合成本率同比上升1.6个百分点。", "云帆汽车销量18.2万辆。"],
    ),
    (
        "上周北向资金净流出86.3亿元，其中电子行业净卖出21.7亿元，银行行业净买入15.2亿元；本周前两个交易日北向资金转为净流入32.5亿元。25Q3营收21.4亿元，去年同期为24.9亿元。",
        ["上周北向资金净流出86.3亿元，银行获净买入15.2亿元。", "本周头两个交易日净流入32.5亿元。"],
        [
            "上周北向资金净买入电子行业21.7亿元。",
            "Northbound investors were net sellers of RMB 1.52bn of bank shares last week.",
            "上周北向资金净流入32.5亿元。",
            "25Q3营收为24.9亿元。",
        ],
    ),
    (
        "(in thousands) | June 30, 2025 | June 30, 2024\nIncome tax benefit (expense) | 2,104 | (3,415)\nNet sales | 412,306 | 398,771",
        ["Parrish recorded an income tax benefit of $2.1 million.", "Net sales were $398,771 thousand in June 2024."],
        [
            "Parrish recorded an income tax expense of $2,104 thousand at June 30, 2025.",
            "At June 30, 2024 Parrish had an income tax benefit of $3,415 thousand.",
            "At June 30, 2025 the company had net sales of $398,771 thousand.",
        ],
    ),
    (
        "Exceptional items amounted to a charge of GBP 16 million. Price/mix added 3.5% to revenue and currency took away 2.2%. Net sales decreased $0.7 billion or 0.6% in fiscal 2020 and increased $2.8 billion or 2.3% in fiscal 2019.",
        ["Exceptional items were a charge of GBP 16 million.", "Price/mix contributed 3.5%, currency cost 2.2%."],
        [
            "Exceptional items were a credit of GBP 16 million.",
            "Currency added 2.2% to revenue.",
            "Net sales fell 0.6% in fiscal 2020 and by $2.8 billion in fiscal 2019.",
        ],
    ),
]
