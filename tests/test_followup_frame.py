"""Follow-ups on several sides, in the frame of the question before, and on the other house: what they leave out is taken over."""

from __future__ import annotations

from dataclasses import replace

import pytest
from follow_up_shelf import PLAIN, SHELF, TODAY

from rag.followup.complete import resolve

BESIDE = [
    # earlier questions, new one, resolved
    (["What was Tencent's EPS in 2024?", "and Meituan?"], "which one is higher?", "What was Tencent and Meituan's EPS in 2024 (which one is higher)?"),
    (["腾讯2024年的毛利率是多少?", "美团呢?"], "更高的是哪家?", "腾讯和美团2024年的毛利率是多少 (更高的是哪家)?"),
    (["What was Brindle's EPS in Q1 2025?", "what about Q2"], "both", "What was Brindle's EPS in Q1 2025 and Q2 of 2025?"),
    (["What was Brindle's EPS in 2024?", "and 2022?"], "difference?", "What was Brindle's EPS in 2024 and 2022 (difference)?"),
    (["What rating does Northquay have on Brindle?", "and Citi?"], "who is more bullish?", "Who is more bullish on Brindle, Northquay or Citi?"),
    (["松江证券对云岭茶业的评级?", "中金公司呢?"], "谁更看好?", "松江证券和中金公司对云岭茶业谁更看好?"),
    (["What was Brindle's EPS in 2024?"], "and the two before?", "What was Brindle's EPS in 2023 and 2022?"),
    (["Brindle's backlog 2024"], "and the two before?", "What was Brindle's backlog in 2023 and 2022?"),
    (["Compare the ratings of Tencent and Meituan."], "the latter's target price?", "Meituan's target price?"),
    (["腾讯和美团的评级分别是什么?"], "后者的目标价?", "美团的目标价?"),
    (["What does Northquay think of Brindle?", "and Citi?"], "the former's EPS forecast?", "Northquay's EPS forecast for Brindle?"),
    (["云岭茶业的目标价?"], "松江证券的2026年净利润预测", "松江证券对云岭茶业的2026年净利润预测?"),
    (["What target price does Citi have on Brindle?", "and before?"], "and Northquay?", "What target price does Northquay have on Brindle?"),
    (["What was Brindle's EPS in the quarter ended 30 June 2025?"], "capex?", "What was Brindle's capex in the quarter ended 30 June 2025?"),
    # whose a question is that names nobody; parts; corrections; times; shares
    (["What does Northquay say about Brindle?"], "what could go wrong?", "What could go wrong at Brindle?"),
    (["What is Brindle's target price?"], "and the dock strike?", "What about Brindle's dock strike?"),
    (["What is Brindle's target price?"], "Could fuel prices rise again?", "Could fuel prices rise again at Brindle?"),
    (["What was Brindle's revenue in 2024?"], "why did fares fall", "Why did fares fall at Brindle in 2024?"),
    (["What is Brindle's target price?"], "Which stocks were upgraded this week?", "Which stocks were upgraded this week?"),
    (["What was Brindle's cargo revenue in 2024?"], "and passengers?", "What was Brindle's passengers revenue in 2024?"),
    (["云岭茶业2024年的收入是多少?"], "红茶那块呢", "云岭茶业2024年的红茶收入是多少?"),
    (["What was Brindle's revenue in 2023?"], "no, I meant 2022", "What was Brindle's revenue in 2022?"),
    (["云岭茶业2024年的收入是多少?"], "不是，我问的是毛利率", "云岭茶业2024年的毛利率是多少?"),
    (["What was Brindle's revenue in 2020?", "and 2019?"], "so by how much did it drop", "By how much did Brindle's revenue drop from 2019 to 2020?"),
    (["What was Brindle's cost of sales in 2024?"], "as a percentage of revenue?", "What percentage of Brindle's revenue in 2024 was cost of sales?"),
    (["What was Brindle's revenue in 2024?"], "split by region please", "What was Brindle's revenue in 2024 by region?"),
    (["How many ferries did Brindle sell in H1 2025?"], "when will they break even", "When will Brindle break even?"),
    (["Compare Brindle and Tencent on EPS in 2024"], "add Alibaba", "Compare Brindle, Tencent and Alibaba on EPS in 2024"),
    (["What did Brindle's CEO say about China?"], "and about tariffs?", "What did Brindle's CEO say about tariffs?"),
    (["What was Brindle's EPS in 2024?"], "What does Northquay say about the stock?", "What does Northquay say about Brindle?"),
    (["What is Brindle's target price?"], "how is it derived?", "How is Brindle's target price derived?"),
    (["What was Brindle's revenue in 2024?"], "Is that higher than in 2023?", "Is Brindle's revenue in 2024 higher than in 2023?"),
    (["What was Brindle's net income in 2024?"], "per share?", "What was Brindle's net income per share in 2024?"),
    (["Brindle Q2 2025 net profit"], "and the one before", "Brindle Q1 2025 net profit"),
    (["云岭茶业2024年的毛利率是多少?"], "为什么下降?", "云岭茶业2024年的毛利率为什么下降?"),
    (["What does Northquay say about tariffs?"], "who said that?", "What does Northquay say about tariffs?"),
    (["What was Brindle's gross margin in 2024?"], "vs ferries?", "What was Brindle's gross margin in 2024, compared with ferries?"),
    (["云岭茶业的评级是什么?"], "谢谢,再问一下腾讯的评级", "腾讯的评级"),
    (["What was Brindle's cargo revenue in 2024?"], "why did it fall?", "Why did Brindle's cargo revenue fall in 2024?"),
    # the same of another thing: put right, asked of another house, another way; a name with its other name
    (["What rating does Citi give Xiaomi?", "What was Brindle's EPS in 2024?"], "no, not Brindle, the other one", "What was Xiaomi's EPS in 2024?"),
    (["What was Brindle's EPS in 2024?"], "not Brindle, Tencent", "What was Tencent's EPS in 2024?"),
    (["云岭茶业2024年毛利率多少?"], "不是2024年,是2023年", "云岭茶业2023年毛利率多少?"),
    (["云岭茶业2024年的收入是多少?"], "说错了,是腾讯", "腾讯2024年的收入是多少?"),
    (["What does Northquay think of the new deck?"], "does Citi agree?", "What does Citi think of the new deck?"),
    (["松江证券怎么看云岭茶业的门店?"], "中金公司也这么看吗?", "中金公司怎么看云岭茶业的门店?"),
    (["How much did Skarnol sell in 2024?"], "and Vedrin?", "How much did Vedrin sell in 2024?"),
    (["What was the LME copper price on 11 July?"], "and zinc?", "What was the LME zinc price on 11 July?"),
    (["QX-217组的中位生存期是多少?"], "对照组呢?", "QX-217对照组的中位生存期是多少?"),
    (["Will Brindle raise fares?"], "when?", "When will Brindle raise fares?"),
    (["When will the Fed cut?", "and how many times in 2025?"], "what about the ECB?", "How many times will the ECB cut in 2025?"),
    (["What target does Northquay (北码证券) have for Brindle?"], "and Citi (花旗)?", "What target does Citi (花旗) have for Brindle?"),
    (["What growth does Northquay forecast for the US in 2025?"], "and for China?", "What growth does Northquay forecast for China in 2025?"),
    # words that each report has its own date for stay words
    (["本周白酒板块表现如何?"], "上周呢?", "上周白酒板块表现如何?"),
    (["How did ferries do this week?"], "and the week before?", "How did ferries do last week?"),
    (["云岭茶业2024年的产能是多少?"], "今年一季度呢", "云岭茶业今年一季度的产能是多少?"),
    # whom and what the pronouns mean
    (["What target does Northquay set for Brindle?"], "why did they raise it?", "Why did Northquay raise its target for Brindle?"),
    (["What does Brindle guide for Q2 2025 revenue?"], "did they beat it?", "Did Brindle beat its guidance for Q2 2025 revenue?"),
    (["What was Brindle's gross margin in 2024?"], "does Northquay think that can last?", "Does Northquay think Brindle's gross margin can last?"),
    (["Did Brindle cut its 2025 sales guidance?"], "What was that blamed on?", "What was Brindle's 2025 sales guidance cut blamed on?"),
    (["What was Brindle's capex in 2024?"], "what was it spent on?", "What was Brindle's capex spent on in 2024?"),
    (["What rating does Northquay have on Brindle?"], "who runs the company?", "Who runs Brindle?"),
    (["What's Northquay's rating on Brindle?"], "and its gross margin?", "What is Brindle's gross margin?"),
    (["巧糖食品为什么赚钱能力变弱了?"], "那它的毛利率是多少?", "巧糖食品的毛利率是多少?"),
    (["Does Northquay believe in the merger?"], "why not?", "Why doesn't Northquay believe in the merger?"),
    (["云岭茶业有多少员工?"], "一季度裁了多少人?", "云岭茶业一季度裁了多少人 (员工)?"),
    (["青花茶批价是多少?"], "周跌多少?", "青花茶批价周跌多少?"),
    (["云岭茶业一季度毛利率是多少?"], "比腾讯高多少?", "云岭茶业一季度毛利率比腾讯高多少?"),
    # something else, with a subject of its own
    (["What was Brindle's revenue in 2024?"], "To what level should the Bank of Japan raise its rate?", "To what level should the Bank of Japan raise its rate?"),
    (["What does Northquay forecast for copper in 2026?"], "When is the Chinese GDP data due?", "When is the Chinese GDP data due?"),
]  # fmt: skip


