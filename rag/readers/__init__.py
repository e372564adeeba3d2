"""A file becomes a ``Parsed``: its text, the blocks in it, and what it says about itself. By content, not by name."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from rag.errors import ReaderError
from rag.readers.decode import MAX_BYTES, check_size, decode
from rag.readers.emphasis import without_emphasis
from rag.readers.marks import mark_runs
from rag.types import Parsed

__all__ = ["is_harmless", "read", "read_bytes"]

# What a page, or a piece of one that was saved or exported, begins with; and a tag anywhere, for a file called HTML.
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|(?:html|head|body|meta|title|style|script|div|p|h[1-6]|table|article|section|main|header|ul|ol|span|font|center|b|br|img)(?=[\s/>]))",
    re.I | re.S,
)
_TAG = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]{0,300})?/?>", re.I)
_HTML_NAMES = (".html", ".htm", ".xhtml")
_SUFFIXES = {
    "pdf": (".pdf",),
    "docx": (".docx", ".docm"),
    "html": _HTML_NAMES,
    "text": (".md", ".markdown", ".txt", ".text"),
}
_CALLED = {"pdf": "a PDF", "docx": "a Word file", "html": "HTML"}
_MARKDOWN = re.compile(r"^(?:#{1,6}\s+\S|```|\|\s*:?-{3,})", re.M)
_CHARACTERS_PER_MARK = 5000


def read(path: str | Path, *, max_bytes: int = MAX_BYTES) -> Parsed:
    """Read a report file of at most ``max_bytes`` bytes. Raises ReaderError with one sentence when it cannot be."""
    path = Path(path)
    try:
        if path.is_dir():
            raise ReaderError(f"{path.name} is a folder, not a file; name a file in it.")
        if not path.is_file():
            raise ReaderError(f"{path} does not exist or is not a regular file; check the path.")
        check_size(path.stat().st_size, path.name, max_bytes)
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReaderError(
            f"{path.name or path} cannot be read ({reason}); check the path and its permissions."
        ) from error
    return read_bytes(data, path.name, max_bytes=max_bytes)


def read_bytes(data: bytes, name: str, *, max_bytes: int = MAX_BYTES) -> Parsed:
    """Read a report from its bytes; ``name`` is used in messages. Raises ReaderError as ``read`` does.

    A name that says another format is told of in ``warnings``: a download called PDF may be the page of an error.
    """
    check_size(len(data), name, max_bytes)
    return told_of_name(_read(data, name, max_bytes), name)


def told_of_name(parsed: Parsed, name: str) -> Parsed:
    """The same with a warning where the file's name says another format."""
    called = next((kind for kind, suffixes in _SUFFIXES.items() if name.lower().endswith(suffixes)), None)
    if called is None or parsed.kind == called or (called == "text" and parsed.kind not in ("pdf", "docx")):
        return parsed
    told = f"Is called {Path(name).suffix}, but is {_CALLED.get(parsed.kind, 'text')}, and was read as that."
    return replace(parsed, warnings=(*parsed.warnings, told))


def is_pdf(data: bytes) -> bool:
    """Whether these bytes are read as a PDF, whatever their name."""
    return b"%PDF-" in data[:1024]


def _read(data: bytes, name: str, max_bytes: int) -> Parsed:
    if is_pdf(data):
        from rag.readers import pdf

        return pdf.parse(data, name)
    if data.startswith(b"PK\x03\x04") and b"word/" in data:
        from rag.readers import docx

        return docx.parse(data, name)
    decoded = decode(data, name, max_bytes=max_bytes)
    parsed = without_emphasis(_read_text(decoded.text, called_html=name.lower().endswith(_HTML_NAMES)))
    return replace(parsed, warnings=parsed.warnings + decoded.warnings) if decoded.warnings else parsed


def _read_text(text: str, *, called_html: bool) -> Parsed:
    if _HTML.match(text[:4096]) or (called_html and _TAG.search(text[:4096])):
        from rag.readers import html

        return html.parse(text)
    if is_digest(text):
        from rag.readers import digest

        return digest.parse(text)
    if _MARKDOWN.search(text):
        from rag.readers import markdown

        return markdown.parse(text)
    from rag.readers import text as plain

    return plain.parse(text)


def is_harmless(data: bytes) -> bool:
    """Whether bytes are text without markup, which is read in time that grows with its length and no faster."""
    return not (is_pdf(data) or data.startswith(b"PK") or b"<" in data[:4096])


def is_digest(text: str) -> bool:
    """Whether a text carries marks all through: at least one for every 5,000 characters."""
    needed = len(text) // _CHARACTERS_PER_MARK + 1
    for _ in mark_runs(text):
        needed -= 1
        if needed <= 0:
            return True
    return False
