"""A model's reply read sentence by sentence: a hand table of what models write, and the promise that chunks do not matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from llm_samples import IDS

from rag.answer.citations import cite
from rag.language.sentences import sentences
from rag.llm.answer import _foreign
from rag.llm.markers import MarkerParser
from rag.llm.reader import Reader
from rag.verify.sentence import verify_sentence

REVENUE = "Revenue for the first quarter of 2025 was 310 million EUR"
FUEL = "Fuel costs fell because two new hybrid ships replaced old ones"
SHARE = "The company carries 38% of all passengers on the Skarn route"


def read(reply: str, size: int | None = None, *, cut: bool = False) -> Reader:
    reader = Reader(IDS)
    size = size or max(len(reply), 1)
    for start in range(0, len(reply), size):
        reader.feed(reply[start : start + size])
    reader.finish(cut=cut)
    return reader


def shown(reader: Reader) -> str:
    sentences, _ = cite([said.draft for said in reader.said])
    return "".join(said.lead + sentence.text for said, sentence in zip(reader.said, sentences, strict=True))


TABLE = [
    # what the model writes, what the answer shows, the status of each sentence (s, p, u)
    (f"{REVENUE} [k3f7m].", f"{REVENUE} [4].", "s"),
    (f"{REVENUE}. [k3f7m]", f"{REVENUE} [4].", "s"),
    (f"{REVENUE}.[k3f7m] {FUEL}.[m8x2b]", f"{REVENUE} [4]. {FUEL} [5].", "ss"),
    (f"{REVENUE} [k3f7m]. {FUEL} [[m8x2b]].", f"{REVENUE} [4]. {FUEL} [5].", "ss"),
    (f"{REVENUE}【k3f7m】. {FUEL}［m8x2b］.", f"{REVENUE} [4]. {FUEL} [5].", "ss"),
    (f"{REVENUE} (k3f7m).", f"{REVENUE} [4].", "s"),
    (f"{REVENUE}.\n[k3f7m]\n{FUEL} [m8x2b].", f"{REVENUE} [4].\n{FUEL} [5].", "ss"),
    (f"{REVENUE} [k3f7m], and {SHARE} [q5n9d].", f"{REVENUE} [4], and {SHARE} [7].", "s"),
    (f"As [k3f7m] says, {REVENUE}.", f"{REVENUE} [4].", "s"),
    (f"According to passage [m8x2b], {FUEL} [m8x2b].", f"{FUEL} [5].", "s"),
    (f"{FUEL} ([k3f7m], [m8x2b]).", f"{FUEL} [5].", "s"),
    (f"{FUEL} [[k3f7m]; [m8x2b]].", f"{FUEL} [5].", "s"),
    (f"{FUEL} [m8x2b] and [k3f7m].", f"{FUEL} [5].", "s"),
    (f"{FUEL} (see [m8x2b]).", f"{FUEL} [5].", "s"),
    ("毛利率下降1.2个百分点（来源：[t4c6h]、[k3f7m]）。", "毛利率下降1.2个百分点[3]。", "s"),
    (f"[m8x2b]: {FUEL}.", f"{FUEL} [5].", "s"),
    (f"{FUEL} [m8x2b: Brindle Ferries, p. 4].", f"{FUEL} [5].", "s"),
    (f"{FUEL}.【m8x2b†source】", f"{FUEL} [5].", "s"),
    (f"{FUEL}. ([m8x2b])", f"{FUEL} [5].", "s"),
    (f"{FUEL}\n[m8x2b]", f"{FUEL} [5]", "s"),
    (f"Let me see [k3f7m]. Hm.\n</think>\n\n{FUEL} [m8x2b].", f"{FUEL} [5].", "s"),
    (f"<reasoning>Hm [k3f7m].</reasoning>{FUEL} [m8x2b].<|im_end|>", f"{FUEL} [5].", "s"),
    (f"Sure! Here is the answer:\n\n{FUEL} [m8x2b].\n\nLet me know if you need more.", f"{FUEL} [5].", "s"),
    ("好的。毛利率下降1.2个百分点[t4c6h]。\n希望对您有帮助!", "毛利率下降1.2个百分点[3]。", "s"),
    (f"Sure! It will open 12 casinos. {FUEL} [m8x2b].", f"It will open 12 casinos. {FUEL} [5].", "us"),
    (f"{FUEL}&nbsp;[m8x2b].\n&lt;i&gt;Nothing&lt;/i&gt; else.", f"{FUEL} [5].\nNothing else.", "su"),
    ("毛利率下降1.2个百分点[t4c6h]。", "毛利率下降1.2个百分点[3]。", "s"),
    (
        "毛利率下降1.2个百分点。[t4c6h]主要因为原料涨价【t4c6h】。",
        "毛利率下降1.2个百分点[3]。主要因为原料涨价[3]。",
        "ss",
    ),
    (f"- {REVENUE} [k3f7m]\n- {FUEL} [m8x2b]", f"- {REVENUE} [4]\n- {FUEL} [5]", "ss"),
    (f"1. {REVENUE} [k3f7m].\n2. {FUEL} [m8x2b].", f"- {REVENUE} [4].\n- {FUEL} [5].", "ss"),
    (f"It says this:\n\n- {REVENUE} [k3f7m].\n- {FUEL} [m8x2b].", f"It says this: {REVENUE} [4].\n- {FUEL} [5].", "ss"),
    (f"## Revenue\n{REVENUE} [k3f7m].", f"{REVENUE} [4].", "s"),
    (f"**Revenue**\n\n**{REVENUE}** [k3f7m].", f"{REVENUE} [4].", "s"),
    (f"Fuel\n- {FUEL} [m8x2b].", f"- {FUEL} [5].", "s"),
    ("Revenue for the first quarter of 2025\nwas 310 million EUR [k3f7m].", f"{REVENUE} [4].", "s"),
    (f"<think>Let me see [k3f7m]. Hm.</think>\n\n{FUEL} [m8x2b].", f"{FUEL} [5].", "s"),
    (f"{FUEL} \\[m8x2b\\].", f"{FUEL} [5].", "s"),
    (f"{FUEL} ⟦m8x2b⟧.", f"{FUEL} [5].", "s"),
    (f"{FUEL} [m8x2b].\n\nSources:\n- [k3f7m] Brindle Ferries, 2025\n- [m8x2b] the same", f"{FUEL} [5].", "s"),
    (f"{FUEL} [m8x2b].\n**References**: [k3f7m], [m8x2b]\n", f"{FUEL} [5].", "s"),
    (f"{FUEL}[m8x2b]。\n来源：[k3f7m] 布林德渡轮报告", f"{FUEL} [5]。", "s"),
    (f"{FUEL} [k3g7m].", f"{FUEL}.", "u"),
    (f"{FUEL}.", f"{FUEL}.", "u"),
    (
        "Revenue for the first quarter of 2025 was 410 million EUR [k3f7m].",
        "Revenue for the first quarter of 2025 was 410 million EUR [4].",
        "u",
    ),
    (f"{FUEL} [m8x2b][q5n9d].", f"{FUEL} [5].", "s"),  # the second one has nothing to do with it
    (f"{FUEL} [sic] [m8x2b].", f"{FUEL} [sic] [5].", "s"),
    (f"{FUEL} [2024] [m8x2b].", f"{FUEL} [2024] [5].", "p"),  # the year is not in the passage
    ("```\n" + FUEL + " [m8x2b].\n```", f"{FUEL} [5].", "s"),
    (
        "| what | value |\n|---|---|\n| revenue Q1 2025 | 310 million EUR [k3f7m] |\n| passengers carried | 38% [q5n9d] |",
        "| what | value |\n|---|---|\n| revenue Q1 2025 | 310 million EUR [4] |\n| passengers carried | 38% [7] |",
        "s",
    ),
    (
        "| Item | Growth | Driver |\n|---|---|---|\n| Revenue Q1 2025 | 12% [k3f7m] | not disclosed |\n| Debt | n/a | - |",
        "| Item | Growth | Driver |\n|---|---|---|\n| Revenue Q1 2025 | 12% [4] | not disclosed |\n| Debt | n/a | - |",
        "s",
    ),
    (
        "| Item | Growth |\n|---|---|\n| Revenue Q1 2025 | 12% [k3f7m] |\n| Debt | 14% |",
        "| Item | Growth |\n|---|---|\n| Revenue Q1 2025 | 12% [4] |\n| Debt | 14% |",
        "u",
    ),
    (
        "| Item | Tencent |\n|---|---|\n| Revenue Q1 2025 | 310 million EUR [k3f7m] |",
        "| Item | Tencent |\n|---|---|\n| Revenue Q1 2025 | 310 million EUR [4] |",
        "p",
    ),
    ("| what | value |\n|---|---|\n| share | 39% [q5n9d] |", "| what | value |\n|---|---|\n| share | 39% [7] |", "u"),
    (f"![x](http://evil.example/a.png) {FUEL} [m8x2b].", f"x {FUEL} [5].", "s"),
    (f"[{FUEL}](http://evil.example/?q=1) [m8x2b].", f"{FUEL} [5].", "s"),
    (f"<b>{FUEL}</b> [m8x2b]. <script>alert(1)</script>", f"{FUEL} [5]. alert(1)", "su"),
    ("The report said “we will double every fare next year” [q5n9d].", None, "?"),
]


@pytest.mark.parametrize(("reply", "text", "status"), TABLE)
def test_table(reply, text, status):
    reader = read(reply)
    if text is None:
        assert reader.said[0].draft.status != "supported"
        return
    assert shown(reader) == text
    assert "".join(said.draft.status[0] for said in reader.said) == status


@pytest.mark.parametrize("reply", [reply for reply, _, _ in TABLE])
@pytest.mark.parametrize("size", [1, 5])
def test_table_in_chunks(reply, size):
    whole, cut = read(reply), read(reply, size)
    assert cut.said == whole.said and cut.missing == whole.missing


PIECES = st.sampled_from(
    [
        REVENUE,
        FUEL,
        " [k3f7m]",
        "[m8x2b]",
        " [zzz]",
        ". ",
        ".\n",
        "\n\n",
        "- ",
        "1. ",
        "| a | 5 |",
        "|---|",
        ":",
        "# ",
        "**",
        "`",
        "。",
        "毛利率下降1.2个百分点",
        "(k3f7m)",
        "No. 5 of",
        "U.S. ",
        " ",
        "NO ANSWER",
        "NOT COVERED: capex",
        "<think>",
        "</think>",
    ]
)


@given(st.lists(PIECES, max_size=14).map("".join), st.data())
def test_chunks_do_not_matter(reply, data):
    cuts = sorted(data.draw(st.lists(st.integers(0, len(reply)), max_size=6)))
    reader = Reader(IDS)
    for start, end in zip([0, *cuts], [*cuts, len(reply)], strict=True):
        reader.feed(reply[start:end])
    reader.finish()
    whole = read(reply)
    assert reader.said == whole.said
    assert (reader.missing, reader.refused, reader.dropped) == (whole.missing, whole.refused, whole.dropped)


def test_sentences_come_as_soon_as_they_are_complete():
    reader = Reader(IDS)
    reader.feed(f"{REVENUE} [k3f7m]. Fuel costs")
    assert not reader.said
    reader.feed(" fell because two new hybrid ships")
    assert [said.draft.text for said in reader.said] == [f"{REVENUE}."]


@pytest.mark.parametrize(
    "reply",
    [
        "NO ANSWER",
        "no answer.",
        "**NO ANSWER**",
        "NO ANSWER: the capex of 2026",
        "The passages do not mention capital expenditure.",
        "报告中没有提及资本开支。",
        "I cannot determine this from the information given.",
    ],
)
def test_a_refusal_is_seen(reply):
    assert read(reply).refused
    assert read(reply, 1).refused


@pytest.mark.parametrize("reply", [f"{FUEL} [m8x2b].\nNO ANSWER", f"{FUEL} [m8x2b].\nNOT COVERED: capex", FUEL, ""])
def test_what_is_cited_is_no_refusal(reply):
    assert not read(reply).refused


def test_what_is_not_covered_is_told_apart():
    reader = read(f"{FUEL} [m8x2b].\nNOT COVERED: the capex of 2026")
    assert reader.missing == ["the capex of 2026"] and len(reader.said) == 1


def test_a_reply_that_was_cut_loses_its_last_half_sentence():
    reader = read(f"{REVENUE} [k3f7m]. Fuel costs fell because two new hyb", cut=True)
    assert shown(reader) == f"{REVENUE} [4]."


@pytest.mark.parametrize(
    ("said", "chinese", "foreign"),
    [
        ("云岭茶业[t4c6h]。", False, False),
        ("毛利率下降1.2个百分点,主要因为原料涨价[t4c6h]。", False, True),
        ("Brindle Ferries [k3f7m].", True, False),
        (f"{FUEL} [m8x2b].", True, True),
    ],
)
def test_a_name_alone_is_in_no_language(said, chinese, foreign):
    assert bool(_foreign(read(said, 7), chinese)) is foreign


def test_quotes_are_slices_and_the_fewest_sentences_that_bear_it_out():
    from llm_samples import passage

    long = " ".join(f"Sentence number {n} says nothing of note about harbours and their keepers." for n in range(9))
    item = passage(1, f"{long} Sailings rose to 412 in July. {long}")
    reader = Reader({"b2c3d": item})
    reader.feed("In July there were 412 sailings [b2c3d].")
    reader.finish()
    ((start, end),) = reader.said[0].draft.quotes
    assert item.passage.text[start:end] == "Sailings rose to 412 in July."


@pytest.mark.parametrize("piece", ["word ", ". ", "a.", "； ", "Fuel costs fell. "])
def test_an_endless_line_is_read_in_linear_steps(piece, monkeypatch):
    looked = []

    def counting(text, start=0):
        looked.append(len(text) - start)
        return sentences(text, start)

    monkeypatch.setattr("rag.llm.reader.sentences", counting)
    sums = []
    for length in (1_000, 4_000):
        looked.clear()
        read((piece * length)[:length], 4)
        sums.append(sum(looked))
    assert sums[1] <= 6 * sums[0]


def test_endless_brackets_are_read_in_linear_steps():
    steps = 0

    class Counting(MarkerParser):
        def _read(self, events, char):
            nonlocal steps
            steps += 1
            super()._read(events, char)

    for piece in ("[", "[k3f7m,", "[[1]", "(", "【"):
        counts = []
        for length in (2_000, 8_000):
            steps = 0
            Counting(IDS).feed((piece * length)[:length])
            counts.append(steps)
        assert counts[1] <= 5 * counts[0] + 100, piece


def test_only_a_passage_without_a_figure_of_the_sentence_is_checked_by_itself(monkeypatch):
    checked = []

    def counted(text, passages):
        checked.append([item.passage.id for item in passages])
        return verify_sentence(text, passages)

    monkeypatch.setattr("rag.llm.check.verify_sentence", counted)
    reader = read(f"{REVENUE} [k3f7m] [m8x2b].")
    has, without = (IDS[marker].passage.id for marker in ("k3f7m", "m8x2b"))
    assert shown(reader) == f"{REVENUE} [4]."
    assert checked == [[has, without], [without], [has]]
