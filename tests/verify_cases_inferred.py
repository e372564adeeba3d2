"""Invented statements and tables with sentences that work something out of figures which they neither have nor name, and false
ones beside."""

INFERRED = [
    (
        "- Hosting brought in 34.2 billion CNY (up 18%) and licences 21.7 billion CNY (up 9%) - Staff took 12.4 billion CNY.",
        ["云服务与授权合计收入约559亿元。"],
        ["云服务与授权合计收入约595亿元。", "云服务与授权合计收入约55.9亿元。"],
    ),
    (
        "- 二季度末门店5216家,其中直营1927家,净增308家 - 库存天数34.7天,较上周增2.6天 - 客单价23.4元。",
        [
            "二季度末共有5216家门店,约37%为直营店。",
            "Stock stood at 34.7 days, up from 32.1 days a week before.",
        ],
        [
            "二季度末共有5216家门店,约73%为直营店。",
            "Stock stood at 34.7 days, up from 31.2 days a week before.",
        ],
    ),
    (
        "Apartments are 12.3% under the peak of 2020, houses 17.9% under it.",
        ["与2020年高点相比,独栋的跌幅比公寓大5.6个百分点。"],
        ["与2020年高点相比,独栋的跌幅比公寓大6.5个百分点。"],
    ),
    (
        "锌收跌64美元,报2418美元/吨;锡收跌412美元,报26874美元/吨。",
        ["由收盘价倒推,锡前一日约为27286美元/吨。"],
        ["由收盘价倒推,锡前一日约为27826美元/吨。", "由收盘价倒推,锡前一日约为26462美元/吨。"],
    ),
    (
        "- 一季度设备投资降7.4%,比2023年全年少降1.3pct。",
        ["2024年一季度设备投资下降7.4%,据此推算2023年全年降幅为8.7%。"],
        ["2024年一季度设备投资下降7.4%,据此推算2023年全年降幅为7.8%。"],
    ),
    (
        "The EPS forecast for 2027 is raised by 6% to EUR 4.24 on cheaper freight. The target stays at EUR 61.",
        ["Before the 6% increase the house had EPS of EUR 4.00 pencilled in for 2027."],
        ["Before the 6% increase the house had EPS of EUR 4.50 pencilled in for 2027."],
    ),
    (
        "Revenue from customers outside Norway was 64% of the total in the third quarter of 2025, and 71% in that of 2024.",
        ["The Norwegian share of revenue thus reached 36% in the third quarter of 2025."],
        ["The Norwegian share of revenue thus reached 63% in the third quarter of 2025."],
    ),
    (
        "Norm Stores (in millions, except counts)\n2025 | 2024 | 2023\nNet sales | 41,210 | 39,870 | 38,655\nOperating margin | 7.4% | 7.9% | 7.7%\n"
        "Shops at the end of the period | 2,318 | 2,345 | 2,331",
        ["The group closed 2025 with 27 fewer shops than a year before.", "The margin gave up 0.5 points in 2025."],
        ["The group closed 2025 with 72 fewer shops than a year before.", "The margin gained 0.5 points in 2025."],
    ),
    (
        "The cost of risk rose to 64 basis points from 51, and the cover ratio to 71.2% from 68.4.",
        ["风险成本升至64个基点,上升13个基点。", "The cover ratio gained 2.8 points to 71.2%, from 68.4%."],
        ["风险成本升至64个基点,上升31个基点。", "The cover ratio gained 8.2 points to 71.2%, from 68.4%."],
    ),
    (
        "Net cash of EUR 182m compares with net debt of EUR 61m a year earlier. The dividend is EUR 0.90.",
        ["The company went from net debt of EUR 61m to net cash of EUR 182m, a swing of EUR 243m."],
        ["The company went from net debt of EUR 61m to net cash of EUR 182m, a swing of EUR 423m."],
    ),
    (
        "产品均价分别为1864、5317和3942元,分别较前一年上升231、2608和604元。",
        ["均价5317元,大约是前一年2709元的两倍。"],
        ["均价5317元,大约是前一年2709元的三倍。"],
    ),
    (
        "The company bought back 4.2 million shares for $189 million and paid dividends of $62 million. It has 318 million shares. "
        "Cash was $1.12 billion against debt of $2.47 billion. It opened 96 shops and closed 31.",
        [
            "The buyback cost an average of $45 a share.",
            "Buybacks and dividends together came to $251 million.",
            "The dividend came to about 19.5 cents a share.",
            "Net debt was about $1.35 billion.",
            "Net openings came to 65 shops.",
        ],
        [
            "The buyback cost an average of $54 a share.",
            "Buybacks and dividends together came to $215 million.",
            "The dividend came to about 15.9 cents a share.",
            "Net debt was about $1.53 billion.",
            "Net openings came to 56 shops.",
        ],
    ),
    (
        "Brent closed at $71.40 a barrel, down 3.2% on the week, and gold at $2,984, up 2.6%. The rate was cut by 25 basis points to 2.50%.",
        ["Gold gained about $76 on the week.", "布伦特原油一周前约为73.8美元。", "降息前利率为2.75%。"],
        ["Gold lost about $76 on the week.", "布伦特原油一周前约为78.3美元。", "降息前利率为2.25%。"],
    ),
    (
        "按公告预计,前三季度净利润8.04亿元至8.12亿元,同比增长34.21%至35.55%。",
        ["按区间反推,去年同期净利润约为5.99亿元。"],
        ["按区间反推,去年同期净利润约为5.69亿元。", "按区间反推,去年同期净亏损约为5.99亿元。"],
    ),
    (
        "Fuel took $426 million in the second quarter of 2025, out of $634 million in the first half of 2025.",
        ["Take away the second quarter's $426 million and fuel took about $208 million in the first quarter of 2025."],
        ["Take away the second quarter's $426 million and fuel took about -$208 million in the first quarter of 2025."],
    ),
    (
        "- 9月批发销量153.8万辆,同比增长21% - 其中出口26.4万辆 - 1-9月累计1064.2万辆 - 库存84万辆",
        ["9月内销约127.4万辆。", "出口约占9月批发销量的17%。"],
        ["9月内销约172.4万辆。", "出口约占9月批发销量的71%。"],
    ),
    (
        "Segment | Q3 2025 | Q3 2024\nDevices | 512 | 548\nServices | 364 | 301\nTotal | 1,004 | 966\n(USD million)",
        ["服务收入占比约36%。"],
        ["服务收入占比约63%。"],
    ),
    (
        "Halden Rail had revenue of NOK 6,270 million in 2025, 18% of which came from freight.",
        ["Freight brought in roughly NOK 1.13 billion."],
        ["Freight brought in roughly NOK 1.31 billion."],
    ),
    (
        "Torvik Marine had revenue of $842 million in 2025, up 9.4% from 2024.",
        ["Revenue in 2024 was about $770 million."],
        ["Revenue in 2023 was about $770 million."],
    ),
    (
        "Segment | Q3 2025 | Q3 2024\nPumps | 418 | 395\nValves | 276 | 302\nService | 159 | 121\nTotal | 853 | 818\n(USD million)",
        ["Valves fell 8.6% in Q3 2025."],
        ["Valves grew 5.8% in Q3 2025."],
    ),
]