@pytest.mark.parametrize(("history", "question", "whole"), BESIDE)
def test_a_follow_up_on_several_sides_names_them(history, question, whole):
    assert resolve(question, history, SHELF, TODAY) == whole


IN_THE_FRAME = [
    # earlier questions, new one, resolved: pointers, corrections, another figure, several sides, words of the other language
    (["What was Brindle's revenue in Q2 2025?"], 'was that better than expected?', "Was Brindle's revenue in Q2 2025 better than expected?"),
    (["What was Brindle's revenue in Q2 2025?"], 'how did that compare to guidance?', "How did Brindle's revenue in Q2 2025 compare to guidance?"),
    (["What was Brindle's revenue in Q2 2025?"], 'and guidance for the full year?', "What is the guidance for Brindle's revenue for the full year?"),
    (["What was Brindle's revenue in Q2 2025?"], 'what drove that growth?', "What drove Brindle's revenue growth in Q2 2025?"),
    (["What was Brindle's revenue in Q2 2025?"], 'and the quarter before that?', "What was Brindle's revenue in Q1 2025?"),
    (["What was Brindle's revenue in Q2 2025?"], 'wrong quarter, I need Q1', "What was Brindle's revenue in Q1 of 2025?"),
    (["What was Brindle's revenue in Q2 2025?"], 'oops, Tencent not Brindle', "What was Tencent's revenue in Q2 2025?"),
    (["What was Brindle's revenue in Q2 2025?"], 'actually make that net profit', "What was Brindle's net profit in Q2 2025?"),
    (["What was Brindle's revenue in Q2 2025?"], 'will it hold?', "Will Brindle's revenue hold?"),
    (["What was Brindle's revenue in Q2 2025?"], 'what is behind the improvement?', "What is behind Brindle's revenue improvement in Q2 2025?"),
    (["What was Brindle's revenue in Q2 2025?"], "is Tencent's better?", "What was Brindle and Tencent's revenue in Q2 2025 (is Tencent's better)?"),
    (["What was Brindle's revenue in Q2 2025?"], 'different question: how is copper doing?', 'How is copper doing?'),
    (["What was Brindle's revenue in Q2 2025?"], '毛利率是多少?', 'Brindle Q2 2025的毛利率是多少?'),
    (["What is Northquay's target for Brindle?"], 'how did they get to that number?', 'How did Northquay get to its target for Brindle?'),
    (["What is Northquay's target for Brindle?"], 'why so high?', "Why is Brindle's target so high?"),
    (["What is Northquay's target for Brindle?"], 'which broker has the lowest?', 'Which broker has the lowest target for Brindle?'),
    (["What is Northquay's target for Brindle?"], 'and the rating?', "What is Northquay's rating for Brindle?"),
    (["What is Northquay's target for Brindle?"], 'what was it before?', "What is Northquay's previous target for Brindle?"),
    (["What is Northquay's target for Brindle?", "and Citi's?"], 'why the difference?', "What is Northquay and Citi's target for Brindle (why the difference)?"),
    (["What is Northquay's target for Brindle?", "and Citi's?"], 'which is higher?', "What is Northquay and Citi's target for Brindle (which is higher)?"),
    (['Compare the ratings of Northquay and Citi on Brindle.'], 'and their targets?', 'Compare the targets of Northquay and Citi on Brindle.'),
    (['Compare Brindle and Tencent on EPS'], 'and Meituan?', 'Compare Brindle, Tencent and Meituan on EPS'),
    (['How many ferries does Brindle have?'], 'and employees?', 'How many employees does Brindle have?'),
    (['Who is the CEO of Brindle?'], 'and the CFO?', 'Who is the CFO of Brindle?'),
    (['What does Northquay expect for US inflation?'], 'and gold?', 'What does Northquay expect for gold?'),
    (['What does Northquay expect for US inflation?'], 'what does it say about Japanese equities?', 'What does Northquay say about Japanese equities?'),
    (['What is the price of copper?'], 'when will it peak?', 'When will the price of copper peak?'),
    (['What is the price of copper?'], 'forecast for 2026?', 'What is the forecast for the price of copper for 2026?'),
    (["What is Brindle's CET1 ratio?"], 'and after the deal?', "What is Brindle's CET1 ratio after the deal?"),
    (['云岭茶业2025年一季度毛利率是多少?'], '能持续吗?', '云岭茶业2025年一季度毛利率能持续吗?'),
    (['云岭茶业2025年一季度毛利率是多少?'], '跟腾讯差多少?', '云岭茶业和腾讯2025年一季度毛利率差多少?'),
    (['云岭茶业2025年一季度毛利率是多少?'], '哪家最高?', '2025年一季度哪家毛利率最高?'),
    (['松江证券对云岭茶业的目标价是多少?'], '中金公司给多少?', '中金公司对云岭茶业的目标价是多少?'),
    (['松江证券看好云岭茶业吗?'], '他们预计2025年净利润多少?', '松江证券对云岭茶业预计2025年净利润多少?'),
    (['对比云岭茶业和腾讯的毛利率'], '那美团呢?', '对比云岭茶业和腾讯和美团的毛利率'),
    (['云岭茶业2025年一季度毛利率是多少?'], '是什么带动的?', '云岭茶业2025年一季度毛利率变化的原因是什么?'),
    (['有没有人看空云岭茶业?'], '是哪家券商说的?', '哪家券商看空云岭茶业?'),
    (['云岭茶业2024年末产能多大?', '全年产能利用率是多少?'], '2025年一季度呢?', '2025年一季度云岭茶业的产能利用率是多少?'),
    (['云岭茶业2025年一季度毛利率是多少?'], 'what about revenue?', "What was 云岭茶业's revenue in 2025年一季度?"),
    (['云岭茶业2025年一季度毛利率是多少?'], '换个话题,腾讯的评级是什么?', '腾讯的评级是什么?'),
    (['茉香奶茶10月单杯收入多少?'], '和果栗比谁高?', '茉香奶茶和果栗10月单杯收入谁高?'),
    (['Which bank has the highest CET1 ratio?'], 'and the lowest?', 'Which bank has the lowest CET1 ratio?'),
    (["What was Brindle's revenue in Q2 2025?"], 'how much of it was cargo?', "How much of Brindle's revenue was cargo in Q2 2025?"),
    (["What is Northquay's target for Brindle?"], 'on what multiple?', "What is Northquay's target for Brindle (on what multiple)?"),
    (['How much sugar will Brazil produce?'], 'more than last year?', 'How much sugar will Brazil produce (more than last year)?'),
    (['Where is cocoa trading?'], 'compared with last month?', 'Where is cocoa trading, compared with last month?'),
    (["What is Northquay's target for Brindle?"], 'is it still the same after Q3?', "Is Brindle's target still the same after Q3?"),
    (['What is the RBC ratio at Skarnol?'], 'and how much debt does it hold?', 'How much debt does Skarnol hold?'),
    (["What was Brindle's EPS in Q2 2025?"], 'give me a summary', 'Give me a summary for Brindle?'),
    (['云岭茶业前三季度净利润多少?'], '给了什么评级?', '云岭茶业给了什么评级?'),
    (['What does Northquay think of Brindle?'], 'why are they cautious?', 'Why is Northquay cautious on Brindle?'),
    (['What does Northquay think of Brindle?'], 'what EPS do they use?', 'What EPS does Northquay use at Brindle?'),
    (['What happens to copper if tariffs come?'], 'and to aluminium?', 'What happens to aluminium if tariffs come?'),
    (["What was Brindle's buyback?"], 'when was it approved?', "When was Brindle's buyback approved?"),
    (["What is Skarnol's rating?", "and Vedrin's?"], 'which of them is a buy?', 'Which of Skarnol and Vedrin is a buy?'),
    (['云岭茶业批价多少?', '腾讯呢?'], '哪个跌得多?', '云岭茶业和腾讯批价多少 (哪个跌得多)?'),
    (["What was Brindle's revenue growth?"], 'versus consensus?', "What was Brindle's revenue growth, compared with consensus?"),
    (["Who becomes Brindle's chief executive?"], 'when?', "When becomes Brindle's chief executive?"),
    (["What is Brindle's revenue in the third quarter?"], 'what was it a year earlier?', "What is Brindle's revenue in the third quarter (a year earlier)?"),
    (['What is the TOPIX target for the end of 2026?'], 'and end-2027?', 'What is the TOPIX target for the end of 2027?'),
    (['What is the TOPIX target for the end of 2026?'], 'and 2027?', 'What is the TOPIX target for the end of 2027?'),
    (['What is the TOPIX target for mid-2026?'], 'end of the year?', 'What is the TOPIX target for end of 2026?'),
    (["Where is the 10-year Bund yield at the end of 2026?"], 'and the euro against the dollar?', 'Where is the euro against the dollar at the end of 2026?'),
    (["How did Brindle's overseas sales do in 2025?"], 'and at home?', "How did Brindle's domestic sales do in 2025?"),
    (["How did China's exports do in May 2025?"], 'to Japan?', "How did China's exports to Japan do in May 2025?"),
    (["How did China's exports to Japan do in May 2025?"], 'and to Brazil?', "How did China's exports to Brazil do in May 2025?"),
    (['How fast will Germany grow in 2026?'], 'who grows fastest?', 'Who grows fastest in 2026?'),
    (['What was euro area inflation in October?'], 'core?', 'What was core euro area inflation in October?'),
    (['Where did copper end last week?'], 'how much is it up this year?', 'How much is copper up this year?'),
    (['Where did copper end last week?', 'your forecast for 2026?'], 'aluminium?', "What about aluminium's forecast for 2026?"),
    (["How much net profit did Brindle make?"], 'did that beat or miss?', "Did Brindle's net profit beat or miss?"),
    (['When will the shoulder module be launched?'], 'did that slip?', 'Did the shoulder module slip?'),
    (['What revenue did Brindle guide to for 2025?'], 'was that changed?', "Was Brindle's revenue guidance changed for 2025?"),
    (["What revenue does Northquay model for Brindle in 2026?"], 'EPS?', 'What EPS does Northquay model for Brindle in 2026?'),
    (["What operating profit does Brindle guide to for 2026?"], 'what does Northquay think?', 'What operating profit does Northquay forecast for Brindle for 2026?'),
    (["What net profit does Northquay forecast for Brindle in 2026?"], 'what does Citi say?', 'What net profit does Citi forecast for Brindle in 2026?'),
    (['云岭茶业三季度出货量多少?', '全年指引呢?'], '松江自己怎么预计?', '松江预计云岭茶业出货量全年多少?'),
    (['云岭茶业三季度毛利率是多少?'], '下滑是什么原因?', '云岭茶业三季度毛利率下滑是什么原因?'),
    (['云岭茶业三季度毛利率是多少?'], '怎么反而升了?', '云岭茶业三季度毛利率怎么反而升了?'),
    (['松江证券给云岭茶业什么评级?'], '下调的理由是?', '松江证券给云岭茶业评级下调的理由是?'),
    (['10月出口同比多少?'], '对美国?', '10月对美国出口同比多少?'),
    (['电池级碳酸锂价格多少?'], '氢氧化锂?', '电池级氢氧化锂价格多少?'),
    (['云岭茶业2024年的毛利率是多少?'], '美团呢,为什么下降?', '美团2024年的毛利率为什么下降?'),
    (["What was Brindle's price on 11 July 2025?"], 'where will it end up in Q4?', 'Where will Brindle end up in Q4 of 2025?'),
]  # fmt: skip


