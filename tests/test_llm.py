"""Answers of a model through the real client against a real server: how they grow, how calls fail, what is given then."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Iterator

import pytest
from llm_samples import write_reports
from openai_server import (
    Behaviour,
    OpenAIServer,
    breaks_off,
    event,
    fails,
    hangs,
    never_ends,
    says,
    sends,
)

from rag import Library, Settings
from rag.errors import RagError
from rag.followup import resolve

KEY = "sk-canary-0123456789"
QUESTION = "How much revenue did Brindle Ferries make in Q1 2025?"
GOOD = "Brindle Ferries had revenue of 310 million EUR in the first quarter of 2025 [{0}]."


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A library with two reports, made once; opened anew with each test's settings."""
    home = tmp_path_factory.mktemp("llm")
    with Library.open(Settings.load(rag_home=home / "library", _env_file=None)) as library:
        library.add_many([write_reports(home / "reports")])
    return home / "library"


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch):
    monkeypatch.setattr("rag.provider.PAUSES", (0.0, 0.0))


@pytest.fixture
def server() -> Iterator[OpenAIServer]:
    with OpenAIServer() as running:
        yield running


def opened(folder, server, **settings) -> Library:
    given = {"openai_base_url": server.url, "openai_api_key": KEY, "openai_timeout_seconds": 5.0} | settings
    return Library.open(Settings.load(rag_home=folder, _env_file=None, **given))


def first_about_revenue(text: str = GOOD) -> Behaviour:
    """A reply that cites the passage which holds the revenue."""
    from eval.double import passages

    def reply(messages):
        for item in passages(messages)[1]:
            if "310 million" in item.text:
                return text.replace("{0}", item.id)
        raise AssertionError("the passage is not in the prompt")

    return says(reply)


def test_an_answer_is_written_cited_and_counted(folder, server):
    server.chat = [first_about_revenue()]
    with opened(folder, server, openai_price_in=2.0, openai_price_out=10.0, openai_model="any-name:7b") as library:
        answer = library.ask(QUESTION)
    assert answer.text == "Brindle Ferries had revenue of 310 million EUR in the first quarter of 2025 [4][7]."
    assert (answer.answerer, answer.refused, answer.notes) == ("llm", False, ())
    (citation,) = answer.citations
    assert "310 million EUR" in citation.quote and citation.figures
    assert [sentence.status for sentence in answer.sentences] == ["supported"]
    spent = answer.diagnostics
    assert (spent.model, spent.tokens_in, spent.tokens_out) == ("any-name:7b", 100, 15)
    assert spent.cost == pytest.approx((100 * 2 + 15 * 10) / 1e6)
    assert spent.figures_found == spent.figures > 0
    path, body, authorization = server.requests[0]
    assert (path, body["model"], body["stream"], authorization) == (
        "/v1/chat/completions",
        "any-name:7b",
        True,
        f"Bearer {KEY}",
    )


def test_tokens_are_counted_here_when_the_server_does_not_say(folder, server):
    server.chat = [says(lambda m: "NO ANSWER", usage=False)]
    with opened(folder, server) as library:
        spent = library.ask(QUESTION).diagnostics
    assert spent.tokens_in > 500 and spent.tokens_out == 3 and spent.cost is None
    assert any("o200k_base" in note for note in spent.notes)


def test_evidence_goes_as_data_with_fresh_ids_and_without_native_marks(folder, server):
    with opened(folder, server) as library:
        library.ask(QUESTION)
        library.ask(QUESTION)
    first, second = ((m[0]["content"], m[1]["content"]) for m in server.chats)
    assert "Answer in English" in first[0]
    assert "Broker: NORTHQUAY SECURITIES | Date: 2025-05-12 | Section: Core Insights" in first[1]
    assert "[4]" not in first[1] and "[7]" not in first[1]
    assert first[1] != second[1]  # ids and tags are of one request


