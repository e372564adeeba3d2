"""What the page shows, as text: chips, statuses, refusals, sources, proof; and that nothing from outside comes to life."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from urllib.parse import quote as url_quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from quay_samples import EN, HOSTILE, OTHER, REPORT, ZH, citation, passage, plain_answer, turn

from rag.types import Answer, Diagnostics, Evidence, Sentence
from ui import source
from ui.render import turn_html, welcome_html
from ui.turns import dump, load


class Seen(HTMLParser):
    """Every tag with its attributes, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def links(html: str) -> list[dict[str, str | None]]:
    return [attributes for tag, attributes in Seen(html).tags if tag == "a"]


# ---------------------------------------------------------------- chips


def test_a_citation_is_a_link_to_its_passage_and_characters() -> None:
    (chip, again) = links(turn_html(turn(plain_answer()), EN))
    assert chip["href"] == f"#cite/k1/0/{REPORT.id[:16]}-00000/0-15" == again["href"]
    assert chip["title"] == "Harbour cranes: orders turn · NORTH QUAY · 2025-05-06 · mark 5"


def test_every_bracket_of_a_marker_is_a_chip_of_its_own() -> None:
    said = "Orders rose [5][64]."
    answer = Answer("q", said, (Sentence(said, (0,)),), (citation(REPORT, "Orders rose", "[5][64]", numbers=(5, 64)),))
    html = turn_html(turn(answer), EN)
    assert html.count(">[5]</a>") == html.count(">[64]</a>") == 2  # in the sentence and in the source list
    assert "mark 5, 64" in html


def test_two_citations_with_the_same_bracket_are_taken_in_turn() -> None:
    said = "First and second [5][5]."
    cited = (citation(REPORT, "First", "[5]", 0), citation(REPORT, "second", "[5]", 1))
    html = turn_html(turn(Answer("q", said, (Sentence(said, (0, 1)),), cited)), EN)
    assert [chip["href"].split("/")[2] for chip in links(html)[:2]] == ["0", "1"]  # type: ignore[union-attr]


def test_a_bracket_that_is_no_citation_stays_text() -> None:
    said = "In [2024] orders rose [5]."
    answer = Answer("q", said, (Sentence(said, (0,)),), (citation(REPORT, "Orders rose", "[5]"),))
    html = turn_html(turn(answer), EN)
    assert "In [2024] orders rose" in Seen(html).text
    assert [link["href"] for link in links(html)] == [f"#cite/k1/0/{REPORT.id[:16]}-00000/0-11"] * 2


def test_several_reports_are_listed_under_their_letters() -> None:
    text = "Up [A5].\nDown [B7]."
    cited = (citation(REPORT, "Up", "[A5]"), citation(OTHER, "Down", "[B7]", numbers=(7,)))
    html = turn_html(turn(Answer("q", text, (Sentence("Up [A5].", (0,)), Sentence("Down [B7].", (1,))), cited)), EN)
    assert html.index('<b class="letter">A</b>') < html.index('<b class="letter">B</b>')
    assert "reports dated 2025-05-06 to 2025-06-01" in html
    assert 'id="src-k1-0"' in html and 'id="src-k1-1"' in html


def test_sentences_missing_from_the_text_are_still_shown() -> None:
    answer = replace(plain_answer(), text="something else")
    assert "Orders rose 12%" in Seen(turn_html(turn(answer), EN)).text


# ---------------------------------------------------------------- layout


def test_lists_headings_and_bold_are_laid_out() -> None:
    text = "### Outlook\n- One [5].\n- Two [5].\n1. Three\n**Note** well"
    sentences = (Sentence("One [5].", (0,)), Sentence("Two [5].", (0,)))
    html = turn_html(turn(Answer("q", text, sentences, (citation(REPORT, "One", "[5]"),), answerer="llm")), EN)
    assert "<h4>Outlook</h4><ul><li>" in html and '<ol start="1"><li>Three</li></ol>' in html
    assert "<strong>Note</strong> well" in html


@pytest.mark.parametrize(
    "text",
    [
        "| Year | Orders |\n|---|---|\n| 2024 | 12 [5] |\n| 2025 | 15 [5] |",
        "Year | Orders\n2024 | 12 [5]\n2025 | 15 [5]",
    ],
)
def test_tables_have_a_head_and_cells_with_chips(text: str) -> None:
    lines = [line for line in text.split("\n") if "[5]" in line]
    sentences = tuple(Sentence(line, (0,)) for line in lines)
    html = turn_html(turn(Answer("q", text, sentences, (citation(REPORT, "x", "[5]"),))), EN)
    tags = [tag for tag, _ in Seen(html).tags]
    assert (tags.count("th"), tags.count("td"), tags.count("table")) == (2, 4, 1)
    assert len([link for link in links(html) if "title" in link]) == 2
    assert "act-table-csv-k1" in html


