"""From a file's bytes to a ``Parsed``: told apart by content, decoded, or refused in one sentence."""

import os
from pathlib import Path

import pytest

from rag.errors import ReaderError
from rag.readers import read, read_bytes
from rag.readers.decode import clean, decode

DIGEST = "渡轮行业周报:客流恢复\n海港证券· 2031-03-04 08:00\n\n核心观点 - 客流恢复 [2] - 票价上涨,成本下降 [3]\n"
ENGLISH = "Ferry Weekly\n\nInvestment Rating - Ferries are rated “Hold” – again [5] Core Insights - Fares rose 4% [7]\n"
TRADITIONAL = "渡輪行業週報:客流恢復\n\n核心觀點 - 公司業績增長 [2] - 票價上漲,成本下降,評級維持買入 [3]\n"


@pytest.mark.parametrize(
    ("encoding", "bom"),
    [
        ("utf-8", b""),
        ("utf-8", b"\xef\xbb\xbf"),
        ("utf-16-le", b"\xff\xfe"),
        ("utf-16-be", b"\xfe\xff"),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32-le", b"\xff\xfe\x00\x00"),
        ("utf-32-be", b"\x00\x00\xfe\xff"),
        ("gbk", b""),
        ("gb18030", b""),
        ("gb18030", b"\x84\x31\x95\x33"),
    ],
)
@pytest.mark.parametrize("text", [DIGEST, ENGLISH])
def test_encodings(text, encoding, bom):
    parsed = read_bytes(bom + text.encode(encoding), "report.txt")
    assert (parsed.text, parsed.kind, parsed.warnings) == (text, "digest", ())


def test_utf16_without_any_ascii():
    text = "客流恢复,票价上涨。公司的成本下降,我们维持买入评级。".replace(",", "\uff0c")
    for encoding in ("utf-16-le", "utf-16-be", "gbk"):
        assert decode(text.encode(encoding), "r.txt").text == text


def test_big5_and_western():
    assert read_bytes(TRADITIONAL.encode("big5"), "r.txt").text == TRADITIONAL
    assert read_bytes(ENGLISH.encode("cp1252"), "r.txt").text == ENGLISH


def test_newlines_controls_and_surrogates():
    more = ", and then more of it" * 9
    data = f"\ufeffA line [1]\r\nB\x00\x07 line [2]\rC\u2028D\x0cE{more}".encode()
    assert decode(data, "r.txt").text == f"A line [1]\nB line [2]\nC\nD\nE{more}"
    assert clean("a\ud800b\udfffc") == "abc"


def test_a_little_damage_is_read_with_a_warning():
    data = DIGEST.encode().replace("票".encode(), b"\xe7\xa5") + DIGEST.encode()
    parsed = read_bytes(data, "hurt.txt")
    assert "\ufffd价上涨" in parsed.text
    assert parsed.warnings == ("1 character of hurt.txt could not be read as utf-8 and is shown as \ufffd.",)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "r.txt is empty; a report needs some text."),
        (b" \n\t\r\n\xef\xbb\xbf ", "r.txt holds nothing but white space; a report needs some text."),
        (b"\xef\xbb\xbf", "r.txt holds nothing but white space; a report needs some text."),
        (b"\x89PNG\r\n\x1a\n" + b"text" * 50, "r.txt is a PNG image, not a report text"),
        (b"PK\x03\x04" + b"x" * 90, "r.txt is a ZIP archive, not a report text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 90, "r.txt is an old Office file"),
        (bytes(range(256)) * 20, "r.txt looks like a binary file, not text"),
        (b"\x00\x01\x02\x03" * 500, "r.txt looks like a binary file, not text"),
        (b"Fares rose. " * 400 + b"\x00\x01\x02\x03\x04" * 5000, "r.txt looks like a binary file, not text"),
    ],
)
def test_refused(data, said):
    with pytest.raises(ReaderError) as caught:
        read_bytes(data, "r.txt")
    assert str(caught.value).startswith(said)
    assert "\n" not in str(caught.value)


def test_random_bytes_are_refused():
    import random

    for seed in range(20):
        with pytest.raises(ReaderError, match="binary"):
            read_bytes(random.Random(seed).randbytes(5000), "r.txt")


def test_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(100 * 2**20)
    with pytest.raises(ReaderError) as caught:
        read(path)
    assert str(caught.value) == (
        "big.txt has 100.0 MB, more than the limit of 50 MB; split it, or raise RAG_MAX_FILE_MB."
    )
    with pytest.raises(ReaderError, match="limit of 1 MB"):
        read_bytes(b"a" * (2**20 + 1), "r.txt", max_bytes=2**20)


def test_paths_that_are_no_files(tmp_path):
    with pytest.raises(ReaderError, match="does not exist"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReaderError, match="is a folder"):
        read(tmp_path)
    with pytest.raises(ReaderError, match="regular file"):
        os.mkfifo(tmp_path / "pipe")
        read(tmp_path / "pipe")
    with pytest.raises(ReaderError, match="does not exist"):
        read("a\x00b.txt")


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    def refuse(self):
        raise PermissionError(13, "Permission denied")

    (tmp_path / "shut.txt").write_text("Fares rose.")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ReaderError, match=r"shut.txt cannot be read \(Permission denied\)"):
        read(tmp_path / "shut.txt")


def test_the_kind_comes_from_the_content(tmp_path):
    cases = {
        "a.pdf": (DIGEST, "digest"),
        "b.md": (ENGLISH, "digest"),
        "c.txt": ("<!DOCTYPE html>\n<html><body><h1>Ferries</h1><p>Fares rose by a tenth.</p></body></html>", "html"),
        "d.txt": ("# Ferries\n\nFares rose by a tenth.\n\n## Costs\n\nThey fell.\n", "markdown"),
        "e.html": ("Ferries\n\nFares rose by a tenth in June.\n", "text"),
        "f": ("Fares rose. " * 2000 + "[3]", "text"),
    }
    for name, (text, kind) in cases.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert read(tmp_path / name).kind == kind, name
