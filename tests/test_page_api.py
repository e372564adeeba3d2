"""Programs that use the page: gradio's client and plain HTTP, each in a process that dies on a call to another machine."""

from __future__ import annotations

import json

from conftest import Run
from page_reports import RATING
from page_server import Served, fetch

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
    quiet = {"GRADIO_ANALYTICS_ENABLED": "False", "HF_HUB_OFFLINE": "1"}  # the client would tell its makers
    ended = run_python("-c", CLIENT, house.url, RATING, env=quiet)
    assert ended.returncode == 0, ended.stderr
    answer, found, error = json.loads(ended.stdout)
    assert answer["citations"][0]["marker"] == "[5]" and answer["refused"] is False
    assert len(found) == 3 and found[0]["numbers"]
    assert "No report 'unknown'" in error


def test_nothing_else_is_offered(house: Served) -> None:
    names = json.loads(fetch(f"{house.url}/gradio_api/info")[1])["named_endpoints"]
    assert set(names) == {"/ask", "/search"}
