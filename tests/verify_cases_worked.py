"""Invented statements and tables with sentences that work something out of them without showing how, and false ones beside."""

WORKED = [
    (
        "Tarn Foods posted sales of $1,240 million in Q2 2025, up 8.5% year-over-year. Gross margin widened 140 basis points on the year to 37.9%. "
        "Net debt fell by $60 million to $615 million. The company guides Q3 sales to $1,300 million, plus or minus $30 million.",
        [
            "Sales of $1,240 million were up 8.5%, from about $1,143 million a year earlier.",
            "The gross margin rose to 37.9% from 36.5%.",
            "Net debt fell to $615 million from $675 million.",
            "Q3 sales are guided to $1,270 million to $1,330 million.",
        ],
        [
            "Sales of $1,240 million were up 8.5%, from about $1,134 million a year earlier.",
            "The gross margin rose to 37.9% from 35.6%.",
            "Net debt fell to $615 million from $657 million.",
            "Q3 sales are guided to $1,270 million to $1,350 million.",
        ],
    ),
    (
        "Q2 2025 | Q1 2025\nCopper shipments, kt | 412 | 380\nZinc shipments, kt | 205 | 221",
        ["Copper shipments grew by 32 kt, or about 8%.", "Zinc shipments fell 7.2% to 205 kt."],
        ["Copper shipments fell by 32 kt, or about 8%.", "Zinc shipments rose 7.2% to 205 kt."],
    ),
    (
        "2024年公司营业收入86.2亿元,同比增长15.4%;毛利率31.6%,同比下降1.9pct。归母净利润9.85亿元。拟每10股派发现金红利6.3元。",
        [
            "2024年营收86.2亿元,上年约为74.7亿元。",
            "毛利率由33.5%降至31.6%。",
            "归母净利率约为11.4%。",
            "拟每股派息0.63元。",
        ],
        [
            "2024年营收86.2亿元,上年约为77.4亿元。",
            "毛利率由35.3%降至31.6%。",
            "归母净利率约为14.1%。",
            "拟每股派息0.36元。",
        ],
    ),
    (
        "Orders reached EUR 91.4m against EUR 80.2m a year earlier; 64% of orders came from abroad.",
        ["Orders grew by EUR 11.2m, or about 14%, to EUR 91.4m.", "The remaining 36% of orders came from elsewhere."],
        ["Orders grew by EUR 12.1m, or about 14%, to EUR 91.4m.", "The remaining 63% of orders came from elsewhere."],
    ),
    (
        "The interim dividend is 14 cents and the final one 19 cents. Output was 640 thousand barrels per day.",
        [
            "The interim dividend is $0.14.",
            "Output was 640,000 barrels a day.",
            "The two dividends together come to 33 cents.",
        ],
        [
            "The interim dividend is $1.40.",
            "Output was 64,000 barrels a day.",
            "The two dividends together come to 43 cents.",
        ],
    ),
    (
        "季度 | 营收 | 毛利率\n24Q3 | 57.4 | 19.8%\n24Q4 | 61.6 | 18.3%",
        ["24Q4毛利率为18.3%。"],
        ["24Q4营收增速为18.3%,毛利率为61.6%。"],
    ),
    (
        "表:6月销量(单位:万台)\n企业 | 内销 | 出口\n甲牌 | 360 | 126",
        ["6月甲牌内销360万台。"],
        ["6月甲牌内销3.6万台。"],
    ),
    (
        "USD million | FY2023A | FY2024A | FY2025E\nServices revenue | 655 | 602 | 570",
        ["Services revenue fell from $655m to $602m in FY2024 and is forecast to decline to $570m in FY2025."],
        ["Services revenue is forecast to decline to $602m in FY2025."],
    ),
    (
        "指数 | 收盘 | 涨跌幅 | PE(倍)\n甲指数 | 3,857 | +0.84% | 15.6",
        ["甲指数的PE为15.6倍。"],
        ["甲指数的PE为15.6%。"],
    ),
    (
        "品种 | 本周 | 上周\n主焦煤 | 1,420 | 1,330",
        ["主焦煤本周价格为1,420元。"],
        ["主焦煤上周价格为1,420元。"],
    ),
    (
        "2025Q1公司收入68.2亿元,yoy-3%;游戏收入21.5亿元,yoy+17%。6月非农就业后,10年期美债收益率下行14bp至4.22%。",
        ["2025Q1公司收入68.2亿元,同比下降3%。", "10年期美债收益率下行14bp至4.22%。"],
        ["2025Q1公司收入68.2亿元,同比增长3%。", "10年期美债收益率上行14bp至4.22%。"],
    ),
    (
        "Adjusted EBITDA was $254m (Q4 2023: $98m). Net sales were 6.2% higher at $4.87 billion.",
        ["Adjusted EBITDA was about 2.6 times the $98m of Q4 2023.", "Net sales were 6.2% higher at $4.87 billion."],
        ["Adjusted EBITDA was about 3.6 times the $98m of Q4 2023.", "Net sales were 6.2% lower at $4.87 billion."],
    ),
    (
        "Core EPS was EUR 1.12 versus EUR 1.25 in Q1 2024. Active buyers reached 92.4m (Q4 2023: 78.0m). Financing cost was 3.11%, down 45bp from the end of 2023.",
        [
            "Core EPS was EUR 1.25 in Q1 2024.",
            "Active buyers numbered 78.0m in Q4 2023.",
            "Financing cost was 3.11%, from 3.56% at the end of 2023.",
        ],
        [
            "Core EPS was EUR 1.12 in Q1 2024.",
            "Active buyers numbered 92.4m in Q4 2023.",
            "Financing cost was 3.11% at the end of 2023.",
        ],
    ),
    (
        "2025年一季度公司营收93.5亿元。2024年毛利率87.5%,同比下降0.8pct;中高档酒收入275.9亿元。",
        ["2024年中高档酒收入275.9亿元。"],
        ["2025年一季度中高档酒收入275.9亿元。"],
    ),
    (
        "2024年归母净利润16.16亿元,同比下降9.5%;扣非归母净利润13.88亿元。",
        ["2024年归母净利润16.16亿元。", "扣非归母净利润为13.88亿元,比归母净利润少2.28亿元。"],
        ["2024年扣非归母净利润为16.16亿元。"],
    ),
    (
        "2024年公司营收90.7亿元,同比增长44.7%。",
        ["2024年公司营收90.7亿元,同比增长44.7%,2023年约为62.7亿元。"],
        ["2023年公司营收90.7亿元,同比增长44.7%。", "2024年公司营收90.7亿元,同比增长44.7%,2023年约为67.2亿元。"],
    ),
    (
        "单位:亿元\n季度 | 营收 | 毛利率\n24Q3 | 57.4 | 19.8%\n24Q4 | 61.6 | 18.3%",
        ["24Q4毛利率较24Q3下降至18.3%。", "24Q4营收61.6亿元,环比增长约7.3%。"],
        ["24Q4毛利率较24Q3上升至18.3%。", "24Q4营收61.6亿元,环比增长约3.7%。"],
    ),
    (
        "Price deck (USD per tonne)\nMetal | 2025E | 2026E\nAluminium | 2,510 | 2,480",
        [
            "Aluminium is forecast to fall in 2026 from the $2,510 a tonne expected for 2025.",
            "Aluminium is expected at $2,510 per tonne in 2025.",
        ],
        [
            "Aluminium is forecast to rise in 2026 from the $2,510 a tonne expected for 2025.",
            "Aluminium is expected at $2,510 per pound in 2025.",
        ],
    ),
    (
        "表:价格(单位:元/吨)\n品种 | 本周\n主焦煤 | 1,420\n海外动力煤(美元/吨) | 111.5",
        ["海外动力煤本周价格为111.5美元/吨。"],
        ["海外动力煤本周价格为111.5元/吨。", "主焦煤本周价格为1,420元/斤。"],
    ),
    (
        "表:6月销量(单位:万台)\n企业 | 内销 | 出口\n甲牌 | 360 | 126",
        ["6月甲牌内销360万台。"],
        ["6月甲牌内销360台。"],
    ),
    (
        "Stocks of Q5500 coal fell 3.7 tonnes on the week to 943.6 tonnes. The target price rises to 415p from 380p.",
        [
            "Stocks of 5,500 kcal coal ended the week at 943.6 tonnes, compared with 947.3 tonnes a week earlier.",
            "The target price is £4.15.",
        ],
        ["Stocks added 3.7 tonnes on the week to 943.6 tonnes.", "The target price is £41.5."],
    ),
    (
        "Orders reached EUR 91.4m against EUR 80.2m a year earlier. In 2023 the group had made EUR 12.6m of profit, in 2024 EUR 17.9m.",
        ["Orders grew by EUR 11.2m to EUR 91.4m.", "Profit rose by EUR 5.3m in 2024."],
        [
            "Orders grew by USD 11.2m to EUR 91.4m.",
            "Orders grew by -EUR 11.2m to EUR 91.4m.",
            "Profit rose by EUR 5.3m in 2022.",
        ],
    ),
    (
        "December 31, | 2024 | 2023\nReceivables, less allowances of $2 ($3 in 2023) | 25 | 22",
        ["Receivables, December 31, 2024: 25"],
        ["Receivables, December 31, 2024: 22", "Receivables, December 31, 2024: 26"],
    ),
    (
        "ALDER 10-K\nOperating income (loss) | 2018 | 2019\nNorth America | 7,267 | 7,033\nInternational | (2,142) | (1,693)\nCloud | 7,296 | 9,201\n(in millions)",
        [
            "Alder's international arm lost $1.69 billion in 2019, a smaller loss than the $2.14 billion of 2018.",
            "North America and Cloud together earned $16.23 billion in 2019.",
        ],
        [
            "Alder's international arm lost $1.69 billion in 2019, a bigger loss than the $2.14 billion of 2018.",
            "North America and Cloud together earned $16.47 billion in 2019.",  # each of another year
        ],
    ),
    (
        "Q3 sales were $33.1 billion, 40.8% more than a year ago [2][6]. - EPS fell 8% to $2.30 [3] - It has 3 plants",
        [
            "Sales rose 40.8% to $33.1bn, implying roughly $23.5bn in the year-ago quarter (33.1 / 1.408).",
            "Year-ago sales were about $23.5bn ($33.1bn / (1 + 40.8%) = $23.5bn).",
            "EPS had been $2.50 a year before (2.30 / 0.92 = 2.50).",
        ],
        [
            "Year-ago sales were about $23.8bn (33.1 / 1.388 = 23.8).",
            "Year-ago sales were about $24.5bn (33.1 / 1.408 = 24.5).",
            "EPS had been $2.13 a year before (2.30 / 1.08 = 2.13).",
            "It has 6 plants.",  # a source, not a count
        ],
    ),
    (
        "July sales of cars were 212,000, 3% more than a year ago but 12% fewer than in June. Capex was 13 billion yuan in the quarter, 24% lower than a year earlier.",
        [
            "About 212,000 cars were sold in July, down 12% from June.",
            "Capex of 13bn yuan was 24% below the year-ago level.",
        ],
        [
            "About 212,000 cars were sold in July, down 12% from May.",
            "Capex of 13bn yuan was 24% below the prior-quarter level.",
        ],
    ),
    (
        "On September 3 WTI October crude fell 2.47% to $63.97 per barrel, COMEX gold rose 0.82% to $3,621.80 per ounce",
        ["WTI crude for October lost 2.47% on September 3 to close at $63.97 a barrel, while COMEX gold gained 0.82%."],
        ["WTI crude for October lost 2.47% on September 4 to close at $63.97 a barrel, while COMEX gold gained 0.82%."],
    ),
    (
        "三季度收入料增14%到1900亿元人民币 [1] - 非国际财务报告准则经营溢利料增19%到730亿元人民币 [1]",
        ["预计第三季度收入增长14%至1,900亿元,非IFRS经营溢利增长19%至730亿元。"],
        ["预计第三季度收入增长14%至1,900亿元,非IFRS经营溢利下降19%至730亿元。"],
    ),
]
