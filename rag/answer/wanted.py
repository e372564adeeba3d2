"""What a question wants of a statement: which names, periods and pieces it must hold, and what kind of answer it asks for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from rag.answer.kinds import Kind, kind_of
from rag.answer.said_by_value import is_end
from rag.language import lexicon
from rag.language.analysis import blanked, language
from rag.language.analysis import terms as terms_in
from rag.language.pinyin import pinyin
from rag.language.words import space, terms_of
from rag.question.aspects import Aspect, aspects_in
from rag.question.concepts import Asked, asked, weigh
from rag.question.disclosed import formally, without_talk
from rag.question.head import head_of
from rag.question.idle import bases, idle_spans, is_talk, without_idle
from rag.question.loosely import with_loose
from rag.question.names_asked import apart_too, library_names, names_joined, unknown_to_lexicon
from rag.question.reference import only_there, reference, reference_spans, told_twice, without_given
from rag.question.rise_fall import direction
from rag.question.shape import Shape, shape_of
from rag.question.spoken_numbers import spoken_numbers
from rag.question.turn import Turn
from rag.question.word_families import with_family
from rag.search.retrieve import Index
from rag.types import Language, Report

_WHAT_IS = re.compile(r"\bwhat(?:['’]s|\s+(?:is|was|were|are|will|would)\b)|如何$|怎么样|水平", re.IGNORECASE)
_WHAT = re.compile(r"\W*(?P<what>(?:what|which) )(?:(?:net|total|adjusted|gross|operating|annual) )?", re.IGNORECASE)
_JOIN = re.compile(r"(?:['’]s)?\s*(?:,|and|or|with|to|&|/|、|和|与|及|跟|,|，|的)+(?: the| its)?\s*", re.IGNORECASE)
_WROTE = re.compile(r"^\s*who (?:wrote|authored|compiled|prepared)\b|谁(?:写|撰写)|(?:作者|分析师)是谁", re.IGNORECASE)
_AUTHOR = Asked(
    "author", "word", (("author",), ("analyst",), ("written", "by"), ("分析", "析师"), ("作者",), ("研究", "究员"))
)
# A way that hangs on a verb without a sense of its own: `why has it gone up so much?`
_MOVES = re.compile(
    r"\b(?:go(?:es|ing|ne)?|went|com(?:e|es|ing)|came|mov(?:e|es|ed|ing)|head(?:ed|ing)) (?:up|down)\b(?! to\b)",
    re.IGNORECASE,
)
# Single Chinese verbs and things counted, which are no words of an index, beside an amount: 亏了多少, 能赚多少钱, 多少家店.
_BY_VERB = (
    (re.compile(r"亏(?:了|掉|得)?(?=多少|几[个百千万亿])"), (("亏损",), ("净亏",), ("net", "loss"))),
    (re.compile(r"[赚挣](?:了|到)?(?=多少|几[个百千万亿])"), (("利润",), ("盈利",), ("净利",), ("profit",))),
    (
        re.compile(r"欠(?:了|着|下)?[^,，。?？多几]{0,4}(?=多少|几)|多少债"),
        (("负债",), ("债务",), ("借款",), ("欠款",), ("debt",)),
    ),
    (re.compile(r"裁(?:了|掉)?(?=多少|几)"), (("裁员",), ("减员",), ("裁减",), ("layoff",))),
    (re.compile(r"招(?:了|到|募)?(?=多少|几)"), (("招聘",), ("招募",), ("招收",), ("新增", "员工"), ("hire",))),
    (re.compile(r"(?:多少|几)[家间个]店"), (("门店",), ("店铺",), ("店",), ("store",), ("outlet",))),
    (
        re.compile(r"多少[个名位]?(?:人(?![民均次口气])|打工)"),
        (("员工",), ("人员",), ("职工",), ("人数",), ("用户",), ("人",), ("employe",)),
    ),
)
# 铜价, 猪价: the lexicon knows the goods by it, and the price is asked for.
_GOODS_PRICE = re.compile(r"[\u4e00-\u9fff](?<![标定市均股报评现售出单])价")
_PRICE = Asked("价格", "term", (("价格",), ("均价",), ("报价",), ("price",)))
_LISTED = re.compile(r"list(?:s|ed|ing)?")  # on an exchange: an offering
_PREVIOUS = re.compile(r"previous(?:ly)?|prior|former(?:ly)?|上次|前次|原先|原来的?|上一次", re.IGNORECASE)
_QUALIFIER = re.compile(rf"{_PREVIOUS.pattern}|i{{2,3}}|iv|vi{{1,3}}|ix", re.IGNORECASE)
_BEFORE = (
    "previous",
    "prior",
    "former",
    "earlier",
    "from",
    "downgrad",
    "upgrad",
    "chang",
    "before",
    "ago",
    "由",
    "从",
    "此前",
    "之前",
    "原",
    "上次",
)
TOPICS = frozenset({"sector", "product"})  # kinds of the lexicon
SPELLED = 2, 4  # characters of a Chinese word that may be a name, spelled in Latin letters elsewhere
EVERYDAY = 50, 0.02  # passages, and share of them, from which a word that they have is no name by itself
QUALIFIES = 0.8  # least weight of such a word


@dataclass(frozen=True, slots=True)
class Wanted:
    """``names``: companies, brokers, people, products by name; ``periods``: times; ``focus``: what is asked about them.

    Every piece has a weight: how much it says in this library. ``kind``: what sort of value answers; None when any may.
    ``apart``: the names stand side by side (`A and B`), so that a statement about one of them is enough.
    ``reference``: surfaces of the focus that only say which report is meant; they may stand anywhere in it.
    ``aspects``: by their surface, the pieces of the focus that ask for an outlook, risks and the like. ``topics``: surfaces of the
    names that are a sector or a product. ``listed``: surfaces of the focus that are named one after the other.
    ``dropped``: surfaces of the question that stand nowhere and that it is answered without. ``turn``: the follow-up that
    the question was completed from.
    """

    question: str
    language: Language
    focus: tuple[Asked, ...]
    names: tuple[Asked, ...] = ()
    periods: tuple[Asked, ...] = ()
    shape: Shape = "fact"
    kind: Kind | None = None
    apart: bool = False
    reference: frozenset[str] = frozenset()
    head: frozenset[str] = frozenset()
    aspects: Mapping[str, Aspect] = field(default_factory=dict)
    topics: frozenset[str] = frozenset()
    listed: frozenset[str] = frozenset()
    dropped: frozenset[str] = frozenset()
    turn: Turn | None = None


def _is_value(question: str, focus: Sequence[Asked], head: frozenset[str]) -> bool:
    """Whether the question asks what a metric is: `what was the gross margin`, `what volume did Foo ship`, `毛利率是什么水平`.

    Of an English question the metric is its head: not so in `what is the policy on dividends`.
    """
    metrics = [piece.surface.lower() for piece in focus if piece.kind == "metric"]
    if _WHAT_IS.search(question):
        named = language(question) == "zh" or not head
        return any(named or piece.surface in head for piece in focus if piece.kind == "metric")
    match = _WHAT.match(question)
    starts = {match.end(), match.end("what")} if match else set()
    return any(question[at:].lower().startswith(metric) for at in starts for metric in metrics)


def want(index: Index, question: str, turn: Turn | None = None) -> Wanted:
    """Take a question apart, with the names that the library's own reports go by. ``turn``: what it was completed from."""
    own = unknown_to_lexicon(question, library_names(question, index.reports().values()))
    known = [*own, *((e.start, e.end) for e in lexicon.expand(question) if e.kind in lexicon.ENTITY_KINDS)]
    said = spoken_numbers(question)
    rest = blanked(question, (*own, *told_twice(question, known), *((start, end) for start, end, _ in said)))
    chinese = language(question) == "zh"
    pieces = names_joined(question, asked(without_idle(without_talk(rest) if chinese else rest)))
    pieces += [piece for *_, piece in said]
    if _WROTE.search(question):
        pieces.append(_AUTHOR)
    pieces += [Asked(verb[0], "word", forms) for pattern, forms in _BY_VERB if (verb := pattern.search(question))]
    if any(piece.kind != "metric" and _GOODS_PRICE.fullmatch(piece.surface) for piece in pieces) and "多少" in question:
        pieces.append(_PRICE)
    if moves := _MOVES.search(question):
        pieces.append(Asked(moves[0], "word", (("rise",) if direction(moves[0]) > 0 else ("fall",),)))
    pieces += [Asked(question[start:end], "name", (tuple(terms_in(question[start:end])),)) for start, end in own]
    pieces = without_given(question, pieces, known)
    terms = {term for piece in pieces for form in piece.forms for term in form}
    frequency = index.document_frequency(terms)
    weighed = weigh(pieces, frequency, index.size(), space().rarity)
    everyday = {term for term, count in frequency.items() if count > max(EVERYDAY[0], EVERYDAY[1] * index.size())}
    weighed = tuple(_in_latin(index, _in_full(piece, everyday)) for piece in weighed)
    widened = with_family(_qualified(piece, question) for piece in weighed)
    widened = list(formally(widened, rest, joined=False)) if chinese else widened
    widened = with_loose(widened, rest)
    times = _times(question)
    idle = idle_spans(question)
    picks, basis = reference_spans(question), bases(question)
    called = {question[start:end] for start, end in known}
    focus, names, periods = [], [], []
    for piece in widened:
        if piece.kind == "period" or piece.surface in times:
            if piece.period is not None or not _inside(question, piece.surface, basis):
                periods.append(piece)
        elif piece.kind == "name" and (piece.surface in called or not only_there(question, piece.surface, picks)):
            names.append(piece)
        elif piece.kind == "word" and piece.surface.isascii() and only_there(question, piece.surface, picks):
            continue  # a report is picked by its names, numbers and terms, whatever verb they hang on
        elif piece.kind == "metric" or piece.surface == _AUTHOR.surface or not _inside(question, piece.surface, idle):
            focus.append(piece)
    focus = [piece for piece in focus if piece.kind != "word" or not is_talk(piece.surface)] or focus
    whole, aspects = aspects_in(question, focus)
    topics = _topics(question, whole, index.reports().values(), always=bool(aspects))
    names = [apart_too(piece) for piece in names]
    names += [replace(piece, kind="name") for piece in topics]  # there in full or not at all
    whole = tuple(piece for piece in whole if piece not in topics)
    focus = list(whole)
    head = head_of(question, focus)
    return Wanted(
        question,
        "zh" if language(question) == "zh" else "en",
        whole,
        tuple(names),
        tuple(periods),
        shape_of(question),
        kind_of(question) or ("number" if _is_value(question, focus, head) else None),
        apart(question, names),
        reference(question, focus),
        head,
        aspects,
        frozenset(piece.surface for piece in topics),
        _in_a_row(question, focus),
        turn=turn,
    )


