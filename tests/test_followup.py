"""Follow-up questions become questions that can stand alone; questions with a subject of their own stay as they are."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from follow_up_shelf import PLAIN, SHELF, TODAY

from eval.cases import Case
from eval.plant_followups import pairs_of
from rag import Library, Settings
from rag.followup.complete import completed, is_follow_up, resolve
from rag.followup.time import step_of, stepped, written
from rag.language.periods import periods
from rag.question.small_talk import small_talk
from rag.question.turn import Turn
from rag.types import Answer, Citation, Evidence, Locator, Passage

CASES = [
    # earlier questions, new one, resolved
    (["What was Tencent's revenue in FY2023?"], "and its capex?", "What was Tencent's capex in FY2023?"),
    (["What was Tencent's revenue in Q2 2024?"], "EPS?", "What was Tencent's EPS in Q2 2024?"),
    (["腾讯2024年二季度的营业收入是多少?"], "那毛利率呢?", "腾讯2024年二季度的毛利率是多少?"),
    (["腾讯2024年的毛利率是多少?"], "它的目标价是多少", "腾讯的目标价是多少?"),
    (["What was Tencent's capex in 2024?"], "and for 2023?", "What was Tencent's capex for 2023?"),
    (["What was the strategic focus before 2022?"], "And after 2025?", "What was the strategic focus after 2025?"),
    (["2023到2024年阿里做了什么?"], "那2022年以前呢?", "2022年以前阿里做了什么?"),
    (["腾讯2024年的毛利率是多少?"], "换成美团呢", "美团2024年的毛利率是多少?"),
    (["What rating does Citi give Xiaomi?"], "And Goldman Sachs?", "What rating does Goldman Sachs give Xiaomi?"),
    (["What was Tencent's revenue in Q2 2024?"], "那美团呢?", "What was 美团's revenue in Q2 2024?"),
    (["Did Tencent's gross margin fall in 2024?"], "why?", "Why did Tencent's gross margin fall in 2024?"),
    (["腾讯2024年的毛利率下降了吗?"], "为什么?", "腾讯2024年的毛利率下降的原因是什么?"),
    (["腾讯2024年的毛利率是多少?"], "同比呢", "腾讯2024年的毛利率同比变化多少?"),
    (["What was Tencent's EPS in 2024?"], "compare that with Alibaba", "What was Tencent's EPS in 2024, compared with Alibaba?"),
    (["What was Tencent's EPS in 2024?"], "Compare the ratings that Tencent and Meituan have", "Compare the ratings that Tencent and Meituan have"),
    (["What was Tencent's EPS in Q2 2024?"], "与去年同期相比呢?", "How much did Tencent's EPS grow in Q2 2024?"),
    (["Compare the ratings of Tencent and Meituan."], "what about the second one", "Compare the ratings of Meituan."),
    (["What was Tencent's EPS in 2024?"], "What is Citi's view on Norway?", "What is Citi's view on Norway?"),
    (["What rating does Citi give Xiaomi?"], "What does Goldman Sachs think of Mexico?", "What does Goldman Sachs think of Mexico?"),
    (["What was Tencent's EPS in 2024?"], "more details", "What was Tencent's EPS in 2024?"),
    (["What was Tencent's EPS in 2024?"], "in Chinese please", "What was Tencent's EPS in 2024?"),
    (["腾讯2024年的毛利率是多少?"], "请用英文回答", "腾讯2024年的毛利率是多少?"),
    (["What did the copper weekly of 6 June 2025 say?"], "what about the week before?", "What did the copper weekly of 30 May 2025 say?"),
    (["What did the weekly of 22-26 September 2025 say?"], "and a week later?", "What did the weekly of 29 September to 3 October 2025 say?"),
    (["腾讯2024年的毛利率是多少?", "上一年呢?"], "再前一年呢", "腾讯2022年的毛利率是多少?"),
    (["腾讯2024年一季度的收入是多少?"], "上一季度呢?", "腾讯2023年四季度的收入是多少?"),
    (["What was Tencent's revenue in Q2 2024?", "And a year earlier?"], "and its operating profit?", "What was Tencent's operating profit in Q2 2023?"),
    (["What was Brindle's EPS in the first quarter of 2025?"], "And in the third?", "What was Brindle's EPS in the third quarter of 2025?"),
    (["What was Brindle's EPS in the third quarter of 2025?"], "How does that compare with the second quarter?", "What was Brindle's EPS in the third quarter of 2025, compared with second quarter of 2025?"),
    (["What was Brindle's EPS in 2024?"], "And net income, compared with 2023?", "What was Brindle's net income in 2024, compared with 2023?"),
    (["云岭茶业2024年的收入是多少?"], "存货呢,和2023年比?", "云岭茶业2024年的存货是多少,与2023年相比如何?"),
    (["What was Brindle's revenue in July?"], "And exports?", "What about Brindle's exports in July?"),
    (["What was Brindle's revenue in Mexico?"], "And Norway?", "What was Brindle's revenue in Norway?"),
    (["Compare the ratings of Tencent and Meituan."], "And the second?", "Compare the ratings of Meituan."),
    (["What was Brindle's R&D in 2024?"], "What did Tencent spend on it in 2023?", "What did Tencent spend on R&D in 2023?"),
    (["What was Brindle's R&D in 2024?", "What was Tencent's R&D in 2024?"], "Compare the two on inventories.", "Compare Brindle and Tencent on inventories in 2024?"),
    (["What was Brindle's R&D in 2024?", "What was Tencent's R&D in 2024?"], "Compare the two years.", "Compare the two years for Tencent in 2024 (R&D)?"),
    (["云岭茶业2024年收入是多少?", "腾讯呢?"], "两家的毛利率对比一下", "2024年云岭茶业和腾讯的毛利率对比一下?"),
    (["What was Brindle's EPS in 2024?"], "And who is more cautious on the shares, Northquay or Citi?", "Who is more cautious on Brindle, Northquay or Citi?"),
    (["How did Brindle do in 2024?"], "What target price does Northquay have on it?", "What target price does Northquay have on Brindle?"),
    (["云岭茶业2024年收入是多少?"], "松江证券给它的评级是什么?", "松江证券给云岭茶业的评级是什么?"),
    (["松江证券给云岭什么评级?"], "目标价呢?", "松江证券对云岭的目标价是什么?"),
    (["What was Brindle's net profit in the third quarter of 2025?"], "And in the second quarter?", "What was Brindle's net profit in the second quarter of 2025?"),
    (["云岭茶业2025年三季度的收入是多少?"], "那二季度呢?", "云岭茶业2025年二季度的收入是多少?"),
    (["How many ferries did Brindle sell in July?"], "What about its exports?", "What about Brindle's exports in July?"),
    (["Who is Brindle's largest customer?"], "How much did it buy in 2024?", "How much did Brindle's largest customer buy in 2024?"),
    (["What was Tencent's capex in FY2023?"], "Compare Alibaba and Meituan", "Compare Alibaba and Meituan"),
    (["What was Tencent's capex in FY2023?"], "and the growth rate?", "How much did Tencent's capex grow in FY2023?"),
    (["What was Tencent's capex in FY2023?"], "How much did it rise over the year before?", "How much did Tencent's capex grow in FY2023?"),
    (["腾讯2024年的营业收入是多少?"], "增速呢?", "腾讯2024年的营业收入同比变化多少?"),
    (["What was Tencent's capex?"], "What is the growth of its cloud unit?", "What is the growth of Tencent's cloud unit?"),
    (["What rating does Citi give Xiaomi?"], "what was it before?", "What previous rating does Citi give Xiaomi?"),
    (["花旗给小米的目标价是多少?"], "之前呢?", "花旗给小米的此前的目标价是多少?"),
    (["How many ferries did Brindle sell in July 2025?"], "how much more is that than a year earlier?", "How many ferries did Brindle sell in July 2025 (year on year)?"),
    (["腾讯2024年的毛利率是多少?"], "和去年比呢?", "腾讯2024年的毛利率同比变化多少?"),
    (["What was Tencent's EPS in 2024?"], "Which page says that?", "What was Tencent's EPS in 2024?"),
    (["腾讯2024年的毛利率是多少?"], "在哪一页?", "腾讯2024年的毛利率是多少?"),
    (["腾讯2024年的毛利率是多少?"], "say that in English", "腾讯2024年的毛利率是多少?"),
    (["What is the wage at Brindle's Polish yard?"], "How many people work there?", "How many people work at Brindle's Polish yard?"),
    (["How did the H-share index do in May 2024?"], "What about new-home sales in Hainan?", "New-home sales in Hainan?"),
    (["腾讯2024年的毛利率是多少?"], "What about the unemployment rate in the US in August?", "What about the unemployment rate in the US in August?"),
    (["How many employees did Brindle have at the end of 2019?"], "What were its net sales?", "What were Brindle's net sales in 2019?"),
    (["What did the coal weekly of 16 May 2025 say?", "How much coal was at the port?"], "And the week before?", "How much coal was at the port (of 9 May 2025)?"),
]  # fmt: skip


@pytest.mark.parametrize(("history", "question", "whole"), CASES)
def test_a_follow_up_is_completed(history, question, whole):
    assert resolve(question, history, SHELF, TODAY) == whole


@pytest.mark.parametrize(
    "question",
    [
        "What is the outlook for copper?",
        "How many tonnes of gold did central banks buy?",
        "What was Alibaba's revenue in 2023?",
        "美团2023年的收入是多少?",
        "What target price does Northquay have on Brindle Ferries?",
        "What do brokers think of Brindle Ferries?",
        "How do analysts see Brindle?",
        "What is the view on Brindle?",
        "Summarise the Brindle report of Northquay",
        "Tell me about Brindle",
        "What is the Brindle report about?",
        "Which reports are there on Brindle?",
        "券商怎么看云岭茶业?",
        "概括松江证券的报告",
    ],
)
def test_a_new_topic_takes_nothing_over(question):
    assert resolve(question, ["What was Tencent's gross margin in 2024?"], SHELF, TODAY) == question


def test_a_follow_up_keeps_the_question_it_was_completed_from():
    history = ["What was Alder's revenue in 2024?", "and its capex?"]
    whole, turn = completed("and in 2023?", history)
    assert whole == "What was Alder's capex in 2023?"
    assert turn == Turn("What was Alder's capex in 2024?", "and in 2023?")
    assert completed("What was Brightwater's dividend in 2023?", history) == (
        "What was Brightwater's dividend in 2023?",
        None,
    )
    assert completed("and in 2023?", []) == ("and in 2023?", None)


def test_a_target_price_has_no_period_but_that_of_its_report():
    assert (
        resolve("What is its rating?", ["What was Tencent's revenue in FY2023?"], (), TODAY)
        == "What is Tencent's rating?"
    )
    dated = resolve("它提示了哪些风险?", ["2022年4月发布的关于腾讯的研报给出的目标价是多少?"], (), TODAY)
    assert dated == "2022年4月腾讯提示了哪些风险?"


def test_last_week_is_not_carried_over():
    assert "上周" not in resolve("它的评级呢?", ["上周腾讯的目标价是多少?"], (), TODAY)


@pytest.mark.parametrize(
    ("text", "unit", "count", "label"),
    [
        ("2024", "year", -1, "2023"),
        ("1Q24", "quarter", -1, "2023Q4"),
        ("2024H1", "half", 1, "2024H2"),
        ("March 2024", "month", -1, "2024-02"),
        ("31 March 2024", "month", -1, "2024-02-29"),
        ("2 January 2025", "week", -1, "2024-12-26"),
        ("2Q24", "year", -1, "2023Q2"),
    ],
)
def test_steps_in_time(text, unit, count, label):
    (period,) = periods(text)
    moved = stepped(period, unit, count)
    assert moved is not None and moved.label == label


def test_no_step_is_shorter_than_the_period():
    (year,) = periods("2024")
    assert stepped(year, "quarter", -1) is None and stepped(year, "week", 1) is None


def test_a_period_is_written_like_the_one_before():
    (fiscal,) = periods("FY2023")
    moved = stepped(fiscal, "year", -1)
    assert moved is not None
    assert written(moved, "FY2023", chinese=False) == "FY2022"
    assert written(moved, "2023年", chinese=True) == "2022年"


@pytest.mark.parametrize(("text", "step"), [("two years earlier", ("year", -2)), ("the following quarter", ("quarter", 1)), ("再前一年", ("year", -1)), ("下一季度", ("quarter", 1))])  # fmt: skip
def test_words_for_steps(text, step):
    found = step_of(text)
    assert found is not None and found[2:] == step


def test_no_step_in_an_ordinary_question():
    assert step_of("What was revenue in the quarter?") is None
    assert not is_follow_up("What was Tencent's revenue in 2024?")


def test_short_forms_are_made_of_whole_questions():
    cases = [
        Case("a", "What was Brindle's net income in 2024?", docs=("x",)),
        Case("b", "What was Brindle's net income in 2023?", docs=("x",)),
    ]
    made = [(short.history, short.question) for _, short in pairs_of(cases, random.Random(1))]
    assert (("What was Brindle's net income in 2023?",), "And in 2024?") in made
    assert (("What was Brindle's net income in 2024?",), "And in 2023?") in made
    assert any("its net income" in question for _, question in made)


@pytest.mark.parametrize(
    ("said", "starts"),
    [
        ("thanks!", "You're welcome"),
        ("OK, thank you very much.", "You're welcome"),
        ("谢谢", "不客气"),
        ("好的，谢谢！", "不客气"),
        ("Hi there", "Hello"),
        ("How are you?", "Hello"),
        ("How are you valuing the shares?", ""),
        ("你好", "你好"),
        ("got it", "Good"),
        ("明白了", "好的"),
        ("who are you?", "I answer questions"),
        ("Thanks to whom did margins rise?", ""),
        ("Hello Kitty sales in 2024?", ""),
        ("好的收入是多少?", ""),
        ("Is it good?", ""),
        ("helpful measures?", ""),
        ("嗯嗯,好的", "好的"),
        ("嗯" * 60 + "收入?", ""),
    ],
)
def test_thanks_and_greetings_ask_nothing(said, starts):
    reply = small_talk(said)
    assert reply.startswith(starts) and bool(reply) == bool(starts)


def test_small_talk_is_answered_without_a_search_and_is_no_history(tmp_path):
    with Library.open(Settings.load(rag_home=tmp_path, _env_file=None)) as library:
        chat = library.chat()
        chat.ask("What was Tencent's gross margin in 2024?")
        thanks = chat.ask("thanks")
        assert not (thanks.refused or thanks.evidence or thanks.citations)
        assert chat.ask("and in 2023?").resolved == "What was Tencent's gross margin in 2023?"


def test_one_of_a_list_and_the_house_of_a_report_are_found_in_what_was_answered():
    table = Answer("q", "| | Rating |\n| --- | --- |\n| Alder Foods | Sell [1] |\n| Brindle Ferries | Sell [2] |")
    asked = ["Which stocks are rated Sell?"]
    says = resolve("what's the target of the second one?", asked, SHELF, TODAY, recall=lambda _: table)
    assert says == "What's the target of Brindle Ferries?"
    place = Citation("[1]", replace(PLAIN, broker="Northquay Securities"), "p", Locator("mark", (1,)), "", 0, 0)
    cited = Answer("q", "Payrolls rose.", citations=(place,))
    said = resolve("what do they say on gold?", ["What did payrolls do?"], SHELF, TODAY, recall=lambda _: cited)
    assert said == "What does Northquay Securities say on gold?"


TOPS = """Ferry Lines: the scorecard
Northquay Securities · 22 July 2025

