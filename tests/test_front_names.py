"""Whom a digest is about that no list knows: by its title, by the rating it begins with, or since it keeps naming it."""

from __future__ import annotations

import pytest

from rag import Library, Settings

FRONTS = {
    "e01": (
        "We reiterate our Buy rating on Harlan Foods with a target of $54 [1]. Harlan's sales grew 4% [2].",
        "Harlan Foods",
    ),
    "e02": (
        "Rating - Outperform rating on Costa Minerals is maintained [1]. Views - Costa Minerals made 41 kt of zinc [2].",
        "Costa Minerals",
    ),
    "e03": ("Core View - Velden Pharma's sales rose 11% [1]. - Velden Pharma raised guidance [2].", "Velden Pharma"),
    "e04": (
        "Orley Bank Q3: margins hold up\n\nResults - Orley's NIM was 2.91% [1] - Impairments at Orley Bank doubled [2]",
        "Orley Bank",
    ),
    "e05": (
        'Rating - Tamsin Robotics is rated "Overweight" (maintained) [1] Core - Orders of Tamsin Robotics rose 31% [2]',
        "Tamsin Robotics",
    ),
    "e06": (
        "Why we like Ostler Brewing\n\nThesis - Ostler Brewing gained share [1] - Ostler's margin is 18% [2]",
        "Ostler Brewing",
    ),
    "z01": (
        "投资评级 - 渡口证券将清芜乳业评级由“增持”下调至“中性” [1]。观点 - 清芜乳业前三季度收入655亿元 [2]。",
        "清芜乳业",
    ),
    "z02": (
        "启澜能源（三季报点评）：储能高增\n\n评级 - 首次覆盖启澜能源，给予“增持”评级 [1] - 三季度收入214亿元 [2]",
        "启澜能源",
    ),
    "z03": ("恒芜动力2026年三季报点评：再上台阶\n\n业绩 - 恒芜动力三季度收入81亿元 [1] - 毛利率24% [2]", "恒芜动力"),
    "z04": ("澜沧芜水电话会纪要\n\n经营 - 澜沧芜水三季度售水1.4亿吨 [1] - 澜沧芜水资本开支9亿元 [2]", "澜沧芜水"),
    "e07": (
        "Brimvale 3Q25 first take: beat\n\nResults - Brimvale's revenue grew 9% [1] - Brimvale kept guidance [2]",
        "Brimvale",
    ),
    "e08": ("7-Tower: leases roll\n\nView - 7-Tower's occupancy was 91% [1] - 7-Tower cut its debt [2]", "7-Tower"),
    "z05": (
        "澜峙新能源：欧洲工厂调研纪要\n\n调研 - Lanzhi New Energy的德国工厂年产能4GWh [1] - 一期良率达92% [2]",
        "澜峙新能源",
    ),
    "z06": ("东枫证券：晟芜控股深度报告\n\n观点 - 晟芜控股市占率31% [1] - 晟芜控股2026年收入增长22% [2]", "晟芜控股"),
    "z07": ("ST沐渊：债务重组落地\n\n事件 - ST沐渊公告债务重组计划 [1] - ST沐渊前三季度亏损2亿元 [2]", "ST沐渊"),
    "n05": ("固态电池：产业化提速\n\n观点 - 固态电池装车量增长31% [1] - 固态电池成本下降9% [2]", ""),
    "n06": ("谷子经济：年轻人的新消费\n\n观点 - 谷子经济规模达1689亿元 [1] - 谷子经济带动IP授权 [2]", ""),
    "n01": ('Rating - We keep "Overweight" on European Banks [1]. Views - European banks trade on 8.1x [2].', ""),
    "n02": ("快递行业月报：提价落地\n\n观点 - 快递行业单票收入回升 [1] - 快递行业件量增长11% [2]", ""),
    "n03": ("UK economy: slower in the autumn\n\nOutlook - GDP grew 0.1% [1] - The Bank of England should cut [2]", ""),
    "n04": ("生猪养殖9月跟踪：猪价跌破成本\n\n观点 - 生猪养殖亏损扩大 [1] - 生猪养殖产能去化 [2]", ""),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fronts")
    for stem, (text, _) in FRONTS.items():
        (folder / f"{stem}.txt").write_text(f"\n{text}\n", encoding="utf-8")
    with Library.open(Settings.load(rag_home=tmp_path_factory.mktemp("home"), _env_file=None)) as opened:
        opened.add_many([folder])
        yield opened


@pytest.mark.parametrize("stem", FRONTS)
def test_whom_a_digest_is_about(library, stem):
    report = next(report for report in library.reports() if report.stem == stem)
    assert report.companies == ((FRONTS[stem][1],) if FRONTS[stem][1] else ())

    assert report.broker == ("东枫证券" if stem == "z06" else "渡口证券" if stem == "z01" else None)


TWO = {
    "two_en.txt": (
        "\nOrinth vs Halden Grid: two ways to own copper\n\nView - Orinth sells 31kt [1] - Halden Grid earns 14% [2]\n",
        ("Orinth", "Halden Grid"),
    ),
    "two_zh.txt": (
        "\n穹芜半导体和砚芜微电子对比：谁更受益？\n\n对比 - 穹芜半导体收入增长31%，砚芜微电子增长22% [1] - 砚芜微电子毛利率36%，穹芜半导体41% [2]\n",
        ("穹芜半导体", "砚芜微电子"),
    ),
}
PAPERS = {
    "labelled.md": (
        "# A quieter winter\n\n*Helmsdale Advisers, 3 November 2025*\n\n**Company:** Arvika Heat  \n\n**Rating:** Hold\n\n"
        "Arvika Heat sold 41,000 units in the quarter. Arvika's margin was 11.2%.\n",
        ("Arvika Heat",),
    ),
    "titled.md": (
        "# 湄芜食品：第二曲线\n\n评级：买入\n\n湄芜食品前三季度收入18亿元。\n\n湄芜食品毛利率41%。\n",
        ("湄芜食品",),
    ),
    "headed.html": (
        "<h1>Sable Components</h1><h2>Wafers full</h2><p>Sable Components grew 21% in the third quarter and Sable guides to 6% more in the fourth.</p>",
        ("Sable Components",),
    ),
    "led.html": (
        "<h1>Company update</h1><p>Zephyra: backlog swells</p><p>Zephyra signed contracts of $212m in the quarter. Zephyra raised its guidance.</p>",
        ("Zephyra",),
    ),
    "unrated.md": ("# 湄芜水泵：量产在即\n\n湄芜水泵前三季度收入18亿元。\n\n湄芜水泵毛利率41%。\n", ()),
    "macro.html": (
        "<h1>Strategy</h1><p>Regime Change</p><p>Regime Change is our base case for the year. Regime Change means higher real yields.</p>",
        (),
    ),
}


@pytest.mark.parametrize("name", [*TWO, *PAPERS])
def test_whom_two_named_in_a_title_and_other_papers_are_about(tmp_path, name):
    text, companies = {**TWO, **PAPERS}[name]
    (tmp_path / name).write_text(text, encoding="utf-8")
    with Library.open(Settings.load(rag_home=tmp_path / "home", _env_file=None)) as library:
        library.add(tmp_path / name)
        assert library.reports()[0].companies == companies


def test_companies_of_titleless_digests_can_be_compared(library):
    text = library.ask("Which company's sales grew more, Harlan Foods or Velden Pharma?").text
    assert "4%" in text
    assert "11%" in text
