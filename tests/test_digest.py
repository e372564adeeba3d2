"""The digest reader, shape by shape: what goes in on the left, the statements with their marks and sections on the right."""

import pytest

from rag.readers import digest
from rag.types import Parsed


def said(parsed: Parsed) -> list[tuple[str, str, tuple[int, ...]]]:
    """(section, words, marks) of every statement and table."""
    kept = [block for block in parsed.blocks if block.kind in ("statement", "table")]
    return [(" > ".join(block.section), parsed.text[block.start : block.end], block.marks) for block in kept]


def pieces(parsed: Parsed, kind: str) -> list[str]:
    return [parsed.text[block.start : block.end] for block in parsed.blocks if block.kind == kind]


def fields(parsed: Parsed) -> dict[str, str]:
    return {field.name: field.value for field in parsed.fields}


SHAPES = {
    "headings with an aside in brackets, of any length": (
        "Sector - Margins held [1].\nNorth Ferry (Overweight, target SEK 168, from SEK 155) - Traffic is back [2].\n"
        "South Ferry (Neutral, from Overweight; target EUR 31, from EUR 36) - Fares rose 4% [7].",
        [
            ("Sector", "Margins held", (1,)),
            ("North Ferry (Overweight, target SEK 168, from SEK 155)", "Traffic is back", (2,)),
            ("South Ferry (Neutral, from Overweight; target EUR 31, from EUR 36)", "Fares rose 4%", (7,)),
        ],
    ),
    "Chinese headings parted by a space alone": (
        "需求 9月客流增长[1]。票价上涨4%[2]。供给 新船交付两艘[3]。成本 燃油回落[4]。出口 航线恢复[5]。",
        [
            ("需求", "9月客流增长", (1,)),
            ("需求", "票价上涨4%", (2,)),
            ("供给", "新船交付两艘", (3,)),
            ("成本", "燃油回落", (4,)),
            ("出口", "航线恢复", (5,)),
        ],
    ),
    "spaces around figures make no headings": (
        "营收 35 亿元，增长 4%[1]。净利 5 亿元[2]。毛利率 30%[3]。集团 2023 年新增 3 座工厂[4]。预计 2024 年营收 40 亿元[5]。",
        [
            ("", "营收 35 亿元，增长 4%", (1,)),
            ("", "净利 5 亿元", (2,)),
            ("", "毛利率 30%", (3,)),
            ("", "集团 2023 年新增 3 座工厂", (4,)),
            ("", "预计 2024 年营收 40 亿元", (5,)),
        ],
    ),
    "heading, dash, statement, marks; the next heading glued to the mark": (
        'Investment Rating - Ferries are rated "Hold" [5] Core Insights - Traffic is back [2][5] - Fares rose 4% [7]',
        [
            ("Investment Rating", 'Ferries are rated "Hold"', (5,)),
            ("Core Insights", "Traffic is back", (2, 5)),
            ("Core Insights", "Fares rose 4%", (7,)),
        ],
    ),
    "a stop after the mark, in either script": (
        "Core Insights - Traffic is back [2]. - Fares rose [7]。 Outlook for Fares - They hold [8];",
        [
            ("Core Insights", "Traffic is back", (2,)),
            ("Core Insights", "Fares rose", (7,)),
            ("Outlook for Fares", "They hold", (8,)),
        ],
    ),
    "numbered headings below a container": (
        'Summary by Sections 1. Before 2029: Age of "Steam" - Coal was cheap [8] 2. 2029-2030: Oil - Coal was dear [9][3]',
        [
            ('Summary by Sections > 1. Before 2029: Age of "Steam"', "Coal was cheap", (8,)),
            ("Summary by Sections > 2. 2029-2030: Oil", "Coal was dear", (9, 3)),
        ],
    ),
    "plain headings below a container": (
        "Core Views - Ships are full [1] Summary by Sections Freight - Rates rose [2] Yards and Docks - Orders fell [3]",
        [
            ("Core Views", "Ships are full", (1,)),
            ("Summary by Sections > Freight", "Rates rose", (2,)),
            ("Summary by Sections > Yards and Docks", "Orders fell", (3,)),
        ],
    ),
    "groups": (
        "Core Viewpoint - Ships are full [1] Group 1: Freight Market - Rates rose [2] Group 2: Yards - Orders fell [3]",
        [
            ("Core Viewpoint", "Ships are full", (1,)),
            ("Group 1: Freight Market", "Rates rose", (2,)),
            ("Group 2: Yards", "Orders fell", (3,)),
        ],
    ),
    "nothing between heading and statement": (
        "Report Summary Investment Rating No rating is given for ferries. Core Viewpoints On June 3 fares fell [1].",
        [
            ("Report Summary > Investment Rating", "No rating is given for ferries.", ()),
            ("Core Viewpoints", "On June 3 fares fell", (1,)),
        ],
    ),
    "an unlisted heading with nothing between": (
        "Core Insights - Ships are full [1] Harbour Charges The port raised its charges by a tenth [2]",
        [
            ("Core Insights", "Ships are full", (1,)),
            ("Harbour Charges", "The port raised its charges by a tenth", (2,)),
        ],
    ),
    "an unmarked statement, then a heading, with no stop between": (
        "Investment Rating - Not mentioned Core Insights - Ships are full [2]",
        [("Investment Rating", "Not mentioned", ()), ("Core Insights", "Ships are full", (2,))],
    ),
    "an unmarked statement between two marked ones": (
        "Core Insights - Half-year traffic rose [3] - The fleet was kept at forty ships all year - Costs fell a lot [4]",
        [
            ("Core Insights", "Half-year traffic rose", (3,)),
            ("Core Insights", "The fleet was kept at forty ships all year", ()),
            ("Core Insights", "Costs fell a lot", (4,)),
        ],
    ),
    "hyphens with spaces round them are no bullets": (
        "Core Insights - Asia - Pacific traffic grew 10 - 12% in 2031 - 2033 on 10 - year terms [3] - A profit - making "
        "line shrank by - 4.5%, its first fall [4]",
        [
            ("Core Insights", "Asia - Pacific traffic grew 10 - 12% in 2031 - 2033 on 10 - year terms", (3,)),
            ("Core Insights", "A profit - making line shrank by - 4.5%, its first fall", (4,)),
        ],
    ),
    "Chinese minus signs and ranges": (
        "核心观点 - 2031 - 2033年净利增速料为 - 0.4%、12.1% [2] - 1 - 2月客流 - 15.1%;票价上涨 [3]",
        [
            ("核心观点", "2031 - 2033年净利增速料为 - 0.4%、12.1%", (2,)),
            ("核心观点", "1 - 2月客流 - 15.1%;票价上涨", (3,)),
        ],
    ),
    "statements that begin with a number": (
        "Key Data - 2031 was a good year [1] - 40 ships sail [2] - 5.5% of fares are refunded [3]",
        [
            ("Key Data", "2031 was a good year", (1,)),
            ("Key Data", "40 ships sail", (2,)),
            ("Key Data", "5.5% of fares are refunded", (3,)),
        ],
    ),
    "several sentences before one mark are one statement": (
        "Core Insights - Fares rose in the U.S. by 2.5%. Costs fell [3][4] - Ships are full [5]",
        [
            ("Core Insights", "Fares rose in the U.S. by 2.5%. Costs fell", (3, 4)),
            ("Core Insights", "Ships are full", (5,)),
        ],
    ),
    "text between two marks of one bullet": (
        "Core Insights - Fares rose 5% [3], while costs fell 2% [4]; nothing else changed. - Ships are full [5]",
        [
            ("Core Insights", "Fares rose 5%", (3,)),
            ("Core Insights", "while costs fell 2%", (4,)),
            ("Core Insights", "nothing else changed.", ()),
            ("Core Insights", "Ships are full", (5,)),
        ],
    ),
    "a sentence that goes on after its mark": (
        "Core Insights - Fares rose [3] in the second quarter - Ships are full [5]",
        [
            ("Core Insights", "Fares rose", (3,)),
            ("Core Insights", "in the second quarter", (3,)),
            ("Core Insights", "Ships are full", (5,)),
        ],
    ),
    "long runs, unsorted, above a hundred, with commas and spaces": (
        "Core Insights - Ships are full [51][49] [107], [106]、[3] - Fares rose [2, 5] - Costs fell [7-9] - Done [7] [7]",
        [
            ("Core Insights", "Ships are full", (51, 49, 107, 106, 3)),
            ("Core Insights", "Fares rose", (2, 5)),
            ("Core Insights", "Costs fell", (7, 8, 9)),
            ("Core Insights", "Done", (7,)),
        ],
    ),
    "marks in other brackets, glued": (
        "核心观点 - 客流恢复【2】【3】 - 票价上涨[4][12]。 - 成本下降［7］",
        [("核心观点", "客流恢复", (2, 3)), ("核心观点", "票价上涨", (4, 12)), ("核心观点", "成本下降", (7,))],
    ),
    "brackets that are no marks": (
        'Core Insights - The "slow[ly] moving" line of [2031] made [12]% with [a] ship, see [1](https://x.example) [6]',
        [
            (
                "Core Insights",
                'The "slow[ly] moving" line of [2031] made [12]% with [a] ship, see [1](https://x.example)',
                (6,),
            )
        ],
    ),
    "asterisks": (
        "航线概况 * 公司经营 5 * 3 公里航道 [1][10] * 客流恢复 [37] 财务表现 (2Q31) * 收入54亿元 同比+25% [1]",
        [
            ("航线概况", "公司经营 5 * 3 公里航道", (1, 10)),
            ("航线概况", "客流恢复", (37,)),
            ("财务表现 (2Q31)", "收入54亿元 同比+25%", (1,)),
        ],
    ),
    "list numbers as bullets, below two headings": (
        "投资建议 客轮 1) 客流恢复 [5] 2) 票价上涨 [6] 货轮 1)运价回升 [7] 2)订单增加 [8]",
        [
            ("投资建议 > 客轮", "客流恢复", (5,)),
            ("投资建议 > 客轮", "票价上涨", (6,)),
            ("投资建议 > 货轮", "运价回升", (7,)),
            ("投资建议 > 货轮", "订单增加", (8,)),
        ],
    ),
    "a list inside a sentence": (
        "Core Insights - Three risks are 1) fuel, 2) wages and 3) ice [5] - Ships are full [6]",
        [
            ("Core Insights", "Three risks are 1) fuel, 2) wages and 3) ice", (5,)),
            ("Core Insights", "Ships are full", (6,)),
        ],
    ),
    "Chinese numbers, two levels": (
        "一、公司投资评级 - 给予“增持”[1]。 二、报告核心观点 - 客流恢复[2]。 三、按目录总结 (一)客轮龙头,深耕行业二十年 - "
        "公司2011年成立[41]。 (二)货轮 - 运价回升[42]。",
        [
            ("一、公司投资评级", "给予“增持”", (1,)),
            ("二、报告核心观点", "客流恢复", (2,)),
            ("三、按目录总结 > (一)客轮龙头,深耕行业二十年", "公司2011年成立", (41,)),
            ("三、按目录总结 > (二)货轮", "运价回升", (42,)),
        ],
    ),
    "Chinese headings without separators": (
        "报告行业投资评级 - 强于大市(维持)[1] 报告的核心观点 - 客流恢复 [1] 根据相关目录分别进行总结 客轮 - 票价上涨 [2] 货轮 - 运价回升 [2]",
        [
            ("报告行业投资评级", "强于大市(维持)", (1,)),
            ("报告的核心观点", "客流恢复", (1,)),
            ("根据相关目录分别进行总结 > 客轮", "票价上涨", (2,)),
            ("根据相关目录分别进行总结 > 货轮", "运价回升", (2,)),
        ],
    ),
    "Chinese groups": (
        "分组1:客轮市场 - 票价上涨 [1] 分组2:货轮市场 - 运价回升 [2]",
        [("分组1:客轮市场", "票价上涨", (1,)), ("分组2:货轮市场", "运价回升", (2,))],
    ),
    "Chinese headings with colons and in boxes": (
        "投资评级:买入(维持)[3]。【核心观点】客流恢复[4],票价上涨[5]。风险提示:燃料涨价[6]",
        [
            ("投资评级", "买入(维持)", (3,)),
            ("核心观点", "客流恢复", (4,)),
            ("核心观点", "票价上涨", (5,)),
            ("风险提示", "燃料涨价", (6,)),
        ],
    ),
    "spaces instead of commas": (
        "客轮市场 - 客流恢复 票价上涨 成本下降 [1] - 收入由3 2亿元升到3 5亿元 [2]",
        [("客轮市场", "客流恢复 票价上涨 成本下降", (1,)), ("客轮市场", "收入由3 2亿元升到3 5亿元", (2,))],
    ),
    "bold labels": (
        "1. Weekly News - **Home**: Ferries carried a tenth more cars in June [3][4]. - **Rating**: Hold [5] - **Costs** - "
        "Fuel was cheaper [6]",
        [
            ("1. Weekly News > Home", "Ferries carried a tenth more cars in June", (3, 4)),
            ("1. Weekly News", "**Rating**: Hold", (5,)),
            ("1. Weekly News > Costs", "Fuel was cheaper", (6,)),
        ],
    ),
    "nested bullets under one mark": (
        "Core Insights - Half-year sales by line: - Cars 5bn - Coaches 2bn [7] - Costs fell [8]",
        [
            ("Core Insights > Half-year sales by line", "Cars 5bn", (7,)),
            ("Core Insights > Half-year sales by line", "Coaches 2bn", (7,)),
            ("Core Insights", "Costs fell", (8,)),
        ],
    ),
    "a formula that swallowed spaces and dashes": (
        "Core Insights - Fares passed 2.3trillionfrom2031on[1]−TheslideinHarbour′sshares couldend[2]Group1:FerryDemand"
        '−Newlinesneed100shipsofthe"one−way"kind[3]−Fuelwasdear[5]Group2:Fares−Fourfirmsraisedthem to 1 trillion [7] - Done [8]',
        [
            ("Core Insights", "Fares passed 2.3trillionfrom2031on", (1,)),
            ("Core Insights", "TheslideinHarbour′sshares couldend", (2,)),
            ("Group1:FerryDemand", 'Newlinesneed100shipsofthe"one−way"kind', (3,)),
            ("Group1:FerryDemand", "Fuelwasdear", (5,)),
            ("Group2:Fares", "Fourfirmsraisedthem to 1 trillion", (7,)),
            ("Group2:Fares", "Done", (8,)),
        ],
    ),
    "groups without a name": (
        "Core Viewpoint - Ships are full [1] Group 1 - 2031 sales rose [1] - Fares held [2] Group 2 - Costs fell [3]",
        [
            ("Core Viewpoint", "Ships are full", (1,)),
            ("Group 1", "2031 sales rose", (1,)),
            ("Group 1", "Fares held", (2,)),
            ("Group 2", "Costs fell", (3,)),
        ],
    ),
    "nothing to report, then an unlisted heading": (
        "Investment Rating - No relevant content provided Group 2: Fares - They rose [2] - Not rated Yard News - Full [3]",
        [
            ("Investment Rating", "No relevant content provided", ()),
            ("Group 2: Fares", "They rose", (2,)),
            ("Group 2: Fares", "Not rated", ()),
            ("Yard News", "Full", (3,)),
        ],
    ),
    "Markdown signs on one line": (
        "## Core Insights - Ships are full [1] ### 1. Freight - Rates rose [2] ### 2. Yards - Orders fell [3]",
        [
            ("Core Insights", "Ships are full", (1,)),
            ("Core Insights > 1. Freight", "Rates rose", (2,)),
            ("Core Insights > 2. Yards", "Orders fell", (3,)),
        ],
    ),
    "numbers in round brackets over bullets": (
        "(1) Policy - Fees were cut [1] (2) Market - Fares rose [2]",
        [("(1) Policy", "Fees were cut", (1,)), ("(2) Market", "Fares rose", (2,))],
    ),
    "labels of a call, without marks of their own": (
        "Industry and Company - **Company**: Harbour Corp. - **Industry**: Ferries [1] Core Points - Fares rose [2]",
        [
            ("Industry and Company", "**Company**: Harbour Corp.", ()),
            ("Industry and Company", "**Industry**: Ferries", (1,)),
            ("Core Points", "Fares rose", (2,)),
        ],
    ),
    "marks as superscripts and links": (
        "Core Insights [9] - Ships are full^[1]^ - Fares rose [^2] - Costs fell [[3]] - Yards are full. [4]",
        [
            ("Core Insights", "Ships are full", (1,)),
            ("Core Insights", "Fares rose", (2,)),
            ("Core Insights", "Costs fell", (3,)),
            ("Core Insights", "Yards are full.", (4,)),
        ],
    ),
    "a table on one line": (
        "Core Insights - Fares rose [2] Key Figures | Item | 2031 | | --- | --- | | Sales | 10 | | Profit | - | [7] - Done [8]",
        [
            ("Core Insights", "Fares rose", (2,)),
            ("Key Figures", "| Item | 2031 | | --- | --- | | Sales | 10 | | Profit | - |", (7,)),
            ("Key Figures", "Done", (8,)),
        ],
    ),
}


