"""Word files made part by part: structure, deleted text, macros, and packages made to hurt."""

from __future__ import annotations

import io
import zipfile

import pytest

from rag.errors import ReaderError
from rag.readers import read_bytes
from rag.readers.docx import MAX_PART_BYTES, parse
from rag.reports.metadata import make_report

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
STYLES = f"""<w:styles {W}><w:style w:styleId="Title"><w:name w:val="Title"/></w:style>
<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="H1"/></w:style></w:styles>"""


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(text, style=""):
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{run(text)}</w:p>"


def package(body, **parts):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        zipped.writestr("word/styles.xml", STYLES)
        for name, content in parts.items():
            zipped.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), content)
    return buffer.getvalue()


def pieces(parsed, kind):
    return [parsed.text[block.start : block.end] for block in parsed.blocks if block.kind == kind]


BODY = (
    paragraph("Northwind at a glance", "Title")
    + paragraph("Orders", "Own")
    + "<w:p>"
    + run("Orders grew by 12.5")
    + f"<w:del><w:r><w:delText>13</w:delText>{run('gone')}</w:r></w:del>"
    + f"<w:ins>{run('% in the year.')}</w:ins></w:p>"
    + f"<w:p><w:pPr><w:numPr/></w:pPr>{run('A listed point.')}</w:p>"
    + "<w:tbl>"
    + "".join(
        f"<w:tr>{''.join(f'<w:tc>{paragraph(cell)}</w:tc>' for cell in row)}</w:tr>"
        for row in (("RMB mn", "2031", "2030"), ("Sales", "1,200", "1,100"))
    )
    + "</w:tbl>"
    + f"<w:p>{run('A bold line', '<w:b/>')}</w:p>"
    + paragraph("Text below it.")
)


def test_headings_paragraphs_lists_and_tables():
    parsed = read_bytes(package(BODY), "note.docx")
    assert parsed.kind == "docx"
    assert pieces(parsed, "heading") == ["Northwind at a glance", "Orders", "A bold line"]
    assert pieces(parsed, "paragraph") == ["Orders grew by 12.5% in the year.", "A listed point.", "Text below it."]
    assert pieces(parsed, "table") == ["RMB mn | 2031 | 2030\nSales | 1,200 | 1,100"]
    assert pieces(parsed, "bullet") == ["•"]
    (title,) = parsed.fields
    assert (title.value, parsed.text[title.start : title.end]) == ("Northwind at a glance", title.quote)
    assert next(b for b in parsed.blocks if b.kind == "table").section[-1].endswith("2031 | 2030")


def test_footnotes_are_read_and_macros_are_only_mentioned():
    note = f'<w:footnotes {W}><w:footnote w:type="separator">{paragraph("-")}</w:footnote>'
    note += f"<w:footnote>{paragraph('Restated in 2031.')}</w:footnote></w:footnotes>"
    parsed = parse(package(BODY, word__footnotes_xml=note, word__vbaProject_bin="Shell"), "m.docm")
    assert pieces(parsed, "paragraph")[-1] == "Restated in 2031."
    assert parsed.warnings == ("The file holds macros; they were not run.",)
    assert "Shell" not in parsed.text


def test_a_zip_bomb_is_refused_before_it_fills_memory():
    bomb = package(BODY, word__footnotes_xml=b"0" * (MAX_PART_BYTES + 10))
    assert len(bomb) < 2**20
    with pytest.raises(ReaderError, match="likely zip bomb"):
        parse(bomb, "bomb.docx")


def test_external_and_expanding_entities_are_not_followed():
    entities = "<!DOCTYPE d [<!ENTITY a SYSTEM 'file:///etc/hostname'><!ENTITY b 'bbbb'><!ENTITY c '&b;&b;&b;'>]>"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        body = f"<w:body>{paragraph('before &a; &c; after')}</w:body>"
        zipped.writestr("word/document.xml", f"{entities}<w:document {W}>{body}</w:document>")
    parsed = parse(buffer.getvalue(), "x.docx")
    assert parsed.text.split() == ["before"] or parsed.text.split() == ["before", "after"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (package("")[:200], "damaged Word file"),
        (package("<w:p>"), "not well-formed"),
        (package(""), "has no text"),
        (b"PK\x03\x04word/" + bytes(50), "damaged Word file"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(data, message):
    with pytest.raises(ReaderError, match=message):
        parse(data, "broken.docx")


def test_page_headers_are_kept_and_tell_the_house_but_are_not_retrieved():
    header = f"<w:hdr {W}>{paragraph('Old Mill Securities')}{paragraph('4 March 2031')}{paragraph('- 1 -')}</w:hdr>"
    footer = f"<w:ftr {W}>{paragraph('See the disclosures on the last page')}</w:ftr>"
    edges = {"word__header1_xml": header, "word__header2_xml": header, "word__footer1_xml": footer}
    data = package(BODY + paragraph("We maintain our Buy rating."), **edges)
    parsed = read_bytes(data, "note.docx")
    assert pieces(parsed, "chrome") == ["Old Mill Securities", "4 March 2031", "See the disclosures on the last page"]
    report = make_report(parsed, "note.docx", "0" * 64, 1)
    assert (report.title, report.broker, str(report.date)) == (
        "Northwind at a glance", "Old Mill Securities", "2031-03-04",
    )  # fmt: skip
    with pytest.raises(ReaderError, match="no text"):
        read_bytes(package("", **edges), "empty.docx")


def test_lines_of_a_text_box_are_parted():
    box = f"<w:p><w:r><w:txbxContent>{paragraph('Rating: Buy')}{paragraph('Target: 12')}</w:txbxContent></w:r></w:p>"
    assert (
        pieces(read_bytes(package(box + paragraph("Orders grew.")), "box.docx"), "paragraph")[0]
        == "Rating: Buy Target: 12"
    )


@pytest.mark.parametrize("title", ["Microsoft Word - note.doc", "Document1", "文档1", "Research template"])
def test_what_a_program_writes_as_title_is_none(title):
    space = 'xmlns:c="core" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    core = f"<c:coreProperties {space}><dc:title>{title}</dc:title></c:coreProperties>"
    parsed = read_bytes(package(paragraph("Orders grew."), docProps__core_xml=core), "note.docx")
    assert not any(field.name == "title" for field in parsed.fields)
