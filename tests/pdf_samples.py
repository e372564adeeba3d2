"""Small PDFs drawn for the tests, with reportlab: text at known places, to compare reading with drawing."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
CJK = "STSong-Light"


def draw(*pages: Callable[[Canvas], None], **options: object) -> bytes:
    """A PDF of A4 pages, each drawn by a function of the canvas."""
    if CJK not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(CJK))
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, **options)
    for page in pages:
        canvas.setFont("Helvetica", 10)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def text(canvas: Canvas, x: float, top: float, line: str, font: str = "Helvetica", size: float = 10) -> None:
    """Draw a line with its baseline ``top`` points below the page's upper edge."""
    canvas.setFont(font, size)
    canvas.drawString(x, HEIGHT - top, line)


def column(
    canvas: Canvas,
    x: float,
    top: float,
    lines: Iterable[str],
    leading: float = 13,
    font: str = "Helvetica",
    size: float = 10,
) -> float:
    """Draw lines under each other; returns the next baseline's distance from the top."""
    for line in lines:
        text(canvas, x, top, line, font, size)
        top += leading
    return top


def table(
    canvas: Canvas, x: float, top: float, rows: Sequence[Sequence[str]], edges: Sequence[float], font: str = "Helvetica"
) -> float:
    """Draw rows: the first cell from ``x``, the others ending at ``edges``, figures under each other as filings do."""
    for label, *cells in rows:
        text(canvas, x, top, label, font)
        for cell, edge in zip(cells, edges, strict=False):
            if cell.startswith("$ "):
                canvas.drawString(edge - 60, HEIGHT - top, "$")
                cell = cell[2:]
            closing = cell.endswith(")")
            canvas.drawRightString(edge, HEIGHT - top, cell.removesuffix(")"))
            if closing:
                canvas.drawString(edge + 0.5, HEIGHT - top, ")")
        top += 14
    return top
