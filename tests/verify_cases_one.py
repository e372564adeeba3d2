"""Statements of invented reports with right sentences about them: a part of ``verify_cases``."""

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
]