def test_the_day_of_a_side_is_not_broken() -> None:
    text = "| Company | Orders |\n|---|---|\n| Amber (2025-01-04) | 12 [5] |"
    said = (Sentence(text.split("\n")[2], (0,)),)
    html = turn_html(turn(Answer("q", text, said, (citation(REPORT, "x", "[5]"),))), EN)
    assert 'Amber <span class="day">(2025-01-04)</span>' in html


def test_one_line_with_a_bar_is_not_a_table() -> None:
    assert "<table" not in turn_html(turn(plain_answer("Harbour | Quay report")), EN)


# ---------------------------------------------------------------- trust


def test_an_unsupported_sentence_says_so_in_words() -> None:
    answer = Answer("q", "Sure thing.", (Sentence("Sure thing.", (), "unsupported", reason="nothing cited"),))
    html = turn_html(turn(answer), EN)
    assert '<span class="tag unsupported">not supported by the reports</span>' in html
    assert '<span class="reason">nothing cited</span>' in html
    assert "0 of 1 sentences supported" in html


@pytest.mark.parametrize("row", ["| Amber | 12 [5] |", "Amber | 12 [5]"])
def test_a_row_of_a_table_that_is_in_doubt_says_so_in_its_last_cell(row: str) -> None:
    said = (Sentence(row, (0,), "partly", reason="Its wording is another."),)
    answer = Answer("q", f"Company | Orders\n{row}", said, (citation(REPORT, "x", "[5]"),))
    html = turn_html(turn(answer), EN)
    assert html.count('class="tag partly"') == 1 and "Its wording is another" in html.split("<td>")[-1]


def test_a_figure_that_is_not_in_the_source_is_marked() -> None:
    said = "Orders rose 12% to 15.5 million [5]."
    sentence = Sentence(said, (0,), "partly", ("15.5 million",))
    answer = Answer(
        "q",
        said,
        (sentence,),
        (citation(REPORT, "Orders rose 12%", "[5]"),),
        diagnostics=Diagnostics(figures=2, figures_found=1),
    )
    html = turn_html(turn(answer), EN)
    assert 'class="figure" title="This figure was not found in the cited passages">15.5 million</mark>' in html
    assert '<span class="doubt">1 of 2 figures found in the cited passages</span>' in html
    assert "partly supported" in html


def test_a_growing_answer_shows_no_verdicts_yet() -> None:
    answer = Answer("q", "Sure.", (Sentence("Sure.", (), "unsupported"),))
    html = turn_html(turn(answer, "running"), EN)
    assert "Sure." in html and "unsupported" not in html and "trust" not in html and "actions" not in html


def test_who_spoke_and_as_of_when() -> None:
    answer = plain_answer()
    assert "quoted from the reports, no model" in turn_html(turn(answer), EN)
    written = replace(answer, answerer="llm", diagnostics=Diagnostics(model="m-1", dropped_markers=2))
    html = turn_html(turn(written), EN)
    assert "written by m-1" in html and "2 unknown markers removed" in html and "as of 2025-05-06" in html


def test_what_a_model_read_wrote_and_cost() -> None:
    spent = Diagnostics(model="m-1", tokens_in=12_345, tokens_out=67, cost=0.01234)
    answer = replace(plain_answer(), answerer="llm", diagnostics=spent)
    shown = Seen(turn_html(turn(answer), EN)).text
    assert "12,345 tokens read, 67 written" in shown and "cost 0.0123" in shown
    again = load(json.loads(json.dumps(dump(turn(answer)))))
    assert again is not None and turn_html(again, EN) == turn_html(turn(answer), EN)
    refusal = Answer("q", "No.", refused=True, answerer="llm", diagnostics=spent)
    assert "12,345 tokens read" in Seen(turn_html(turn(refusal), EN)).text
    assert "tokens" not in Seen(turn_html(turn(plain_answer()), EN)).text


