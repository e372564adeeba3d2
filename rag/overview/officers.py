"""`Who runs X?`, `Who is the CFO of X?`: the person beside the office, also where that stands in a table or a list only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rag.answer.extractive import stated
from rag.answer.table_answer import grid
from rag.catalogue.answer import newest_first
from rag.language import lexicon
from rag.language.sentences import sentences
from rag.language.words import terms_of
from rag.llm.planted import is_planted
from rag.overview.answer import Overview
from rag.readers.speakers import person_in
from rag.reports.names import company_terms
from rag.search.retrieve import Index
from rag.types import Passage, Report

LOOKED = 6  # reports
FOUND = 60  # passages of one
NEAR = 60  # characters between a person and the office

_OFFICES: tuple[tuple[str, str, str], ...] = (  # as it is asked for, as it is written, and what is searched for
    ("ceo|chief executive(?: officer)?|boss", r"chief executive(?: officer)?|\bCEO\b|首席执行官|总裁|总经理", "ceo chief executive officer president 总经理 总裁"),
    ("cfo|chief financial officer|finance (?:chief|director|head|boss)|head of finance", r"chief financial officer|\bCFO\b|finance director|财务总监|财务负责人|首席财务官", "cfo chief financial officer finance director 财务 总监"),
    ("coo|chief operating officer", r"chief operating officer|\bCOO\b|首席运营官", "coo chief operating officer"),
    ("cto|chief (?:technology|technical) officer", r"chief techn\w+ officer|\bCTO\b|首席技术官", "cto chief technology officer"),
    ("chief (?P<other>medical|legal|accounting|commercial|marketing|people|risk|scientific|information|product|strategy) officer", r"chief {other} officer", "chief {other} officer"),
    ("chair(?:man|woman|person)?", r"\bchair(?:man|woman|person)?\b(?! of the (?:audit|compensation|nominat|risk))|董事长|董事会主席", "chair chairman chairwoman board 董事长"),
    ("head of investor relations", r"investor relations|投资者关系", "head investor relations"),
    ("founder", r"\b(?:co-)?founder\b|创始人", "founder 创始人"),
)  # fmt: skip
_ZH_ASKED = {"总经理|总裁|首席执行官|CEO": 0, "财务总监|首席财务官|财务负责人|CFO": 1, "董事长": 5, "创始人": 7}
_RUNS = re.compile(
    r"who(?:['’]s|\s+is)?\s+(?:runs?|leads?|heads?|(?:currently\s+)?(?:running|leading|heading)|in\s+charge\s+of|at\s+the\s+(?:helm|top)\s+of|the\s+boss\s+(?:of|at))\s+(?P<name>.+?)(?:\s+(?:now|today|currently|these\s+days))?\W*",
    re.IGNORECASE,
)
_OFFICE = "|".join(asked for asked, _, _ in _OFFICES)
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"who(?:['’]s|\s+is|\s+was|\s+serves\s+as)\s+(?:currently\s+)?(?:the\s+)?(?:new\s+|current\s+|present\s+)?(?P<office>{_OFFICE})\s+(?:of|at|for)\s+(?P<name>.+?)\W*",
        rf"who(?:['’]s|\s+is|\s+was)\s+(?P<name>.+?)['’]s?\s+(?:new\s+|current\s+)?(?P<office>{_OFFICE})\W*",
        r"(?:who\s+)?chairs\s+(?P<name>.+?)(?P<office>)\W*",
        rf"(?P<name>.+?)(?:['’]s)?\s+(?P<office>{_OFFICE})\W*",
    )
)
_ZH = re.compile(
    rf"(?:谁是)?(?P<name>[^谁的]{{2,20}}?)的?(?:现任)?(?P<office>{'|'.join(_ZH_ASKED)})(?:是谁|叫什么(?:名字)?|是哪位)?[?？]?"
)
_PERSON = re.compile(
    r"(?<![\w.])(?:Dr\.?\s+|Mr\.?\s+|Ms\.?\s+|Mrs\.?\s+)?[A-Z][a-zà-ÿ’'-]+(?:\s[A-Z]\.)*(?:\s(?:de|van|von|der|del|al|bin|da)\b)*(?:\s[A-Z][\wà-ÿ’'-]+){1,2}"
)
_NO_PERSON = re.compile(
    r"\b(?:Chief|Executive|Financial|Operating|Officer|President|Vice|Senior|Chair\w*|Director\w*|Board|General|Counsel|Secretary|Company|Committee|Inc|Corp\w*|Group|Ltd|Limited|Holdings|Management|Head|Annual|Report|Form|Act|Plan|Investor|Relations|Founder)\b"
)
_ZH_PERSON = r"[\u4e00-\u9fff]{2,4}"
_FORMER = re.compile(
    r"\b(?:former|formerly|previous(?:ly)?|ex-|until|resign\w*|retire[ds]?)\b|前任|原|离任|辞", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Wish:
    name: str
    says: re.Pattern[str]
    words: str


def officer(
    index: Index, question: str, scope: frozenset[str] | None = None, *, listed: bool = False
) -> Overview | None:
    """Who holds the office that a question asks for, from the newest report on the company; None for other questions.

    ``listed``: only by a row or a line that lists people, which leaves no doubt.
    """
    wish = _wish(question)
    if wish is None:
        return None
    named = terms_of(wish.name)
    held = [report for id_, report in index.reports().items() if scope is None or id_ in scope]
    own = [report for report in held if named and named <= company_terms(report)]
    for report in newest_first(own)[:LOOKED]:
        for passage, start, end in _places(index, report, wish, listed):
            draft = stated(report, passage, start, end)
            return Overview((draft,), draft.evidence)
    return None


def runs(question: str) -> bool:
    """Whether a question asks who runs something, without naming the office."""
    return _RUNS.fullmatch(question.strip()) is not None


def _wish(question: str) -> _Wish | None:
    text = " ".join(question.split())
    if match := _RUNS.fullmatch(text):
        return _made(match["name"], 0, "")
    for pattern in _ASKED:
        if match := pattern.fullmatch(text):
            office = match["office"] or "chair"
            for number, (asked, _, _) in enumerate(_OFFICES):
                if found := re.fullmatch(asked, office, re.IGNORECASE):
                    return _made(match["name"], number, found.groupdict().get("other") or "")
    if (match := _ZH.fullmatch(text)) and re.search("谁|哪位|叫什么", text):
        number = next(n for words, n in _ZH_ASKED.items() if match["office"] in words.split("|"))
        return _made(match["name"], number, "")
    return None


def _made(name: str, number: int, other: str) -> _Wish:
    _, says, words = _OFFICES[number]
    says, words = says.replace("{other}", other), words.replace("{other}", other)
    return _Wish(re.sub(r"^(?:the\s+)", "", name, flags=re.IGNORECASE), re.compile(says, re.IGNORECASE), words)


def _places(index: Index, report: Report, wish: _Wish, listed: bool) -> Iterator[tuple[Passage, int, int]]:
    """Where a person stands beside the office: rows and lines that list people first, then sentences."""
    ids = index.lexical(dict.fromkeys(sorted(terms_of(wish.words)), 1.0), FOUND, frozenset({report.id}))
    passages = sorted(index.passages(ids).values(), key=lambda passage: passage.ordinal)
    said: list[tuple[Passage, int, int]] = []
    for passage in passages:
        if not passage.searchable or is_planted(passage.text, 0, len(passage.text)):
            continue
        if (person := person_in(passage.text)) and wish.says.search(person.role):
            yield passage, 0, len(passage.text)
        elif passage.kind == "table":
            for row in grid(passage.text).rows:
                cells = [cell for cell in row.cells if cell]
                if any(wish.says.search(cell) for cell in cells) and any(_is_person(cell) for cell in cells):
                    yield passage, row.start, row.end
        elif not listed:
            said += [(passage, a, b) for a, b in sentences(passage.text) if _beside(passage.text[a:b], wish.says)]
    yield from said


def _is_person(cell: str) -> bool:
    match = _PERSON.match(cell)
    if match and not _NO_PERSON.search(match[0]) and not any(e.kind == "company" for e in lexicon.entities(match[0])):
        return True
    return re.fullmatch(_ZH_PERSON, cell) is not None


def _beside(sentence: str, says: re.Pattern[str]) -> bool:
    """Whether a sentence names a person next to the office, who holds it now."""
    for match in says.finditer(sentence):
        near = sentence[max(0, match.start() - NEAR) : match.end() + NEAR]
        if _FORMER.search(near):
            continue
        if any(not _NO_PERSON.search(person[0]) for person in _PERSON.finditer(near)):
            return True
        after = re.match(rf"(?:为|是|:|：)?{_ZH_PERSON}", sentence[match.end() :])
        if after and not sentence.isascii():
            return True
    return False