Sector View
- Northquay keeps a "Positive" stance on ferry lines [1]
Skarn Lines
- Top pick, rated "Overweight" with a target of USD 58 [2]
- Skarn's passenger numbers grew 2.3% in the quarter, the fastest of the two [3]
Vedrin Ferries
- Rated "Neutral" with a target of USD 33 [4]
- Vedrin's passenger numbers shrank 0.6% in the quarter [5]
"""


def test_whom_an_answer_names_is_meant_by_its(tmp_path):
    (tmp_path / "tops.txt").write_text(TOPS, encoding="utf-8")
    with Library.open(Settings.load(rag_home=tmp_path / "home", _env_file=None)) as library:
        library.add(tmp_path / "tops.txt")
        answer = library.ask(
            "how fast are its passenger numbers growing?", history=["Which ferry line is Northquay's top pick?"]
        )
    assert answer.resolved == "How fast are Skarn Lines's passenger numbers growing?"
    assert [citation.locator.numbers for citation in answer.citations] == [(3,)]


def test_whom_a_heading_names_is_told_by_what_stands_under_it(tmp_path):
    others = "".join(f"Line {i}\n- Which line is top in port {i} is unknown [{i + 10}]\n" for i in range(20))
    (tmp_path / "tops.txt").write_text(TOPS + others, encoding="utf-8")
    with Library.open(Settings.load(rag_home=tmp_path / "home", _env_file=None)) as library:
        library.add(tmp_path / "tops.txt")
        question = "Which line is Northquay's top pick?"
        assert all("grew" not in item.passage.text for item in library.ask(question).evidence)  # far down the list
        answer = library.ask("how fast are its passenger numbers growing?", history=[question])
    assert answer.resolved == "How fast are Skarn Lines's passenger numbers growing?"


def test_a_subject_that_a_report_is_titled_by_is_of_no_company_before(tmp_path):
    (tmp_path / "metals.txt").write_text(
        "Base Metals Weekly: copper holds\nCalder Research · 11 July 2025\n\nStocks\n- Spot copper treatment charges stood at minus USD 43 a ton [1]\n"
    )
    (tmp_path / "kestrel.txt").write_text(
        "Kestrel Networks (KSTL.US): a good quarter\nHalden Research · 29 April 2025\n\nResults\n- Q1 2025 revenue reached USD 1.84 billion [1]\n"
    )
    with Library.open(Settings.load(rag_home=tmp_path / "home", _env_file=None)) as library:
        library.add_many(tmp_path.glob("*.txt"))
        history = ["Kestrel revenue Q1 2025"]
        assert [
            c.locator.numbers for c in library.ask("What about copper treatment charges?", history=history).citations
        ] == [(1,)]
        assert "Kestrel" in (library.ask("And its copper costs?", history=history).resolved or "")


def test_signs_alone_ask_the_same_again():
    asked = "What was Brindle's EPS in 2024?"
    assert resolve("?!", [asked], SHELF, TODAY) == asked
    assert resolve("and 2023?", [asked, "..."], SHELF, TODAY) == "What was Brindle's EPS in 2023?"
    assert resolve("?", ["", "!"], SHELF, TODAY) == "?"


def test_not_the_one_of_two_but_the_other():
    asked = ["What was Tencent and Meituan's EPS in 2024?"]
    assert resolve("not Tencent, Meituan", asked, SHELF, TODAY) == "What was Meituan's EPS in 2024?"
    assert resolve("not Meituan, the other one", asked, SHELF, TODAY) == "What was Tencent's EPS in 2024?"


def test_an_answer_that_names_nobody_leaves_its_pronoun():
    place = Citation("[1]", PLAIN, "p", Locator("mark", (1,)), "it is rated Hold", 0, 4)
    passage = Passage("p", PLAIN.id, 0, "it is rated Hold", 0, 16, "paragraph", Locator("mark", (1,)), 1)
    said = Answer("q", "Hold.", citations=(place,), evidence=(Evidence(passage, PLAIN, 1.0),))
    asked = ["Which line is the top pick?"]
    assert "its" in resolve("how fast are its sales growing?", asked, SHELF, TODAY, recall=lambda _: said)


def test_whose_target_is_told_by_who_was_the_answer():
    place = Citation("[1]", replace(PLAIN, broker="Northquay Securities"), "p", Locator("mark", (1,)), "Hold", 0, 4)
    held = Answer("q", "Hold.", citations=(place,))
    asked = ["Who rates Brindle a Hold?"]
    said = resolve("what is their target price?", asked, SHELF, TODAY, recall=lambda _: held)
    assert said == "What is Northquay Securities's target price for Brindle?"