def test_the_answer_is_in_the_question_s_language(folder, server):
    with opened(folder, server) as library:
        answer = library.ask("云岭茶业一季度收入是多少?")
    assert "Answer in Chinese" in server.chats[0][0]["content"]
    assert answer.answerer == "llm" and "12.6亿元" in answer.text and answer.citations[0].report.stem == "tea"


def test_it_grows_by_checked_sentences(folder, server):
    first = "Brindle Ferries had revenue of 310 million EUR in the first quarter of 2025 [{0}]. "
    server.chat = [first_about_revenue(first + "Compared with the year before, that revenue was up 12% [{0}].")]
    with opened(folder, server) as library:
        grown = list(library.stream(QUESTION))
    assert sorted({len(answer.sentences) for answer in grown}) in ([0, 1, 2], [1, 2])
    assert all(sentence.status == "supported" for answer in grown for sentence in answer.sentences)
    assert grown[-1].text.startswith(grown[-2].text)


def test_plainly_missing_evidence_never_reaches_the_model(folder, server):
    with opened(folder, server) as library:
        answer = library.ask("What is the weather in Lisbon tomorrow?")
    assert answer.refused and server.requests == []


def test_the_model_s_refusal_is_a_refusal(folder, server):
    server.chat = [says("NO ANSWER: the revenue of Q1 2025")]
    with opened(folder, server) as library:
        answer = library.ask(QUESTION)
    assert answer.refused and answer.citations == () and answer.sentences == () and answer.evidence
    assert "Searched 2 reports" in answer.text and answer.answerer == "llm"


def test_a_part_that_is_not_covered_is_named_in_words_of_the_question(folder, server):
    server.chat = [
        first_about_revenue(GOOD + "\nNOT COVERED: revenue in Q1 2025 of PWNED http://evil.example"),
        first_about_revenue(GOOD + "\nNOT COVERED: revenue Q1"),
    ]
    with opened(folder, server) as library:
        strange, plain = library.ask(QUESTION), library.ask(QUESTION)
    assert strange.notes == ("The passages cover only a part of the question.",)
    assert plain.notes == ("Not covered by the passages: revenue Q1.",)


WRONG = "Brindle Ferries had revenue of 410 million EUR in the first quarter of 2025 [{0}]."


def test_a_draft_that_fails_is_asked_once_more_with_the_reasons(folder, server):
    server.chat = [first_about_revenue(WRONG), first_about_revenue()]
    with opened(folder, server) as library:
        grown = list(library.stream(QUESTION))
    answer = grown[-1]
    assert answer.answerer == "llm" and "310" in answer.text and answer.notes == ()
    assert "410 million" in server.chats[1][-1]["content"] and server.chats[1][-2]["role"] == "assistant"
    assert any("asked once more" in note for growing in grown for note in growing.notes)
    for growing in grown:
        assert all("410" not in s.text or s.status == "unsupported" for s in growing.sentences)
    assert answer.diagnostics.tokens_in == 200


@pytest.mark.parametrize(
    ("draft", "why"),
    [
        (WRONG, "figures that the cited passages do not hold"),
        ("Brindle Ferries had a splendid quarter.", "cites nothing"),
        ("Brindle Ferries will open a casino on the moon [{0}].", "do not say what it says"),
        ("asdf qwer zxcv", "cites nothing"),
        ("Zebras zigzag zealously [{0}] [a2a2a].", "do not say"),
    ],
)
def test_a_draft_that_fails_twice_gives_way_to_the_reports_own_sentences(folder, server, draft, why):
    server.chat = [first_about_revenue(draft), first_about_revenue(draft)]
    with opened(folder, server) as library:
        answer = library.ask(QUESTION)
    assert answer.answerer == "extractive" and "310 million EUR" in answer.text
    assert len(server.chats) == 2
    (note,) = answer.notes
    assert "failed the check twice" in note and why in note
    shown = json.dumps(
        {name: value for name, value in answer.to_dict().items() if name != "diagnostics"}
    )  # it holds times
    assert "410" not in shown and "casino" not in shown


