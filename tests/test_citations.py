"""Markers as the contract words them: native numbers, letters for several reports, before the final stop."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.citations import Draft, cite, letters, place, slot
from rag.types import Evidence, Locator, Passage, Report


def report(name):
    return Report(
        id=name * 8, title=f"Report {name}", file=f"{name}.txt", kind="digest", language="en", date=date(2026, 2, 3)
    )


def evidence(name, ordinal, numbers, text="Revenue rose 20% to 5 billion, and margins held."):
    locator = Locator("mark", tuple(numbers))
    passage = Passage(
        f"{name}-{ordinal}", name * 8, ordinal, text, 0, len(text), "statement", locator=locator, paragraph=ordinal + 1
    )
    return Evidence(passage=passage, report=report(name), score=1.0)


def texts(*drafts, **options):
    sentences, citations = cite(drafts, **options)
    return [sentence.text for sentence in sentences], [citation.marker for citation in citations]


def test_one_report_has_bare_numbers():
    shown, markers = texts(
        Draft('The rating is "Buy".', (evidence("a", 0, [5, 67]),)), Draft("Margins held.", (evidence("a", 1, [9]),))
    )
    assert shown == ['The rating is "Buy" [5][67].', "Margins held [9]."]
    assert markers == ["[5][67]", "[9]"]


def test_several_reports_have_letters_in_order_of_first_citation():
    shown, markers = texts(
        Draft("One.", (evidence("b", 0, [5]),)),
        Draft("Two.", (evidence("a", 0, [12]), evidence("b", 1, [6, 7]))),
    )
    assert shown == ["One [A5].", "Two [B12][A6][A7]."]
    assert markers == ["[A5]", "[B12]", "[A6][A7]"]


def test_letters_can_be_forced():
    draft = Draft("One.", (evidence("b", 0, [5]),))
    assert texts(draft, lettered=True)[0] == ["One [A5]."]
    assert texts(draft, Draft("Two.", (evidence("a", 0, [1]),)), lettered=False)[0] == ["One [5].", "Two [1]."]


@pytest.mark.parametrize(
    ("index", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (27, "AB"), (51, "AZ"), (52, "BA"), (702, "AAA")]
)
def test_letters_go_on_after_z(index, name):
    assert letters(index) == name


def test_a_passage_cited_twice_is_one_citation_with_both_quotes():
    one = evidence("a", 0, [5])
    sentences, citations = cite(
        [
            Draft("Revenue rose 20%.", (one,), quotes=((0, 16),), figures=(("20%",),)),
            Draft("Margins held.", (one,), quotes=((35, 47),), figures=((),)),
        ]
    )
    assert [sentence.citations for sentence in sentences] == [(0,), (0,)]
    (citation,) = citations
    assert citation.quote == one.passage.text[0:47] == one.passage.text[citation.start : citation.end]
    assert citation.figures == ("20%",)


TABLE = "Cash | 5\nStock | 7\nDebts | 9\nTotal | 2"


def rows_of(*names):
    return tuple((TABLE.index(name), TABLE.index(name) + len(name) + 4) for name in names)


def test_rows_of_a_table_that_stand_apart_have_a_citation_each():
    table = evidence("a", 0, [4], TABLE)
    table = replace(table, passage=replace(table.passage, kind="table"))
    draft = Draft(f"Cash 5{slot(0)} of 2{slot(1)}.", (table, table), rows_of("Cash", "Total"), (("5",), ("2",)))
    (sentence,), citations = cite([draft])
    assert [(c.quote, c.figures) for c in citations] == [("Cash | 5", ("5",)), ("Total | 2", ("2",))]
    assert sentence.text == "Cash 5 [4] of 2 [4]."
    assert sentence.citations == (0, 1)


def test_rows_of_a_table_that_stand_together_have_one_citation():
    table = evidence("a", 0, [4], TABLE)
    table = replace(table, passage=replace(table.passage, kind="table"))
    _, citations = cite([Draft("One.", (table,), rows_of("Cash")), Draft("Two.", (table,), rows_of("Stock"))])
    assert [c.quote for c in citations] == ["Cash | 5\nStock | 7"]


def test_without_a_quote_the_whole_passage_is_quoted():
    one = evidence("a", 0, [5], text="  Margins held. ")
    (_, (citation,)) = cite([Draft("Margins held.", (one,))])
    assert citation.quote == "Margins held." and (citation.start, citation.end) == (2, 15)


@pytest.mark.parametrize("span", [(0, 999), (5, 5), (-1, 4), (9, 3)])
def test_a_quote_outside_its_passage_is_an_error(span):
    with pytest.raises(ValueError, match="no slice"):
        cite([Draft("x.", (evidence("a", 0, [5]),), quotes=(span,))])


def test_equal_marks_of_two_passages_show_once_in_a_sentence():
    shown, markers = texts(Draft("Both.", (evidence("a", 0, [5, 6]), evidence("a", 1, [5]))))
    assert shown == ["Both [5][6]."] and markers == ["[5][6]", "[5]"]


def test_slots_place_markers_inside_the_text():
    cells = Draft(
        f"| 5% {slot(0)} | 6%{slot(1)} |", (evidence("a", 0, [5]), evidence("b", 0, [2])), status="partly", reason="why"
    )
    (sentence,), _ = cite([cells])
    assert sentence.text == "| 5% [A5] | 6% [B2] |"
    assert (sentence.citations, sentence.status, sentence.reason) == ((0, 1), "partly", "why")
    mixed = Draft(f"A{slot(0)} beats B.", (evidence("a", 0, [5]), evidence("a", 1, [7])))
    assert texts(mixed)[0] == ["A [5] beats B [7]."]
    with pytest.raises(ValueError, match="slot"):
        cite([Draft(slot(3), (evidence("a", 0, [5]),))])


def test_a_sentence_without_evidence_has_no_marker():
    (sentence,), citations = cite([Draft("Nothing was found.", status="unsupported", unverified_figures=("5%",))])
    assert (sentence.text, sentence.citations, citations) == ("Nothing was found.", (), ())
    assert sentence.status == "unsupported" and sentence.unverified_figures == ("5%",)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Sales rose.", "Sales rose [5]."),
        ("Sales rose", "Sales rose [5]"),
        ('The rating is "Buy".', 'The rating is "Buy" [5].'),
        ('They said "buy."', 'They said "buy." [5]'),
        ("Did sales rise?", "Did sales rise [5]?"),
        ("Sales rose 2.5", "Sales rose 2.5 [5]"),
        ("Sales rose 2.5%.", "Sales rose 2.5% [5]."),
        ("made in the U.S.", "made in the U.S. [5]"),
        ("sales, costs...", "sales, costs [5]..."),
        ("毛利率上升。", "毛利率上升[5]。"),
        ("毛利率为53%。", "毛利率为53%[5]。"),
        ("毛利率上升", "毛利率上升[5]"),
        ("Sales rose. \n", "Sales rose [5]."),
    ],
)
def test_markers_go_before_the_final_stop(text, shown):
    assert place(text, ["[5]"]) == shown


@given(st.text(max_size=60), st.lists(st.integers(1, 300), min_size=1, max_size=4))
def test_taking_the_markers_out_gives_the_sentence_back(text, numbers):
    if "[" in text or "]" in text:
        return
    markers = [f"[{number}]" for number in numbers]
    placed = place(text, markers)
    assert re.findall(r"\[\d+\]", placed) == list(dict.fromkeys(markers))
    assert re.sub(r"\s", "", re.sub(r"\[\d+\]", "", placed)) == re.sub(r"\s", "", text)


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 4)), max_size=12))
def test_every_bracket_belongs_to_a_citation_and_every_quote_is_a_slice(picks):
    drafts = [Draft("Sales rose.", (evidence(name, ordinal, [ordinal + 1, 50]),)) for name, ordinal in picks]
    sentences, citations = cite(drafts)
    for sentence in sentences:
        shown = re.findall(r"\[[^\]]+\]", sentence.text)
        own = [
            bracket for index in sentence.citations for bracket in re.findall(r"\[[^\]]+\]", citations[index].marker)
        ]
        assert shown == own
    assert len({citation.passage_id for citation in citations}) == len(citations)
    by_id = {e.passage.id: e.passage for draft in drafts for e in draft.evidence}
    for citation in citations:
        assert citation.quote == by_id[citation.passage_id].text[citation.start : citation.end]
