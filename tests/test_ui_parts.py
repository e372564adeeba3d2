"""The page's parts without a page: guard, library list, exports, feedback, uploads, example questions."""

from __future__ import annotations

import base64
import csv
import io
import json
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rag import Library
from rag.errors import InputError
from rag.suggest import follow_ups, suggest
from rag.types import AddResult, Answer, Citation, Locator, Passage, Report, Sentence
from ui import chat, export, feedback, library_panel, word
from ui.desk import Desk, parse_day, target_of
from ui.guard import COOKIE, Guard, Policy, host_allowed
from ui.i18n import texts
from ui.turns import Turn

EN, ZH = texts("en"), texts("zh")


def report(number: int, **fields: Any) -> Report:
    base = Report(
        id=f"{number:02x}" * 32,
        title=f"Report {number}",
        file=f"folder/r{number}.txt",
        kind="text",
        language="en",
        broker=f"BROKER {number % 2}",
        date=date(2025, 1, number),
        companies=("Quayside",) if number % 2 else ("起重机集团",),
    )
    return replace(base, **fields)


def passage(of: Report, ordinal: int, text: str, section: tuple[str, ...], language: str = "en") -> Passage:
    return Passage(
        f"{of.id[:16]}-{ordinal:05d}", of.id, ordinal, text, 0, len(text), "statement", Locator("mark", (ordinal + 1,)),
        ordinal + 1, section, language=language,  # type: ignore[arg-type]
    )  # fmt: skip


# ---------------------------------------------------------------- guard


class Reply:
    def __init__(self) -> None:
        self.status, self.headers, self.body = 0, {}, b""

    async def send(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = {name.decode(): value.decode() for name, value in message["headers"]}
        self.body += message.get("body", b"")


async def inside(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"inside"})


async def visit(guard: Guard, path: str = "/", method: str = "GET", body: bytes = b"", **headers: str) -> Reply:
    reply = Reply()
    path, _, query = path.partition("?")
    sent = {"host": "127.0.0.1:7860"} | {name.replace("_", "-"): value for name, value in headers.items()}
    scope = {
        "type": "http", "method": method, "path": path, "query_string": query.encode(), "client": ("10.0.0.9", 5), "scheme": "http",
        "headers": [(name.encode(), value.encode()) for name, value in sent.items()],
    }  # fmt: skip

    async def receive() -> Any:
        return {"type": "http.request", "body": body}

    await guard(scope, receive, reply.send)
    return reply


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1:7860", True),
        ("localhost", True),
        ("[::1]:7860", True),
        ("192.168.1.20:7860", True),
        ("chat.firm.example", True),
        ("CHAT.firm.example:443", True),
        ("evil.example", False),
        ("127.0.0.1.evil.example", False),
        ("", False),
    ],
)
def test_only_known_names_are_answered(host: str, allowed: bool) -> None:
    assert host_allowed(host, ["chat.firm.example"]) is allowed


async def test_a_foreign_host_and_a_foreign_origin_are_turned_away() -> None:
    guard = Guard(inside, Policy())
    assert (await visit(guard, host="evil.example")).status == 400
    assert (await visit(guard, method="POST", origin="http://evil.example")).status == 403
    assert (await visit(guard, method="POST", origin="http://127.0.0.1:7860")).status == 200
    assert (await visit(guard, method="POST")).status == 200


async def test_every_answer_carries_the_security_headers() -> None:
    for guard, path in ((Guard(inside, Policy()), "/"), (Guard(inside, Policy(password="x")), "/")):
        reply = await visit(guard, path)
        policy = reply.headers["content-security-policy"]
        assert (
            "default-src 'self'" in policy
            and "frame-ancestors 'none'" in policy
            and "img-src 'self' data: blob:" in policy
        )
        assert reply.headers["x-content-type-options"] == "nosniff"