def _in_full(piece: Asked, everyday: Set[str]) -> Asked:
    """A name of several words without its first one alone, where the reports have that everywhere: `Cash App`."""
    if piece.kind != "name" or len(piece.forms[0]) < 2:
        return piece
    return replace(piece, forms=tuple(form for form in piece.forms if len(form) > 1 or form[0] not in everyday))


def _in_latin(index: Index, piece: Asked) -> Asked:
    """A Chinese word that stands nowhere in the library, with its Latin spelling where that does: 秦皇岛 is Qinhuangdao."""
    if piece.kind != "word" or piece.surface.isascii() or not SPELLED[0] <= len(piece.surface) <= SPELLED[1]:
        return piece
    own = frozenset(term for form in piece.forms for term in form)
    if any(index.document_frequency(own).values()):
        return piece
    spelled = tuple(terms_in(pinyin(piece.surface)))
    return (
        replace(piece, forms=(*piece.forms, spelled))
        if any(index.document_frequency(frozenset(spelled)).values())
        else piece
    )


def _topics(question: str, focus: Iterable[Asked], reports: Iterable[Report], *, always: bool) -> list[Asked]:
    """Those pieces that are a sector or its product and the subject of some report by its title, as names.

    Another sector's statements answer nothing then, whatever else they hold. ``always``: whether a title has it or not.
    """
    kinds = {found.surface: found.kind for found in lexicon.expand(question)}
    asked_of = [piece for piece in focus if kinds.get(piece.surface) in TOPICS]
    if not asked_of:
        return []
    # of `AI data centres` the centres are the subject
    low, surfaces = question.lower(), [piece.surface.lower() for piece in asked_of]
    asked_of = [piece for piece in asked_of if not any(f"{piece.surface.lower()} {other}" in low for other in surfaces)]
    titles = [_called(report) for report in reports]
    return [piece for piece in asked_of if always or any(piece.said_by(title) for title in titles)]


