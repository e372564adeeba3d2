"""Near misses on a digest: another metric, year or line of the business is refused, the plain wording of the right one is not."""

from __future__ import annotations

import pytest

from rag import Library, Settings

FERRY = """Lorne Ferries (LRN): summer full, freight thin

Investment Rating - Lorne Ferries is kept at "Buy" [1] Results - Summer revenue was 214 million GBP and operating profit 31 million GBP [2] - Tickets per crossing rose 4% to Islay, helped by campers [3] - Freight brought in 48 million GBP, a decline of 9%, as hauliers went by rail [4] Outlook - We raise the 2026 average fare to 41 GBP from 38 GBP [5] - Revenue is put at 520 million GBP in 2025, 545 million GBP in 2026 and 570 million GBP in 2027 [6] Competition - Hebrides Lines has cut its fares on the Arran route [7]

Lorne Ferries (LRN): summer full, freight thin
"""
BAKER = """Ottery Bakers (OTB): flour is cheaper

Results - Summer profit was 12 million GBP [2] - Underlying gross margin was 44% [3] - The Exeter bakery employs 140 people [4]

Ottery Bakers (OTB): flour is cheaper
"""
LOCKS = """岭川五金（603999）：锁具放量，海外开局
发布日期：2024-04-18

公司2023年实现营收18.2亿元，同比增长12.4%，归母净利润2.1亿元。智能锁业务收入6.3亿元，毛利率31.5%。永安工厂二期投产后新增锁体产能400万套。公司推出员工持股计划，覆盖核心员工86人。维持买入评级。风险提示：铜价上涨。
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    home, folder = tmp_path_factory.mktemp("home"), tmp_path_factory.mktemp("reports")
    (folder / "ferry.txt").write_text(FERRY, encoding="utf-8")
    (folder / "locks.txt").write_text(LOCKS, encoding="utf-8")
    (folder / "baker.txt").write_text(BAKER, encoding="utf-8")
    with Library.open(Settings.load(rag_home=home, _env_file=None)) as opened:
        opened.add_many([folder])
        yield opened


@pytest.mark.parametrize(
    "question",
    [
        "What was the net profit of Lorne Ferries in the summer?",
        "What revenue is forecast for Lorne Ferries in 2028?",
        "What was the revenue of Lorne Ferries in 2023?",
    ],
)
def test_another_metric_or_year_is_refused(library, question):
    assert library.ask(question).refused


@pytest.mark.parametrize(
    ("question", "mark"),
    [
        ("What was the operating profit of Lorne Ferries in the summer?", "[2]"),
        ("What was the net profit of Ottery Bakers in the summer?", "[2]"),
        ("What revenue is forecast for Lorne Ferries in 2026?", "[6]"),
        ("Why did freight revenue fall at Lorne Ferries?", "[4]"),
        ("What is the fare forecast for 2026 at Lorne Ferries?", "[5]"),
        ("Who does Lorne Ferries compete with?", "[7]"),
    ],
)
def test_the_thing_itself_is_answered(library, question, mark):
    answer = library.ask(question)
    assert not answer.refused
    assert mark in answer.text


@pytest.mark.parametrize(
    "question",
    ["岭川五金湘潭工厂能增加多少锁体产能", "岭川五金机械锁收入是多少", "岭川五金员工持股计划的解锁条件", "岭川五金的收购对价是多少"],
)  # fmt: skip
def test_a_chinese_word_of_which_the_report_has_nothing_is_refused(library, question):
    assert library.ask(question).refused


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("岭川五金永安工厂能增加多少锁体产能", "400万套"),
        ("岭川五金智能锁收入是多少", "6.3亿元"),
        ("岭川五金员工持股计划的人数是多少", "86人"),
    ],
)
def test_the_chinese_thing_itself_is_answered(library, question, said):
    assert said in library.ask(question).text
