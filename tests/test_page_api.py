"""Programs that use the page: gradio's client and plain HTTP, each in a process that dies on a call to another machine."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from typing import Any

import pytest
from conftest import ROOT, Run
from page_reports import RATING
from page_server import Served, fetch

QUIET = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1"}  # gradio's client would tell its makers
CLIENT = """
import json, sys
from gradio_client import Client
from gradio_client.exceptions import AppError

client = Client(sys.argv[1], verbose=False, analytics_enabled=False)
answer = client.predict(sys.argv[2], ["2026-02-10_guotai-haitong_alibaba-ai-strategy"], api_name="/ask")
found = client.predict("crane orders", 3, api_name="/search")
try:
    client.predict(sys.argv[2], ["unknown"], api_name="/ask")
except AppError as error:
    print(json.dumps([answer, found, str(error)]))
client.close()
"""


def test_gradios_client_asks_and_searches(house: Served, run_python: Run) -> None:
    ended = run_python("-c", CLIENT, house.url, RATING, env=QUIET)
    assert ended.returncode == 0, ended.stderr
    answer, found, error = json.loads(ended.stdout)
    assert answer["citations"][0]["marker"] == "[5]" and answer["refused"] is False
    assert len(found) == 3 and found[0]["numbers"]
    assert "No report 'unknown'" in error


def test_nothing_else_is_offered(house: Served) -> None:
    names = json.loads(fetch(f"{house.url}/gradio_api/info")[1])["named_endpoints"]
    assert set(names) == {"/ask", "/search"}


def post(url: str, body: Any) -> tuple[int, Any]:
    """Status and JSON of a POST of JSON."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as reply:
            return reply.status, json.loads(reply.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def test_plain_http_answers_and_says_what_was_wrong(house: Served) -> None:
    status, answer = post(
        f"{house.url}/ask", {"question": RATING, "reports": ["2026-02-10_guotai-haitong_alibaba-ai-strategy"]}
    )
    assert status == 200 and answer["citations"][0]["marker"] == "[5]"
    assert len(post(f"{house.url}/search", {"question": "crane orders", "limit": 2})[1]) == 2


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({}, "The question is empty"),
        ({"question": 5}, "question is of type int; expected text"),
        ({"question": "x", "reports": "all"}, "reports is of type str; expected a list of texts"),
        (
            {"question": "x", "colour": "red"},
            "holds the key 'colour'; expected an object with keys of: question, reports",
        ),
        (["x"], "holds JSON of type list"),
        ({"question": "x", "since": "soon"}, "soon"),
    ],
)
def test_a_wrong_request_gets_one_sentence(house: Served, body: Any, words: str) -> None:
    status, said = post(f"{house.url}/ask", body)
    assert status == 400 and words in said["error"], said


def test_the_readmes_examples_work(house: Served, run_python: Run) -> None:
    readme = (ROOT / "README.md").read_text("utf-8").replace("http://127.0.0.1:7860", house.url)
    (shell,) = re.findall(r"^```bash\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    asked = re.findall(r"curl -s (\S+) -H 'content-type: application/json' -d '(.*)'", shell)
    assert [url.rsplit("/", 1)[1] for url, _ in asked] == ["ask", "search"]
    for url, body in asked:
        assert post(url, json.loads(body))[0] == 200
    (code,) = re.findall(r"^```py\n(.*?)^```$", readme, re.MULTILINE | re.DOTALL)
    ended = run_python("-c", code, env=QUIET)
    assert ended.returncode == 0 and re.search(r"\[[A-Z]?\d+\]", ended.stdout), ended.stderr


async def test_assistants_find_both_tools(house: Served) -> None:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async with (
        streamable_http_client(f"{house.url}/gradio_api/mcp/") as (reads, writes, _),
        ClientSession(reads, writes) as assistant,
    ):
        await assistant.initialize()
        assert {tool.name for tool in (await assistant.list_tools()).tools} == {"ask", "search"}
        said = await assistant.call_tool("ask", {"question": RATING})
        assert "[5]" in str(said.content)