async def test_uploads_are_bounded_and_closed_when_read_only() -> None:
    guard = Guard(inside, Policy(upload_bytes=1000))
    upload = "/gradio_api/upload"
    assert (await visit(guard, upload, "POST", content_length="1000")).status == 200
    assert (await visit(guard, upload, "POST", content_length="1001")).status == 413
    assert (await visit(guard, upload, "POST")).status == 411
    assert (await visit(Guard(inside, Policy(read_only=True)), upload, "POST", content_length="5")).status == 403


async def test_a_password_is_asked_for_and_a_session_lets_in() -> None:
    guard = Guard(inside, Policy(password="open sesame"))
    asked = await visit(guard, "/?q=x", accept="text/html", accept_language="zh-CN")
    assert asked.status == 401 and "密码" in asked.body.decode() and 'value="/?q=x"' in asked.body.decode()
    wrong = await visit(guard, "/login", "POST", b"secret=no", accept="text/html")
    assert wrong.status == 401 and 'role="alert"' in wrong.body.decode()
    right = await visit(guard, "/login", "POST", b"secret=open+sesame&next=%2F%3Fq%3Dx")
    cookie = right.headers["set-cookie"]
    assert right.status == 303 and right.headers["location"] == "/?q=x"
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie and cookie.startswith(COOKIE)
    assert (await visit(guard, "/config", cookie=cookie.split(";")[0])).body == b"inside"
    assert (await visit(guard, "/config", cookie=cookie.split(";")[0] + "0")).status == 401
    assert (await visit(guard, "/config", cookie=f"{COOKIE}=99999999999.abc")).status == 401


async def test_a_name_and_password_work_for_programs() -> None:
    guard = Guard(inside, Policy(password="ann:pass:word"))
    given = base64.b64encode(b"ann:pass:word").decode()
    assert (await visit(guard, "/config", authorization=f"Basic {given}")).status == 200
    other = base64.b64encode(b"bob:pass:word").decode()
    assert (await visit(guard, "/config", authorization=f"Basic {other}")).status == 401
    for broken in ("Basic %%%", "Bearer x", "Basic " + base64.b64encode(b"\xff\xfe").decode()):
        assert (await visit(guard, "/config", authorization=broken)).status == 401


async def test_after_wrong_passwords_even_the_right_one_has_to_wait() -> None:
    guard = Guard(inside, Policy(password="right"))
    for _ in range(5):
        assert (await visit(guard, "/login", "POST", b"secret=guess")).status == 401
    reply = await visit(guard, "/login", "POST", b"secret=right")
    assert reply.status == 429 and int(reply.headers["retry-after"]) >= 1


