"""A small PDF writer for the question set's own reports: text, tables and scanned pages, the same bytes every time.

Latin text is set in Helvetica, Chinese in STSong-Light with the predefined CMap UniGB-UCS2-H; neither font is embedded
(PDF 32000-1:2008, 9.6.2.2 and 9.7.5.2), so the files are small and carry no font licence. Sizes are in points, the
origin is the lower left corner of an A4 page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT, MARGIN = 595, 842, 56
_CJK = re.compile("[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]")
# Helvetica advance widths of the characters 32..126, in thousandths of the font size (Adobe Core 14 AFM).
_HELVETICA = (
    "278 278 355 556 556 889 667 191 333 333 389 584 278 333 278 278 556 556 556 556 556 556 556 556 556 556 "
    "278 278 584 584 584 556 1015 667 667 722 722 667 611 778 722 278 500 667 556 833 722 778 667 778 722 667 "
    "611 722 667 944 667 667 611 278 278 278 469 556 333 556 556 500 556 556 278 556 556 222 222 500 222 833 "
    "556 556 556 556 333 500 278 556 500 722 500 500 500 334 260 334 584 "
)
_WIDTHS = [int(width) for width in _HELVETICA.split()]


@dataclass
class Page:
    """One page under way: drawing operators, or a scanned image that replaces them."""

    operators: list[str] = field(default_factory=list)
    image: Image | None = None

    def text(self, x: float, y: float, text: str, size: float, *, bold: bool = False) -> None:
        """Set a line with its left end at ``x`` and its baseline at ``y``."""
        if _CJK.search(text):
            font, shown = "F3", f"<{text.encode('utf-16-be').hex().upper()}>"
        else:
            escaped = re.sub(r"([\\()])", r"\\\1", text).encode("cp1252").decode("latin-1")
            font, shown = ("F2" if bold else "F1"), f"({escaped})"
        self.operators.append(f"BT /{font} {size:g} Tf {x:.2f} {y:.2f} Td {shown} Tj ET")

    def line(self, x: float, y: float, to: float) -> None:
        """Draw a horizontal rule."""
        self.operators.append(f"0.5 w {x:.2f} {y:.2f} m {to:.2f} {y:.2f} l S")


@dataclass(frozen=True)
class Image:
    """A black-and-white scan: rows of packed bits, 1 is white; sizes in pixels."""

    width: int
    height: int
    bits: bytes


def advance(text: str, size: float) -> float:
    """Width of a line in points, as ``Page.text`` sets it."""
    if _CJK.search(text):
        return sum(1.0 if _CJK.match(char) else 0.5 for char in text) * size
    return sum(_WIDTHS[ord(char) - 32] if 32 <= ord(char) < 127 else 556 for char in text) * size / 1000


def wrap(text: str, size: float, width: float) -> list[str]:
    """Break a paragraph into lines of at most ``width`` points: at spaces, and between Chinese characters."""
    pieces = re.findall(
        r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f][,。;:、,)]?|[^\s\u2e80-\u9fff\uff00-\uffef]+ ?|\s", text
    )
    lines, current = [], ""
    for piece in pieces:
        if current and advance((current + piece).rstrip(), size) > width:
            lines.append(current.rstrip())
            current = ""
        current += piece
    return [*lines, current.rstrip()] if current.strip() else lines


def pack_runs(data: bytes) -> bytes:
    """RunLengthDecode's encoding (PDF 32000-1:2008, 7.4.5)."""
    out, i = bytearray(), 0
    while i < len(data):
        run = 1
        while run < 128 and i + run < len(data) and data[i + run] == data[i]:
            run += 1
        if run > 1:
            out += bytes((257 - run, data[i]))
            i += run
            continue
        start = i
        while i < len(data) and i - start < 128 and (i + 1 >= len(data) or data[i] != data[i + 1]):
            i += 1
        out += bytes((i - start - 1,)) + data[start:i]
    return bytes(out + b"\x80")


def write(pages: Sequence[Page], title: str) -> bytes:
    """The file of these pages."""
    objects: list[bytes] = [b""] * 8
    kids = []
    for page in pages:
        kids.append(len(objects) + 1)
        objects += _page_objects(page, len(objects) + 1)
    kid_list = " ".join(f"{number} 0 R" for number in kids)
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{kid_list}] >>".encode()
    objects[2] = _simple_font("Helvetica")
    objects[3] = _simple_font("Helvetica-Bold")
    objects[4] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>"
    )
    objects[5] = (
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R /DW 1000 /W [1 95 500] "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> >>"
    )
    objects[6] = (
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
        b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>"
    )
    objects[7] = b"<< /Title <FEFF" + title.encode("utf-16-be").hex().upper().encode() + b"> >>"
    return _assemble(objects)


def _simple_font(name: str) -> bytes:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()


def _page_objects(page: Page, number: int) -> list[bytes]:
    """The page, its content and its image; ``number`` is the object number of the first."""
    resources = "/Font << /F1 3 0 R /F2 4 0 R /F3 5 0 R >>"
    operators = page.operators
    extra: list[bytes] = []
    if page.image:
        resources = f"/XObject << /Im {number + 2} 0 R >>"
        operators = [f"q {WIDTH} 0 0 {HEIGHT} 0 0 cm /Im Do Q"]
        packed = pack_runs(page.image.bits)
        head = (
            f"<< /Type /XObject /Subtype /Image /Width {page.image.width} /Height {page.image.height} "
            f"/ColorSpace /DeviceGray /BitsPerComponent 1 /Filter /RunLengthDecode /Length {len(packed)} >>"
        )
        extra = [head.encode() + b"\nstream\n" + packed + b"\nendstream"]
    content = "\n".join(operators).encode("latin-1")
    return [
        (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] "
            f"/Resources << {resources} >> /Contents {number + 1} 0 R >>"
        ).encode(),
        f"<< /Length {len(content)} >>".encode() + b"\nstream\n" + content + b"\nendstream",
        *extra,
    ]


def _assemble(objects: Sequence[bytes]) -> bytes:
    out, offsets = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010d} 00000 n \n".encode() for offset in offsets)
    out += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info 8 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)
