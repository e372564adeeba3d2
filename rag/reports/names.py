"""What a report can be called by: the companies, tickers and broker it is about, and the names in its title and file.

Names come from the reports themselves, so that a company which no list knows is still found, and from the lexicon, so
that a report on ``Tencent Holdings`` is found by ``腾讯``.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from rag.language import lexicon
from rag.language.analysis import STOPWORDS, distinct_terms
from rag.language.chinese import simplify
from rag.language.periods import Period, periods
from rag.reports.tickers import find_tickers, normalise_ticker
from rag.types import Report

_SUFFIX = re.compile(
    r"(?:[\s,]+(?:incorporated|inc|corporation|corp|company|companies|co|limited|ltd|plc|llc|lp|ag|sa|se|nv|n\.v|s\.a|ab|oyj|asa|a/s|spa|s\.p\.a|bhd|tbk|kgaa|gmbh|group|holdings?|the"
    r"|class [a-c])\.?)+$",
    re.IGNORECASE,
)
_ZH_SUFFIX = re.compile(
    r"(?:股份有限公司|有限责任公司|集团有限公司|控股有限公司|有限公司|集团股份|控股集团|股份|集团|控股|-[A-Z]+)+$"
)
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)  # The Goldman Sachs Group
_LISTED = re.compile(r"^\s*([^(（\[【:：]{2,40}?)\s*[(（\[【]\s*([0-9A-Za-z][0-9A-Za-z .:]{1,14}?)\s*[)）\]】]")
_LEAD = re.compile(r"^\s*([^:：|｜—]{2,24}?)\s*[:：|｜]")
_NOT_NAMES = re.compile(
    r"(?<![A-Za-z])(?:10-?[KQ]|20-?F|8-?K|annual|quarterly|interim|report|results?|earnings|final|form|pdf|fy|[12]h|h[12]|[1-4]q|q[1-4])(?![A-Za-z])|\d+",
    re.IGNORECASE,
)
TRADE = 6  # characters of a trade in which a short name is looked for
RARE = 4.4  # of ``StaticEncoder.rarity``: `Boeing` has 6.6, `American` 3.1
_WORD = re.compile(r"[^\W_]+")
_POSSESSIVE = re.compile(r"[’']s\b")
_CJK = re.compile(r"[\u3400-\u9fff]")
_ALL_CJK = re.compile(r"[\u3400-\u9fff]+")
SEAM = re.compile(r"(?<=[\u3400-\u9fff])(?=[A-Za-z])|(?<=[A-Za-z])(?=[\u3400-\u9fff])")  # 比较Foo和Bar


@dataclass(frozen=True, slots=True)
class Name:
    """A company or broker that the question names. ``tickers`` in normal form; ``certain``: the name is no ordinary word."""

    name: str
    tickers: tuple[str, ...] = ()
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Names:
    """``about``: keys of names that this report is about for certain (see ``key``); ``likely``: keys that only suggest it.

    ``concepts``: canonical lexicon names of the companies among them; ``tickers`` in normal form; ``broker`` the keys of
    its broker; ``periods`` those that its title, file name or metadata name.
    """

    about: frozenset[str]
    likely: frozenset[str]
    concepts: frozenset[str]
    tickers: frozenset[str]
    broker: frozenset[str]
    periods: tuple[Period, ...]


def has_cjk(name: str) -> bool:
    """Whether a name is written in Chinese characters, at least in part."""
    return bool(_CJK.search(name))


def key(name: str) -> str:
    """A name as it is compared: Chinese simplified, Latin words folded and joined by single spaces, in its own order."""
    folded = simplify(name)
    return " ".join(lexicon.word_key(word) for word in _WORD.findall(folded))


def names_of(report: Report) -> Names:
    """The names of a report; computed once for the same metadata."""
    return _names(
        report.title,
        report.stem,
        report.companies,
        report.tickers,
        report.broker or "",
        report.period or "",
        report.date,
    )


@lru_cache(maxsize=100_000)
def _names(
    title: str,
    stem: str,
    companies: tuple[str, ...],
    tickers: tuple[str, ...],
    broker: str,
    period: str,
    dated: object,
) -> Names:
    about, codes = set(companies), {normalise_ticker(ticker) for ticker in tickers}
    listed = _LISTED.match(title)
    if listed and (code := find_tickers(f"({listed[2]})")):
        about.add(listed[1])
        codes.add(code[0].ticker)
    lead = _LEAD.match(title)
    likely = {lead[1]} if lead else set()
    likely.add(_NOT_NAMES.sub(" ", stem.replace("_", " ")))
    likely.update(short for company in companies for short in short_names(company))
    brands = {short for company in companies for short in brand_names(company)}
    entities = lexicon.entities(title + "\n" + stem.replace("_", " ") + "\n" + "\n".join(companies))
    concepts = {entity.name for entity in entities if entity.kind == "company"}
    concepts |= {concept.canonical for code in codes if (concept := lexicon.by_ticker(code))}
    codes |= {ticker for entity in entities if entity.kind == "company" for ticker in entity.concept.tickers}
    when = periods(period) + periods(title) + periods(stem.replace("_", " "))
    known = _keys(about) | frozenset(filter(_telling, map(key, brands)))  # 岭川股份 whole: 岭川 alone is only likely
    return Names(known, _keys(likely), frozenset(concepts), frozenset(codes), broker_keys(broker), _distinct(when))


def called(report: Report) -> frozenset[str]:
    """Index terms of what a report can be called by: title, broker, file, companies by all their names, tickers."""
    names = names_of(report)
    brands = tuple(brand for company in report.companies for brand in brand_names(company))
    return _terms_of(
        report.title, report.broker or "", report.stem, report.companies, names.concepts, names.tickers, brands
    )


def company_terms(report: Report) -> frozenset[str]:
    """Index terms of what a report is on, by its title's lead or file, too: companies by all their names, tickers."""
    names = names_of(report)
    return _terms_of("", "", "", report.companies, names.concepts, names.tickers, names.likely)