@pytest.mark.parametrize("after", ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nset-cookie:x"])
async def test_signing_in_leads_nowhere_else(after: str) -> None:
    from urllib.parse import quote

    reply = await visit(Guard(inside, Policy(password="x")), "/login", "POST", f"secret=x&next={quote(after)}".encode())
    assert reply.status == 303 and reply.headers["location"] == "/"


async def test_the_language_of_the_page_follows_the_browser_unless_asked_otherwise() -> None:
    guard = Guard(inside, Policy())
    chinese = {"accept": "text/html", "accept_language": "zh-CN,zh;q=0.9"}
    reply = await visit(guard, "/?q=a%20b", **chinese)
    assert reply.status == 307 and reply.headers["location"] == "/zh/?q=a%20b"
    assert (await visit(guard, "/?lang=en", **chinese)).status == 200
    assert (await visit(guard, "/", accept="text/html", accept_language="en")).status == 200
    assert (await visit(guard, "/config", **chinese)).status == 200


# ---------------------------------------------------------------- library list


def test_search_and_filters_narrow_and_sorts_order() -> None:
    reports = [report(n) for n in range(1, 6)] + [report(9, date=None, title="Undated", broker=None)]

    def titles(**filters: Any) -> list[str]:
        return [r.title for r in library_panel.matching(reports, library_panel.Filters(**filters))]

    assert titles() == ["Report 5", "Report 4", "Report 3", "Report 2", "Report 1", "Undated"]
    assert titles(sort="oldest")[:2] == ["Report 1", "Report 2"]
    assert titles(sort="broker") == ["Report 4", "Report 2", "Report 5", "Report 3", "Report 1", "Undated"]
    assert titles(search="broker 1 report") == ["Report 5", "Report 3", "Report 1"]
    assert titles(search="起重机") == ["Report 4", "Report 2"]
    assert titles(search="r3") == ["Report 3"]
    assert titles(company="Quayside", since=date(2025, 1, 3)) == ["Report 5", "Report 3"]
    assert titles(until=date(2025, 1, 1)) == ["Report 1"]
    assert titles(language="zh") == [] and titles(broker="BROKER 0") == ["Report 4", "Report 2"]


def test_the_list_says_how_many_there_are_and_which_are_chosen() -> None:
    reports = [report(n) for n in range(1, 4)]
    html = library_panel.list_html(reports, 3, {reports[1].id}, EN)
    assert "3 reports" in html and html.count("checked>") == 1 and html.count('class="report on"') == 1
    assert "2 of 3 reports" in library_panel.list_html(reports[:2], 3, (), EN)
    assert "No reports yet" in library_panel.list_html([], 0, (), EN)
    assert "没有符合条件的研报" in library_panel.list_html([], 3, (), ZH)
    many = [report(n % 28 + 1, id=f"{n:064x}") for n in range(250)]
    assert "50 more" in library_panel.list_html(many, 250, (), EN)


def test_uploads_show_progress_and_the_reason_of_each_failure() -> None:
    rows = (
        library_panel.Upload("a.txt", AddResult("a.txt", "added", report(1, warnings=("Page 3 has no text.",)))),
        library_panel.Upload("b.bin", AddResult("b.bin", "failed", message="b.bin is a <binary>.")),
        library_panel.Upload("c.txt", reading=True),
        library_panel.Upload("d.txt"),
    )
    html = library_panel.uploads_html(rows, EN)
    assert "Adding 3 of 4" in html and 'value="2"' in html and "b.bin is a &lt;binary&gt;." in html
    assert "Page 3 has no text." in html and "reading…" in html and "waiting" in html
    assert "Adding" not in library_panel.uploads_html(rows[:2], EN)


# ---------------------------------------------------------------- desk


@pytest.mark.parametrize(
    ("href", "found"),
    [
        ("#cite/k/0/abc-00001/3-9", True),
        ("#cite/k/0/abc-00001/3-x", False),
        ("#cite/k/0/abc/-1-9", False),
        ("http://x/#cite/k/0/abc/3-9", False),
        ("#cite/k/0/../../etc/passwd/3-9", False),
        ("", False),
    ],
)
def test_only_the_address_of_a_citation_is_one(href: str, found: bool) -> None:
    assert (target_of({"href": href}) is not None) is found


def test_a_citation_opens_its_place_and_a_wrong_one_says_so(seed_library: Library) -> None:
    desk = Desk(seed_library)
    cited = seed_library.ask("What rating is given?").citations[0]
    html = desk.proof({"href": f"#cite/k/0/{cited.passage_id}/{cited.start}-{cited.end}"}, EN)
    assert f"<mark>{export.visible(cited.quote).replace(chr(34), '&quot;')}</mark>" in html and "GUOTAI HAITONG" in html
    assert "gone" in desk.proof({"href": "#cite/k/0/nothere-00001/0-4", "quote": "gone"}, EN)
    assert "does not lead to" in desk.proof({"href": "javascript:x"}, EN)


def test_files_are_added_one_by_one_and_bad_ones_say_why(library: Library, tmp_path: Path, seeds: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_bytes(next(seeds.glob("*.txt")).read_bytes())
    files = {"empty.txt": b"", "program.exe": b"MZ", "binary.txt": bytes(range(256)) * 20}
    files["again.txt"] = good.read_bytes()
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    paths = [str(tmp_path / name) for name in ("empty.txt", "good.txt", "program.exe", "binary.txt", "again.txt")]
    *_, last = Desk(library).add(paths, EN)
    assert [row.result.status for row in last if row.result] == ["failed", "added", "failed", "failed", "unchanged"]
    messages = [row.result.message for row in last if row.result and row.result.status == "failed"]
    assert all(messages) and ".exe" in messages[1] and len(library.reports()) == 1
    assert not [path for path in paths if Path(path).exists()], "uploaded copies do not stay"


def test_after_closing_nothing_more_is_added(library: Library, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Title\n\nText of a report.", "utf-8")
    desk = Desk(library)
    rows = desk.add([str(tmp_path / "a.md")], EN)
    next(rows)
    desk.close(1.0)
    *_, last = rows
    assert last[0].result is not None and last[0].result.status == "failed"


def test_metadata_can_be_corrected_and_wrong_values_are_refused(library: Library, seeds: Path) -> None:
    desk = Desk(library)
    (added,) = [result.report for result in library.add_many([seeds])]
    assert added is not None
    values = library_panel.form_values(added) | {
        "title": "New",
        "broker": "",
        "date": "2026-03-01",
        "companies": "A, B",
    }
    desk.edit(added.id, values)
    changed = library.report(added.id)
    assert {f.name for f in changed.provenance if f.source == "user"} == {"title", "broker", "date", "companies"}
    assert next(f for f in changed.provenance if f.name == "rating").quote, "what was left alone keeps its place"
    assert (changed.title, changed.broker, changed.date, changed.companies) == (
        "New",
        None,
        date(2026, 3, 1),
        ("A", "B"),
    )
    for wrong in ({"title": " "}, {"date": "soon"}):
        with pytest.raises(InputError):
            desk.edit(added.id, values | wrong)
    assert parse_day("") is None


# ---------------------------------------------------------------- a question's way


class Asked:
    """A library with one report whose stream is a list that the test sets; keeps what it was asked."""

    def __init__(self, answers: list[Answer | Exception]) -> None:
        self.answers, self.calls = answers, []

    def reports(self) -> list[Report]:
        return [report(1)]

    def passages(self, report_id: str) -> tuple[Passage, ...]:
        return (passage(report(1), 0, "Orders rose.", ("Orders",)), passage(report(1), 1, "Risks fell.", ("Risks",)))

    def stream(self, question: str, **options: Any) -> Any:
        self.calls.append((question, options))
        for answer in self.answers:
            if isinstance(answer, Exception):
                raise answer
            yield answer


def test_a_turn_grows_and_ends_with_follow_ups() -> None:
    parts = [Answer("q", "One."), Answer("q", "One. Two.")]
    library = Asked(list(parts))
    before = (Turn("a", "first?", parts[0], "done"), Turn("b", "broken?", None, "failed"))
    grown = list(chat.grow(library, before, "q", [report(1).id, "unknown"], EN))
    assert [turn.state for turn in grown] == ["running", "running", "running", "done"]
    assert grown[0].answer is None and grown[-1].answer == parts[1] and grown[-1].follow_ups
    assert library.calls == [("q", {"history": ("first?",), "reports": (report(1).id,)})]
    assert len({turn.key for turn in grown}) == 1


def test_our_errors_are_shown_and_others_are_only_logged(caplog: pytest.LogCaptureFixture) -> None:
    *_, shown = chat.grow(Asked([InputError("Too long: shorten it.")]), (), "q", [], EN)
    assert shown.state == "failed" and shown.error == "Too long: shorten it."
    *_, hidden = chat.grow(Asked([RuntimeError("secret detail")]), (), "q", [], EN)
    assert hidden.state == "failed" and "secret" not in hidden.error and "secret detail" in caplog.text


def test_editing_and_stopping_cut_the_conversation() -> None:
    turns = (Turn("a", "1", None, "done"), Turn("b", "2", None, "done"), Turn("c", "3", None, "running"))
    assert [turn.key for turn in chat.up_to(turns, "b")] == ["a"]
    assert chat.up_to(turns, "zz") == turns
    assert [turn.state for turn in chat.stopped(turns)] == ["done", "done", "stopped"]


# ---------------------------------------------------------------- leaving the page


def answer_of(text: str, *cited: Citation) -> Answer:
    sentences = tuple(
        Sentence(line, tuple(i for i, c in enumerate(cited) if c.marker in line)) for line in text.split("\n")
    )
    return Answer("q", text, sentences, cited)


def cite(number: int, quote: str, ordinal: int) -> Citation:
    of = report(1)
    return Citation(f"[{number}]", of, f"{of.id[:16]}-{ordinal:05d}", Locator("page", (number,)), quote, 0, len(quote))


def test_markdown_has_a_footnote_for_every_place() -> None:
    turn = Turn("k", "Why *so*?", answer_of("Up 5% [4].\nDown [4].", cite(4, "up", 0)), "done")
    assert export.markdown(turn, EN).splitlines() == [
        "Up 5% [^4].",
        "Down [^4].",
        "",
        "[^4]: BROKER 1, Report 1, 2025-01-01, page 4: “up”",
    ]
    two = Turn(
        "k",
        "q",
        Answer("q", "Both [4][4].", (Sentence("Both [4][4].", (0, 1)),), (cite(4, "a", 0), cite(4, "b", 1))),
        "done",
    )
    assert "Both [^4][^4x2]." in export.markdown(two, EN) and "[^4x2]: " in export.markdown(two, EN)
    whole = export.conversation_markdown([turn, two], EN)
    assert "## Why \\*so\\*?" in whole and "[^1-4]:" in whole and "[^2-4]:" in whole


def test_nothing_of_a_report_acts_as_markdown() -> None:
    text = "![x](http://evil.example) <b>bold</b> [^9] `code`"
    turn = Turn("k", text, answer_of(text), "done")
    for made in (export.markdown(turn, EN), export.conversation_markdown([turn], EN)):
        assert "\\!\\[x\\](http://evil.example)" in made and "\\<b\\>" in made and "\\[^9\\]" in made


def test_plain_text_keeps_the_markers_and_lists_the_sources() -> None:
    text = export.plain(Turn("k", "q", answer_of("Up [4].", cite(4, "up by a lot", 0)), "done"), EN)
    assert text == "Up [4].\n\nSources\n[4] BROKER 1, Report 1, 2025-01-01, page 4: “up by a lot”"


def test_tables_leave_as_markdown_and_as_cells_without_formulas() -> None:
    answer = answer_of("Name | Value\n=1+1 | -5.2%\n@x | [4]", cite(4, "q", 0))
    rows = list(csv.reader(io.StringIO(export.tables_csv(answer).decode("utf-8-sig"))))
    assert rows == [["Name", "Value"], ["'=1+1", "-5.2%"], ["'@x", "[4]"]]
    assert "| Name | Value |\n| --- | --- |\n" in export.markdown(Turn("k", "q", answer, "done"), EN)


def test_a_word_document_has_headings_markers_and_footnotes() -> None:
    hostile = "Up \x00<w:evil/> & [4].\n- Down [4]."
    answer = answer_of(hostile, cite(4, "quote & <b>", 0))
    refusal = Turn("r", "And?", Answer("q", "Not covered.", refused=True), "done")
    data = word.document([Turn("k", "Why?\nReally", answer, "done"), refusal, Turn("x", "running?")], EN)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: ET.fromstring(archive.read(name)) for name in archive.namelist()}
    spaces = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
    body = parts["word/document.xml"]
    lines = ["".join(t.text or "" for t in p.iterfind(".//w:t", spaces)) for p in body.iterfind(".//w:p", spaces)]
    assert lines == [
        "Report Chat",
        "Why? Really",
        "Up <w:evil/> & [4].",
        "• Down [4].",
        "And?",
        "Not covered.",
        EN["nearest"],
    ]
    assert len(body.findall(".//w:footnoteReference", spaces)) == 1
    notes = "".join(t.text or "" for t in parts["word/footnotes.xml"].iterfind(".//w:t", spaces))
    assert notes == " [4] BROKER 1, Report 1, 2025-01-01, page 4: “quote & <b>”"


def test_a_judgement_is_one_line_in_the_form_of_an_eval_case(tmp_path: Path) -> None:
    turn = Turn("k", "Why?", answer_of("Up [4].", cite(4, "up", 0)), "done")
    for verdict in ("right", "wrong_citation"):
        path = feedback.store(tmp_path, feedback.record(turn, [Turn("a", "Before?")], verdict, " too\nlow "))
    first, second = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    assert (first["verdict"], second["verdict"]) == ("right", "wrong_citation")
    assert first["question"] == "Why?" and first["history"] == ["Before?"] and first["comment"] == "too low"
    assert first["docs"] == ["r1"] and first["marks"] == [["r1", [4]]] and first["answer"]["text"] == "Up [4]."
    with pytest.raises(InputError):
        feedback.record(turn, [], "maybe", "")


# ---------------------------------------------------------------- example questions


def test_examples_come_from_the_sections_in_the_language_of_the_report(seed_library: Library) -> None:
    examples = suggest(seed_library, limit=5)
    assert len(examples) == 5 == len(set(examples))
    assert "What investment rating is given?" in examples and "What are the core insights?" in examples
    assert any("2023-2024: Entering the Era of Large Models" in example for example in examples)


def test_every_example_of_the_seed_report_is_answered(seed_library: Library) -> None:
    for example in suggest(seed_library, limit=5):
        assert not seed_library.ask(example).refused, example


class Shelf:
    def __init__(self, *columns: tuple[Report, list[Passage]]) -> None:
        self._columns = {of.id: (of, rows) for of, rows in columns}

    def reports(self) -> list[Report]:
        return [of for of, _ in self._columns.values()]

    def passages(self, report_id: str) -> tuple[Passage, ...]:
        return tuple(self._columns[report_id][1])


def shelf(make: Callable[[Report, int, str, tuple[str, ...], str], Passage] | None = None) -> Shelf:
    chinese = report(2, broker="海桥证券", language="zh", rating="买入", companies=("起重机集团",))
    english = report(1, broker="NORTH QUAY", target_price=21.0, companies=("Quayside",))
    return Shelf(
        (
            chinese,
            [
                passage(chinese, 0, "需求回升。", ("一、需求",), "zh"),
                passage(chinese, 1, "风险。", ("风险提示",), "zh"),
            ],
        ),
        (english, [passage(english, 0, "Orders rose.", ("1. Orders",)), passage(english, 1, "x", ("Disclaimer",))]),
    )


def test_with_several_reports_an_example_says_whose_report_is_meant() -> None:
    examples = suggest(shelf(), limit=10)
    assert "海桥证券对起重机集团的评级是什么？" in examples and "关于“需求”，海桥证券说了什么？" in examples
    assert "What is NORTH QUAY's target price for Quayside?" in examples
    assert 'What does NORTH QUAY say about "Orders"?' in examples
    assert not any("Disclaimer" in example for example in examples)
    assert suggest(shelf(), limit=1, prefer="en")[0].startswith("What")
    assert all("NORTH QUAY" in example for example in suggest(shelf(), reports=[report(1).id]))
    assert suggest(Shelf()) == ()


def test_follow_ups_are_what_was_neither_cited_nor_asked() -> None:
    library = shelf()
    english = library.reports()[1]
    rows = library.passages(english.id)
    answer = answer_of("Up [1].", Citation("[1]", english, rows[0].id, rows[0].locator, "Orders", 0, 6))
    assert follow_ups(library, answer) == ("What is NORTH QUAY's target price for Quayside?",)
    assert follow_ups(library, answer, asked=("What is NORTH QUAY's target price for Quayside?",)) == ()
    assert follow_ups(library, Answer("q", "no", refused=True), limit=2) == suggest(library, limit=2)