@pytest.mark.parametrize("name", SHAPES)
def test_shape(name):
    text, expected = SHAPES[name]
    for wrapping in ("{}", "Ferry Weekly\n\n{}\nFerry Weekly"):
        assert said(digest.parse(wrapping.format(text))) == expected


WIDE = str.maketrans(",:;()!?%[]", "，：；（）！？％［］")


@pytest.mark.parametrize("name", [name for name, (text, _) in SHAPES.items() if "客" in text])
def test_shape_in_full_width_punctuation(name):
    text, expected = SHAPES[name]
    wide = [(section.translate(WIDE), words.translate(WIDE), marks) for section, words, marks in expected]
    assert said(digest.parse(text.translate(WIDE))) == wide


LINES = """# Ferry Weekly: Full Ships

## Core Insights
- Traffic is back on all lines [2]
  - North by 5%
  - South by 7%
- Fares by class
  - First: up 3%
  - Second: up 2% [4]

Investment Rating
Buy (maintained) [5]

**Summary by Sections**

**Freight**
* Rates rose at all of the larger ports that the company runs in the
  north, and costs fell [6][7].
* See [2031] for more [8]
Outlook for the year
1. Fares to hold [9]
2. Costs to fall
| Item | 2031 |
|---|---|
| Sales | 10 | [12]

Ferry Weekly: Full Ships | Reportify
"""