def titled_by(index: Index, question: str) -> frozenset[str]:
    """The reports whose title has a sector or its product that the question names; none where it names a company."""
    if any(found.kind == "company" for found in lexicon.expand(question)):
        return frozenset()
    kinds = {found.surface for found in lexicon.expand(question) if found.kind in TOPICS}
    topics = [piece for piece in asked(question) if piece.surface in kinds]
    reports = index.reports().values() if topics else ()
    if library_names(question, reports):
        return frozenset()
    return frozenset(report.id for report in reports if any(piece.said_by(_called(report)) for piece in topics))


def _called(report: Report) -> frozenset[str]:
    return terms_of(f"{report.title}\n{report.stem.replace('_', ' ')}")


def _is_past(surface: str) -> bool:
    """Whether a word asks for what was before: a statement that tells of no change cannot say it."""
    return bool(_PREVIOUS.fullmatch(surface))


def _qualified(piece: Asked, question: str) -> Asked:
    """A word that picks one of several (`previous`, `III`) weighs as much as what it picks from; `sell in` is a verb here."""
    if piece.kind == "term" and piece.surface.lower().endswith(" in"):
        word = piece.surface[: -len(" in")]
        return replace(piece, surface=word, kind="word", forms=(tuple(terms_in(word)),))
    if _LISTED.fullmatch(piece.surface):
        listing = [form for concept in lexicon.lookup("listing") for form in concept.forms]
        return replace(piece, forms=(*piece.forms, *(tuple(terms_in(form)) for form in listing)))
    if piece.kind == "word" and is_end(question, piece.surface):
        return replace(piece, kind="number", weight=max(piece.weight, QUALIFIES))
    if piece.kind != "word" or not _QUALIFIER.fullmatch(piece.surface):
        return piece
    past = _is_past(piece.surface)
    forms = (*piece.forms, *((term,) for term in _BEFORE)) if past else piece.forms
    return replace(piece, kind="word" if past else "number", forms=forms, weight=max(piece.weight, QUALIFIES))


