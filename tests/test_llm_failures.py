"""A model that fails: each way a call can go wrong, what is asked again, and what is given then."""

from __future__ import annotations

import json
import logging

import pytest
from llm_library import GOOD, KEY, QUESTION, first_about_revenue, folder, no_pauses, opened, server
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

from eval.double import answer_from, event_lines

__all__ = ["folder", "no_pauses", "server"]  # fixtures


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
    ("redirected for ever", [fails(307, location="/v1/chat/completions")] * 99, 4, "elsewhere"),
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
    monkeypatch.setattr("rag.llm.session._rest", lambda seconds: iter(asked.append(seconds) or ()))
    server.chat = [fails(429, retry_after="3"), fails(429, retry_after="9999"), first_about_revenue()]
    with opened(folder, server) as library:
        assert library.ask(QUESTION).answerer == "llm"
    assert asked == [3.0, 10.0]


TOO_LONG = [
    fails(400, message="This model's maximum context length is 4096 tokens"),
    fails(400, message="request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it"),
    fails(400, message="Range of input length should be [1, 6000]"),
    fails(422, message="`inputs` tokens + `max_new_tokens` must be <= 4096. Given: 4000 and 1024"),
    fails(400, message="The input token count (40000) exceeds the maximum number of tokens allowed (32768)."),
    fails(400, message="Your request exceeded model token limit: 8192"),
    fails(400, message="Prompt 超长"),
    fails(413),
    sends(event({"error": {"message": "This model's maximum context length is 4096 tokens"}})),
]


@pytest.mark.parametrize("behaviour", TOO_LONG)
def test_a_request_that_is_too_long_is_made_shorter_once(folder, server, behaviour):
    server.chat = [behaviour]
    with opened(folder, server, openai_context_tokens=1500) as library:
        answer = library.ask(QUESTION)
    long, short = (messages[1]["content"] for messages in server.chats)
    assert answer.answerer == "llm" and len(short) < len(long)


@pytest.mark.parametrize("named", [True, False], ids=["as a field", "in words"])
def test_parameters_that_a_server_refuses_are_left_out(folder, server, named):
    server.chat = [
        fails(400, **{"param" if named else "message": name})
        for name in ("temperature", "max_tokens", "stream_options")
    ]
    server.chat += [
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
        from eval.double import passages

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


EMPTY = [{"choices": None}, {"choices": []}, {"choices": [{"index": 0, "delta": None, "finish_reason": None}]}]


@pytest.mark.parametrize("piece", EMPTY, ids=["no choices", "none", "no delta"])
def test_chunks_with_nothing_in_them_are_passed_over(folder, server, piece):
    def behave(exchange):
        exchange.start()
        for line in event_lines(answer_from(exchange.body["messages"]), "m"):
            exchange.write(event(piece) + line)

    server.chat = [behave]
    with opened(folder, server) as library:
        answer = library.ask(QUESTION)
    assert answer.answerer == "llm" and answer.notes == ()


def test_a_name_and_a_password_in_the_address_are_sent_and_not_told(folder, server, caplog):
    caplog.set_level(logging.DEBUG)
    url = server.url.replace("http://", "http://reader:s3cret%40@")
    with opened(folder, server, openai_base_url=url) as library:
        answer = library.ask(QUESTION)
        assert library.model is not None
        told = [caplog.text, repr(library.settings), repr(library.model._llm), library.model._llm.to_json()]
    assert answer.answerer == "llm" and server.requests[0][2].startswith("Basic ")
    assert not [text for text in told if "s3cret" in text]


@pytest.mark.parametrize(("key", "sent"), [(f" {KEY}\n", f"Bearer {KEY}"), ("钥匙", None), ("sk-\x00", None)])
def test_a_key_that_was_badly_pasted(folder, server, key, sent):
    with opened(folder, server, openai_api_key=key) as library:
        answer = library.ask(QUESTION)
    assert [authorization for *_, authorization in server.requests] == ([sent] if sent else [])
    assert sent or "OPENAI_API_KEY" in answer.notes[0]


def test_no_key_and_a_bad_address(folder, server):
    with opened(folder, server, openai_base_url=None, openai_api_key=None, rag_answerer="llm") as library:
        answer = library.ask(QUESTION)
    assert answer.answerer == "extractive" and "OPENAI_API_KEY" in answer.notes[0]
    for address in ("no address", "http://[", f"{server.url}?api-key=x"):
        with opened(folder, server, openai_base_url=address, rag_answerer="llm") as library:
            answer = library.ask(QUESTION)
        assert answer.answerer == "extractive" and "OPENAI_BASE_URL" in answer.notes[0]
