"""Statements of invented reports with right sentences about them: a part of ``verify_cases``."""

from __future__ import annotations

CASES: list[tuple[str, list[str]]] = [
    (
        "公司三大业务中，储能收入占比超过四成，海外收入同比翻倍，国内收入同比减少8.8%。",
        ["储能收入占比超四成。", "国内收入同比下降8.8%。", "Domestic revenue fell 8.8%."],
    ),
    (
        "Group turnover for the nine months to September 2025 was GBP 2,418m (9M24: GBP 2,205m), while pre-tax profit slipped 4% to GBP 311m.",
        [
            "Turnover in 9M25 was £2,418 million, compared with £2,205 million in 9M24.",
            "Pre-tax profit decreased by 4% to £311mn.",
            "Turnover grew 9.7% from GBP2,205m to GBP2,418m.",
        ],
    ),
    (
        "Same-store sales turned positive (+1.8%) in March after a 0.9% decline in February, helped by 35 new menu items.",
        [
            "In March same-store sales were up 1.8%.",
            "February saw a 0.9% decline in same-store sales.",
            "35 new menu items helped.",
        ],
    ),
    (
        "We trim our 2026E EPS by 6% to $3.42 and now value the shares at 14x, which gives a target of $48 (was $53).",
        [
            "The 2026 EPS estimate was cut 6% to $3.42.",
            "The target price is now $48, down from $53.",
            "Shares are valued at 14 times earnings.",
            "2026年每股收益预测下调6%至3.42美元。",
        ],
    ),
    (
        "Installed wind capacity reached 18.7GW at the end of 2024 and management targets 25GW by 2027, an annual addition of roughly 2.1GW.",
        [
            "At end-2024 the company had 18.7 GW of wind capacity.",
            "Management aims for 25GW by 2027.",
            "About 2.1GW will be added every year.",
            "2024年底风电装机1870万千瓦。",
        ],
    ),
    (
        "Interest expense doubled to EUR 96 million as the average cost of debt went from 2.2% to 4.1%.",
        [
            "Interest expense came to EUR96m.",
            "The average cost of debt rose to 4.1% from 2.2%.",
            "The cost of debt increased by 1.9 percentage points, from 2.2% to 4.1%.",
        ],
    ),
    (
        "Order intake missed consensus by 7% at SEK 14.2bn; organic growth was -3% and the book-to-bill ratio 0.92x.",
        [
            "Order intake of SEK14.2bn was 7% below consensus.",
            "Organic growth was negative at -3%.",
            "The book-to-bill ratio stood at 0.92x.",
            "Organic sales fell 3%.",
        ],
    ),
    (
        "The insurer's combined ratio improved 1.6pp to 94.3% in 1H24, its solvency ratio is 212%, and premiums rose 8.8% to CHF 6.05 billion.",
        [
            "The combined ratio was 94.3% in 1H24, 1.6 percentage points better.",
            "The solvency ratio is 212%.",
            "Premiums of CHF6.05bn were up 8.8%.",
        ],
    ),
    (
        "Lithium carbonate prices have dropped 62% since January 2023 to about CNY 98,000 per tonne; spot demand remains thin.",
        [
            "Lithium carbonate costs about CNY98,000 a tonne, 62% less than in January 2023.",
            "Lithium prices fell by 62% since January 2023.",
            "Spot demand is still thin.",
        ],
    ),
    (
        "Headcount was reduced by 1,900 to 23,400, saving $140 million annually from 2026.",
        [
            "The workforce shrank by 1,900 to 23,400 people.",
            "From 2026 the company saves $140mn a year.",
            "Headcount is 23,400.",
        ],
    ),
    (
        "Passenger traffic rose to 61.3 million in the year to June 2025 (+11.4%), with international traffic at 18.9 million (+23%).",
        [
            "61.3 million passengers travelled in the year to June 2025, 11.4% more.",
            "International traffic grew 23% to 18.9 million.",
            "International passengers were 30.8% of the total (18.9 million of 61.3 million).",
        ],
    ),
    (
        "Free cash flow conversion fell from 92% to 71% because working capital absorbed RMB 640 million, against a release of RMB 210 million a year before.",
        [
            "Free cash flow conversion decreased from 92% to 71%.",
            "Working capital absorbed RMB640mn.",
            "A year before, RMB210mn was released.",
        ],
    ),
    (
        "Rating: Overweight (from Equal-weight). Target price: JPY 4,300 (from JPY 3,650). Closing price 5 Nov 2025: JPY 3,512.",
        [
            "The rating goes to Overweight from Equal-weight.",
            "The target price is JPY4,300, raised from JPY3,650.",
            "The stock closed at JPY3,512 on 5 November 2025.",
            "目标价由3650日元上调至4300日元。",
        ],
    ),
    (
        "Unit sales are expected to reach 1.15 million in FY26, with the share of hybrids rising from 18% in FY24 to 31%.",
        [
            "In FY26 unit sales should reach 1.15mn.",
            "Hybrids' share is expected to rise to 31% from 18% in FY24.",
            "预计2026财年销量115万台。",
        ],
    ),
    (
        "2024年公司营业收入为312.7亿元，同比-4.6%；扣非净利润18.9亿元，同比+12.1%；拟每10股派息3.5元。",
        [
            "Revenue in 2024 fell 4.6% to RMB31.27bn.",
            "Adjusted net profit grew 12.1% to RMB1.89 billion.",
            "2024年营业收入312.7亿元，下降4.6%。",
            "扣非净利润同比增长12.1%。",
            "拟每10股派3.5元。",
        ],
    ),
    (
        "我们将2025-2026年EPS预测由1.85/2.20元下调至1.62/1.94元，目标价下调至32.4元（原38.0元），评级降至“持有”。",
        [
            "2025年EPS预测下调至1.62元。",
            "目标价由38.0元下调至32.4元。",
            "The EPS forecast for 2026 is cut to RMB1.94 from RMB2.20.",
            "The target price drops to RMB32.4 from RMB38.0.",
        ],
    ),
    (
        "截至6月末，存货周转天数为78天，较去年末减少9天；应收账款45.6亿元，较年初增长21%。",
        [
            "Inventory days were 78 at the end of June, 9 days fewer.",
            "应收账款45.6亿元，增长21%。",
            "Receivables rose 21% to RMB4.56bn.",
        ],
    ),
    (
        "8月社会消费品零售总额3.97万亿元，同比增长3.4%，增速比7月回落0.3个百分点。",
        [
            "Retail sales in August were RMB3.97 trillion, up 3.4%.",
            "增速较7月放缓0.3个百分点。",
            "8月社零3.97万亿元，同比+3.4%。",
        ],
    ),
    (
        "光伏组件出口量前三季度达186GW，其中欧洲占比38%，较上年同期下降7个百分点。",
        [
            "前三季度组件出口186GW。",
            "Europe took 38% of module exports, 7 percentage points less.",
            "欧洲占比38%，下降7个百分点。",
        ],
    ),
    (
        "公司计划三年内新建5座工厂，总投资约60亿元，达产后年产能将由20万吨提升至55万吨。",
        [
            "Five factories are to be built within three years for about RMB6bn.",
            "年产能将由20万吨提升至55万吨。",
            "Annual capacity will rise from 200,000 to 550,000 tonnes.",
        ],
    ),
    (
        "净利润亏损3.2亿元，上年同期盈利1.1亿元，毛利率由正转负至-2.4%。",
        [
            "The company made a net loss of RMB320mn.",
            "Gross margin turned negative at -2.4%.",
            "净亏损3.2亿元，上年同期盈利1.1亿元。",
        ],
    ),
    (
        "南方市场收入占比从2022年的27%升至2024年的35%，门店数增加至1,288家。",
        [
            "The southern market's share of revenue rose from 27% in 2022 to 35% in 2024.",
            "门店增至1288家。",
            "2024年南方市场收入占比35%。",
        ],
    ),
    (
        "机构预计美联储2026年将降息75个基点，10年期美债收益率年末或回落至3.6%。",
        [
            "The Fed is expected to cut rates by 75bp in 2026.",
            "The 10-year Treasury yield may fall to 3.6% by year-end.",
            "预计美联储2026年降息0.75个百分点。",
        ],
    ),
    (
        "Comparable EBIT rose to EUR 84.6 million (EUR 71.2 million), corresponding to 9.3% (8.4%) of net sales.",
        [
            "Comparable EBIT was EUR84.6m, up from EUR71.2m.",
            "The comparable EBIT margin was 9.3%.",
            "EBIT increased 18.8%, from EUR71.2 million to EUR84.6 million.",
        ],
    ),
    (
        "Wafer starts ran at 82% of capacity in 4Q25, five points above the previous quarter, and the 3nm node brought in 24% of wafer revenue.",
        [
            "Utilisation was 82% in 4Q25.",
            "24% of wafer revenue came from 3nm.",
            "In the fourth quarter of 2025 wafer starts ran at 82% of capacity.",
        ],
    ),
    (
        "The bank set aside $1.48bn for credit losses, 35% more than a year ago, and its CET1 ratio slipped to 13.1%.",
        [
            "Provisions for credit losses were $1.48 billion, up 35%.",
            "The CET1 ratio fell to 13.1%.",
            "信用损失拨备14.8亿美元，同比增长35%。",
        ],
    ),
    (
        "Guidance for FY25: revenue growth of 8-10%, operating margin around 21%, capex below $600 million.",
        [
            "FY25 revenue is guided to grow 8-10%.",
            "The operating margin should be about 21%.",
            "Capex is to stay below $600mn.",
            "2025财年资本开支低于6亿美元。",
        ],
    ),
    (
        "In the quarter, average revenue per room climbed 5.1% to $132 and occupancy edged down 40bp to 71.6%.",
        [
            "RevPAR grew 5.1% to $132.",
            "Occupancy was 71.6%, 40 basis points lower.",
            "Occupancy fell 0.4 percentage points.",
        ],
    ),
    (
        "Copper inventories at exchanges stood at 412,000 tonnes on 14 November, the most since 2003, while treatment charges turned negative at -$43 per tonne.",
        [
            "Exchange copper stocks were 412,000 tonnes on 14 November.",
            "Treatment charges are negative at -$43 a tonne.",
            "Copper inventories were the highest since 2003.",
        ],
    ),
    (
        "Customers grew to 38.4m, of which 6.2m use three or more products; cost-to-income improved to 47.9% from 51.3%.",
        [
            "There are 38.4 million customers.",
            "The cost-to-income ratio fell from 51.3% to 47.9%.",
            "6.2mn customers use three or more products.",
        ],
    ),
    (
        "Management did not raise its full-year outlook despite a 14% jump in first-half orders.",
        [
            "First-half orders jumped 14%.",
            "The full-year outlook was not raised.",
            "Despite 14% more orders in the first half, management did not raise the outlook.",
        ],
    ),
    (
        "Our sum-of-the-parts gives HK$95 per share: HK$61 for games, HK$22 for advertising and HK$12 for cloud.",
        [
            "The sum-of-the-parts value is HK$95 a share.",
            "Games are worth HK$61 per share and cloud HK$12.",
            "Advertising and cloud together are worth HK$34 (HK$22 and HK$12).",
        ],
    ),
    (
        "Revenue guidance for the December quarter is $21.5bn plus or minus 2%.",
        ["December-quarter revenue is guided at $21.5 billion.", "The guidance has a margin of plus or minus 2%."],
    ),
    (
        "The vacancy rate climbed for the sixth quarter in a row, reaching 19.8% in Q3 2025.",
        ["The vacancy rate reached 19.8% in 3Q25.", "Vacancy has climbed for six quarters in a row."],
    ),
    (
        "Shares outstanding fell 2% to 1.06 billion after buybacks of $5.4 billion; $9 billion remains under the programme.",
        [
            "The share count was down 2% at 1.06bn.",
            "Buybacks amounted to $5.4bn.",
            "$9bn is left under the buyback programme.",
        ],
    ),
    (
        "EPS estimates: 2025E 4.12 (was 4.35), 2026E 4.77 (was 5.02), 2027E 5.40 (new).",
        [
            "The 2026 EPS estimate is 4.77, previously 5.02.",
            "EPS is expected at 4.12 in 2025.",
            "2027年EPS预测为5.40。",
        ],
    ),
    (
        "Same-day delivery now covers 270 cities, up from 185, and on-time performance reached 96.5%.",
        ["Same-day delivery covers 270 cities, 85 more than the 185 before.", "On-time performance was 96.5%."],
    ),
    (
        "公司一季度新签订单214亿元，同比增长近三成，在手订单突破千亿元，创历史新高。",
        [
            "New orders in the first quarter were RMB21.4bn.",
            "一季度新签订单214亿元，同比增长近30%。",
            "在手订单创历史新高。",
        ],
    ),
    (
        "2025Q3单季毛利率33.4%，同比+3.2pct，环比-0.8pct；期间费用率19.1%，同比下降1.4pct。",
        [
            "3Q25 gross margin was 33.4%, 3.2 percentage points higher than a year ago.",
            "毛利率环比下降0.8个百分点。",
            "期间费用率同比下降1.4个百分点至19.1%。",
        ],
    ),
    (
        "预计2025年行业规模达到1,850亿元，2024-2028年复合增速12.6%。",
        [
            "The market is expected to reach RMB185bn in 2025.",
            "2024-2028年CAGR为12.6%。",
            "The compound growth rate for 2024-2028 is 12.6%.",
        ],
    ),
    (
        "9月末人民币贷款余额270.39万亿元，前三季度新增14.75万亿元，同比少增1.27万亿元。",
        [
            "Outstanding loans were RMB270.39 trillion at the end of September.",
            "前三季度新增贷款14.75万亿元。",
            "New loans of RMB14.75tn in the first three quarters were RMB1.27tn less than a year before.",
        ],
    ),
]
