"""How far a text holds each piece of a question, with everything looked up once: statements share few of its terms."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from rag.answer.said_by_value import Test, value_test
from rag.answer.wanted import Wanted
from rag.language import lexicon
from rag.language.analysis import STOP_TERMS, blanked, language, terms, without_article
from rag.language.words import space, terms_of
from rag.question.aspects import SAID, Aspect
from rag.question.concepts import KIN, METRICS, MIN_SIMILARITY, Asked
from rag.question.coverage import covered, loosely_said
from rag.question.loosely import is_exact
from rag.question.rise_fall import beside, direction, says

# A metric that only is what something else is a share of: `5% of net revenue`, 海外收入占比.
_OF_BASE = re.compile(
    r"(?:%|per ?cent|share|proportion|half|third|quarter|bulk|most) of (?:its|the|our|their|group|total|net|gross|annual|overall|[\s])*[\w-]+(?: (?:revenues?|sales|income|profits?))?"
    r"|[\u4e00-\u9fff]{2,8}(?:占比|比重)|占(?:其|公司|总|全部)?[\u4e00-\u9fff]{2,6}?的?(?:比例|比重|约?\d)",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"\b(?:shares?|percent\w*|per cent|proportion|fraction|portion|part|how much of|ratio|mix|concentrat\w*|contribut\w*|account\w*|make up|makes up)\b|[%占比]|比重|贡献|几成",
    re.IGNORECASE,
)
PART = 0.6  # worth of a part of the words of a term: a storage battery is no sodium battery
APART = 0.5  # coverage by a text that has all its words, but not together
BASE = 0.3  # coverage of a metric by a text in which it only is the base of a share
MIXED = 0.8  # coverage of a rise by a text that speaks of a fall as well


@dataclass(frozen=True, slots=True)
class Probe:
    """One piece made ready to be looked for. ``own``: every term of it that can count; ``all``: like terms too; ``like``: its
    terms -> like terms -> cosine; ``way``: 1 for a rise, -1 for a fall; ``aspect``: the one that the piece asks for; ``value``: whether a text
    says the piece by its value; ``of_base``: the question asks for a share, of which a metric may be the base."""

    piece: Asked
    own: frozenset[str]
    all: frozenset[str]
    like: Mapping[str, Mapping[str, float]]
    way: int
    aspect: Aspect | None = None
    value: Test | None = None
    of_base: bool = False
    _whole: dict[frozenset[str], float] = field(default_factory=dict)
    _plain: dict[frozenset[str], float] = field(default_factory=dict)

    def find(self, held: frozenset[str]) -> float:
        """How far these terms hold the piece, words said otherwise included, 0..1."""
        there = self.all & held
        if there not in self._whole:
            self._whole[there] = self._worth(covered(self.piece, there, self._nearest), there) if there else 0.0
        return self._whole[there]

    def find_plain(self, held: frozenset[str]) -> float:
        """The same by the piece's own words alone."""
        there = self.own & held
        if there not in self._plain:
            self._plain[there] = self._worth(covered(self.piece, there), there) if there else 0.0
        return self._plain[there]

    def apart(self, text: str) -> bool:
        """Whether the words of a metric or term stand apart in a text: `gross margin` and `operating loss` are no `operating margin`.

        They stand side by side in any order, or in order with at most two other words between them.
        """
        if self.piece.kind not in ("metric", "term"):
            return False
        own = self.piece.terms
        said = [term for term in terms(without_article(text)) if term not in STOP_TERMS or term in own]
        forms = [form for form in self.piece.forms if set(form).issubset(said)]
        return bool(forms) and not any(_together(form, said) for form in forms)

    def is_base(self, text: str) -> bool:
        """Whether a text only has a metric as what something else is a share of: `5% of net revenue`."""
        if self.piece.kind != "metric" or self.of_base:
            return False
        return not self.piece.said_by(terms_of(_OF_BASE.sub(" ", text)))

    def of_other(self, text: str) -> bool:
        """Whether a text has a metric only as a part of another's name: an operating profit is no net profit.

        A bare word (`profit`) may be any of those that it is a part of.
        """
        if self.piece.kind != "metric":
            return False
        asked, forms = self.piece.surface.lower(), {frozenset(form) for form in self.piece.forms}
        barer = [form for form in forms if len(form) < len(self.piece.forms[0])]
        others = [
            (item.start, item.end)
            for item in lexicon.expand(text)
            if item.kind in METRICS
            and asked not in item.surface.lower()
            and (said := terms_of(item.surface)) not in forms
            and any(form < said for form in barer)
        ]
        return bool(others) and not self.piece.said_by(terms_of(blanked(text, others)))

    def goes(self, text: str) -> float:
        """How far a text speaks of the rise or fall, or like the aspect, that the piece is: wholly, among others, or not."""
        if self.aspect is not None and self.aspect.said.search(text):
            return SAID
        moves = bool(self.way) and self._of_it(text)
        if moves and direction(text) == self.way:
            return 1.0
        if self.value is not None and self.value(text):
            return SAID
        return MIXED if moves and says(text, self.way) else 0.0

    def _of_it(self, text: str) -> bool:
        """Whether a text in the language of the piece has what it says to rise or fall: GDP for `GDP growth`."""
        rest = [term for term in terms(beside(self.piece.surface)) if term not in STOP_TERMS]
        same = (language(text) == "en") == self.piece.surface.isascii()
        return not same or terms_of(text).issuperset(rest)

    def headed(self, heading: str) -> bool:
        """Whether a heading is one of the aspect that the piece asks for."""
        return self.aspect is not None and bool(self.aspect.heading.search(heading))

    def _nearest(self, term: str, held: Collection[str]) -> float:
        return max((value for other, value in self.like.get(term, {}).items() if other in held), default=0.0)

    def _worth(self, value: float, there: frozenset[str]) -> float:
        """Of a term of the trade, a part of its words says little: other terms share them."""
        if value >= 1.0 or self.piece.kind not in ("term", "metric"):
            return value
        if self.piece.kind == "term" and (value >= KIN or loosely_said(self.piece, there)):
            return value
        return PART * value


