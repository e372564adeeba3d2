"""Text from outside made harmless for HTML, and nothing else."""

from __future__ import annotations

import html
import re

from rag.answer.grid import RULE, cells_of, grid_lines, is_grid

__all__ = ["RULE", "cells_of", "clip", "esc", "esc_lines", "grid_lines", "is_grid", "rows_apart", "visible"]

_BIDI = "\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c"
_UNSEEN = re.compile(rf"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f{_BIDI}\ufeff\ud800-\udfff]")
_ACTIVE = str.maketrans({"{": "&#123;", "}": "&#125;", "$": "&#36;", "`": "&#96;", "\\": "&#92;", "\n": " ", "\r": " "})


def visible(text: str) -> str:
    """``text`` without control characters, lone surrogates and marks that turn the reading direction around."""
    return _UNSEEN.sub("", text)


def esc(text: str) -> str:
    """``text`` as HTML on one line, in which no markup, template, formula or Markdown can come to life.

    The page puts it into Markdown and into templates: beside the HTML characters, those that open a template
    expression, a formula or a code span are written as entities, and line breaks become spaces.
    """
    return html.escape(visible(text), quote=True).translate(_ACTIVE)


def esc_lines(text: str) -> str:
    """``text`` as ``esc`` writes it, with its line breaks kept."""
    return "<br>".join(esc(line) for line in text.split("\n"))


def clip(text: str, limit: int) -> str:
    """At most ``limit`` characters; a cut text ends in an ellipsis, between words where the text has spaces."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ")
    return (cut[:space] if space > limit * 0.7 else cut).rstrip(" ,;:，；：、") + "…"


def rows_apart(text: str) -> str:
    """``text`` on one line, rows of a table as their cells with dots between, for where no table can stand."""
    lines = [*zip(text.split("\n"), grid_lines(text), strict=True)]
    if not any(grid or line.count("|") > 1 for line, grid in lines):
        return text
    told = (" · ".join(filter(None, cells_of(line))) if "|" in line else line.strip() for line, _ in lines)
    return "; ".join(filter(None, told))
