"""A library of two invented reports and a server that speaks as a model, for the tests of the model's path.

The fixtures are imported by the tests that use them.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from llm_samples import write_reports
from openai_server import Behaviour, OpenAIServer, says

from rag import Library, Settings

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
    monkeypatch.setattr("rag.llm.provider.PAUSES", (0.0, 0.0))


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