def _together(form: Sequence[str], said: Sequence[str]) -> bool:
    """Whether all terms of a form stand side by side, or in order with at most two others among them: `net interest-bearing debt`.

    `Held for sale at the lower of cost` has no cost of sales.
    """
    wanted, length = set(form), len(form)
    for at, term in enumerate(said):
        if term not in wanted:
            continue
        if wanted.issubset(said[at : at + length]):
            return True
        stretch = iter(said[at : at + length + 2])
        if all(each in stretch for each in form):
            return True
    return False


def asks_share(question: str) -> bool:
    """Whether a question asks what share something is of something else."""
    return bool(_SHARE.search(question))


def probes(wanted: Wanted, texts: Sequence[str]) -> list[Probe]:
    """The pieces of the focus with the words of the texts that are like theirs."""
    words = space()
    alike = [piece for piece in wanted.focus if piece.kind != "number" and not is_exact(piece.surface)]
    asked = {term for piece in alike for term in piece.likely}
    said = frozenset().union(*(terms_of(text) for text in texts))
    table = words.near(asked, said, MIN_SIMILARITY)
    shares = asks_share(wanted.question)
    moves = any(direction(piece.surface) and not beside(piece.surface) for piece in wanted.focus)
    return [_probe(piece, table, wanted.aspects.get(piece.surface), shares, moves) for piece in wanted.focus]


def _probe(
    piece: Asked, table: Mapping[str, Mapping[str, float]], aspect: Aspect | None, shares: bool, moves: bool
) -> Probe:
    like = {}
    if piece.kind not in ("name", "number", "period"):
        like = {term: near for term in piece.likely if (near := table.get(term))}
    return Probe(
        piece,
        piece.terms,
        piece.terms.union(*like.values()),
        like,
        direction(piece.surface) if piece.kind != "name" else 0,
        aspect,
        value_test(piece.surface, moves=moves),
        shares,
    )
