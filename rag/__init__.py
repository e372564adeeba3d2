"""Questions to research reports, answered with checked citations. Importing this package is cheap."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag.errors import RagError
    from rag.library import Library
    from rag.settings import Settings
    from rag.types import AddResult, Answer, Citation, Evidence, Locator, Passage, Report, Sentence

_HOMES = {
    "Library": "rag.library",
    "Settings": "rag.settings",
    "RagError": "rag.errors",
    "AddResult": "rag.types",
    "Answer": "rag.types",
    "Citation": "rag.types",
    "Evidence": "rag.types",
    "Locator": "rag.types",
    "Passage": "rag.types",
    "Report": "rag.types",
    "Sentence": "rag.types",
}

__all__ = [
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


def __getattr__(name: str) -> Any:
    """Import the module behind a public name on first use."""
    if name not in _HOMES:
        raise AttributeError(f"module 'rag' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
