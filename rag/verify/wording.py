"""Whether the words of a sentence stand in the passages it cites: the part of the check that is not about figures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.language import analysis
from rag.language.embeddings import vector
from rag.language.lexicon import Entity, entities, expand, lookup
from rag.language.sentences import sentences

DENIES_ALONE = "it denies something that the cited passage does not deny"
_NUMBER = re.compile(r"\d")
# For small letters, as the others below: that is faster than to try both cases.
_NOT = re.compile(
    r"\b(?:not|never|cannot|no longer|neither|nor|without|unable|failed to|fails to|(?:there (?:is|are|was|were)|ha[sd]|have) no)\b|n['’]t\b|未(?![来])|没有|没能|并非|并不|不再|不会|无法|尚未|不(?:涉及|存在|包括|包含|构成|属于)"
)
# A part of each, looked for first.
_SAYS_NOT = (
    *"not never neither nor without unable fail n't n’t 未 没 并非 并不 不再 不会 无法 不涉 不存 不包 不构 不属".split(),
    " no",
    "no ",
)
_ABSENT = re.compile(
    r"\b(?:no|none|nil|zero|lack\w*|absen\w*|exclud\w*|without|rather|instead|un(?!changed)\w{4,}|refus\w*|den[iy]\w*|stop\w*|halt\w*|end(?:s|ed)|fail\w*|(?:still|yet) to)\b|不(?![变断低超少])|无|非|否|缺",
    re.I,
)
_EXPECTED = r"\W+(?:[\w'’.%]+\W+){0,4}?(?:expect|consensus|estimate|forecast|guidance)"
_EXPECTING = re.compile(r"expect|consensus|estimate|forecast|guidance|预期")
_BEAT = re.compile(
    rf"\b(?:beat|beats|beating|above|ahead of|exceed\w*|surpass\w*|topp?ed|(?:better|higher|stronger) than){_EXPECTED}"
    r"|超(?:出|过)?[^，。；,;]{0,6}预期|[好高优]于[^，。；,;]{0,14}预期",
    re.IGNORECASE,
)
_MISSED = re.compile(
    rf"\b(?:miss|misses|missed|missing|below|short of|behind|(?:worse|lower|weaker) than){_EXPECTED}"
    r"|不及[^，。；,;]{0,6}预期|[低弱逊]于[^，。；,;]{0,14}预期",
    re.IGNORECASE,
)
_NOT_REALLY = re.compile(
    r"(?:did|does|do|has|have) not chang\w+|not only|not just|not least|no less|不仅|不断|不只|不但", re.IGNORECASE
)
_SCOPE_END = re.compile(
    r"[;；。,，\n]|\s{2,}|(?<=[\u4e00-\u9fff])\s|\.\s|\b(?:despite|although|though|because|but|while)\b|但|尽管|虽然|因为",
    re.IGNORECASE,
)
_MOSTLY = (
    0.6  # share of the words of two clauses, the shorter of which has fewer, from which one says what the other does
)
_TITLE_CASE = re.compile(r"(?<=[a-z,;)”\"'] )[A-Z][a-z]{2,}(?:[-&][A-Z]?[a-z]+)*")
_ADJECTIVE = re.compile(r"(?<=[a-z]{4})(?:vian|ian|an|ese)$")  # Peruvian: Peru
_CAPITALISED = frozenset(
    "january february march april may june july august september october november december monday tuesday wednesday "
    "thursday friday saturday sunday chinese american european english buy hold sell neutral overweight underweight outperform "
    "underperform reduce accumulate add positive negative equal group company management".split()
)


def coverage(sentence: str, sources: Sequence[str]) -> float:
    """Share (0..1) of the sentence's words, figures left out, that the sources hold; 1 when it has none.

    Words of the other language count when the lexicon knows them as names of the same thing.
    """
    wanted = _words(sentence)
    if not wanted:
        return 1.0
    found: set[str] = set()
    for source in sources:
        found.update(_terms(source))
    language = analysis.language(sentence)
    for source in sources:
        if analysis.language(source) != language:
            found.update(_other_terms(source))
    return sum(1 for word in wanted if word in found) / len(wanted)


def likeness(sentence: str, sources: Sequence[str]) -> float:
    """Cosine of the sentence and the nearest source by the built-in embedding; higher is closer."""
    return max((float(vector(source) @ vector(sentence)) for source in sources), default=0.0)


def foreign_names(sentence: str, sources: Sequence[str]) -> list[str]:
    """Companies, brokers and indices that the sentence names and the sources do not, though they name others."""
    named = [entity for entity in names_in(sentence) if entity.certain]
    known = {entity.name for source in sources for entity in names_in(source)} if named else set()
    missing = [entity.surface for entity in named if known and entity.name not in known]
    everything = " ".join(sources).lower() if missing else ""
    return [name for name in missing if name.lower() not in everything]  # AMAZON 2019 10-K


def unknown_names(sentence: str, sources: Sequence[str]) -> list[str]:
    """Capitalised English words inside the sentence that stand nowhere in English sources."""
    found = dict.fromkeys(match[0] for match in _TITLE_CASE.finditer(sentence))
    names = [name for name in found if name.lower() not in _CAPITALISED]
    everything = _joined(tuple(sources)) if names else ""
    return [name for name in names if not _stands_in(name.lower(), everything)] if everything else []


@lru_cache(maxsize=512)
def _joined(sources: tuple[str, ...]) -> str:
    """English sources as one text of lower case; empty where they are Chinese."""
    everything = " ".join(sources).lower()
    return everything if analysis.language(everything) == "en" else ""


def _stands_in(name: str, everything: str) -> bool:
    """Whether a name, a word of its stem, or the place that it is of (Irish: Ireland) stands in a text of lower case."""
    if name in everything or analysis.stem(name)[:6] in everything:
        return True
    places = (form.lower() for found in lookup(name) if found.kind == "place" for form in found.english)
    forms = {*places, _ADJECTIVE.sub("", name)}
    return any(re.search(rf"\b{re.escape(form)}\b", everything) for form in forms)


@lru_cache(maxsize=2048)
def expectation(text: str) -> int:
    """1 when a text says that expectations were beaten, -1 when missed, 0 when neither or both."""
    if not _EXPECTING.search(text.lower()):
        return 0
    beat, missed = bool(_BEAT.search(text)), bool(_MISSED.search(text))
    return 0 if beat == missed else 1 if beat else -1


def denial(sentence: str, sources: Sequence[str]) -> str:
    """Why the sentence denies what the sources state, or states what they deny; empty when neither is seen."""
    if denied(sentence):
        if not any(denied(source) or _ABSENT.search(source) for source in sources) or _stated(sentence, sources):
            return DENIES_ALONE
        return ""
    scopes = [scope for source in sources for scope in _denials(source)]
    if not scopes or any(match[0].lower() not in scope for match in _ABSENT.finditer(sentence) for scope in scopes):
        return ""
    wanted = _words(sentence)
    if len(wanted) > 1 and any(
        len(wanted & (_terms(scope) | _terms(_NOT.sub("", scope)))) >= 0.75 * len(wanted) for scope in scopes
    ):
        return "the cited passage denies it"
    clauses = [words for clause in _clauses(sentence) if not denied(clause) and (words := _words(clause))]
    for scope in scopes:
        held, verb = _words(_NOT.sub(" ", scope)), _verb(scope)
        if any(verb in words and _overlap(held, words) >= _MOSTLY for words in clauses):
            return "the cited passage denies it"
    return ""


def _stated(sentence: str, sources: Sequence[str]) -> bool:
    """Whether the sentences of the sources that hold nearly all words of a denied clause all state it, or a clause of theirs
    with its verb states most of what the two have."""
    spans = [source[start:end] for source in sources for start, end in sentences(source)]
    clauses = [clause for source in sources for clause in _clauses(source)]
    for scope in _denials(sentence):
        wanted, verb = _words(_NOT.sub(" ", scope)), _verb(scope)
        same = [span for span in spans if len(wanted) > 3 and len(wanted & _terms(span)) >= 0.85 * len(wanted)]
        if same and not any(_denies_more(span, sentence) for span in same):
            return True
        same = [clause for clause in clauses if verb in _words(clause) and _overlap(wanted, _words(clause)) >= _MOSTLY]
        if same and not any(_denies_more(clause, sentence) for clause in same):
            return True
    return False


@lru_cache(maxsize=1024)
def _clauses(text: str) -> tuple[str, ...]:
    return tuple(clause for clause in _SCOPE_END.split(text) if clause.strip())


def _verb(scope: str) -> str:
    """The word right behind a `not`; of a Chinese clause its first term."""
    match = _NOT.search(scope)
    return next(iter(analysis.content_terms(scope[match.end() :])), "") if match else ""


def _overlap(one: frozenset[str], two: frozenset[str]) -> float:
    both = len(one & two)
    return both / min(len(one), len(two)) if both > 2 else 0.0


def _denies_more(span: str, sentence: str) -> bool:
    """Whether a text says `not` as often as a sentence, or a word of absence that the sentence does not have."""
    span, sentence = span.lower(), sentence.lower()
    if len(_NOT.findall(_NOT_REALLY.sub(" ", span))) >= len(_NOT.findall(_NOT_REALLY.sub(" ", sentence))):
        return True
    return any(match[0] not in sentence for match in _ABSENT.finditer(span))


@lru_cache(maxsize=2048)
def _denials(text: str) -> tuple[str, ...]:
    """What a text denies: from each `not` to the end of its clause, with the few words before it."""
    if not denied(text):
        return ()
    plain = _NOT_REALLY.sub(" ", text.lower())
    scopes = []
    for match in _NOT.finditer(plain):
        end = _SCOPE_END.search(plain, match.end())
        start = max((each.end() for each in _SCOPE_END.finditer(plain, 0, match.start())), default=0)
        if match[0].endswith(" no"):
            start = match.start()  # `..., all is vested and there is no expense`
        scopes.append(plain[start : end.start() if end else len(plain)])
    return tuple(scopes)


@lru_cache(maxsize=2048)
def denied(text: str) -> bool:
    """Whether a text says `not`."""
    small = text.lower()
    if not any(map(small.__contains__, _SAYS_NOT)):
        return False
    return bool(_NOT.search(small)) and bool(_NOT.search(_NOT_REALLY.sub(" ", small)))


@lru_cache(maxsize=2048)
def _words(text: str) -> frozenset[str]:
    return frozenset(term for term in analysis.content_terms(text) if not _NUMBER.search(term))


@lru_cache(maxsize=2048)
def _terms(text: str) -> frozenset[str]:
    return frozenset(analysis.terms(text))


@lru_cache(maxsize=1024)
def _other_terms(text: str) -> frozenset[str]:
    """Terms of the other names of what a text names."""
    return frozenset(term for expansion in expand(text) for form in expansion.others for term in analysis.terms(form))


@lru_cache(maxsize=2048)
def names_in(text: str) -> tuple[Entity, ...]:
    return entities(text)