def test_body_on_many_lines():
    parsed = digest.parse(LINES)
    assert said(parsed) == [
        ("Core Insights", "Traffic is back on all lines", (2,)),
        ("Core Insights", "North by 5%", (2,)),
        ("Core Insights", "South by 7%", (2,)),
        ("Core Insights > Fares by class", "First: up 3%", (4,)),
        ("Core Insights > Fares by class", "Second: up 2%", (4,)),
        ("Investment Rating", "Buy (maintained)", (5,)),
        (
            "Summary by Sections > Freight",
            "Rates rose at all of the larger ports that the company runs in the\n  north, and costs fell",
            (6, 7),
        ),
        ("Summary by Sections > Freight", "See [2031] for more", (8,)),
        ("Summary by Sections > Outlook for the year", "Fares to hold", (9,)),
        ("Summary by Sections > Outlook for the year", "Costs to fall", ()),
        ("Summary by Sections > Outlook for the year", "| Item | 2031 |\n|---|---|\n| Sales | 10 |", (12,)),
    ]
    assert fields(parsed) == {"title": "Ferry Weekly: Full Ships"}
    assert pieces(parsed, "chrome") == ["#", "Ferry Weekly: Full Ships | Reportify"]


def test_marks_that_stand_before_their_statements():
    parsed = digest.parse("Ferry Weekly\n\n[1] Traffic rose 5%.\n[2][3] Fares fell.\n[4] Costs are stable.\n")
    assert [(text, marks) for _, text, marks in said(parsed)] == [
        ("Traffic rose 5%.", (1,)),
        ("Fares fell.", (2, 3)),
        ("Costs are stable.", (4,)),
    ]


def test_a_list_of_sources_after_the_text():
    source = (
        "Ferry Weekly\n\nFares rose [1]. Costs fell [2].\n\nReferences\n[1] Harbour Board\n[2] Dock Office, Report\n"
    )
    assert said(digest.parse(source)) == [
        ("", "Fares rose", (1,)),
        ("", "Costs fell", (2,)),
        ("References", "Harbour Board", (1,)),
        ("References", "Dock Office, Report", (2,)),
    ]
