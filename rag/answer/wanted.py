"""What a question wants of a statement: which names, periods and pieces it must hold, and what kind of answer it asks for."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from rag.answer.kinds import Kind, kind_of
from rag.language import lexicon
from rag.language.analysis import language, stem
from rag.language.analysis import terms as terms_in
from rag.language.chinese import simplify
from rag.language.words import space, terms_of
from rag.question.aspects import Aspect, aspects_in
from rag.question.concepts import METRICS, Asked, asked, weigh
from rag.question.head import head_of, sorts_asked
from rag.question.spelled import syllables_of
from rag.question.word_families import with_family
from rag.reports.names import names_of
from rag.search.retrieve import Index
from rag.types import Language, Report

Shape = Literal["fact", "list", "compare", "why"]

_PLURAL = re.compile(r"\bwhat (?:are|were)\b", re.IGNORECASE)
_LIST = re.compile(
    r"\b(?:name|list|give) (?:me )?(?:every|each|all)\b|^\s*(?:list|name|which|lay out|break down|summari[sz]e|outline|enumerate)\b|\b(?:risks|drivers|factors|steps|measures|points|titles|segments)\b"
    r"|\b(?:each|respectively|all the|by (?:business|segment|region|product))\b|哪些|有何|列出|列举|分别|各(?:是|为|多少|业务|主要)|总结|概括|概述",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"\b(?:compare[ds]?|comparison|versus|vs\.?|differ(?:s|ence|ent)?|how far apart|both|respective(?:ly)?|change[ds]? between|the two)\b"
    r"|相比|对比|比较|差异|不同|两(?:家|份|篇)",
    re.IGNORECASE,
)
_WHY = re.compile(
    r"\bwhy\b|\bhow come\b|\barguments?\b|\bthe case for\b|\breasons?\b|\bbecause\b|\bwhat (?:explains?|explained|made|drove|drives|caused|is behind|was behind|lies behind|helped|hurt)\b|为什么|为何|原因|理由|缘何",
    re.IGNORECASE,
)
_WHAT_IS = re.compile(r"\bwhat(?:['’]s|\s+(?:is|was|were|are|will|would)\b)|如何$|怎么样|水平", re.IGNORECASE)
_JOIN = re.compile(r"(?:['’]s)?\s*(?:,|and|or|with|to|&|/|、|和|与|及|跟|,|，|的)+(?: the| its)?\s*", re.IGNORECASE)
# Words of the asking, not of what is asked: no statement has to hold them.
_IDLE = re.compile(
    r"\bin (?:usd |us )?(?:thousand|million|billion|trillion)s?\b(?! of)|\bcompar(?:ed|ing|es?) (?:with|to|against)\b|\b(?:what|which) (?:percentage|per ?cent|proportion|fraction)\b|\banalysts?\b|\bshould (?:an? |the )?(?:investors?|holders?|shareholders?)\b|\binvestors? (?:should|need to|ought to)\b|\b(?:do|are|the|which|what|by|of|among|from|all|other) (?:brokers?|brokerages?)\b|\bhow (?:many|much|large|big|high|low|long|far|fast|quickly|steep|wide|old|well|badly|strong|weak|confident|important)\b"
    r"|\bwhat (?:has |have )?changed\b|\b(?:compare[ds]?|comparison|comparing|versus|relative to|differ(?:s|ed|ence|ent)?|earlier|later|ago|according|extent|every(?:thing)?"
    r"|say|says|said|state[sd]?|mention(?:s|ed)?|describe[ds]?|expect(?:s|ed)? to|current(?:ly)?|now|latest|each|several|respectively|go through"
    r"|(?:research |annual |quarterly |interim |weekly |daily |broker )?(?:report|note|review|preview|weekly|digest|filing|initiation|publication)s?"
    r"|spen[dt]|mak(?:es?|ing)|made|bec(?:a|o)me|gets?|go(?:es|ing)?|went|com(?:es?|ing)|came|happen(?:s|ed|ing)?|helps?|helped|let|lets|tak(?:es?|en)|took|br(?:ing|ings|ought)"
    r"|(?:previous|prior)(?= (?:week|month|quarter|year|day|session|period|half))|points?|reasons?|arguments?|individual|need(?:s|ed)?|chang(?:e|es|ed)|develop(?:s|ed)?|perform(?:s|ed)?|far(?:e|es|ed|ing)|stands?|achieved?|headed|phase|particular|doing|faring|keep(?:s|ing)?|kept|sits?|sitting|lies|lying|remain(?:s|ed)?|hangs?(?: over)?|found|holding up|so far|think|thinks|thought|behind|exactly|actually|really|still|badly|ever|yet|currently|right now|at (?:the )?moment|these days|today"
    r"|publish(?:ed|es)?|issued?|wr(?:o|i)te|written|give[sn]?|gave|point(?:s|ed)? out|list(?:s|ed)?|name[sd]?|set[s]?|put[s]?)\b"
    r"|券商研报|研究报告|研报|报告|周报|日报|年报|半年报|中报|季报|一季报|三季报|点评|发布|公布|给出|列出|提示|披露|撰写|介绍|总结"
    r"|怎么说|时候|进展(?=如何|怎么样|怎样|情况|顺利)|(?:比例|数量|金额)(?=是多少|为多少|多少|有多)|怎么调整的?|还是|能否|会不会|是不是|到底|究竟|大概|大约|观点|态度|有(?:什么|何|没有|无)?(?:变化|改善|好转|变动)|(?:变化|改善)(?:如何|怎么样|怎样|情况)|(?<=哪些)(?:公司|标的|个股|股票)|(?<=哪家)(?:公司|企业)|(?:公司|标的|个股|股票)(?=[?？]?$)|这么|那么(?!=)|[这本][轮波次](?!融资)|现在|背后|哪[一二两三四五六七八九十几]?[件个种项点类]事?情?上?|做(?:了|出)?(?=什么|哪)|以[前后来]|之[前后]|定义|含义|走势|依据|以[上下]|如果|那么|(?:情况|状况)下|预计|预期(?!差)|规模|[上中下]旬|相比|对比|比较|如何|怎样|情况|表现|水平|分别|各自|各主要|主要|目前|当前|最新|提到|指出|认为|有多(?!少)",
    re.IGNORECASE,
)
# What is done to a figure, not what is said of it: `the percentage increase in`, `the net change of`, `growth rate in`.
_DONE = re.compile(
    r"\b(?:(?:net|total|overall|percent(?:age)?|%)\s+)+(?=(?:change|increase|decrease|growth|difference|decline|rise|drop|reduction)\b)"
    r"|(?<=growth )rate\b(?= (?:in|of)\b)",
    re.IGNORECASE,
)
_WROTE = re.compile(r"^\s*who (?:wrote|authored|compiled|prepared)\b|谁(?:写|撰写)|(?:作者|分析师)是谁", re.IGNORECASE)
_AUTHOR = Asked(
    "author", "word", (("author",), ("analyst",), ("written", "by"), ("分析", "析师"), ("作者",), ("研究", "究员"))
)
_COUNTER = re.compile(
    r"(?:(?<=多少)|(?<=几))[名位个家辆台张座架条项款份篇只间所次](?=[\u4e00-\u9fff])"
)  # 多少名员工, 几条产线
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
QUALIFIES = 0.8  # least weight of such a word
RARE = 0.85  # rarity of a word from which it may stand alone for a name of several
# The words in front that say which report is meant: `The July note on Alder with a target of 90: what …`, `根据…的研报,…`.
_WHICH_REPORT = re.compile(
    r"^\W*(?:(?:according to|under|in|per|from|by|on|as for)\s+)?[^?:,]*?"
    r"\b(?:note|report|review|preview|weekly|daily|digest|initiation|update|filing|commentary|piece)\b[^?:]{0,80}?[:,]\s+(?=\S)"
    r"|^(?:根据|按照|按|在|据)?[^?？:：,，]{0,40}(?:研报|报告|周报|日报|点评|深度|首次覆盖|晨报)[^?？:：,，]{0,20}[:：,，]",
    re.IGNORECASE,
)
_LATIN = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class Wanted:
    """``names``: companies, brokers, people, products by name; ``periods``: times; ``focus``: what is asked about them.

    Every piece has a weight: how much it says in this library. ``kind``: what sort of value answers; None when any may.
    ``apart``: the names stand side by side (`A and B`), so that a statement about one of them is enough.
    ``reference``: surfaces of the focus that only say which report is meant; they may stand anywhere in it.
    ``aspects``: by their surface, the pieces of the focus that ask for an outlook, risks and the like. ``topics``: surfaces of the
    names that are a sector or a product. ``listed``: surfaces of the focus that are named one after the other.
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


