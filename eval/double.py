"""A stand-in for a model, over real HTTP: it answers from the passages in the prompt, so that the model's path runs offline.

``with ModelDouble() as double`` serves Chat Completions on loopback at ``double.url``. It reads the passages as a model
would, takes those sentences that share most with the question, and cites the ids they stand under; where nothing is
shared it replies NO ANSWER. It follows no instruction of a passage, and is no measure of a model's wits: what it measures
is everything around a model.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Messages = Sequence[dict[str, Any]]

_PASSAGE = re.compile(r'<passage-(\w+) id="(\w+)">\n(.*?)\n</passage-\1>', re.DOTALL)
_QUESTION = re.compile(r"^The question is: (.*)$", re.MULTILINE)
_LAST = re.compile(r"^New question: (.*)$", re.MULTILINE)
_CHUNK = 7  # characters a piece: markers are cut in two
MOST = 4  # sentences of an answer
LEAST = 0.2  # share of the question that the best sentence must hold
CLOSE = 0.85  # of the best share, from which further sentences are taken


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage as the prompt shows it: its id, the line about its report, and its words."""

    id: str
    heading: str
    text: str


def passages(messages: Messages) -> tuple[str, list[Shown]]:
    """The question and the passages of a request."""
    content = str(messages[1]["content"])
    nonce = re.search(r"<passage-(\w+) id=\"\.\.\.\">", content)
    found = []
    for match in _PASSAGE.finditer(content):
        if nonce and match[1] == nonce[1]:
            heading, _, text = match[3].partition("\n")
            found.append(Shown(match[2], heading, text))
    question = _QUESTION.findall(content)
    return question[-1] if question else "", found


def answer_from(messages: Messages) -> str:
    """The reply: sentences of the passages with their ids; or the follow-up question, completed by rule."""
    content = str(messages[-1]["content"])
    if content.startswith("Earlier questions:"):
        return _complete(content)
    from rag.language.sentences import sentences
    from rag.language.words import terms_of
    from rag.question.concepts import asked
    from rag.question.coverage import coverage

    question, shown = passages(messages)
    wanted = asked(question)
    scored = []
    for place, item in enumerate(shown):
        about = terms_of(item.heading)
        for start, end in sentences(item.text):
            text = " ".join(item.text[start:end].split())
            own = terms_of(text)
            share = 0.7 * coverage(wanted, own) + 0.3 * coverage(wanted, own | about)
            scored.append((share, -place, text, item.id))
    scored.sort(reverse=True)
    best = scored[0][0] if scored else 0.0
    if best < LEAST:
        return "NO ANSWER"
    chosen = [each for each in scored if each[0] >= CLOSE * best][:MOST]
    return "\n".join(_cited(text, id_) for _, _, text, id_ in chosen)


def copy_all(messages: Messages) -> str:
    """The worst reply to planted words: every sentence of every passage, with the id that it stands under."""
    from rag.language.sentences import sentences

    content = str(messages[-1]["content"])
    if content.startswith("Earlier questions:"):
        return _complete(content)
    shown = passages(messages)[1]
    return "\n".join(
        _cited(" ".join(item.text[start:end].split()), item.id) for item in shown for start, end in sentences(item.text)
    )


def _cited(text: str, id_: str) -> str:
    body = text.rstrip(".。;；")
    return f"{body} [{id_}]{'。' if re.search('[一-鿿]', text) else '.'}"


def _complete(content: str) -> str:
    from rag.followup.complete import resolve

    earlier = re.findall(r"^- (.*)$", content.split("\n\nNew question:")[0], re.MULTILINE)
    return resolve(_LAST.findall(content)[-1], earlier)


class ModelDouble:
    """``reply``: what is said to the messages of a request. ``requests``: the bodies of those that came in."""

    def __init__(self, reply: Callable[[Messages], str] = answer_from) -> None:
        self._reply = reply
        self.requests: list[dict[str, Any]] = []
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        """The base address, as OPENAI_BASE_URL takes it."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> ModelDouble:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                outer.requests.append(body)
                data = b"".join(event_lines(outer._reply(body["messages"]), body["model"]))
                self.send_response(200)
                self.send_header("content-type", "text/event-stream")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                return

        return Handler


def event_lines(text: str, model: str, *, finish: str | None = "stop", usage: bool = False) -> Iterator[bytes]:
    """A reply as the lines of a stream of events, a few characters each."""
    for start in range(0, len(text), _CHUNK):
        yield event(chunk(model, text[start : start + _CHUNK]))
    if finish is not None:
        yield event(chunk(model, "", finish))
    if usage:
        yield event({**chunk(model, ""), "choices": [], "usage": _usage(text)})
    yield b"data: [DONE]\n\n"


def event(data: Any) -> bytes:
    """One server-sent event."""
    return b"data: " + json.dumps(data).encode() + b"\n\n"


def chunk(model: str, text: str, finish: str | None = None) -> dict[str, Any]:
    """One chunk of a streamed chat completion."""
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}
    return {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": model, "choices": [choice]}


def _usage(text: str) -> dict[str, int]:
    written = len(text.split())
    return {"prompt_tokens": 100, "completion_tokens": written, "total_tokens": 100 + written}
