"""What a program passes to the library: what is taken, and what is said of the rest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from llama_index.core.schema import MetadataMode, QueryBundle
from llm_samples import write_reports

from rag import Library
from rag.errors import InputError

QUESTION = "What is the passenger share on the Skarn route?"


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"brokr": "x"}, "'brokr' is no filter of the library: expected reports, broker, since, until."),
        ({"broker": ["x"]}, "broker is of type list"),
        ({"history": [{"role": "user", "content": "q"}]}, "The history holds a dict"),
        ({"reports": [5]}, "No report '5' in the library"),
        ({"reports": 5}, "reports is of type int"),
        ({"history": 5}, "The history holds a int"),
    ],
)
def test_arguments_that_cannot_be_used_are_named(library: Library, asked: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says.replace("(", r"\(")):
        library.ask(QUESTION, **asked)
    with pytest.raises(InputError, match="limit is '3': expected 1 or more"):
        library.retrieve(QUESTION, limit="3")  # type: ignore[arg-type]


@pytest.mark.parametrize("make", ["query_engine", "retriever", "chat"])
def test_a_filter_that_is_none_is_told_when_it_is_given(library: Library, make: str) -> None:
    with pytest.raises(InputError, match="'similarity_top_k' is no filter"):
        getattr(library, make)(similarity_top_k=3)


def test_reports_can_be_given_as_they_are_listed(library: Library, tmp_path: Path) -> None:
    library.add_many([write_reports(tmp_path / "reports")])
    first, *_ = library.reports()
    for given in (first, [first], first.id, [first.stem]):
        assert {item.report.id for item in library.retrieve(QUESTION, reports=given)} == {first.id}


def test_the_engine_retrieves_and_its_nodes_tell_a_model_what_matters(library: Library, tmp_path: Path) -> None:
    library.add_many([write_reports(tmp_path / "reports")])
    found = library.query_engine().retrieve(QueryBundle(QUESTION))
    assert [node.node_id for node in found] == [item.passage.id for item in library.retrieve(QUESTION, reports=None)]
    told = found[0].node.get_content(MetadataMode.LLM)
    assert "date: " in told and "report_title: " in told and "report_id" not in told and "marker" not in told
