"""A real HTTP server on loopback that speaks OpenAI's embeddings and streamed chat completions, and misbehaves on order.

Vectors are a pure function of the text. A chat request gets the next behaviour of ``chat``, which is a function that writes
the response; when none is left, an answer made from the passages in the prompt (``eval.double``).
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import struct
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from eval.double import answer_from, chunk, event, event_lines

Behaviour = Callable[["Exchange"], None]
Messages = list[dict[str, Any]]


class Exchange:
    """One request being answered: ``body`` is its JSON; the methods write to the client."""

    def __init__(self, handler: BaseHTTPRequestHandler, server: OpenAIServer, body: dict[str, Any]) -> None:
        self.handler = handler
        self.server = server
        self.body = body

    def start(self, status: int = 200, kind: str = "text/event-stream", **headers: str) -> None:
        self.handler.send_response(status)
        self.handler.send_header("content-type", kind)
        for name, value in headers.items():
            self.handler.send_header(name.replace("_", "-"), value)
        self.handler.end_headers()

    def write(self, data: bytes) -> None:
        self.handler.wfile.write(data)
        self.handler.wfile.flush()

    def until_closed(self, data: bytes) -> None:
        """Write again and again until the client hangs up; ``server.hung_up`` is set then."""
        try:
            while not self.server.closing.wait(0.01):
                self.write(data)
        except OSError:
            self.server.hung_up.set()


def ids(messages: Messages) -> list[str]:
    """The ids in a prompt, in the order of its passages."""
    from eval.double import passages

    return [item.id for item in passages(messages)[1]]


def says(text: str | Callable[[Messages], str], *, finish: str | None = "stop", usage: bool = True) -> Behaviour:
    """A whole reply; ``{0}`` stands for the id of the first passage in the prompt, and so on."""

    def behave(exchange: Exchange) -> None:
        messages = exchange.body["messages"]
        words = text(messages) if callable(text) else text
        for place, name in enumerate(ids(messages) if "{0}" in words or "{1}" in words else ()):
            words = words.replace(f"{{{place}}}", name)
        exchange.start()
        for line in event_lines(words, exchange.body["model"], finish=finish, usage=usage):
            exchange.write(line)

    return behave


def fails(
    status: int, *, code: str | None = None, param: str | None = None, message: str = "", **headers: str
) -> Behaviour:
    """An error as OpenAI sends it; like the real one, its message quotes the key."""

    def behave(exchange: Exchange) -> None:
        key = exchange.handler.headers.get("authorization", "")
        exchange.start(status, "application/json", **headers)
        error = {"message": f"{message} {key}", "type": "x", "code": code, "param": param}
        exchange.write(json.dumps({"error": error}).encode())

    return behave


def sends(data: bytes, kind: str = "text/event-stream") -> Behaviour:
    """Any bytes with status 200."""

    def behave(exchange: Exchange) -> None:
        exchange.start(kind=kind)
        exchange.write(data)

    return behave


def breaks_off(text: str) -> Behaviour:
    """The beginning of a reply; then the connection is gone, in the middle of a chunk."""

    def behave(exchange: Exchange) -> None:
        exchange.handler.protocol_version = "HTTP/1.1"
        exchange.start(transfer_encoding="chunked")
        data = event(chunk(exchange.body["model"], text))
        exchange.write(f"{len(data):x}\r\n".encode() + data + b"\r\nff\r\n")
        exchange.handler.close_connection = True

    return behave


def hangs(exchange: Exchange) -> None:
    """Not even headers, until the client hangs up or the server closes."""
    exchange.server.reached.set()
    connection = exchange.handler.connection
    connection.settimeout(0.02)
    while not exchange.server.closing.is_set():
        try:
            if connection.recv(1) == b"":
                exchange.server.hung_up.set()
                return
        except TimeoutError:
            continue
        except OSError:
            exchange.server.hung_up.set()
            return


def never_ends(exchange: Exchange) -> None:
    """A reply without an end."""
    exchange.start()
    exchange.server.reached.set()
    exchange.until_closed(event(chunk(exchange.body["model"], "and so on ")))


def vector(text: str, dimensions: int = 8) -> list[float]:
    """A vector made of the text's words: texts that share words point the same way."""
    total = [0.0] * dimensions
    for word in text.lower().split():
        digest = hashlib.sha256(word.encode()).digest()
        for index in range(dimensions):
            total[index] += digest[index] / 127.5 - 1.0
    return total


class OpenAIServer:
    """``with OpenAIServer() as server``: ``server.url`` is the base URL, ``server.requests`` what came in.

    ``chat`` holds behaviours for the next chat requests, ``script`` replies for the next requests, first come first served: a status code, or a function from the
    request's JSON to (status, JSON). When it is empty the server behaves. ``hung_up``: a client closed early.
    """

    def __init__(self, script: list[Any] | None = None, chat: list[Behaviour] | None = None) -> None:
        self.script = list(script or [])
        self.chat = list(chat or [])
        self.closing, self.hung_up, self.reached = threading.Event(), threading.Event(), threading.Event()
        self.requests: list[tuple[str, dict[str, Any], str]] = []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def __enter__(self) -> OpenAIServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def chats(self) -> list[Messages]:
        """The messages of each chat request."""
        return [body["messages"] for path, body, _ in self.requests if path == "/v1/chat/completions"]

    def behaviour(self) -> Behaviour:
        with self._lock:
            return self.chat.pop(0) if self.chat else says(answer_from)

    def reply(self, path: str, body: dict[str, Any], authorization: str) -> tuple[int, Any]:
        with self._lock:
            self.requests.append((path, body, authorization))
            step = self.script.pop(0) if self.script else None
        if callable(step):
            return step(body)
        if step is not None:
            key = authorization.removeprefix("Bearer ")
            return step, {"error": {"message": f"Incorrect API key provided: {key}", "type": "x", "code": None}}
        if path == "/v1/embeddings":
            return 200, embeddings(body)
        return 404, {"error": {"message": f"no such path {path}", "type": "x", "code": None}}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                if self.path == "/v1/chat/completions":
                    with outer._lock:
                        outer.requests.append((self.path, body, self.headers.get("authorization", "")))
                    with contextlib.suppress(ConnectionError):
                        outer.behaviour()(Exchange(self, outer, body))
                    return
                status, reply = outer.reply(self.path, body, self.headers.get("authorization", ""))
                data = json.dumps(reply).encode()
                self.send_response(status)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

            def log_message(self, *_: object) -> None:
                return

        return Handler


def embeddings(body: dict[str, Any], dimensions: int = 8) -> dict[str, Any]:
    """The reply to /v1/embeddings; the client asks for base64 by itself."""
    texts = [body["input"]] if isinstance(body["input"], str) else body["input"]
    data = []
    for index, text in enumerate(texts):
        values: Any = vector(text, dimensions)
        if body.get("encoding_format") == "base64":
            values = base64.b64encode(struct.pack(f"<{len(values)}f", *values)).decode()
        data.append({"object": "embedding", "index": index, "embedding": values})
    usage = {"prompt_tokens": sum(len(text.split()) for text in texts), "total_tokens": 0}
    return {"object": "list", "data": data, "model": body["model"], "usage": usage}