@lru_cache(maxsize=10_000)
def _terms_of(title: str, broker: str, stem: str, *names: Collection[str]) -> frozenset[str]:
    return distinct_terms(
        "\n".join((title, broker, stem.replace("_", " "), *(name for held in names for name in held)))
    )


def bare_name(company: str) -> str:
    """A Chinese name of a company without its legal form: 美的集团 is 美的."""
    return _ZH_SUFFIX.sub("", company.strip())


def short_names(company: str) -> tuple[str, ...]:
    """What people call a company for short: its first word where that is a rare one, or its first Chinese characters."""
    if has_cjk(company):
        base = _ZH_SUFFIX.sub("", company.strip())
        bases = dict.fromkeys((base, _without_place(base)))
        found = (each[:length] for each in bases for length in (4, 3, 2) if len(each) > length)
        return tuple(name for name in dict.fromkeys(found) if not _is_place(name))
    first = _WORD.match(company)
    rest = _SUFFIX.sub("", company)
    if first is None or len(first[0]) < 4 or first[0] == rest or not _is_rare(first[0].lower()):
        return ()
    return (first[0],)


def brand_names(company: str) -> tuple[str, ...]:
    """What a Chinese company is called on the market: its brand and two characters of its trade, without its place.

    `苏州晟岚光电科技股份有限公司` is 晟岚光电; of a trade in two words the first, the second, or a character of each may
    stand: 恒泽医疗器械 is 恒泽医疗, 恒泽器械, 恒泽医器 or 恒泽医械; of any 股份有限公司 恒泽股份, too. Empty where the brand is an everyday word.
    """
    base = _without_place(_ZH_SUFFIX.sub("", simplify(company.strip())))
    brand, trade = base[:2], base[2 : 2 + TRADE]
    if not _ALL_CJK.fullmatch(base[: 2 + TRADE]) or len(trade) < 2 or _ordinary(brand) or _is_place(brand):
        return ()
    pairs = [trade[at : at + 2] for at in range(len(trade) - 1)]
    pairs += [trade[0] + other for other in trade[2:4]] if len(trade) > 3 else []
    pairs += ["股份"] if "股份" in company else []
    return tuple(brand + pair for pair in dict.fromkeys(pairs))


def _without_place(base: str) -> str:
    """A company's name without the town or province in front, where enough is left to be a name."""
    for length in (3, 2):
        rest = base[length:].lstrip("省市")
        if len(rest) >= 3 and _is_place(base[:length]):
            return rest
    return base


@lru_cache(maxsize=10_000)
def _is_place(name: str) -> bool:
    return any(concept.kind == "place" for concept in lexicon.lookup(name))


def _is_rare(word: str) -> bool:
    """Whether a word is no everyday one: rarely met, or coined (`Lifeway`)."""
    from rag.language.embeddings import builtin

    return builtin().rarity(word) >= RARE or builtin().coined(word)


def _distinct(found: tuple[Period, ...]) -> tuple[Period, ...]:
    return tuple({period.label: period for period in reversed(found)}.values())


def _keys(names: set[str]) -> frozenset[str]:
    """The keys of names, whole and without legal suffixes, as far as they can stand for something on their own."""
    short = {_ARTICLE.sub("", _SUFFIX.sub("", _ZH_SUFFIX.sub("", name.strip()))) for name in names}
    return frozenset(found for name in names | short if _telling(found := key(name)))


def _telling(name: str) -> bool:
    """Whether a key names something: two Chinese characters, or Latin letters that are not an everyday word alone."""
    if _CJK.search(name):
        return len(name) >= 2 and not _ordinary(name)
    return len(name) >= 3 and not name.isdigit() and name not in STOPWORDS and not _ordinary(name)


def _ordinary(name: str) -> bool:
    """Whether the lexicon knows the key as a word and not as a name."""
    found = lexicon.lookup(name)
    return bool(found) and all(concept.kind not in lexicon.ENTITY_KINDS for concept in found)


_BROKER_TAIL = re.compile(
    r"\s+(?:securitie|security|research|international|co|ltd|limited|llc|inc|group|holding|capital market|global)(?:\s.*)?$"
)


def broker_keys(broker: str) -> frozenset[str]:
    """Keys of a broker's name: as given, without its tail (``Securities``, ``证券``), and the lexicon's other names."""
    if not broker.strip():
        return frozenset()
    whole = key(broker)
    keys = {whole, _BROKER_TAIL.sub("", whole)} | {
        whole.removesuffix(tail) for tail in ("股份有限公司", "有限公司", "研究所", "证券")
    }
    for entity in lexicon.entities(broker):
        if entity.kind == "broker":
            keys |= {key(form) for form in entity.concept.forms}
    return frozenset(found for found in keys if len(found) >= 2 and not _ordinary(found))


def without_tail(broker: str) -> str:
    """The key of a broker without what says that it is one: `china merchants` of `china merchants securities`."""
    return _BROKER_TAIL.sub("", broker)


class Haystack:
    """A question made ready to look names up in: Latin names by whole words, Chinese ones anywhere."""

    def __init__(self, text: str) -> None:
        self.words = f" {key(_POSSESSIVE.sub('', SEAM.sub(' ', text)))} "
        self.run = simplify(text).lower()

    def has(self, name: str) -> bool:
        """Whether a key occurs; ``name`` comes from ``key``."""
        return name in self.run if _CJK.search(name) else f" {name} " in self.words
