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


def test_companies_of_titleless_digests_can_be_compared(library):
    text = library.ask("Which company's sales grew more, Harlan Foods or Velden Pharma?").text
    assert "4%" in text
    assert "11%" in text
