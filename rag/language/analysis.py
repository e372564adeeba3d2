"""Words as the lexical index sees them: one analyser for passages and questions, English and Chinese.

English words are lower-cased and stemmed (Snowball English, https://snowballstem.org). Chinese runs become character
bigrams, which need no dictionary and find any word of two characters or more. Numbers stay whole, with their
thousands separators removed and their unit kept beside them (``27.5``, ``27.5亿``, ``91.35%``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain

import Stemmer

from rag.language.chinese import simplify
from rag.language.glued import LEAST as GLUED
from rag.language.glued import unglued

CJK = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(
    rf"(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?)(?P<unit>%|[万亿千百]+)?"
    rf"|(?P<word>[^\W\d_{CJK}]+(?:['’&][^\W\d_{CJK}]+)*)"
    rf"|(?P<cjk>[{CJK}]+)"
)
_SURFACE = re.compile(re.sub(r"\?P<\w+>", "?:", _TOKEN.pattern))  # the same without groups, which is faster
_LATIN_TOKEN = re.compile(r"[^\W\d_]+(?:['’&][^\W\d_]+)*|\d+(?:,\d{3})*(?:\.\d+)?%?")  # the same where no Chinese is
_CJK_CHAR = re.compile(rf"[{CJK}]")
HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}  # for ``str.translate``
_stemmer = Stemmer.Stemmer("english")

STOPWORDS = frozenset(
    "a about above after all also am an and any are as at be because been before being below between both but by can "
    "could did do does doing down during each few for from further had has have having he her here his how i if in into "
    "is it its itself just many me more most much my no nor not of off on once only or other our out over own per s same she should "
    "so some such t than that the their them then there these they this those through to too under until up upon us very "
    "was we were what when where which while who whom why will with would you your tell give show explain describe "
    "please according report reports say says said state stated mention mentioned".split()
)
ZH_STOPWORDS = frozenset(
    "的 了 是 在 和 与 及 或 有 为 对 就 也 都 而 吗 呢 吧 啊 什么 哪些 哪个 哪家 哪一 多少 如何 怎么 怎样 为什么 为何 "
    "几个 是否 何时 何处 何地 请问 以及 其中 根据 关于 这份 这个 报告 研报 认为 提到 给出 表示 进行 一个 我们 他们 它们 "
    "因为 打算 准备 这次 一共 总共 多大 多高 多久 多长 有没有 曾经 受到过 受到 受过 都有 各是 具体 能否 可否 一下".split()
)


def fold(text: str) -> str:
    """Full-width forms to half-width, compatibility characters to plain ones, lower case. Length may change."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).lower()


def small_letters(text: str) -> str:
    """The text in small letters, character for character: a capital whose small letter is two stays."""
    small = text.lower()
    return small if len(small) == len(text) else "".join(c if len(c.lower()) > 1 else c.lower() for c in text)