def test_the_places_that_a_note_names_open_like_citations() -> None:
    note = "Other brokers: Hold (NORTH QUAY, 2025-05-06, [5][64]); 156 (海桥证券, 2025-06-01, p. 12, 14); 7 (x, [5])."
    html = turn_html(turn(replace(plain_answer(), notes=(note,))), EN)
    targets = [link["href"] for link in links(html) if (link["href"] or "").startswith("#place/")]
    who = url_quote("海桥证券")
    assert targets == [
        "#place/NORTH%20QUAY/2025-05-06/mark/5",
        "#place/NORTH%20QUAY/2025-05-06/mark/64",
        f"#place/{who}/2025-06-01/page/12",
        f"#place/{who}/2025-06-01/page/14",
    ]
    assert "7 (x, [5])." in Seen(html).text


def test_the_reason_of_a_doubt_is_there_to_read() -> None:
    answer = plain_answer()
    doubted = replace(answer.sentences[0], status="partly", reason="Its wording is another.")
    assert (
        "partly supportedIts wording is another."
        in Seen(turn_html(turn(replace(answer, sentences=(doubted,))), EN)).text
    )


def test_what_is_known_early_is_shown_early() -> None:
    """The question as it is searched, and the notes, do not wait for the end of the answer."""
    answer = Answer(
        "and its capex?", "", resolved="What is X's capex?", notes=("No report of May; all were searched.",)
    )
    for growing in (answer, replace(plain_answer(), resolved=answer.resolved, notes=answer.notes)):
        shown = Seen(turn_html(turn(growing, "running"), EN)).text
        assert "What is X's capex?" in shown and "No report of May" in shown and "supported" not in shown


def test_a_refusal_looks_like_one_and_offers_the_nearest_passages() -> None:
    near = tuple(Evidence(passage(REPORT, f"text {n}", n, (n,)), REPORT, 0.3) for n in range(1, 9))
    answer = Answer("q", "The reports do not cover this.", evidence=near, refused=True)
    html = turn_html(turn(answer), EN)
    assert 'class="card refusal"' in html and "Not covered by the reports" in html and "not an answer" in html
    assert len(links(html)) == 5 and "text 5" in html and "text 6" not in html
    assert "trust" not in html and "act-copy-md" not in html
    assert "研报未涉及" in turn_html(turn(answer), ZH)


def test_failed_stopped_and_waiting_turns_say_what_they_are() -> None:
    assert 'role="alert"' in turn_html(turn(None, "failed", error="The key is wrong."), EN)
    assert "The key is wrong." in turn_html(turn(None, "failed", error="The key is wrong."), EN)
    assert "Searching" in turn_html(turn(None, "running"), EN)
    assert "Stopped before" in turn_html(turn(plain_answer(), "stopped"), EN)


def test_a_completed_follow_up_shows_how_it_was_understood() -> None:
    answer = replace(plain_answer(), question="and 2025?", resolved="What were orders in 2025?")
    assert "What were orders in 2025?" in turn_html(turn(answer), EN)


# ---------------------------------------------------------------- nothing from outside comes to life


_TAGS = {
    "a b blockquote br button dd details div dl dt em figure h2 h3 h4 header article i img li mark ol p q span strong "
    "summary table tbody td th thead tr ul"
}
ALLOWED = frozenset(next(iter(_TAGS)).split())


def check_harmless(html: str) -> None:
    assert "\n" not in html, "Markdown would take a line break for the end of the HTML block"
    for char in "`${}\\\x00\x1b\u202e":
        assert char not in html
    for tag, attributes in Seen(html).tags:
        assert tag in ALLOWED, tag
        for name, value in attributes.items():
            assert not name.startswith("on") and name != "style", (name, value)
            if name == "href":
                assert value and value.startswith(("#cite/", "#place/", "/file/")), value
            if name == "src":
                assert value and value.startswith("/page/"), value


