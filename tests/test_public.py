"""The public names, and that importing them is cheap: programs outside depend on both."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from conftest import ROOT, Run

import rag

PUBLIC = [
    "AddResult",
    "Answer",
    "Citation",
    "Evidence",
    "Library",
    "Locator",
    "Passage",
    "RagError",
    "Report",
    "Sentence",
    "Settings",
]
HEAVY = {
    "numpy",
    "llama_index",
    "chromadb",
    "gradio",
    "openai",
    "sqlalchemy",
    "tantivy",
    "pydantic",
    "rich",
    "tiktoken",
}


def test_the_exported_names_are_these_and_all_resolve() -> None:
    assert sorted(rag.__all__) == PUBLIC
    assert all(getattr(rag, name).__name__ == name for name in PUBLIC)


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="Librarian"):
        rag.Librarian  # noqa: B018


@pytest.mark.parametrize("statement", ["import rag", "import rag.types, rag.errors", "import rag.cli.parser"])
def test_importing_is_cheap(statement: str, run_python: Run) -> None:
    done = run_python("-c", f"import sys; {statement}; print(*{{name.split('.')[0] for name in sys.modules}})")
    assert done.returncode == 0, done.stderr
    assert not HEAVY & set(done.stdout.split())


@pytest.mark.parametrize("package", ["rag", "ui", "eval"])
def test_layers_point_one_way(package: str) -> None:
    allowed = {"rag": {"rag"}, "ui": {"rag", "ui"}, "eval": {"rag", "eval"}}[package]
    for path in sorted((ROOT / package).rglob("*.py")):
        ours = {name.split(".")[0] for name in imported(path)} & {"rag", "ui", "eval", "tests"}
        assert ours <= allowed, f"{path} imports {ours - allowed}"


# The modules of rag that the page and the eval may use: the exported names' homes, and those written to be used there.
OPEN = {
    "rag",
    "rag.types",
    "rag.errors",
    "rag.settings",
    "rag.library",
    "rag.language.analysis",
    "rag.language.wording",  # what the engine says, in Chinese: messages, and the reasons of the check
    "rag.verify.reasons",
    "rag.suggest",  # questions to offer
    "rag.readers.pdf_boxes",  # a page as a picture, a quote as boxes on it
    "rag.views.views",  # the brokers' views, their types
    "rag.views.groups",  # reports by company
    "rag.views.coverage",
    "rag.answer.grid",  # tables inside a text
    "rag.answer.footnotes",  # an answer as Markdown
    "rag.reports.rating_scale",  # ratings as levels, for a chart
    "rag.cli.show_views",  # views as CSV, the same as on the command line
    "rag.verify.ahead",  # passages read before they are checked against, to tell what each costs
    "rag.verify.sentence",  # a sentence put to the passages it cites
    "rag.question.concepts",  # the stand-in for a model reads questions as the engine does: these, sentences, words, follow-ups
    "rag.question.coverage",
    "rag.followup.complete",
    "rag.language.sentences",
    "rag.language.words",
    "rag.reports.metadata",  # figures are planted into the passages of real reports: these, passages, readers
    "rag.reports.passages",
    "rag.readers",
}


@pytest.mark.parametrize("package", ["ui", "eval"])
def test_ui_and_eval_stay_out_of_the_engines_rooms(package: str) -> None:
    for path in sorted((ROOT / package).rglob("*.py")):
        inner = {name for name in imported(path) if name.split(".")[0] == "rag"} - OPEN
        assert not inner, f"{path} imports {inner}"


def is_module(name: str) -> bool:
    path = ROOT.joinpath(*name.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def imported(path: Path) -> set[str]:
    """Full names of the modules that a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            modules = {name for name in inner if name.startswith("rag.") and is_module(name)}
            found |= modules if len(modules) == len(inner) else {node.module, *modules}
    return found
