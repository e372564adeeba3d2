"""A list whose opening sentence, or one item, was found is given whole."""

import pytest

from tests.small_library import library_of

LEASE = """租赁合同摘要

押金退还
承租人申请退还押金时，应当填写申请书，并提供下列材
料：
（1）租赁合同的原件以及双方在交房时签署的验收单；
（2）承租人的有效身份证件，委托他人办理的还需提供授
权委托书；
（3）水费、电费、燃气费已经结清的凭证。
押金在收齐材料后的第十个工作日退还。

提前解约
承租人提前解约的，应当提前三十日书面通知出租人，并支
付相当于一个月租金的违约金。
"""


@pytest.fixture(scope="module")
def lease(tmp_path_factory):
    with library_of(tmp_path_factory.mktemp("lease"), {"lease.txt": LEASE}) as library:
        yield library


@pytest.mark.parametrize(
    "question", ["申请退还押金需要提供哪些材料？", "退还押金时，水费、电费、燃气费结清凭证等哪些材料要提供？"]
)
def test_a_list_is_given_with_its_opening_line_and_all_its_items(lease, question):
    answer = lease.ask(question)
    assert not answer.refused
    for said in ("并提供下列材料：", "（1）租赁合同的原件", "授权委托书；", "（3）水费"):
        assert said in answer.text
    assert "一个月租金" not in answer.text
    assert all(sentence.status == "supported" for sentence in answer.sentences)


def test_a_question_for_one_value_gets_no_list(lease):
    assert "（1）" not in lease.ask("押金在收齐材料后多少个工作日退还？").text


def test_a_sentence_broken_over_lines_is_one_line_without_blanks(lease):
    text = lease.ask("承租人提前解约要支付多少违约金？").text
    assert "并支付相当于一个月租金的违约金" in text