def shape_of(question: str) -> Shape:
    """What form of answer a question wants, by its wording."""
    if _COMPARE.search(question):
        return "compare"
    if _WHY.search(question):
        return "why"
    if _LIST.search(question):
        return "list"
    # `What were total assets?` asks for one figure, `What are the terms?` for several statements.
    one_figure = any(found.kind in METRICS for found in lexicon.expand(question))
    return "list" if _PLURAL.search(question) and not one_figure else "fact"


def _is_value(question: str, focus: Sequence[Asked]) -> bool:
    """Whether the question asks what a metric is: `what was the gross margin`, `毛利率是什么水平`."""
    return bool(_WHAT_IS.search(question)) and any(piece.kind == "metric" for piece in focus)


def want(index: Index, question: str) -> Wanted:
    """Take a question apart, with the names that the library's own reports go by."""
    own = _unknown_to_lexicon(question, library_names(question, index.reports().values()))
    rest = question
    for start, end in own:
        rest = rest[:start] + " " * (end - start) + rest[end:]
    pieces = _names_joined(question, asked(_without_idle(rest)))
    if _WROTE.search(question):
        pieces.append(_AUTHOR)
    pieces += [Asked(question[start:end], "name", (tuple(terms_in(question[start:end])),)) for start, end in own]
    terms = {term for piece in pieces for form in piece.forms for term in form}
    weighed = weigh(pieces, index.document_frequency(terms), index.size(), space().rarity)
    widened = with_family(_qualified(piece) for piece in weighed)
    times = _times(question)
    idle = [match.span() for pattern in (_IDLE, _DONE) for match in pattern.finditer(question)]
    idle += sorts_asked(question)
    focus, names, periods = [], [], []
    for piece in widened:
        if piece.kind == "period" or piece.surface in times:
            periods.append(piece)
        elif piece.kind == "name":
            names.append(piece)
        elif piece.kind == "metric" or piece.surface == _AUTHOR.surface or not _inside(question, piece.surface, idle):
            focus.append(piece)
    whole, aspects = aspects_in(question, focus)
    topics = _topics(question, whole, index.reports().values(), always=bool(aspects))
    names = [_apart_too(piece) for piece in names]
    names += [replace(piece, kind="name") for piece in topics]  # there in full or not at all
    whole = tuple(piece for piece in whole if piece not in topics)
    focus = list(whole)
    return Wanted(
        question,
        "zh" if language(question) == "zh" else "en",
        whole,
        tuple(names),
        tuple(periods),
        shape_of(question),
        kind_of(question) or ("number" if _is_value(question, focus) else None),
        apart(question, names),
        reference(question, focus),
        head_of(question, focus),
        aspects,
        frozenset(piece.surface for piece in topics),
        _in_a_row(question, focus),
    )


