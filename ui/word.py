"""A conversation as a Word document with real footnotes, written with the standard library alone.

Format: Office Open XML, ECMA-376 part 1, sections 17.3 (paragraphs) and 17.11 (footnotes).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from rag.answer.grid import RULE, grid_lines
from rag.types import Answer, Sentence
from ui import export, marks
from ui.i18n import Words, worded
from ui.safe import visible
from ui.turns import NEAREST, Turn

_Pieces = list[tuple[str, int | None]]  # text, and the number of its sentence
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_BULLET = re.compile(r"^\s*[-*•]\s+")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_SIDES = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="999999"/>' for side in ("top", "bottom", "insideH"))
_TABLE = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{_SIDES}</w:tblBorders></w:tblPr><w:tblGrid/>'

_TYPES = f"""{_HEAD}<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{_PART}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_PART}.styles+xml"/>
<Override PartName="/word/footnotes.xml" ContentType="{_PART}.footnotes+xml"/></Types>"""
_RELS = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="r1" Type="{_REL}/officeDocument" Target="word/document.xml"/></Relationships>"""
_DOCUMENT_RELS = f"""{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">
<Relationship Id="r1" Type="{_REL}/styles" Target="styles.xml"/>
<Relationship Id="r2" Type="{_REL}/footnotes" Target="footnotes.xml"/></Relationships>"""
_STYLES = f"""{_HEAD}<w:styles xmlns:w="{_W}"><w:docDefaults><w:rPrDefault><w:rPr>
<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Microsoft YaHei"/><w:sz w:val="22"/></w:rPr></w:rPrDefault>
<w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:rPr><w:b/><w:sz w:val="36"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:pPr><w:keepNext/>
<w:spacing w:before="360" w:after="120"/><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Bullet"><w:name w:val="List Bullet"/><w:pPr>
<w:ind w:left="360" w:hanging="240"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:rPr><w:sz w:val="18"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>
<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style></w:styles>"""
_SEPARATORS = (
    '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    '<w:footnote w:type="continuationSeparator" w:id="0"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
)


def document(turns: Iterable[Turn], t: Words) -> bytes:
    """The bytes of a .docx file: each question a heading, each citation a marker with a footnote."""
    notes: list[str] = []
    body = [_paragraph(_run(t["app"]), "Title")]
    for turn in turns:
        if turn.state == "running":
            continue
        body.append(_paragraph(_run(" ".join(turn.question.split())), "Heading1"))
        body += [_paragraph(_run(worded(t, turn.error)))] if turn.answer is None else _answer(turn.answer, notes, t)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS,
        "word/_rels/document.xml.rels": _DOCUMENT_RELS,
        "word/styles.xml": _STYLES,
        "word/footnotes.xml": f'{_HEAD}<w:footnotes xmlns:w="{_W}">{_SEPARATORS}{"".join(notes)}</w:footnotes>',
        "word/document.xml": f'{_HEAD}<w:document xmlns:w="{_W}"><w:body>{"".join(body)}</w:body></w:document>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def _answer(answer: Answer, notes: list[str], t: Words) -> list[str]:
    """The lines of an answer, rows of a table as a table; what is in doubt says so, as on the page."""
    lines = [line for line in _split(answer, t) if _raw(line).strip()]
    grid = grid_lines("\n".join(map(_raw, lines))) if lines else []
    noted: dict[tuple[str, int], None] = {}
    out: list[str] = []
    rows: list[str] = []
    for line, is_row in [*zip(lines, grid, strict=True), ([], False)]:
        if is_row and not RULE.match(_raw(line)):
            cells = (_line(cell, answer, notes, noted, t) for cell in _cells(line))
            rows.append("<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>")
        elif rows and not is_row:
            out += [f"<w:tbl>{_TABLE}{''.join(rows)}</w:tbl>", _paragraph("")]
            rows = []
        if line and not is_row:
            out.append(_line(line, answer, notes, noted, t))
    out += [_paragraph(_run(note, "i")) for note in answer.notes]
    if answer.refused and answer.evidence:
        out.append(_paragraph(_run(t["nearest"], "b")))
        out += [_paragraph(_run(f"• {export.near_line(e, t)}"), "Bullet") for e in answer.evidence[:NEAREST]]
    return out


def _split(answer: Answer, t: Words) -> list[_Pieces]:
    """The answer's lines as pieces of text, each with the number of its sentence; a doubt follows its sentence."""
    lines: list[_Pieces] = [[]]
    for text, sentence in marks.segments(answer):
        for number, part in enumerate(text.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append((part, sentence))
        doubt = _doubt(answer.sentences[sentence], t) if sentence is not None else ""
        if doubt and lines[-1]:
            last, _ = lines[-1].pop()
            body = last.rstrip(" |")  # inside the last cell of a row
            lines[-1] += [(body, sentence), (doubt, None), (last[len(body) :], sentence)]
    return lines


def _doubt(sentence: Sentence, t: Words) -> str:
    if sentence.status == "supported":
        return ""
    return f" ({t[sentence.status]}{': ' + worded(t, sentence.reason.rstrip('.')) if sentence.reason else ''})"


def _raw(line: _Pieces) -> str:
    return "".join(text for text, _ in line)


def _cells(line: _Pieces) -> list[_Pieces]:
    cells: list[_Pieces] = [[]]
    for text, sentence in line:
        for number, part in enumerate(text.split("|")):
            if number:
                cells.append([])
            if part.strip():
                cells[-1].append((part, sentence))
    bars = _raw(line).strip()
    return cells[bars.startswith("|") : len(cells) - bars.endswith("|")]


def _line(line: _Pieces, answer: Answer, notes: list[str], noted: dict[tuple[str, int], None], t: Words) -> str:
    bullet = _BULLET.match(_raw(line))
    drop = bullet.end() if bullet else 0
    runs = [_run("• ")] if bullet else []
    for text, sentence in line:
        rest, drop = text[drop:], max(0, drop - len(text))
        parts = marks.split(rest, answer.sentences[sentence], answer) if sentence is not None else [rest]
        for part in parts:
            runs.append(_run(part) if isinstance(part, str) else _reference(part, answer, notes, noted, t))
    return _paragraph("".join(runs), "Bullet" if bullet else "")


def _reference(mark: marks.Mark, answer: Answer, notes: list[str], noted: dict[tuple[str, int], None], t: Words) -> str:
    """The marker; at its first place in an answer with a footnote of its own."""
    if (mark.text, mark.index) in noted:
        return _run(mark.text)
    noted[mark.text, mark.index] = None
    citation = answer.citations[mark.index]
    number = len(notes) + 1
    quote = " ".join(citation.quote.split())
    text = f" {mark.text} {export.source_line(citation, t)}: “{quote}”"
    sign = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
    notes.append(
        f'<w:footnote w:id="{number}">{_paragraph(f"{sign}<w:footnoteRef/></w:r>{_run(text)}", "FootnoteText")}'
        "</w:footnote>"
    )
    return f'{_run(mark.text)}{sign}<w:footnoteReference w:id="{number}"/></w:r>'


def _run(text: str, look: str = "") -> str:
    """A stretch of text; ``look``: ``b`` for bold, ``i`` for italics."""
    style = f"<w:rPr><w:{look}/></w:rPr>" if look else ""
    return f'<w:r>{style}<w:t xml:space="preserve">{escape(_NOT_XML.sub("", visible(text)))}</w:t></w:r>'


def _paragraph(runs: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}{runs}</w:p>"