@pytest.mark.parametrize(("history", "question", "whole"), IN_THE_FRAME)
def test_what_a_follow_up_leaves_out_is_taken_from_the_frame_of_the_question_before(history, question, whole):
    assert resolve(question, history, SHELF, TODAY) == whole


TWO = (
    replace(PLAIN, companies=("Brindle Ferries plc",), broker="Northquay Securities"),
    replace(PLAIN, companies=("Brindle Ferries plc",), broker="Oldfield Research"),
    replace(PLAIN, companies=("Midea Group",), broker="松江证券"),
    replace(PLAIN, companies=("云岭茶业",), broker="松江证券"),
    replace(PLAIN, companies=("云岭茶业",), broker="东篱证券"),
)
OTHER_HOUSES = [
    (["What target does Northquay set for Brindle?"], "same for the other broker", "What target does Oldfield Research set for Brindle?"),
    (["What revenue does Northquay model for Brindle?", "EPS?"], "and what does the other house have?", "What EPS does Oldfield Research model for Brindle?"),
    (["What revenue did Midea guide to for 2026?"], "does the broker agree?", "What revenue does 松江证券 forecast for Midea for 2026?"),
    (["What revenue did Brindle guide to for 2026?"], "does the broker agree?", "does the broker agree?"),  # which of the two?
    (["松江证券给云岭茶业的目标价是多少?"], "另一家券商呢?", "东篱证券给云岭茶业的目标价是多少?"),
    (["云岭茶业和默沙东的首付款是多少?"], "葛兰素史克那笔呢?", "云岭茶业和葛兰素史克的首付款是多少?"),
    (["云岭茶业的股息率是多少?"], "美的呢?", "美的的股息率是多少?"),  # as the lexicon's 美的集团
]  # fmt: skip


@pytest.mark.parametrize(("history", "question", "whole"), OTHER_HOUSES)
def test_the_other_house_is_one_that_the_library_holds_on_the_company(history, question, whole):
    assert resolve(question, history, TWO, TODAY) == whole
