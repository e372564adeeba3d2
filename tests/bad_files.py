"""Files of the kinds that people really have and that go wrong, made here; each with what must become of it."""

from __future__ import annotations

import io
import os
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

from pdf_samples import column, draw, text
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

LINES = ["Orders grew in every region during the year, and", "the backlog at its end was as high as ever."]
CHINESE = "公司订单增长百分之十二，全年营业收入达到四十二亿元。管理层预计明年的增速不低于今年。\n" * 3


def pdf(line: str) -> bytes:
    return draw(lambda canvas: column(canvas, 60, 100, [*LINES, line]))


def raw_pdf(*objects: bytes, xref: bool = True) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell() if xref else 7
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % (place if xref else 3))
    out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def _page_of(stream: bytes, font: bytes = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>") -> list[bytes]:
    return [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> >> /Contents 5 0 R >>",
        font,
        stream,
    ]


def _stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %b>>\nstream\n%b\nendstream" % (len(data), more, data)


def deflated(byte: bytes, megabytes: int) -> bytes:
    """So many megabytes of one byte, packed; a megabyte is packed once and repeated, which zlib cannot tell."""
    packer = zlib.compressobj(9)
    head = packer.compress(byte) + packer.flush(zlib.Z_FULL_FLUSH)
    block = packer.compress(byte * 2**20) + packer.flush(zlib.Z_FULL_FLUSH)
    return head + block * megabytes + b"\x01\x00\x00\xff\xff" + bytes(4)


def no_pages() -> bytes:
    return raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")


def broken_xref() -> bytes:
    words = b"BT /F1 12 Tf 60 700 Td (The cross-reference table of this file is wrong, its pages are not.) Tj ET"
    return raw_pdf(*_page_of(_stream(words)), xref=False)


def stream_bomb(gigabytes: int = 2) -> bytes:
    """A page whose content stream is spaces without end."""
    packed = deflated(b" ", gigabytes * 1024)
    return raw_pdf(*_page_of(_stream(packed, b"/Filter /FlateDecode ")))


def no_text_map() -> bytes:
    """A font that draws glyphs by number and says of none which letter it is."""
    font = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 750 750] /FontMatrix [0.001 0 0 0.001 0 0] /FirstChar 1 "
        b"/LastChar 30 /Widths [" + b"700 " * 30 + b"] /CharProcs << "
        + b"".join(b"/g%d 6 0 R " % n for n in range(1, 31))
        + b">> /Encoding << /Type /Encoding /Differences [1 "
        + b"".join(b"/g%d " % n for n in range(1, 31)) + b"] >> >>"
    )  # fmt: skip
    glyphs = bytes(range(1, 31)).hex().encode()
    lines = b"".join(b"1 0 0 1 60 %d Tm <%b> Tj " % (700 - 20 * n, glyphs) for n in range(8))
    square = _stream(b"700 0 0 0 700 700 d1 0 0 600 600 re f")
    return raw_pdf(*_page_of(_stream(b"BT /F1 12 Tf " + lines + b"ET"), font), square)


def scanned(first: str = "") -> bytes:
    """Two pages that are pictures of text; with ``first`` a page of real text before them."""
    from PIL import Image

    picture = ImageReader(Image.new("1", (600, 800), 1))

    def page(canvas: object) -> None:
        canvas.drawImage(picture, 0, 0, 595, 842)  # type: ignore[attr-defined]

    written = [lambda canvas: column(canvas, 60, 100, [*LINES, first])] if first else []
    return draw(*written, page, page)


def huge_picture() -> bytes:
    """A picture of 20,000 x 20,000 pixels, which would take 1.2 GB to draw, beside a line of text."""
    packed = deflated(b"\0", 382)
    image = _stream(
        packed,
        b"/Type /XObject /Subtype /Image /Width 20000 /Height 20000 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Filter /FlateDecode ",
    )
    words = b"BT /F1 12 Tf 60 700 Td (The picture on this page is far larger than the page.) Tj ET q 500 0 0 500 0 0 cm /I1 Do Q"
    objects = _page_of(_stream(words))
    objects[2] = objects[2].replace(b">> >>", b">> /XObject << /I1 6 0 R >> >>")
    return raw_pdf(*objects, image)


def right_to_left() -> bytes:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    letters = "שלום הכנסות החברה עלו השנה"
    codes = bytes(range(33, 33 + len(letters)))
    mapping = "\n".join(f"<{code:02X}> <{ord(letter):04X}>" for code, letter in zip(codes, letters, strict=True))
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def "
        f"1 begincodespacerange <00> <FF> endcodespacerange {len(letters)} beginbfchar\n{mapping}\nendbfchar endcmap end end"
    ).encode()
    words = b"BT /F1 12 Tf 60 700 Td <%b> Tj ET" % bytes(reversed(codes)).hex().encode()
    return raw_pdf(*_page_of(_stream(words), font), _stream(cmap))


