"""The names in a question: those that the library's own reports go by, names of several words, names in pinyin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from rag.language import lexicon
from rag.language.analysis import language, stem
from rag.language.chinese import simplify
from rag.language.words import space
from rag.question.concepts import Asked
from rag.question.spelled import syllables_of
from rag.reports.names import names_of
from rag.types import Report

RARE = 0.85  # rarity of a word from which it may stand alone for a name of several
_MODEL = re.compile(r"[A-Z]{1,3}|[IVX]{1,4}")  # which one of a series: `Foo CP`, `Foo II`
_LETTER = re.compile(r"[ -](?P<letter>[A-Z])(?![\w'’&.-])")  # ... also without which it is none: `Model S`
_CLASS = re.compile(r"(?<=\w)-(?P<of>[AH])(?![\w-])")  # which of a company's shares: `Foo-H`
_LEGAL_FORMS = frozenset("AG SA NV AB SE AS ASA PLC LLC LTD INC CO LP SPA OYJ KK".split())
_LATIN = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[\u3400-\u9fff]")


def apart_too(piece: Asked) -> Asked:
    """A name of one word that reads as pinyin, as it may also be written: Hengrui is Heng Rui."""
    syllables = syllables_of(piece.surface.lower())
    return replace(piece, forms=(*piece.forms, tuple(map(stem, syllables)))) if len(syllables) > 1 else piece


def names_joined(question: str, pieces: Iterable[Asked]) -> list[Asked]:
    """The pieces with neighbouring words of one name put together, and Latin names in Chinese told as such.

    `Alder Foods` may also be called by its first word, where that is no everyday word.
    """
    out: list[Asked] = []
    end = -1
    chinese = language(question) == "zh"
    for piece in _lettered(question, pieces):
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
            rare = len(first) == 1 and space().rarity(first[0]) >= RARE
            alone = (first,) if rare and not (_MODEL.fullmatch(written) and written not in _LEGAL_FORMS) else ()
            out[-1] = replace(last, surface=f"{last.surface} {piece.surface}", forms=(whole, *alone))
        else:
            out.append(piece)
        end = at + len(piece.surface) if single else -1
    if share := _CLASS.search(question):  # it picks one of two, as a number does
        letter = share["of"].lower()
        out = [piece for piece in out if piece.surface != letter] + [Asked(letter, "number", ((letter,),))]
    return out


def _lettered(question: str, pieces: Iterable[Asked]) -> list[Asked]:
    """The pieces with a capital behind a word of its own as part of it: a `Model S` is not any model."""
    out: list[Asked] = []
    taken = ""
    for piece in pieces:
        if piece.surface == taken:  # the letter itself, where it is no stop word
            taken = ""
            continue
        at = question.lower().find(piece.surface.lower())
        behind = (
            _LETTER.match(question, at + len(piece.surface)) if at >= 0 and question[at : at + 1].isupper() else None
        )
        if behind and len(piece.forms) == 1 and piece.kind in ("name", "word") and len(piece.surface) > 1:
            taken = behind["letter"].lower()
            form = (*piece.forms[0], taken)
            piece = replace(piece, surface=f"{piece.surface}{behind[0]}", kind="name", forms=(form,), kin=())
        out.append(piece)
    return out


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


def unknown_to_lexicon(question: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Those names that no entry of the lexicon covers; the lexicon's own carry other spellings and stay as they are."""
    known = [(e.start, e.end) for e in lexicon.expand(question) if e.kind in lexicon.ENTITY_KINDS]
    return [span for span in spans if not any(start < span[1] and span[0] < end for start, end in known)]