def apart(question: str, names: Sequence[Asked]) -> bool:
    """Whether two of the names are joined by `and`, a comma or the like with nothing else between them."""
    low = question.lower()
    places = sorted((at, at + len(piece.surface)) for piece in names if (at := low.find(piece.surface.lower())) >= 0)
    return any(_JOIN.fullmatch(low[a[1] : b[0]]) for a, b in itertools.pairwise(places))


def _in_a_row(question: str, focus: Sequence[Asked]) -> frozenset[str]:
    """Pieces that are joined by a comma, `and` or the like, with nothing else between them: each is asked for."""
    low = question.lower()
    places = sorted((at, at + len(p.surface), p.surface) for p in focus if (at := low.find(p.surface.lower())) >= 0)
    joined = [(a[2], b[2]) for a, b in itertools.pairwise(places) if _JOIN.fullmatch(low[a[1] : b[0]])]
    return frozenset(surface for pair in joined for surface in pair)


def _inside(question: str, surface: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a piece lies within one of the spans of the question."""
    at = question.lower().find(surface.lower())
    return any(start <= at and at + len(surface) <= end for start, end in spans)


def _times(question: str) -> frozenset[str]:
    """Surfaces that the lexicon knows as times (`second quarter`, `上半年`), which no rule for periods dates."""
    return frozenset(item.surface for item in lexicon.expand(question) if item.kind == "time")