def everything(text: str) -> list[str]:
    """All that the page shows of one text, wherever it may come from."""
    report = replace(REPORT, title=text, broker=text, rating=text, companies=(text,), warnings=(text,))
    sentence = Sentence(f"{text} [5].", (0,), "partly", (text, "12%"), text)
    answer = Answer(
        text,
        f"{text} [5].\n- {text}",
        (sentence,),
        (citation(report, text, "[5]"),),
        answerer="llm",
        resolved=text + "?",
        notes=(text, f"Others differ: 5 ({text}, 2025-01-02, [1][2])."),
        diagnostics=Diagnostics(model=text, figures=1),
    )
    near = (Evidence(passage(report, text), report, 0.1),)
    refusal = Answer(text, text, evidence=near, refused=True, notes=(text,))
    passages = (passage(report, text), replace(passage(report, text, 1), section=(text, text), searchable=False))
    target = source.Target(passages[0].id, 0, 3)
    sheet = source.Sheet(2, 9, ())
    return [
        turn_html(turn(answer, follow_ups=(text,)), EN),
        turn_html(turn(answer, "running"), EN),
        turn_html(turn(refusal), EN),
        turn_html(turn(None, "failed", error=text), EN),
        welcome_html((text,), True, EN),
        source.proof(report, passages, target, EN),
        source.reading(report, passages, EN, sheet),
        source.missing(text, EN),
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_text(text: str) -> None:
    for html in everything(text):
        check_harmless(html)


@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("<>&\"'`[](){}$!|*#-_:/\n"), max_size=60))
def test_any_text_stays_text(text: str) -> None:
    for html in everything(text):
        check_harmless(html)


def test_the_reader_sees_the_hostile_text_as_written() -> None:
    shown = Seen(source.proof(REPORT, (passage(REPORT, HOSTILE[0]),), source.Target("x", 0, 1), EN)).text
    assert "does not lead to a passage" in shown
    shown = Seen(source.reading(REPORT, (passage(REPORT, HOSTILE[0]),), EN)).text
    assert HOSTILE[0] in shown


# ---------------------------------------------------------------- proof


def test_the_quote_is_marked_in_its_passage_among_its_neighbours() -> None:
    rows = tuple(passage(REPORT, f"Statement number {n} here", n, (n,), start=100 * n) for n in range(100))
    html = source.proof(REPORT, rows, source.Target(rows[50].id, 0, 9), EN)
    assert "<mark>Statement</mark> number 50 here" in html and html.count("<mark>") == 1
    assert "number 10 here" in html and "number 9 here" not in html and "number 90 here" in html
    assert "10 earlier passages" in html and "9 later passages" in html
    assert "Harbour cranes: orders turn" in html and "NORTH QUAY · 2025-05-06" in html and ">Orders</h3>" in html


def test_a_span_outside_the_passage_marks_the_whole_of_it() -> None:
    row = passage(REPORT, "Short", start=10)
    assert "<mark>Short</mark>" in source.proof(REPORT, (row,), source.Target(row.id, 400, 500), EN)


def test_a_quoted_row_of_a_table_is_marked_cell_by_cell() -> None:
    text = "Key figures\nBank | 2023 | 2024\n--- | --- | ---\nOst | 11.2% | 49%\nNord | 15.8% | 41%"
    row = passage(REPORT, text)
    start = text.index("Ost")
    html = source.proof(REPORT, (row,), source.Target(row.id, start, start + len("Ost | 11.2% | 49%")), EN)
    assert "<tr><td><mark>Ost</mark></td><td><mark>11.2%</mark></td><td><mark>49%</mark></td></tr>" in html
    assert "<div>Key figures</div>" in html and "<tr><td>Nord</td><td>15.8%</td><td>41%</td></tr>" in html
    assert "---" not in html, "the rule below a table's head is no row"
    whole = source.proof(REPORT, (row,), source.Target(row.id, 0, len(text)), EN)
    assert "<div><mark>Key figures</mark></div>" in whole and whole.count("<mark>") == 10


def test_boxes_are_places_on_the_page() -> None:
    row = passage(REPORT, "Short")
    sheet = source.Sheet(3, 12, ((0.1, 0.25, 0.5, 0.02),))
    html = source.proof(REPORT, (row,), source.Target(row.id, 0, 5), EN, sheet)
    assert 'style="left:10.000%;top:25.000%;width:50.000%;height:2.000%"' in html
    assert f'src="/page/{REPORT.id}/3.png"' in html and 'data-cited="3"' in html and 'alt="Page 3, Harbour' in html


def test_a_citation_of_a_removed_report_keeps_its_quote() -> None:
    assert "<blockquote>Orders rose</blockquote>" in source.missing("Orders rose", EN)


def test_what_is_not_covered_is_said_once() -> None:
    answer, note = plain_answer(), "Not covered by the reports: dividend."
    html = turn_html(turn(replace(answer, text=f"{answer.text}\n{note}", notes=(note,))), EN)
    said, below = html.split('<ul class="notes">')
    assert note not in said and "Orders rose 12%" in said
    assert note in below
