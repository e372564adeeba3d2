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
]