def word(line: str, **parts: bytes) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in (*LINES, line))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {space}><w:body>{body}</w:body></w:document>")
        for name, content in parts.items():
            archive.writestr(f"word/{name}.bin", content)
    return buffer.getvalue()


def zip_bomb(megabytes: int = 150) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w") as part:
            for _ in range(megabytes):
                part.write(b" " * 2**20)
    return buffer.getvalue()


def deep_html(levels: int = 100_000) -> bytes:
    return b"<html><body><p>The text before the abyss is kept.</p>" + b"<div>" * levels + b"at the bottom"


SCRIPTS = b"""<html><head><script>document.title='owned'</script><style>p{}</style></head><body onload="steal()">
<h1>Port Calls</h1><p>Calls rose 4% in the quarter.</p><script>alert('stolen')</script>
<img src=x onerror="alert(1)"><p style="display:none">hidden words</p></body></html>"""

# name -> (its bytes, whether it is taken in, what the message or a warning must say)
FILES: dict[str, tuple[Callable[[], bytes], bool, str]] = {
    "02-a-pdf.docx": (lambda: pdf("It is called a Word file."), True, "called .docx, but is a PDF"),
    "03-a-picture.pdf": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, False, "is a PNG image"),
    "04-text.pdf": (
        lambda: b"Plain words in a file that is called a PDF, about cranes.\n", True, "called .pdf, but is text",
    ),
    "05-no-pages.pdf": (no_pages, False, "cannot be opened|without pages"),
    "06-password.pdf": (
        lambda: draw(lambda c: text(c, 60, 100, LINES[0]), encrypt=StandardEncryption("secret", canPrint=0)),
        False,
        "password",
    ),
    "07-broken-xref.pdf": (broken_xref, True, ""),
    "08-cut-off.pdf": (lambda: pdf("cut")[:300], False, "damaged or cut off"),
    "09-no-text-map.pdf": (no_text_map, False, "no map to text"),
    "10-scanned.pdf": (scanned, False, "2 page.*no text.*OCR"),
    "11-partly-scanned.pdf": (lambda: scanned("The second page is a picture."), True, "No text on pages 2-3"),
    "12-right-to-left.pdf": (right_to_left, True, ""),
    "13-huge-picture.pdf": (huge_picture, True, ""),
    "14-bomb.pdf": (stream_bomb, False, "memory"),
    "15-scripts.html": (lambda: SCRIPTS, True, ""),
    "16-macros.docx": (lambda: word("With macros.", vbaProject=b"\xd0\xcf\x11\xe0evil"), True, "macros"),
    "17-zip-bomb.docx": (zip_bomb, False, "zip bomb"),
    "18-damaged.docx": (lambda: word("cut")[:300], False, "damaged Word file"),
    "19-empty.txt": (lambda: b"", False, "empty"),
    "20-binary.txt": (lambda: bytes(range(256)) * 40, False, "binary"),
    "21-gb18030.txt": (lambda: CHINESE.encode("gb18030"), True, ""),
    "22-big5.txt": (
        lambda: ("公司訂單增長百分之十二，全年營業收入達到四十二億元。\n" * 5).encode("big5"), True, "",
    ),
    "23-utf16.txt": (lambda: ("Revenue in UTF-16 rose 7%.\n" + CHINESE).encode("utf-16"), True, ""),
    "24-deep.html": (deep_html, True, "deeper than"),
    "34-password.docx": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99) + "EncryptedPackage".encode("utf-16-le") + bytes(99),
        False,
        "Office file with a password",
    ),
    "25-spaces.txt": (lambda: b" \n\t \n" * 50, False, "white space"),
}  # fmt: skip


def make(folder: Path) -> None:
    """Write all of them into ``folder``, good files between them, and what is no file at all."""
    folder.mkdir()
    for name, (content, _, _) in FILES.items():
        (folder / name).write_bytes(content())
    for number in range(1, 100, 8):
        (folder / f"{number:02}-good.pdf").write_bytes(pdf(f"A good file, number {number}."))
    (folder / "26-copy-of-01.pdf").write_bytes((folder / "01-good.pdf").read_bytes())
    with (folder / "27-huge.txt").open("wb") as file:
        file.truncate(300 * 2**20)
    os.mkfifo(folder / "28-pipe.txt")
    (folder / "29-folder.pdf").mkdir()
    (folder / "29-folder.pdf" / "inner.txt").write_text("A good file in a folder that is called a PDF.\n")
    outside = folder.parent / "outside.txt"
    outside.write_text("Not in the folder.\n")
    (folder / "30-link-out.txt").symlink_to(outside)
    (folder / "31-gone.txt").symlink_to(folder / "nowhere.txt")
    (folder / "32-round.txt").symlink_to("32-round.txt")
    (folder / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0")
    (folder / "33-library").mkdir()
    for name in ("ledger.sqlite3", "passed-over.txt"):
        (folder / "33-library" / name).write_text("Part of a library.\n")