def _apart_too(piece: Asked) -> Asked:
    """A name of one word that reads as pinyin, as it may also be written: Hengrui is Heng Rui."""
    syllables = syllables_of(piece.surface.lower())
    return replace(piece, forms=(*piece.forms, tuple(map(stem, syllables)))) if len(syllables) > 1 else piece


def _topics(question: str, focus: Iterable[Asked], reports: Iterable[Report], *, always: bool) -> list[Asked]:
    """Those pieces that are a sector or its product and the subject of some report by its title, as names.

    Another sector's statements answer nothing then, whatever else they hold. ``always``: whether a title has it or not.
    """
    kinds = {found.surface: found.kind for found in lexicon.expand(question)}
    asked_of = [piece for piece in focus if kinds.get(piece.surface) in TOPICS]
    if not asked_of:
        return []
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


def is_past(surface: str) -> bool:
    """Whether a word asks for what was before: a statement that tells of no change cannot say it."""
    return bool(_PREVIOUS.fullmatch(surface))


def _qualified(piece: Asked) -> Asked:
    """A word that picks one of several (`previous`, `III`) weighs as much as what it picks from; `sell in` is a verb here."""
    if piece.kind == "term" and piece.surface.lower().endswith(" in"):
        word = piece.surface[: -len(" in")]
        return replace(piece, surface=word, kind="word", forms=(tuple(terms_in(word)),))
    if piece.kind != "word" or not _QUALIFIER.fullmatch(piece.surface):
        return piece
    past = is_past(piece.surface)
    forms = (*piece.forms, *((term,) for term in _BEFORE)) if past else piece.forms
    return replace(piece, kind="word" if past else "number", forms=forms, weight=max(piece.weight, QUALIFIES))


