"""Sentences as a careful model writes them, with what it works out, and with one thing changed."""

from __future__ import annotations

# A passage, right sentences, wrong ones.
CAREFUL: list[tuple[str, list[str], list[str]]] = [
    (
        "Vantor's FY25 revenue rose 7.4% to EUR 4.62bn, with the cloud unit contributing EUR 1.38bn (+22%). Adjusted EBITDA was EUR 971m, a margin of 21.0% (FY24: 19.6%). Free cash flow slipped to EUR 388m from EUR 421m because capex climbed to EUR 310m from EUR 255m. Net debt/EBITDA ended the year at 1.4x versus 1.7x.",
        [
            "Cloud made up close to 30% of FY25 revenue, at EUR 1.38bn.",
            "Free cash flow declined for the year even though EBITDA came to EUR 971m, with FCF at EUR 388m against EUR 421m in FY24.",
            "Net leverage improved by 0.3 turns, to 1.4x.",
        ],
        [
            "The adjusted EBITDA margin narrowed by 140 basis points to 21.0%.",
            "Leverage rose to 1.4 times EBITDA from 1.7 times.",
            "Outside the cloud unit, revenue was about EUR 3.94bn.",
        ],
    ),
    (
        "截至2025年末,云岭银行总资产2.86万亿元,较年初增长8.2%;贷款余额1.52万亿元,增长10.4%,其中对公贷款9,860亿元,零售贷款5,340亿元。不良率1.18%,较年初下降4bp;拨备覆盖率312.5%,较年初下降15.8个百分点。全年净息差1.47%,同比收窄11bp。归母净利润218.6亿元,同比+3.1%,拟每股派息0.42元,分红比例30.2%。",
        [
            "Net profit attributable to shareholders grew 3.1% to RMB21.86bn, of which 30.2% is to be paid out.",
            "按30.2%的分红比例计算,分红总额约66亿元。",
        ],
        ["净息差由上年的1.36%扩大至1.47%。", "云岭银行2024年归母净利润218.6亿元。"],
    ),
    (
        "(USD million)\nSegment | 2025 | 2024\nUpstream | 8,214 | 9,027\nRefining | 3,106 | 2,480\nRetail | 1,745 | 1,702\nCorporate | (312) | (288)\nTotal operating profit | 12,753 | 12,921",
        [
            "Corporate costs increased to $312 million from $288 million.",
            "Refining's profit gain of $626 million offset most of the $813 million decline upstream.",
        ],
        [
            "Calder's upstream profit fell 9% to $8.4 billion in 2025.",
            "Upstream still generated nearly three quarters of operating profit in 2025.",
            "Corporate earned a profit of $312 million in 2025.",
        ],
    ),
    (
        "We raise our 12-month target on Osprey Shipping to NOK 148 (from NOK 126) and keep Buy. Our 2026E and 2027E EBITDA move up 9% and 12%, to USD 612m and USD 655m, on spot VLCC rates of USD 58,000/day, 31% above our earlier assumption. The shares trade at 4.9x 2026E EV/EBITDA, a 22% discount to peers. Dividend yield is 11.3%. The fleet counts 42 vessels, 28 of them VLCCs.",
        [
            "Two thirds of the 42-strong fleet are VLCCs.",
            "The remaining 14 vessels are not VLCCs.",
            "目标价由126挪威克朗上调至148挪威克朗,维持买入评级。",
        ],
        [
            "Linden lifts its target on Osprey to NOK 184 and reiterates its Buy rating.",
            "2026年EBITDA预测上调9%至6.12亿挪威克朗。",
        ],
    ),
    (
        "9月社会消费品零售总额41,971亿元,同比增长3.0%,增速比8月回落0.4个百分点。其中,除汽车以外的消费品零售额37,260亿元,增长3.2%。1-9月,社零总额365,877亿元,同比增长4.5%。按经营单位所在地分,城镇零售额36,123亿元,增长2.9%;乡村5,848亿元,增长4.0%。",
        ["乡村零售增速4.0%,高出城镇1.1个百分点。"],
        ["9月社零增速比8月回升0.4个百分点。"],
    ),
    (
        "Passenger numbers at Stell Airports reached 18.9m in the six months to 30 September 2025, up from 17.5m in the same period of 2024. Aeronautical revenue grew 11% to GBP 402m and retail revenue 5% to GBP 176m; operating costs per passenger fell to GBP 14.20 from GBP 14.75. The group swung to a pre-tax profit of GBP 31m from a loss of GBP 12m and raised full-year passenger guidance to 36.0-36.5m from 35m.",
        [
            "Stell handled 18.9 million passengers in the first half to September 2025, 8% more than a year earlier.",
            "Aeronautical and retail revenue added up to GBP 578m in the half.",
            "Retail brought in about GBP 9.30 per passenger.",
        ],
        [
            "Stell handled 18.9 million passengers in the six months to September 2024.",
            "Retail brought in about GBP 12.30 per passenger.",
        ],
    ),
    (
        "2025年上半年,恒越光伏组件出货38.6GW,同比+6%,但均价下跌18%至0.67元/W;实现营收412.3亿元(-13.5%),归母净亏损25.9亿元,去年同期亏损18.4亿元。其中Q2亏损9.7亿元,环比减亏。经营活动现金流净额-31.2亿元。资产负债率72.4%,较年初上升1.9pct。公司预计全年出货80-85GW。",
        [
            "归母净亏损扩大至25.9亿元,去年同期为18.4亿元。",
            "二季度亏损9.7亿元,较一季度的16.2亿元收窄。",
            "The net loss widened by about RMB750m to RMB2.59bn in the first half.",
        ],
        ["上半年经营现金净流入31.2亿元。"],
    ),
    (
        "Gold averaged $3,456 an ounce in the third quarter, 40% more than a year earlier. Central banks bought 220 tonnes, 28% more than in the second quarter and 10% more than a year ago. ETF inflows were 222 tonnes. Jewellery demand in tonnage fell 19% to 371 tonnes, though in value it rose 13% to $41bn. Total demand of 1,313 tonnes was the highest of any quarter on record.",
        ["The gold price averaged $3,456/oz in the quarter, some $990 above the level of a year before."],
        [
            "Central banks purchased 202 tonnes of gold in Q3 2025.",
            "The gold price averaged $3,456 a tonne in the quarter.",
        ],
    ),
    (
        "(RMB bn)\nItem | 1H25 | 1H24 | YoY\nRevenue | 64.3 | 58.1 | +10.7%\nGross profit | 21.9 | 18.7 | +17.1%\nR&D | 6.4 | 5.0 | +28.0%\nNet profit | 7.8 | 7.1 | +9.9%\nGross margin | 34.1% | 32.2% | +1.9pp",
        [
            "R&D spending rose by RMB1.4bn to RMB6.4bn, or 10% of revenue.",
            "上半年研发费用64亿元,同比增长28%,研发费用率约10%。",
        ],
        ["R&D spending rose by RMB1.9bn to RMB6.4bn.", "上半年研发费用6.4亿元。"],
    ),
    (
        "The ECB left its deposit rate at 2.00% on 11 September, the second hold after eight cuts of 25bp each since June 2024. Staff see inflation at 2.1% in 2025, 1.7% in 2026 and 1.9% in 2027, and growth at 1.2%, 1.0% and 1.3%. In June they had expected 0.9% growth for 2025. Money markets price 10bp of easing by year-end, against 24bp a month ago.",
        ["The growth forecast for 2025 was raised by 0.3 points to 1.2%."],
        ["The growth forecast for 2025 was lowered to 1.2%."],
    ),
    (
        "截至2025年末,云岭银行总资产2.86万亿元,较年初增长8.2%;贷款余额1.52万亿元,增长10.4%,其中对公贷款9,860亿元,零售贷款5,340亿元。不良率1.18%,较年初下降4bp;拨备覆盖率312.5%,较年初下降15.8个百分点。全年净息差1.47%,同比收窄11bp。归母净利润218.6亿元,同比+3.1%,拟每股派息0.42元,分红比例30.2%。",
        ["贷款增速10.4%,快于总资产8.2%的增速。"],
        ["贷款增速10.4%,慢于总资产8.2%的增速。"],
    ),
    (
        "2025年上半年,恒越光伏组件出货38.6GW,同比+6%,但均价下跌18%至0.67元/W;实现营收412.3亿元(-13.5%),归母净亏损25.9亿元,去年同期亏损18.4亿元。其中Q2亏损9.7亿元,环比减亏。经营活动现金流净额-31.2亿元。资产负债率72.4%,较年初上升1.9pct。公司预计全年出货80-85GW。",
        ["归母净亏损扩大至25.9亿元,去年同期为18.4亿元。"],
        ["归母净亏损收窄至25.9亿元,去年同期为18.4亿元。"],
    ),
    (
        "Gold averaged $3,456 an ounce in the third quarter, 40% more than a year earlier. Central banks bought 220 tonnes, 28% more than in the second quarter and 10% more than a year ago. ETF inflows were 222 tonnes. Jewellery demand in tonnage fell 19% to 371 tonnes, though in value it rose 13% to $41bn. Total demand of 1,313 tonnes was the highest of any quarter on record.",
        ["Central bank buying picked up from roughly 172 tonnes in the second quarter to 220 tonnes."],
        ["Central banks purchased 220 tonnes of gold in Q2 2025."],
    ),
    (
        "(RMB bn)\nItem | 1H25 | 1H24 | YoY\nRevenue | 64.3 | 58.1 | +10.7%\nGross profit | 21.9 | 18.7 | +17.1%\nR&D | 6.4 | 5.0 | +28.0%\nNet profit | 7.8 | 7.1 | +9.9%\nGross margin | 34.1% | 32.2% | +1.9pp",
        [
            "Gross profit grew faster than revenue in 1H25, 17.1% against 10.7%, lifting the gross margin 1.9 points to 34.1%.",
            "Net profit grew less than revenue (9.9% versus 10.7%).",
            "毛利率由32.2%提升至34.1%。",
        ],
        [
            "毛利率由34.1%降至32.2%。",
            "Net profit grew more than revenue (9.9% versus 10.7%).",
            "Gross profit was RMB7.8bn in 1H25.",
        ],
    ),
    (
        "Tarrant Foods: Q1 FY26 sales (13 weeks to 28 June 2025) were GBP 712m, +3.1% like-for-like, with volumes +1.2% and price/mix +1.9%. UK retail grew 4.4% to GBP 468m while International fell 2.7% to GBP 119m; Food Service made up the balance. Full-year guidance for adjusted PBT of GBP 205-215m is unchanged. Consensus stands at GBP 211m. Net debt was GBP 548m (March: GBP 571m).",
        [
            "Tarrant's first-quarter sales came to GBP 712m, 3.1% up on a like-for-like basis, more from price and mix (1.9%) than from volume (1.2%)."
        ],
        ["International sales rose 2.7% to GBP 119m."],
    ),
    (
        "2025年1-10月,全国规模以上工业企业实现利润59,502.9亿元,同比增长1.9%;10月单月下降5.5%,9月为增长21.6%。分门类看,采矿业利润6,838.1亿元,下降27.8%;制造业45,063.4亿元,增长7.7%;电力热力燃气及水7,601.4亿元,增长9.5%。营业收入利润率5.25%,同比持平。10月末资产负债率58.0%,同比上升0.2个百分点。",
        [
            "10月单月利润由上月增长21.6%转为下降5.5%。",
            "Utilities posted the fastest growth of the three sectors, at 9.5%.",
            "10月利润同比增速较9月回落27.1个百分点。",
        ],
        ["10月单月利润同比增长5.5%。", "10月末资产负债率58.0%,同比下降0.2个百分点。"],
    ),
    (
        "截至三季度末,澄海物业在管面积3.42亿平方米,较年初净增1,860万平方米;前三季度营收118.4亿元,同比+6.8%,其中基础物管占71.2%、社区增值占18.5%、非业主增值占10.3%。毛利率19.8%,同比-1.4pct,主要因人工成本上升。应收账款周转天数由上年同期的98天升至113天。账面现金46.5亿元,无有息负债。公司维持全年派息比例不低于50%的承诺。",
        [
            "公司账上现金46.5亿元,没有有息负债。",
            "Revenue for the first three quarters rose 6.8% to RMB11.84bn.",
            "Community value-added services brought in about RMB2.2bn, or 18.5% of revenue.",
        ],
        ["前三季度营收181.4亿元,同比增长6.8%。", "公司账上现金46.5万元。"],
    ),
]