HTML = b"<!doctype html><title>Sign in</title><p>Sign in to the proxy"
GARBLED = b"data: {broken\n\ndata: [DONE]\n\n"
IN_STREAM = event({"error": {"message": "overloaded", "type": "server_error"}})

# what the server does, requests until the extractive answer, words of the note
FAILURES: list[tuple[str, list[Behaviour], int, str]] = [
    ("wrong key", [fails(401, code="invalid_api_key")], 1, "refused the key"),
    ("no access", [fails(403)], 1, "no access"),
    ("no such model", [fails(404, code="model_not_found")], 1, "no such model"),
    ("refused", [fails(400)], 1, "refused the request"),
    ("no quota", [fails(429, code="insufficient_quota")], 1, "billing"),
    ("rate limit", [fails(429)] * 9, 3, "rate limit"),
    ("server error", [fails(500)] * 9, 3, "answered 500"),
    ("overloaded", [fails(503)] * 9, 3, "answered 503"),
    ("in the stream", [sends(IN_STREAM)] * 9, 3, "in the middle"),
    ("cut without a word", [sends(b"data: [DONE]\n\n")] * 9, 3, "cut off"),
    ("cut stream", [says("Brindle Ferries had", finish=None)] * 9, 3, "cut off"),
    ("broken connection", [breaks_off("Brindle Ferries had")] * 9, 3, "connection"),
    ("empty reply", [says("")] * 9, 3, "empty reply"),
    ("blank reply", [says(" \n\n ")] * 9, 3, "empty reply"),
    ("page of HTML", [sends(HTML, "text/html")], 1, "text/html"),
    ("plain JSON", [sends(b"{}", "application/json")], 1, "application/json"),
    ("broken JSON", [sends(GARBLED)], 1, "cannot be used"),
    ("other JSON", [sends(b'data: {"choices": 5}\n\n')], 1, "cannot be used"),
    ("content filter", [says("Brindle Ferries", finish="content_filter")], 1, "content filter"),
    ("too long", [fails(400, code="context_length_exceeded")] * 9, 2, "too long"),
    ("only thoughts", [says("", finish="length")], 1, "OPENAI_MAX_TOKENS"),
]


@pytest.mark.parametrize(("name", "chat", "requests", "words"), FAILURES, ids=[name for name, *_ in FAILURES])
def test_a_failing_model_gives_way_and_says_so_and_the_conversation_goes_on(
    folder, server, caplog, name, chat, requests, words
):
    caplog.set_level(logging.DEBUG)
    server.chat = list(chat)
    with opened(folder, server) as library:
        conversation = library.chat()
        answer = conversation.ask(QUESTION)
        assert len(server.chats) == requests
        server.chat = []
        after = conversation.ask("Why did the fuel costs of Brindle Ferries fall?")
    assert answer.answerer == "extractive" and not answer.refused and "on the year [4][7]" in answer.text
    (note,) = answer.notes
    assert words in note and note.startswith("Not written by a model")
    assert after.answerer == "llm" and "hybrid" in after.text and after.notes == ()
    assert KEY not in json.dumps(answer.to_dict()) + caplog.text


def test_a_failure_that_passes_is_got_over(folder, server):
    server.chat = [fails(500), says("Brindle Ferries", finish=None), first_about_revenue()]
    with opened(folder, server) as library:
        answer = library.ask(QUESTION)
    assert answer.answerer == "llm" and answer.notes == () and len(answer.diagnostics.notes) == 2


def test_retry_after_is_heeded(folder, server, monkeypatch):
    asked = []
    monkeypatch.setattr("rag.llm_session._rest", lambda seconds: iter(asked.append(seconds) or ()))
    server.chat = [fails(429, retry_after="3"), fails(429, retry_after="9999"), first_about_revenue()]
    with opened(folder, server) as library:
        assert library.ask(QUESTION).answerer == "llm"
    assert asked == [3.0, 10.0]


