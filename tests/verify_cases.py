"""Statements of invented reports, each with right sentences about it: reworded, shortened, translated in their figures."""

from __future__ import annotations

CASES: list[tuple[str, list[str]]] = [
    (
        "Q2 2024 revenue came to CNY 48.3 billion, up 12% year-on-year and 3% quarter-on-quarter; gross margin was 41.5%, better "
        "by 2.1 percentage points on the year.",
        [
            "Revenue in 2Q24 rose 12% on the year to RMB48.3bn.",
            "In the second quarter of 2024 the company took in CNY48.3bn, 3% more than in the quarter before.",
            "Gross margin reached 41.5% in Q2 2024, an improvement of 210bp year on year.",
            "2024年二季度收入483亿元，同比增长12%，环比增长3%。",
            "二季度毛利率41.5%，同比提升2.1个百分点。",
        ],
    ),
    (
        "Net profit is forecast at RMB 5.2 billion, RMB 6.1 billion and RMB 7.3 billion for 2025, 2026 and 2027.",
        [
            "The broker expects net profit of RMB6.1bn in 2026.",
            "Net profit is seen at RMB5.2bn in 2025 and RMB7.3bn in 2027.",
            "Net profit should grow 17.3% from RMB5.2 billion in 2025 to RMB6.1 billion in 2026.",
            "预计2025-2027年净利润分别为52亿元、61亿元和73亿元。",
            "预计2027年净利润73亿元。",
        ],
    ),
    (
        "The loss narrowed to HK$1.2bn in FY2023 from HK$2.9bn in FY2022, while selling expenses fell by 18% to HK$640 million.",
        [
            "The company lost HK$1.2 billion in FY2023, less than the HK$2.9 billion of FY2022.",
            "Selling expenses were HK$640mn, down 18%.",
            "The FY2023 loss came to HK$1.2bn.",
            "销售费用下降18%至6.4亿港元。",
            "2023财年亏损收窄至12亿港元，2022财年为29亿港元。",
        ],
    ),
    (
        "We cut our target price to US$84 from US$97 and keep Neutral; the stock trades at 21x 2025E earnings.",
        [
            "The target price was lowered from US$97 to US$84, with the Neutral rating kept.",
            "The target price goes down by US$13, from US$97 to US$84.",
            "The shares trade at 21 times 2025 earnings.",
            "目标价由97美元下调至84美元，维持中性评级。",
            "股价对应2025年21倍市盈率。",
        ],
    ),
    (
        "Shipments fell 7.4% to 3.2 million units in 2024, and the company expects them to recover by 5% in 2025.",
        [
            "In 2024 shipments declined 7.4% to 3.2mn units.",
            "For 2025 the company guides to a 5% recovery in shipments.",
            "Shipments are expected to rise 5% in 2025 after dropping 7.4% in 2024.",
            "2024年出货量320万台，同比下降7.4%。",
            "公司预计2025年出货量增长5%。",
        ],
    ),
    (
        "Operating cash flow was negative at -RMB 380 million in 1H25 because inventories rose by RMB 1.1 billion.",
        [
            "Operating cash flow in 1H25 was -RMB380mn.",
            "Inventories went up by RMB1.1bn, which pushed operating cash flow to -RMB380 million.",
            "2025年上半年经营现金流为-3.8亿元，存货增加11亿元。",
        ],
    ),
    (
        "Cloud revenue grew 34% to $9.7bn and made up 29% of group sales of $33.4bn; the segment's operating margin "
        "widened from 31.0% to 35.5%.",
        [
            "Cloud sales increased by 34% to $9.7 billion.",
            "Cloud accounts for 29% of sales.",
            "The cloud operating margin expanded 4.5 percentage points, from 31.0% to 35.5%.",
            "With $9.7bn of $33.4bn, cloud made up 29.0% of group sales.",
            "云收入增长34%至97亿美元，占集团收入的29%。",
        ],
    ),
    (
        "Dividend per share is raised to EUR 0.48 from EUR 0.40; the payout ratio stays at 45%.",
        [
            "The dividend goes up from EUR0.40 to EUR0.48 a share, a rise of 20%.",
            "The payout ratio remains 45%.",
            "每股股息由0.40欧元提高至0.48欧元。",
        ],
    ),
    (
        "The plant in Chengdu will add 40GWh of capacity by the end of 2026, taking the total to about 150GWh.",
        [
            "A Chengdu plant is to add 40 GWh by end-2026.",
            "Total capacity will reach about 150GWh.",
            "成都工厂到2026年底将新增40GWh产能，总产能约150GWh。",
        ],
    ),
    (
        "Non-performing loans stood at 1.32% at the end of June 2024, 4bp lower than in March; the net interest margin was 1.61%, "
        "down 9bp.",
        [
            "The NPL ratio was 1.32% at end-June 2024, down 4 basis points.",
            "The net interest margin dropped 9bp to 1.61%.",
            "The net interest margin fell by 0.09 percentage points to 1.61%.",
            "2024年6月末不良率1.32%，下降4个基点。",
            "净息差1.61%，下降9个基点。",
        ],
    ),
    (
        "Full-year guidance was lifted: revenue of $12.4-12.8 billion (before: $12.0-12.5 billion) and adjusted EPS of $5.10 to $5.30.",
        [
            "The company raised its revenue guidance to $12.4-12.8bn.",
            "Adjusted EPS is guided at $5.10-5.30.",
            "The revenue guidance was $12.0-12.5 billion before.",
        ],
    ),
    (
        "Store count reached 6,480 at year-end 2024, with 730 openings and 210 closures during the year; same-store sales slipped 2.6%.",
        [
            "The chain had 6,480 stores at the end of 2024.",
            "It opened 730 stores and closed 210, a net 520 more.",
            "Same-store sales were down 2.6%.",
            "2024年末门店6480家，全年新开730家、关闭210家。",
            "同店销售下滑2.6%。",
        ],
    ),
    (
        "2025年上半年公司实现营业收入86.4亿元，同比增长15.2%；归母净利润9.8亿元，同比下降6.3%；毛利率28.6%，同比下降1.9个百分点。",
        [
            "1H25 revenue was RMB8.64bn, up 15.2% on the year.",
            "Net profit fell 6.3% to RMB980 million in the first half of 2025.",
            "Gross margin was 28.6%, 1.9 percentage points lower.",
            "上半年收入86.4亿元，同比+15.2%。",
            "归母净利润同比减少6.3%至9.8亿元。",
            "毛利率同比下降190bp至28.6%。",
        ],
    ),
    (
        "预计公司2025/2026/2027年归母净利润为21.5/25.8/30.1亿元，对应PE为18/15/13倍，维持“买入”评级。",
        [
            "Net profit is forecast at RMB2.15bn, RMB2.58bn and RMB3.01bn for 2025-2027.",
            "The stock is valued at 15x 2026 earnings.",
            "预计2026年归母净利润25.8亿元。",
            "对应2025年PE为18倍。",
            "维持买入评级。",
        ],
    ),
    (
        "三季度销量约42万辆，环比增长近两成，其中出口9.6万辆，占比22.9%。",
        [
            "About 420,000 vehicles were sold in the third quarter, of which 96,000 were exported.",
            "Exports made up 22.9% of sales.",
            "三季度出口9.6万辆，占销量的22.9%。",
            "三季度销量环比增长近20%。",
        ],
    ),
    (
        "公司拟投资1.2万亿元建设算力基础设施，其中2026年资本开支为3,800亿元，较2025年增加900亿元。",
        [
            "The company plans to invest RMB1.2 trillion in computing infrastructure.",
            "Capital expenditure in 2026 is RMB380bn, RMB90bn more than in 2025.",
            "2026年资本开支3800亿元。",
        ],
    ),
    (
        "截至2024年末，公司现金及等价物为156亿元，有息负债率由38.2%降至33.5%。",
        [
            "Cash and equivalents were RMB15.6bn at the end of 2024.",
            "The debt ratio dropped from 38.2% to 33.5%.",
            "有息负债率下降4.7个百分点，由38.2%至33.5%。",
            "2024年末现金156亿元。",
        ],
    ),
    (
        "二季度净利润不及预期，同比-23.5%至4.1亿元，主要因汇兑损失1.3亿元。",
        [
            "Second-quarter net profit missed expectations, falling 23.5% to RMB410mn.",
            "There was an exchange loss of RMB130 million.",
            "二季度净利润4.1亿元，同比下降23.5%，低于预期。",
        ],
    ),
    (
        "维持“增持”评级，目标价由62.0港元上调至70.5港元，较现价有26%上行空间。",
        [
            "The target price is raised from HK$62.0 to HK$70.5, 26% upside.",
            "目标价上调8.5港元，由62.0港元至70.5港元。",
            "目标价70.5港元，上行空间26%。",
        ],
    ),
    (
        "1月至9月，行业投资同比下降13.9%，降幅较1月至8月扩大1.0个百分点；9月单月销售面积8,531万平方米。",
        [
            "Investment fell 13.9% on the year in January to September.",
            "The floor space sold in September was 85.31 million sqm.",
            "1月至9月行业投资下降13.9%。",
        ],
    ),
    (
        "The fleet will grow from 412 aircraft in 2023 to 520 in 2027, with capex of about $2.3 billion a year.",
        [
            "The airline plans 520 aircraft in 2027, up from 412 in 2023.",
            "Capital spending will be around $2.3bn a year.",
            "The fleet grows by 108 aircraft, from 412 in 2023 to 520 in 2027.",
        ],
    ),
    (
        "Brent averaged $78.4 a barrel in 3Q24, $6.7 below the second quarter; we expect $72 for 2025.",
        [
            "In the third quarter of 2024 Brent averaged $78.4 a barrel.",
            "Brent is expected at $72 in 2025.",
            "Brent was $6.7 lower than in the second quarter.",
        ],
    ),
    (
        "Management said that the merger would not close before March 2026 and that no dividend is planned for 2025.",
        [
            "The merger will not close before March 2026.",
            "No dividend is planned for 2025.",
        ],
    ),
    (
        "Active users reached 215 million in December 2024, 9% more than a year earlier; 62% of them use the mobile app every day.",
        [
            "In December 2024 there were 215mn active users, up 9%.",
            "62% of active users open the app daily.",
            "2024年12月活跃用户2.15亿，同比增长9%。",
        ],
    ),
    (
        "Europe contributed 37% of sales, Asia 41% and the Americas 22%.",
        [
            "Asia is the largest region with 41% of sales.",
            "Europe and Asia together make up 78% of sales (37% and 41%).",
            "The Americas' share is 22%.",
        ],
    ),
    (
        "The drug met its primary endpoint in phase 3: progression-free survival of 14.8 months against 9.1 months for placebo.",
        [
            "Progression-free survival was 14.8 months, compared with 9.1 months on placebo.",
            "The phase 3 trial met its primary endpoint.",
        ],
    ),
    (
        "R&D spending rose 22% to RMB 3.4bn in 2024, or 11.6% of revenue.",
        [
            "R&D expenses increased by 22% in 2024, to RMB3.4 billion.",
            "R&D was 11.6% of revenue in 2024.",
            "2024年研发费用34亿元，同比增长22%，占收入的11.6%。",
        ],
    ),
    (
        "Analysts expect rates to stay at 4.25%-4.50% until the middle of 2026.",
        ["Rates should stay at 4.25-4.50% until mid-2026.", "分析师预计利率维持在4.25%-4.50%。"],
    ),
    (
        "Revenue per user declined from RMB 58.2 in 2022 to RMB 54.9 in 2023, and churn went up to 2.4% a month.",
        [
            "Revenue per user dropped from RMB58.2 in 2022 to RMB54.9 in 2023.",
            "Monthly churn rose to 2.4%.",
            "Revenue per user was RMB54.9 in 2023.",
            "2023年每用户收入54.9元，2022年为58.2元。",
        ],
    ),
    (
        "Backlog stood at $18.6bn on 30 September 2025, of which 70% is to be delivered within 24 months.",
        [
            "The backlog was $18.6 billion at 30 September 2025.",
            "70% of the backlog should be delivered within two years.",
            "截至2025年9月30日，在手订单186亿美元。",
        ],
    ),
    (
        "The company bought back 12.5 million shares for GBP 310m in the first half.",
        [
            "It repurchased 12.5mn shares for £310 million.",
            "In the first half GBP310m was spent on 12.5 million shares.",
        ],
    ),
    (
        "Steel demand weakened further, prices slid and inventories piled up at mills.",
        ["Demand for steel weakened and prices slid.", "Inventories at mills piled up."],
    ),
    (
        "管理层表示，新产品良率已明显改善，但价格竞争加剧，短期盈利承压。",
        ["新产品良率明显改善。", "价格竞争加剧使短期盈利承压。"],
    ),
    (
        "Management sees stronger pricing, steady volumes and lower input costs as the drivers of margin recovery.",
        [
            "Stronger pricing and lower input costs are seen as drivers of the margin recovery.",
            "Volumes are seen as steady.",
        ],
    ),
    (
        "Premium models took 56% of volume in 2Q25, versus 49% in 2Q24, and the average selling price rose RMB 1,150 to RMB 14,300.",
        [
            "In 2Q25 premium models made up 56% of volume, up from 49% in 2Q24.",
            "The average selling price went up by RMB1,150 to RMB14,300.",
            "The premium share rose 7 percentage points, from 49% in 2Q24 to 56% in 2Q25.",
            "二季度均价提高1150元至14300元。",
        ],
    ),
    (
        "EBITDA margin fell to 17.8% (-240bp), below the 18.6% that we had expected, as freight cost an extra $45m.",
        [
            "The EBITDA margin dropped 240bp to 17.8%.",
            "The EBITDA margin missed our estimate of 18.6%.",
            "Freight added $45 million of cost.",
        ],
    ),
    (
        "Table: Revenue (RMB mn) | 2023A 12,480 | 2024A 13,905 | 2025E 15,600 || Net margin (%) | 2023A 8.1 | 2024A 8.9 | 2025E 9.4",
        [
            "Revenue was RMB13.905bn in 2024.",
            "Revenue of RMB15.6bn is expected for 2025.",
            "Revenue was 12,480 in 2023.",
        ],
    ),
    (
        "The group employs 3,150 people in 14 countries; five of its nine factories run on renewable power.",
        ["It has 3,150 employees in 14 countries.", "Five of nine factories use renewable power."],
    ),
    (
        "Net debt/EBITDA improved from 3.1x to 2.4x, and interest cover rose to 6.8x.",
        [
            "Net debt to EBITDA fell from 3.1x to 2.4x.",
            "Interest cover is 6.8 times.",
            "净负债/EBITDA由3.1倍降至2.4倍。",
        ],
    ),
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

# (passage, wrong sentence, a word of the reason): what the automatic plants do not make.
WRONG: list[tuple[str, str, str]] = [
    ("Revenue rose 12% in 2024.", "Revenue did not rise 12% in 2024.", "denied"),
    ("The merger would not close before March 2026.", "The merger would close before March 2026.", "denies"),
    ("The board approved the buyback.", "The board never approved the buyback.", "denies"),
    (
        "Net profit is forecast at RMB 5.2bn for 2025.",
        "The company reported net profit of RMB5.2bn for 2025.",
        "forecast",
    ),
    ("The company recorded sales of $4.1bn.", "Sales are expected to be $4.1bn.", "reported"),
    ("Sales of more than 5 million units.", "Sales of less than 5 million units.", "bound"),
    ("Orders came to 3,310 in May and 2,870 in June.", "Orders came to 2,870 in May.", "June"),
    ("收入2023年为310亿元，2024年为287亿元。", "2023年收入287亿元。", "2024"),
    ("Quarnex Holdings grew sales by 8%.", "It was acquired for nothing in particular by a rival bank.", "wording"),
    ("Margins improved in every region.", "Margins deteriorated in every region.", "deteriorated"),
    ("公司毛利率明显改善。", "公司毛利率明显恶化。", "相反"),
    ("Revenue was $5bn and costs were $4bn.", "Revenue of $5bn and costs of $4bn leave a difference of $2bn.", "2bn"),
    ("Revenue rose from $40m to $50m.", "Revenue rose 20%, from $40m to $50m.", "20%"),
    ("Cover has only reached 55%, against 71% last year.", "Cover is at 71%, up from 55%.", "other way round"),
    ("负债率由38.2%降至33.5%。", "负债率由33.5%至38.2%。", "先后相反"),
    ("Growth was 12.3%.", "Growth was 2.3%.", "2.3%"),
    ("Units sold: 12 34.", "1234 units were sold.", "1234"),
]
