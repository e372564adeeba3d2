"""Where sentences end: a hand table, one row per nasty case, and what holds for every text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.language.sentences import sentences

# Each row is one text; `¦` shows where it must be parted.
CASES = [
    "Fares rose.¦ Costs fell.",
    "The target is Rmb2,244.00 a share.¦ It was Rmb1,980.5 before.",
    "Margin rose 3.5% in 2031.¦ 2032 looks alike.",
    "Ferries, e.g. the fast ones, and barges, i.e. the slow ones, sail.¦ Others wait.",
    "Use e.g., a barge.¦ Or not.",
    "In the U.S. Treasury yields fell.¦ In the U.K. they rose.",
    "Demand fell in the U.S.¦ The rest grew.",
    "See No. 5 and Nos. 6, Fig. 3, p. 12 and Sec. 4.¦ Then go.",
    "Capex fell to Rs. 4,500 crore.¦ Harbour Inc. No. 5 said so.",
    "The answer is no.¦ The rest is silence.",
    "Harbour Inc. said so.¦ Dock Corp. Ltd. did not.",
    "It was bought by Harbour Inc.¦ The price was low.",
    "Sales vs. costs and North vs. South.¦ Fine.",
    "Mr. Lee and Dr. Wu met J. P. Smith.¦ They agreed.",
    "On Jan. 5 and Sept. 3 it rained.¦ On May 3 it did not.",
    "Growth peaked in 2Q31.¦ Costs did in 3Q31E.¦ Then came 2032.",
    "Ferries, barges, etc. are full.¦ Tugs, rafts, etc.¦ The rest is empty.",
    "Is it time to buy?¦ Yes!¦ Perhaps.",
    'He said "fares will rise."¦ She said (they fell.)¦ Both waited.',
    "“Fares rise.”¦ So they say.",
    "1. Demand is back.¦ 2. Supply is not.",
    "- 1. Demand is back",
    "Wait... and see.¦ Or...¦ Do not.",
    "Visit harbour.example.com now.¦ Version 5.0 is out.",
    "Fares rose.[5][6]¦ Costs fell. [7]¦ See [2031].",
    "客流恢复。¦票价上涨!¦成本下降?¦未来可期；¦运价回升",
    "客流恢复。”¦票价上涨（见附录。）¦完",
    "毛利率23.5%,升2.1个百分点。¦净利率8.0%。¦2031年更好",
    "客流增长5.5%;¦票价上涨",
    "Fares rose; costs fell.¦ Done.",
    "客流恢复……票价上涨。¦完",
    "公司名为Harbour Co., Ltd. (港口公司),2031年成立。¦完",
    "First line goes on\nand ends.¦\nSecond line.",
    "A heading¦\n\nA paragraph",
    "Intro¦\n- one¦\n- two¦\n| a | b |",
    "Tariffs of approx. 5% and est. 7% incl. tax.¦ More.",
    "Fares rose.¦   ",
    "",
    "...",
]


@pytest.mark.parametrize("case", CASES)
def test_table(case):
    text = case.replace("¦", "")
    expected = [part.strip() for part in case.split("¦") if part.strip()]
    assert [text[start:end] for start, end in sentences(text)] == expected


TEXTS = st.text('aB1.。!?；; \n"”)-U客…[5]', max_size=60) | st.text(max_size=60)


@given(TEXTS)
def test_spans_are_ordered_and_cover_everything(text):
    end = 0
    for start, stop in sentences(text):
        assert end <= start < stop
        assert not text[end:start].strip()
        assert text[start:stop] == text[start:stop].strip()
        end = stop
    assert not text[end:].strip()


@given(st.from_regex(r"\d{1,3}(,\d{3}){0,2}\.\d{1,4}(%|bn|亿)?", fullmatch=True))
def test_no_number_is_cut(number):
    for text in (f"Sales were {number} then. More came.", f"收入{number}。净利{number}亿元"):
        assert all(number in text[start:end] or number not in text[start : end + 4] for start, end in sentences(text))
        assert sum(number in text[start:end] for start, end in sentences(text)) == text.count(number)
