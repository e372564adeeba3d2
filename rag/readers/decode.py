"""Bytes to text: UTF-8, UTF-16 and UTF-32 with or without a byte order mark, GBK/GB18030, Big5, Windows-1252.

The text that comes out is what every span of a report refers to: newlines are ``\\n``; byte order marks, NULs, other
control characters and lone surrogates are dropped.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from rag.errors import ReaderError

MAX_BYTES = 50 * 2**20

_BOMS = (  # longest first: the UTF-32 mark begins with the UTF-16 one
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the stream that holds a .docx with a password
_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (_OLE, "an old Office file (.doc, .xls, .ppt)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"{\\rtf", "an RTF file"),
)
# Common characters of Chinese business prose, simplified and traditional: a wrong decoding has hardly any.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学"
    "法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外"
    "天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军"
    "很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别"
    "她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油"
    "思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才"
    "科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿"
    "千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按"
    "格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严首底液官德随病苏失尔死讲配女黄推显谈罪神艺呢席"
    "含企望密批营项防举球英氧势告李台落木帮轮破亚师围注远字材排供河态封另施减树溶怎止案言士均武固叶鱼波视仅费紧爱左章早朝"
    "害续轻服试食充兵源判护司足某练差致板田降黑犯负击范继兴似余坚曲输修故城夫够送笔船占右财吃富春职觉汉画功巴跟虽杂飞检吸"
    "助升阳互初创抗考投坏策古径换未跑留钢曾端责站简述钱副尽帝射草冲承独令限阿宣环双请超微让控州良轴找否纪益依优顶础载倒房"
    "股券评维持买增净润亿率毛预测盈估债银季"
    "這個們來時為會對說國過產經動學種發現還實機與業點應開關間問題無見長東車書報價資電視總場處務給從後當將進運"
    "銀證維買漲調測評級營業預潤率資產負債債務單據報導標題續優勢設備環境競爭"
)
_PUNCTUATION = frozenset("，。、；：？！“”‘’（）《》【】—–…·％")
_DROP = re.compile("[\ufeff\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_NEWLINES = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_UNLIKELY = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\uefff\uf100-\uf8ff\ufffd\ufffe\uffff]")
_HIGH = re.compile(rb"[\x80-\xff]")
_ALONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")
_SAMPLE = 64 * 1024


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` ready for a reader, the ``encoding`` it was read with, and ``warnings`` for what could not be read."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, name: str, *, max_bytes: int = MAX_BYTES) -> Decoded:
    """The text of a file's bytes; ``name`` is for messages. Raises ReaderError for an empty, too large or binary file."""
    check_size(len(data), name, max_bytes)
    if data.startswith(_OLE) and _ENCRYPTED in data:
        raise ReaderError(f"{name} is an Office file with a password; save a copy without one and add that.")
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ReaderError(f"{name} is {what}, not a report text; add a PDF, Word, HTML, Markdown or text file.")
    encoding = _encoding(data)
    if encoding is None or not _is_text(_tail(data, encoding)):
        raise ReaderError(f"{name} looks like a binary file, not text; add a PDF, Word, HTML, Markdown or text file.")
    raw = data.decode(encoding, errors="replace")
    text = clean(raw)
    if not text.strip():
        raise ReaderError(f"{name} holds nothing but white space; a report needs some text.")
    return Decoded(text, encoding, _warnings(raw, data, encoding, name))


def check_size(size: int, name: str, max_bytes: int) -> None:
    """Raise ReaderError unless a file of ``size`` bytes may be read."""
    if size == 0:
        raise ReaderError(f"{name} is empty; a report needs some text.")
    if size > max_bytes:
        raise ReaderError(
            f"{name} has {size / 2**20:,.1f} MB, more than the limit of {max_bytes / 2**20:,.0f} MB; "
            "split it, or raise RAG_MAX_FILE_MB."
        )


def clean(text: str) -> str:
    """Newlines as ``\\n``; byte order marks, control characters and lone surrogates dropped."""
    return _DROP.sub("", _NEWLINES.sub("\n", text))


def _warnings(raw: str, data: bytes, encoding: str, name: str) -> tuple[str, ...]:
    lost = raw.count("\ufffd")
    if encoding.startswith("utf"):
        lost -= data.count("\ufffd".encode(encoding))  # those that the file itself holds
    if lost <= 0:
        return ()
    what = "1 character" if lost == 1 else f"{lost:,} characters"
    verb = "is" if lost == 1 else "are"
    return (f"{what} of {name} could not be read as {encoding} and {verb} shown as \ufffd.",)


def _encoding(data: bytes) -> str | None:
    """The encoding that reads ``data`` as text, or None when none does."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding if _is_text(_peek(data, encoding)) else None
    wide = _utf16_by_nuls(data[:_SAMPLE])
    if wide is not None:
        return wide if _is_text(_peek(data, wide)) else None
    if _is_utf8(data):
        return "utf-8" if _is_text(_peek(data, "utf-8")) else None
    return _best_legacy(data)


def _peek(data: bytes, encoding: str) -> str:
    """The beginning of ``data``; a character cut at the sample's end is left out, other damage is shown."""
    return codecs.getincrementaldecoder(encoding)("replace").decode(data[:_SAMPLE])


def _tail(data: bytes, encoding: str) -> str:
    """The end of ``data``, from a place where a character of two or four bytes can begin."""
    return data[max(0, len(data) - _SAMPLE) // 4 * 4 :].decode(encoding, errors="replace")


def _is_text(sample: str) -> bool:
    return len(_UNLIKELY.findall(sample)) * 50 <= len(sample)


def _utf16_by_nuls(sample: bytes) -> str | None:
    """UTF-16 without a mark, recognised by the NUL halves of its ASCII characters (digits, spaces, newlines)."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if max(even, odd) * 40 < len(sample) or min(even, odd) * 20 > max(even, odd):
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _is_utf8(data: bytes) -> bool:
    """Valid UTF-8, or damaged UTF-8: at least four characters beyond ASCII are whole for each that is not."""
    try:
        data.decode("utf-8")
        return True
    except UnicodeDecodeError:
        sample = data[: 16 * _SAMPLE].decode("utf-8", errors="replace")
        beyond = sum(1 for char in sample if char > "\x7f")
        return beyond >= 5 * sample.count("\ufffd")


def _best_legacy(data: bytes) -> str | None:
    """A Chinese encoding if common characters come out of it, else Windows-1252 if its letters stand alone."""
    scored = [(_chinese(_peek(data, encoding)), encoding) for encoding in ("gb18030", "utf-16-le", "utf-16-be", "big5")]
    score, encoding = max(scored, key=lambda pair: pair[0])
    sample = data[:_SAMPLE]
    high = len(_HIGH.findall(sample))
    alone = len(_ALONE.findall(sample)) * 2 > high  # accents and curly quotes between ASCII letters, not pairs of bytes
    if score >= (0.5 if alone else 0.3):
        return encoding
    return "cp1252" if alone and _is_text(_peek(data, "cp1252")) else None


def _chinese(sample: str) -> float:
    """How likely a decoding is right, 0..1: the share of common Chinese characters among all beyond ASCII."""
    beyond = [char for char in sample if char > "\x7f"]
    if not beyond or not _is_text(sample):
        return 0.0
    return sum(1 for char in beyond if char in _COMMON or char in _PUNCTUATION) / len(beyond)
