"""Answers of a model through the real client against a real server: how they grow, and what is given with them."""

from __future__ import annotations

import json
import logging
import socket
import threading

import pytest
from llm_library import GOOD, KEY, QUESTION, first_about_revenue, folder, no_pauses, opened, server
from openai_server import (
    chunk,
    event,
    fails,
    hangs,
    never_ends,
    says,
    sends,
)

from eval.double import passages
from rag import Library, Settings
from rag.errors import RagError
from rag.followup.complete import resolve

__all__ = ["folder", "no_pauses", "server"]  # fixtures


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


@pytest.mark.parametrize("given", ["12", -5, 1.5, True, None, {"a": 1}])
def test_numbers_of_tokens_that_are_none_are_counted_here(folder, server, given):
    usage = {"prompt_tokens": given, "completion_tokens": 7}
    server.chat = [sends(event(chunk("m", "NO ANSWER") | {"usage": usage}) + event(chunk("m", "", finish="stop")))]
    with opened(folder, server) as library:
        spent = library.ask(QUESTION).diagnostics
    assert spent.tokens_in > 500 and spent.tokens_out == 7


def test_the_passages_that_a_model_gets_are_read_while_it_writes(folder, server, monkeypatch):
    read, done = [], threading.Event()

    def read_ahead(passages, language):
        assert language == "en"
        read.extend(passages)
        done.set()

    monkeypatch.setattr("rag.llm.answer.read_ahead", read_ahead)
    server.chat = [first_about_revenue()]
    with opened(folder, server) as library:
        answer = library.ask(QUESTION)
    assert done.wait(10)
    assert {citation.passage_id for citation in answer.citations} <= {item.passage.id for item in read}


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


def test_an_answer_in_the_other_language_is_asked_once_more(folder, server):
    english = "Revenue in the first quarter of 2025 was 1.26 billion yuan, up 8% [{0}]."
    server.chat = [says(lambda m: english.replace("{0}", next(i.id for i in passages(m)[1] if "12.6" in i.text)))]
    with opened(folder, server) as library:
        answer = library.ask("云岭茶业一季度收入是多少?")
    assert "It is not in Chinese." in server.chats[1][-1]["content"]
    assert answer.answerer == "llm" and "12.6亿元" in answer.text
    server.chat = [first_about_revenue("2025年第一季度，Brindle Ferries的收入为3.1亿欧元[{0}]。")] * 2
    with opened(folder, server) as library:
        answer = library.ask(QUESTION)
    assert answer.answerer == "extractive" and "it is not in English" in answer.notes[0]


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
        ("The founder was born in Oslo [{0}].", "do not say"),
        ("Brindle Ferries had revenue of 310 million EUR in Q1 2025 [z2z2z].", "cites nothing"),
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
    from rag.llm import call as llm_call

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


@pytest.mark.parametrize(
    "reply",
    [
        "{}",
        "**Rewritten question:** “{}”",
        "<think>Hm.</think>{}\n\nI took it to mean Brindle.",
        "Its?\n</reasoning>{}",
    ],
)
def test_follow_ups_are_completed_by_the_model(folder, server, reply):
    server.chat = [says(reply.format("What is the target price of Brindle Ferries?"))]
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


def test_what_the_rules_find_in_the_reports_is_not_lost_with_a_failing_model(folder, server):
    server.chat = [says("x" * 900)]
    with opened(folder, server) as library:
        asked = "How many passengers take the ferries on the Skarn route?"
        answer = library.ask(asked, history=(QUESTION,))
        by_rule = resolve(asked, (QUESTION,), [*library.reports()], holds=library.index.report_terms)
    assert answer.resolved == by_rule and by_rule not in (asked, resolve(asked, (QUESTION,), [*library.reports()]))


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

    from rag.llm.session import Session

    server.chat = [fails(401)]
    with opened(folder, server) as library:
        assert library.model is not None
        session = Session(library.model, library.settings)
        from rag.llm.model import Message

        try:
            list(session.read([Message("user", "hello")]))
        except RagError as error:
            trace = "".join(traceback.format_exception(error))
    assert "refused the key" in trace and KEY not in trace


def test_a_model_sums_up_a_report_from_that_report_alone(folder, server):
    given = []

    def reply(messages):
        given.extend(passages(messages)[1])
        return (
            f"Brindle Ferries had revenue of 310 million EUR [{next(i.id for i in given if '310 million' in i.text)}]."
        )

    server.chat = [says(reply)]
    with opened(folder, server) as library:
        answer = library.ask("Summarise the Brindle Ferries report.")
        of_it = "\n".join(p.text for r in library.reports() if "Brindle" in r.title for p in library.passages(r.id))
    assert answer.answerer == "llm" and len(given) > 2 and all(item.text[:30] in of_it for item in given)


def test_the_end_of_a_library_closes_its_connection_to_the_model(folder):
    """A server that keeps connections open sees the end of each when the library is closed."""
    body = b'{"error": {"message": "no such key"}}'
    head = f"HTTP/1.1 401 Unauthorized\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n\r\n"
    ended = threading.Event()

    def serve(listener: socket.socket) -> None:
        peer, _ = listener.accept()
        with peer:
            while (read := peer.recv(65536)) and not read.endswith(b"}"):
                pass
            peer.sendall(head.encode() + body)
            while peer.recv(65536):
                pass
            ended.set()

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=serve, args=(listener,), daemon=True)
        thread.start()
        base = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        settings = Settings.load(rag_home=folder, _env_file=None, openai_base_url=base, openai_api_key="k")
        with Library.open(settings) as library:
            library.ask(QUESTION)
            open_still = not ended.is_set()
        assert ended.wait(5.0) and open_still
        thread.join(5.0)
