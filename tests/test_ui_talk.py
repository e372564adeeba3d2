"""A conversation over HTTP, without a browser: what is asked, how it grows, how it is stopped, what is drawn again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from quay_samples import plain_answer, turn

from rag.types import Answer
from ui.talk import add_talk
from ui.turns import dump


class Library:
    """Says what it is told to say, each step once ``go`` lets it."""

    def __init__(self, *answers: Answer) -> None:
        self.answers, self.asked = answers, []
        self.go = threading.Semaphore(1000)

    def stream(self, question: str, **options: Any) -> Iterator[Answer]:
        self.asked.append((question, options))
        for answer in self.answers:
            assert self.go.acquire(timeout=30)
            yield answer

    def reports(self) -> list[Any]:
        return []


def app(library: Library) -> FastAPI:
    made = FastAPI()
    add_talk(made, SimpleNamespace(library=library), judged=True)  # type: ignore[arg-type]
    return made


def lines(reply: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in reply.text.splitlines()]


def test_an_answer_is_one_request_and_ends_with_the_turn_to_keep() -> None:
    library = Library(plain_answer())
    with TestClient(app(library)) as client:
        said = lines(client.post("/talk", json={"key": "k1", "text": " And its margin? ", "history": ["Orders?", 5]}))
    assert [line["turn"] is not None for line in said] == [False] * (len(said) - 1) + [True]
    assert said[-1]["turn"]["question"] == "And its margin?" and 'id="a-k1"' in said[-1]["html"]
    assert library.asked == [("And its margin?", {"history": ("Orders?",), "reports": ()})]


def test_a_stop_ends_the_answer_with_what_it_has() -> None:
    library = Library(plain_answer(), plain_answer())
    library.go = threading.Semaphore(1)  # the second step never comes by itself
    said: list[dict[str, Any]] = []
    with TestClient(app(library)) as client, client.stream("POST", "/talk", json={"key": "k1", "text": "q"}) as reply:
        for line in reply.iter_lines():
            said.append(json.loads(line))
            if len(said) == 1:
                stop = client.post("/talk/stop", json={"key": "k1"})
                assert stop.json() == {"stopped": True}
        library.go.release()
    assert said[0]["turn"] is None and said[-1]["turn"]["state"] == "stopped" and len(said) == 2
    with TestClient(app(library)) as client:
        for nobody in ({"key": "k1"}, {"key": []}, []):
            assert client.post("/talk/stop", json=nobody).json() == {"stopped": False}


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ([], "type list"),
        ({"text": "q"}, "key names"),
        ({"key": "<b>", "text": "q"}, "key names"),
        ({"key": "k", "text": 5}, "text is the question"),
        ({"key": "k", "text": "  "}, "text is the question"),
    ],
)
def test_what_is_no_question_gets_one_sentence(body: Any, words: str) -> None:
    with TestClient(app(Library())) as client:
        reply = client.post("/talk", json=body)
    assert reply.status_code == 400 and words in reply.json()["error"]


def test_what_a_browser_kept_is_drawn_in_the_language_of_the_page() -> None:
    kept = dump(turn(plain_answer()))
    with TestClient(app(Library())) as client:
        shown = client.post("/talk/show", json={"turns": [kept, {"key": "x"}], "tongue": "zh"}).json()
        assert list(shown) == [kept["key"]] and "每句均有依据" in shown[kept["key"]]
        assert client.post("/talk/show", json=5).json() == {}
