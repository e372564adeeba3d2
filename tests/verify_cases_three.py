"""Statements of invented reports with right sentences about them: a part of ``verify_cases``."""

from __future__ import annotations

CASES: list[tuple[str, list[str]]] = [
    (
        "猪价自6月高点19.3元/公斤回落至15.1元/公斤，跌幅超过两成。",
        ["Hog prices fell from RMB19.3 to RMB15.1 per kg.", "猪价由19.3元跌至15.1元。", "猪价跌幅超20%。"],
    ),
    (
        "新能源车渗透率首次突破50%，达到51.6%，而合资品牌份额跌破三成。",
        [
            "The penetration of new energy vehicles reached 51.6%.",
            "新能源车渗透率超过50%。",
            "Joint-venture brands' share fell below 30%.",
        ],
    ),
    (
        "董事会批准回购不超过10亿港元股份，尚未公布具体时间表。",
        [
            "The board approved a buyback of up to HK$1bn.",
            "尚未公布回购时间表。",
            "The timetable has not been announced.",
        ],
    ),
    (
        "The ministry keeps its growth target of about 5% and the deficit ratio at 4%, 1 percentage point higher than last year.",
        ["The growth target stays at about 5%.", "The deficit ratio is 4%, up 1 percentage point from last year."],
    ),
    (
        "Net revenues were US$655.4 million for the fourth quarter of 2024, representing an increase of 22.3% year over year, and non-GAAP net income attributable to shareholders more than doubled to US$88 million.",
        [
            "Net revenues grew 22.3% to US$655.4mn in 4Q24.",
            "Non-GAAP net income more than doubled to $88m.",
            "2024年四季度收入6.554亿美元，同比增长22.3%。",
        ],
    ),
    (
        "We initiate coverage with Buy and a DCF-based target price of INR 1,420, implying 24% upside; WACC is 11.2% and terminal growth 5%.",
        [
            "Coverage starts at Buy with a target price of INR1,420.",
            "The target implies an upside of 24%.",
            "The DCF uses a WACC of 11.2% and terminal growth of 5%.",
        ],
    ),
    (
        "Freight rates on the transpacific route are down 48% from their July peak, yet still 35% above the level of a year ago.",
        ["Transpacific freight rates have fallen 48% from the July peak.", "Rates remain 35% higher than a year ago."],
    ),
    (
        "Overall margin should expand by 50-70bp in 2026 as the share of own brands goes from 34% to 40%.",
        [
            "Margins are expected to widen 50-70bp in 2026.",
            "Own brands' share rises from 34% to 40%.",
            "自有品牌占比由34%升至40%。",
        ],
    ),
    (
        "The utility plans to retire 3.6GW of coal plants by 2030 and to spend EUR 12bn on networks over five years.",
        [
            "3.6GW of coal capacity will be retired by 2030.",
            "EUR12bn will be spent on networks within five years.",
            "Coal plants of 3.6 GW are to close by 2030.",
        ],
    ),
    (
        "Only 12% of patients discontinued treatment, compared with 19% on the comparator, and there were no treatment-related deaths.",
        [
            "12% of patients stopped treatment, against 19% on the comparator.",
            "There were no treatment-related deaths.",
        ],
    ),
    (
        "Wholesale inventories fell to 2.1 months of supply from 2.6 months in March; dealers cut discounts by 1.5 percentage points.",
        [
            "Inventories dropped from 2.6 months in March to 2.1 months of supply.",
            "Discounts were reduced by 1.5 percentage points.",
            "经销商折扣收窄1.5个百分点。",
        ],
    ),
    (
        "Loan growth slowed to 3.9% (Q1: 5.2%), deposits rose 6.1%, and the loan-to-deposit ratio came down to 84%.",
        [
            "Loan growth slowed from 5.2% in Q1 to 3.9%.",
            "Deposits increased 6.1%.",
            "The loan-to-deposit ratio fell to 84%.",
        ],
    ),
    (
        "In 2023 the company sold 184,000 cars, 41% of them abroad; in 2024 it sold 236,000, 47% of them abroad.",
        [
            "Car sales rose from 184,000 in 2023 to 236,000 in 2024.",
            "In 2024, 47% of its cars were sold abroad.",
            "2024年销量23.6万辆。",
            "Sales grew 28.3% from 184,000 to 236,000 cars.",
        ],
    ),
    (
        "Gross bookings of $37.2bn beat the consensus of $36.4bn, while adjusted EBITDA of $1.38bn was in line.",
        [
            "Gross bookings were $37.2bn, above consensus of $36.4bn.",
            "Adjusted EBITDA was $1.38 billion, as expected.",
            "Bookings beat the consensus by $0.8bn ($37.2bn against $36.4bn).",
        ],
    ),
    (
        "Rising wages (+7%) and higher rents (+4%) squeezed the store-level margin to 15.2% from 17.0%.",
        [
            "The store-level margin fell from 17.0% to 15.2%.",
            "Wages rose 7% and rents 4%.",
            "The store-level margin declined by 1.8 percentage points, from 17.0% to 15.2%.",
        ],
    ),
    (
        "Roughly 60% of the 2026 production is hedged at $92 per barrel; each $1 move changes cash flow by $35m.",
        ["About 60% of 2026 output is hedged at $92 a barrel.", "A move of $1 changes cash flow by $35 million."],
    ),
    (
        "上半年新开门店312家，关闭97家，净增215家；单店日均销售额1.86万元，同比-5.4%。",
        [
            "312 stores were opened and 97 closed in the first half, a net gain of 215.",
            "单店日均销售额同比下降5.4%。",
            "Daily sales per store fell 5.4% to RMB18,600.",
        ],
    ),
    (
        "预计2026年油价中枢65-70美元/桶，低于2025年的72美元/桶。",
        ["Oil is expected at $65-70 a barrel in 2026.", "预计2026年油价65-70美元。", "2025年油价72美元/桶。"],
    ),
    (
        "公司出海收入占比由2022年的8.5%提升至2024年的21.3%，2025年目标为30%以上。",
        [
            "Overseas revenue rose from 8.5% of the total in 2022 to 21.3% in 2024.",
            "2025年海外收入占比目标30%以上。",
            "The target for 2025 is over 30%.",
        ],
    ),
    (
        "报告期内经营性现金流净流出4.7亿元，而上年同期净流入2.2亿元。",
        ["经营性现金流净流出4.7亿元。", "上年同期经营现金流净流入2.2亿元。", "Operating cash outflow was RMB470mn."],
    ),
    (
        "11月PMI为49.2，较上月上升0.2个点，连续八个月低于荣枯线。",
        ["The PMI rose 0.2 points to 49.2 in November.", "11月PMI为49.2，回升0.2。", "PMI连续八个月低于荣枯线。"],
    ),
    (
        "机构持仓比例降至15.2%，为近五年最低；北向资金净卖出83亿元。",
        [
            "北向资金净卖出83亿元。",
            "Institutional holdings fell to 15.2%, the lowest in five years.",
            "机构持仓比例15.2%。",
        ],
    ),
    (
        "毛利率同比提升2.3pct至36.8%，净利率同比下降0.6pct至9.1%，主要系销售费用率上升1.7pct。",
        [
            "Gross margin rose 2.3 percentage points to 36.8%.",
            "Net margin fell 0.6 percentage points to 9.1%.",
            "销售费用率上升1.7个百分点。",
            "净利率9.1%，同比-0.6pct。",
        ],
    ),
    (
        "Seasonally adjusted unemployment remained at 4.1%, unchanged from the previous month.",
        ["Unemployment stayed at 4.1%.", "The unemployment rate did not change from the previous month, at 4.1%."],
    ),
    (
        "Adjusted operating profit increased 13% at constant currency to GBP 742 million, and the interim dividend was lifted to 11.2p from 10.1p per share.",
        [
            "At constant currency, adjusted operating profit was up 13% to £742m.",
            "The interim dividend rises to 11.2p per share from 10.1p.",
            "The group raised its interim dividend from 10.1p to 11.2p.",
        ],
    ),
    (
        "Data centre sales hit a record $5.6 billion, growing 112% from a year earlier and 21% sequentially, and now represent two thirds of group revenue.",
        [
            "Data centre revenue reached a record $5.6bn, up 112% year over year.",
            "Sequentially, data centre sales rose 21%.",
            "数据中心收入56亿美元，同比增长112%，环比增长21%。",
            "Data centre makes up two thirds of revenue.",
        ],
    ),
    (
        "We keep our Hold rating and EUR 58 target; at 12.5x forward EV/EBITDA the shares look fairly valued versus a five-year average of 12.1x.",
        [
            "The Hold rating and the target of EUR58 are unchanged.",
            "The stock trades at 12.5x forward EV/EBITDA, against a five-year average of 12.1x.",
        ],
    ),
    (
        "Shipments to North America dropped to 18% of the total in 3Q25 from 26% in 3Q24, after tariffs of 25% took effect in April.",
        [
            "North America's share of shipments fell from 26% in 3Q24 to 18% in 3Q25.",
            "Tariffs of 25% have applied since April.",
            "North America accounted for 18% of shipments in the third quarter of 2025.",
        ],
    ),
    (
        "The first phase (120,000 tonnes a year) starts in 2H26 and the second, of the same size, in 2028; total investment is RMB 4.6bn.",
        [
            "The first phase of 120,000 tonnes starts in the second half of 2026.",
            "Total investment is RMB4.6 billion.",
            "项目总投资46亿元。",
            "The second phase follows in 2028.",
        ],
    ),
    (
        "Net new money was CHF 24bn (3.1% annualised), assets under management reached CHF 812bn and the gross margin eased 2bp to 83bp.",
        [
            "Net new money of CHF24bn is 3.1% annualised.",
            "Assets under management were CHF812 billion.",
            "The gross margin slipped 2bp to 83bp.",
        ],
    ),
    (
        "Approximately 1.4 million households were connected by fibre at the end of March 2025, 260,000 more than a year before.",
        [
            "By end-March 2025 about 1.4mn households had fibre.",
            "Fibre connections rose by 260,000 in a year.",
            "截至2025年3月末，光纤用户约140万户，同比增加26万户。",
        ],
    ),
    (
        "Paid subscribers: 9.8m (+1.1m YoY). Monthly ARPU: $11.30 (-2% YoY). Churn: 1.9% (2.2%).",
        [
            "Paid subscribers grew by 1.1 million to 9.8 million.",
            "ARPU fell 2% to $11.30 a month.",
            "Churn was 1.9%, down from 2.2%.",
        ],
    ),
    (
        "Our channel checks suggest sell-through of 5,000-6,000 units a week, half the pace seen at launch in September.",
        [
            "Sell-through is 5,000-6,000 units a week, according to channel checks.",
            "Weekly sell-through of 5,000 to 6,000 units is half of that in September.",
        ],
    ),
    (
        "The deficit is expected to narrow to 3.2% of GDP in 2026 from 3.9% in 2025, and debt to peak at 71.5%.",
        [
            "The deficit should shrink from 3.9% of GDP in 2025 to 3.2% in 2026.",
            "Debt is seen peaking at 71.5% of GDP.",
            "预计2026年赤字率收窄至3.2%。",
        ],
    ),
    (
        "Excluding a one-off gain of $120m, pre-tax profit would have fallen 3% rather than risen 9%.",
        [
            "Without the one-off gain of $120mn, pre-tax profit would have fallen 3%.",
            "Pre-tax profit rose 9% including a one-off gain of $120 million.",
        ],
    ),
    (
        "Average daily turnover on the exchange doubled to HK$230bn in 1H25, and southbound trading took 23% of it.",
        [
            "Average daily turnover was HK$230bn in the first half of 2025.",
            "Southbound trading made up 23% of turnover.",
            "上半年日均成交额2300亿港元。",
        ],
    ),
    (
        "Cement output declined for a fifth straight year, by 9.5% to 1.83 billion tonnes, the lowest since 2009.",
        [
            "Cement output was down 9.5% at 1.83bn tonnes.",
            "It was the lowest output since 2009.",
            "水泥产量18.3亿吨，下降9.5%。",
        ],
    ),
    (
        "Research spending will go up by a fifth to EUR 1.8bn; the number of clinical programmes rises from 31 to 38.",
        [
            "Research spending rises to EUR1.8 billion.",
            "There will be 38 clinical programmes, seven more than now.",
            "The number of clinical programmes increases from 31 to 38.",
        ],
    ),
    (
        "2025年三季度末公司总资产1.26万亿元，较年初增长4.8%；不良贷款率0.94%，较年初下降2BP；拨备覆盖率356%。",
        [
            "Total assets were RMB1.26 trillion at the end of 3Q25, 4.8% more than at the start of the year.",
            "不良率0.94%，较年初下降2个基点。",
            "The provision coverage ratio is 356%.",
            "NPL比率下降0.02个百分点至0.94%。",
        ],
    ),
    (
        "分业务看，白酒收入72.3亿元（+9.8%），啤酒收入31.5亿元（-2.1%），其他收入4.4亿元。",
        [
            "Baijiu revenue rose 9.8% to RMB7.23bn.",
            "啤酒收入同比下降2.1%至31.5亿元。",
            "Beer revenue fell 2.1% to RMB3.15 billion.",
            "白酒收入72.3亿元，增长9.8%。",
        ],
    ),
    (
        "公司上调2025年全年资本开支指引至85-90亿美元，此前为80亿美元。",
        [
            "The 2025 capex guidance is raised to $8.5-9.0bn.",
            "Capex guidance was $8bn before.",
            "全年资本开支指引上调至85-90亿美元。",
        ],
    ),
    (
        "10月新增社融8,150亿元，同比少增5,970亿元；M1同比增长6.2%，M2同比增长8.2%。",
        [
            "New social financing was RMB815bn in October.",
            "M2 grew 8.2% year on year.",
            "10月M1增速6.2%。",
            "社融同比少增5970亿元。",
        ],
    ),
    (
        "该药物针对适应症的患者约1,200万人，国内渗透率不足3%，预计峰值销售额可达35亿元。",
        [
            "About 12 million patients have the indication.",
            "Peak sales may reach RMB3.5bn.",
            "国内渗透率低于3%。",
            "预计峰值销售35亿元。",
        ],
    ),
    (
        "管理层强调不会为了份额牺牲利润，全年毛利率目标维持在40%以上。",
        ["管理层不会为份额牺牲利润。", "The full-year gross margin target stays above 40%.", "全年毛利率目标40%以上。"],
    ),
]