def test_a_request_that_is_too_long_is_made_shorter_once(folder, server):
    server.chat = [fails(400, message="This model's maximum context length is 4096 tokens")]
    with opened(folder, server, openai_context_tokens=1500) as library:
        answer = library.ask(QUESTION)
    long, short = (messages[1]["content"] for messages in server.chats)
    assert answer.answerer == "llm" and len(short) < len(long)


def test_parameters_that_a_server_refuses_are_left_out(folder, server):
    server.chat = [
        fails(400, param="temperature"),
        fails(400, param="max_tokens"),
        fails(400, param="stream_options"),
        first_about_revenue(),
    ]
    with opened(folder, server) as library:
        answer = library.ask(QUESTION)
        library.ask(QUESTION)
    bodies = [body for _, body, _ in server.requests]
    assert answer.answerer == "llm" and len(bodies) == 5
    assert "temperature" in bodies[0] and "max_tokens" in bodies[0]
    for body in bodies[3:]:
        assert not {"temperature", "max_tokens", "stream_options"} & set(body)
        assert body["max_completion_tokens"] == 1024


def test_an_answer_at_its_longest_is_given_without_its_last_half_sentence(folder, server):
    def cut(exchange):
        from eval.double import event_lines, passages

        found = [item.id for item in passages(exchange.body["messages"])[1] if "310 million" in item.text]
        exchange.start()
        text = GOOD.replace("{0}", found[0]) + " And it was"
        for line in event_lines(text, "m", finish="length"):
            exchange.write(line)

    server.chat = [cut]
    with opened(folder, server) as library:
        answer = library.ask(QUESTION)
    assert answer.answerer == "llm" and answer.text.endswith("[4][7].") and "OPENAI_MAX_TOKENS" in answer.notes[0]


def test_a_reply_that_never_ends_is_left(folder, server):
    server.chat = [never_ends] * 2
    with opened(folder, server, openai_max_tokens=64) as library:
        answer = library.ask(QUESTION)
        assert server.hung_up.wait(5)
    assert answer.answerer == "extractive" and answer.notes


@pytest.mark.parametrize("behaviour", [hangs, sends(b"")], ids=["no first word", "nothing at all"])
def test_a_slow_or_silent_model_is_not_waited_for(folder, server, behaviour):
    server.chat = [behaviour] * 3
    with opened(folder, server, openai_timeout_seconds=0.3) as library:
        answer = library.ask(QUESTION)
    assert answer.answerer == "extractive" and answer.notes
    assert len(server.chats) == (1 if behaviour is hangs else 3)  # what was slow is not repeated


def test_nobody_at_the_address(folder, server):
    with OpenAIServer() as gone:
        url = gone.url
    with opened(folder, server, openai_base_url=url) as library:
        answer = library.ask(QUESTION)
    assert answer.answerer == "extractive" and "cannot be reached" in answer.notes[0]


def test_no_key_and_a_bad_address(folder, server):
    with opened(folder, server, openai_base_url=None, openai_api_key=None, rag_answerer="llm") as library:
        answer = library.ask(QUESTION)
    assert answer.answerer == "extractive" and "OPENAI_API_KEY" in answer.notes[0]
    with opened(folder, server, openai_base_url="no address", rag_answerer="llm") as library:
        answer = library.ask(QUESTION)
    assert answer.answerer == "extractive" and "OPENAI_BASE_URL" in answer.notes[0]


def test_extractive_stays_extractive(folder, server):
    with opened(folder, server, rag_answerer="extractive") as library:
        assert library.ask(QUESTION).answerer == "extractive" and server.requests == []


