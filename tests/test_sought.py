"""What a Chinese question looks for, and the formal words for what it asks in everyday ones."""

import pytest

from rag.question.concepts import asked
from rag.question.disclosed import disclosed, formally, without_talk
from rag.question.sought import sought


@pytest.mark.parametrize(
    ("question", "name", "answers", "does_not"),
    [
        ("毛利率为啥下滑", "reason", "毛利率下降，主要系铜价上涨。", "若铜价上涨，可能导致毛利率下滑。"),
        ("财务总监是谁", "person", "林越，财务总监，1980年生，注册会计师。", "财务总监由总经理提名。"),
        ("董秘以前是干什么的", "person", "林越，曾任律师。", "董事会秘书列席会议。"),
        ("第一大客户占比多少", "share", "北岸园林 | 3,018.20 | 12.40%", "北岸园林 | 3,018.20"),
        ("电商渠道卖了多少", "money", "电商 | 10,866.20", "一种电商包装 | ZL201719381427.7 | 2017.11.22"),
        ("注册会员数最新", "count", "注册会员（百万名） | 97.3", "自2021年起会员贡献了大部分销售。"),
        ("出过质量事故吗", "event", "2023年4月，公司召回产品126箱。", "如果产品出现质量缺陷，可能面临召回。"),
    ],
)
def test_the_kind_of_sentence_that_answers(question, name, answers, does_not):
    kind = sought(question)
    assert kind is not None
    assert kind.name == name
    assert kind.met(answers)
    assert not kind.met(does_not)


def test_a_question_may_look_for_nothing_of_a_kind():
    assert sought("请介绍公司的主营业务") is None


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("老板一共有多少表决权", "实际控制人"),
        ("项目几年能回本", "投资回收期"),
        ("CFO是谁", "首席财务官"),
        ("在新三板的代码", "全国股转系统"),
        ("最大的股東是誰", "控股股东"),
    ],
)
def test_everyday_words_have_their_formal_ones(question, form):
    assert form in disclosed(question)


def test_words_of_talk_go_and_a_verb_is_joined_to_its_object():
    assert without_talk("报告期内分过红吗").split() == ["报告期内分红"]
    assert "块" not in without_talk("储能箱体这块毛利率")
    assert without_talk("有多少人没交公积金").replace(" ", "") == "有多少交公积金"


def test_what_is_asked_in_two_terms_becomes_one_piece():
    (piece,) = formally(asked("最大股东"), "最大股东")
    assert piece.surface == "最大股东"
    assert tuple("第一 一大 大股 股东".split()) in piece.kin
