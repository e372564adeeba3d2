"""A real HTTP server on loopback that speaks OpenAI's embeddings endpoint: vectors are a pure function of the text."""

from __future__ import annotations

import base64
import hashlib
import json
import struct
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


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

    ``script`` holds replies for the next requests, first come first served: a status code, or a function from the
    request's JSON to (status, JSON). When it is empty the server behaves.
    """

    def __init__(self, script: list[Any] | None = None) -> None:
        self.script = list(script or [])
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
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

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