@pytest.mark.parametrize("behaviour", [hangs, never_ends], ids=["before the first word", "while it grows"])
def test_closing_the_stream_hangs_up(folder, server, behaviour):
    server.chat = [behaviour]
    with opened(folder, server, openai_timeout_seconds=30.0) as library:
        growing = library.stream(QUESTION)
        next(growing)
        assert server.reached.wait(5)
        growing.close()
        assert server.hung_up.wait(5)


def test_ctrl_c_hangs_up(folder, server, monkeypatch):
    from rag import llm_call

    server.chat = [hangs]

    def interrupted(call):
        assert server.reached.wait(5)
        raise KeyboardInterrupt
        yield

    with opened(folder, server, openai_timeout_seconds=30.0) as library:
        monkeypatch.setattr(llm_call.Call, "__iter__", interrupted)
        with pytest.raises(KeyboardInterrupt):
            library.ask(QUESTION)
        assert server.hung_up.wait(5)


def test_follow_ups_are_completed_by_the_model(folder, server):
    server.chat = [says("What is the target price of Brindle Ferries?")]
    with opened(folder, server) as library:
        answer = library.ask("And its target price?", history=(QUESTION,))
    assert answer.resolved == "What is the target price of Brindle Ferries?"
    assert QUESTION in server.chats[0][1]["content"] and "42 EUR" in answer.text
    assert "The question is: What is the target price of Brindle Ferries?" in server.chats[1][1]["content"]


@pytest.mark.parametrize(
    "reply",
    ["", "What is Tencent's target price?", "一\n二", "云岭茶业的目标价是多少", "x" * 900, "Bananas are yellow."],
    ids=["empty", "somebody else", "two lines", "other language", "endless", "another matter"],
)
def test_a_completion_that_is_no_use_leaves_it_to_the_rules(folder, server, reply):
    server.chat = [says(reply)] * (3 if not reply else 1)
    with opened(folder, server) as library:
        answer = library.ask("And its target price?", history=(QUESTION,))
    assert answer.resolved == resolve("And its target price?", (QUESTION,)) and "42 EUR" in answer.text


def test_a_question_that_stands_alone_costs_no_call(folder, server):
    with opened(folder, server) as library:
        library.ask("What target price does Tencent have in the report?", history=(QUESTION,))
    assert all("New question" not in messages[-1]["content"] for messages in server.chats)


def test_many_threads_ask_at_once(folder, server):
    answers: list[str] = []
    with opened(folder, server) as library:

        def ask() -> None:
            answers.append(library.ask(QUESTION).text)

        threads = [threading.Thread(target=ask) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(answers) == 8 and len(set(answers)) == 1


def test_no_key_in_what_is_printed_logged_raised_or_exported(folder, server, caplog, capsys):
    caplog.set_level(logging.DEBUG)
    server.chat = [fails(401), first_about_revenue()]
    with opened(folder, server) as library:
        model = library.model
        assert model is not None
        failed, written = library.ask(QUESTION), library.ask(QUESTION)
        llm = model._llm
        printed = [
            repr(model),
            str(model),
            repr(llm),
            str(llm),
            json.dumps(llm.to_dict()),
            llm.to_json(),
            repr(library.settings),
        ]
        printed += [json.dumps(llm.model_dump(exclude={"callback_manager"}), default=str)]
    printed += [json.dumps(failed.to_dict()), json.dumps(written.to_dict()), caplog.text, *capsys.readouterr()]
    assert [text for text in printed if KEY in text] == []


def test_no_key_in_a_trace(folder, server, monkeypatch):
    import traceback

    from rag.llm_session import Session

    server.chat = [fails(401)]
    with opened(folder, server) as library:
        assert library.model is not None
        session = Session(library.model, library.settings)
        from rag.llm import Message

        try:
            list(session.read([Message("user", "hello")]))
        except RagError as error:
            trace = "".join(traceback.format_exception(error))
    assert "refused the key" in trace and KEY not in trace
