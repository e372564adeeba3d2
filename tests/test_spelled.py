"""Chinese names that a question writes in pinyin."""

from __future__ import annotations

import pytest

from rag import Library, Settings
from rag.language.pinyin import pinyin
from rag.question.spelled import in_characters
from rag.types import Report


def report(company: str, broker: str) -> Report:
    return Report(company + broker, "标题", "a.txt", "text", "zh", broker=broker, companies=(company,))


SHELF = [
    report("青岭重工", "东篱证券"),
    report("青灵制药", "衡越证券"),
    report("Alder Foods", "Lacey & Holt"),
    report("Midea", ""),
]


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("What does Dongli expect of Alder Foods?", "What does 东篱 expect of Alder Foods?"),
        ("What is Hengyue's rating on Qinglingzhonggong?", "What is 衡越's rating on 青岭重工?"),
        ("What did Hengyue Securities say?", "What did 衡越 say?"),  # a word of the trade goes with the name
        ("What did Heng Yue say?", "What did 衡越 say?"),
        ("What is the outlook for Qingling?", "What is the outlook for Qingling?"),  # it may be either company
        ("What did hengyue say?", "What did hengyue say?"),  # no name without a capital
        ("美的股息率多少?", "美的集团股息率多少?"),  # the lexicon has it with its legal form only
        ("美的集团股息率多少?", "美的集团股息率多少?"),
        ("What does Lacey think of Alder Foods?", "What does Lacey think of Alder Foods?"),
    ],
)
def test_a_spelling_becomes_the_name_that_alone_is_read_so(question, written):
    assert in_characters(question, SHELF) == written


def test_readings_have_no_tones_and_no_spaces():
    assert pinyin("重庆银行") == "chongqingyinhang" and pinyin("A股") == "agu"


def test_an_english_question_finds_the_chinese_report_by_its_spelling(tmp_path):
    (tmp_path / "note.txt").write_text(
        "青岭重工(600998):订单饱满\n东篱证券·2031-08-20 09:00\n\n投资评级 - 维持“增持”评级 [1] 核心观点 - 上半年营业收入23.4亿元,同比增长6% [2]\n",
        encoding="utf-8",
    )
    library = Library.open(Settings.load(rag_home=tmp_path / "home", _env_file=None))
    library.add_many([tmp_path / "note.txt"])
    answer = library.ask("What was Qingling's revenue?")
    assert "23.4亿元" in answer.text and answer.resolved == "What was 青岭's revenue?"
    assert library.ask("What was Hengyue's revenue?").refused
