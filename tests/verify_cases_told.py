"""Invented passages with sentences as a model words them: merged, rounded, translated, worked out; and false ones beside."""

# A passage, right sentences, wrong ones.
TOLD: list[tuple[str, list[str], list[str]]] = [
    (
        "Ardent Freight reported Q2 2025 revenue of $2.47 billion, an increase of 9.2% from $2.26 billion in the prior-year quarter. Adjusted EBITDA was $412 million (Q2 2024: $361 million), representing a margin of 16.7%. The company repurchased 1.8 million shares for $96 million and ended June with net debt of $1.13 billion, or 0.7x trailing EBITDA. Full-year revenue guidance was raised to $9.8-10.0 billion from $9.5-9.8 billion.",
        [],
        ["Adjusted EBITDA decreased from $412 million to $361 million, with the margin at 16.7%."],
    ),
    (
        "We raise our price target on Selwyn Biotech to $148 from $131 and reiterate Outperform. The new target is based on 24x our 2026E EPS of $6.15 (previously $5.90). The shares closed at $119 on 11 August. Key risks are pricing pressure in the U.S. and a delayed approval of SB-204, which we model for 2H26 with peak sales of $1.4 billion.",
        ["The price target is about 13% higher than before."],
        [],
    ),
    (
        "Global EV battery installations reached 504.4 GWh in the first half of 2025, up 37.3% year-on-year. CATL led with 190.9 GWh and a 37.9% share, slightly higher than 37.7% a year earlier; BYD followed with 89.9 GWh (17.8%), up 58.4%. The combined share of the three Korean makers fell 5.4 percentage points to 16.4%.",
        [
            "CATL remained the market leader with a 37.9% share, edging up 0.2 percentage points from the first half of 2024."
        ],
        [],
    ),
    (
        "公司发布2025年半年报:上半年实现营业收入56.72亿元,同比增长18.6%;归母净利润7.31亿元,同比增长24.9%;扣非归母净利润6.88亿元,同比增长21.3%。其中Q2单季营收30.15亿元,同比+22.4%,环比+13.5%;归母净利润4.02亿元,同比+31.2%。毛利率为38.4%,同比提升1.7个百分点;研发费用率6.9%,同比下降0.4个百分点。",
        ["据此推算,一季度营收约为26.6亿元。"],
        [],
    ),
    (
        "The FOMC kept the federal funds rate at 4.25-4.50% in July, with two governors dissenting in favour of a 25bp cut. We expect cuts of 25bp in September, October and December, taking the target range to 3.50-3.75% by year-end, followed by two more in the first half of 2026. Core PCE inflation is forecast to peak at 3.2% in 4Q25 before easing to 2.6% by the end of 2026.",
        [],
        ["Core PCE inflation is projected to accelerate to 2.6% by end-2026."],
    ),
    (
        "Copper ended the week at $9,768/t on the LME, down 1.1%, as the dollar strengthened and Chinese data disappointed. LME inventories rose by 14,000 tonnes to 155,700 tonnes, the highest since mid-May, whereas SHFE stocks slipped to 81,900 tonnes. We keep our 4Q25 forecast of $10,200/t and see support at $9,500.",
        [],
        ["LME copper fell 1.1% on the week to $9,768 per pound."],
    ),
    (
        "Brent averaged $68.4/bbl in July, and the forward curve points to $66 for 2026. OPEC+ agreed to raise output by 547,000 b/d in September, completing the unwinding of 2.2 mb/d of voluntary cuts a year ahead of schedule. The IEA trimmed its 2025 demand growth forecast to 680 kb/d from 700 kb/d and expects supply to rise by 2.5 mb/d.",
        ["The IEA lowered its forecast for 2025 demand growth by 20,000 b/d to 680,000 b/d."],
        [],
    ),
    (
        "Harbourline Bank posted 1H25 net profit of S$3.41bn, up 6% from a year ago and a record. Net interest margin slipped to 2.08% in 2Q25 from 2.12% in the previous quarter; fee income rose 11% to S$1.27bn. The NPL ratio was stable at 1.0%. The board declared an ordinary dividend of 60 cents per share for the second quarter plus a capital return dividend of 15 cents. Management now guides full-year NIM to around 2.05%, versus about 2.10% before.",
        ["Its net interest margin narrowed by 4 basis points quarter on quarter to 2.08% in the second quarter."],
        [],
    ),
    (
        "7月社会融资规模增量为1.16万亿元,比上年同期多3893亿元;人民币贷款减少500亿元,为2005年以来首次单月负增长。7月末M2余额329.94万亿元,同比增长8.8%,增速比上月末高0.5个百分点;M1同比增长5.6%,M1-M2剪刀差收窄至-3.2个百分点。",
        ["7月人民币贷款减少500亿元,系2005年以来单月首次负增长。", "7月末M2同比增长8.8%,较6月末的8.3%加快0.5个百分点。"],
        [],
    ),
    (
        "Falkland Energy's Q1 production averaged 214,000 barrels of oil equivalent per day, 3% lower than in Q4 owing to planned maintenance, but 7% higher year on year. Unit operating costs were $8.9/boe. Capex of $310 million was covered 1.6 times by operating cash flow of $496 million. The company confirmed full-year production guidance of 215-225 kboe/d.",
        [
            "First-quarter output averaged 214 kboe/d, down 3% on the previous quarter because of planned maintenance but up 7% from a year earlier.",
            "Full-year production guidance of 215,000 to 225,000 boe/d was reaffirmed.",
        ],
        [],
    ),
    (
        "Two years after its IPO, Juniper Health now has 4.6 million members, compared with 3.1 million at the end of 2023. The medical loss ratio improved to 84.7% in the quarter from 87.2%. Operating loss narrowed to $18 million from $67 million; management targets break-even by Q4 2025. Cash and investments total $1.2 billion, no debt.",
        ["Members increased by 1.5 million to 4.6 million."],
        ["The medical loss ratio worsened by 2.5 percentage points to 84.7%."],
    ),
    (
        "2025年6月末,公司总资产1,245.3亿元,较年初增长4.2%;归属于母公司股东权益386.7亿元。资产负债率66.1%,较上年末下降0.8个百分点。上半年经营活动现金流净额42.6亿元,上年同期为净流出5.3亿元。在手订单1,080亿元,其中海外订单占比38%。",
        [],
        ["上半年经营现金流净流出42.6亿元。"],
    ),
    (
        "Tellus Semiconductors expects September-quarter revenue of $7.8 billion ± $0.3 billion and non-GAAP EPS of $1.45-1.65. June-quarter revenue was $7.1 billion, 15% above the March quarter and 22% above the June 2024 quarter. HBM revenue exceeded $1 billion for the first time. Capital expenditure for calendar 2025 is planned at about $14 billion, two thirds of it for DRAM.",
        [
            "For the September quarter, Tellus guides to revenue between $7.5 billion and $8.1 billion and non-GAAP earnings of $1.45 to $1.65 per share.",
            "Revenue in the June quarter was $7.1bn, up 15% sequentially and 22% year on year.",
        ],
        [],
    ),
    (
        "Year ended 31 December | 2024 | 2023\nRevenue (HK$ million) | 8,412 | 7,655\nGross profit | 2,861 | 2,450\nProfit for the year | 937 | 802\nBasic EPS (HK cents) | 41.2 | 35.3\nDividend per share (HK cents) | 16.5 | 14.0",
        ["Basic earnings per share were 41.2 HK cents, compared with 35.3 cents in the previous year."],
        [],
    ),
    (
        "Volvaria Trucks: order intake in Q2 fell 14% to 44,800 vehicles; North America was down 39% to 6,900 while Europe increased 9% to 22,300. Deliveries were 52,100 units. Adjusted operating margin came to 11.0% (13.8), and net cash in the industrial operations was SEK 52.5bn.",
        ["The adjusted operating margin dropped to 11.0% from 13.8%."],
        [
            "Second-quarter orders declined 14% to 44,800 vehicles, dragged down by a 39% slump in Europe.",
            "Net debt in the industrial operations amounted to SEK 52.5 billion.",
        ],
    ),
    (
        "Marlow Foods' organic growth of 4.4% in H1 comprised volume/mix of 1.5% and pricing of 2.9%. Emerging markets (58% of turnover) grew 3.7%, developed markets 5.4%. Underlying operating profit slipped 4.8% to €5.8bn and free cash flow was €1.1bn, €1.1bn below last year. Turnover fell 3.2% to €30.1bn due to adverse currency (-4.0%) and disposals (-2.5%).",
        ["Free cash flow halved to €1.1 billion from about €2.2 billion."],
        ["Emerging markets expanded faster (5.4%) than developed markets (3.7%)."],
    ),
    (
        "We cut 2025E/26E/27E EPS by 6%/4%/3% to reflect slower store openings. Our new 2025E revenue is Rmb21.4bn (from Rmb22.3bn) and our net profit forecast is Rmb1.92bn, 3% below consensus. DCF-based target price falls to HK$29.0 (WACC 9.5%, terminal growth 2%), implying 17x 2026E P/E and 21% upside. Buy maintained.",
        [
            "The Buy rating is unchanged, with 21% upside to the target price of HK$29.0, which equals 17 times 2026 earnings."
        ],
        [],
    ),
    (
        "Shares outstanding | Q2 2025 | Q1 2025 | Q2 2024\nNet sales ($ in thousands) | 412,618 | 398,220 | 377,904\nOperating income | 61,893 | 55,751 | 58,575\nNet income | 46,420 | 41,397 | 44,970\nDiluted EPS | $1.12 | $1.00 | $1.05\nFree cash flow | 38,104 | (12,655) | 35,276",
        ["Free cash flow swung to $38.1 million from negative $12.7 million in the first quarter."],
        [],
    ),
    (
        "U.S. nonfarm payrolls rose by 73,000 in July, well short of the 104,000 consensus; May and June were revised down by a combined 258,000. The unemployment rate ticked up to 4.2% from 4.1%, while average hourly earnings increased 0.3% m/m and 3.9% y/y.",
        [],
        ["Average hourly earnings were up 3.9% on the month and 0.3% on the year."],
    ),
    (
        "Cost of revenue increased $214 million, or 11%, for fiscal 2023 compared to fiscal 2022, primarily due to higher component costs and an increase in headcount of approximately 1,200 employees. As a percentage of revenue, cost of revenue was 41.3% and 42.6% in fiscal 2023 and 2022, respectively.",
        [],
        ["Headcount fell by about 1,200 employees."],
    ),
    (
        "As of December 31, 2023, we had cash, cash equivalents and short-term investments of $3.2 billion, of which $1.1 billion was held by our foreign subsidiaries. We repaid $500 million of 2.75% senior notes at maturity in June 2023 and have $750 million of 3.10% notes maturing in 2025. We do not expect the global minimum tax to materially affect our effective tax rate, which was 17.8% in 2023 and 19.4% in 2022.",
        ["Management sees no material impact from the global minimum tax on its effective tax rate of 17.8%."],
        [],
    ),
    (
        "Revenue from the Americas was $1,204.5 million and $1,118.9 million for the years ended December 31, 2022 and 2021, respectively; revenue from EMEA was $688.2 million and $731.0 million. The decrease in EMEA was driven by the strengthening of the U.S. dollar, which reduced reported revenue by approximately $58 million.",
        [],
        [
            "EMEA revenue rose from $688.2 million to $731.0 million.",
            "Currency effects added about $58 million to EMEA revenue.",
        ],
    ),
    (
        "Net cash provided by operating activities was $842 million in the first nine months of 2024, compared with $795 million in the same period of 2023. Capital expenditures were $311 million (2023: $402 million). We returned $420 million to shareholders, comprising $270 million of buybacks and $150 million of dividends, and our Board authorized an additional $1.0 billion repurchase program in October 2024.",
        [],
        ["Capex rose to $402 million from $311 million."],
    ),
    (
        "The segment swung to an operating profit of €34 million in Q4 from a loss of €12 million a year earlier. Order backlog stood at €2.9 billion at year-end, equal to 14 months of sales, and the book-to-bill was 1.08. Management proposes to leave the dividend at €1.20 per share.",
        [
            "The segment made an operating profit of €34 million in the fourth quarter, after losing €12 million in the year-earlier quarter."
        ],
        ["A higher dividend of €1.20 a share is proposed."],
    ),
    (
        "Teekay Polar took delivery of two LNG carriers in May and has five more on order for delivery between 2026 and 2028, at an average price of $248 million. Time-charter equivalent rates fell to $61,400 a day from $78,900 in the previous year, but 92% of available days in the second half are already fixed at around $70,000. No new orders are planned.",
        [
            "Two LNG carriers were delivered in May, and five further vessels will follow between 2026 and 2028 at an average cost of $248 million each."
        ],
        [],
    ),
    (
        "受益于猪价回升,公司二季度实现归母净利润8.6亿元,环比扭亏(一季度亏损2.1亿元)。6月末能繁母猪存栏121万头,较5月末减少0.8%。完全成本降至13.2元/公斤,目标年底降至12.5元/公斤。维持“增持”,目标价22.0元,较当前股价有28%的上涨空间。",
        ["上半年归母净利润合计约6.5亿元。"],
        [],
    ),
    (
        "Million tonnes | 2023 | 2024 | 2025E | 2026E\nMine supply | 22.4 | 22.9 | 23.3 | 24.1\nScrap | 4.1 | 4.2 | 4.4 | 4.6\nDemand | 26.6 | 27.4 | 28.0 | 28.8\nBalance | -0.1 | -0.3 | -0.3 | -0.1",
        [
            "Mine supply is forecast to increase from 22.9 million tonnes in 2024 to 23.3 million tonnes in 2025 and 24.1 million in 2026.",
            "The market is expected to remain in a deficit of 0.3 million tonnes in 2025.",
            "Demand rose to 27.4Mt in 2024 from 26.6Mt in 2023.",
            "The deficit should narrow to 0.1 million tonnes in 2026.",
            "Scrap is seen at 4.6Mt in 2026.",
        ],
        [],
    ),
    (
        "Key figures (NOK million) | Q2 25 | Q1 25 | Q2 24\nOperating revenue | 3,512 | 3,288 | 3,140\nEBIT | 412 | 355 | 398\nEBIT margin | 11.7% | 10.8% | 12.7%\nNet interest-bearing debt | 5,870 | 6,140 | 6,455\nOrder intake | 4,021 | 2,876 | 3,655",
        [],
        [
            "Net interest-bearing debt was increased to NOK 5.87 billion.",
            "Order intake declined to NOK 4,021 million in the second quarter of 2025.",
        ],
    ),
    (
        "We initiate coverage of Aurelia Lithium with a Sell rating and a 12-month target price of A$2.10 (last close A$2.95). We expect spodumene prices to average $780/t in FY26, 15% below consensus, and see production of 212kt, at the bottom of the 210-240kt guidance range. Net cash of A$190m will turn into net debt of about A$60m by June 2026.",
        ["Production is forecast at 212,000 tonnes, near the lower end of guidance of 210,000 to 240,000 tonnes."],
        [],
    ),
    (
        "Japan's core CPI rose 3.1% y/y in July, down from 3.3% in June and slightly above the 3.0% expected. Excluding energy as well, inflation stayed at 3.4%. We think the BoJ will next raise its policy rate, currently 0.5%, in January 2026 rather than in October, and that it reaches 1.0% only in 2027.",
        [
            "Core inflation in Japan slowed to 3.1% in July from 3.3% the month before, a touch more than the 3.0% forecast by economists.",
            "Excluding fresh food and energy, prices rose 3.4%, the same pace as before.",
            "The policy rate would not reach 1.0% until 2027.",
            "日本7月核心CPI同比上涨3.1%,涨幅较6月的3.3%回落0.2个百分点。",
        ],
        [],
    ),
    (
        "Pharma unit sales reached CHF 14.6bn in the six months to June, +10% at constant exchange rates; currency effects of minus 6 percentage points limited the rise in Swiss francs to 4%. The top five growth drivers together sold CHF 9.0bn, up CHF 1.6bn. Vabysmo revenue was CHF 2.1bn (+18%), Phesgo CHF 1.2bn (+55%). Guidance: mid-single-digit sales growth and high-single-digit growth in core EPS.",
        [
            "Pharma sales grew 10% at constant currencies to CHF 14.6 billion in the first half, but only 4% in Swiss francs."
        ],
        ["Exchange rates added six percentage points to growth."],
    ),
    (
        "Home completions are expected at 15,500-16,000 in FY26 (FY25: 14,870). The average selling price edged up 1.1% to £341,000 and the private order book covered 58% of planned completions, versus 54% twelve months earlier. Land spend was cut to £410m, less than half of last year's £905m. Pre-tax profit before exceptional items: £512m; after them: £398m.",
        ["Spending on land was more than halved, from £905 million to £410 million."],
        [],
    ),
    (
        "Without the mill, the group raises its estimate for sales to $2.1 billion but keeps its plan for capital spending. We do not expect the new levy, which excludes exports, to have a material effect on its costs in the year.",
        ["The estimate for sales goes up to $2.1 billion and the plan for capital spending is kept."],
        [
            "The group no longer keeps its plan for capital spending as it raises its estimate for sales to $2.1 billion."
        ],
    ),
    (
        "管理层维持全年80亿元的资本开支计划不变,新工厂建设不涉及股权融资。",
        ["管理层维持全年资本开支80亿元的计划。", "新工厂建设不涉及股权融资。"],
        ["管理层未维持全年80亿元的资本开支计划。", "新工厂的建设涉及股权融资。"],
    ),
    (
        "The group expects to complete the sale of its paper mill in 2026. It has already closed the plant in Turku.",
        ["The sale of the paper mill is expected to be completed in 2026.", "The Turku plant has been closed."],
        ["The group has completed the sale of its paper mill.", "The group still expects to close the plant in Turku."],
    ),
    (
        "Kiln Ceramics' tile revenue grew 8% to 412 million and sanitaryware revenue fell 3% to 198 million; tiles earned an operating margin of 14.2%, sanitaryware 6.1%.",
        ["Sanitaryware sales were down 3% at 198 million.", "Tiles had an operating margin of 14.2%."],
        ["Sanitaryware earned an operating margin of 14.2%.", "Tile revenue came to 198 million."],
    ),
    (
        "We expect copper to average $9,800 a tonne in 2026 and $10,400 in 2027; zinc should ease to $2,650.",
        ["Copper is forecast at $10,400 a tonne in 2027."],
        ["Zinc should average $10,400 in 2027."],
    ),
    (
        "2025年8月PMI为49.6,较7月回升0.4个百分点。出口订单指数46.9,低于上月的47.5。",
        ["出口订单指数从47.5降至46.9。"],
        ["8月出口订单指数为47.5。", "出口订单指数升至46.9。"],
    ),
    (
        "Item | H1 2025 | H1 2024\nRevenue | 1,240 | 1,185\nFinance costs | (38) | (45)\nCost of sales | (790) | (742)",
        ["Finance costs fell to 38 in H1 2025.", "Cost of sales increased to 790 in H1 2025."],
        ["Finance costs rose to 38 in H1 2025.", "Cost of sales fell to 790 in H1 2025."],
    ),
    (
        "The regulator has not yet ruled on the merger, and Halden expects a decision by March. The firm no longer sells diesel engines.",
        ["The regulator has yet to decide on the merger; Halden expects a ruling by March."],
        ["The regulator has ruled on the merger.", "Halden still sells diesel engines."],
    ),
    (
        "Ostrava Steel's EBITDA was EUR 310 million, below the EUR 345 million of the first half of 2024. Management now expects full-year EBITDA of EUR 600-650 million, higher than the EUR 590 million reached in 2024.",
        [
            "EBITDA fell to EUR 310 million from EUR 345 million in the first half of 2024.",
            "Ostrava Steel earned EBITDA of EUR 590 million in 2024.",
        ],
        ["EBITDA rose to EUR 310 million."],
    ),
    (
        "Lindell has still to win approval for a mine in Peru, where output averaged 12,000 tonnes; in Chile output averaged 31,000 tonnes.",
        ["For Lindell, the Peruvian mine has yet to win approval."],
        ["Lindell won approval for a mine in Peru.", "Output in Peru averaged 31,000 tonnes."],
    ),
]