@lru_cache(maxsize=1024)
def language(text: str) -> str:
    """``zh`` when at least a sixth of the letters are Chinese characters, else ``en``."""
    chinese = 0 if text.isascii() else len(_CJK_CHAR.findall(text))
    if not chinese:
        return "en"
    letters = sum(map(str.isalpha, text))
    return "zh" if chinese * 6 >= letters else "en"


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Snowball stem of a lower-case English word."""
    return str(_stemmer.stemWord(word.replace("’", "'").removesuffix("'s")))


def _bigrams(run: str) -> Iterable[str]:
    if len(run) == 1:
        yield run
    for index in range(len(run) - 1):
        yield run[index : index + 2]


def stems(words: list[str]) -> list[str]:
    """The Snowball stems of lower-case English words without apostrophes."""
    return list(map(str, _stemmer.stemWords(words)))


def terms(text: str) -> list[str]:
    """Index terms of a text in order, stop words included: stems, numbers (twice when they carry a unit), bigrams.

    Traditional Chinese has the terms of simplified Chinese, so that either is found by the other.
    """
    folded = fold(text)
    if folded.isascii() or not _CJK_CHAR.search(folded):
        return list(chain.from_iterable(map(_part_terms, folded.split())))
    return _terms(_TOKEN.findall(simplify(folded)))


def distinct_terms(text: str) -> frozenset[str]:
    """The same terms as ``terms``, each once."""
    return frozenset(_terms(set(_TOKEN.findall(simplify(fold(text))))))


def _terms(tokens: Iterable[tuple[str, str, str, str]]) -> list[str]:
    """The terms of tokens; each token is the groups of ``_TOKEN``, of which one kind is not empty."""
    found: list[str] = []
    for number, unit, word, run in tokens:
        if word:
            found.extend(map(stem, unglued(word)) if len(word) >= GLUED else (stem(word),))
        elif number:
            number = number.replace(",", "")
            found.append(number)
            if unit:
                found.append(number + unit)
        else:
            found.extend(_bigrams(run))
    return found


@lru_cache(maxsize=50_000)
def _part_terms(part: str) -> tuple[str, ...]:
    """The terms of what stands between two spaces of a text without Chinese, as ``million,``."""
    return tuple(chain.from_iterable(map(_latin_terms, _LATIN_TOKEN.findall(part))))


@lru_cache(maxsize=50_000)
def _latin_terms(token: str) -> tuple[str, ...]:
    """The terms of one token of a text without Chinese."""
    return tuple(_terms(_TOKEN.findall(token)))


_ARTICLE = re.compile(r"(?<![\w-])(?:a|A(?! shares\b))(?=\s[a-z\d])")


def without_article(text: str) -> str:
    """A text without its `a`, so that its term is the letter of A-shares and of a Series A alone."""
    return _ARTICLE.sub(" ", text)


STOP_TERMS = frozenset(stem(word) for word in STOPWORDS)
# Words that a stop word of one character begins: 对价 is a price and 在研 a state, not something said of 价 and 研.
_BEGINS = {
    "对": "价赌手标外公冲账", "在": "建研手途册产职线售营岗管", "有": "息效机色源", "和": "解谐", "为": "期", "就": "业诊医餐",
    "都": "市", "与": "会", "或": "有", "是": "否", "了": "解", "及": "时", "的": "士",
}  # fmt: skip
_ZH_STOP = re.compile(
    "|".join(
        f"{word}(?![{_BEGINS[word]}])|(?<=正){word}" if word in _BEGINS else word  # 正在建设
        for word in sorted(ZH_STOPWORDS, key=len, reverse=True)
    )
)


def content_pieces(text: str) -> list[tuple[str, list[str]]]:
    """The words, numbers and Chinese runs of a question that carry meaning, each as written and as its index terms."""
    return [(surface, list(found)) for surface, found in _pieces(text)]


def _without_stops(folded: str) -> str:
    """A text with blanks for its Chinese stop words, whichever characters they are written in."""
    return blanked(folded, (match.span() for match in _ZH_STOP.finditer(simplify(folded))))


def _pieces(text: str) -> list[tuple[str, tuple[str, ...]]]:
    folded = fold(text)
    folded = folded if folded.isascii() else _without_stops(folded)
    return [(each, found) for each in _SURFACE.findall(folded) if (found := _piece(each))[0] not in STOP_TERMS]


@lru_cache(maxsize=50_000)
def _piece(surface: str) -> tuple[str, ...]:
    return tuple(terms(surface))


def content_terms(text: str) -> list[str]:
    """The terms of a question that carry meaning: ``terms`` without stop words of either language."""
    return [term for _, found in _pieces(text) for term in found]


def content_words(text: str) -> frozenset[str]:
    """The terms that carry meaning and are no figures."""
    return frozenset(term for term in content_terms(text) if not term[0].isdigit())


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with blanks in place of these characters, so that all others stay where they are."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text