def _without_idle(question: str) -> str:
    """A Chinese question without its words of asking, which would run into their neighbours; terms of the lexicon stay."""
    known = [(item.start, item.end) for item in lexicon.expand(question)]
    question = _COUNTER.sub(" ", question)
    for match in _IDLE.finditer(question):
        start, end = match.span()
        if _CJK.match(match[0]) and not any(a < end and start < b for a, b in known):
            question = question[:start] + " " * (end - start) + question[end:]
    return question


def _names_joined(question: str, pieces: Iterable[Asked]) -> list[Asked]:
    """The pieces with neighbouring words of one name put together, and Latin names in Chinese told as such.

    `Alder Foods` may also be called by its first word, where that is no everyday word.
    """
    out: list[Asked] = []
    end = -1
    chinese = language(question) == "zh"
    for piece in pieces:
        at = question.lower().find(piece.surface.lower())
        written = question[at : at + len(piece.surface)]
        if (
            chinese
            and piece.kind == "word"
            and at >= 0
            and len(written) > 2
            and written.isascii()
            and written.istitle()
        ):
            piece = replace(piece, kind="name")
        single = piece.kind == "name" and len(piece.forms) == 1 and at >= 0
        last = out[-1] if out else None
        if piece.kind == "number" and last is not None and end >= 0 and question[end:at] in ("-", ""):  # MX-40, A380
            joint = question[end:at]
            out[-1] = replace(
                last, surface=f"{last.surface}{joint}{piece.surface}", forms=((*last.forms[0], *piece.forms[0]),)
            )
            end = -1
            continue
        if single and last is not None and end >= 0 and question[end:at] == " ":
            whole = (*last.forms[0], *piece.forms[0])
            first = last.forms[-1]
            alone = (first,) if len(first) == 1 and space().rarity(first[0]) >= RARE else ()
            out[-1] = replace(last, surface=f"{last.surface} {piece.surface}", forms=(whole, *alone))
        else:
            out.append(piece)
        end = at + len(piece.surface) if single else -1
    return out


def reference(question: str, focus: Sequence[Asked]) -> frozenset[str]:
    """Those pieces of the focus that stand only in front, where the question says which report it means."""
    match = _WHICH_REPORT.match(question)
    if match is None:
        return frozenset()
    front, rest = match[0].lower(), question[match.end() :].lower()
    found = {piece.surface for piece in focus if piece.surface.lower() in front and piece.surface.lower() not in rest}
    return frozenset(found) if len(found) < len(focus) else frozenset()


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


def library_names(question: str, reports: Iterable[Report]) -> list[tuple[int, int]]:
    """Characters of the question that are the name of a company or broker of some report, longest first, without overlaps."""
    keys = {
        key for report in reports for names in [names_of(report)] for key in (names.about | names.likely | names.broker)
    }
    run = simplify(question).lower()
    words = [(match.start(), match.end(), lexicon.word_key(match[0].lower())) for match in _LATIN.finditer(question)]
    spans: list[tuple[int, int]] = []
    for name in keys:
        if _CJK.search(name):
            at = run.find(name)
            if at >= 0:
                spans.append((at, at + len(name)))
        elif span := _latin_span(name.split(), words):
            spans.append(span)
    return _longest(spans)


def _latin_span(name: Sequence[str], words: Sequence[tuple[int, int, str]]) -> tuple[int, int] | None:
    for i in range(len(words) - len(name) + 1):
        if all(words[i + k][2] == part for k, part in enumerate(name)):
            return words[i][0], words[i + len(name) - 1][1]
    return None


def _longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept: list[tuple[int, int]] = []
    for start, end in sorted(spans, key=lambda span: span[0] - span[1]):
        if all(end <= other[0] or other[1] <= start for other in kept):
            kept.append((start, end))
    return sorted(kept)


def _unknown_to_lexicon(question: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those names that no entry of the lexicon covers; the lexicon's own carry other spellings and stay as they are."""
    known = [(e.start, e.end) for e in lexicon.expand(question) if e.kind in lexicon.ENTITY_KINDS]
    return [span for span in spans if not any(start < span[1] and span[0] < end for start, end in known)]
