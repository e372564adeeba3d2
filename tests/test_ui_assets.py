"""Gradio's files and page from memory."""

from __future__ import annotations

import gzip
import re
import urllib.request
from pathlib import Path

import pytest
from page_server import Served
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.testclient import TestClient

from ui.assets import PAGES, Assets


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "a-Xy_1.js").write_text("let a = 1;\n" * 99, "utf-8")
    (tmp_path / "secret.js").write_text("no", "utf-8")
    app = Starlette()
    written: list[str] = []

    async def anything(request: Request) -> Response:
        written.append(str(request.url))
        status = 500 if "broken" in request.headers else 200
        return PlainTextResponse(f"{request.headers['host']} {request.url.path} {len(written)}", status)

    app.add_route("/{path:path}", anything)
    return TestClient(Assets(app, tmp_path / "assets"))


def test_a_file_is_sent_compressed_and_may_be_kept_for_good(client: TestClient) -> None:
    for path in ("/assets/a-Xy_1.js", "/zh/assets/a-Xy_1.js"):
        reply = client.get(path)
        assert reply.text.startswith("let a = 1;") and reply.headers["content-encoding"] == "gzip"
        assert "immutable" in reply.headers["cache-control"] and reply.headers["content-type"].startswith(
            "text/javascr"
        )
    for path in ("/assets/../secret.js", "/assets/..%2fsecret.js", "/assets/b-1.js", "/assets/sub/a-Xy_1.js"):
        assert "testserver /" in client.get(path).text, "what is not there is Gradio's to answer"
    assert "testserver /" in client.get("/assets/a-Xy_1.js", headers={"accept-encoding": "identity"}).text


def test_a_page_is_written_once_for_every_name_of_the_server(client: TestClient) -> None:
    first = client.get("/").text
    assert client.get("/?q=What+now%3F&lang=en").text == first == "testserver / 1"
    assert client.get("/zh/").text == "testserver /zh/ 2"
    assert client.get("/", headers={"host": "other"}).text == "other / 3"
    assert client.get("/?deep_link=x").text == "testserver / 4", "what may change the page is Gradio's to answer"
    assert client.get("/").text == first
    for number in range(PAGES):
        client.get("/", headers={"host": f"h{number}"})
    assert client.get("/").text != first, "no more than some are kept"


def test_what_went_wrong_is_not_kept(client: TestClient) -> None:
    assert client.get("/", headers={"broken": "yes", "host": "b"}).status_code == 500
    assert client.get("/", headers={"host": "b"}).status_code == 200


def test_the_page_names_only_files_that_are_there(house: Served) -> None:
    """Were Gradio to put its files elsewhere, they would still be served, and this test would say so."""
    request = urllib.request.Request(f"{house.url}/", headers={"accept-encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as reply:
        names = set(re.findall(r"assets/[\w.-]+\.(?:js|css)", gzip.decompress(reply.read()).decode()))
    assert len(names) >= 2
    for name in names:
        wanted = urllib.request.Request(f"{house.url}/{name}", headers={"accept-encoding": "gzip"})
        with urllib.request.urlopen(wanted, timeout=30) as reply:
            assert "immutable" in reply.headers["cache-control"]
